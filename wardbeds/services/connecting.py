"""Trying a server's address, and keeping it as this PC's."""

from __future__ import annotations

from wardbeds import server_secret
from wardbeds.domain.addresses import read_address, with_password
from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.recent import note_tried
from wardbeds.settings import StationChoice, write_station
from wardbeds.store.trying import find_trouble


def try_server(url: str) -> Refusal | None:
    """None if the server answers and its database fits this program, else why not. Noted among the recent ones.

    Where the URL has no password, the one that this PC keeps for it is used.
    """
    try:
        read_address(url)
    except ValueError:
        return refuse(Code.VALUE, "server_address", field="url")
    trouble = find_trouble(complete(url) or url)
    note_tried(url, trouble.detail if trouble is not None else "")
    return trouble


def keep_choice(choice: StationChoice) -> StationChoice:
    """Keep this PC's name, use, and where its data are: the password apart, as safe as this PC allows. Raises OSError.

    Returns the choice as it was written.
    """
    kept = choice
    if choice.url is not None:
        address, password = read_address(choice.url)
        kept = choice._replace(url=address.url())
        if password:
            server_secret.keep(address.url(), password)
    write_station(kept)
    return kept


def complete(url: str | None) -> str | None:
    """The URL with the password that this PC keeps for it, if it keeps one."""
    if url is None:
        return None
    try:
        address, password = read_address(url)
    except ValueError:
        return url
    found = "" if password else server_secret.recall(address.url())
    return with_password(url, found) if found else url
