"""What was printed without a server is recorded once it is there: once, whatever happens, by whom it was."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.hospital import Hospital
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.people import ProfileStatus, Role
from wardbeds.services import accounts, noted_prints
from wardbeds.services.noted_prints import NotedPrint, note_print, record_noted
from wardbeds.store.check import check
from wardbeds.store.housekeeping import SYSTEM_USER
from wardbeds.store.tables import events

URL = "postgresql://station:secret@server/wardbeds"
AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


def _noted(hospital: Hospital, **more: object) -> NotedPrint:
    return NotedPrint.model_validate({
        "user_id": hospital.nurse.user_id, "role": Role.MEDICAL_STAFF, "station": "station-1",
        "ward_id": hospital.wards["North"], "printed_at": AN_HOUR_AGO, **more})


def _recorded(hospital: Hospital) -> list[tuple[int, datetime, str]]:
    with hospital.store.reading() as connection:
        assert check(connection) == []
        return [(row[0], row[1], row[2]) for row in connection.execute(
            select(events.c.actor_id, events.c.happened_at, events.c.body).where(events.c.action == "sheet_printed"))]


def test_it_is_recorded_once_with_the_time_of_the_print(hospital: Hospital, tmp_path: Path) -> None:
    note_print(tmp_path, URL, _noted(hospital))
    assert record_noted(hospital.store, tmp_path, URL) == 1
    assert record_noted(hospital.store, tmp_path, URL) == 0
    [(actor_id, happened_at, body)] = _recorded(hospital)
    assert (actor_id, happened_at) == (hospital.nurse.user_id, AN_HOUR_AGO)
    assert '"offline":true' in body
    assert list(tmp_path.glob("printed_*")) == []


def test_a_program_killed_before_the_note_was_removed_records_nothing_twice(hospital: Hospital, tmp_path: Path) -> None:
    noted = _noted(hospital)
    for _ in range(2):
        note_print(tmp_path, URL, noted)
        record_noted(hospital.store, tmp_path, URL)
    assert len(_recorded(hospital)) == 1


def test_two_windows_that_come_back_together_record_it_once(hospital: Hospital, tmp_path: Path) -> None:
    for _ in range(4):
        note_print(tmp_path, URL, _noted(hospital))
    with ThreadPoolExecutor(2) as pool:
        numbers = [one.result() for one in [pool.submit(record_noted, hospital.store, tmp_path, URL) for _ in range(2)]]
    assert sum(numbers) == 4
    assert len(_recorded(hospital)) == 4
    assert not list(tmp_path.glob("printed_*"))


def test_a_note_that_is_gone_or_cannot_be_read_just_now_is_no_damaged_one(
        hospital: Hospital, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note_print(tmp_path, URL, _noted(hospital))
    for error in (FileNotFoundError(), PermissionError()):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", _raising(error))
            assert record_noted(hospital.store, tmp_path, URL) == 0
    assert record_noted(hospital.store, tmp_path, URL) == 1


def _raising(error: Exception) -> Callable[[Path], bytes]:
    def raises(_path: Path) -> bytes:
        raise error

    return raises


def test_without_an_answer_it_stays_noted(hospital: Hospital, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note_print(tmp_path, URL, _noted(hospital))

    def away(*_: object, **__: object) -> None:
        raise OutOfReach("away")

    monkeypatch.setattr(hospital.store, "write", away)
    with pytest.raises(OutOfReach):
        record_noted(hospital.store, tmp_path, URL)
    monkeypatch.undo()
    assert record_noted(hospital.store, tmp_path, URL) == 1


def test_who_may_no_longer_act_has_printed_all_the_same(hospital: Hospital, tmp_path: Path) -> None:
    note_print(tmp_path, URL, _noted(hospital))
    accounts.edit_user(hospital.store, hospital.admin, accounts.UserChange(
        "nurse", Role.MEDICAL_STAFF, "Nurse", "Test", ("North",), ProfileStatus.SUSPENDED))
    assert record_noted(hospital.store, tmp_path, URL) == 1
    [(actor_id, _at, body)] = _recorded(hospital)
    assert actor_id == SYSTEM_USER
    assert f'"by":{hospital.nurse.user_id}' in body


def test_another_servers_notes_and_damaged_ones_are_left(hospital: Hospital, tmp_path: Path) -> None:
    note_print(tmp_path, "postgresql://station@elsewhere/wardbeds", _noted(hospital))
    damaged = tmp_path / f"{noted_prints._stem(URL)}x.json"
    damaged.write_text("{")
    note_print(tmp_path, URL, _noted(hospital))
    assert record_noted(hospital.store, tmp_path, URL) == 1
    assert damaged.with_suffix(".bad").exists()
    assert len(list(tmp_path.glob("*.json"))) == 1
