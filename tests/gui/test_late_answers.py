"""An answer that comes late, or not at all: it opens nothing over what somebody went on to, and nothing waits forever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.at_the_window import opened
from tests.gui.conftest import Desk, see
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Busy, Code, OutOfReach, Refused, refuse
from wardbeds.domain.people import Sex
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, Override, SeenBed, UnknownPerson
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.disinfected import DisinfectedDialog
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog
from wardbeds.gui.dialogs.help import HelpDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient

UNANSWERED = [Busy("The database is very busy."), OutOfReach("The cable is out."),
              Refused(refuse(Code.UNKNOWN, "ward"))]


def _settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


def _fail(error: Exception) -> Callable[..., Any]:
    def fail(*_given: object) -> Any:
        raise error

    return fail


# the ward of an admission ------------------------------------------------------------------------------------


@pytest.fixture
def admitting(desk: Desk) -> AdmitPatientDialog:
    """Somebody unknown is to be admitted to N-3; only the stay is left to be looked at."""
    dialog = opened(desk, "N-3", Verb.ADMIT, AdmitPatientDialog)
    dialog._take(UnknownPerson(sex=Sex.MALE))
    return dialog


def _choose_south(dialog: AdmitPatientDialog) -> None:
    ward = dialog.stay.where.ward
    ward.setCurrentIndex(ward.findText("South"))


def test_nobody_is_admitted_to_the_ward_before_while_another_is_read(
        desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot, hold_up: Callable[[], Callable[[], None]]) -> None:
    release = hold_up()
    _choose_south(admitting)
    admitting.primary.click()
    assert not admitting.sending.busy
    assert "still being read" in admitting.fields.errors["ward_id"].text()
    release()
    qtbot.waitUntil(lambda: admitting.stay.where.beds.findText("S-2") > 0)
    assert admitting.fields.wrong() == []
    assert not admitting.summary.isVisible()
    with qtbot.waitSignal(desk.session.action_done):
        admitting.primary.click()
    assert desk.hospital.bed("N-3").status is BedStatus.AVAILABLE
    assert len(desk.hospital.board("South").waiting) == 1


@pytest.mark.parametrize("error", UNANSWERED, ids=lambda error: type(error).__name__)
def test_a_ward_that_cannot_be_read_is_not_chosen(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                                  monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    desk.session.link.stop()
    monkeypatch.setattr("wardbeds.gui.dialogs.admitting.where.read_board", _fail(error))
    _choose_south(admitting)
    assert admitting.stay.where.reading
    _settle(desk, qtbot)
    qtbot.waitUntil(lambda: not admitting.stay.where.reading)
    assert admitting.stay.where.place() == (desk.hospital.wards["North"], desk.hospital.beds["N-3"])
    assert admitting.summary.isVisible()
    assert admitting.summary.text()


@pytest.mark.parametrize("error", UNANSWERED, ids=lambda error: type(error).__name__)
def test_of_a_ward_that_cannot_be_read_nobody_says_that_it_is_full(
        occupied: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    occupied.session.link.stop()
    dialog = opened(occupied, "N-1", Verb.MOVE, PlaceDialog)
    with monkeypatch.context() as patched:
        patched.setattr("wardbeds.gui.dialogs.move.read_board", _fail(error))
        dialog.ward.setCurrentIndex(dialog.ward.findText("South"))
        assert dialog.beds.nothing == "The beds of this ward are being read."
        qtbot.waitUntil(dialog.summary.isVisible)
    assert dialog.beds.nothing == "The beds of this ward could not be read. Choose it again."
    dialog.ward.setCurrentIndex(dialog.ward.findText("North"))
    dialog.ward.setCurrentIndex(dialog.ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.primary.text() == "Transfer to S-1")


def test_of_two_wards_the_one_chosen_last_counts(desk: Desk, admitting: AdmitPatientDialog, qtbot: QtBot,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to the first is that it cannot be read: nobody wants to know any more."""
    desk.session.link.stop()
    monkeypatch.setattr("wardbeds.gui.dialogs.admitting.where.read_board", _fail(UNANSWERED[0]))
    _choose_south(admitting)
    ward = admitting.stay.where.ward
    ward.setCurrentIndex(ward.findText("North"))
    _settle(desk, qtbot)
    assert admitting.stay.where.place() == (desk.hospital.wards["North"], desk.hospital.beds["N-3"])
    assert not admitting.summary.isVisible()


# a dialog that is open already -------------------------------------------------------------------------------


@pytest.fixture
def occupied(desk: Desk, qtbot: QtBot) -> Desk:
    """N-1 is occupied, and selected."""
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    return desk


def _to_clean(desk: Desk, qtbot: QtBot, *, isolated: bool) -> None:
    """Whoever was in N-1 has left; it is selected."""
    hospital = desk.hospital
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1")),
        needs=("isolation",) if isolated else (),
        override=Override(warnings=(Warned.ISOLATION,), reason="No other bed is free") if isolated else None))
    Colleague(hospital).discharge("N-1")
    see(desk, qtbot)
    desk.page.selection.select_bed(hospital.beds["N-1"])


