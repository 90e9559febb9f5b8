"""Without a connection nothing that writes can be pressed, by any way, and each says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.gui.openers import AT_ONCE, busy_ward, open_it, openers, select
from tests.support.hands import Hands
from tests.support.stations import cut, mend
from wardbeds.gui.controls import Button
from wardbeds.gui.verbs import Verb

WHY = "No connection"
HARMLESS = {"", "Cancel", "Close", "Keep it", "Go back", "Back", "Choose…", "New patient", "Identity not known",
            "Phone, national ID, attendant", "Make the rooms", "Another room", "Different",
            "Use this patient", "Save the refused rows…"}
"""They change what the dialog shows, not the database."""


@pytest.fixture
def ward(desk: Desk, qtbot: QtBot) -> Desk:
    return busy_ward(desk, qtbot)


def _menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _says_why_not(action: QAction) -> bool:
    return not action.isEnabled() and WHY in action.toolTip()


@pytest.mark.parametrize("what", ["N-1", "N-2", "N-3", "N-4", "waiting"])
def test_keys_menus_and_buttons(ward: Desk, qtbot: QtBot, what: str) -> None:
    page = ward.page
    cut(ward)
    assert not page.command_bar.admit.isEnabled()
    assert WHY in page.command_bar.admit.toolTip()
    assert not page.work.last.undo.isEnabled()
    select(ward, what)
    buttons = [one for one in page.work.buttons if one.text()]
    assert buttons
    assert all(not one.isEnabled() and WHY in one.toolTip() for one in buttons)
    page.show_menu(page.mapToGlobal(QPoint(600, 200)))
    entries = _menu().actions()
    assert entries
    assert all(_says_why_not(one) for one in entries)
    _menu().close()
    before = ward.hospital.board().revision
    for verb in Verb:
        page.notice.hide()
        page.do(verb)
        assert page.dialog is None, verb
    QTest.keyClick(page.map, Qt.Key.Key_N)
    assert page.dialog is None
    assert WHY in page.notice.text()
    assert ward.hospital.board().revision == before


def test_the_house_menu_keeps_its_entries_and_says_why_not(ward: Desk, qtbot: QtBot) -> None:
    page = ward.page
    cut(ward)
    page._user_menu()
    entries = {one.text(): one for one in _menu().actions()}
    for text in ("Set up North…", "New ward…", "Close North…", "People…", "Import lists…", "Export…",
                 "Take back a discharge…"):
        assert _says_why_not(entries[text]), text
    for text in ("Connection…", "Light", "About Wardbeds"):
        assert entries[text].isEnabled()
    _menu().close()
    mend(ward, qtbot)
    page._user_menu()
    assert all(one.isEnabled() for one in _menu().actions() if one.text())
    _menu().close()


def test_a_drag_from_bed_and_rail_reads_why_not(ward: Desk, qtbot: QtBot) -> None:
    page, hands = ward.page, Hands(ward.page)
    cut(ward)
    for _round in range(3):
        QApplication.processEvents()  # the banner takes the place of the chips
    before = ward.hospital.board().revision
    card = page.rail.cards[0]
    free = page.map.item_rect_global(ward.hospital.beds["N-4"]).center().toPoint()
    for start in (card.mapToGlobal(QPoint(40, 20)),
                  page.map.item_rect_global(ward.hospital.beds["N-1"]).center().toPoint()):
        hands.press(start)
        hands.move(start + (free - start) / 2)
        hands.move(free)
        assert "read-only" in page.pilot.ghost.reason
        hands.release(free)
        assert page.dialog is None
        assert page.engine.hand is None
    assert ward.hospital.board().revision == before


def test_what_a_refusal_offers_goes_with_the_connection(ward: Desk, qtbot: QtBot) -> None:
    page = ward.page
    page.rail.take(ward.session.model.waiting[0])
    page.engine.put_down(ward.hospital.beds["N-3"])
    assert page.popover.isVisible()
    cut(ward)
    assert not page.popover.isVisible()


def test_every_verb_that_asks_something_is_opened_here() -> None:
    assert {name for what, name in openers() if what} | AT_ONCE == {verb.name for verb in Verb}


@pytest.mark.parametrize(("what", "name"), openers(), ids=[name for _what, name in openers()])
def test_a_dialog_opened_before_waits(ward: Desk, qtbot: QtBot, what: str, name: str) -> None:
    dialog = open_it(ward, qtbot, what, name)
    before = ward.hospital.board().revision
    cut(ward)
    assert not dialog.primary.isEnabled()
    assert WHY in dialog.primary.toolTip()
    pressable = {one.text() for one in dialog.findChildren(Button) if one.isVisible() and one.isEnabled()}
    assert {text for text in pressable if not text.startswith("With: ")} <= HARMLESS
    cancels = ward.page.window().focusWidget() is dialog.cancel_button
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert ward.page.dialog is (None if cancels else dialog)
    assert ward.hospital.board().revision == before
    if not cancels:
        dialog.reject()
