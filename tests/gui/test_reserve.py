"""Reserving: all who wait can be chosen, told apart by more than the name, and the banner says who it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import opened
from tests.gui.conftest import Desk, see
from tests.support.hands import Hands
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, HoldBed, NewPerson, SeenBed
from wardbeds.gui.dialogs.bed_state import ReserveBedDialog
from wardbeds.gui.rows import DETAIL
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.bed_states import hold_bed


@pytest.fixture
def reserve(desk: Desk, qtbot: QtBot) -> ReserveBedDialog:
    """Six of one name wait; N-4 is to be kept for one of them."""
    hospital = desk.hospital
    for n in range(6):
        admit_patient(hospital.store, hospital.nurse, AdmitPatient(ward_id=hospital.wards["North"], person=NewPerson(
            last_name="Mbonimpa", first_name="Jean", sex=Sex.MALE, date_of_birth=date(1970 + n, 1, 1),
            hospital_number=f"W-{n}")))
    see(desk, qtbot)
    desk.page.window().activateWindow()
    desk.page.selection.select_bed(hospital.beds["N-4"])
    desk.page.do(Verb.RESERVE)
    dialog = desk.page.dialog
    assert isinstance(dialog, ReserveBedDialog)
    qtbot.waitUntil(dialog.who.hasFocus)
    return dialog


def _shown(dialog: ReserveBedDialog) -> list[str]:
    banner = dialog.banner
    return banner.visible_texts() if banner is not None and banner.isVisible() else []


def test_all_who_wait_are_there_each_with_the_number(reserve: ReserveBedDialog) -> None:
    details = [str(reserve.who.model().index(n, 0).data(DETAIL)) for n in range(reserve.who.count() - 2)]
    assert {detail.split()[0] for detail in details} == {f"W-{n}" for n in range(6)}
    assert reserve.who.verticalScrollBar().maximum() > 0
    assert reserve.scroll_area.verticalScrollBar().maximum() == 0


def test_the_banner_says_for_whom(desk: Desk, reserve: ReserveBedDialog, qtbot: QtBot) -> None:
    hands = Hands(desk.page)
    first, second = (one.person for one in desk.session.model.waiting[:2])
    assert _shown(reserve) == []
    hands.key(Qt.Key.Key_Down)
    assert first.hospital_number in _shown(reserve)
    hands.key(Qt.Key.Key_Down)
    assert second.hospital_number in _shown(reserve)
    hands.key(Qt.Key.Key_End)
    assert reserve.who.value == "text"
    assert _shown(reserve) == []
    hands.key(Qt.Key.Key_Up)
    assert _shown(reserve) == []
    reserve.people.field.setText("kabera")
    qtbot.waitUntil(lambda: reserve.people.current() is not None)
    assert "T-002" in _shown(reserve)
    reserve.who.choose(str(second.patient_id))
    assert second.hospital_number in _shown(reserve)
    with qtbot.waitSignal(desk.session.action_done):
        hands.key(Qt.Key.Key_Return)
    hold = desk.hospital.bed("N-4").hold
    assert hold is not None and hold.person is not None
    assert hold.person.patient_id == second.patient_id


def test_enter_keeps_the_bed_for_nobody_who_was_not_chosen(desk: Desk, reserve: ReserveBedDialog,
                                                           qtbot: QtBot) -> None:
    """Neither when the keyboard comes to the list, nor after it has come back; an arrow key chooses."""
    hands = Hands(desk.page)
    for _time in range(2):
        assert reserve.who.value == ""
        hands.key(Qt.Key.Key_Return)
        assert reserve.summary.text() == "Choose whom the bed is for."
        assert desk.tasks.pending == 0
        reserve.primary.setFocus()
        reserve.who.setFocus()
    assert desk.hospital.bed("N-4").hold is None
    hands.key(Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.session.action_done):
        hands.key(Qt.Key.Key_Return)
    hold = desk.hospital.bed("N-4").hold
    assert hold is not None and hold.person is not None
    assert hold.person.patient_id == desk.session.model.waiting[0].person.patient_id


def _hold(desk: Desk, number: str, patient_id: int) -> None:
    """Another station keeps a bed for somebody."""
    hold_bed(desk.store, replace(desk.hospital.nurse, station="station-2"), HoldBed(
        bed=SeenBed.of(desk.hospital.bed(number)), patient_id=patient_id,
        until=datetime.now(UTC) + timedelta(hours=2)))


def _reserve(desk: Desk) -> ReserveBedDialog:
    return opened(desk, "N-4", Verb.RESERVE, ReserveBedDialog)


def _why_not(dialog: ReserveBedDialog, patient_id: int) -> str:
    return next(row.why_not for row in dialog.who.items if row.data == str(patient_id))


@pytest.mark.parametrize("number", ["N-1", "S-1"])
def test_who_has_a_bed_kept_already_is_shown_and_cannot_be_chosen(desk: Desk, qtbot: QtBot, number: str) -> None:
    """In this ward, which the board shows, and in another, which it does not."""
    hospital = desk.hospital
    for person in hospital.people[:2]:
        admit_patient(hospital.store, hospital.nurse, AdmitPatient(ward_id=hospital.wards["North"], person=person))
    _hold(desk, number, hospital.people[0])
    see(desk, qtbot)
    dialog = _reserve(desk)
    qtbot.waitUntil(lambda: bool(_why_not(dialog, hospital.people[0])))
    assert number in _why_not(dialog, hospital.people[0])
    assert _why_not(dialog, hospital.people[1]) == ""
    assert dialog.who.value == ""
    assert str(hospital.people[0]) not in dialog.who.values()
    hands = Hands(desk.page)
    qtbot.waitUntil(dialog.who.hasFocus)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        hands.key(key)
        assert dialog.who.value in dialog.who.values()
    dialog.who.choose(str(hospital.people[0]))
    assert dialog.who.value != str(hospital.people[0])


def test_who_is_found_and_has_a_bed_kept_cannot_be_chosen(desk: Desk, qtbot: QtBot) -> None:
    hospital = desk.hospital
    _hold(desk, "S-1", hospital.people[0])
    dialog = _reserve(desk)
    qtbot.waitUntil(lambda: bool(dialog.kept.why_not(hospital.people[0])))
    dialog.who.choose("search")
    dialog.people.field.setText("T-00")
    qtbot.waitUntil(lambda: dialog.people.settled and dialog.people.list.count() > 1)
    found = {one.person.patient_id for one in dialog.people._found}
    assert hospital.people[0] in found
    assert dialog.people.current() is not None  # the first who can be
    for row in range(dialog.people.list.count()):
        dialog.people.list.choose(row)
        current = dialog.people.current()
        assert current is not None
        assert current.person.patient_id != hospital.people[0]


def test_a_bed_kept_meanwhile_takes_the_choice_back(desk: Desk, qtbot: QtBot) -> None:
    hospital = desk.hospital
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(ward_id=hospital.wards["North"],
                                                               person=hospital.people[0]))
    see(desk, qtbot)
    dialog = _reserve(desk)
    dialog.who.choose(str(hospital.people[0]))
    _hold(desk, "N-1", hospital.people[0])
    qtbot.waitUntil(lambda: dialog.who.value != str(hospital.people[0]))
    assert "N-1 is held until" in dialog.summary.text()


def test_a_hold_that_ended_hinders_nobody(desk: Desk, qtbot: QtBot) -> None:
    hospital = desk.hospital
    _hold(desk, "S-1", hospital.people[0])
    dialog = _reserve(desk)
    qtbot.waitUntil(lambda: bool(dialog.kept.why_not(hospital.people[0])))
    desk.session.now = lambda: datetime.now(UTC) + timedelta(hours=3)  # type: ignore[method-assign]
    assert dialog.kept.why_not(hospital.people[0]) == ""
