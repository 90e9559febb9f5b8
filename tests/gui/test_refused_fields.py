"""What is wrong in a dialog: said to a screen reader, kept at each field until it is corrected."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hands import Hands
from tests.support.stations import Colleague
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.bed_state import BlockBedDialog
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog, EditIdentityDialog
from wardbeds.gui.dialogs.mending import CorrectTimeDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.verbs import Verb


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told."""
    heard: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        heard.append(event.message())

    monkeypatch.setattr("wardbeds.gui.dialogs.base.QAccessible", SimpleNamespace(updateAccessibility=hear))
    return heard


def test_a_refusal_is_read_aloud_and_belongs_to_its_field(desk: Desk, qtbot: QtBot, said: list[str]) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.BLOCK)
    dialog = desk.page.dialog
    assert isinstance(dialog, BlockBedDialog)
    dialog.primary.click()
    assert said == ["Choose a reason."]
    described = [dialog.reason, *dialog.reason.buttons.values()]
    assert {one.accessibleDescription() for one in described} == {"Choose a reason."}
    dialog.reason.choose("mattress")
    assert {one.accessibleDescription() for one in described} == {""}
    assert not dialog.summary.isVisible()


def test_a_typed_field_is_forgiven_while_it_is_corrected(desk: Desk, qtbot: QtBot, said: list[str]) -> None:
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    desk.page.window().activateWindow()
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.TIME)
    dialog = desk.page.dialog
    assert dialog is not None
    dialog.primary.click()
    reason = dialog.fields.widgets["reason"]
    assert said == [reason.accessibleDescription()]
    assert reason.hasFocus()
    Hands(desk.page).type("t")
    assert reason.accessibleDescription() == ""
    assert not dialog.summary.isVisible()


def test_all_that_is_missing_is_said_at_once(desk: Desk, qtbot: QtBot, said: list[str]) -> None:
    desk.page.window().activateWindow()
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.ADMIT)
    dialog = desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.new.click()
    dialog.person.phone.setText("12")
    dialog._on_primary()
    wrong = [name for name in dialog.fields.widgets if dialog.fields.errors[name].isVisible()]
    assert wrong == ["last_name", "sex", "date_of_birth", "phone"]
    assert all(dialog.fields.widgets[name].accessibleDescription() for name in wrong)
    assert dialog.summary.text().startswith("4 fields")
    for caption in ("Family or Kinyarwanda name", "Gender", "Born", "Phone"):
        assert caption in dialog.summary.text()
    assert said == [dialog.summary.text()]
    assert dialog.person.last_name.hasFocus()
    Hands(desk.page).type("Zaninka")
    assert not dialog.fields.errors["last_name"].isVisible()
    assert dialog.summary.text().startswith("3 fields")
    dialog.person.sex.choose("female")
    dialog.person.phone.clear()
    dialog.person.born.setText("14-May-1988")
    dialog._on_primary()
    qtbot.waitUntil(lambda: dialog.step is Step.STAY)


def _wrong(dialog: Dialog) -> list[str]:
    """The fields with an error in sight, all of which the summary names."""
    wrong = [name for name in dialog.fields.widgets if dialog.fields.errors[name].isVisible()]
    assert dialog.summary.isVisible()
    if len(wrong) > 1:
        assert dialog.summary.text().startswith(f"{len(wrong)} fields")
    return wrong


def _open(desk: Desk, qtbot: QtBot, verb: Verb) -> Dialog:
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(verb)
    qtbot.waitUntil(lambda: desk.page.dialog is not None)
    dialog = desk.page.dialog
    assert dialog is not None
    return dialog


def test_transfer_says_all_at_once(desk: Desk, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, Verb.TRANSFER)
    assert isinstance(dialog, PlaceDialog)
    qtbot.waitUntil(lambda: dialog.chosen() is not None)
    dialog.number.setText("nowhere")
    dialog._on_primary()
    assert _wrong(dialog) == ["bed", "reason"]
    assert dialog.number.text() == "nowhere"


def test_a_corrected_time_says_all_at_once(desk: Desk, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, Verb.TIME)
    assert isinstance(dialog, CorrectTimeDialog)
    tomorrow = dialog.since.dateTime().addDays(1)
    dialog.since.setDateTime(tomorrow)
    dialog._on_primary()
    assert _wrong(dialog) == ["since", "reason"]
    assert dialog.since.dateTime() == tomorrow


def test_an_edited_admission_says_all_at_once(desk: Desk, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, Verb.ADMISSION)
    assert isinstance(dialog, EditAdmissionDialog)
    dialog.leaving.setText("some day")
    dialog.attendant_phone.setText("12")
    dialog.attendant.setText("Rose")
    dialog._on_primary()
    assert _wrong(dialog) == ["expected_leaving", "attendant_phone"]
    assert "Attendant's phone" in dialog.summary.text()
    assert (dialog.leaving.text(), dialog.attendant.text()) == ("some day", "Rose")


def test_a_corrected_identity_says_all_at_once(desk: Desk, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, Verb.IDENTITY)
    assert isinstance(dialog, EditIdentityDialog)
    for field, text in ((dialog.last_name, "Uwase 7"), (dialog.born, "14-May-2999"), (dialog.number, ""),
                        (dialog.national_id, "12"), (dialog.phone, "34")):
        field.setText(text)
    dialog._on_primary()
    assert _wrong(dialog) == ["last_name", "date_of_birth", "hospital_number", "national_id", "phone"]
    assert (dialog.last_name.text(), dialog.born.text()) == ("Uwase 7", "14-May-2999")
    dialog.born.setText("14-May-1988")
    dialog.phone.clear()
    dialog._on_primary()
    assert _wrong(dialog) == ["last_name", "hospital_number", "national_id"]


def test_the_clock_corrects_no_time(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that follows the clock still says what is wrong with it, and still is now."""
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.BLOCK)
    dialog = desk.page.dialog
    assert isinstance(dialog, BlockBedDialog)
    desk.page.map.setFocus()
    dialog.refuse_all({"happened_at": "This is not possible.", "reason": "Choose a reason."})
    dialog.reason.setFocus()
    shown, later = dialog.at.edit.dateTime(), desk.session.now() + timedelta(minutes=5)
    monkeypatch.setattr(desk.session, "now", lambda: later)
    dialog.at.follow_clock()
    assert dialog.at.edit.dateTime() > shown
    assert dialog.fields.errors["happened_at"].text() == "This is not possible."
    assert dialog.at.value is None
    assert dialog.at._note.text() == "now"
