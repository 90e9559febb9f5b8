"""Mending a mistake by keys alone: the search has the keyboard at once, and what is typed goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hands import Hands
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague, see
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, SeenBed, UnknownPerson
from wardbeds.gui.dialogs.mending import MergeDialog, ReopenDialog
from wardbeds.services import admitting


@pytest.fixture
def hands(desk: Desk, qtbot: QtBot) -> Hands:
    """An administrator at the board: N-1 was discharged, somebody unknown lies in N-2."""
    hospital, colleague = desk.hospital, Colleague(desk.hospital)
    colleague.admit(0, "N-1")
    colleague.discharge("N-1")
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.MALE), ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-2"))))
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in("admin", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    see(desk, qtbot)
    desk.page.window().activateWindow()
    return Hands(desk.page)


def test_an_unknown_person_becomes_a_known_one(desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-2"])
    desk.page.focus_board()
    hands.type("j")
    dialog = desk.page.dialog
    assert isinstance(dialog, MergeDialog)
    qtbot.waitUntil(lambda: dialog.people.field.hasFocus())
    hands.type("kabera")
    qtbot.waitUntil(lambda: dialog.people.current() is not None)
    assert "becomes KABERA" in dialog.both.text()
    with qtbot.waitSignal(desk.session.action_done):
        hands.click(dialog.primary)
    occupant = desk.hospital.bed("N-2").occupant
    assert occupant is not None
    assert (occupant.person.last_name, occupant.person.hospital_number) == ("Kabera", "T-002")


def test_another_gender_is_pointed_out_and_needs_a_word(desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-2"])
    desk.page.focus_board()
    hands.type("j")
    dialog = desk.page.dialog
    assert isinstance(dialog, MergeDialog)
    hands.type("uwimana")
    qtbot.waitUntil(lambda: dialog.people.current() is not None)
    assert "Gender differs: Male until now." in dialog.both.text()
    hands.click(dialog.primary)
    assert "Gender differs" in dialog.summary.text()
    assert desk.page.dialog is dialog
    hands.type("her sister came")
    assert dialog.reason.text() == "her sister came"
    with qtbot.waitSignal(desk.session.action_done):
        hands.click(dialog.primary)
    occupant = desk.hospital.bed("N-2").occupant
    assert occupant is not None
    assert occupant.person.hospital_number == "T-001"


def test_a_discharge_is_taken_back(desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    desk.page.house.reopen()
    dialog = desk.page.dialog
    assert isinstance(dialog, ReopenDialog)
    qtbot.waitUntil(lambda: dialog.people.field.hasFocus())
    hands.type("uwimana")
    qtbot.waitUntil(lambda: dialog.people.current() is not None)
    assert dialog.banner is not None
    assert "T-001" in dialog.banner.visible_texts()
    hands.key(Qt.Key.Key_Tab)
    hands.type("wrong")
    assert dialog.reason.text() == "wrong"
    with qtbot.waitSignal(desk.session.action_done):
        hands.click(dialog.primary)
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[0]
