"""Real input gives exactly its expected files, on both engines; the same again changes nothing."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

import wardbeds.services.imports.run as run_module
from tests.support.bad_rows import KINDS, STAFF, Refusal, add_bad_rows, read_lists
from tests.support.imports import DATA, IMPORTER, assert_as_expected, expected, refused_codes
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Role
from wardbeds.domain.times import DEFAULT_ZONE, hospital_day
from wardbeds.services import accounts
from wardbeds.services.exporting import export_board
from wardbeds.services.imports.checks import moment
from wardbeds.services.imports.movements import Movement, in_columns, operation_id
from wardbeds.services.imports.reading import LAYOUTS, read_file
from wardbeds.services.imports.run import NothingToImport, run_import
from wardbeds.services.settings import read_settings
from wardbeds.store.batches import handle_row
from wardbeds.store.check import check
from wardbeds.store.database import Again, Store
from wardbeds.store.registry import person_row
from wardbeds.store.values import write_value


def assert_sound(store: Store) -> None:
    with store.reading() as connection:
        assert check(connection) == []


@pytest.mark.parametrize("name", ["edge01", "pas01"])
def test_gives_the_expected_files(store: Store, name: str) -> None:
    rows, refused = sum(_count(path) for path in (DATA / name).glob("*.csv")), expected(name)["refused"]
    report = run_import(store, IMPORTER, DATA / name)
    assert refused_codes(report) == refused
    assert all(one["column"] in (None, *_header(DATA / name / one["file"])) for one in report.refused)
    assert report.applied + report.unchanged + report.updated + len(refused) == rows
    assert_as_expected(store, name)
    assert_sound(store)
    before = _rows(store)
    again = run_import(store, IMPORTER, DATA / name)
    assert (again.applied, again.updated, again.unchanged) == (0, 0, rows - len(refused))
    assert refused_codes(again) == refused
    assert _rows(store) == before
    assert_as_expected(store, name)


def _start(url: str, folder: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "wardbeds", "import", str(folder), "--db", url, *more],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "WARDBEDS_HOME": "/nonexistent"})


def _rows(store: Store) -> int:
    """How many rows the database shows as applied: each is one operation, in however many wards."""
    with store.reading() as connection:
        return int(connection.scalar(text("SELECT count(DISTINCT operation_id) FROM events WHERE actor_id = 2")) or 0)


def _run_until(process: subprocess.Popen[bytes], shown: Callable[[], bool]) -> None:
    """Let the process run in slices, standing still while one looks: it cannot run away to its end meanwhile."""
    while process.poll() is None:
        process.send_signal(signal.SIGSTOP)
        if shown():
            return
        process.send_signal(signal.SIGCONT)
        time.sleep(0.02)


@pytest.mark.parametrize("database_url", ["sqlite", "pg18"], indirect=True)
def test_killed_anywhere_and_run_again(store: Store, database_url: str) -> None:
    """SIGKILL when the database shows 5, 15, ... 95 % of the rows; each time sound; then the same end."""
    total = sum(_count(path) for path in (DATA / "pas01").glob("*.csv"))
    for percent in range(5, 100, 10):
        process = _start(database_url, DATA / "pas01")
        _run_until(process, lambda share=percent / 100: _rows(store) >= total * share)  # type: ignore[misc]
        process.kill()
        said = process.communicate()[1]
        assert process.returncode == -signal.SIGKILL, (percent, said)
        assert total * percent / 100 <= _rows(store) < total
        assert_sound(store)
    report = run_import(store, IMPORTER, DATA / "pas01")
    assert report.refused == []
    assert (report.applied > 0, report.updated, report.applied + report.unchanged) == (True, 0, total)
    assert _rows(store) == total
    assert_as_expected(store, "pas01")
    assert_sound(store)


@pytest.mark.parametrize("database_url", ["sqlite", "pg18"], indirect=True)
def test_two_hundred_bad_rows_harm_nothing(store: Store, tmp_path: Path) -> None:
    """200 bad rows of 20 kinds among the good ones: exactly those are refused, with row, column, code and reason."""
    folder = tmp_path / "bad"
    folder.mkdir()
    wanted = add_bad_rows(DATA / "pas01", folder, seed=7)
    assert sum(len(kinds) for kinds in KINDS.values()) == 20
    assert len(wanted) == 200
    report = run_import(store, IMPORTER, folder)
    assert [Refusal(**one) for one in report.as_dict()["refused"]] == wanted
    assert (report.applied, report.updated, report.unchanged) == (_good_rows(), 0, 0)
    assert_as_expected(store, "pas01")
    assert_sound(store)


def _good_rows() -> int:
    files = ("wards", "beds", "patients", "movements")
    return len(STAFF) + sum(_count(DATA / "pas01" / f"{name}.csv") for name in files)


def _count(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _row in csv.DictReader(file))


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_the_column_at_fault_is_one_of_the_file(sqlite_store: Store) -> None:
    """The services know persons and times by other names than the files."""
    report = run_import(sqlite_store, IMPORTER, DATA / "edge01")
    assert [one["column"] for one in report.refused if one["row"] == 11] == ["hospital_number"]
    assert [in_columns(refuse(Code.VALUE, field=name)).field for name in ("happened_at", "ward")] == ["at", "ward"]
    with pytest.raises(AssertionError):
        report.refuse("movements.csv", 2, refuse(Code.VALUE, "future", field="happened_at"), "")


def test_every_bad_row_is_another_one(tmp_path: Path) -> None:
    """No kind is one row ten times, and another seed gives other rows."""
    texts = []
    for seed in (7, 8):
        lists = read_lists(DATA / "pas01", random.Random(seed))
        rows = [(kind.__name__, tuple(sorted(kind(lists, n).row.items())))
                for kinds in KINDS.values() for kind in kinds for n in range(10)]
        assert len(set(rows)) == 200
        texts.append(rows)
    assert sum(one == other for one, other in zip(*texts, strict=True)) < 40


@pytest.mark.parametrize(("content", "column"), [
    ("ward,location\nWest,Küche\n".encode("latin-1"), None),
    (b"location\nFloor 1\n", "ward"),
    (b"", None),
])
def test_a_file_that_cannot_be_used_is_refused_whole(sqlite_store: Store, tmp_path: Path, content: bytes,
                                                     column: str | None) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(DATA / "edge01", folder)
    (folder / "wards.csv").write_bytes(content)
    report = run_import(sqlite_store, IMPORTER, folder)
    first = report.as_dict()["refused"][0]
    assert (first["file"], first["row"], first["column"], first["code"]) == ("wards.csv", 1, column, "FILE")
    assert any(one["file"] == "beds.csv" and one["code"] == "UNKNOWN" for one in report.refused)


def test_a_folder_without_our_files(sqlite_store: Store, tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        with pytest.raises(NothingToImport):
            run_import(sqlite_store, IMPORTER, folder / "x" if folder == tmp_path else folder)


def test_byte_order_mark_column_order_and_unknown_columns(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "wards.csv").write_bytes("\ufeffcolour,cleaning_step,ward\nred,no,West\n\n".encode())
    report = run_import(sqlite_store, IMPORTER, tmp_path)
    assert report.applied == 1
    assert report.ignored_columns == [{"file": "wards.csv", "column": "colour"}]
    assert report.files == [{"file": "wards.csv", "rows": 1}]
    (tmp_path / "wards.csv").write_text("ward,location,cleaning_step\nWest,Hill,\n")
    assert run_import(sqlite_store, IMPORTER, tmp_path).updated == 1
    assert run_import(sqlite_store, IMPORTER, tmp_path).unchanged == 1


def test_strict_is_all_or_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    report = run_import(sqlite_store, IMPORTER, DATA / "edge01", strict=True)
    assert report.applied == report.updated == 0
    assert refused_codes(report) == expected("edge01")["refused"]
    assert export_board(sqlite_store, IMPORTER)["wards"] == []
    run_import(sqlite_store, IMPORTER, DATA / "pas01", strict=True)
    assert_as_expected(sqlite_store, "pas01")


def test_an_import_has_the_rights_of_its_user(sqlite_store: Store) -> None:
    system = accounts.system_actor("tests")
    accounts.add_user(sqlite_store, system, accounts.NewUser("nurse", Role.MEDICAL_STAFF, password="four-green-beds"))
    nurse = accounts.sign_in(sqlite_store, "nurse", "four-green-beds", "tests")
    with pytest.raises(Refused):
        run_import(sqlite_store, nurse, DATA / "edge01")


def test_duplicates_and_contradictions(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "wards.csv").write_text("ward\nWest\n")
    (tmp_path / "beds.csv").write_text("ward,room,room_sex_policy,bed_number\nWest,R,male,1\nWest,R,female,2\nWest,R,male,3\n")
    (tmp_path / "patients.csv").write_text(
        "hospital_number,last_name,sex,national_id\nA,Uwase,female,1199080012345678\nB,Uwera,female,1199080012345678\n")
    report = run_import(sqlite_store, IMPORTER, tmp_path)
    assert [(one["file"], one["row"], one["code"]) for one in report.as_dict()["refused"]] == [
        ("beds.csv", 3, "VALUE"), ("patients.csv", 3, "DUP")]


def _clashing(folder: Path, number: int) -> None:
    """The same wards, beds and people, other movements: everybody wants the same beds."""
    shutil.copytree(DATA / "edge01", folder)
    lines = ["at,event,hospital_number,ward,bed_number,detail"]
    for n in range(1, 9):
        bed = (n + number) % 4 + 1
        ward = ("North", "South")[(n + number) % 2]
        lines.append(f"2026-04-0{1 + number % 5}T0{n % 8}:{number:02d}:00,admit,E-00{n},{ward},{bed},emergency")
    (folder / "movements.csv").write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("database_url", ["sqlite", "pg18"], indirect=True)
def test_twenty_imports_at_once(store: Store, database_url: str, tmp_path: Path) -> None:
    """20 processes with clashing folders into one database: sound, and every row reported applied is there."""
    processes = []
    for number in range(20):
        folder = tmp_path / f"f{number}"
        _clashing(folder, number)
        processes.append(_start(database_url, folder, "--report", str(tmp_path / f"{number}.json")))
    errors = [process.communicate(timeout=200)[1] for process in processes]
    assert all(process.returncode in (0, 3) for process in processes), errors
    assert_sound(store)
    reports = [json.loads((tmp_path / f"{number}.json").read_text()) for number in range(20)]
    applied = sum(one["applied"] for one in reports)
    assert applied == _rows(store)
    with store.reading() as connection:
        kept = set(connection.scalars(text("SELECT operation_id FROM events WHERE action = 'admitted'")))
    taken = [_taken(tmp_path / f"f{number}" / "movements.csv", report) for number, report in enumerate(reports)]
    assert set().union(*taken) == kept
    assert applied > 18


def _taken(path: Path, report: dict[str, Any]) -> set[str]:
    """The operations of the movements that were not refused."""
    refused = {one["row"] for one in report["refused"] if one["file"] == path.name}
    records, _ignored = read_file(path, next(layout for layout in LAYOUTS if layout.file == path.name))
    zone = ZoneInfo(DEFAULT_ZONE)
    return {str(operation_id(moment(record, "at", zone), record)) for record in records if record.row not in refused}


def _import_lines(store: Store, folder: Path, *lines: str) -> list[str]:
    """Import movements of 1 March 2026, without the day; returns the codes of the refused rows."""
    folder.mkdir(exist_ok=True)
    rows = [f"2026-03-01T{line}" for line in lines]
    (folder / "movements.csv").write_text("\n".join(["at,event,hospital_number,ward,bed_number,detail", *rows]) + "\n")
    return [one["code"] for one in run_import(store, IMPORTER, folder).as_dict()["refused"]]


@pytest.fixture
def two_people(store: Store, tmp_path: Path) -> Store:
    """A ward with three beds, cleaned after each patient, and two people."""
    (tmp_path / "wards.csv").write_text("ward,cleaning_step\nWest,yes\n")
    (tmp_path / "beds.csv").write_text("ward,bed_number\nWest,1\nWest,2\nWest,3\n")
    (tmp_path / "patients.csv").write_text("hospital_number,last_name,sex\nA,Uwase,female\nB,Gasana,male\n")
    run_import(store, IMPORTER, tmp_path)
    return store


def test_a_late_row_meets_a_hold_that_has_run_out_since(two_people: Store, tmp_path: Path) -> None:
    """Holds count as they stood at the row's time, even where the next writer has recorded their end."""
    folder = tmp_path / "movements"
    assert _import_lines(two_people, folder, "07:00:00,reserve,A,West,1,2026-03-01T13:00:00",
                         "15:00:00,admit,B,West,1,") == []
    assert _import_lines(two_people, folder, "08:00:00,reserve,A,West,2,2026-03-01T20:00:00") == ["STATE"]
    assert _import_lines(two_people, folder, "14:00:00,reserve,A,West,2,2026-03-01T20:00:00") == []
    assert_sound(two_people)


