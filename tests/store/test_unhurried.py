"""Upgrades, restores, checks and exports of a big house take long: neither the server's limits nor the watchdog end them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection

from tests.conftest import Servers
from tests.support.hospital import make_hospital
from wardbeds.domain.errors import Busy
from wardbeds.services import maintenance
from wardbeds.services.accounts import system_actor
from wardbeds.services.exporting import export_events
from wardbeds.store import postgresql
from wardbeds.store.check import Finding, check
from wardbeds.store.database import Store
from wardbeds.store.migrate import HEAD, current_revision, migrate, upgrade
from wardbeds.store.watchdog import Watchdog

SLOW = """CREATE FUNCTION public.slowly() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_query() LIKE '%CREATE TABLE schema_version%' THEN PERFORM pg_sleep(1.5); END IF; END $$;
    CREATE EVENT TRIGGER slow ON ddl_command_start EXECUTE FUNCTION public.slowly()"""
"""As if that statement rewrote a big table."""
HURRY = "?options=-c%20statement_timeout%3D500ms%20-c%20lock_timeout%3D100ms%20-c%20idle_in_transaction_session_timeout%3D500ms"

Run = Callable[[str], None]


@pytest.fixture
def hurried(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Run]]:
    """An empty database at a server that ends each statement after 0.5 s, with a watchdog that waits no longer."""
    server, _template = servers.fresh("pg18")
    monkeypatch.setenv("WARDBEDS_PG_BIN", str(server.binaries))
    monkeypatch.setattr(postgresql, "WATCHDOG", Watchdog(limit=0.5))
    server.run("CREATE DATABASE hurried")

    def run(statement: str) -> None:
        with psycopg.connect(server.url("hurried"), autocommit=True) as connection:
            connection.execute(statement.encode())

    yield server.url("hurried") + HURRY, run
    server.run("DROP DATABASE hurried WITH (FORCE)")


def _revision(url: str) -> str | None:
    with closing(Store.open(url)) as store, store.reading() as connection:
        return current_revision(connection)


def _make_first(url: str) -> None:
    with closing(Store.open(url)) as store, store.writing(unhurried=True) as connection:
        migrate(connection, "0001")


def test_an_upgrade_takes_the_time_it_needs(hurried: tuple[str, Run]) -> None:
    url, run = hurried
    _make_first(url)
    run(SLOW)
    with closing(Store.open(url)) as store:
        assert upgrade(store)
    assert _revision(url) == HEAD


def test_an_upgrade_does_not_wait_for_ever_for_a_station(hurried: tuple[str, Run]) -> None:
    url, _run = hurried
    _make_first(url)
    with psycopg.connect(url) as station, closing(Store.open(url)) as store:
        station.execute("LOCK TABLE alembic_version")
        with pytest.raises(Busy):
            upgrade(store)
    assert _revision(url) == "0001"


def test_a_restore_takes_the_time_it_needs(servers: Servers, hurried: tuple[str, Run], tmp_path: Path) -> None:
    url, run = hurried
    server, name = servers.fresh("pg18")
    with closing(Store.open(server.url(name))) as store:
        make_hospital(store)
    maintenance.backup(server.url(name), tmp_path / "house.dump")
    run(SLOW)
    maintenance.restore(url, tmp_path / "house.dump", replace=False)
    assert _revision(url) == HEAD


@pytest.fixture
def house(hurried: tuple[str, Run]) -> Iterator[Store]:
    """A hospital in it."""
    url, _run = hurried
    with closing(Store.open(url)) as store:
        upgrade(store)
        make_hospital(store)
        yield store


def test_a_check_takes_the_time_it_needs(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(connection: Connection) -> list[Finding]:
        connection.exec_driver_sql("SELECT pg_sleep(1.5)")
        time.sleep(1.5)  # as if it added up a million events
        return check(connection)

    monkeypatch.setattr(maintenance, "check", walk)
    assert maintenance.findings(house, system_actor("here")) == []


def test_an_export_waits_for_whoever_reads_it(house: Store) -> None:
    told = export_events(house, system_actor("here"), None)
    first = next(told)
    time.sleep(1.5)  # a pager, where somebody looks at the first page
    assert [first, *told] == list(export_events(house, system_actor("here"), None))


def test_the_next_transaction_hurries_again(hurried: tuple[str, Run]) -> None:
    url, _run = hurried
    with closing(Store.open(url)) as store:
        with store.writing(unhurried=True) as connection:
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "0"
        with store.writing() as connection:
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "500ms"
