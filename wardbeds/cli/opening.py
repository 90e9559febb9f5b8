"""What every command needs: its database, who acts, and where its answer goes."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

from wardbeds.domain.access import Permission, require
from wardbeds.domain.people import Actor, Role
from wardbeds.settings import clean_station, default_station, embedded_database

DONE, BUG, WRONG_USE, DATA_REFUSED, NO_DATABASE, NOT_ALLOWED, WRONG_SCHEMA, CHECK_FAILED = 0, 1, 2, 3, 4, 5, 6, 7
"""The exit codes (DESIGN 7)."""


class WrongUse(Exception):
    """The call cannot be carried out as it is written; the sentence says why."""


class NoPassword(Exception):
    """A user was named, and nobody says the password."""


def database_url(options: argparse.Namespace) -> str:
    """The database that is meant, the embedded one if none is named. Raises WrongUse."""
    url = str(options.db) if options.db else f"sqlite:///{embedded_database()}"
    if "://" in url and not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise WrongUse(f"{url} is no address of a database. Give a path, sqlite:///PATH or postgresql://...")
    return url


def open_fitting(options: argparse.Namespace, *, make: bool = False) -> Any:
    """The store, of a schema that fits. ``make``: the default embedded file is made if it is not there."""
    from wardbeds.store.embedded import ensure
    from wardbeds.store.migrate import require_fit

    if make and not options.db:
        ensure(embedded_database())
    store = open_any(options)
    try:
        require_fit(store)
    except Exception:
        store.close()
        raise
    return store


def open_any(options: argparse.Namespace) -> Any:
    """The store, of any schema; without ``--user`` only for its owner (DESIGN 7)."""
    from wardbeds.services.maintenance import require_owner
    from wardbeds.store.database import Store

    store = Store.open(database_url(options))
    try:
        if not options.user:
            require_owner(store)
    except Exception:
        store.close()
        raise
    return store


def require_backup_right(options: argparse.Namespace) -> None:
    """Who is named with ``--user`` must be allowed to run backups; the database's owner may."""
    with closing(open_any(options)) as store:
        if options.user:
            require(actor_of(options, store).role, Permission.BACKUP_RUN)


def station_of(options: argparse.Namespace) -> str:
    """The name of this station: as given, else as the PC is called."""
    return clean_station(options.station or "") or default_station()


def actor_of(options: argparse.Namespace, store: Any, *, importing: bool = False) -> Actor:
    """Who acts: the user named, or for the database's owner the system (an import: its own user)."""
    from wardbeds.services.accounts import sign_in, system_actor
    from wardbeds.store.housekeeping import IMPORT_USER

    if options.user:
        return sign_in(store, options.user, _asked_password(options.user), station_of(options))
    if importing:
        return Actor(IMPORT_USER, "import", "import", Role.ADMIN, station_of(options))
    return system_actor(station_of(options))


def _asked_password(name: str) -> str:
    """The password from the environment, else from whoever sits there. Raises NoPassword where nobody does."""
    password = os.environ.get("WARDBEDS_PASSWORD")
    if password is not None:
        return password
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", getpass.GetPassWarning)
            return getpass.getpass(f"Password of {name}: ")
    except EOFError:
        raise NoPassword(f"The password of {name} is missing. Put it into WARDBEDS_PASSWORD.") from None


def require_writable(path: Path | None) -> None:
    """Say so before anything is done where a file can surely not be written."""
    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise WrongUse(f"{path} cannot be written: choose a file in a folder that exists.")


def write_out(options: argparse.Namespace, text: str) -> None:
    """Write into the file of ``--out``, else to standard output. Raises WrongUse."""
    if options.out is None:
        sys.stdout.write(text)
        return
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"{options.out} cannot be written: {error.strerror}.") from error


def as_json(value: Any) -> str:
    """JSON for people and programs, with a line break at its end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
