"""A corrected identity tells in the person's history what each field held, and a bed's history only which they were."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.test_actions import admit
from tests.support.hospital import Hospital
from wardbeds.domain.identity import read_before
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import EditIdentity
from wardbeds.services import editing, reading

ID, OTHER_ID = "1199080012345678", "1199080012345679"


def _edit(hospital: Hospital, seen: str = "T-001", **values: object) -> None:
    editing.edit_identity(hospital.store, hospital.nurse, EditIdentity.model_validate(
        {"patient_id": hospital.people[0], "seen_hospital_number": seen, **values}))


def _told(hospital: Hospital) -> dict[str, str | None]:
    line = reading.person_history(hospital.store, hospital.nurse, hospital.people[0])[0]
    assert line.action == "identity_edited"
    return dict(read_before(line.reason))


def test_only_what_changed_is_told(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    _edit(hospital, last_name="Uwimanna", first_name="Claire", sex=Sex.FEMALE)
    assert _told(hospital) == {"last_name": "Uwimana"}


@pytest.mark.parametrize(("field", "first", "second"), [
    ("phone", "+250788123456", "+250788123457"), ("national_id", ID, OTHER_ID)])
def test_a_phone_and_a_national_id_are_told_too(hospital: Hospital, field: str, first: str, second: str) -> None:
    admit(hospital, 0, "N-1")
    _edit(hospital, **{field: first})
    assert _told(hospital) == {field: ""}
    _edit(hospital, **{field: second})
    assert _told(hospital) == {field: first}
    _edit(hospital, **{field: ""})
    assert _told(hospital) == {field: second}


def test_all_of_it_at_once(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    _edit(hospital, date_of_birth=date(1990, 1, 1), birth_estimated=True, phone="+250788123456", national_id=ID)
    _edit(hospital, last_name="Kamana", first_name="Eric", sex=Sex.MALE, date_of_birth=date(1991, 5, 4),
          birth_estimated=False, hospital_number="T-901", national_id="", phone="")
    assert _told(hospital) == {
        "last_name": "Uwimana", "first_name": "Claire", "sex": "female", "date_of_birth": "~1990-01-01",
        "hospital_number": "T-001", "national_id": ID, "phone": "+250788123456"}


def test_at_the_bed_it_is_not_told_what_stood_there(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    _edit(hospital, last_name="Kamana", phone="+250788123456")
    _edit(hospital, phone="+250788123457")
    bed = hospital.beds["N-1"]
    details = reading.read_details(hospital.store, hospital.nurse, bed, hospital.people[0])
    for lines in (reading.bed_history(hospital.store, hospital.nurse, bed), details.bed_lines):
        corrected = [line.reason for line in lines if line.action == "identity_edited"]
        assert corrected == ["phone", "last_name; phone"]
    told = [line.reason for line in details.person_lines if line.action == "identity_edited"]
    assert told == ["phone=+250788123456", "last_name=Uwimana; phone="]
