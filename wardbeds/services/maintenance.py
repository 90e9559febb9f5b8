"""Looking after a database from the command line: make, upgrade, check, inform, back up, restore, own."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from wardbeds.domain.errors import Code, OutOfReach, Refused, SchemaMismatch, refuse
from wardbeds.store.check import Finding, check, summary
from wardbeds.store.database import Store, is_postgresql, prepare_sqlite, sqlite_path
from wardbeds.store.embedded import create_file, safe_copy
from wardbeds.store.founding import found, renew
from wardbeds.store.migrate import HEAD, current_revision, upgrade
from wardbeds.store.ownership import owns_tables
from wardbeds.store.roles import Logins, MadeLogin
from wardbeds.store.values import read_values


def create(url: str, logins: Logins | None = None) -> MadeLogin | None:
    """Make a new database; on PostgreSQL with owner and station's login, which is returned.

    Raises SchemaMismatch where there is one already (nothing is changed), Refused ROLE where the login may not.
    """
    if is_postgresql(url):
        with contextlib.closing(Store.open(url)) as store:
            return found(store, logins or Logins())
    path = sqlite_path(url)
    if path.exists():
        raise SchemaMismatch(f"There is a database at {path} already. Nothing was changed.")
    create_file(path)
    with contextlib.closing(Store.open(url)) as store:
        upgrade(store)
    return None


def bring_up(url: str) -> bool:
    """Upgrade an older database, an embedded one after a safe copy; returns whether there was anything to do.

    On PostgreSQL the stations' rights are set anew in any case. Raises Refused ROLE for who does not own it.
    """
    with contextlib.closing(Store.open(url)) as store:
        with store.reading() as connection:
            revision = current_revision(connection)
        if revision is None:
            raise SchemaMismatch("This database is empty. Make the tables with: wardbeds db create")
        require_owner(store)
        if revision < HEAD and not store.postgresql:
            safe_copy(sqlite_path(url), revision)
        done = upgrade(store)
        if store.postgresql and not done:
            renew(store)
        return done


def findings(store: Store) -> list[Finding]:
    """What is broken."""
    with store.reading() as connection:
        return check(connection)


def information(store: Store) -> dict[str, Any]:
    """What `db info` tells."""
    with store.reading() as connection:
        values = read_values(connection)
        return {"engine": "postgresql" if store.postgresql else "sqlite", "schema": current_revision(connection),
                "program_schema": HEAD, "hospital_name": values.get("hospital_name", ""),
                "zone": values.get("zone", ""), "demo": values.get("demo") == "yes", "rows": summary(connection)}


def require_owner(store: Store) -> None:
    """Raise Refused ROLE unless whoever runs the program owns the database (DESIGN 7)."""
    if store.postgresql:
        with store.reading() as connection:
            owner = owns_tables(connection)
    else:
        owner = not hasattr(os, "geteuid") or os.geteuid() in (0, sqlite_path(store.url).stat().st_uid)
    if not owner:
        raise Refused(refuse(Code.ROLE, "not_owner"))


def _sqlite_only(url: str) -> Path:
    if is_postgresql(url):
        raise SchemaMismatch("A PostgreSQL server is backed up with its own tools: pg_dump and pg_restore.")
    return sqlite_path(url)


def backup(url: str, target: Path) -> None:
    """Copy the embedded database into a file, while the program may be at work, and check the copy.

    Raises OutOfReach, FileExistsError.
    """
    path = _sqlite_only(url)
    if not path.is_file():
        raise OutOfReach(f"There is no database at {path}.")
    if target.exists():
        raise FileExistsError(target)
    _copy(path, target)


def restore(url: str, source: Path, *, replace: bool) -> None:
    """Make the database anew from a backup. Raises OutOfReach, SchemaMismatch (one is there and not to be replaced)."""
    path = _sqlite_only(url)
    if not source.is_file():
        raise OutOfReach(f"There is no backup at {source}.")
    with contextlib.closing(Store.open(source)) as store, store.reading() as connection:
        revision = current_revision(connection)
        broken = check(connection) if revision == HEAD else []
    if revision is None or revision > HEAD or broken:
        raise SchemaMismatch(f"{source} is not a sound backup of Wardbeds. Nothing was changed.")
    if path.exists() and not replace:
        raise SchemaMismatch(f"There is a database at {path} already. Add --replace to put the backup in its place.")
    path.parent.mkdir(parents=True, exist_ok=True)
    _copy(source, path)


def _copy(source: Path, target: Path) -> None:
    origin, copy = sqlite3.connect(source, timeout=30), sqlite3.connect(target, timeout=30)
    try:
        prepare_sqlite(copy, 30_000)
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise OutOfReach(f"The copy {target} is damaged. Try again with another disk.")
    except sqlite3.Error as error:
        raise OutOfReach(f"The copy {target} could not be written: {error}.") from error
    finally:
        origin.close()
        copy.close()
