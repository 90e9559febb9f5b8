"""Somebody whom nobody knows is about so old: a child is not put among adults without a word."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hands import Hands
from tests.support.hospital import add_ward
from wardbeds.domain.people import Person, Sex
from wardbeds.domain.placement import Warned
from wardbeds.gui import words
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.verbs import Verb


@pytest.fixture
def unknown(desk: Desk, qtbot: QtBot) -> AdmitPatientDialog:
    """Somebody unknown is to be admitted to M-1 of a ward for adults."""
    ward_id = desk.hospital.wards["Adults"] = add_ward(desk.hospital, "Adults", {"M-1": ()}, age_policy="adult")
    with qtbot.waitSignal(desk.session.wards_listed):
        desk.session.list_wards()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(ward_id)
    desk.page.window().activateWindow()
    return _open(desk)


def _open(desk: Desk) -> AdmitPatientDialog:
    desk.page.selection.select_bed(next(bed.id for bed in desk.session.model.beds if bed.number == "M-1"))
    desk.page.do(Verb.ADMIT)
    dialog = desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    if dialog.step is Step.FIND:
        dialog.search.unknown.click()
    return dialog


def _guess(dialog: AdmitPatientDialog, age: str) -> None:
    dialog.person.sex.choose("male")
    dialog.person.about_age.field.setFocus()
    Hands(dialog).type(age)
    dialog._on_primary()


def _person(desk: Desk) -> Person:
    (occupant,) = (bed.occupant for bed in desk.hospital.board("Adults").beds)
    assert occupant is not None
    return occupant.person


def test_a_child_among_adults_needs_a_reason(desk: Desk, unknown: AdmitPatientDialog, qtbot: QtBot) -> None:
    _guess(unknown, "8")
    assert unknown.step is Step.STAY
    born = date(words.today().year - 8, 1, 1)
    assert unknown.banner is not None
    assert (unknown.banner.person.date_of_birth, unknown.banner.person.birth_estimated) == (born, True)
    assert unknown.stay.warnings == (Warned.AGE,)
    unknown._on_primary()
    assert unknown.fields.errors["override"].text()
    unknown.stay.override.setCurrentIndex(1)
    with qtbot.waitSignal(desk.session.action_done):
        unknown._on_primary()
    person = _person(desk)
    assert (person.last_name, person.sex, person.date_of_birth, person.birth_estimated) == (
        "UNKNOWN", Sex.MALE, born, True)


@pytest.mark.parametrize("age", ["", "40"])
def test_an_adult_and_whom_nobody_dares_to_guess_need_none(desk: Desk, unknown: AdmitPatientDialog, qtbot: QtBot,
                                                           age: str) -> None:
    _guess(unknown, age)
    assert unknown.stay.warnings == ()
    with qtbot.waitSignal(desk.session.action_done):
        unknown._on_primary()
    assert _person(desk).date_of_birth == (date(words.today().year - int(age), 1, 1) if age else None)


@pytest.mark.parametrize("age", ["old", "-3", "121", "4.5", "1990"])
def test_what_is_no_age_is_said_at_the_field(unknown: AdmitPatientDialog, age: str) -> None:
    _guess(unknown, age)
    assert unknown.step is Step.PATIENT
    assert "how many years" in unknown.fields.errors["birth_year"].text()
    assert unknown.person.about_age.field.hasFocus()
    unknown.person.about_age.field.clear()
    _guess(unknown, "0")
    assert unknown.stay.warnings == (Warned.AGE,)


def test_both_are_said_at_once(unknown: AdmitPatientDialog) -> None:
    unknown.person.about_age.field.setText("old")
    unknown._on_primary()
    assert unknown.fields.wrong() == ["sex", "birth_year"]


def test_the_guess_is_asked_only_of_the_unknown_and_kept_in_the_draft(desk: Desk, unknown: AdmitPatientDialog) -> None:
    assert unknown.person.about_age.isVisible()
    _guess(unknown, "8")
    unknown.reject()
    again = _open(desk)
    assert again.stay.warnings == (Warned.AGE,)
    again.go_back()
    assert again.person.about_age.field.text() == "8"
    again.go_back()
    again.start_new()
    assert not again.person.about_age.isVisible()
