"""A drop that is warned of goes on with one tap on a reason; Enter alone, an arrow key or half a double click do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from tests.support.hands import recorded
from tests.support.seat import Seat
from wardbeds.gui.dialogs.details import DetailsDialog
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.store.tables import event_texts

CONTROL = Qt.KeyboardModifier.ControlModifier
REASON = "Clinical decision"
PLACED = {"N-1": "cleaning", "N-3": "Kabera", "N-4": "Uwimana"}
NOT_PLACED = {"N-1": "Uwimana", "N-3": "Kabera"}


@pytest.fixture
def asked(seat: Seat) -> ReasonDialog:
    """A woman is let go over N-4, in whose room a man lies."""
    seat.admit(0, "N-1")
    seat.admit(1, "N-3")
    seat.see()
    seat.hands.drag(seat.card("N-1"), seat.card("N-4"))
    dialog = seat.dialog
    assert isinstance(dialog, ReasonDialog)
    seat.qtbot.waitUntil(dialog.cancel_button.hasFocus)
    return dialog


def _given(seat: Seat) -> list[str]:
    """Why warnings were passed, as it is kept."""
    with seat.desk.store.reading() as connection:
        return list(connection.scalars(select(event_texts.c.text).where(event_texts.c.kind == "override")))


def _focus(seat: Seat, dialog: ReasonDialog, reason: str) -> QWidget:
    """The keyboard on a reason that nobody has chosen: Tab, then arrow keys, which choose none."""
    seat.by_keys().reach(dialog, next(iter(dialog.reasons.buttons.values())))
    wanted = dialog.reasons.buttons[reason]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        if not wanted.hasFocus():
            seat.hands.key(key)
    assert wanted.hasFocus()
    assert dialog.reasons.value == ""
    return wanted


def test_one_click_on_a_reason_places_her(seat: Seat, asked: ReasonDialog) -> None:
    with recorded() as count:
        seat.hands.click(asked.reasons.buttons[REASON])
    seat.settle()
    assert count.actions == 1
    assert seat.desk.page.dialog is None
    assert seat.beds() == PLACED
    assert _given(seat) == [REASON]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_one_key_on_a_reason_places_her(seat: Seat, asked: ReasonDialog, key: Qt.Key) -> None:
    _focus(seat, asked, REASON)
    seat.hands.key(key)
    seat.settle()
    assert seat.beds() == PLACED
    assert _given(seat) == [REASON]


def test_enter_goes_back_while_no_reason_has_the_keyboard(seat: Seat, asked: ReasonDialog) -> None:
    assert asked.cancel_button.key == "Enter"
    seat.enter()
    assert seat.desk.page.dialog is None
    assert seat.beds() == NOT_PLACED


def test_the_cap_says_what_enter_does(seat: Seat, asked: ReasonDialog) -> None:
    _focus(seat, asked, REASON)
    assert asked.cancel_button.key == "Esc"
    seat.by_keys().reach(asked, asked.cancel_button)
    assert asked.cancel_button.key == "Enter"
    seat.by_keys().reach(asked, asked.primary)
    assert asked.cancel_button.key == "Esc"


def test_ctrl_enter_records_no_reason_that_nobody_chose(seat: Seat, asked: ReasonDialog) -> None:
    seat.hands.key(Qt.Key.Key_Return, CONTROL)
    seat.settle()
    assert seat.desk.page.dialog is asked
    assert seat.beds() == NOT_PLACED
    assert asked.reasons.value == ""
    assert "Choose a reason" in asked.summary.text()
    assert asked.reasons.in_focus is not None
    seat.hands.key(Qt.Key.Key_Return, CONTROL)
    seat.settle()
    assert seat.beds() == NOT_PLACED


def test_ctrl_enter_takes_the_reason_that_is_chosen(seat: Seat, asked: ReasonDialog) -> None:
    asked.reasons.choose(REASON)
    seat.settle()
    assert seat.beds() == NOT_PLACED
    seat.hands.key(Qt.Key.Key_Return, CONTROL)
    seat.settle()
    assert seat.beds() == PLACED
    assert _given(seat) == [REASON]


def test_arrow_keys_choose_and_place_nobody(seat: Seat, asked: ReasonDialog) -> None:
    """From a reason that is chosen they choose the next one: that is no tap."""
    wanted = _focus(seat, asked, REASON)
    asked.reasons.choose(REASON)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        seat.hands.key(key)
    seat.settle()
    assert asked.reasons.value not in ("", REASON)
    assert not wanted.hasFocus()
    assert seat.desk.page.dialog is asked
    assert seat.beds() == NOT_PLACED


def _lay_reason_over(seat: Seat, dialog: ReasonDialog, at: QPoint) -> None:
    """The pointer's next click at this point of the screen meets the reason."""
    seat.settle()
    reason = dialog.reasons.buttons[REASON]
    dialog.panel.move(dialog.panel.pos() + at - reason.mapToGlobal(reason.rect().center()))
    seat.settle()


@pytest.fixture
def slow(calm: None) -> None:
    """Two clicks at one point are a double click, however slow a test clicks."""
    QApplication.setDoubleClickInterval(60_000)


def test_the_second_half_of_a_double_click_hits_nothing(seat: Seat, asked: ReasonDialog, slow: None) -> None:
    """The dialog has closed under the pointer: the bed that lay behind it is not opened."""
    at = seat.card("N-3")
    _lay_reason_over(seat, asked, at)
    seat.hands.click(at)
    seat.settle()
    assert seat.desk.page.dialog is None
    seat.hands.click(at)
    seat.settle()
    assert seat.desk.page.dialog is None
    assert seat.beds() == PLACED
    for _half in range(2):
        assert seat.desk.page.dialog is None
        seat.hands.click(at)
        seat.settle()
    assert isinstance(seat.desk.page.dialog, DetailsDialog)  # else the one before had hit nothing anyway


def test_a_double_click_on_the_bed_is_no_tap_on_the_reason_that_comes_up_there(seat: Seat, slow: None) -> None:
    seat.admit(0, "N-1")
    seat.admit(1, "N-3")
    seat.see()
    at = seat.card("N-4")
    seat.hands.click(seat.sign("N-1"))
    seat.hands.click(at)
    dialog = seat.dialog
    assert isinstance(dialog, ReasonDialog)
    _lay_reason_over(seat, dialog, at)
    seat.hands.click(at)
    seat.settle()
    assert seat.desk.page.dialog is dialog
    assert dialog.reasons.value == ""
    assert seat.beds() == NOT_PLACED
    seat.hands.click(at)
    seat.settle()
    assert seat.beds() == PLACED


def test_a_click_of_its_own_is_let_through(seat: Seat, asked: ReasonDialog) -> None:
    seat.hands.click(asked.reasons.buttons[REASON])
    seat.settle()
    seat.hands.click(seat.card("N-3"))
    assert seat.desk.page.selection.bed_id == seat.desk.hospital.beds["N-3"]


def test_where_the_time_is_asked_too_a_tap_only_chooses(seat: Seat) -> None:
    """What is entered afterwards has a time to be looked at first."""
    seat.admit(0, "N-1")
    seat.admit(1, "N-3")
    seat.see()
    seat.desk.session.catch_up.begin(datetime.now(UTC))
    seat.hands.drag(seat.card("N-1"), seat.card("N-4"))
    dialog = seat.dialog
    assert isinstance(dialog, ReasonDialog)
    assert dialog.at is not None
    seat.hands.click(dialog.reasons.buttons[REASON])
    seat.settle()
    assert seat.beds() == NOT_PLACED
    assert dialog.primary.hasFocus()
