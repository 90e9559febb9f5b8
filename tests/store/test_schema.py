"""A migrated database and one made in one go are the same, guards included."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Servers
from wardbeds.domain.changes import NO_EVENT, canonical, chain_hash
from wardbeds.domain.errors import SchemaMismatch
from wardbeds.services.maintenance import bring_up
from wardbeds.store import roles, schema
from wardbeds.store.database import Store
from wardbeds.store.embedded import KEPT_COPIES, create_file, ensure, safe_copy
from wardbeds.store.migrate import migrate, require_fit
from wardbeds.store.tables import events
from wardbeds.store.versions import VERSION


def _described(store: Store) -> set[tuple[str, str, str]]:
    with store.reading() as connection:
        return schema.describe(connection)


def test_migrated_equals_made_on_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "made.db").close()
    made = Store.open(tmp_path / "made.db")
    with made.writing() as connection:
        schema.create(connection)
    migrated = Store.open(sqlite_url)
    assert _described(migrated) == _described(made)
    assert any(kind == "trigger" for kind, _, _ in _described(made))
    made.close()
    migrated.close()


@pytest.mark.parametrize("version", ["pg16", "pg18"])
def test_migrated_equals_made_on_postgresql(servers: Servers, version: str) -> None:
    server, name = servers.fresh(version)
    server.run(f"CREATE DATABASE {name}_made")
    migrated, made = Store.open(server.url(name)), Store.open(server.url(f"{name}_made"))
    with made.writing() as connection:
        roles.prepare(connection, roles.Logins())
        schema.create(connection)
        roles.settle(connection, [roles.STATION])
    assert _described(migrated) == _described(made)
    assert {kind for kind, _, _ in _described(made)} >= {"constraint", "index", "trigger", "function", "column", "grant"}
    made.close()
    migrated.close()


@pytest.mark.parametrize("statement", [
    "GRANT DELETE ON wards TO wardbeds_station", "GRANT UPDATE (name) ON rooms TO wardbeds_station",
    "REVOKE INSERT (body) ON events FROM wardbeds_station", "GRANT SELECT ON users TO PUBLIC",
    "GRANT EXECUTE ON FUNCTION leave_ward TO PUBLIC", "GRANT CREATE ON SCHEMA public TO wardbeds_station"])
def test_another_right_is_a_difference(servers: Servers, statement: str) -> None:
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    before = _described(store)
    with store.writing() as connection:
        connection.exec_driver_sql(statement)
    assert _described(store) != before
    store.close()


def test_a_dropped_guard_is_a_difference(sqlite_url: str) -> None:
    store = Store.open(sqlite_url)
    before = _described(store)
    with store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER tr_ward_beds_version")
    assert _described(store) != before
    store.close()


def test_the_embedded_database_makes_itself_and_is_copied_safely(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "wardbeds.db"
    assert ensure(path) == f"sqlite:///{path}"
    ensure(path)
    copies = [safe_copy(path, "0001") for _ in range(KEPT_COPIES + 2)]
    assert [copy.exists() for copy in copies] == [False, False, True, True, True]
    copy = sqlite3.connect(copies[-1])
    assert copy.execute("SELECT count(*) FROM users").fetchone() == (2,)
    copy.close()


def _at_first_release(store: Store) -> None:
    """The schema of 0001 with a ward, a bed and its event in it."""
    with store.writing() as connection:
        migrate(connection, "0001")
        for statement in (
                "INSERT INTO wards (id, name, code) VALUES (7, 'Old ward', 'O')",
                "INSERT INTO streams (kind, ward_id) VALUES ('ward', 7)"):
            connection.exec_driver_sql(statement)
        body = canonical({"v": 1})
        connection.execute(events.insert(), {
            "stream_id": 2, "revision": 1, "time": datetime(2026, 1, 1, tzinfo=UTC), "operation_id": "0" * 36,
            "happened_at": datetime(2026, 1, 1, tzinfo=UTC), "action": "ward_added", "actor_id": 1, "role": "admin",
            "station": "s", "body": body, "prev": NO_EVENT, "hash": chain_hash(NO_EVENT, body)})


def _kept(store: Store) -> tuple[object, ...]:
    with store.reading() as connection:
        return (connection.exec_driver_sql("SELECT name FROM wards").scalar_one(),
                connection.exec_driver_sql("SELECT revision FROM streams WHERE ward_id = 7").scalar_one(),
                connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one(), require_fit(store))


def test_a_database_of_the_first_release_is_upgraded_at_start_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    create_file(path)
    store = Store.open(path)
    _at_first_release(store)
    with pytest.raises(SchemaMismatch, match="older"):
        require_fit(store)
    store.close()
    store = Store.open(ensure(path))
    assert _kept(store) == ("Old ward", 1, 1, True)
    store.close()
    copies = list(tmp_path.glob("old.0001.*.backup"))
    assert len(copies) == 1
    copy = sqlite3.connect(copies[0])
    assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    copy.close()


@pytest.mark.parametrize("version", ["pg16", "pg18"])
def test_a_database_of_the_first_release_is_upgraded_by_command(servers: Servers, version: str) -> None:
    """And its events wake whoever listens from then on."""
    server, name = servers.fresh(version)
    server.run(f"CREATE DATABASE {name}_old")
    url = server.url(f"{name}_old")
    store = Store.open(url)
    _at_first_release(store)
    assert bring_up(url)
    assert not bring_up(url)
    assert _kept(store) == ("Old ward", 1, 1, True)
    with store.reading() as connection:
        assert "pg_notify" in connection.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE proname = 'advance_stream'").scalar_one()
    store.close()


def test_versions_side_by_side(sqlite_url: str) -> None:
    """A newer database says who may still read and write in it."""
    store = Store.open(sqlite_url)

    def say(version: int, min_reader: int, min_writer: int) -> None:
        with store.writing() as connection:
            connection.exec_driver_sql(f"UPDATE schema_version SET version = {version}, min_reader = {min_reader}, "
                                       f"min_writer = {min_writer}")
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version:04}'")

    say(VERSION + 1, VERSION, VERSION)
    assert require_fit(store)
    say(VERSION + 1, VERSION, VERSION + 1)
    assert not require_fit(store)
    say(VERSION + 1, VERSION + 1, VERSION + 1)
    with pytest.raises(SchemaMismatch, match="newer"):
        require_fit(store)
    store.close()
