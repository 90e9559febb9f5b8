"""Letters act where the board has the focus, nowhere else, and can be switched off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.stations import Colleague, see
from wardbeds.domain.beds import BedStatus


@pytest.fixture
def to_clean(desk: Desk, qtbot: QtBot) -> Desk:
    """N-1 waits for cleaning and is selected."""
    colleague = Colleague(desk.hospital)
    colleague.admit(0, "N-1")
    colleague.move("N-1", "N-2")
    see(desk, qtbot)
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    return desk


def _status(desk: Desk) -> BedStatus:
    return desk.hospital.bed("N-1").status


def test_on_a_chip_a_letter_does_nothing(to_clean: Desk) -> None:
    page = to_clean.page
    for widget in (page.strip.chips[0], page.command_bar.print, page.command_bar.user):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_C)
        QTest.keyClick(widget, Qt.Key.Key_E)
        assert page.dialog is None
        assert to_clean.tasks.pending == 0
    assert _status(to_clean) is BedStatus.CLEANING


def test_on_the_board_it_acts(to_clean: Desk, qtbot: QtBot) -> None:
    to_clean.page.focus_board()
    with qtbot.waitSignal(to_clean.session.action_done):
        QTest.keyClick(to_clean.page.map, Qt.Key.Key_C)
    assert _status(to_clean) is BedStatus.AVAILABLE


def test_switched_off_no_letter_acts(to_clean: Desk) -> None:
    page = to_clean.page
    page.set_letter_keys(False)
    page.focus_board()
    for key in (Qt.Key.Key_C, Qt.Key.Key_E, Qt.Key.Key_N):
        QTest.keyClick(page.map, key)
    assert page.dialog is None
    assert to_clean.tasks.pending == 0
    assert _status(to_clean) is BedStatus.CLEANING
