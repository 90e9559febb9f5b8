"""Admit: nobody is registered a second time, however fast somebody types and however slow the database answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hands import Hands
from tests.support.stations import Colleague, see
from wardbeds.domain.errors import Busy, Code, OutOfReach, Refused, refuse
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, NewPerson
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient

HoldUp = Callable[[], Callable[[], None]]
NATIONAL_ID = "1198070012345678"
ASK = "Is this the same person?"
FIND = "wardbeds.gui.dialogs.admitting.alike.find_similar"


@pytest.fixture
def admitting(desk: Desk, qtbot: QtBot) -> AdmitPatientDialog:
    """Somebody new is to be admitted to N-3; no field holds anything yet."""
    desk.page.window().activateWindow()
    desk.page.selection.select_bed(desk.hospital.beds["N-3"])
    desk.page.do(Verb.ADMIT)
    dialog = desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.new.click()
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    return dialog


def _type(dialog: AdmitPatientDialog, *texts: tuple[str, str]) -> None:
    """Type into fields by their names, as hands do: the keyboard goes from one to the next."""
    hands = Hands(dialog)
    for name, text in texts:
        getattr(dialog.person, name).setFocus()
        hands.type(text)


def _enter(dialog: AdmitPatientDialog) -> None:
    Hands(dialog).key(Qt.Key.Key_Return)


def _clare(dialog: AdmitPatientDialog) -> None:
    """She is registered as Claire, T-001."""
    dialog.person.sex.choose("female")
    _type(dialog, ("last_name", "Uwimana"), ("first_name", "Clare"), ("born", "1-Feb-1981"))


def _step(dialog: AdmitPatientDialog) -> Step:
    return dialog.step


def _settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


def test_enter_waits_for_who_is_alike(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                      hold_up: HoldUp) -> None:
    release = hold_up()
    _clare(admitting)
    _enter(admitting)
    assert _step(admitting) is Step.PATIENT
    release()
    _settled(desk, qtbot)
    assert _step(admitting) is Step.PATIENT
    assert admitting.summary.text().startswith(ASK)
    assert admitting.person.alike.isVisible()
    for _again in range(2):  # pressed too soon it answers nothing, in either way
        _enter(admitting)
        _settled(desk, qtbot)
        assert _step(admitting) is Step.PATIENT
    admitting.person.alike.different.click()
    assert not admitting.person.alike.isVisible()
    _enter(admitting)
    assert _step(admitting) is Step.STAY


def test_who_is_admitted_already_is_not_registered_anew(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot) -> None:
    """It is said to be her, which is refused: Enter does not go on as if it were somebody else."""
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    _clare(admitting)
    _enter(admitting)
    _settled(desk, qtbot)
    admitting.person.alike.use()
    assert _step(admitting) is Step.PATIENT
    assert "already" in admitting.summary.text()
    _enter(admitting)
    _settled(desk, qtbot)
    assert _step(admitting) is Step.PATIENT
    assert admitting.person.alike.isVisible()


def test_enter_goes_on_by_itself_where_nobody_is_alike(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                                       hold_up: HoldUp) -> None:
    release = hold_up()
    admitting.person.sex.choose("female")
    _type(admitting, ("last_name", "Zaninka"), ("born", "14-May-1988"))
    _enter(admitting)
    assert _step(admitting) is Step.PATIENT
    release()
    _settled(desk, qtbot)
    assert _step(admitting) is Step.STAY


@pytest.mark.parametrize("field", ["last_name", "first_name", "born", "number", "phone", "national_id", "attendant",
                                   "attendant_phone"])
def test_enter_was_not_for_what_is_typed_on(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot, hold_up: HoldUp,
                                            field: str) -> None:
    admitting.person.show_more()
    release = hold_up()
    admitting.person.sex.choose("female")
    _type(admitting, ("last_name", "Zaninka"), ("born", "14-May-1988"))
    _enter(admitting)
    _type(admitting, (field, "1"))
    release()
    _settled(desk, qtbot)
    assert _step(admitting) is Step.PATIENT
    assert not admitting.summary.isVisible()


def test_enter_was_not_for_whom_one_comes_back_to(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                                  hold_up: HoldUp) -> None:
    release = hold_up()
    admitting.person.sex.choose("female")
    _type(admitting, ("last_name", "Zaninka"), ("born", "14-May-1988"))
    _enter(admitting)
    admitting.go_back()
    release()
    _settled(desk, qtbot)
    assert _step(admitting) is Step.FIND


@pytest.mark.parametrize("error", [Busy("Very busy."), OutOfReach("The cable is out."),
                                   Refused(refuse(Code.ROLE, "permission"))], ids=lambda error: type(error).__name__)
def test_without_an_answer_nobody_goes_on(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                          monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    desk.session.link.stop()

    def fail(*_given: object) -> Any:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(FIND, fail)
        admitting.person.sex.choose("male")
        _type(admitting, ("last_name", "Kabera"), ("born", "2-Feb-1982"))
        _enter(admitting)
        _settled(desk, qtbot)
        assert _step(admitting) is Step.PATIENT
        assert "registered already" in admitting.summary.text()
    admitting.submit()  # asked anew, though nothing else was typed
    _settled(desk, qtbot)
    assert admitting.summary.text().startswith(ASK)


@pytest.mark.parametrize(("age", "off"), [("born", 0), ("age", 0), ("age", 2)])
def test_one_name_and_an_age_are_looked_for(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot, age: str,
                                            off: int) -> None:
    """Kabera, who has no other name, is registered as born in 1982; a guess may be two years off."""
    admitting.person.sex.choose("male")
    _type(admitting, ("last_name", "Kabera"), (age, "2-Feb-1982" if age == "born" else
                                               str(datetime.now(UTC).year - 1982 + off)))
    _enter(admitting)
    _settled(desk, qtbot)
    assert _step(admitting) is Step.PATIENT
    assert admitting.summary.text().startswith(ASK)
    assert admitting.person.alike.found is not None
    assert admitting.person.alike.found.person.hospital_number == "T-002"


@pytest.mark.parametrize("field", ["age", "number", "national_id"])
def test_leaving_a_field_looks_for_whom_it_could_be(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                                    field: str) -> None:
    """Before Enter: who types on sees the question while there is still little to type."""
    _register(desk)
    admitting.person.show_more()
    text = {"age": str(datetime.now(UTC).year - 1982), "number": "T-002", "national_id": NATIONAL_ID}[field]
    _type(admitting, ("last_name", "Kabera"), (field, text))
    admitting.person.last_name.setFocus()
    _settled(desk, qtbot)
    assert admitting.person.alike.isVisible()


def _register(desk: Desk) -> None:
    """Aline Gasana, with a national ID, waits in South."""
    admit_patient(desk.store, desk.hospital.nurse, AdmitPatient(
        person=NewPerson(last_name="Gasana", first_name="Aline", sex=Sex.FEMALE, national_id=NATIONAL_ID),
        ward_id=desk.hospital.wards["South"]))


@pytest.mark.parametrize(("field", "row", "text", "right"), [
    ("number", "hospital_number", "T-003", "T-900"), ("number", "hospital_number", "t-003", "T-900"),
    ("national_id", "national_id", f"{NATIONAL_ID[:8]} {NATIONAL_ID[8:]}", "1199080087654321")])
def test_a_number_or_id_that_is_taken_stops(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot, field: str,
                                            row: str, text: str, right: str) -> None:
    """Whatever the name is; "different" is no answer to it."""
    _register(desk)
    admitting.person.show_more()
    admitting.person.sex.choose("female")
    _type(admitting, ("last_name", "Zaninka"), ("born", "14-May-1988"), (field, text))
    for _twice in range(2):
        _enter(admitting)
        _settled(desk, qtbot)
        assert _step(admitting) is Step.PATIENT
        assert "is taken" in admitting.fields.errors[row].text()
        assert admitting.person.alike.same.isVisible()
        assert not admitting.person.alike.different.isVisible()
    getattr(admitting.person, field).clear()
    _type(admitting, (field, right))
    _enter(admitting)
    _settled(desk, qtbot)
    assert _step(admitting) is Step.STAY


def test_who_was_called_different_still_has_the_number(desk: Desk, admitting: AdmitPatientDialog,
                                                       qtbot: QtBot) -> None:
    _clare(admitting)
    _enter(admitting)
    _settled(desk, qtbot)
    admitting.person.alike.different.click()
    _type(admitting, ("number", "T-001"))
    _enter(admitting)
    _settled(desk, qtbot)
    assert _step(admitting) is Step.PATIENT
    assert "is taken" in admitting.fields.errors["hospital_number"].text()


def test_whose_number_it_is_can_be_taken(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot) -> None:
    admitting.person.sex.choose("male")
    _type(admitting, ("last_name", "Zaninka"), ("born", "14-May-1988"), ("number", "T-003"))
    _enter(admitting)
    _settled(desk, qtbot)
    admitting.person.alike.same.click()
    assert _step(admitting) is Step.STAY
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    assert desk.hospital.bed("N-3").patient_id == desk.hospital.people[2]


@pytest.mark.parametrize(("field", "row", "text", "right"), [
    ("number", "hospital_number", "A-7", "A-8"), ("national_id", "national_id", NATIONAL_ID, "1199080087654321")])
def test_a_number_taken_meanwhile_is_said_where_it_was_typed(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                                             field: str, row: str, text: str, right: str) -> None:
    """Another station registers somebody with it while the stay is being filled in."""
    admitting.person.sex.choose("female")
    getattr(admitting.person, field).setText(text)
    _type(admitting, ("last_name", "Zaninka"), ("born", "14-May-1988"))
    _enter(admitting)
    _settled(desk, qtbot)
    assert _step(admitting) is Step.STAY
    admitting.stay.complaint.setPlainText("cough")
    admit_patient(desk.store, desk.hospital.nurse, AdmitPatient(
        person=NewPerson(last_name="Gasana", sex=Sex.FEMALE, **{row: text}), ward_id=desk.hospital.wards["South"]))
    admitting.primary.click()
    _settled(desk, qtbot)
    assert _step(admitting) is Step.PATIENT
    assert admitting.fields.widgets[row].isVisible()
    assert admitting.fields.widgets[row].hasFocus()
    assert admitting.fields.errors[row].text() == admitting.summary.text() != ""
    _settled(desk, qtbot)
    assert admitting.person.alike.same.isVisible()  # whose it is now, to be taken
    getattr(admitting.person, field).clear()
    _type(admitting, (field, right))
    _enter(admitting)
    _settled(desk, qtbot)
    assert _step(admitting) is Step.STAY
    assert admitting.stay.complaint.toPlainText() == "cough"
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    occupant = desk.hospital.bed("N-3").occupant
    assert occupant is not None
    assert occupant.person.last_name == "Zaninka"
