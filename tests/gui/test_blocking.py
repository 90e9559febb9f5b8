"""Blocking: until when and who was told is asked, and seen on the large card, in the list and in the details."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import opened
from tests.gui.conftest import Desk
from tests.support.forms import required
from wardbeds.domain.blocking import Block
from wardbeds.gui import words
from wardbeds.gui.board.large_card import make_large_face
from wardbeds.gui.board.model import Column
from wardbeds.gui.dialogs.bed_state import BlockBedDialog
from wardbeds.gui.dialogs.details import DetailsDialog
from wardbeds.gui.verbs import Verb


@pytest.fixture
def dialog(desk: Desk) -> BlockBedDialog:
    """N-1 is to be blocked."""
    return opened(desk, "N-1", Verb.BLOCK, BlockBedDialog)


def test_what_was_said_is_shown_everywhere(desk: Desk, qtbot: QtBot, dialog: BlockBedDialog) -> None:
    back = words.today() + timedelta(days=3)
    dialog.reason.choose("mattress")
    dialog.note.setText("torn")
    dialog.back.setText(words.date_text(back))
    dialog.told.setChecked(True)
    with qtbot.waitSignal(desk.session.action_done):
        dialog._on_primary()
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    assert bed is not None
    assert bed.block == Block("mattress: torn", back, True)
    said = ["attress: torn", f"ack {words.date_text(back)}", "aintenance told"]
    face = " ".join(line.text for line in make_large_face(bed, (), 240, 132, 12).lines)
    model = desk.session.model
    note = model.index([one.id for one in model.beds].index(bed.id), list(Column).index(Column.NOTE)).data()
    for part in said:
        assert part in face
        assert part in note
    desk.page.selection.select_bed(bed.id)
    desk.page.show_details()
    details = desk.page.dialog
    assert isinstance(details, DetailsDialog)
    shown = [label.accessibleName() for label in details.findChildren(QLabel)]
    assert f"Expected back: {words.date_text(back)}" in shown
    assert "Maintenance: has been told" in shown


def test_both_may_be_left_out(desk: Desk, qtbot: QtBot, dialog: BlockBedDialog) -> None:
    dialog.reason.choose("lent")
    with qtbot.waitSignal(desk.session.action_done):
        dialog._on_primary()
    assert desk.hospital.bed("N-1").block_reason == "lent"


def test_all_that_is_wrong_is_said_at_once(dialog: BlockBedDialog) -> None:
    dialog.back.setText("next week")
    dialog._on_primary()
    assert dialog.fields.wrong() == ["reason", "expected_back"]
    dialog.back.setText(words.date_text(words.today() - timedelta(days=1)))
    dialog.reason.choose("mattress")
    dialog._on_primary()
    assert "over" in dialog.fields.errors["expected_back"].text()
    assert dialog.fields.wrong() == ["expected_back"]


def test_another_reason_is_said_in_words(desk: Desk, qtbot: QtBot, dialog: BlockBedDialog) -> None:
    dialog.reason.choose("other")
    assert "Note" in required(dialog)
    dialog.note.setText("  ")
    dialog.primary.click()
    assert not dialog.sending.busy
    assert dialog.fields.errors["note"].text() == dialog.summary.text() != ""
    dialog.reason.choose("mattress")  # which says enough
    assert "Note" not in required(dialog)
    assert not dialog.summary.isVisible()
    dialog.reason.choose("other")
    dialog.note.setText("ants")
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert desk.hospital.bed("N-1").block == Block("ants")