def test_a_late_row_does_not_free_a_held_bed_that_changed_since(two_people: Store, tmp_path: Path) -> None:
    """The bed kept for the person had a later happening: the row is refused, nothing is overwritten, nothing fails."""
    folder = tmp_path / "movements"
    assert _import_lines(two_people, folder, "06:00:00,admit,B,West,1,", "06:30:00,discharge,B,,,improved",
                         "07:00:00,admit,A,West,,", "08:00:00,reserve,A,West,1,2026-03-02T20:00:00",
                         "10:00:00,clean,,West,1,") == []
    for late in ("09:00:00,assign,A,West,2,", "09:00:00,discharge,A,,,improved"):
        assert _import_lines(two_people, folder, late) == ["STATE"]
    assert _import_lines(two_people, folder, "11:00:00,assign,A,West,2,") == []
    assert_sound(two_people)


def test_the_reason_tells_hospital_time(two_people: Store, tmp_path: Path) -> None:
    _import_lines(two_people, tmp_path, "07:00:00,reserve,A,West,1,2026-03-02T06:00:00", "08:00:00,admit,B,West,1,")
    report = run_import(two_people, IMPORTER, tmp_path)
    assert [one["reason"] for one in report.refused] == [
        "1 is held for UWASE until 2026-03-02 06:00. Release the hold first."]


