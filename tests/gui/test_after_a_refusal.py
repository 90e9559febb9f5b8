"""A refusal beside the bed: what can be done, and when it is gone; nothing of one person is left for the next."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import admit, press, select
from tests.gui.conftest import Desk, see
from wardbeds.domain.beds import BedStatus


def _take(desk: Desk) -> None:
    desk.page.rail.take(desk.session.model.waiting[0])


def _dirty(desk: Desk, qtbot: QtBot) -> None:
    """N-1 waits for cleaning, somebody waits for a bed."""
    admit(desk, 0, "N-1")
    see(desk, qtbot)
    select(desk, "N-1")
    dialog = press(desk, "d")
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    admit(desk, 1)
    qtbot.waitUntil(lambda: len(desk.session.model.waiting) == 1)


def test_a_refusal_stands_beside_the_bed_moves_none_and_says_what_can_be_done(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    page, bed = desk.page, desk.hospital.beds["N-1"]
    before = page.map.item_rect_global(bed)
    _take(desk)
    page.engine.put_down(bed)
    assert page.popover.isVisible()
    assert "not clean yet" in page.popover.text()
    assert desk.session.model.waiting[0].person.hospital_number in page.popover.person.text()
    assert page.map.item_rect_global(bed) == before
    shown = page.popover.geometry().translated(page.mapToGlobal(QPoint(0, 0)))
    assert not shown.adjusted(13, 13, -13, -13).intersects(before.toRect())
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(page.map, Qt.Key.Key_C)
    assert not page.popover.isVisible()
    assert desk.hospital.bed("N-1").status is BedStatus.AVAILABLE
    assert page.engine.hand is not None
    with qtbot.waitSignal(desk.session.action_done):
        page.engine.put_down(bed)
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[1]


def test_escape_after_a_refusal_chooses_another_bed_and_then_puts_back(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    _take(desk)
    desk.page.engine.put_down(desk.hospital.beds["N-1"])
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert not desk.page.popover.isVisible()
    assert desk.page.engine.hand is not None
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert desk.page.engine.hand is None


def test_a_refusal_is_gone_for_whoever_signs_in_next(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    _take(desk)
    desk.page.engine.put_down(desk.hospital.beds["N-1"])
    assert desk.page.popover.isVisible()
    desk.session.sign_out()
    assert not desk.page.popover.isVisible()
    assert desk.page.engine.hand is None


def test_nothing_of_whoever_worked_here_is_left(desk: Desk, qtbot: QtBot) -> None:
    page = desk.page
    page.selection.select_bed(desk.hospital.beds["N-1"])
    page.command_bar.search.setText("uwimana")
    page.strip.chips[0].setChecked(True)
    page.bars.back.say("Connected. 3 changes by others while you were away.", "success")
    desk.session.sign_out()
    assert page.selection.bed_id is None
    assert page.command_bar.search.text() == ""
    assert not page.strip.filter()
    assert not page.bars.back.isVisible()
    assert page.others.line is None


def test_an_open_dialog_is_gone_for_whoever_signs_in_next(desk: Desk, qtbot: QtBot) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    press(desk, "b")
    desk.session.sign_out()
    assert desk.page.dialog is None


def test_a_refusal_is_gone_when_the_patient_is_put_back(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    _take(desk)
    desk.page.engine.put_down(desk.hospital.beds["N-1"])
    desk.page.engine.cancel()
    assert not desk.page.popover.isVisible()


def test_a_notice_moves_no_bed(desk: Desk) -> None:
    before = desk.page.map.item_rect_global(desk.hospital.beds["N-1"])
    desk.page.notice.say("This cannot be undone any more.")
    QApplication.processEvents()
    assert desk.page.notice.isVisible()
    assert desk.page.map.item_rect_global(desk.hospital.beds["N-1"]) == before
