"""Prepared statements mean what SQLAlchemy means by them, on each engine."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, event, select
from sqlalchemy.exc import IntegrityError

from tests.support.hospital import Hospital
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.requests import AdmitPatient, SeenBed
from wardbeds.services.admitting import admit_patient
from wardbeds.store import bed_writing
from wardbeds.store.board import BEDS
from wardbeds.store.database import Again, Store
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import bed_stays, settings, ward_beds
from wardbeds.store.transaction import Transaction
from wardbeds.store.work import bed_columns

_CHOSEN = BEDS.where(ward_beds.c.id.in_(bindparam("ids", expanding=True))).order_by(ward_beds.c.id)
_PREPARED = Prepared(_CHOSEN, "ids")
_SETTING = Prepared(settings.insert().values(key=bindparam("key"), value=bindparam("value")))


def _admit(hospital: Hospital) -> None:
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1"))))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8])
def test_rows_are_those_of_sqlalchemy(hospital: Hospital, count: int) -> None:
    """Times, dates and truth values too, for every length of the list."""
    _admit(hospital)
    ids = sorted(hospital.beds.values())[:count]
    with hospital.store.reading() as connection:
        expected = [tuple(row) for row in connection.execute(_CHOSEN, {"ids": ids})]
        found = [tuple(row) for row in _PREPARED.rows(connection, ids=ids)]
    assert len(found) == count
    assert found == expected
    assert [[type(one) for one in row] for row in found] == [[type(one) for one in row] for row in expected]


def test_a_statement_begins_the_transaction(hospital: Hospital) -> None:
    """What is read later in the block is of the same moment."""
    with hospital.store.reading() as connection:
        assert not connection.in_transaction()
        _PREPARED.rows(connection, ids=[])
        assert connection.in_transaction()


def test_errors_are_those_of_sqlalchemy(hospital: Hospital) -> None:
    with pytest.raises(IntegrityError), hospital.store.writing() as connection:
        _SETTING.run(connection, [{"key": "one", "value": "1"}, {"key": "one", "value": "2"}])
    with hospital.store.reading() as connection:
        assert connection.scalar(select(settings.c.value).where(settings.c.key == "one")) is None


def test_listeners_hear_of_each(hospital: Hospital) -> None:
    heard: list[str] = []
    event.listen(hospital.store.engine, "before_cursor_execute", lambda *heard_of: heard.append(heard_of[2]))
    with hospital.store.writing() as connection:
        _SETTING.run(connection, {"key": "one", "value": "1"})
    assert [text for text in heard if text.startswith("INSERT INTO settings")]


@pytest.mark.parametrize("change", ["bed", "stay"])
def test_bed_and_stay_are_written_together_or_not_at_all(hospital: Hospital, change: str) -> None:
    """A bed that is not as it was read, or a stay that has ended: neither is written."""
    _admit(hospital)
    bed = hospital.bed("N-1")
    columns = bed_columns(bed) | {
        "status": BedStatus.CLEANING.value, "patient_id": None, "assigned_at": None, "updated_at": bed.since,
        "b_id": bed.id, "b_version": bed.version - (change == "bed")}
    stay: dict[str, Any] = {"s_id": _open_stay(hospital.store, bed.id) + (change == "stay"), "s_ended_at": bed.since,
                            "s_ended_by": hospital.nurse.user_id, "s_ended_why": "moved", "s_notes": "",
                            "s_notes_shared": False}
    with pytest.raises(Again), hospital.store.writing() as connection:
        bed_writing.free_bed(Transaction(connection), columns, stay)
    assert hospital.bed("N-1") == bed
    assert _open_stay(hospital.store, bed.id)


def test_no_stay_begins_in_a_bed_that_has_changed(hospital: Hospital) -> None:
    bed = hospital.bed("N-1")
    columns = bed_columns(bed) | {"updated_at": bed.since, "b_id": bed.id, "b_version": bed.version + 1}
    stay = {"s_admission_id": 1, "s_patient_id": hospital.people[0], "s_started_at": bed.since,
            "s_started_by": hospital.nurse.user_id, "s_why": ""}
    with pytest.raises(Again), hospital.store.writing() as connection:
        bed_writing.occupy_bed(Transaction(connection), columns, stay)


def _open_stay(store: Store, bed_id: int) -> int:
    def read(connection: Connection) -> int:
        return int(connection.scalar(select(bed_stays.c.id).where(bed_stays.c.open_bed == bed_id)) or 0)

    with store.reading() as connection:
        return read(connection)
