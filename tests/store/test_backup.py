"""Backup and restore on each engine while others write; what is no backup is refused, and nothing changes."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import Servers
from tests.support import postgres
from tests.support.hospital import Hospital, make_hospital
from wardbeds import cli
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import OutOfReach, Refused
from wardbeds.domain.requests import BlockBed, SeenBed, UnblockBed
from wardbeds.services import bed_states, maintenance
from wardbeds.store import schema
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.embedded import create_file

Out = pytest.CaptureFixture[str]


@dataclass
class House:
    """A hospital's database; on PostgreSQL the station acts with its own login."""

    url: str
    hospital: Hospital
    server: postgres.Server | None = None
    folder: Path = field(default_factory=Path)

    def empty(self) -> str:
        """The URL of an empty place of the same engine."""
        if self.server is None:
            return f"sqlite:///{self.folder / 'empty.db'}"
        name = f"e_{uuid.uuid4().hex}"
        self.server.run(f"CREATE DATABASE {name}")
        return self.server.url(name)


@pytest.fixture(params=["sqlite", "pg16", "pg18"])
def house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The small hospital on each engine."""
    if request.param == "sqlite":
        store = Store.open(request.getfixturevalue("sqlite_url"))
        yield House(store.url, make_hospital(store), folder=tmp_path)
    else:
        servers: Servers = request.getfixturevalue("servers")
        server, name = servers.fresh(request.param)
        monkeypatch.setenv("WARDBEDS_PG_BIN", str(server.binaries))
        store = Store.open(server.station_url(name))
        yield House(server.url(name), make_hospital(store), server, tmp_path)
    store.close()


class Writers:
    """Three stations that block and unblock the beds of a ward without a pause; what was acknowledged is noted."""

    def __init__(self, house: House) -> None:
        self.acknowledged: list[str] = []
        self.errors: list[BaseException] = []
        self.refused: list[Exception] = []
        self._moved = threading.Condition()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(house.hospital, number)) for number in (1, 2, 3)]

    def _work(self, hospital: Hospital, number: int) -> None:
        try:
            while not self._stop.is_set():
                try:
                    done = self._change(hospital, f"N-{number}")
                except (Refused, OutOfReach) as error:  # a station says why, and goes on
                    self.refused.append(error)
                    continue
                with self._moved:
                    self.acknowledged.append(str(done.operation_id))
                    self._moved.notify_all()
        except BaseException as error:
            self.errors.append(error)
            raise

    @staticmethod
    def _change(hospital: Hospital, number: str) -> Done:
        bed = hospital.bed(number)
        if bed.status is BedStatus.MAINTENANCE:
            return bed_states.unblock_bed(hospital.store, hospital.nurse, UnblockBed(bed=SeenBed.of(bed)))
        return bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(bed), reason="round"))

    def wait_for(self, more: int) -> list[str]:
        """Wait until so many more changes are acknowledged; returns all so far."""
        with self._moved:
            wanted = len(self.acknowledged) + more
            assert self._moved.wait_for(lambda: len(self.acknowledged) >= wanted or self.errors, timeout=60)
            assert self.errors == []
            return list(self.acknowledged)

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)
        assert self.errors == []


def operations(url: str) -> list[str]:
    """All operations of the ward North, after a check of everything."""
    store = Store.open(url)
    with store.reading() as connection:
        assert check(connection) == []
        found = list(connection.scalars(text("SELECT operation_id FROM events ORDER BY stream_id, revision")))
    store.close()
    return found


def test_nothing_acknowledged_before_is_missing(house: House, tmp_path: Path) -> None:
    file = tmp_path / "night.backup"
    with Writers(house) as writers:
        before = writers.wait_for(30)
        maintenance.backup(house.url, file)
        writers.wait_for(10)
    assert writers.refused == []  # they were not held up
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    there = house.empty()
    assert maintenance.restore(there, file, replace=False) is None
    restored = operations(there)
    assert set(before) <= set(restored)
    assert set(restored) <= set(operations(house.url))
    assert len(restored) < len(operations(house.url))
    one, other = Store.open(house.url), Store.open(there)
    with one.reading() as first, other.reading() as second:
        assert schema.describe(first) == schema.describe(second)
    one.close()
    other.close()


def test_stations_go_on_after_a_replacement(house: House, tmp_path: Path) -> None:
    """What is replaced is kept with everything acknowledged until then; the stations write on without a restart."""
    file = tmp_path / "early.backup"
    maintenance.backup(house.url, file)
    with Writers(house) as writers:
        before = writers.wait_for(20)
        kept = maintenance.restore(house.url, file, replace=True)
        writers.wait_for(6)
    assert kept is not None
    now = operations(house.url)
    assert not set(before) & set(now)
    assert len(now) > len(set(now) - set(writers.acknowledged))
    again = house.empty()
    maintenance.restore(again, kept, replace=False)
    saved = set(operations(again))
    assert set(before) <= saved
    assert set(writers.acknowledged) <= saved | set(now)  # each is either in the copy or in the new state


def test_a_database_that_is_there_is_not_replaced_unasked(house: House, tmp_path: Path) -> None:
    file = str(tmp_path / "one.backup")
    assert cli.main(["db", "backup", file, "--db", house.url]) == 0
    assert cli.main(["db", "backup", file, "--db", house.url]) == 2
    before = operations(house.url)
    assert cli.main(["db", "restore", file, "--db", house.url]) == 6
    assert operations(house.url) == before


def _tampered(house: House, tmp_path: Path) -> Path:
    """A backup of a database whose events were changed behind the guards' back."""
    file = tmp_path / "tampered.backup"
    if house.server is None:
        maintenance.backup(house.url, file)
        copy = sqlite3.connect(file)
        copy.execute("DROP TRIGGER tr_events_no_update")
        copy.execute("UPDATE events SET body = replace(body, '1', '2') WHERE stream_id = 2 AND revision = 2")
        copy.commit()
        copy.close()
        return file
    store = Store.open(house.url)
    with store.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE events SET body = replace(body, '1', '2') WHERE stream_id = 2 AND revision = 2")
        connection.exec_driver_sql("ALTER TABLE events ENABLE TRIGGER USER")
    store.close()
    maintenance.backup(house.url, file)
    return file


