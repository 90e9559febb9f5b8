"""The panel beside the board on a wide window: reached, read, scrolled and copied from by the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.gui.test_details import ATTENDANT, PHONE, _phones
from tests.support.hands import Hands
from tests.support.stations import Colleague
from wardbeds.domain.requests import EditAdmission
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.facts import CopyButton
from wardbeds.gui.history import HistoryRow
from wardbeds.gui.inspector import Inspector
from wardbeds.services import editing


def _sweep() -> None:
    """What was shown before is taken away."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def wide(desk: Desk, qtbot: QtBot) -> Inspector:
    """Somebody with phones lies in N-1, which is selected on a wide window; her history is read."""
    Colleague(desk.hospital).admit(0, "N-1")
    _phones(desk.hospital)
    see(desk, qtbot)
    page = desk.page
    page.resize(1920, 1000)
    qtbot.waitUntil(page.inspector.isVisible)
    page.window().activateWindow()
    page.selection.select_bed(desk.hospital.beds["N-1"])
    page.focus_board()
    qtbot.waitUntil(lambda: page.inspector.panel._details is not None and page.map.hasFocus())
    _sweep()
    return page.inspector


@pytest.mark.parametrize("number", [0, 1, 2])
def test_enter_goes_there_and_esc_back(desk: Desk, wide: Inspector, number: int) -> None:
    page = desk.page
    page.show_view(number)
    hands = Hands(page)
    hands.key(Qt.Key.Key_Return)
    assert wide.hasFocus()
    assert wide.focus_frame.isVisible()
    assert page.dialog is None
    hands.key(Qt.Key.Key_Escape)
    assert (page.map, page.grid, page.list)[number].hasFocus()
    assert page.selected()[0] is not None


def test_a_button_inside_lets_esc_through(desk: Desk, wide: Inspector) -> None:
    next(one for one in wide.panel.findChildren(Button) if one.isEnabled()).setFocus()
    Hands(desk.page).key(Qt.Key.Key_Escape)
    assert desk.page.map.hasFocus()


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(("key", "number"), [("P", PHONE), ("A", ATTENDANT)])
def test_a_phone_is_copied_by_the_key_that_its_button_shows(desk: Desk, wide: Inspector, key: str, number: str,
                                                            there: bool) -> None:
    QApplication.clipboard().clear()
    if there:
        Hands(desk.page).key(Qt.Key.Key_Return)
    assert [one.key for one in wide.panel.findChildren(CopyButton) if number in one.accessibleName()] == [key]
    Hands(desk.page).key(Qt.Key[f"Key_{key}"])
    assert QApplication.clipboard().text() == number
    assert desk.page.notice.words.text() == f"Copied: {number}"
    assert desk.page.dialog is None


def test_other_letters_are_verbs_there_too(desk: Desk, wide: Inspector) -> None:
    hands = Hands(desk.page)
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_M)
    assert isinstance(desk.page.dialog, PlaceDialog)


def test_who_waits_is_placed_by_a_and_no_button_claims_it(desk: Desk, qtbot: QtBot, wide: Inspector) -> None:
    Colleague(desk.hospital).admit(1)
    see(desk, qtbot)
    desk.page.selection.select_waiting(desk.hospital.people[1])
    qtbot.waitUntil(lambda: wide.panel._details is not None)
    _sweep()
    letters = [one.key for one in wide.panel.findChildren(Button) if one.key == "A"]
    assert letters == ["A"]
    QApplication.clipboard().setText("before")
    Hands(desk.page).key(Qt.Key.Key_A)
    assert QApplication.clipboard().text() == "before"
    assert desk.page.dialog is not None


def test_the_attendant_of_who_waits_has_a_key_of_its_own(desk: Desk, qtbot: QtBot, wide: Inspector) -> None:
    hospital = desk.hospital
    Colleague(hospital).admit(1)
    waiting = hospital.board().waiting[0]
    editing.edit_admission(hospital.store, hospital.nurse, EditAdmission(
        patient_id=hospital.people[1], admission_id=waiting.admission_id, attendant_name="Paul",
        attendant_phone="+250788654321"))
    see(desk, qtbot)
    desk.page.selection.select_waiting(hospital.people[1])
    desk.page.focus_board()
    qtbot.waitUntil(lambda: wide.panel._details is not None)
    _sweep()
    assert [one.key for one in wide.panel.findChildren(CopyButton)] == ["F"]
    QApplication.clipboard().setText("before")
    Hands(desk.page).key(Qt.Key.Key_F)
    assert QApplication.clipboard().text() == ATTENDANT
    assert desk.page.dialog is None


def test_keys_scroll_to_the_end_of_the_history_and_back(desk: Desk, wide: Inspector) -> None:
    desk.page.resize(1920, 560)
    QApplication.processEvents()
    bar = wide.verticalScrollBar()
    assert bar.maximum() > 340  # else nothing would be proved
    hands = Hands(desk.page)
    hands.key(Qt.Key.Key_Return)
    bed = desk.page.selection.bed_id
    seen = [bar.value()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_End):
        hands.key(key)
        seen.append(bar.value())
    assert seen == [0, 40, 340, 40, 0, bar.maximum()]
    assert desk.page.selection.bed_id == bed
    assert not wide.panel.findChildren(HistoryRow)[-1].visibleRegion().isEmpty()


@pytest.mark.parametrize("way", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_f6_comes_by_and_goes_on(desk: Desk, wide: Inspector, way: Qt.KeyboardModifier) -> None:
    hands, page = Hands(desk.page), desk.page
    regions = [page.command_bar, page.strip, page.rail, page.views, page.inspector, page.work]
    passed = []
    for _step in range(8):
        hands.key(Qt.Key.Key_F6, way)
        focus = page.window().focusWidget()
        passed.append(next(one for one in regions if focus is not None and (one is focus or one.isAncestorOf(focus))))
    assert passed.count(wide) in (1, 2)
    after = passed[passed.index(wide) + 1]
    assert after is not wide


def test_it_says_whose_details_these_are(desk: Desk, wide: Inspector) -> None:
    assert wide.accessibleName() == "Details of N-1"
    desk.page.selection.select_bed(None)
    assert wide.accessibleName() == "Details"


def test_six_verbs_have_a_button_and_the_rest_a_menu(desk: Desk, qtbot: QtBot, wide: Inspector) -> None:
    panel = wide.panel
    offered = [offer.text for offer in desk.page.offers()]
    assert len(offered) > 6
    buttons = [one for one in panel.findChildren(Button) if not isinstance(one, CopyButton)]
    assert [one.text() for one in buttons if one.text() in offered] == offered[:6]
    (more,) = [one for one in buttons if one.accessibleName() == "More"]
    more.click()
    (menu,) = panel.findChildren(QMenu)
    assert [one.text().partition("\t")[0] for one in menu.actions()] == offered[6:]
    with qtbot.waitSignal(panel.verb_requested) as signal:
        menu.actions()[-1].trigger()
    assert signal.args == [desk.page.offers()[-1].verb]


def test_the_history_is_in_sight(desk: Desk, wide: Inspector) -> None:
    rows = wide.panel.findChildren(HistoryRow)
    assert rows
    assert rows[0].visibleRegion().boundingRect().height() == rows[0].height()
