"""The database refuses what no service would send, and ``db check`` names it where the guards were off."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.store.wrong_statements import WRONG, Wrong
from wardbeds.domain.changes import canonical, chain_hash
from wardbeds.store.check import check
from wardbeds.store.database import Store, prepare_sqlite
from wardbeds.store.refusals import constraint_name
from wardbeds.store.tables import metadata


def _when(connection: Connection, hour: int) -> str:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    if connection.dialect.name == "sqlite":
        return f"'{moment:%Y-%m-%dT%H:%M:%S.%fZ}'"
    return f"'{moment.isoformat()}'"


def _event(connection: Connection, kind: str, beds: list[dict[str, object]] | None = None) -> str:
    """An event's INSERT, sound but for what ``kind`` says."""
    row = connection.execute(text("SELECT revision, head FROM streams WHERE id = 2")).one()
    revision, prev, operation = row[0] + 1, row[1], str(uuid4())
    if kind == "gap":
        revision += 1
    if kind == "prev":
        prev = "1" * 64
    if kind == "repeated":
        operation = str(connection.execute(text("SELECT operation_id FROM events WHERE stream_id = 2")).scalars().first())
    body = canonical({"v": 1, "stream": 2, "revision": revision, "operation": operation, "action": "made",
                      "beds": beds or []})
    digest = "f" * 64 if kind == "hash" else chain_hash(prev, body)
    hour = _when(connection, 30 + revision)
    escaped = body.replace(":", r"\:")
    return ("INSERT INTO events (stream_id, revision, time, happened_at, operation_id, action, actor_id, role, station, "
            f"body, prev, hash) VALUES (2, {revision}, {hour}, {hour}, '{operation}', 'made', 1, 'admin', 'x', "
            f"'{escaped}', '{prev}', '{digest}')")


def _run(connection: Connection, statement: str) -> None:
    found = re.fullmatch(r"@event (\w+)@", statement)
    if found:
        statement = _event(connection, found.group(1))
    statement = re.sub(r"@(\d+)@", lambda match: _when(connection, int(match.group(1))), statement)
    connection.execute(text(statement))


_STATES = {1: ("occupied", 1, 2), 2: ("available", None, 1), 3: ("available", None, 1), 4: ("reserved", None, 2),
           5: ("cleaning", None, 2), 6: ("maintenance", None, 1)}

_SOUND = (
    "INSERT INTO wards (id, name) VALUES (1, 'A')",
    "INSERT INTO streams (id, kind, ward_id) VALUES (2, 'ward', 1)",
    "INSERT INTO rooms (id, ward_id, name) VALUES (1, 1, 'R')",
    *(f"INSERT INTO users (id, username, created_at, updated_at) VALUES ({n}, 'patient/{n}', @1@, @1@)"
      for n in (11, 12, 13)),
    *(f"INSERT INTO profiles (user_id, role, status) VALUES ({n}, 'patient', 'active')" for n in (11, 12, 13)),
    *(f"INSERT INTO patients (id, user_id, hospital_number, sex, name_key) VALUES ({n}, {n + 10}, 'P{n}', 'female', 'x')"
      for n in (1, 2, 3)),
    *(f"INSERT INTO ward_beds (id, ward_id, room_id, bed_number, status, made_status, blocked_from, status_since, "
      f"created_at, updated_at) VALUES ({n}, 1, 1, '{n}', '{made}', '{made}', {blocked}, @1@, @1@, @1@)"
      for n, made, blocked in ((1, "available", "NULL"), (2, "available", "NULL"), (3, "available", "NULL"),
                               (4, "available", "NULL"), (5, "available", "NULL"),
                               (6, "maintenance", "'available'"))),
    "INSERT INTO admissions (id, patient_id, source, admitted_at, admitted_by) VALUES (1, 1, 'other', @8@, 1)",
    "INSERT INTO admissions (id, patient_id, source, admitted_at, admitted_by, discharged_at, outcome) "
    "VALUES (2, 2, 'other', @10@, 1, @20@, 'improved')",
    "INSERT INTO admissions (id, patient_id, source, admitted_at, admitted_by, waiting_ward) "
    "VALUES (3, 3, 'other', @8@, 1, 1)",
    "INSERT INTO bed_stays (id, admission_id, patient_id, bed_id, started_at, started_by) VALUES (1, 1, 1, 1, @8@, 1)",
    "INSERT INTO bed_stays (id, admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by) "
    "VALUES (2, 2, 2, 2, @10@, @20@, 'discharged', 1)",
    "UPDATE ward_beds SET patient_id = 1, status = 'occupied', assigned_at = @8@, version = 2 WHERE id = 1",
    "UPDATE ward_beds SET status = 'reserved', held_text = 'x', held_until = @99@, version = 2 WHERE id = 4",
    "UPDATE ward_beds SET status = 'cleaning', version = 2 WHERE id = 5",
)