def test_a_strict_import_that_is_tried_again_tells_each_row_once(sqlite_store: Store,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[Movement] = []

    def busy_once(transaction: object, row: object, handle: object) -> object:
        if isinstance(row, Movement) and not tries:
            tries.append(row)
            raise Again
        return handle_row(transaction, row, handle)  # type: ignore[arg-type]

    monkeypatch.setattr(run_module, "handle_row", busy_once)
    report = run_import(sqlite_store, IMPORTER, DATA / "edge01", strict=True)
    assert tries
    assert refused_codes(report) == expected("edge01")["refused"]


def test_the_reason_fits_a_bed_and_a_patient_without_a_past(two_people: Store, tmp_path: Path) -> None:
    """A bed made as maintenance has no reason; who never came is not told to have been discharged."""
    (tmp_path / "beds.csv").write_text("ward,bed_number,status\nWest,9,maintenance\n")
    _import_lines(two_people, tmp_path, "07:00:00,discharge,A,,,improved", "08:00:00,admit,A,West,1,",
                  "09:00:00,discharge,A,,,improved", "10:00:00,discharge,A,,,improved",
                  "11:00:00,discharge,B,,,improved", "11:00:00,reserve,B,West,9,2026-03-01T20:00:00",
                  "11:00:00,admit,B,West,9,")
    reasons = [one["reason"] for one in run_import(two_people, IMPORTER, tmp_path).refused]
    assert reasons == ["This patient is not admitted.", "This patient has already been discharged.",
                       "This patient is not admitted.", *2 * ["9 is blocked. Unblock it or choose another bed."]]


def test_a_discharge_from_elsewhere_names_what_differs(sqlite_store: Store, tmp_path: Path) -> None:
    """In a bed the ward or the bed; of one who waits the ward, or that a bed is given at all."""
    (tmp_path / "wards.csv").write_text("ward\nWest\nEast\n")
    (tmp_path / "beds.csv").write_text("ward,bed_number\nWest,1\nWest,2\nEast,1\n")
    (tmp_path / "patients.csv").write_text("hospital_number,last_name,sex\nA,Uwase,female\nB,Gasana,male\n")
    places = [f"{number},{place}" for number in "AB" for place in ("East,", "East,1", "West,2")]
    _import_lines(sqlite_store, tmp_path, "07:00:00,admit,A,West,1,", "07:00:00,admit,B,West,,",
                  *(f"08:00:00,discharge,{place},improved" for place in places))
    report = run_import(sqlite_store, IMPORTER, tmp_path)
    assert [(one["code"], one["column"]) for one in report.refused] == 2 * [
        ("STALE", "ward"), ("STALE", "ward"), ("STALE", "bed_number")]


def test_phone_and_national_id_are_kept_as_the_dialogs_keep_them(sqlite_store: Store, tmp_path: Path) -> None:
    """However they are spaced: the same again changes nothing, and the same ID is nobody else's."""
    rows = ["A,Uwase,female,0788 123 456,a@chb.rw,1 1990 8 0012345 6 78", "B,Gasana,male,+250788123457,,1199080012345678"]
    (tmp_path / "patients.csv").write_text(
        "\n".join(["hospital_number,last_name,sex,phone,email,national_id", *rows]) + "\n")
    for done in ((1, 0), (0, 1)):
        report = run_import(sqlite_store, IMPORTER, tmp_path)
        assert (report.applied, report.unchanged, report.updated) == (*done, 0)
        assert [(one["row"], one["column"], one["code"]) for one in report.refused] == [(3, "national_id", "DUP")]
    with sqlite_store.reading() as connection:
        kept = person_row(connection, "A")
    assert kept is not None
    assert (kept["phone"], kept["email"], kept["national_id"]) == ("+250788123456", "a@chb.rw", "1199080012345678")


def test_born_today_is_today_in_the_hospital(sqlite_store: Store, tmp_path: Path) -> None:
    """A zone is taken where it is another day just now than in UTC."""
    now = datetime.now(UTC)
    with sqlite_store.writing() as connection:
        write_value(connection, "zone", "Pacific/Kiritimati" if now.hour >= 10 else "Etc/GMT+12")
    here = hospital_day(now, read_settings(sqlite_store).zone)
    assert here != now.date()
    days = {"A": here, "B": here + timedelta(days=1)}
    rows = [f"{number},Uwase,female,{day}" for number, day in days.items()]
    (tmp_path / "patients.csv").write_text("\n".join(["hospital_number,last_name,sex,date_of_birth", *rows]) + "\n")
    report = run_import(sqlite_store, IMPORTER, tmp_path)
    assert [one["row"] for one in report.refused] == [3]
