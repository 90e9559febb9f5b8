"""The day on which somebody is expected to leave: not one that was over when it was said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.hospital import Hospital
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.requests import AdmitPatient, EditAdmission, SeenBed
from wardbeds.domain.times import hospital_day
from wardbeds.services import admitting, editing, reading
from wardbeds.services.settings import read_settings

DAY = timedelta(days=1)


def _days_ago(hospital: Hospital, days: int) -> date:
    return hospital_day(datetime.now(UTC), read_settings(hospital.store).zone) - days * DAY


def _admit(hospital: Hospital, leaving: date, bed: str | None = None, days_ago: int = 0) -> None:
    admitting.admit_patient(hospital.store, hospital.admin, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], expected_leaving=leaving,
        bed=SeenBed.of(hospital.bed(bed)) if bed else None,
        happened_at=datetime.now(UTC) - days_ago * DAY if days_ago else None))


def _change(hospital: Hospital, **values: object) -> None:
    detail = reading.read_admission(hospital.store, hospital.nurse, hospital.people[0])
    editing.edit_admission(hospital.store, hospital.nurse, EditAdmission(
        patient_id=hospital.people[0], admission_id=detail.admission_id, **values))


def _leaving(hospital: Hospital) -> date | None:
    return reading.read_admission(hospital.store, hospital.nurse, hospital.people[0]).expected_leaving


def _is_over(error: pytest.ExceptionInfo[Refused]) -> bool:
    refusal = error.value.refusal
    return (refusal.code, refusal.detail, refusal.field) == (Code.VALUE, "day_over", "expected_leaving")


@pytest.mark.parametrize("bed", ["N-1", None])
def test_nobody_is_expected_to_have_left_before_she_came(hospital: Hospital, bed: str | None) -> None:
    with pytest.raises(Refused) as error:
        _admit(hospital, _days_ago(hospital, 1), bed)
    assert _is_over(error)
    _admit(hospital, _days_ago(hospital, 0), bed)
    assert _leaving(hospital) == _days_ago(hospital, 0)


def test_what_is_entered_afterwards_is_judged_by_its_own_time(hospital: Hospital) -> None:
    with pytest.raises(Refused) as error:
        _admit(hospital, _days_ago(hospital, 4), days_ago=3)
    assert _is_over(error)
    _admit(hospital, _days_ago(hospital, 3), days_ago=3)
    assert _leaving(hospital) == _days_ago(hospital, 3)


def test_a_day_that_has_passed_stays_until_another_is_said(hospital: Hospital) -> None:
    _admit(hospital, _days_ago(hospital, 2), days_ago=3)
    _change(hospital, needs=("oxygen",))
    with pytest.raises(Refused) as error:
        _change(hospital, expected_leaving=_days_ago(hospital, 1))
    assert _is_over(error)
    assert _leaving(hospital) == _days_ago(hospital, 2)
    _change(hospital, expected_leaving=_days_ago(hospital, 0))
    assert _leaving(hospital) == _days_ago(hospital, 0)
    _change(hospital, expected_leaving=None)
    assert _leaving(hospital) is None
