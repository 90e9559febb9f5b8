"""A PostgreSQL server with one migrated database, for an experiment of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support import postgres
from wardbeds.store.database import Store
from wardbeds.store.migrate import upgrade


@contextmanager
def fresh_server(*options: str) -> Iterator[tuple[postgres.Server, str]]:
    """A server started with these further ``postgres`` options, and the name of its migrated database."""
    server = postgres.start("pg18", *options)
    try:
        server.run("CREATE DATABASE house")
        store = Store.open(server.url("house"))
        upgrade(store)
        store.close()
        yield server, "house"
    finally:
        server.stop()
