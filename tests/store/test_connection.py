"""Connecting options, dead and hanging connections, and a COMMIT whose answer is lost."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, RootTransaction

from tests.conftest import Servers
from tests.support.hospital import Hospital, make_hospital
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Busy, Code, InDoubt, Refused
from wardbeds.domain.requests import BlockBed, SeenBed
from wardbeds.services.bed_states import block_bed
from wardbeds.store import database
from wardbeds.store.database import Store, Unanswered
from wardbeds.store.postgresql import POOL, options_for, parameters_for_tools
from wardbeds.store.watchdog import Watchdog


@pytest.mark.parametrize(("url", "expected"), [
    ("postgresql://ward@127.0.0.1/w", {"sslmode": None, "target_session_attrs": None}),
    ("postgresql:///w", {"sslmode": None}),
    ("postgresql://ward@db.hospital/w", {"sslmode": "verify-full"}),
    ("postgresql://ward@db.hospital/w?sslmode=require", {"sslmode": None}),
    ("postgresql://ward@localhost:1,localhost:2/w", {"target_session_attrs": "read-write", "sslmode": None}),
    ("postgresql://ward@a,localhost/w", {"target_session_attrs": "read-write", "sslmode": "verify-full"}),
    ("postgresql://ward@a,b/w?target_session_attrs=any", {"target_session_attrs": None}),
    ("postgresql://ward@127.0.0.1/w?connect_timeout=9", {"connect_timeout": None, "tcp_user_timeout": 5000}),
    ("postgres://db.hospital/w", {"sslmode": "verify-full"}),
    ("postgresql:///w?host=db.hospital", {"sslmode": "verify-full"}),
    ("postgresql:///w?host=/run/postgresql", {"sslmode": None}),
    ("postgresql://ward@localhost/w?hostaddr=10.0.0.5", {"sslmode": "verify-full"}),
    ("postgresql://ward@db.hospital/w?hostaddr=127.0.0.1", {"sslmode": None}),
    ("postgresql:///w?service=beds", {"sslmode": "verify-full"}),
])
def test_options_follow_the_url(url: str, expected: dict[str, object]) -> None:
    options = options_for(url)
    assert {name: options.get(name) for name in expected} == expected


@pytest.mark.parametrize(("name", "value", "expected"), [
    ("PGHOST", "db.hospital", "verify-full"), ("PGHOST", "/run/postgresql", None), ("PGSERVICE", "beds", "verify-full"),
    ("PGHOSTADDR", "10.0.0.5", "verify-full")])
def test_a_url_without_a_host_goes_where_the_environment_says(
        monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str | None) -> None:
    monkeypatch.setenv(name, value)
    assert options_for("postgresql:///w").get("sslmode") == expected


def test_the_tools_go_to_the_same_server_as_safely() -> None:
    told = parameters_for_tools("postgresql://ward:secret@a,b:6000/w")
    assert told == {"user": "ward", "password": "secret", "dbname": "w", "host": "a,b", "port": ",6000",
                    "sslmode": "verify-full", "target_session_attrs": "read-write"}
    assert "sslmode" not in parameters_for_tools("postgresql://ward@127.0.0.1/w")


def test_own_settings_are_kept_beside_those_of_the_url() -> None:
    options = options_for("postgresql://ward@127.0.0.1/w?options=-c%20synchronous_commit%3Doff")["options"]
    assert "statement_timeout=10s" in options
    assert options.endswith("-c synchronous_commit=off")


def test_a_call_that_never_comes_back_is_broken() -> None:
    ours, theirs = socket.socketpair()
    watchdog = Watchdog(limit=0.1)
    with ours, theirs:
        watchdog.begin(ours.fileno())
        assert ours.recv(1) == b""  # would wait for ever


def test_a_call_that_came_back_is_left_alone() -> None:
    ours, theirs = socket.socketpair()
    first, second = socket.socketpair()
    watchdog = Watchdog(limit=0.1)
    with ours, theirs, first, second:
        watchdog.begin(ours.fileno())
        watchdog.end(ours.fileno())
        watchdog.begin(first.fileno())
        assert first.recv(1) == b""  # by now the other would have been broken too
        theirs.send(b"x")
        assert ours.recv(1) == b"x"


@pytest.fixture
def at_server(servers: Servers) -> Iterator[tuple[Hospital, Servers]]:
    """The small hospital on PostgreSQL 18."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    yield make_hospital(store), servers
    store.close()


