"""Clean done after isolation: one question with two answers, from wherever it is said; without isolation none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt

from tests.support.seat import Seat
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, Override, SeenBed
from wardbeds.gui.dialogs.disinfected import DisinfectedDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting, reading


def _isolated(seat: Seat) -> None:
    """N-1 waits for cleaning after somebody in isolation."""
    hospital = seat.desk.hospital
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1")),
        needs=("isolation",), override=Override(warnings=(Warned.ISOLATION,), reason="No other bed is free")))
    seat.discharge(0, "N-1")
    seat.see()


def _by_map(seat: Seat) -> None:
    seat.hands.click(seat.sign("N-1"))


def _by_grid(seat: Seat) -> None:
    page = seat.desk.page
    page.show_view(1)
    seat.settle()
    rect = page.grid.item_rect_global(seat.desk.hospital.beds["N-1"])
    seat.hands.click((rect.topRight() + QPointF(-16, 16)).toPoint())


def _by_list(seat: Seat) -> None:
    seat.desk.page.show_view(2)
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.settle()
    seat.desk.page.list.setFocus()
    seat.hands.type("c")


def _by_button(seat: Seat) -> None:
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.settle()
    seat.desk.page.work.verb_requested.emit(Verb.CLEAN)


WAYS = [_by_map, _by_grid, _by_list, _by_button]


def _asked(seat: Seat) -> DisinfectedDialog:
    seat.qtbot.waitUntil(lambda: isinstance(seat.desk.page.dialog, DisinfectedDialog))
    dialog = seat.desk.page.dialog
    assert isinstance(dialog, DisinfectedDialog)
    seat.qtbot.waitUntil(dialog.cancel_button.hasFocus)
    return dialog


@pytest.mark.parametrize("way", WAYS, ids=[way.__name__[4:] for way in WAYS])
def test_yes_is_kept_and_the_bed_is_free(seat: Seat, way: Callable[[Seat], None]) -> None:
    _isolated(seat)
    way(seat)
    _asked(seat)
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.type("y")
    assert seat.desk.hospital.bed("N-1").status is BedStatus.AVAILABLE
    line = reading.bed_history(seat.desk.store, seat.desk.hospital.nurse, seat.desk.hospital.beds["N-1"])[0]
    assert line.disinfected


@pytest.mark.parametrize("key", ["n", "enter", "escape"])
def test_no_leaves_the_bed_to_clean(seat: Seat, key: str) -> None:
    """Enter, too: it lies on the answer that changes nothing."""
    _isolated(seat)
    _by_map(seat)
    _asked(seat)
    if key == "n":
        seat.hands.type("n")
    else:
        seat.hands.key(Qt.Key.Key_Escape if key == "escape" else Qt.Key.Key_Return)
    assert seat.desk.page.dialog is None
    assert seat.desk.hospital.bed("N-1").status is BedStatus.CLEANING
    assert ("stays to clean" in seat.desk.page.notice.text()) == (key != "escape")


def test_without_isolation_nothing_is_asked(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.discharge(0, "N-1")
    seat.see()
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        _by_map(seat)
    assert seat.desk.page.dialog is None
    assert seat.desk.hospital.bed("N-1").status is BedStatus.AVAILABLE


def test_done_earlier_asks_when_as_well(seat: Seat) -> None:
    _isolated(seat)
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.settle()
    seat.desk.page.do(Verb.EARLIER)
    dialog = _asked(seat)
    assert dialog.at is not None
    assert dialog.at.isVisible()
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(dialog.primary)
    assert seat.desk.hospital.bed("N-1").status is BedStatus.AVAILABLE


def test_pressed_twice_it_is_asked_once(seat: Seat) -> None:
    _isolated(seat)
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.settle()
    for _twice in range(2):
        seat.desk.page.do(Verb.CLEAN)
    _asked(seat)
    seat.settle()
    assert len(seat.desk.page.findChildren(DisinfectedDialog)) == 1


def test_pressed_twice_without_a_question_it_is_done_once(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.discharge(0, "N-1")
    seat.see()
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.settle()
    started: list[object] = []
    seat.desk.session.action_started.connect(started.append)
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        for _twice in range(2):
            seat.desk.page.do(Verb.CLEAN)
    seat.settle()
    assert len(started) == 1
    assert not seat.desk.page.notice.isVisible()
