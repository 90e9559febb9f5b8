"""The bar of UX g.3, counted by a recorder over the whole application: the board just opened, nothing selected, the
end read from the database or from what came out of the printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.forms import required
from tests.support.hands import Count, Hands, recorded
from tests.support.printer import FilePrinter, plug_in
from tests.support.seat import Seat
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import Sex
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.printing import action as printing
from wardbeds.services.reading import search_people

CONTROL = Qt.KeyboardModifier.ControlModifier


def _assign_drag(seat: Seat) -> None:
    seat.hands.drag(seat.waiting(), seat.card("N-2"))


def _assign_click(seat: Seat) -> None:
    seat.hands.click(seat.waiting())
    seat.hands.click(seat.card("N-2"))


def _assign_keys(seat: Seat) -> None:
    seat.hands.type("auwi")
    seat.enter()
    seat.hands.type("n2")
    seat.enter()


@pytest.mark.parametrize(("way", "bar"), [(_assign_drag, Count(drags=1)), (_assign_click, Count(clicks=2)),
                                          (_assign_keys, Count(keys=10))], ids=["drag", "clicks", "keys"])
def test_assign(seat: Seat, way: Callable[[Seat], None], bar: Count) -> None:
    seat.admit(0)
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        way(seat)
    assert seat.beds() == {"N-2": "Uwimana"}
    assert seat.desk.page.dialog is None
    _held(count, bar)


def _held(count: Count, bar: Count) -> None:
    """Each kind of action for itself: a drag is not paid for with keys."""
    assert count.actions > 0
    assert (count.clicks <= bar.clicks, count.drags <= bar.drags, count.keys <= bar.keys) == (True, True, True), count


def _move_drag(seat: Seat) -> None:
    seat.hands.drag(seat.card("N-1"), seat.card("N-2"))


def _move_click(seat: Seat) -> None:
    seat.hands.click(seat.sign("N-1"))
    seat.hands.click(seat.card("N-2"))


def _move_keys(seat: Seat) -> None:
    seat.hands.type("mn1")
    seat.enter()
    seat.hands.type("n2")
    seat.enter()


@pytest.mark.parametrize(("way", "bar"), [(_move_drag, Count(drags=1)), (_move_click, Count(clicks=2)),
                                          (_move_keys, Count(keys=10))], ids=["drag", "clicks", "keys"])
def test_move(seat: Seat, way: Callable[[Seat], None], bar: Count) -> None:
    seat.admit(0, "N-1")
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        way(seat)
    assert seat.beds() == {"N-1": "cleaning", "N-2": "Uwimana"}
    assert seat.desk.page.dialog is None
    _held(count, bar)


def _swap_drag(seat: Seat) -> None:
    seat.hands.drag(seat.card("N-1"), seat.card("N-2"))
    seat.hands.click(seat.dialog.primary)


def _swap_keys(seat: Seat) -> None:
    seat.hands.type("sn1")
    seat.enter()
    seat.hands.type("n2")
    seat.enter()
    seat.enter()


@pytest.mark.parametrize(("way", "bar"), [(_swap_drag, Count(drags=1, clicks=1)), (_swap_keys, Count(keys=10))],
                         ids=["drag", "keys"])
def test_swap(seat: Seat, way: Callable[[Seat], None], bar: Count) -> None:
    seat.admit(0, "N-1")
    seat.admit(1, "N-2")
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        way(seat)
    assert seat.beds() == {"N-1": "Kabera", "N-2": "Uwimana"}
    assert seat.desk.page.dialog is None
    _held(count, bar)


def test_discharge_in_three_actions(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.card("N-1"))
        seat.hands.type("d")
        seat.settle()
        seat.enter()
    assert seat.beds() == {"N-1": "cleaning"}
    assert seat.actions()[-1] == "discharged"
    assert 0 < count.actions <= 3


def test_admit_a_registered_patient_to_a_chosen_bed_in_ten_actions(seat: Seat) -> None:
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.card("N-2"))
        seat.hands.type("n")
        dialog = seat.dialog
        assert isinstance(dialog, AdmitPatientDialog)
        seat.hands.type("uwim")
        seat.qtbot.waitUntil(lambda: dialog.search.people.settled)
        seat.enter()
        seat.enter()
    assert seat.beds() == {"N-2": "Uwimana"}
    assert 0 < count.actions <= 10


MARKED = {"Family or Kinyarwanda name": "Zaninka", "Gender": "Female", "Born": "14-May-1988"}
"""What is given where a field is marked and does not hold anything yet."""


def test_a_new_patient_needs_four_fields_at_most(seat: Seat) -> None:
    """Counted at the dialog as it runs: what is marked, step by step; nothing else is given."""
    seat.see()
    seat.hands.type("n")
    dialog, hand = seat.dialog, seat.by_keys()
    assert isinstance(dialog, AdmitPatientDialog)
    hand.press(dialog, dialog.search.new)
    marked = required(dialog)
    assert marked == list(MARKED)
    for caption in marked:
        hand.fill(dialog, caption, MARKED[caption])
    seat.enter()
    marked += required(dialog)
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.enter()
    assert len(marked) == len(set(marked)) <= 4
    found = search_people(seat.desk.store, seat.desk.hospital.nurse, "Zaninka")
    assert [(one.person.last_name, one.person.sex, str(one.person.date_of_birth)) for one in found] == [
        ("Zaninka", Sex.FEMALE, "1988-05-14")]
    assert seat.waits() == ["Zaninka"]


@pytest.mark.parametrize("left_out", list(MARKED))
def test_what_is_marked_is_required(seat: Seat, left_out: str) -> None:
    """Else the mark would be a lie, and the count above of no worth."""
    seat.see()
    seat.hands.type("n")
    dialog, hand = seat.dialog, seat.by_keys()
    assert isinstance(dialog, AdmitPatientDialog)
    hand.press(dialog, dialog.search.new)
    for caption in required(dialog):
        if caption != left_out:
            hand.fill(dialog, caption, MARKED[caption])
    seat.enter()
    assert dialog.summary.isVisible()
    assert left_out in required(dialog)  # the same step
    assert seat.waits() == []


def test_print_in_three_keys(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl, P, Enter: the sheet lies in the printer, and the station's access stream says who printed."""
    plug_in(monkeypatch, tmp_path / "paper.pdf")
    seat.admit(0, "N-1")
    seat.see()
    assert seat.actions("access").count("sheet_printed") == 0
    page = seat.desk.page
    with recorded() as count:
        seat.hands.key(Qt.Key.Key_P, CONTROL)
        seat.qtbot.waitUntil(lambda: any(one.isActiveWindow() for one in page.findChildren(printing.PreviewDialog)))
        assert not FilePrinter.paper.exists()  # the preview is no print
        seat.enter()
    assert count == Count(keys=3)
    assert not any(one.isVisible() for one in page.findChildren(printing.PreviewDialog))
    paper = "".join(sheet.extract_text() for sheet in PdfReader(FilePrinter.paper).pages)
    for said in ("North", "N-1", "UWIMANA", "T-001"):
        assert said in paper
    assert seat.actions("access").count("sheet_printed") == 1


