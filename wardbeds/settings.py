"""Where things are on this machine: bundled files, the user's data folder, the station's name."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

APP_NAME = "wardbeds"


def data_dir(name: str) -> Path:
    """Folder ``name`` ("resources", "migrations") bundled with the program.

    In an installed wheel it lies inside the package, in the source tree beside it.
    """
    package = Path(__file__).parent
    bundled = package / "_data" / name
    return bundled if bundled.is_dir() else package.parent / name


def user_data_folder() -> Path:
    """The user's data folder; ``WARDBEDS_HOME`` overrides it. Not created here."""
    override = os.environ.get("WARDBEDS_HOME")
    if override:
        return Path(override)
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)


def embedded_database(demo: bool = False) -> Path:
    """The embedded database's file; the demo has one of its own."""
    return user_data_folder() / ("demo.db" if demo else "wardbeds.db")


def look_file() -> Path:
    """Where is kept how the window looks at this PC; no secret, no name of a person."""
    return user_data_folder() / "look.ini"


def log_file() -> Path:
    """The log, of which five older parts stand beside it."""
    return user_data_folder() / "wardbeds.log"


class Use(StrEnum):
    """What a PC is for; it decides what whoever signs in there sees first."""

    WARD = "ward"
    SUPPORT = "support"
    ADMINISTRATION = "administration"


class StationChoice(NamedTuple):
    """What this PC was told at its first start: its name, the server's address (None: the embedded database), its use.
    """

    name: str
    url: str | None = None
    use: Use = Use.WARD


def station_file() -> Path:
    """Where the choice is kept; only its owner can read it, since an address may hold a password."""
    return user_data_folder() / "station.json"


def read_station() -> StationChoice | None:
    """The choice made at the first start; None before it, or where the file cannot be read."""
    import json

    try:
        value = json.loads(station_file().read_text(encoding="utf-8"))
        return StationChoice(str(value["name"]), value["url"], _read_use(value.get("use")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_use(value: object) -> Use:
    """A use from the file; a PC that was never asked, or that a newer program set up, is a ward's."""
    return next((use for use in Use if use == value), Use.WARD)


def write_station(choice: StationChoice) -> None:
    """Keep the choice, readable by its owner only. Raises OSError."""
    import json

    path = station_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump({"name": choice.name, "url": choice.url, "use": choice.use}, out)


def clean_station(text: str) -> str:
    """A station's name as the database keeps it: letters, digits, dots, hyphens, 64 at most; may be empty."""
    return re.sub(r"[^\w.-]+", "-", text.strip())[:64].strip("-")


def default_station() -> str:
    """The machine's host name, cut to what the database keeps of a station."""
    host = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return re.sub(r"[^\w.-]", "-", host)[:64] or "station"
