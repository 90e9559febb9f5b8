"""Whom a new person could be: by number, by national ID, by name and year; followed through merged records."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.hospital import Hospital
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import Duplicate, Sex
from wardbeds.domain.requests import AdmitPatient, MergePeople, NewPerson, UnknownPerson
from wardbeds.services import admitting, mending, reading

NATIONAL_ID = "1198070012345678"


def _somebody(**given: object) -> NewPerson:
    return NewPerson(**{"last_name": "Zaninka", "sex": Sex.FEMALE, "date_of_birth": date(1955, 1, 1)} | given)


def _found(hospital: Hospital, new: NewPerson) -> list[tuple[str, str]]:
    found: tuple[Duplicate, ...] = reading.find_similar(hospital.store, hospital.nurse, new)
    return [(one.found.person.last_name, one.taken) for one in found]


@pytest.mark.parametrize("number", ["T-002", "t-002", " T-002 "])
def test_a_number_is_found_whatever_the_name(hospital: Hospital, number: str) -> None:
    assert _found(hospital, _somebody(hospital_number=number)) == [("Kabera", "hospital_number")]


def test_a_national_id_is_found_whatever_name_and_year(hospital: Hospital) -> None:
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=_somebody(last_name="Gasana", national_id=NATIONAL_ID), ward_id=hospital.wards["North"]))
    assert _found(hospital, _somebody(national_id=NATIONAL_ID, date_of_birth=date(2001, 1, 1))) == [
        ("Gasana", "national_id")]
    assert _found(hospital, _somebody(date_of_birth=date(2001, 1, 1))) == []


def test_who_has_the_number_comes_before_who_is_alike(hospital: Hospital) -> None:
    new = _somebody(last_name="Uwimana", date_of_birth=date(1981, 2, 1), hospital_number="T-003")
    assert _found(hospital, new) == [("Mugisha", "hospital_number"), ("Uwimana", "")]
    assert _found(hospital, new.model_copy(update={"hospital_number": "T-001"})) == [("Uwimana", "hospital_number")]


def test_the_number_of_a_merged_record_is_whose_record_it_is_now(hospital: Hospital) -> None:
    done = admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.MALE), ward_id=hospital.wards["North"]))
    assert done.patient_id is not None
    number = reading.read_admission(hospital.store, hospital.nurse, done.patient_id).person.hospital_number
    mending.merge_people(hospital.store, hospital.admin, MergePeople(
        unknown_id=done.patient_id, known_id=hospital.people[2], reason="his brother came"))
    assert _found(hospital, _somebody(hospital_number=number)) == [("Mugisha", "hospital_number")]


@pytest.mark.parametrize(("years", "estimated", "found"), [
    (1, False, True), (2, False, False), (2, True, True), (3, True, False)])
def test_a_guess_at_the_age_is_less_exact(hospital: Hospital, years: int, estimated: bool, found: bool) -> None:
    for off in (years, -years):
        new = _somebody(last_name="Kabera", date_of_birth=date(1982 + off, 1, 1), birth_estimated=estimated)
        assert _found(hospital, new) == ([("Kabera", "")] if found else [])


@pytest.mark.parametrize("looked", [True, False])
def test_a_national_id_that_is_taken_names_its_field(hospital: Hospital, monkeypatch: pytest.MonkeyPatch,
                                                     looked: bool) -> None:
    """Whether the service sees it or only the database's constraint."""
    if not looked:
        monkeypatch.setattr(admitting, "owner_of_national_id", lambda _connection, _national_id: None)
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=_somebody(national_id=NATIONAL_ID), ward_id=hospital.wards["North"]))
    with pytest.raises(Refused) as error:
        admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=_somebody(last_name="Gasana", national_id=NATIONAL_ID), ward_id=hospital.wards["North"]))
    refusal = error.value.refusal
    assert (refusal.code, refusal.detail, refusal.field) == (Code.DUP, "national_id", "national_id")
