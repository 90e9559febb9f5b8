"""Reserving: all who wait can be chosen, told apart by more than the name, and the banner says who it is."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hands import Hands
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, NewPerson
from wardbeds.gui.dialogs.bed_state import ReserveBedDialog
from wardbeds.gui.rows import DETAIL
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient


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
    assert dialog.banner is not None
    return dialog.banner.visible_texts() if dialog.banner.isVisible() else []


def test_all_who_wait_are_there_each_with_the_number(reserve: ReserveBedDialog) -> None:
    details = [str(reserve.who.model().index(n, 0).data(DETAIL)) for n in range(reserve.who.count() - 2)]
    assert {detail.split()[0] for detail in details} == {f"W-{n}" for n in range(6)}
    assert reserve.who.verticalScrollBar().maximum() > 0
    assert reserve.scroll_area.verticalScrollBar().maximum() == 0


def test_the_banner_says_for_whom(desk: Desk, reserve: ReserveBedDialog, qtbot: QtBot) -> None:
    hands = Hands(desk.page)
    first, second = (one.person for one in desk.session.model.waiting[:2])
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


def test_enter_keeps_the_bed_for_the_first_who_waits(desk: Desk, reserve: ReserveBedDialog, qtbot: QtBot) -> None:
    """One key, as before: who it is stands in the banner."""
    with qtbot.waitSignal(desk.session.action_done):
        Hands(desk.page).key(Qt.Key.Key_Return)
    hold = desk.hospital.bed("N-4").hold
    assert hold is not None and hold.person is not None
    assert hold.person.patient_id == desk.session.model.waiting[0].person.patient_id