def prepare(connection: Connection) -> None:
    """Make the sound database that the list is run against, past the services."""
    if connection.dialect.name == "postgresql":
        for table in ("ward_beds", "bed_stays", "admissions"):
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)"))
    for statement in _SOUND:
        _run(connection, statement)
    beds: list[dict[str, object]] = [
        {"bed": bed, "before": {}, "after": {"status": status, "patient": patient, "version": version}}
        for bed, (status, patient, version) in _STATES.items()]
    for _ in range(2):
        connection.execute(text(_event(connection, "sound")))
    connection.execute(text(_event(connection, "sound", beds)))
    connection.execute(text("INSERT INTO event_subjects (stream_id, revision, n, patient_id) VALUES (2, 2, 0, 1)"))


@pytest.fixture
def sound(store: Store) -> Store:
    """The sound database."""
    with store.writing() as connection:
        prepare(connection)
    return store


def test_the_prepared_database_is_sound(sound: Store) -> None:
    with sound.reading() as connection:
        assert check(connection) == []


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_refused(sound: Store, wrong: Wrong) -> None:
    """By the guard that is there for it: a statement with a slip in it would be refused too, but for another reason."""
    with pytest.raises(DBAPIError) as error, sound.writing() as connection:
        for statement in wrong.statements:
            _run(connection, statement)
    assert constraint_name(error.value) == wrong.guard(postgresql=sound.postgresql)
    with sound.reading() as connection:
        assert check(connection) == []


@pytest.mark.parametrize(("statement", "guard"), [
    ("INSERT OR REPLACE INTO bed_stays (id, admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by)"
     " VALUES (2, 2, 2, 3, @10@, @11@, 'moved', 1)", "tr_bed_stays_no_delete"),
    ("INSERT OR REPLACE INTO admissions (id, patient_id, source, admitted_at, admitted_by, waiting_ward) "
     "VALUES (3, 3, 'other', @1@, 1, 1)", "tr_admissions_no_delete"),
    ("@event replaced@", "tr_events_no_delete")])
def test_replacing_is_no_way_round_the_guards(sqlite_url: str, statement: str, guard: str) -> None:
    """SQLite deletes what INSERT OR REPLACE displaces, past the delete triggers unless it is told not to."""
    store = Store.open(sqlite_url)
    with store.writing() as connection:
        prepare(connection)
    with pytest.raises(DBAPIError) as error, store.writing() as connection:
        if statement == "@event replaced@":
            connection.execute(text(_event(connection, "repeated").replace("INSERT", "INSERT OR REPLACE", 1)))
        else:
            _run(connection, statement)
    assert constraint_name(error.value) == guard
    with store.reading() as connection:
        assert check(connection) == []
    store.close()


def test_legal_steps_pass(sound: Store) -> None:
    """The guards are not simply closed: a swap frees both beds and occupies both, in one transaction."""
    with sound.writing() as connection:
        for statement in (
                "UPDATE bed_stays SET ended_at = @9@, ended_why = 'moved' WHERE id = 1",
                "UPDATE ward_beds SET patient_id = NULL, assigned_at = NULL, status = 'available', version = version + 1 "
                "WHERE id = 1",
                "UPDATE ward_beds SET patient_id = 1, assigned_at = @9@, status = 'occupied', version = version + 1 "
                "WHERE id = 3",
                "INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
                "VALUES (1, 1, 3, @9@, 1)",
                "UPDATE admissions SET waiting_ward = NULL WHERE id = 3",
                "UPDATE ward_beds SET patient_id = 3, assigned_at = @9@, status = 'occupied', version = version + 1 "
                "WHERE id = 1",
                "INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
                "VALUES (3, 3, 1, @9@, 1)",
                "UPDATE ward_beds SET status = 'available', version = version + 1 WHERE id = 5"):
            _run(connection, statement)


