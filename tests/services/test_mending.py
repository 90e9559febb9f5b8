"""Mistakes are mended on every engine: wrong admissions, discharges, times, and a person who was unknown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.services.test_actions import admit, refused
from tests.support.hospital import Hospital
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    CancelAdmission,
    CorrectTime,
    DischargePatient,
    MarkClean,
    MergePeople,
    PlacePatient,
    ReopenAdmission,
    SeenBed,
    SeenPlace,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services import admitting, bed_states, leaving, mending, placing, reading
from wardbeds.services.exporting import export_board, export_census
from wardbeds.store.check import check


def _sound(hospital: Hospital) -> None:
    with hospital.store.reading() as connection:
        assert not check(connection)


def _discharge(hospital: Hospital, person: int, bed: str) -> None:
    leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[person], seen=SeenPlace(bed_id=hospital.beds[bed]), outcome=Outcome.IMPROVED))


def _reopen(hospital: Hospital, person: int) -> ReopenAdmission:
    return ReopenAdmission(patient_id=hospital.people[person], ward_id=hospital.wards["North"], reason="wrong person")


def test_a_wrong_admission_never_was(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    placing.place_patient(hospital.store, hospital.nurse, PlacePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]),
        bed=SeenBed.of(hospital.bed("N-2"))))
    request = CancelAdmission(patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-2"]),
                              reason="wrong person")
    assert refused(mending.cancel_admission, hospital.store, hospital.support, request)[0] is Code.ROLE
    done = mending.cancel_admission(hospital.store, hospital.nurse, request)
    assert hospital.bed("N-2").status is BedStatus.CLEANING
    assert done.action is not None
    assert (done.action.action, done.action.undoable) == ("cancelled", False)
    today = datetime.now(UTC).date()
    census = export_census(hospital.store, hospital.admin, today, today)
    assert all(row["admitted"] == row["remaining"] == row["same_day"] == 0 for row in census)
    admit(hospital, 0, "N-3")  # nothing hangs on
    _sound(hospital)


def test_yesterdays_wrong_discharge_is_taken_back_into_the_bed(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    since = hospital.bed("N-1").occupant
    _discharge(hospital, 0, "N-1")
    assert refused(mending.reopen_admission, hospital.store, hospital.nurse, _reopen(hospital, 0))[0] is Code.ROLE
    mending.reopen_admission(hospital.store, hospital.admin, _reopen(hospital, 0))
    bed = hospital.bed("N-1")
    assert bed.occupant is not None
    assert since is not None
    assert (bed.occupant.person, bed.occupant.since) == (since.person, since.since)
    line = reading.bed_history(hospital.store, hospital.nurse, hospital.beds["N-1"])[0]
    assert (line.action, line.reason) == ("reopened", "wrong person")
    board = export_board(hospital.store, hospital.admin, "North", datetime.now(UTC))
    assert next(one for one in board["wards"][0]["beds"] if one["bed_number"] == "N-1")["status"] == "occupied"
    _sound(hospital)


def test_a_reopened_patient_waits_where_the_bed_is_gone(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    _discharge(hospital, 0, "N-1")
    bed_states.mark_clean(hospital.store, hospital.nurse, MarkClean(bed=SeenBed.of(hospital.bed("N-1"))))
    admit(hospital, 1, "N-1")
    mending.reopen_admission(hospital.store, hospital.admin, _reopen(hospital, 0))
    assert [one.person.patient_id for one in hospital.board().waiting] == [hospital.people[0]]
    assert refused(mending.reopen_admission, hospital.store, hospital.admin, _reopen(hospital, 0)) == (
        Code.STATE, "already_admitted")
    assert refused(mending.reopen_admission, hospital.store, hospital.admin, _reopen(hospital, 2)) == (
        Code.STATE, "never_admitted")
    _sound(hospital)


def test_a_wrong_time_is_corrected_with_what_follows_from_it(hospital: Hospital) -> None:
    now = datetime.now(UTC)
    admit(hospital, 0, "N-1", happened_at=now - timedelta(hours=10))
    placing.place_patient(hospital.store, hospital.nurse, PlacePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]),
        bed=SeenBed.of(hospital.bed("N-2")), happened_at=now - timedelta(hours=2)))

    def request(hours: float) -> CorrectTime:
        return CorrectTime(patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-2"]),
                           since=now - timedelta(hours=hours), reason="typing")

    for hours in (6.0, 1.0, 9.5):
        mending.correct_time(hospital.store, hospital.nurse, request(hours))
        occupant = hospital.bed("N-2").occupant
        assert occupant is not None
        assert occupant.since == now - timedelta(hours=hours)
        _sound(hospital)
    assert refused(mending.correct_time, hospital.store, hospital.nurse, request(11)) == (
        Code.VALUE, "before_last_stay")
    assert refused(mending.correct_time, hospital.store, hospital.nurse, request(-1))[1] == "future"
    assert refused(mending.correct_time, hospital.store, hospital.nurse, request(30))[1] == "too_late"


@pytest.mark.parametrize("known_has_history", [False, True])
def test_an_unknown_person_becomes_the_known_one(hospital: Hospital, known_has_history: bool) -> None:
    if known_has_history:
        admit(hospital, 0, "N-1")
        _discharge(hospital, 0, "N-1")
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.FEMALE), ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-2"))))
    unknown = hospital.bed("N-2").occupant
    assert unknown is not None
    assert unknown.person.last_name == "UNKNOWN"
    mending.merge_people(hospital.store, hospital.nurse, MergePeople(
        unknown_id=unknown.person.patient_id, known_id=hospital.people[0], reason="sister came"))
    merged = hospital.bed("N-2").occupant
    assert merged is not None
    assert (merged.person.last_name, merged.person.hospital_number) == ("Uwimana", "T-001")
    for number in ("T-001", unknown.person.hospital_number):
        found = reading.search_people(hospital.store, hospital.nurse, number)
        assert [one.person.hospital_number for one in found][:1] in ([["T-001"], []] if number != "T-001"
                                                                      else [["T-001"]])
    lines = reading.person_history(hospital.store, hospital.nurse, merged.person.patient_id)
    assert all(line.person is not None and line.person.last_name == "Uwimana" for line in lines)
    assert [line.action for line in lines].count("admitted") == 1 + known_has_history
    past = export_board(hospital.store, hospital.admin, "North", datetime.now(UTC))
    names = [one["patient"]["last_name"] for one in past["wards"][0]["beds"] if one["patient"]]
    assert names == ["Uwimana"]
    # Whoever still asks for the old record reaches the same person.
    assert refused(admitting.admit_patient, hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"])) == (Code.STATE, "already_admitted")
    _sound(hospital)


def test_two_people_in_beds_are_not_merged(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    admit(hospital, 1, "N-2")
    assert refused(mending.merge_people, hospital.store, hospital.nurse, MergePeople(
        unknown_id=hospital.people[0], known_id=hospital.people[1])) == (Code.STATE, "both_admitted")
    assert refused(mending.merge_people, hospital.store, hospital.nurse, MergePeople(
        unknown_id=hospital.people[0], known_id=hospital.people[0])) == (Code.STATE, "same_person")
