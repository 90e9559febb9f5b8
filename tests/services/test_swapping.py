"""A true swap: both patients move or neither, in one event, undone in one step; every engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from tests.services.test_actions import admit, place, refused
from tests.support.hospital import Hospital, add_ward
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import (
    CorrectTime,
    EditAdmission,
    EditNotes,
    HoldBed,
    MarkClean,
    Override,
    PlacePatient,
    SeenBed,
    SeenPlace,
    SwapPatients,
    UndoAction,
)
from wardbeds.domain.times import DEFAULT_ZONE, hospital_day
from wardbeds.services import bed_states, editing, mending, placing, reading, swapping, undoing
from wardbeds.services.exporting import export_board, export_census
from wardbeds.store.check import check
from wardbeds.store.history import read_last_action, touches_with_lines
from wardbeds.store.tables import bed_stays, events

ANYWAY = Override(warnings=tuple(Warned), reason="closer observation")


def _swap(hospital: Hospital, first: str, second: str, **more: object) -> SwapPatients:
    own, bed = hospital.bed(first), hospital.bed(second)
    return SwapPatients(patient_id=own.patient_id, own=SeenBed.of(own), bed=SeenBed.of(bed),
                        **{"override": ANYWAY} | more)


def _lies(hospital: Hospital) -> dict[str, tuple[BedStatus, int | None]]:
    return {number: (bed.status, bed.patient_id) for number in hospital.beds
            if (bed := hospital.bed(number)).status is not BedStatus.AVAILABLE}


def _sound(hospital: Hospital) -> None:
    with hospital.store.reading() as connection:
        assert check(connection) == []


@pytest.fixture
def two(hospital: Hospital) -> Hospital:
    """The first person lies in N-1, the second in N-2."""
    admit(hospital, 0, "N-1", override=ANYWAY)
    admit(hospital, 1, "N-2", override=ANYWAY)
    return hospital


@pytest.fixture
def long_there(hospital: Hospital) -> Hospital:
    """The same, for two hours already."""
    for person, bed in ((0, "N-1"), (1, "N-2")):
        admit(hospital, person, bed, override=ANYWAY, happened_at=datetime.now(UTC) - timedelta(hours=2))
    return hospital


@pytest.mark.parametrize("other", ["N-2", "S-1"])
def test_both_move_in_one_event_a_ward_and_no_bed_waits_for_cleaning(two: Hospital, other: str) -> None:
    if other == "S-1":
        placing.place_patient(two.store, two.nurse, place(two, 1, SeenPlace(bed_id=two.beds["N-2"]), other,
                                                          override=ANYWAY))
        bed_states.mark_clean(two.store, two.nurse, MarkClean(bed=SeenBed.of(two.bed("N-2"))))
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", other, reason="closer observation"))
    assert _lies(two) == {"N-1": (BedStatus.OCCUPIED, two.people[1]), other: (BedStatus.OCCUPIED, two.people[0])}
    assert done.action is not None
    assert (done.action.action, done.action.undoable) == ("swapped", True)
    with two.store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(events).where(
            events.c.operation_id == str(done.operation_id))) == (1 if other == "N-2" else 2)
        whys = connection.scalars(select(bed_stays.c.why).where(bed_stays.c.ended_at.is_(None))).all()
    assert whys == ["closer observation"] * 2
    _sound(two)


def test_notes_go_with_their_patient(two: Hospital) -> None:
    for n, words in ((0, "fasting"), (1, "")):
        if words:
            editing.edit_notes(two.store, two.nurse, EditNotes(
                bed=SeenBed.of(two.bed(f"N-{n + 1}")), patient_id=two.people[n], seen_notes="", seen_shared=False,
                notes=words, shared=True))
    swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    notes = {number: (two.bed(number).occupant.notes, two.bed(number).occupant.notes_shared)  # type: ignore[union-attr]
             for number in ("N-1", "N-2")}
    assert notes == {"N-1": ("", False), "N-2": ("fasting", True)}


def test_beds_whose_numbers_read_alike_keep_both_lines(two: Hospital) -> None:
    """From 1 to 11, and from 11 to 1: written behind each other these are the same."""
    add_ward(two, "Annex", {"1": (), "11": ()})
    beds = {bed.number: bed for bed in reading.read_board(two.store, two.nurse, _ward_of(two, "Annex")).beds}
    for n, number in enumerate(("1", "11")):
        placing.place_patient(two.store, two.nurse, PlacePatient(
            patient_id=two.people[n], seen=SeenPlace(bed_id=two.beds[f"N-{n + 1}"]), bed=SeenBed.of(beds[number]),
            override=ANYWAY))
    one, eleven = reading.read_board(two.store, two.nurse, _ward_of(two, "Annex")).beds
    swapping.swap_patients(two.store, two.nurse, SwapPatients(
        patient_id=two.people[0], own=SeenBed.of(one), bed=SeenBed.of(eleven), override=ANYWAY))
    lines = reading.bed_history(two.store, two.nurse, one.id)[:2]
    assert {(line.from_place, line.to_place, line.person.patient_id) for line in lines if line.person} == {
        ("1", "11", two.people[0]), ("11", "1", two.people[1])}


def _ward_of(hospital: Hospital, name: str) -> int:
    return next(one.ward.id for one in reading.list_wards(hospital.store, hospital.admin) if one.ward.name == name)


def test_both_names_are_in_the_line_of_the_last_action(two: Hospital) -> None:
    """Told at once, and read again from the events, of the strip and of the change feed."""
    before = two.board().revision
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    with two.store.reading() as connection:
        again = read_last_action(connection, str(done.operation_id))
        fed = touches_with_lines(connection, two.wards["North"], before, 10)[1][str(done.operation_id)]
    for line in (done.action, again, fed):
        assert line is not None and line.person is not None and line.other is not None
        assert [line.person.patient_id, line.other.patient_id] == two.people[:2]
        assert (line.from_place, line.to_place) == ("N-1", "N-2")


def test_the_census_counts_a_swap_across_wards_as_one_in_and_one_out_each(two: Hospital) -> None:
    placing.place_patient(two.store, two.nurse, place(two, 1, SeenPlace(bed_id=two.beds["N-2"]), "S-1",
                                                      override=ANYWAY))
    before = _transferred(two)
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "S-1"))
    assert {ward: (came - before[ward][0], went - before[ward][1])
            for ward, (came, went) in _transferred(two).items()} == {"North": (1, 1), "South": (1, 1)}
    undoing.undo_action(two.store, two.nurse, UndoAction(undoes=done.operation_id))
    assert _transferred(two) == before


def test_the_census_knows_nothing_of_a_swap_within_a_ward(two: Hospital) -> None:
    before = _transferred(two)
    swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    assert _transferred(two) == before


def _transferred(hospital: Hospital) -> dict[str, tuple[int, int]]:
    """How many came into each ward from another one, and went, since yesterday."""
    today = hospital_day(datetime.now(UTC), ZoneInfo(DEFAULT_ZONE))
    rows = export_census(hospital.store, hospital.admin, today - timedelta(days=1), today)
    return {ward: (sum(row["transferred_in"] for row in rows if row["ward"] == ward),
                   sum(row["transferred_out"] for row in rows if row["ward"] == ward)) for ward in hospital.wards}


def test_the_past_knows_who_lay_where(two: Hospital) -> None:
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    since = two.bed("N-1").since
    assert since == done.time
    lines = reading.bed_history(two.store, two.nurse, two.beds["N-1"])
    assert {(one.action, one.person.patient_id) for one in lines[:2] if one.person} == {
        ("swapped", two.people[0]), ("swapped", two.people[1])}
    for at, there in ((done.time - timedelta(microseconds=1), 0), (done.time, 1)):
        then = export_board(two.store, two.admin, "North", at)
        beds = {bed["bed_number"]: (bed["patient"] or {}).get("patient_id") for bed in then["wards"][0]["beds"]}
        assert (beds["N-1"], beds["N-2"]) == (two.people[there], two.people[1 - there])


@pytest.mark.parametrize("held", [False, True])
def test_undo_puts_both_back_as_if_nothing_had_been(two: Hospital, held: bool) -> None:
    if held:
        bed_states.hold_bed(two.store, two.nurse, HoldBed(
            bed=SeenBed.of(two.bed("N-3")), patient_id=two.people[0],
            until=datetime.now(UTC) + timedelta(hours=1)))
    before = {number: (two.bed(number).since, two.bed(number).hold) for number in ("N-1", "N-2", "N-3")}
    lay = _lies(two)
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    assert two.bed("N-3").hold is None
    editing.edit_notes(two.store, two.nurse, EditNotes(
        bed=SeenBed.of(two.bed("N-2")), patient_id=two.people[0], seen_notes="", seen_shared=False, notes="since then"))
    undoing.undo_action(two.store, two.nurse, UndoAction(undoes=done.operation_id))
    assert _lies(two) == lay
    assert {number: (two.bed(number).since, two.bed(number).hold) for number in ("N-1", "N-2", "N-3")} == before
    assert two.bed("N-1").occupant.notes == "since then"  # type: ignore[union-attr]
    assert two.bed("N-2").occupant.notes == ""  # type: ignore[union-attr]
    _sound(two)


def test_the_line_of_taking_it_back_names_both(two: Hospital) -> None:
    before = two.board().revision
    swap = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    done = undoing.undo_action(two.store, two.nurse, UndoAction(undoes=swap.operation_id))
    with two.store.reading() as connection:
        fed = touches_with_lines(connection, two.wards["North"], before, 10)[1][str(done.operation_id)]
    lines = [line for line in reading.person_history(two.store, two.nurse, two.people[0]) if line.action == "undone"]
    for line in (done.action, fed, *lines):
        assert line is not None and line.person is not None and line.other is not None
        assert {line.person.patient_id, line.other.patient_id} == set(two.people[:2])
    assert len(lines) == 1


@pytest.mark.parametrize("whose", [0, 1])
def test_a_hold_that_ran_out_leaves_no_gap_in_either_stay(long_there: Hospital, whose: int) -> None:
    """It is told as an event of its own, before: the clock goes on by a step in between."""
    now = datetime.now(UTC)
    bed_states.hold_bed(long_there.store, long_there.nurse, HoldBed(
        bed=SeenBed.of(long_there.bed("N-3")), patient_id=long_there.people[whose],
        until=now - timedelta(minutes=30), happened_at=now - timedelta(minutes=90)))
    before = _transferred(long_there)
    swapping.swap_patients(long_there.store, long_there.nurse, _swap(long_there, "N-1", "N-2"))
    with long_there.store.reading() as connection:
        ends = connection.scalars(select(bed_stays.c.ended_at).where(bed_stays.c.ended_why == "moved")).all()
        starts = connection.scalars(select(bed_stays.c.started_at).where(bed_stays.c.ended_at.is_(None))).all()
    assert len({*ends, *starts}) == 1
    assert _transferred(long_there) == before


@pytest.mark.parametrize("minutes", [-20, 10])
@pytest.mark.parametrize("whose", [0, 1])
def test_the_time_of_a_swap_is_corrected_for_both(long_there: Hospital, whose: int, minutes: int) -> None:
    swapped = datetime.now(UTC) - timedelta(hours=1)
    swapping.swap_patients(long_there.store, long_there.nurse, _swap(long_there, "N-1", "N-2", happened_at=swapped))
    since = swapped + timedelta(minutes=minutes)
    _correct(long_there, whose, "N-1" if whose else "N-2", since)
    assert [long_there.bed(number).since for number in ("N-1", "N-2")] == [since, since]
    with long_there.store.reading() as connection:
        assert set(connection.scalars(select(bed_stays.c.ended_at).where(bed_stays.c.ended_why == "moved"))) == {since}
    _sound(long_there)
    for person, bed in ((0, "N-2"), (1, "N-1")):
        assert refused(mending.correct_time, long_there.store, long_there.nurse, _corrected(
            long_there, person, bed, datetime.now(UTC) - timedelta(hours=3))) == (Code.VALUE, "before_last_stay")


def test_the_time_of_a_swap_stays_before_what_the_other_one_did_since(long_there: Hospital) -> None:
    swapped = datetime.now(UTC) - timedelta(minutes=5)
    swapping.swap_patients(long_there.store, long_there.nurse, _swap(long_there, "N-1", "N-2", happened_at=swapped))
    placing.place_patient(long_there.store, long_there.nurse, place(long_there, 1, SeenPlace(bed_id=long_there.beds["N-1"]), "N-3",
                                                      override=ANYWAY))
    moved = long_there.bed("N-3").since
    assert moved is not None
    assert refused(mending.correct_time, long_there.store, long_there.nurse, _corrected(
        long_there, 0, "N-2", moved + timedelta(microseconds=1))) == (Code.STATE, "later_happening")
    _correct(long_there, 0, "N-2", swapped - timedelta(minutes=30))
    _sound(long_there)


def _corrected(hospital: Hospital, person: int, bed: str, since: datetime) -> CorrectTime:
    return CorrectTime(patient_id=hospital.people[person], seen=SeenPlace(bed_id=hospital.beds[bed]), since=since,
                       reason="late entry")


def _correct(hospital: Hospital, person: int, bed: str, since: datetime) -> None:
    mending.correct_time(hospital.store, hospital.nurse, _corrected(hospital, person, bed, since))


def test_undo_is_refused_once_one_of_them_went_on(two: Hospital) -> None:
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    placing.place_patient(two.store, two.nurse, place(two, 0, SeenPlace(bed_id=two.beds["N-2"]), "N-3",
                                                      override=ANYWAY))
    assert refused(undoing.undo_action, two.store, two.nurse, UndoAction(undoes=done.operation_id))[0] is Code.STATE


def test_either_bed_that_changed_refuses_both(two: Hospital) -> None:
    stale = _swap(two, "N-1", "N-2"), _swap(two, "N-2", "N-1")
    placing.place_patient(two.store, two.nurse, place(two, 1, SeenPlace(bed_id=two.beds["N-2"]), "N-3",
                                                      override=ANYWAY))
    lay = _lies(two)
    for request in stale:
        assert refused(swapping.swap_patients, two.store, two.nurse, request)[0] is Code.STALE
    assert _lies(two) == lay


def test_the_same_swap_asked_again_is_done_once(two: Hospital) -> None:
    request = _swap(two, "N-1", "N-2")
    swapping.swap_patients(two.store, two.nurse, request)
    again = swapping.swap_patients(two.store, two.nurse, request)
    assert again.repeated
    assert two.bed("N-1").patient_id == two.people[1]


def test_warnings_of_both_ways_need_a_reason(two: Hospital) -> None:
    """The second person needs oxygen, which the first one's bed lacks: the first one's way alone is without warning."""
    who = reading.read_admission(two.store, two.admin, two.people[1])
    editing.edit_admission(two.store, two.nurse, EditAdmission(
        patient_id=two.people[1], admission_id=who.admission_id, needs=("ventilator",)))
    bare = _swap(two, "N-1", "N-2", override=None)
    assert refused(swapping.swap_patients, two.store, two.nurse, bare) == (Code.VALUE, "needs_reason")
    swapping.swap_patients(two.store, two.nurse, bare.model_copy(update={"override": ANYWAY}))


@pytest.mark.parametrize("person", [0, 1])
def test_who_was_swapped_was_moved_a_moment_ago(two: Hospital, person: int) -> None:
    """Each of them, when she is to move on; taken back, nobody was."""
    done = swapping.swap_patients(two.store, two.nurse, _swap(two, "N-1", "N-2"))
    there = SeenPlace(bed_id=two.beds[f"N-{2 - person}"])
    on = place(two, person, there, "N-3")
    assert refused(placing.place_patient, two.store, two.nurse, on) == (Code.VALUE, "needs_reason")
    undoing.undo_action(two.store, two.nurse, UndoAction(undoes=done.operation_id))
    back = SeenPlace(bed_id=two.beds[f"N-{1 + person}"])
    placing.place_patient(two.store, two.nurse, place(two, person, back, "N-3"))


def test_support_staff_swaps_nobody(two: Hospital) -> None:
    assert refused(swapping.swap_patients, two.store, two.support, _swap(two, "N-1", "N-2"))[0] is Code.ROLE


def test_a_swap_is_of_two_people_in_two_beds(two: Hospital) -> None:
    own, empty = two.bed("N-1"), two.bed("N-3")
    for bed in (own, empty):
        with pytest.raises(ValueError, match="two patients"):
            SwapPatients(patient_id=own.patient_id, own=SeenBed.of(own), bed=SeenBed.of(bed))
