"""One database: engine, connections, transactions, and the few errors that are the world's fault.

SQLite: ``BEGIN IMMEDIATE`` for every write, WAL, ``synchronous=FULL``, foreign keys and a busy timeout on every
connection. PostgreSQL: READ COMMITTED; ``store/postgresql`` notices a cut cable.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from wardbeds.domain.errors import Busy, InDoubt, OutOfReach, SchemaMismatch
from wardbeds.store.postgresql import UNHURRIED, let_take_time, make_engine, warnings_of, watched
from wardbeds.store.prepared import send_to_sqlite

T = TypeVar("T")

BUSY_MILLISECONDS = 5_000
ATTEMPTS = 3
MOVED_ATTEMPTS = 8
"""Where fifty stations act on the same few people, the world may have moved three times while a lock was waited for."""
PATIENCE = 9.0
"""Seconds after which nothing is tried again: a person waits for the answer."""
_AGAIN = {"40001", "40P01", "55P03", "57014"}
"""PostgreSQL: serialization failure, deadlock, lock not available, and out of time, as a statement is that waits for
one lock after the other: another try may well succeed."""

def is_postgresql(url: str) -> bool:
    """Whether the URL names a PostgreSQL server."""
    return url.startswith(("postgresql://", "postgres://"))


def sqlite_path(url: str) -> Path:
    """The file behind ``sqlite:///PATH`` or a plain path."""
    return Path(url.removeprefix("sqlite:///"))


ASK_AGAIN = "The connection broke while this was being saved. It is being checked whether it was."
LOOK_FIRST = ("The connection broke while this was being saved: perhaps it was, perhaps not. Look whether it is there "
              "before you do it again.")


class Unanswered(Exception):
    """COMMIT was sent, its answer did not come: done or not done, nobody here knows."""


class Again(Exception):
    """What was read before the lock no longer holds after it: do the whole transaction once more."""


class Store:
    """A database that is open. Connections are made when needed; use from any thread, a connection in one only."""

    def __init__(self, engine: Engine, url: str) -> None:
        self.engine = engine
        self.url = url
        self.postgresql = engine.dialect.name == "postgresql"

    @classmethod
    def open(cls, url: str | Path, *, busy_milliseconds: int = BUSY_MILLISECONDS) -> Store:
        """Open the database at ``url`` (``sqlite:///PATH``, a plain path, ``postgresql://...``).

        Nothing is created; raises OutOfReach when a SQLite file is missing. A server is only asked at first use.
        """
        url = str(url)
        if is_postgresql(url):
            return cls(make_engine(url), url)
        path = sqlite_path(url)
        if not path.is_file():
            raise OutOfReach(f"There is no database at {path}. Create it with: wardbeds db create --db {path}")
        return cls(_sqlite_engine(path, busy_milliseconds), url)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self, *, unhurried: bool = False) -> Iterator[Connection]:
        """A connection in one read transaction: all its statements see one state (on PostgreSQL too).

        ``unhurried``: they, and the work between them, may take as long as they need, which walking a whole house does.
        """
        with _world_errors(), self.engine.connect() as connection:
            if self.postgresql:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True,
                                                          **{UNHURRIED: unhurried})
                if unhurried:
                    let_take_time(connection)
            yield connection
            if connection.in_transaction():
                with watched(connection) if self.postgresql else nullcontext():
                    connection.commit()  # a ROLLBACK would make the driver forget every prepared statement (measured)

    @contextmanager
    def writing(self, *, unhurried: bool = False) -> Iterator[Connection]:
        """A connection in one write transaction, committed at the end of the block, rolled back on any error.

        ``unhurried``: its statements may take as long as they need, which upgrades and restores of big tables do.
        Raises Unanswered where the answer to COMMIT was lost.
        """
        with self.engine.connect() as connection:
            writer = connection.execution_options(wardbeds_write=True, **{UNHURRIED: unhurried})
            with writer.begin() as transaction:
                if unhurried and self.postgresql:
                    let_take_time(writer)
                yield writer
                if self.postgresql:
                    _commit_at_server(writer, transaction)

    def write(self, job: Callable[[Connection], T], attempts: int | None = None, *, patience: float | None = None,
              repeatable: bool = True) -> T:
        """Run ``job`` in a write transaction; where it failed for the world's sake, again.

        ``attempts``: how often in all; if not given ATTEMPTS, or MOVED_ATTEMPTS after a deadlock, a wait for others or
        a changed world. Not after ``patience`` seconds, PATIENCE if none are given.

        A connection lost in the middle counts as well: the job carries an operation id, or does the same twice, so
        that asking again cannot harm. One that is not ``repeatable`` would meet its own work: where the answer to its
        COMMIT is missing, it is not tried again.
        Raises OutOfReach when the database stays out of reach, and InDoubt if it does so while the answer to a COMMIT
        is missing.
        """
        lost, most = (attempts, attempts) if attempts is not None else (ATTEMPTS, MOVED_ATTEMPTS)
        in_doubt, end = False, time.monotonic() + (PATIENCE if patience is None else patience)
        for attempt in range(1, most + 1):
            try:
                with self.writing() as connection:
                    return job(connection)
            except Unanswered as error:
                in_doubt = True
                if not repeatable:
                    raise InDoubt(LOOK_FIRST) from error
                if attempt >= lost or time.monotonic() > end:
                    raise InDoubt(ASK_AGAIN) from error
            except (Again, DBAPIError) as error:
                last = lost if isinstance(error, DBAPIError) and not is_contention(error) else most
                if attempt >= last or time.monotonic() > end or not worth_another_try(error):
                    if in_doubt and _is_world(error):
                        raise InDoubt(ASK_AGAIN) from error
                    raise_world(error)
            time.sleep(min(1.0, 0.02 * attempt * attempt) * (0.5 + random.random()))  # noqa: S311  (spreads the tries)
        raise AssertionError("unreachable")

    def settle(self) -> None:
        """Commit something small and wait for its answer: then all that is visible now is as safe as it can be.

        Needed when an earlier COMMIT was not answered: a synchronous standby may not have its change yet.
        """
        if self.postgresql:
            self.write(lambda connection: connection.exec_driver_sql(
                "SELECT pg_logical_emit_message(true, 'wardbeds', 'settle')"))


