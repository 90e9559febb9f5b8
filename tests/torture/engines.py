"""Fresh databases for the long runs, gone afterwards."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import postgres
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure
from wardbeds.store.migrate import upgrade

DATABASE = "torture"
DURABLE = ("-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own."""
    with tempfile.TemporaryDirectory(prefix="wardbeds-torture-") as name:
        yield Path(name)


@contextmanager
def fresh_file(where: Path) -> Iterator[tuple[str, str]]:
    """URL and name of the engine: a migrated SQLite file."""
    yield ensure(where / "ward.db"), f"SQLite {sqlite3.sqlite_version}"


@contextmanager
def server(version: str = "pg18", options: Sequence[str] = DURABLE) -> Iterator[tuple[postgres.Server, str]]:
    """A server with a migrated database ``torture``, and its name with its version; durable unless told otherwise."""
    running = postgres.start(version, *options)
    try:
        running.run(f"CREATE DATABASE {DATABASE}")
        store = Store.open(running.url(DATABASE))
        upgrade(store)
        with store.reading() as connection:
            number = connection.exec_driver_sql("SHOW server_version").scalar()
        store.close()
        yield running, f"PostgreSQL {number}"
    finally:
        running.stop()