def test_beds_go_their_own_ways(sound: Store) -> None:
    """Kept for one and taken by her, blocked and given back as it was; undo makes a blocked bed reserved."""
    with sound.writing() as connection:
        for statement in (
                "UPDATE ward_beds SET held_for = 3, held_text = '', version = version + 1 WHERE id = 4",
                "UPDATE ward_beds SET patient_id = 3, assigned_at = @9@, status = 'occupied', held_for = NULL, "
                "held_until = NULL, version = version + 1 WHERE id = 4",
                "INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
                "VALUES (3, 3, 4, @9@, 1)",
                "UPDATE ward_beds SET remark = 'x', version = version + 1 WHERE id IN (4, 6)",
                "UPDATE ward_beds SET status = 'maintenance', blocked_from = 'cleaning', version = version + 1 "
                "WHERE id = 5",
                "UPDATE ward_beds SET status = 'cleaning', blocked_from = NULL, version = version + 1 WHERE id = 5",
                "UPDATE ward_beds SET status = 'available', blocked_from = NULL, version = version + 1 WHERE id = 6",
                "UPDATE ward_beds SET status = 'maintenance', blocked_from = 'available', version = version + 1 "
                "WHERE id = 6",
                "UPDATE ward_beds SET status = 'reserved', blocked_from = NULL, held_text = 'x', held_until = @99@, "
                "version = version + 1 WHERE id = 6"):
            _run(connection, statement)


def test_an_empty_period_overlaps_nothing(sound: Store) -> None:
    with sound.writing() as connection:
        _run(connection, "INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, ended_at, ended_why, "
                         "started_by) VALUES (3, 3, 1, @9@, @9@, 'undone', 1)")


@pytest.fixture
def unguarded(sound: Store, tmp_path: Path) -> Iterator[Store]:
    """The sound database with every guard off."""
    if sound.postgresql:
        with sound.writing() as connection:
            rows = connection.execute(text(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
                "AND conrelid <> 0 AND contype IN ('c', 'f', 'u', 'x') ORDER BY contype = 'u'")).all()
            for table, name in rows:
                connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE"))
            connection.execute(text("DROP INDEX uq_admissions_open"))
            for table in metadata.tables:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            for column in ("bed_number",):
                connection.execute(text(f"ALTER TABLE ward_beds ALTER COLUMN {column} TYPE text"))
        yield sound
        return
    path = Path(sound.url.removeprefix("sqlite:///"))
    sound.close()
    copy = tmp_path / "unguarded.db"
    _strip(path, copy)
    opened = Store(create_engine(f"sqlite:///{copy}"), f"sqlite:///{copy}")
    yield opened
    opened.close()


def _strip(path: Path, copy: Path) -> None:
    """Copy the rows into tables that have columns and keys, but neither checks nor references nor triggers."""
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    prepare_sqlite(target)
    for table in metadata.sorted_tables:
        computed = {column.name for column in table.columns if column.computed is not None}
        names = [column.name for column in table.columns if column.name not in computed]
        columns = [f"{name} INTEGER PRIMARY KEY" if name == "id" else name for name in names]
        defaults = {row[1]: row[4] for row in source.execute(f"PRAGMA table_info({table.name})")}
        columns = [f"{one} DEFAULT {defaults[one]}" if defaults.get(one) else one for one in columns]
        columns += [f"{name} GENERATED ALWAYS AS ({table.c[name].computed.sqltext}) STORED"  # type: ignore[union-attr]
                    for name in sorted(computed)]
        target.execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
        rows = source.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()
        target.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
    source.close()
    target.close()


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_check_names_what_is_planted(unguarded: Store, wrong: Wrong) -> None:
    with unguarded.writing() as connection:
        for statement in wrong.statements:
            _run(connection, statement)
    with unguarded.reading() as connection:
        found = {one.invariant for one in check(connection)}
    assert wrong.found
    assert found >= set(wrong.found), json.dumps(sorted(found))
