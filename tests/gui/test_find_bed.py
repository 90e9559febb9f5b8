"""Ctrl+F: what a bed must have above, the beds of all wards that suit below; Enter or a double click goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.forms import field_of
from tests.support.hospital import Hospital, add_ward
from tests.support.seat import Seat
from wardbeds.gui.dialogs.find_bed import FindBedDialog

NORTH, SOUTH = [f"N-{n}" for n in range(1, 5)], [f"S-{n}" for n in range(1, 5)]


@pytest.fixture
def small_hospital(small_hospital: Hospital) -> Hospital:
    """One more ward: surgery, for men, one bed with oxygen."""
    add_ward(small_hospital, "Theatre", {"T-1": ("oxygen",), "T-2": ()}, sex_policy="male", specialty="surgery")
    return small_hospital


@pytest.fixture
def asking(seat: Seat) -> FindBedDialog:
    """The dialog, opened by its key."""
    seat.admit(0, "N-3")  # a woman in a room for whoever is in it
    seat.see()
    seat.hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    dialog = seat.dialog
    assert isinstance(dialog, FindBedDialog)
    return dialog


def _numbers(seat: Seat, dialog: FindBedDialog) -> list[str]:
    """What the list shows once it is answered."""
    seat.settle()
    model = dialog.beds.model()
    return [str(model.index(row, 0).data()) for row in range(dialog.beds.count())]


FREE = ["N-1", "N-2", "N-4", *SOUTH, "T-1", "T-2"]


def test_it_begins_with_every_free_bed_of_every_ward(seat: Seat, asking: FindBedDialog) -> None:
    assert _numbers(seat, asking) == FREE
    assert asking.foot_note.text() == "9 beds suit"


@pytest.mark.parametrize("way", ["keys", "mouse"])
def test_what_is_asked_for_narrows_the_list(seat: Seat, asking: FindBedDialog, way: str) -> None:
    hand = seat.by_keys() if way == "keys" else seat.by_mouse()
    hand.fill(asking, "For", "Woman")
    assert _numbers(seat, asking) == ["N-1", "N-2", "N-4", *SOUTH]
    hand.fill(asking, "For", "Man")
    assert _numbers(seat, asking) == ["N-1", "N-2", *SOUTH, "T-1", "T-2"]
    hand.fill(asking, "Specialty", "surgery")
    assert _numbers(seat, asking) == ["T-1", "T-2"]
    hand.press(asking, field_of(asking, "Oxygen"))
    assert _numbers(seat, asking) == ["T-1"]
    assert asking.foot_note.text() == "1 bed suits"
    hand.press(asking, field_of(asking, "Ventilator"))
    assert _numbers(seat, asking) == []
    assert asking.foot_note.text() == ""


def test_beds_to_clean_come_in_where_they_are_asked_for(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.discharge(0, "N-1")
    seat.see()
    seat.hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    dialog = seat.dialog
    assert isinstance(dialog, FindBedDialog)
    assert "N-1" not in _numbers(seat, dialog)
    seat.by_keys().press(dialog, field_of(dialog, "Also beds that still wait for cleaning"))
    assert _numbers(seat, dialog)[0] == "N-1"


def test_enter_goes_to_the_bed_in_another_ward(seat: Seat, asking: FindBedDialog) -> None:
    way = seat.by_keys()
    way.fill(asking, "Specialty", "surgery")
    assert _numbers(seat, asking) == ["T-1", "T-2"]
    way.choose_row(asking, asking.beds, "T-2")
    assert asking.beds.hasFocus()
    with seat.qtbot.waitSignal(seat.desk.session.ward_opened):
        seat.hands.key(Qt.Key.Key_Return)
    seat.settle()
    page, model = seat.desk.page, seat.desk.session.model
    assert page.dialog is None
    assert model.board is not None and model.board.ward.name == "Theatre"
    bed, _waiting = page.selected()
    assert bed is not None and bed.number == "T-2"
    assert page.map.hasFocus()


def test_a_double_click_goes_to_the_bed_in_this_ward(seat: Seat, asking: FindBedDialog) -> None:
    rect = asking.beds.visualRect(asking.beds.model().index(_numbers(seat, asking).index("N-2"), 0))
    seat.hands.double_click(asking.beds.viewport().mapToGlobal(rect.center()))
    seat.settle()
    bed, _waiting = seat.desk.page.selected()
    assert bed is not None and bed.number == "N-2"
    assert seat.desk.page.dialog is None


def test_somebody_is_admitted_to_the_bed_found(seat: Seat) -> None:
    """Found, gone to, and filled from there: N admits to the bed that was found."""
    seat.see()
    seat.hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    seat.by_keys().fill(seat.dialog, "For", "Man")
    seat.enter()
    seat.hands.type("n")
    way, dialog = seat.by_keys(), seat.dialog
    way.fill(dialog, "Find", "kab")
    way.press(dialog, dialog.primary)
    way.press(dialog, seat.dialog.primary)
    assert seat.beds() == {"N-1": "Kabera"}


def test_where_nothing_suits_it_says_so_and_stays(seat: Seat, asking: FindBedDialog) -> None:
    seat.by_keys().press(asking, field_of(asking, "Ventilator"))
    assert _numbers(seat, asking) == []
    assert asking.beds.nothing
    seat.by_mouse().press(asking, asking.primary)
    assert seat.desk.page.dialog is asking
    assert asking.summary.isVisible()
