"""Find a bed: of all wards only what is free and suits, by state, whom rooms and wards take, equipment and specialty."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.hospital import Hospital, add_ward
from wardbeds.domain.beds import BedWish
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DischargePatient,
    HoldBed,
    NewPerson,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services import admitting, bed_states, leaving
from wardbeds.services.finding import find_beds, suitable

SMALL = {"N-1", "N-2", "N-3", "N-4", "S-1", "S-2", "S-3", "S-4"}


def _found(hospital: Hospital, **wish: Any) -> set[str]:
    return {bed.number for _ward, bed in find_beds(hospital.store, hospital.nurse, BedWish(**wish))}


def _admit(hospital: Hospital, person: int, number: str, needs: tuple[str, ...] = ()) -> None:
    bed = hospital.bed(number)
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[person], ward_id=bed.ward_id, bed=SeenBed.of(bed), needs=needs))


def test_every_free_bed_of_every_ward_in_order(hospital: Hospital) -> None:
    """On each engine."""
    found = find_beds(hospital.store, hospital.nurse, BedWish())
    assert [(ward.name, bed.number) for ward, bed in found] == [
        (ward, f"{ward[0]}-{n}") for ward in ("North", "South") for n in range(1, 5)]


def test_only_free_beds_and_those_to_clean_where_they_are_asked_for(small_hospital: Hospital) -> None:
    hospital = small_hospital
    until = datetime.now(UTC) + timedelta(hours=2)
    _admit(hospital, 0, "N-1")
    _admit(hospital, 1, "N-2")
    leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[1], seen=SeenPlace(bed_id=hospital.beds["N-2"]), outcome=Outcome.IMPROVED))
    bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(hospital.bed("N-3")), text="surgery", until=until))
    bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(
        bed=SeenBed.of(hospital.bed("N-4")), reason="mattress"))
    south = {"S-1", "S-2", "S-3", "S-4"}
    assert _found(hospital) == south
    assert _found(hospital, also_to_clean=True) == south | {"N-2"}
    bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(hospital.bed("N-2")), text="surgery", until=until))
    assert _found(hospital, also_to_clean=True) == south  # somebody else is waiting for it to be clean


def test_a_hold_that_has_run_out_hinders_nobody(small_hospital: Hospital) -> None:
    """Though no station has taken it off yet."""
    hospital = small_hospital
    until = datetime.now(UTC) + timedelta(hours=2)
    bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(hospital.bed("N-3")), text="surgery", until=until))
    boards = [hospital.board(ward) for ward in hospital.wards]
    before, after = ({bed.number for _ward, bed in suitable(boards, BedWish(), hospital.nurse, moment)}
                     for moment in (until - timedelta(seconds=1), until))
    assert before == SMALL - {"N-3"}
    assert after == SMALL


@pytest.mark.parametrize(("sex", "found"), [("female", {"W-1"}), ("male", {"M-1"}), ("unknown", {"W-1", "M-1"}),
                                            ("other", {"W-1", "M-1"})])
def test_whom_a_ward_takes(small_hospital: Hospital, sex: str, found: set[str]) -> None:
    add_ward(small_hospital, "Women", {"W-1": ()}, sex_policy="female")
    add_ward(small_hospital, "Men", {"M-1": ()}, sex_policy="male")
    assert _found(small_hospital, sex=sex) == SMALL | found


@pytest.mark.parametrize(("policy", "sex", "fits"), [
    ("male", "male", True), ("male", "female", False), ("female", "female", True), ("female", "male", False),
    ("any", "male", True), ("same", "male", True)])
def test_whom_a_room_takes(small_hospital: Hospital, policy: str, sex: str, fits: bool) -> None:
    add_ward(small_hospital, "Rooms", {"R-1": ()}, room_policy=policy, sex_policy="by_room")
    assert ("R-1" in _found(small_hospital, sex=sex)) is fits


def test_a_room_for_whoever_is_in_it(small_hospital: Hospital) -> None:
    """N-3 and N-4 are such a room: a woman in it makes it a women's room."""
    assert {"N-3", "N-4"} <= _found(small_hospital, sex="male") & _found(small_hospital, sex="female")
    _admit(small_hospital, 0, "N-3")
    assert "N-4" in _found(small_hospital, sex="female")
    assert "N-4" not in _found(small_hospital, sex="male")


def test_what_a_bed_must_have(small_hospital: Hospital) -> None:
    add_ward(small_hospital, "Care", {"C-1": ("oxygen",), "C-2": ("oxygen", "monitor"), "C-3": ("isolation",)})
    assert _found(small_hospital, needs=("oxygen",)) == {"C-1", "C-2"}
    assert _found(small_hospital, needs=("oxygen", "monitor")) == {"C-2"}
    assert _found(small_hospital, needs=("isolation",)) == {"C-3"}
    assert _found(small_hospital, needs=("ventilator",)) == set()


def test_a_bed_beside_somebody_infectious_is_no_find(small_hospital: Hospital) -> None:
    add_ward(small_hospital, "Care", {"C-1": (), "C-2": ()})
    _admit(small_hospital, 0, "S-1", needs=("infectious",))
    assert "S-2" not in _found(small_hospital)  # the same room
    assert {"S-3", "C-1"} <= _found(small_hospital)


def test_wards_of_a_specialty(small_hospital: Hospital) -> None:
    add_ward(small_hospital, "Surgery", {"X-1": ()}, specialty="surgery")
    assert _found(small_hospital, specialty="surgery") == {"X-1"}
    assert _found(small_hospital, specialty="Surgery") == {"X-1"}  # as whoever typed it wrote it
    assert _found(small_hospital) == SMALL | {"X-1"}
    assert _found(small_hospital, specialty="surgery", needs=("oxygen",)) == set()


def test_what_is_found_can_be_had_without_a_word(small_hospital: Hospital) -> None:
    """Whoever goes to the bed found is refused nothing and warned of nothing that was asked for."""
    hospital = small_hospital
    add_ward(hospital, "Men", {"M-1": ("oxygen",), "M-2": ()}, sex_policy="male")
    [(ward, bed)] = find_beds(hospital.store, hospital.nurse, BedWish(sex="male", needs=("oxygen",)))
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=NewPerson(last_name="Mugabo", sex=Sex.MALE, date_of_birth=date(1970, 1, 1)), ward_id=ward.id,
        bed=SeenBed.of(bed), needs=("oxygen",)))
    assert _found(hospital, sex="male", needs=("oxygen",)) == set()