def test_idle_connections_that_the_server_closed_are_not_used(at_server: tuple[Hospital, Servers]) -> None:
    hospital, servers = at_server
    servers.running["pg18"].run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname LIKE 't\\_%'")
    assert hospital.board().beds


def test_who_waits_too_long_for_others_is_told_that_all_is_busy(servers: Servers) -> None:
    """A statement that waits for one lock after the other is ended as a whole: that is no dead network."""
    server, name = servers.fresh("pg18")
    with closing(Store.open(server.url(name))) as store:
        hospital = make_hospital(store)
        bed = SeenBed.of(hospital.bed("N-1"))
    hurried = server.url(name) + "?options=-c%20statement_timeout%3D300ms%20-c%20lock_timeout%3D0"
    with psycopg.connect(server.url(name)) as other, closing(Store.open(hurried)) as store:
        other.execute("SELECT 1 FROM streams FOR UPDATE")
        with pytest.raises(Busy):
            block_bed(store, hospital.nurse, BlockBed(bed=bed, reason="works"))


@pytest.mark.parametrize(("patience", "attempts", "tries"), [
    (9.0, None, database.MOVED_ATTEMPTS), (0.0, None, 1), (9.0, 1, 1), (9.0, 2, 2)])
def test_nothing_is_tried_again_when_the_person_has_waited_long_enough(
        sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, patience: float, attempts: int | None, tries: int) -> None:
    """Nor more often than whoever asks wants it."""
    monkeypatch.setattr(database, "PATIENCE", patience)
    asked: list[Connection] = []

    def job(connection: Connection) -> None:
        asked.append(connection)
        raise database.Again

    with pytest.raises(Busy):
        sqlite_store.write(job, attempts)
    assert len(asked) == tries


def _block(hospital: Hospital, request: BlockBed) -> None:
    block_bed(hospital.store, hospital.nurse, request)


def _events(hospital: Hospital) -> int:
    with hospital.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM events WHERE action = 'blocked'").scalar_one())


@pytest.mark.parametrize("arrives", [True, False], ids=["committed", "not committed"])
def test_a_lost_answer_to_commit_is_asked_for(
        at_server: tuple[Hospital, Servers], monkeypatch: pytest.MonkeyPatch, arrives: bool) -> None:
    """Whether the COMMIT arrived or not: done once, and told so."""
    hospital, _ = at_server
    real = database._commit_at_server
    left = [1]

    def cut(connection: Connection, transaction: RootTransaction) -> None:
        if left[0]:
            left[0] -= 1
            if arrives:
                real(connection, transaction)
            raise Unanswered
        real(connection, transaction)

    monkeypatch.setattr(database, "_commit_at_server", cut)
    _block(hospital, BlockBed(bed=SeenBed.of(hospital.bed("N-1")), reason="works"))
    assert hospital.bed("N-1").status is BedStatus.MAINTENANCE
    assert _events(hospital) == 1


def test_who_gets_no_answer_at_all_is_told_that_nobody_knows(
        at_server: tuple[Hospital, Servers], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither "saved" nor "failed"; asking again with the same operation id tells, and does nothing twice."""
    hospital, _ = at_server
    real = database._commit_at_server
    request = BlockBed(bed=SeenBed.of(hospital.bed("N-1")), reason="works")

    def cut(connection: Connection, transaction: RootTransaction) -> None:
        real(connection, transaction)
        raise Unanswered

    with monkeypatch.context() as patch:
        patch.setattr(database, "_commit_at_server", cut)
        with pytest.raises(InDoubt):
            _block(hospital, request)
    _block(hospital, request)
    assert _events(hospital) == 1
    with pytest.raises(Refused) as refused:
        _block(hospital, BlockBed(bed=request.bed, reason="works"))
    assert refused.value.refusal.code is Code.STATE or refused.value.refusal.code is Code.STALE


def test_the_ready_configuration_lets_two_hundred_stations_in() -> None:
    conf = (Path(__file__).parents[2] / "packaging" / "postgresql" / "wardbeds.conf").read_text(encoding="utf-8")
    allowed = next(int(line.split()[2]) for line in conf.splitlines() if line.startswith("max_connections"))
    assert allowed >= 200 * POOL + 50
