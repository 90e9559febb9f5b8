"""Connections to a PostgreSQL server: the options with which a cut cable is noticed, and a check that costs nothing.

The figures are measured (HAZARDS): libpq alone does not notice a silent cut within 25 s, with these within 6 s. The
server is asked to notice the same of us, so that nobody's locks outlive the station that held them.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from wardbeds.store.watchdog import Watchdog

WATCHDOG = Watchdog()

_SETTINGS = {
    "timezone": "UTC", "lock_timeout": "3s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "5s",
    "tcp_keepalives_idle": "3", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "3",
    "tcp_user_timeout": "5000",
}
OPTIONS: dict[str, Any] = {
    "connect_timeout": 3, "tcp_user_timeout": 5000, "keepalives": 1, "keepalives_idle": 3,
    "keepalives_interval": 1, "keepalives_count": 3, "application_name": "wardbeds",
    "options": " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items()),
}
LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "::1"})
UNHURRIED = "wardbeds_unhurried"
"""The execution option of a transaction whose statements may take long, see :func:`let_take_time`."""
POOL = 3
"""Connections that a station keeps: one each for the data thread, the feed, and the last-known board. A program with
more threads gets as many more, which it gives back."""


def options_for(url: str) -> dict[str, Any]:
    """The connecting options for a URL: what it says itself is left as it says.

    Several hosts: the one that takes writes is looked for, which follows a failover. A server that is not on this
    machine must show a certificate we trust for just its name (``verify-full``).
    """
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(url)
    hosts = _hosts(given)
    chosen = dict(OPTIONS)
    if len(hosts) > 1:
        chosen["target_session_attrs"] = "read-write"
    if any(host not in LOOPBACK and not host.startswith("/") for host in hosts):
        chosen["sslmode"] = "verify-full"
    for name in [*chosen]:
        if name in given and name != "options":
            del chosen[name]
    if given.get("options"):
        chosen["options"] = f"{chosen['options']} {given['options']}"
    return chosen


def _hosts(given: dict[str, Any]) -> list[str]:
    """Where libpq will connect to: an address counts before a name, what the URL says before the environment."""
    service = "where a service file says" if given.get("service") or os.environ.get("PGSERVICE") else None
    named = (given.get("hostaddr") or os.environ.get("PGHOSTADDR") or given.get("host") or service
             or os.environ.get("PGHOST") or "")
    return [host.strip() for host in str(named).split(",")]


def parameters_for_tools(url: str) -> dict[str, Any]:
    """What pg_dump is to be told so that it goes to the same server as we do, as safely; with the password if any."""
    from psycopg.conninfo import conninfo_to_dict

    chosen = options_for(url)
    ours = {name: chosen[name] for name in ("sslmode", "target_session_attrs") if name in chosen}
    return conninfo_to_dict(url) | ours


def make_engine(url: str) -> Engine:
    """An engine whose connections notice silence, from this side and from the server's."""

    def connect() -> Any:
        import psycopg

        return psycopg.connect(url, **options_for(url))

    engine = create_engine("postgresql+psycopg://", creator=connect, pool_size=POOL, max_overflow=POOL)
    event.listen(engine, "checkout", _refuse_the_dead)
    event.listen(engine, "before_cursor_execute", lambda connection, *_rest: _begin(connection))
    event.listen(engine, "after_cursor_execute", lambda *_rest: _end())
    event.listen(engine, "handle_error", lambda _context: _end())
    return engine


def _refuse_the_dead(connection: Any, _record: object, _proxy: object) -> None:
    """An idle connection with something to read has been closed by the server: take another one. No round trip."""
    try:
        readable = wait_for_input([connection.pgconn.socket], 0)
    except Exception as error:  # psycopg's, for a connection that is closed already
        raise DisconnectionError from error
    if readable:
        raise DisconnectionError


def wait_for_input(descriptors: list[int], seconds: float) -> bool:
    """Whether there is something to read on one of these sockets, waiting ``seconds`` for it."""
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select(descriptors, [], [], seconds)[0])
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


class _UnderWay(threading.local):
    """The socket of the call that this thread is in; remembered, since a lost connection forgets it."""

    descriptor: int | None = None


_call = _UnderWay()


def let_take_time(connection: Connection) -> None:
    """In this transaction no statement is broken off for taking long, by the server or (with the execution option
    UNHURRIED) by the watchdog. Waiting for a lock still is; a cut cable is noticed by keepalives."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(UNHURRIED):
        return
    with contextlib.suppress(Exception):  # a connection that is closed already has no socket: the call itself will say
        driver = connection.connection.driver_connection
        assert driver is not None
        _call.descriptor = driver.pgconn.socket
        WATCHDOG.begin(driver.pgconn.socket)


def _end() -> None:
    if _call.descriptor is not None:
        WATCHDOG.end(_call.descriptor)
        _call.descriptor = None


@contextlib.contextmanager
def watched(connection: Connection) -> Iterator[None]:
    """Watch a call that is no statement: COMMIT."""
    _begin(connection)
    try:
        yield
    finally:
        _end()


@contextlib.contextmanager
def warnings_of(connection: Connection) -> Iterator[list[str]]:
    """The server's warnings during the block: at COMMIT, that the wait for its synchronous standby was broken off."""
    heard: list[str] = []

    def hear(diagnostic: Any) -> None:
        if diagnostic.severity_nonlocalized == "WARNING":
            heard.append(diagnostic.sqlstate or "")

    driver: Any = connection.connection.driver_connection
    driver.add_notice_handler(hear)
    try:
        yield heard
    finally:
        driver.remove_notice_handler(hear)
