"""Why somebody is here and where she comes from, in words: said at admission, corrected later."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import opened
from tests.gui.conftest import Desk, see
from tests.support.forms import required
from tests.support.stations import Colleague
from wardbeds.domain.beds import Priority
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, EditAdmission, SeenBed, UnknownPerson
from wardbeds.domain.stays import AdmissionDetail, Source
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.dialogs.admitting.stay import StayStep
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.editing import edit_admission
from wardbeds.services.reading import read_admission


def _detail(desk: Desk) -> AdmissionDetail:
    return read_admission(desk.store, desk.hospital.nurse, desk.hospital.people[0])


@pytest.fixture
def editing(desk: Desk, qtbot: QtBot) -> EditAdmissionDialog:
    """Somebody lies in N-1 with the wrong reason."""
    hospital = desk.hospital
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1")),
        complaint="cough"))
    see(desk, qtbot)
    desk.page.selection.select_bed(hospital.beds["N-1"])
    desk.page.do(Verb.ADMISSION)
    qtbot.waitUntil(lambda: desk.page.dialog is not None)
    dialog = desk.page.dialog
    assert isinstance(dialog, EditAdmissionDialog)
    return dialog


@pytest.mark.parametrize("typed", [None, "broken leg", ""])
def test_the_reason_is_corrected_or_stays(desk: Desk, editing: EditAdmissionDialog, qtbot: QtBot,
                                          typed: str | None) -> None:
    assert editing.complaint.toPlainText() == "cough"
    if typed is not None:
        editing.complaint.setPlainText(typed)
    with qtbot.waitSignal(desk.session.action_done):
        editing.primary.click()
    assert _detail(desk).complaint == ("cough" if typed is None else typed)


@pytest.mark.parametrize(("typed", "keep", "shown"), [
    ("broken leg", False, "malaria"), ("broken leg", True, "broken leg"), ("cough", True, "malaria")])
def test_the_reason_that_somebody_else_gave_meanwhile(desk: Desk, editing: EditAdmissionDialog, qtbot: QtBot,
                                                      typed: str, keep: bool, shown: str) -> None:
    """Seen, or written over by who keeps the own; nobody keeps what was not typed."""
    editing.complaint.setPlainText(typed)
    edit_admission(desk.store, Colleague(desk.hospital).actor, EditAdmission(
        patient_id=desk.hospital.people[0], admission_id=_detail(desk).admission_id, complaint="malaria"))
    see(desk, qtbot)
    editing.rebind(None, None, keep=keep)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0 and editing._detail.complaint == "malaria")
    assert editing.complaint.toPlainText() == shown


def test_the_keyboard_is_not_in_the_reason(desk: Desk, editing: EditAdmissionDialog) -> None:
    """Where Enter would be a new line and save nothing."""
    assert editing.first_focus() is editing.leaving


# where from --------------------------------------------------------------------------------------------------


@pytest.fixture
def admitting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AdmitPatientDialog:
    """Claire Uwimana is to be admitted to N-3; only the stay is left."""
    monkeypatch.setattr(StayStep, "last_source", Source.EMERGENCY)
    dialog = _open(desk)
    dialog._take(desk.hospital.people[0])
    return dialog


def _open(desk: Desk) -> AdmitPatientDialog:
    return opened(desk, "N-3", Verb.ADMIT, AdmitPatientDialog)


def _from(dialog: AdmitPatientDialog, source: Source) -> None:
    dialog.stay.source.setCurrentIndex(dialog.stay.source.findData(source))


@pytest.mark.parametrize("text", ["prison", ""])
def test_another_origin_is_said_in_words(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot, text: str) -> None:
    """And need not be: an emergency does not wait for it."""
    assert not admitting.stay.source_text.isVisible()
    _from(admitting, Source.OTHER)
    assert admitting.stay.source_text.isVisible()
    assert "From where" not in required(admitting)
    admitting.stay.source_text.setText(text)
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    assert (_detail(desk).source, _detail(desk).source_text) == (Source.OTHER, text)


def test_words_count_for_another_origin_only(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot) -> None:
    _from(admitting, Source.OTHER)
    admitting.stay.source_text.setText("prison")
    _from(admitting, Source.CLINIC)
    assert not admitting.stay.source_text.isVisible()
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    assert (_detail(desk).source, _detail(desk).source_text) == (Source.CLINIC, "")


def test_where_from_is_asked_at_the_stay_alone_and_kept(desk: Desk, admitting: AdmitPatientDialog) -> None:
    admitting.go_back()
    _from(admitting, Source.OTHER)
    assert not admitting.stay.source_text.isVisible()
    admitting._take(UnknownPerson(sex=Sex.MALE))
    assert admitting.stay.source_text.isVisible()
    admitting.stay.source_text.setText("prison")
    admitting.reject()
    again = _open(desk)
    assert again.stay.source_text.isVisible()
    assert again.stay.source_text.text() == "prison"


@pytest.mark.parametrize(("source", "priority"), [
    (None, Priority.EMERGENCY), (Source.EMERGENCY, Priority.EMERGENCY), (Source.CLINIC, Priority.ROUTINE)])
def test_an_emergency_waits_as_one(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot, source: Source | None,
                                   priority: Priority) -> None:
    """Also where nobody has touched the list: the source stands there, and the priority goes with it."""
    if source is not None:
        _from(admitting, Source.TRANSFER)
        _from(admitting, source)
    admitting.stay.where.beds.setCurrentIndex(0)
    assert admitting.stay.priority.value == priority
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    assert [one.priority for one in desk.hospital.board().waiting] == [priority]
