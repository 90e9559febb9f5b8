"""Enter presses the button that the keyboard is on, and a key held down answers no question it has itself asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.gui.conftest import Desk
from tests.gui.openers import busy_ward, open_it, openers
from tests.support.forms import ByKeys
from tests.support.hands import Hands
from tests.support.printer import FilePrinter, plug_in
from tests.support.seat import Seat
from wardbeds.domain.stays import Outcome
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.discharge import DischargeDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.store.tables import metadata

RETURN = Qt.Key.Key_Return


@pytest.fixture
def ward(desk: Desk, qtbot: QtBot) -> Seat:
    """Something is there for every verb."""
    busy_ward(desk, qtbot)
    desk.page.window().activateWindow()
    return Seat(desk, Hands(desk.page), qtbot)


def _everything(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    with desk.store.reading() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


@pytest.mark.parametrize(("what", "name"), openers(), ids=[name for _what, name in openers()])
def test_enter_on_cancel_cancels(ward: Seat, what: str, name: str) -> None:
    desk = ward.desk
    dialog = open_it(desk, ward.qtbot, what, name)
    ward.settle()
    before = _everything(desk)
    ByKeys(ward.hands, ward.settle).reach(dialog, dialog.cancel_button)
    ward.hands.key(RETURN)
    ward.settle()
    assert desk.page.dialog is None
    assert _everything(desk) == before


def test_enter_elsewhere_is_the_dialogs_own_button(ward: Seat) -> None:
    """Else the test above could pass where Enter does nothing at all but close."""
    open_it(ward.desk, ward.qtbot, "N-1", "DISCHARGE")
    ward.settle()
    ward.hands.key(RETURN)
    ward.settle()
    assert ward.beds()["N-1"] == "cleaning"


def test_enter_on_close_prints_nothing(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, tmp_path / "paper.pdf")
    seat.see()
    seat.hands.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = _preview(seat)
    for _tab in range(10):
        if preview.close_button.hasFocus():
            break
        seat.hands.key(Qt.Key.Key_Tab)
    assert preview.close_button.hasFocus()
    seat.hands.key(RETURN)
    seat.settle()
    assert not seat.desk.page.findChildren(PreviewDialog)
    assert not FilePrinter.paper.exists()


@pytest.mark.parametrize(("printer", "keys"), [(False, ("", "Enter")), (True, ("Enter", ""))])
def test_the_preview_has_one_button_on_enter(seat: Seat, printer: bool, keys: tuple[str, str], tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no printer that is the PDF."""
    if printer:
        plug_in(monkeypatch, tmp_path / "paper.pdf")
    seat.see()
    seat.hands.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = _preview(seat)
    assert (preview.print_button.key, preview.pdf_button.key) == keys
    preview.reject()


def _preview(seat: Seat) -> PreviewDialog:
    def active() -> list[PreviewDialog]:
        return [one for one in seat.desk.page.findChildren(PreviewDialog) if one.isActiveWindow()]

    seat.qtbot.waitUntil(lambda: bool(active()))
    return active()[0]


# a key held down -------------------------------------------------------------------------------------------


def _died(ward: Seat) -> DischargeDialog:
    dialog = open_it(ward.desk, ward.qtbot, "N-1", "DISCHARGE")
    assert isinstance(dialog, DischargeDialog)
    ward.settle()
    dialog.outcome.choose(Outcome.DECEASED)
    assert dialog.primary.hasFocus()
    return dialog


def test_enter_held_records_no_death(ward: Seat) -> None:
    dialog = _died(ward)
    ward.hands.hold(RETURN)
    ward.settle()
    assert ward.desk.page.dialog is dialog
    assert dialog.primary.text() == "Yes, record the death"
    assert ward.beds()["N-1"] == "Uwimana"


def test_a_second_enter_records_no_death(ward: Seat) -> None:
    """What cannot be undone is not on Enter: the keyboard is on Cancel then."""
    dialog = _died(ward)
    ward.hands.key(RETURN)
    assert dialog.cancel_button.hasFocus()
    assert dialog.primary.key == ""
    ward.hands.key(RETURN)
    ward.settle()
    assert ward.desk.page.dialog is None
    assert ward.beds()["N-1"] == "Uwimana"


def test_a_death_is_confirmed_by_going_there(ward: Seat, calm: None) -> None:
    dialog = _died(ward)
    ward.hands.key(RETURN)
    ByKeys(ward.hands, ward.settle).press(dialog, dialog.primary)
    assert ward.desk.page.dialog is None
    assert ward.beds()["N-1"] == "cleaning"


def test_another_outcome_is_on_enter_again(ward: Seat) -> None:
    dialog = _died(ward)
    ward.hands.key(RETURN)
    dialog.outcome.choose(Outcome.STABLE)
    assert dialog.primary.key == "Enter"
    dialog.outcome.buttons[Outcome.STABLE].setFocus()
    ward.hands.key(RETURN)
    ward.settle()
    assert ward.beds()["N-1"] == "cleaning"


def test_enter_held_while_picking_moves_nobody(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.see()
    seat.hands.type("mn1")
    seat.settle()
    seat.hands.hold(RETURN)
    seat.settle()
    assert isinstance(seat.dialog, PlaceDialog)
    assert seat.beds() == {"N-1": "Uwimana"}


def test_enter_held_while_finding_admits_nobody(seat: Seat) -> None:
    seat.see()
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-2"])
    seat.hands.type("nuwim")
    dialog = seat.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    seat.qtbot.waitUntil(lambda: dialog.search.people.settled)
    seat.hands.hold(RETURN)
    seat.settle()
    assert seat.desk.page.dialog is dialog
    assert dialog.step is Step.STAY
    assert seat.beds() == {}


def test_while_something_is_sent_no_other_button_has_the_keyboard(ward: Seat) -> None:
    """Qt takes the keyboard from a disabled button to the next one, and Enter would press that."""
    dialog = open_it(ward.desk, ward.qtbot, "N-1", "DISCHARGE")
    ward.settle()
    assert dialog.primary.hasFocus()
    dialog.sending.begin()
    assert not isinstance(QApplication.focusWidget(), Button)
    ward.hands.key(RETURN)
    assert ward.desk.page.dialog is dialog
    dialog.sending.end()
    assert dialog.primary.hasFocus()
