"""Admitting by hand: registered, new and unknown people, what is asked, and what is said where it is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import press, select
from tests.gui.conftest import Desk
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step


def test_admit_a_registered_patient_by_keys(desk: Desk, qtbot: QtBot) -> None:
    select(desk, "N-2")
    dialog = press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    QTest.keyClicks(dialog.search.people.field, "uwima")
    with qtbot.waitSignal(dialog.search.people.searched):
        pass
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.step is Step.STAY
    assert dialog.banner is not None
    assert "T-001" in dialog.banner.visible_texts()
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-2").patient_id == desk.hospital.people[0]
    assert desk.page.dialog is None


def test_admit_a_new_patient_and_see_the_duplicate(desk: Desk, qtbot: QtBot) -> None:
    dialog = press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.people.field.setText("Uwimana Clare")
    dialog.search.new.click()
    assert dialog.person.last_name.text() == "Uwimana"
    dialog.person.sex.choose("female")
    dialog.person.born.setText("1-Feb-1981")
    dialog.person.look_for_similar()
    qtbot.waitUntil(lambda: dialog.person.alike.isVisible())
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "same person" in dialog.summary.text()
    dialog.person.alike.different.click()
    qtbot.waitUntil(lambda: dialog.person.alike.found is None)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.step is Step.STAY
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [one.person.first_name for one in desk.hospital.board().waiting] == ["Clare"]


def test_admit_somebody_unknown(desk: Desk, qtbot: QtBot) -> None:
    dialog = press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.unknown.click()
    dialog.person.sex.choose("male")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    waiting = desk.hospital.board().waiting[0].person
    assert (waiting.last_name, waiting.first_name) == ("UNKNOWN", "Male 1")


def test_errors_stand_at_the_field_and_nothing_typed_is_lost(desk: Desk, qtbot: QtBot) -> None:
    dialog = press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.new.click()
    dialog.person.last_name.setText("Uwase 7")
    dialog.person.sex.choose("female")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.person.last_name.wrong
    assert dialog.summary.isVisible()
    assert dialog.person.last_name.text() == "Uwase 7"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.page.dialog is None
    again = press(desk, "n")
    assert isinstance(again, AdmitPatientDialog)
    assert again.person.last_name.text() == "Uwase 7"
    again.person.last_name.clear()
    again.reject()


def test_an_error_goes_when_its_field_is_corrected(desk: Desk) -> None:
    dialog = press(desk, "n")
    dialog.start_new()  # type: ignore[attr-defined]
    dialog.person.sex.choose("female")  # type: ignore[attr-defined]
    dialog.primary.click()
    assert dialog.summary.isVisible()
    QTest.keyClicks(dialog.person.last_name, "Uw")  # type: ignore[attr-defined]
    assert not dialog.fields.errors["last_name"].isVisible()
    assert "birth date" in dialog.summary.text()
    QTest.keyClicks(dialog.person.born, "1")  # type: ignore[attr-defined]
    assert not dialog.summary.isVisible()


def _to_new_patient(desk: Desk, key_on: str | None) -> AdmitPatientDialog:
    if key_on is not None:
        select(desk, key_on)
    dialog = press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.start_new()
    for field, text in ((dialog.person.last_name, "Mukandayisenga"), (dialog.person.born, "14-May-1988")):
        field.setText(text)
    return dialog


def test_the_banner_says_what_is_typed_and_few_fields_are_asked_for(desk: Desk, qtbot: QtBot) -> None:
    dialog = _to_new_patient(desk, "N-3")
    assert dialog.banner is not None
    assert dialog.banner.isVisible()
    banner = dialog.banner
    qtbot.waitUntil(lambda: "proposed" in banner._said()[0][1])
    proposed = banner._said()[0][1]
    assert proposed.split(",")[0] == dialog.person.number.placeholderText().split(",")[0]
    dialog.person.number.setText("A-7")
    assert banner._said()[0][1] == "A-7"
    dialog.person.number.clear()
    assert [value for _caption, value in dialog.banner._said()] == [proposed, "–", "14-May-1988 (38 y)"]
    dialog.person.sex.choose("female")
    assert ("Gender", "Female") in dialog.banner._said()
    shown = [name for name, field in dialog.fields.widgets.items() if field.isVisible()]
    assert len(shown) <= 7
    assert not dialog.person.phone.isVisible()
    dialog.person.more.click()
    assert dialog.person.phone.isVisible()
    assert dialog.person.attendant_phone.isVisible()
    dialog.person.phone.setText("12")
    dialog.submit()
    assert "phone number" in dialog.summary.text()
    dialog.go_back()
    dialog.start_new()
    assert dialog.person.phone.text() == "12"


def test_a_wrong_number_in_a_folded_field_opens_it(desk: Desk) -> None:
    dialog = _to_new_patient(desk, "N-3")
    dialog.person.sex.choose("female")
    dialog.person.national_id.setText("12")
    dialog.submit()
    assert dialog.person.national_id.isVisible()
    assert "16 digits" in dialog.fields.errors["national_id"].text()


def test_admission_may_go_to_another_bed_ward_or_the_waiting_list_with_a_priority(desk: Desk, qtbot: QtBot) -> None:
    dialog = _to_new_patient(desk, "N-3")
    dialog.person.sex.choose("female")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.step is Step.STAY)
    assert dialog.primary.text() == "Admit to N-3"
    assert not dialog.stay.priority.isVisible()
    dialog.stay.where.beds.setCurrentIndex(dialog.stay.where.beds.findText("N-4"))
    assert dialog.head.text() == "Admit to N-4"
    dialog.stay.where.ward.setCurrentIndex(dialog.stay.where.ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.stay.where.beds.findText("S-2") > 0)
    assert dialog.primary.text() == "Admit to the waiting list"
    assert dialog.stay.priority.isVisible()
    dialog.stay.priority.choose("urgent")
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    waiting = desk.hospital.board("South").waiting
    assert [(one.person.last_name, one.priority.value) for one in waiting] == [("Mukandayisenga", "urgent")]
    dialog = _to_new_patient(desk, "N-3")
    dialog.person.sex.choose("female")
    dialog.person.last_name.setText("Zaninka")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.step is Step.STAY)
    dialog.stay.where.ward.setCurrentIndex(dialog.stay.where.ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.stay.where.beds.findText("S-2") > 0)
    dialog.stay.where.beds.setCurrentIndex(dialog.stay.where.beds.findText("S-2"))
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    occupant = desk.hospital.bed("S-2").occupant
    assert occupant is not None
    assert occupant.person.last_name == "Zaninka"


def test_what_was_typed_is_there_again_after_escape(desk: Desk) -> None:
    dialog = _to_new_patient(desk, "N-3")
    dialog.stay.leaving.setText("24-Dec-2030")
    dialog.reject()
    select(desk, "N-3")
    again = press(desk, "n")
    assert isinstance(again, AdmitPatientDialog)
    assert (again.person.last_name.text(), again.person.born.text(), again.stay.leaving.text()) == (
        "Mukandayisenga", "14-May-1988", "24-Dec-2030")
    again.reject()
