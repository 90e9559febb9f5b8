"""The change feed's own connection: waiting for a wake-up, and reading what is new behind it (DESIGN 5).

A wake-up says only that there is something; what there is tells the revision of each stream, which has no gaps. So a
lost or merged wake-up loses nothing, and the heartbeat that compares revisions finds what no wake-up announced.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from wardbeds.domain.errors import OutOfReach
from wardbeds.store.database import Store, raise_world
from wardbeds.store.guards_postgresql import CHANNEL
from wardbeds.store.postgresql import wait_for_input, watched
from wardbeds.store.tables import schema_version, streams
from wardbeds.store.versions import check_reader, may_write

SQLITE_TICK = 0.25
"""Seconds between two looks at ``data_version``, which costs microseconds."""

NO_ANSWER = "The database does not answer. Check the network and the server, then try again."


class _Notification(NamedTuple):
    payload: str


_HEADS = select(streams.c.ward_id, streams.c.revision, streams.c.head,
                select(schema_version.c.min_reader).scalar_subquery(),
                select(schema_version.c.min_writer).scalar_subquery()).where(streams.c.kind != "access")


class Heads(NamedTuple):
    """Where every stream stands, the house's as ward 0: revision and last hash; and whether this program may write."""

    revisions: dict[int, int]
    hashes: dict[int, str]
    may_write: bool


class Feed:
    """One connection that listens. Use in one thread; only :meth:`wake` and :meth:`close` may come from another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Connection | None = None
        self._version = -1
        self._heard: dict[int, int] = {}
        self._woken, self._waker = socket.socketpair()
        for one in (self._woken, self._waker):
            one.setblocking(False)

    def open(self) -> None:
        """Connect and listen. Raises OutOfReach.

        The feed's few statements are planned once: otherwise the server plans the joins anew at each wake-up, which
        takes it eight times as long as to carry them out (measured).
        """
        self.drop()
        try:
            connection = self._store.engine.connect()
            self._connection = connection
            if self._store.postgresql:
                self._connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True)
                driver: Any = connection.connection.driver_connection
                driver.add_notify_handler(self._hear)  # for those that come with the answer to a query
                connection.exec_driver_sql(f"SET plan_cache_mode = force_generic_plan; LISTEN {CHANNEL}")
                connection.commit()
        except DBAPIError as error:
            self.drop()
            raise_world(error)

    def drop(self) -> None:
        """Let go of the connection, broken or not."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(DBAPIError):
                connection.invalidate()  # a connection that listens does not go back to the pool
                connection.close()

    def wake(self) -> None:
        """End a wait, from any thread."""
        with contextlib.suppress(OSError):
            self._waker.send(b".")

    def wait(self, seconds: float) -> dict[int, int] | None:
        """Wait for a wake-up, at most ``seconds``.

        Returns the wards that were named, with their revisions; empty where nobody knows which, or :meth:`wake` was
        called; None when the time is up. Raises OutOfReach.
        """
        return self._wait_at_server(seconds) if self._store.postgresql else self._wait_at_file(seconds)

    def _hear(self, notification: Any) -> None:
        ward_id, _, revision = notification.payload.partition(" ")
        if ward_id.isdecimal() and revision.isdecimal():
            self._heard[int(ward_id)] = max(int(revision), self._heard.get(int(ward_id), 0))

    def _wait_at_server(self, seconds: float) -> dict[int, int] | None:
        driver = self._driver()
        try:
            self._take_in(driver)
            if not self._heard:
                wait_for_input([driver.pgconn.socket, self._woken.fileno()], seconds)
                self._take_in(driver)
        except Exception as error:
            self.drop()
            raise OutOfReach(NO_ANSWER) from error
        if self._was_woken():
            self._heard.clear()
            return {}
        heard, self._heard = self._heard, {}
        return heard or None

    def _take_in(self, driver: Any) -> None:
        """Read what lies there: all that was announced meanwhile is one wake-up."""
        driver.pgconn.consume_input()
        while (found := driver.pgconn.notifies()) is not None:
            self._hear(_Notification(found.extra.decode()))

    def _wait_at_file(self, seconds: float) -> dict[int, int] | None:
        """In short steps: SQLite tells nobody, but a glance at ``data_version`` shows other people's commits."""
        left = seconds
        while left > 0:
            wait_for_input([self._woken.fileno()], min(left, SQLITE_TICK))
            if self._was_woken() or self._changed():
                return {}
            left -= SQLITE_TICK
        return None

    def _changed(self) -> bool:
        with self.reading() as connection:
            version = int(connection.exec_driver_sql("PRAGMA data_version").scalar() or 0)
        changed, self._version = version != self._version, version
        return changed

    def _was_woken(self) -> bool:
        woken = False
        with contextlib.suppress(BlockingIOError):
            while self._woken.recv(64):
                woken = True
        return woken

    def _driver(self) -> Any:
        if self._connection is None:
            raise OutOfReach(NO_ANSWER)
        return self._connection.connection.driver_connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One read transaction on this connection. Raises OutOfReach, after which the feed must be opened anew."""
        if self._connection is None:
            raise OutOfReach(NO_ANSWER)
        try:
            yield self._connection
            with watched(self._connection) if self._store.postgresql else contextlib.nullcontext():
                self._connection.commit()
        except DBAPIError as error:
            self.drop()
            raise_world(error)

    def heads(self, connection: Connection) -> Heads:
        """Where every stream stands. Raises SchemaMismatch once this program may not even read any more."""
        rows = connection.execute(_HEADS).all()
        for row in rows:
            check_reader(row[3])
        return Heads({row[0] or 0: row[1] for row in rows}, {row[0] or 0: row[2] for row in rows},
                     all(may_write(row[4]) for row in rows))

    def close(self) -> None:
        """Close the connection and the wake-up."""
        self.drop()
        for one in (self._woken, self._waker):
            one.close()