@pytest.mark.parametrize("way", ["click", "keys"])
def test_undo_in_one_action(seat: Seat, way: str) -> None:
    """One click; or Ctrl+Z, which is one chord."""
    seat.admit(0, "N-1")
    seat.see()
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.drag(seat.card("N-1"), seat.card("N-2"))
    assert seat.beds() == {"N-1": "cleaning", "N-2": "Uwimana"}
    seat.settle()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        if way == "click":
            seat.hands.click(seat.desk.page.work.last.undo)
        else:
            seat.hands.key(Qt.Key.Key_Z, CONTROL)
    assert seat.beds() == {"N-1": "Uwimana"}
    assert count == (Count(clicks=1) if way == "click" else Count(keys=2))


def test_clean_done_in_one_action(seat: Seat) -> None:
    """Nothing is selected before, either."""
    seat.admit(0, "N-1")
    seat.discharge(0, "N-1")
    seat.see()
    assert seat.beds() == {"N-1": "cleaning"}
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.sign("N-1"))
    assert seat.desk.hospital.bed("N-1").status is BedStatus.AVAILABLE
    assert seat.actions()[-1] == "cleaned"
    assert count == Count(clicks=1)


def test_the_recorder_counts(qtbot: QtBot) -> None:
    widget = QWidget()
    widget.resize(200, 200)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    hands = Hands(widget)
    with recorded() as count:
        hands.click(widget)
        hands.drag(widget.mapToGlobal(QPoint(10, 10)), widget.mapToGlobal(QPoint(150, 150)))
        hands.type("aB")
        hands.key(Qt.Key.Key_P, CONTROL)
    assert (count.clicks, count.drags, count.keys) == (1, 1, 5)


def test_the_recorder_counts_over_all_windows(qtbot: QtBot) -> None:
    """A preview, a menu, a file dialog are windows of their own."""
    first, second = QWidget(), QWidget()
    for one in (first, second):
        one.resize(200, 200)
        qtbot.addWidget(one)
        one.show()
        qtbot.waitExposed(one)
    with recorded() as count:
        for one in (first, second):
            one.activateWindow()
            Hands(one).click(one)
            Hands(one).key(Qt.Key.Key_Return)
    assert (count.clicks, count.drags, count.keys) == (2, 0, 2)
