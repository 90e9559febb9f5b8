"""Details: what the bed is like and what happened to it, also while somebody lies in it; phones by one key."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hands import Hands
from tests.support.hospital import Hospital
from tests.support.stations import Colleague
from wardbeds.domain.beds import Priority
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import EditAdmission, EditIdentity, EditRemark, SeenBed
from wardbeds.domain.stays import Feeds
from wardbeds.domain.ward_layout import SetUpWard
from wardbeds.gui.dialogs.details import DetailsDialog
from wardbeds.gui.history import History, HistoryRow
from wardbeds.services import editing
from wardbeds.services.ward_setup import read_ward_layout, set_up_ward

PHONE, ATTENDANT = "+250 788 123 456", "+250 788 654 321"


def _equip(hospital: Hospital) -> None:
    """N-1's room gets a type and oxygen, N-1 a remark."""
    layout = read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
    rooms = tuple(room.model_copy(update={"bed_type": "adjustable", "features": ("oxygen",)}) for room in layout.rooms)
    set_up_ward(hospital.store, hospital.admin, layout.model_copy(update={
        "rooms": rooms, "operation_id": SetUpWard(name="x").operation_id}))
    editing.edit_remark(hospital.store, hospital.nurse, EditRemark(
        bed=SeenBed.of(hospital.bed("N-1")), seen_remark="", remark="The rail sticks"))


def _phones(hospital: Hospital) -> None:
    person = hospital.bed("N-1").occupant
    assert person is not None
    editing.edit_identity(hospital.store, hospital.nurse, EditIdentity(
        patient_id=hospital.people[0], seen_hospital_number=person.person.hospital_number, phone="+250788123456"))
    editing.edit_admission(hospital.store, hospital.nurse, EditAdmission(
        patient_id=hospital.people[0], admission_id=person.admission_id, attendant_name="Rose",
        attendant_phone="+250788654321"))


def _open(desk: Desk, qtbot: QtBot) -> DetailsDialog:
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.reload()
    desk.page.window().activateWindow()
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.show_details()
    dialog = desk.page.dialog
    assert isinstance(dialog, DetailsDialog)
    qtbot.waitUntil(lambda: bool(_history(dialog)))
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None and dialog.primary.hasFocus())
    return dialog


def _history(dialog: DetailsDialog) -> list[History]:
    return [one for one in dialog.findChildren(History) if one.isVisible()]


def _said(widget: QWidget) -> list[str]:
    return [one.accessibleName() for one in widget.findChildren(QLabel) if one.isVisible()]


def _lines(dialog: DetailsDialog) -> list[str]:
    """What each line of the history begins with."""
    return [row.findChildren(QLabel)[0].text() for row in dialog.findChildren(HistoryRow) if row.isVisible()]


@pytest.mark.parametrize("occupied", [False, True])
def test_what_the_bed_is_like(desk: Desk, qtbot: QtBot, occupied: bool) -> None:
    _equip(desk.hospital)
    if occupied:
        Colleague(desk.hospital).admit(0, "N-1")
    dialog = _open(desk, qtbot)
    room = desk.hospital.bed("N-1").room_name
    said = _said(dialog)
    for fact in (f"Room: {room}", "Type: Adjustable", "Equipment: oxygen", "Remark: The rail sticks"):
        assert fact in said


def test_the_beds_own_history_is_there_while_somebody_lies_in_it(desk: Desk, qtbot: QtBot) -> None:
    colleague = Colleague(desk.hospital)
    colleague.block("N-1")
    colleague.unblock("N-1")
    colleague.admit(0, "N-1")
    dialog = _open(desk, qtbot)
    history = _history(dialog)[0]
    assert history.switch.isVisible()
    assert not any("locked" in line for line in _lines(dialog))
    history.switch.buttons()[1].click()
    qtbot.waitUntil(lambda: bool(_lines(dialog)))
    assert _lines(dialog)[:3] == ["Admitted N-1", "Unblocked N-1", "Blocked N-1"]
    history.switch.buttons()[0].click()
    qtbot.waitUntil(lambda: bool(_lines(dialog)))
    assert _lines(dialog)[0] == "Admitted N-1"
    assert not any("locked" in line for line in _lines(dialog))


