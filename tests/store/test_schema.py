"""A migrated database and one made in one go are the same, guards included."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Servers
from wardbeds.store import roles, schema
from wardbeds.store.database import Store
from wardbeds.store.embedded import KEPT_COPIES, ensure, safe_copy


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
