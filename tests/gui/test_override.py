"""A warning is never overridden by Enter alone: the reason is chosen by hand, or nothing is saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hands import Hands
from tests.support.stations import Colleague
from wardbeds.domain.placement import Warned
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.verbs import Verb


@pytest.fixture
def hands(desk: Desk, qtbot: QtBot) -> Hands:
    """A man lies in N-3, in a room for one gender only."""
    Colleague(desk.hospital).admit(1, "N-3")
    see(desk, qtbot)
    desk.page.window().activateWindow()
    return Hands(desk.page)


def _place_a_woman(desk: Desk, hands: Hands, qtbot: QtBot) -> PlaceDialog:
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.focus_board()
    hands.type("m")
    dialog = desk.page.dialog
    assert isinstance(dialog, PlaceDialog)
    qtbot.waitUntil(dialog.number.hasFocus)
    hands.type("n4")
    return dialog


def test_enter_alone_moves_nobody_into_the_wrong_room(desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    dialog = _place_a_woman(desk, hands, qtbot)
    assert dialog.override.isVisible()
    assert dialog.override.value == ""
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    assert desk.hospital.bed("N-4").occupant is None
    assert desk.page.dialog is dialog
    assert "Choose a reason" in dialog.fields.errors["override"].text()
    assert dialog.override.hasFocus()
    hands.key(Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.session.action_done):
        hands.key(Qt.Key.Key_Return)
    assert desk.hospital.bed("N-4").patient_id == desk.hospital.people[0]


def test_a_reason_counts_for_the_bed_it_was_given_for(desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    dialog = _place_a_woman(desk, hands, qtbot)
    dialog.override.setCurrentIndex(1)
    dialog.number.setText("n2")
    assert not dialog.override.isVisible()
    dialog.number.setText("n4")
    assert dialog.override.value == ""


def test_enter_alone_admits_nobody_into_the_wrong_room(desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-4"])
    desk.page.do(Verb.ADMIT)
    dialog = desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.people.field.setText("T-001")
    dialog.search.people.search()
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    hands.key(Qt.Key.Key_Return)
    assert dialog.step is Step.STAY
    assert Warned.SEX in dialog.stay.warnings
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    assert desk.hospital.bed("N-4").occupant is None
    assert "Choose a reason" in dialog.fields.errors["override"].text()
    assert dialog.stay.override.hasFocus()
    hands.key(Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.session.action_done):
        hands.key(Qt.Key.Key_Return)
    assert desk.hospital.bed("N-4").patient_id == desk.hospital.people[0]
