"""A leaving day that is over is said at its field, in Admit and in Admission; one that has become so disturbs nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import opened
from tests.gui.conftest import Desk, see
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, SeenBed, UnknownPerson
from wardbeds.gui import words
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog
from wardbeds.gui.dialogs.happened_at import wall_time
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.reading import read_admission

OVER = "This day is over"


def _ago(days: int) -> date:
    return words.today() - timedelta(days=days)


@pytest.fixture
def admitting(desk: Desk) -> AdmitPatientDialog:
    """Somebody unknown is to be admitted to N-3; only the stay is left."""
    dialog = opened(desk, "N-3", Verb.ADMIT, AdmitPatientDialog)
    dialog._take(UnknownPerson(sex=Sex.MALE))
    return dialog


@pytest.fixture
def editing(desk: Desk, qtbot: QtBot) -> EditAdmissionDialog:
    """In N-1 lies somebody who came three days ago and should have left the day before yesterday."""
    hospital = desk.hospital
    admit_patient(hospital.store, hospital.admin, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1")),
        expected_leaving=_ago(2), happened_at=datetime.now(UTC) - timedelta(days=3)))
    see(desk, qtbot)
    desk.page.selection.select_bed(hospital.beds["N-1"])
    desk.page.do(Verb.ADMISSION)
    qtbot.waitUntil(lambda: desk.page.dialog is not None)
    dialog = desk.page.dialog
    assert isinstance(dialog, EditAdmissionDialog)
    return dialog


def test_admit_takes_no_day_that_is_over(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot) -> None:
    admitting.stay.leaving.setText(words.date_text(_ago(1)))
    admitting.primary.click()
    assert admitting.fields.errors["expected_leaving"].text().startswith(OVER)
    assert not admitting.sending.busy
    admitting.stay.leaving.setText(words.date_text(_ago(0)))
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    occupant = desk.hospital.bed("N-3").occupant
    assert occupant is not None
    assert occupant.expected_leaving == _ago(0)


def test_an_admission_entered_afterwards_may_have_a_day_that_has_passed_since(admitting: AdmitPatientDialog) -> None:
    admitting.stay.at.edit.setDateTime(wall_time((datetime.now(UTC) - timedelta(days=2)).astimezone(
        admitting.session.zone)))
    admitting.stay.leaving.setText(words.date_text(_ago(1)))
    values = admitting.stay.values()
    assert values is not None
    assert values["expected_leaving"] == _ago(1)
    admitting.stay.leaving.setText(words.date_text(_ago(3)))
    assert admitting.stay.values() is None


def test_admission_takes_no_new_day_that_is_over(desk: Desk, editing: EditAdmissionDialog, qtbot: QtBot) -> None:
    editing.leaving.setText(words.date_text(_ago(1)))
    editing.primary.click()
    assert editing.fields.errors["expected_leaving"].text().startswith(OVER)
    assert not editing.sending.busy


@pytest.mark.parametrize("typed", [None, "", 0])
def test_a_day_that_has_passed_keeps_nobody_from_changing_something_else(
        desk: Desk, editing: EditAdmissionDialog, qtbot: QtBot, typed: int | str | None) -> None:
    editing.needs["oxygen"].setChecked(True)
    if typed is not None:
        editing.leaving.setText(words.date_text(_ago(0)) if typed == 0 else "")
    with qtbot.waitSignal(desk.session.action_done):
        editing.primary.click()
    detail = read_admission(desk.store, desk.hospital.nurse, desk.hospital.people[0])
    assert detail.needs == ("oxygen",)
    assert detail.expected_leaving == {None: _ago(2), "": None, 0: _ago(0)}[typed]
