"""Somebody is refused on a bed that is not clean: it can be held, and then for her, whoever waits before her."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hands import Hands
from tests.support.seat import Seat
from tests.support.stations import Colleague, see
from wardbeds.domain.people import Person
from wardbeds.domain.requests import HoldBed, SeenBed
from wardbeds.gui.dialogs.bed_state import ReserveBedDialog
from wardbeds.gui.dialogs.pick import PickDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services.bed_states import hold_bed

WAYS = ("click", "bed", "drag")


@pytest.fixture
def ward(desk: Desk, qtbot: QtBot) -> Desk:
    """N-1 is to be cleaned, the first person waits before the second, the third lies in N-2."""
    colleague = Colleague(desk.hospital)
    colleague.admit(0, "N-1")
    colleague.discharge("N-1")
    for person in (0, 1):
        colleague.admit(person)
    colleague.admit(2, "N-2")
    see(desk, qtbot)
    desk.page.window().activateWindow()
    qtbot.waitUntil(desk.page.window().isActiveWindow)
    assert [one.person.patient_id for one in desk.session.model.waiting] == desk.hospital.people[:2]
    return desk


def _refused(ward: Desk, way: str) -> Person:
    """Whoever is let go over N-1: not the first who waits."""
    engine, bed = ward.page.engine, ward.hospital.beds["N-1"]
    if way == "bed":
        lying = ward.session.model.bed_by_id(ward.hospital.beds["N-2"])
        assert lying is not None
        engine.pick_up_bed(lying)
    else:
        ward.page.rail.take(ward.session.model.waiting[1])
    assert engine.hand is not None
    person = engine.hand.person
    engine.put_down(bed, keep=way != "drag")
    return person


def _steps(ward: Desk) -> list[tuple[str, str]]:
    return [(step.text, step.key) for step in ward.page.popover.steps]


def _reserve(ward: Desk) -> ReserveBedDialog:
    dialog = ward.page.dialog
    assert isinstance(dialog, ReserveBedDialog)
    return dialog


def _held_for(ward: Desk, number: str = "N-1") -> int | None:
    hold = ward.hospital.bed(number).hold
    return hold.person.patient_id if hold is not None and hold.person is not None else None


@pytest.mark.parametrize("way", WAYS)
def test_the_hold_is_for_who_was_refused(ward: Desk, qtbot: QtBot, way: str) -> None:
    """R and Enter, as fast as anybody can."""
    person = _refused(ward, way)
    assert ("Hold for this patient", "R") in _steps(ward)
    hands = Hands(ward.page)
    ward.page.focus_board()
    hands.type("r")
    dialog = _reserve(ward)
    qtbot.waitUntil(dialog.who.hasFocus)
    assert dialog.who.value == str(person.patient_id)
    assert dialog.who.current_row() == 0
    assert dialog.banner is not None and person.hospital_number in dialog.banner.visible_texts()
    with qtbot.waitSignal(ward.session.action_done):
        hands.key(Qt.Key.Key_Return)
    assert _held_for(ward) == person.patient_id
    assert ward.page.engine.hand is None


def test_what_was_typed_for_somebody_else_is_not_put_back(ward: Desk, qtbot: QtBot) -> None:
    """Neither from the bed's own dialog nor from an earlier hold for this patient in which another was chosen."""
    first = str(ward.hospital.people[0])
    ward.page.selection.select_bed(ward.hospital.beds["N-1"])
    ward.page.do(Verb.RESERVE)
    for _time in range(2):
        _reserve(ward).who.choose(first)
        _reserve(ward).reject()
        person = _refused(ward, "click")
        ward.page.popover.press("R")
        assert _reserve(ward).who.value == str(person.patient_id) != first


def test_who_has_a_bed_kept_is_not_offered_a_second(ward: Desk, qtbot: QtBot) -> None:
    Colleague(ward.hospital).hold("N-4", 1)
    see(ward, qtbot)
    _refused(ward, "click")
    assert _steps(ward) == [("Clean done", "C")]


def test_who_has_a_bed_kept_elsewhere_is_not_chosen_and_nobody_is_in_her_place(ward: Desk, qtbot: QtBot) -> None:
    hold_bed(ward.store, ward.hospital.nurse, HoldBed(
        bed=SeenBed.of(ward.hospital.bed("S-1")), patient_id=ward.hospital.people[1],
        until=datetime.now(UTC) + timedelta(hours=2)))
    see(ward, qtbot)
    _refused(ward, "click")
    ward.page.popover.press("R")
    dialog = _reserve(ward)
    qtbot.waitUntil(lambda: dialog.who.value == "")
    assert "S-1 is held until" in dialog.summary.text()
    dialog.primary.click()
    assert dialog.summary.text() == "Choose whom the bed is for."
    assert _held_for(ward) is None


def test_who_waits_is_chosen_first_and_the_bed_then(ward: Desk, qtbot: QtBot) -> None:
    """R on somebody in the waiting list asks which bed, and keeps it for her."""
    seat = Seat(ward, Hands(ward.page), qtbot)
    ward.page.selection.select_waiting(ward.hospital.people[1])
    ward.page.focus_board()
    seat.press(Verb.RESERVE)
    assert isinstance(seat.dialog, PickDialog)
    assert seat.dialog.banner is not None
    seat.hands.type("n4")
    seat.enter()
    assert _reserve(ward).who.value == str(ward.hospital.people[1])
    seat.enter()
    assert _held_for(ward, "N-4") == ward.hospital.people[1]