def test_what_was_read_first_opens_over_no_other_dialog(
        occupied: Desk, qtbot: QtBot, hold_up: Callable[[], Callable[[], None]]) -> None:
    page, release = occupied.page, hold_up()
    page.do(Verb.ADMISSION)
    page.show_help()
    shown = page.dialog
    assert isinstance(shown, HelpDialog)
    release()
    _settle(occupied, qtbot)
    assert page.dialog is shown
    assert shown.isVisible()
    qtbot.waitUntil(lambda: not page.findChildren(EditAdmissionDialog))
    shown.reject()
    assert page.dialog is None


def test_whether_a_bed_is_disinfected_is_asked_over_no_other_dialog(
        desk: Desk, qtbot: QtBot, hold_up: Callable[[], Callable[[], None]]) -> None:
    _to_clean(desk, qtbot, isolated=True)
    page, release = desk.page, hold_up()
    page.do(Verb.CLEAN)
    page.show_help()
    shown = page.dialog
    release()
    _settle(desk, qtbot)
    assert page.dialog is shown
    qtbot.waitUntil(lambda: not page.findChildren(DisinfectedDialog))


def test_nothing_is_done_at_once_behind_a_dialog(
        desk: Desk, qtbot: QtBot, hold_up: Callable[[], Callable[[], None]]) -> None:
    _to_clean(desk, qtbot, isolated=False)
    release = hold_up()
    desk.page.do(Verb.CLEAN)
    desk.page.show_help()
    release()
    _settle(desk, qtbot)
    assert desk.hospital.bed("N-1").status is BedStatus.CLEANING


def test_who_comes_next_can_clean_what_the_one_before_asked_about(
        desk: Desk, qtbot: QtBot, hold_up: Callable[[], Callable[[], None]]) -> None:
    _to_clean(desk, qtbot, isolated=False)
    release = hold_up()
    desk.page.do(Verb.CLEAN)
    desk.session.sign_out()
    release()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    with qtbot.waitSignal(desk.session.action_done):
        desk.page.do(Verb.CLEAN)
    assert desk.hospital.bed("N-1").status is BedStatus.AVAILABLE


# searching ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entered", [True, False])
def test_a_search_that_was_left_shows_nothing_and_goes_nowhere(
        occupied: Desk, qtbot: QtBot, hold_up: Callable[[], Callable[[], None]], entered: bool) -> None:
    page = occupied.page
    page.window().activateWindow()
    page.selection.select_bed(None)
    search = page.command_bar.search
    search.setFocus()
    qtbot.waitUntil(search.hasFocus)
    release = hold_up()
    search.setText("uwi")
    if entered:
        QTest.keyClick(search, Qt.Key.Key_Return)
    page.map.setFocus()
    release()
    qtbot.waitUntil(lambda: len(search._targets) == 1)
    assert page.selection.bed_id is None
    assert not search.results.isVisible()
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert page.selection.bed_id == occupied.hospital.beds["N-1"]


def test_people_are_searched_for_again_where_there_was_no_answer(desk: Desk, qtbot: QtBot,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    people = PeopleList(desk.session)
    qtbot.addWidget(people)
    desk.session.link.stop()
    with monkeypatch.context() as patched:
        patched.setattr("wardbeds.gui.dialogs.people_list.search_people", _fail(UNANSWERED[0]))
        people.field.setText("uwimana")
        with qtbot.waitSignal(people.unanswered):
            people.search()
    assert not people.settled
    with qtbot.waitSignal(people.searched, check_params_cb=lambda n: n == 1):
        people.search()
    assert people.settled
    with monkeypatch.context() as patched:
        patched.setattr("wardbeds.gui.dialogs.people_list.search_people", _fail(UNANSWERED[0]))
        with qtbot.waitSignal(people.unanswered):
            people.refresh()
    with qtbot.waitSignal(people.searched, check_params_cb=lambda n: n == 1):
        people.search()


def test_an_empty_field_finds_nobody_after_a_search_without_an_answer(desk: Desk, qtbot: QtBot,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    people = PeopleList(desk.session)
    qtbot.addWidget(people)
    desk.session.link.stop()
    people.field.setText("uwimana")
    with qtbot.waitSignal(people.searched, check_params_cb=lambda n: n == 1):
        people.search()
    monkeypatch.setattr("wardbeds.gui.dialogs.people_list.search_people", _fail(UNANSWERED[0]))
    with qtbot.waitSignal(people.unanswered):
        people.refresh()
    people.field.clear()
    people.search()
    assert people.settled
    assert people.current() is None


def test_enter_for_a_search_without_an_answer_takes_nobody_later(desk: Desk, qtbot: QtBot,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    desk.page.do(Verb.ADMIT)
    dialog = desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    people = dialog.search.people
    desk.session.link.stop()
    with monkeypatch.context() as patched:
        patched.setattr("wardbeds.gui.dialogs.people_list.search_people", _fail(UNANSWERED[0]))
        people.field.setText("uwimana")
        with qtbot.waitSignal(people.unanswered):
            dialog.primary.click()
    people.field.setText("mugisha")
    with qtbot.waitSignal(people.searched, check_params_cb=lambda n: n == 1):
        people.search()
    assert dialog.step is Step.FIND
