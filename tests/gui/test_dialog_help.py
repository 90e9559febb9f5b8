"""F1 says what can be done where one is: in a dialog, over it, and nothing that was typed is lost by it."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.openers import busy_ward, open_it, openers
from tests.support.seat import Seat
from wardbeds import gui
from wardbeds.gui.dialogs.about_dialogs import about, abouts
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.dialog_help import DialogHelp, on_top
from wardbeds.gui.dialogs.discharge import DischargeDialog
from wardbeds.gui.dialogs.help import HelpDialog
from wardbeds.gui.dialogs.reading import ReadingDialog
from wardbeds.gui.dialogs.station_choice import StationChoiceDialog
from wardbeds.gui.verbs import Verb

F1 = Qt.Key.Key_F1


@pytest.fixture
def typed(seat: Seat) -> DischargeDialog:
    """A discharge with a note half written, the keyboard in it."""
    seat.admit(0, "N-1")
    seat.see()
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.press(Verb.DISCHARGE)
    dialog = seat.dialog
    assert isinstance(dialog, DischargeDialog)
    seat.by_keys().fill(dialog, "Note", "walks again")
    assert dialog.note.hasFocus()
    return dialog


def _said(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def _help(dialog: Dialog, qtbot: QtBot) -> DialogHelp:
    shown = on_top(dialog)
    assert isinstance(shown, DialogHelp)
    qtbot.waitUntil(shown.primary.hasFocus)
    return shown


@pytest.mark.parametrize("away", [Qt.Key.Key_Return, Qt.Key.Key_Escape, F1])
def test_help_is_about_the_dialog_and_what_was_typed_is_there_again(seat: Seat, typed: DischargeDialog,
                                                                     away: Qt.Key) -> None:
    seat.hands.key(F1)
    shown = _help(typed, seat.qtbot)
    said = _said(shown)
    assert "Say how the stay ended" in said
    assert "“Discharge from N-1”" in said
    assert "“Left at” is the present" in said
    assert "there again when you open it next" in said
    seat.hands.key(away)
    seat.settle()
    assert seat.desk.page.dialog is typed
    assert on_top(typed) is typed
    assert typed.note.toPlainText() == "walks again"
    assert typed.note.hasFocus()
    seat.hands.type("!")
    assert typed.note.toPlainText() == "walks again!"
    assert seat.beds() == {"N-1": "Uwimana"}


def test_no_key_and_no_click_goes_through_to_the_dialog(seat: Seat, typed: DischargeDialog) -> None:
    seat.hands.key(F1)
    shown = _help(typed, seat.qtbot)
    for key in (Qt.Key.Key_D, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Down):
        seat.hands.key(key)
        seat.settle()
        if on_top(typed) is typed:  # Space has pressed Close
            seat.hands.key(F1)
            shown = _help(typed, seat.qtbot)
    assert typed.note.toPlainText() == "walks again"
    seat.hands.click(typed.primary.mapToGlobal(typed.primary.rect().center()))
    seat.settle()
    assert on_top(typed) in (shown, typed)
    assert seat.beds() == {"N-1": "Uwimana"}
    assert seat.desk.page.dialog is typed


def test_keys_that_come_to_the_board_go_to_the_help(seat: Seat, typed: DischargeDialog) -> None:
    """Wherever the keyboard has got to: Esc closes what lies on top."""
    seat.hands.key(F1)
    _help(typed, seat.qtbot)
    seat.desk.page.setFocus()
    seat.hands.key(Qt.Key.Key_Escape)
    assert on_top(typed) is typed
    assert seat.desk.page.dialog is typed


def test_while_something_is_sent_its_answer_is_waited_for(seat: Seat, typed: DischargeDialog) -> None:
    typed.sending.begin()
    seat.hands.key(F1)
    assert on_top(typed) is typed
    typed.sending.end()


def test_f1_in_the_help_of_the_board_takes_it_away(seat: Seat) -> None:
    seat.see()
    seat.hands.key(F1)
    assert isinstance(seat.dialog, HelpDialog)
    seat.hands.key(F1)
    assert seat.desk.page.dialog is None


@pytest.mark.parametrize(("what", "name"), openers(), ids=[name for _what, name in openers()])
def test_every_dialog_answers_f1(seat: Seat, what: str, name: str) -> None:
    busy_ward(seat.desk, seat.qtbot)
    dialog = open_it(seat.desk, seat.qtbot, what, name)
    seat.settle()
    seat.hands.key(F1)
    said = _said(_help(dialog, seat.qtbot))
    assert about(dialog) in said
    assert dialog.primary.text() in said
    assert ("Enter does what the button says" in said) == (dialog.primary.key == "Enter")


def test_each_kind_of_dialog_has_its_words() -> None:
    for module in pkgutil.walk_packages(gui.__path__, "wardbeds.gui."):
        importlib.import_module(module.name)
    kinds, found = [Dialog], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("wardbeds.") and not issubclass(kind, ReadingDialog):
            found.add(kind.__name__)
    assert found - {Dialog.__name__, StationChoiceDialog.__name__} == set(abouts())


def test_f1_in_the_details_is_about_them(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.see()
    page = seat.desk.page
    page.resize(1920, 1000)
    seat.qtbot.waitUntil(page.inspector.isVisible)
    page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    page.show_details()
    assert page.inspector.hasFocus()
    seat.hands.key(F1)
    assert "Everything about the bed or the patient" in _said(seat.dialog)
    seat.hands.key(Qt.Key.Key_Escape)
    page.focus_board()
    seat.hands.key(F1)
    assert "Drag a patient onto a bed" in _said(seat.dialog)