def _commit_at_server(connection: Connection, transaction: RootTransaction) -> None:
    with warnings_of(connection) as heard:
        try:
            with watched(connection):
                transaction.commit()
        except DBAPIError as error:
            if error.connection_invalidated or getattr(error.orig, "sqlstate", None) is None:
                raise Unanswered from error
            raise
    if heard:  # it is on this server, but its synchronous standby did not confirm it in time
        raise Unanswered


def _is_world(error: Exception) -> bool:
    return isinstance(error, OperationalError) or worth_another_try(error)


def worth_another_try(error: Exception) -> bool:
    """Whether the same transaction may well succeed if it is tried again."""
    if isinstance(error, Again):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or is_contention(error)


def is_contention(error: DBAPIError) -> bool:
    """Whether the database was merely busy: deadlock, serialization failure, timeout, SQLite busy."""
    if getattr(error.orig, "sqlstate", None) in _AGAIN:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def raise_world(error: Exception) -> None:
    """Raise OutOfReach for what is the world's fault, else the error itself."""
    if isinstance(error, Unanswered):
        raise InDoubt(LOOK_FIRST) from error
    if isinstance(error, Again):
        raise Busy("The board is very busy. Please try again.") from error
    if isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        if is_contention(error):
            raise Busy("The database is busy and did not answer in time. Please try again.") from error
        raise OutOfReach("The database does not answer. Check the network and the server, then try again.") from error
    if _is_no_database(error):
        raise SchemaMismatch("This file is no database of Wardbeds, or it is damaged. Choose another one, or put a "
                             "backup in its place with: wardbeds db restore FILE --replace") from error
    raise error


def _is_no_database(error: Exception) -> bool:
    code = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@contextmanager
def _world_errors() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        raise_world(error)


def sha256_text(text: str) -> str:
    """The function ``sha256`` of every SQLite connection: lower-case hex of the UTF-8 text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def prepare_sqlite(connection: sqlite3.Connection, busy_milliseconds: int = BUSY_MILLISECONDS) -> None:
    """Give a SQLite connection what every connection of ours has."""
    connection.isolation_level = None
    connection.create_function("sha256", 1, sha256_text, deterministic=True)
    connection.execute(f"PRAGMA busy_timeout={busy_milliseconds}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")  # else INSERT OR REPLACE deletes past the delete triggers
    connection.execute("PRAGMA synchronous=FULL")


def _sqlite_engine(path: Path, busy_milliseconds: int) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        prepare_sqlite(connection, busy_milliseconds)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("wardbeds_write", False)
        send_to_sqlite(connection, "BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
