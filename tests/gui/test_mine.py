"""“Mine”: the beds of the patients somebody is the responsible nurse of stay strong, the others are pale; none is hidden."""

from __future__ import annotations

import pytest

from tests.support.seat import Seat
from tests.support.stations import Colleague, see
from wardbeds.domain.requests import AdmitPatient, EditAdmission, SeenBed
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.services.admitting import admit_patient
from wardbeds.services.editing import edit_admission
from wardbeds.services.reading import read_admission


@pytest.fixture
def shift(seat: Seat) -> Seat:
    """Uwimana in N-1 is the nurse's, Kabera in N-2 somebody else's, Mugisha in N-4 nobody's."""
    hospital = seat.desk.hospital
    for person, number, nurse in ((0, "N-1", hospital.nurse), (1, "N-2", hospital.admin), (2, "N-4", None)):
        admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=hospital.people[person], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed(number)),
            nurse_id=nurse.user_id if nurse else None))
    seat.see()
    return seat


def _pale(seat: Seat, view: BedsView) -> set[str]:
    """The beds that are drawn pale; every bed has its card, whatever the filter."""
    for bed in seat.desk.session.model.beds:
        assert view.item(bed.id).isVisible() and not view.item_rect_global(bed.id).isEmpty()
    return {bed.number for bed in seat.desk.session.model.beds if view.item(bed.id).marks.dimmed}


def _chip(seat: Seat) -> None:
    seat.hands.click(seat.desk.page.strip.mine)
    seat.settle()


@pytest.mark.parametrize("number", [0, 1], ids=["map", "grid"])
def test_mine_makes_the_others_pale_and_hides_none(shift: Seat, number: int) -> None:
    page = shift.desk.page
    page.show_view(number)
    view = (page.map, page.grid)[number]
    assert page.strip.mine.count == 1
    assert "1" in page.strip.mine.accessibleName()
    assert _pale(shift, view) == set()
    _chip(shift)
    assert _pale(shift, view) == {"N-2", "N-3", "N-4"}
    assert "1" in page.foot.words.text()  # a filter is always announced
    _chip(shift)
    assert _pale(shift, view) == set()


def test_the_list_keeps_every_row(shift: Seat) -> None:
    page = shift.desk.page
    page.show_view(2)
    _chip(shift)
    beds = shift.desk.hospital.beds
    assert page.list.model().rowCount() == 4
    assert page.list.itemDelegate().dimmed == {beds["N-2"], beds["N-3"], beds["N-4"]}  # type: ignore[attr-defined]
    assert page.list_head.text().startswith("Showing 1 of 4 beds")


def test_mine_and_a_state_are_both_asked_for(shift: Seat) -> None:
    page = shift.desk.page
    _chip(shift)
    shift.hands.click(next(one for one in page.strip.chips if one.status.value == "available"))
    shift.settle()
    assert _pale(shift, page.map) == {"N-1", "N-2", "N-3", "N-4"}
    assert page.list_head.text().startswith("Showing 0 of 4 beds")


def test_it_follows_who_becomes_responsible(shift: Seat) -> None:
    """A colleague hands a patient over: the count and the board follow without a key being pressed."""
    hospital, page = shift.desk.hospital, shift.desk.page
    _chip(shift)
    detail = read_admission(hospital.store, hospital.nurse, hospital.people[1])
    edit_admission(hospital.store, Colleague(hospital).actor, EditAdmission(
        patient_id=hospital.people[1], admission_id=detail.admission_id, nurse_id=hospital.nurse.user_id))
    see(shift.desk, shift.qtbot)
    shift.qtbot.waitUntil(lambda: page.strip.mine.count == 2)
    assert _pale(shift, page.map) == {"N-3", "N-4"}


def test_a_bed_that_is_not_mine_can_still_be_used(shift: Seat) -> None:
    """Pale is not closed."""
    _chip(shift)
    with shift.qtbot.waitSignal(shift.desk.session.action_done):
        shift.hands.drag(shift.card("N-2"), shift.card("N-3"))
    assert shift.beds() == {"N-1": "Uwimana", "N-2": "cleaning", "N-3": "Kabera", "N-4": "Mugisha"}
