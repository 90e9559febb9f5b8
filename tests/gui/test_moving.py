"""Placing, moving and transferring, by hand and through their dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
)
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import admit, press, select
from tests.gui.conftest import Desk, see
from wardbeds.domain.beds import BedStatus
from wardbeds.gui.dialogs.move import PlaceDialog


def test_drag_move_discharge_and_undo(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, 0)
    see(desk, qtbot)
    card = desk.page.rail.cards[0]
    target = desk.page.map.item_rect_global(desk.hospital.beds["N-1"]).center().toPoint()
    start, end = card.rect().center(), card.mapFromGlobal(target)
    with qtbot.waitSignal(desk.session.action_done):
        QTest.mousePress(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for n in range(1, 5):
            QTest.mouseMove(card, start + (end - start) * n / 4)
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[0]
    assert "Placed" in desk.page.work.last.text()
    assert "T-001" in desk.page.work.last.text()
    select(desk, "N-1")
    dialog = press(desk, "m")
    dialog.number.setText("n3")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-3").patient_id == desk.hospital.people[0]
    assert desk.hospital.bed("N-1").status is BedStatus.CLEANING
    select(desk, "N-3")
    dialog = press(desk, "d")
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-3").status is BedStatus.CLEANING
    with qtbot.waitSignal(desk.session.action_done):
        desk.page.work.last.undo.click()
    assert desk.hospital.bed("N-3").patient_id == desk.hospital.people[0]


def test_after_a_placement_from_a_dialog_its_bed_is_selected(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, 0)
    see(desk, qtbot)
    desk.page.selection.select_waiting(desk.hospital.people[0])
    dialog = press(desk, "a")
    field = dialog.first_focus()
    assert field is not None
    QTest.keyClicks(field, "n2")
    assert dialog.primary.text() == "Place in N-2"
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.page.selection.bed_id == desk.hospital.beds["N-2"]


def _moving(desk: Desk, qtbot: QtBot, key: str) -> tuple[PlaceDialog, QComboBox, QComboBox]:
    """The dialog for who lies in N-1, opened by a key; its wards and its reasons."""
    admit(desk, 0, "N-1")
    see(desk, qtbot)
    select(desk, "N-1")
    dialog = press(desk, key)
    assert isinstance(dialog, PlaceDialog)
    return dialog, dialog.ward, dialog.reason


def _goes_only_for(desk: Desk, qtbot: QtBot, dialog: PlaceDialog, reason: str) -> None:
    """Without a reason it is refused; with this one she is in S-1."""
    dialog.primary.click()
    assert "another ward" in dialog.summary.text()
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[0]
    dialog.reason.setCurrentIndex(dialog.reason.findText(reason))
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert desk.hospital.bed("S-1").patient_id == desk.hospital.people[0]


def test_a_transfer_goes_to_another_ward_for_a_reason(desk: Desk, qtbot: QtBot) -> None:
    dialog, ward, _reason = _moving(desk, qtbot, "t")
    assert [ward.itemText(n) for n in range(ward.count())] == ["South"]
    qtbot.waitUntil(lambda: dialog.primary.text() == "Transfer to S-1")
    _goes_only_for(desk, qtbot, dialog, "Higher care")


def test_a_move_to_another_ward_is_a_transfer_and_asks_why(desk: Desk, qtbot: QtBot) -> None:
    dialog, ward, reason = _moving(desk, qtbot, "m")
    assert reason.findText("Bed fault") > 0
    assert "*" not in dialog.fields.captions["reason"].text()
    reason.setCurrentIndex(reason.findText("Isolation"))
    ward.setCurrentIndex(ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.primary.text() == "Transfer to S-1")
    assert "*" in dialog.fields.captions["reason"].text()
    assert reason.findText("Bed fault") < 0
    assert reason.currentText() == "Isolation"  # which is a reason for both
    reason.setCurrentIndex(0)
    _goes_only_for(desk, qtbot, dialog, "Bed pressure")
