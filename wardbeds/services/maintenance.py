"""Looking after a database from the command line: make, upgrade, check, inform, back up, restore, own."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from wardbeds.domain.access import Permission, require
from wardbeds.domain.errors import Code, OutOfReach, Refused, SchemaMismatch, refuse
from wardbeds.domain.people import Actor
from wardbeds.store import backup_postgresql, backup_sqlite
from wardbeds.store.check import Finding, check, summary
from wardbeds.store.database import Store, is_postgresql, sqlite_path
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
    if path.exists() and not _is_empty(path):
        raise SchemaMismatch(f"There is a database at {path} already. Nothing was changed.")
    create_file(path)
    with contextlib.closing(Store.open(url)) as store:
        if not upgrade(store):
            raise SchemaMismatch("This database has been made already. Nothing was changed.")
    return None


def _is_empty(path: Path) -> bool:
    """Whether the file holds no tables yet: the making of a database was interrupted."""
    if not path.is_file():
        return False
    with contextlib.closing(Store.open(path)) as store, store.reading() as connection:
        return current_revision(connection) is None


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


def findings(store: Store, actor: Actor) -> list[Finding]:
    """What is broken. Needs ``audit:read``."""
    require(actor.role, Permission.AUDIT_READ)
    with store.reading(unhurried=True) as connection:
        return check(connection)


def information(store: Store) -> dict[str, Any]:
    """What `db info` tells, of an older schema too. Raises SchemaMismatch where there are no tables."""
    with store.reading() as connection:
        revision = current_revision(connection)
        if revision is None:
            raise SchemaMismatch("This database is empty. Make the tables with: wardbeds db create")
        values = read_values(connection)
        return {"engine": "postgresql" if store.postgresql else "sqlite", "schema": revision,
                "program_schema": HEAD, "hospital_name": values.get("hospital_name", ""),
                "zone": values.get("zone", ""), "demo": values.get("demo") == "yes", "rows": summary(connection)}


def require_owner(store: Store) -> None:
    """Raise Refused ROLE unless whoever runs the program owns the database; one without tables is nobody's yet."""
    if store.postgresql:
        with store.reading() as connection:
            owner = owns_tables(connection)
    else:
        owner = not hasattr(os, "geteuid") or os.geteuid() in (0, sqlite_path(store.url).stat().st_uid)
    if not owner:
        raise Refused(refuse(Code.ROLE, "not_owner"))


def backup(url: str, target: Path) -> None:
    """Copy the database into a new file, while stations are at work, and check that the copy can be read.

    Raises OutOfReach, SchemaMismatch (nothing of ours to copy), Refused ROLE for who does not own the database,
    FileExistsError.
    """
    with contextlib.closing(Store.open(url)) as store:
        if store.postgresql:
            require_owner(store)
        with store.reading() as connection:
            if current_revision(connection) is None:
                raise SchemaMismatch("This database is empty. There is nothing to copy.")
        if target.exists():
            raise FileExistsError(target)
        if store.postgresql:
            backup_postgresql.back_up(store, target)
        else:
            backup_sqlite.back_up(sqlite_path(url), target)


def restore(url: str, source: Path, *, replace: bool) -> Path | None:
    """Make the database anew from a backup, which is checked before it takes the place of what is there.

    Returns where the database replaced is kept. Raises OutOfReach, Refused ROLE, SchemaMismatch (the file is none of
    ours, or a database is there and not to be replaced): then nothing has changed.
    """
    if not source.is_file():
        raise OutOfReach(f"There is no backup at {source}.")
    _require_kind(source, postgresql=is_postgresql(url))
    if is_postgresql(url):
        with contextlib.closing(Store.open(url)) as store:
            require_owner(store)
            return backup_postgresql.restore(store, source, replace=replace)
    path = sqlite_path(url)
    if path.exists():
        if not replace:
            raise SchemaMismatch(f"There is a database at {path} already. Add --replace to put the backup there.")
        with contextlib.closing(Store.open(url)) as store:
            require_owner(store)
    return backup_sqlite.restore(path, source)


def _require_kind(source: Path, *, postgresql: bool) -> None:
    """Tell a file of the other engine, or of no engine, by its first bytes."""
    with source.open("rb") as file:
        start = file.read(16)
    kind = {b"PGDMP": "PostgreSQL", b"SQLit": "SQLite"}.get(start[:5])
    if kind is None:
        raise SchemaMismatch(f"{source} is not a backup of Wardbeds. Nothing was changed.")
    if (kind == "PostgreSQL") is not postgresql:
        raise SchemaMismatch(f"{source} is a backup of a {kind} database. Restore it into one of the same kind.")
