"""The embedded database: made by itself at the first start, upgraded after a safe copy."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from wardbeds.domain.errors import OutOfReach
from wardbeds.store.database import Store
from wardbeds.store.migrate import HEAD, current_revision, upgrade

KEPT_COPIES = 3


def create_file(path: Path) -> None:
    """Make an empty database file in WAL mode. Raises OutOfReach where the place cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        raise OutOfReach(f"The database {path} cannot be made: {error}. Choose another place with --db.") from error


def ensure(path: Path) -> str:
    """Make the embedded database if it is not there, upgrade it if it is old; returns its URL."""
    if not path.exists():
        create_file(path)
    store = Store.open(path)
    try:
        with store.reading() as connection:
            revision = current_revision(connection)
        if revision is not None and revision < HEAD:
            safe_copy(path, revision)
        upgrade(store)
    finally:
        store.close()
    return f"sqlite:///{path}"


def safe_copy(path: Path, revision: str) -> Path:
    """Copy through SQLite's backup (a plain copy of a WAL file loses data), check it, keep the last three."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = path.with_name(f"{path.stem}.{revision}.{stamp}.backup")
    source, copy = sqlite3.connect(path), sqlite3.connect(target)
    try:
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise OutOfReach(f"The copy of {path} before the upgrade is damaged. Nothing was changed.")
    finally:
        source.close()
        copy.close()
    copies = sorted(path.parent.glob(f"{path.stem}.*.backup"), key=lambda one: one.name.split(".")[-2])
    for old in copies[:-KEPT_COPIES]:
        old.unlink()
    return target