@pytest.mark.parametrize("kind", ["text", "empty", "cut", "foreign", "other_engine", "tampered"])
def test_what_is_no_sound_backup_changes_nothing(house: House, tmp_path: Path, kind: str, capsys: Out) -> None:
    wrong = tmp_path / "wrong"
    if kind == "text":
        wrong.write_text("ward,bed\nNorth,1\n")
    elif kind == "empty":
        wrong.write_bytes(b"")
    elif kind == "cut":
        maintenance.backup(house.url, tmp_path / "whole")
        whole = (tmp_path / "whole").read_bytes()
        wrong.write_bytes(whole[:len(whole) * 2 // 3])
    elif kind == "foreign":
        _foreign(house, wrong)
    elif kind == "other_engine":
        wrong.write_bytes(b"SQLite format 3\0" if house.server else b"PGDMP" + bytes(40))
    else:
        shutil.move(_tampered(house, tmp_path), wrong)
    store = Store.open(house.url)
    with store.reading() as connection:
        before = connection.scalars(text("SELECT operation_id FROM events ORDER BY 1")).all()
    assert cli.main(["db", "restore", str(wrong), "--db", house.url, "--replace"]) == 6
    assert f"{wrong} is" in (told := capsys.readouterr().err) or "Nothing was changed" in told
    assert "Traceback" not in told
    with store.reading() as connection:
        assert connection.scalars(text("SELECT operation_id FROM events ORDER BY 1")).all() == before
    store.close()
    there = house.empty()
    assert cli.main(["db", "restore", str(wrong), "--db", there]) == 6
    assert house.server is not None or not Path(there.removeprefix("sqlite:///")).exists()


def _foreign(house: House, wrong: Path) -> None:
    """A sound database of another program."""
    if house.server is None:
        create_file(wrong)
        other = sqlite3.connect(wrong)
        other.execute("CREATE TABLE x (y)")
        other.close()
        return
    url = house.empty()
    store = Store.open(url)
    with store.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE events (y integer)")
    store.close()
    subprocess.run([house.server.binaries / "pg_dump", "-Fc", "-f", wrong, f"--dbname={url}"], check=True)


def test_a_missing_file_is_4(house: House, tmp_path: Path) -> None:
    assert cli.main(["db", "restore", str(tmp_path / "none"), "--db", house.empty()]) == 4


@pytest.fixture
def on_server(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[postgres.Server, str]]:
    """An empty, migrated database on PostgreSQL 18, its tools at hand."""
    server, name = servers.fresh("pg18")
    monkeypatch.setenv("WARDBEDS_PG_BIN", str(server.binaries))
    yield server, name
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_missing_tool_is_named(on_server: tuple[postgres.Server, str], tmp_path: Path, capsys: Out,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    server, name = on_server
    monkeypatch.setenv("WARDBEDS_PG_BIN", str(tmp_path))
    assert cli.main(["db", "backup", str(tmp_path / "x"), "--db", server.url(name)]) == 4
    assert "pg_dump is not on this computer. Install the package postgresql-client" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_an_old_tool_is_named(on_server: tuple[postgres.Server, str], servers: Servers, tmp_path: Path, capsys: Out,
                              monkeypatch: pytest.MonkeyPatch) -> None:
    server, name = on_server
    monkeypatch.setenv("WARDBEDS_PG_BIN", str(servers.fresh("pg16")[0].binaries))
    assert cli.main(["db", "backup", str(tmp_path / "x"), "--db", server.url(name)]) == 4
    assert "too old for a server of version 18. Install the package postgresql-client-18" in capsys.readouterr().err


def test_only_the_owner_backs_up_and_restores(on_server: tuple[postgres.Server, str], tmp_path: Path) -> None:
    server, name = on_server
    file = str(tmp_path / "x")
    assert cli.main(["db", "backup", file, "--db", server.station_url(name)]) == 5
    assert not Path(file).exists()
    assert cli.main(["db", "backup", file, "--db", server.url(name)]) == 0
    assert cli.main(["db", "restore", file, "--db", server.station_url(name), "--replace"]) == 5


def test_the_password_is_on_no_command_line(on_server: tuple[postgres.Server, str], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    server, name = on_server
    calls: list[tuple[list[str], str | None]] = []
    run = subprocess.run

    def watched(command: list[str], **options: object) -> object:
        environment = options.get("env")
        assert isinstance(environment, dict)
        calls.append((command, environment.get("PGPASSWORD")))
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    url = server.url(name).replace("postgres@", "postgres:four%2Dwords@")
    maintenance.backup(url, tmp_path / "x")
    dump, password = next(call for call in calls if "--format=custom" in call[0])
    assert password == "four-words"
    assert not any("four-words" in part or "four%2Dwords" in part for part in dump)


def test_a_view_that_builds_on_the_tables_is_named(on_server: tuple[postgres.Server, str], tmp_path: Path,
                                                   capsys: Out) -> None:
    server, name = on_server
    file = str(tmp_path / "x")
    assert cli.main(["db", "backup", file, "--db", server.url(name)]) == 0
    store = Store.open(server.url(name))
    with store.writing() as connection:
        connection.exec_driver_sql("CREATE VIEW report AS SELECT name FROM wards")
    store.close()
    assert cli.main(["db", "restore", file, "--db", server.url(name), "--replace"]) == 6
    assert "builds on its tables" in capsys.readouterr().err