def test_a_free_bed_has_its_history_without_a_choice(desk: Desk, qtbot: QtBot) -> None:
    colleague = Colleague(desk.hospital)
    colleague.block("N-1")
    colleague.unblock("N-1")
    dialog = _open(desk, qtbot)
    assert not _history(dialog)[0].switch.isVisible()
    assert _lines(dialog)[:2] == ["Unblocked N-1", "Blocked N-1"]


@pytest.mark.parametrize(("key", "number"), [(Qt.Key.Key_P, PHONE), (Qt.Key.Key_A, ATTENDANT)])
def test_a_phone_is_copied_with_one_key(desk: Desk, qtbot: QtBot, key: Qt.Key, number: str) -> None:
    Colleague(desk.hospital).admit(0, "N-1")
    _phones(desk.hospital)
    see(desk, qtbot)
    dialog = _open(desk, qtbot)
    QApplication.clipboard().clear()
    assert number in [one.text() for one in dialog.findChildren(QLabel)]
    Hands(desk.page).key(key)
    assert QApplication.clipboard().text() == number
    assert dialog.foot_note.text() == f"Copied: {number}"
    assert desk.page.dialog is dialog


def test_a_corrected_identity_says_what_stood_there(desk: Desk, qtbot: QtBot) -> None:
    hospital = desk.hospital
    Colleague(hospital).admit(0, "N-1")
    for values in ({"date_of_birth": date(1990, 1, 1), "birth_estimated": True, "phone": "+250788123456"},
                   {"last_name": "Uwimanna", "sex": Sex.MALE, "date_of_birth": date(1990, 5, 4),
                    "birth_estimated": False, "phone": "", "national_id": "1199080012345678"}):
        editing.edit_identity(hospital.store, hospital.nurse, EditIdentity.model_validate(
            {"patient_id": hospital.people[0], "seen_hospital_number": "T-001", **values}))
    dialog = _open(desk, qtbot)
    rows = [row for row in dialog.findChildren(HistoryRow) if row.isVisible()]
    assert rows[0].findChildren(QLabel)[-1].text().splitlines() == [
        "Family name: Uwimana before", "Gender: Female before", "Born: about 1990 before",
        "National ID: nothing before", "Phone: +250 788 123 456 before"]
    _history(dialog)[0].switch.buttons()[1].click()
    qtbot.waitUntil(lambda: bool(_lines(dialog)))
    rows = [row for row in dialog.findChildren(HistoryRow) if row.isVisible()]
    assert rows[0].findChildren(QLabel)[-1].text().splitlines()[0] == "Family name corrected"


def test_who_feeds_her_and_how_urgent_she_is(desk: Desk, qtbot: QtBot) -> None:
    """Both are asked at admission."""
    Colleague(desk.hospital).admit(0, "N-1")
    occupant = desk.hospital.bed("N-1").occupant
    assert occupant is not None
    editing.edit_admission(desk.hospital.store, desk.hospital.nurse, EditAdmission(
        patient_id=desk.hospital.people[0], admission_id=occupant.admission_id, feeds=Feeds.FAMILY,
        priority=Priority.URGENT))
    assert {"Meals: Family", "Priority: Urgent"} <= set(_said(_open(desk, qtbot)))


def test_of_meals_nothing_stands_where_nobody_said_anything(desk: Desk, qtbot: QtBot) -> None:
    Colleague(desk.hospital).admit(0, "N-1")
    said = _said(_open(desk, qtbot))
    assert "Priority: Routine" in said
    assert not any(fact.startswith("Meals") for fact in said)


def test_a_key_without_a_number_does_nothing(desk: Desk, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot)
    QApplication.clipboard().setText("before")
    Hands(desk.page).key(Qt.Key.Key_P)
    assert QApplication.clipboard().text() == "before"
    assert desk.page.dialog is dialog
