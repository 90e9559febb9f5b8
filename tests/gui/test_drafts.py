"""Esc in any dialog keeps what was typed, and the same dialog shows it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDateTime, Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hands import Hands
from tests.support.stations import Colleague
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, DecideDischarge, SeenBed, SeenPlace, UnknownPerson
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.bed_state import ReserveBedDialog
from wardbeds.gui.dialogs.discharge import DischargeDialog
from wardbeds.gui.dialogs.mending import MergeDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.leaving import decide_discharge

EARLIER = QDateTime(2026, 1, 2, 3, 4, 0)


@pytest.fixture
def full(desk: Desk, qtbot: QtBot) -> Desk:
    """A woman in N-1, somebody unknown in N-3, two who wait."""
    hospital = desk.hospital
    Colleague(hospital).admit(0, "N-1")
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.MALE), ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-3"))))
    for person in (1, 2):
        Colleague(hospital).admit(person)
    see(desk, qtbot)
    desk.page.window().activateWindow()
    return desk


def _open(desk: Desk, qtbot: QtBot, number: str, verb: Verb) -> Any:
    desk.page.selection.select_bed(desk.hospital.beds[number])
    desk.page.do(verb)
    qtbot.waitUntil(lambda: desk.page.dialog is not None and desk.tasks.pending == 0)
    return desk.page.dialog


def _discharge(dialog: DischargeDialog) -> None:
    dialog.informed.setChecked(True)
    dialog.at.edit.setDateTime(EARLIER)


def _reserve(dialog: ReserveBedDialog) -> None:
    dialog.who.choose("text")
    dialog.text.setText("surgery")
    dialog.until.setDateTime(EARLIER)


def _identity(dialog: Any) -> None:
    dialog.first_name.setText("Clarisse")


def _merge(dialog: MergeDialog) -> None:
    dialog.people.field.setText("mugisha")
    dialog.reason.setText("his sister came")


def _cancel(dialog: Any) -> None:
    dialog.reason.choose("Entered twice")


def _time(dialog: Any) -> None:
    dialog.since.setDateTime(EARLIER)
    dialog.reason.setText("typing")


def _move(dialog: PlaceDialog) -> None:
    dialog.beds.choose(1)
    dialog.reason.setCurrentIndex(2)


def _transfer(dialog: PlaceDialog) -> None:
    dialog.number.setText("s2")
    dialog.reason.setCurrentIndex(1)


def _admission(dialog: Any) -> None:
    dialog.needs["oxygen"].setChecked(True)


def _left(dialog: Any) -> None:
    dialog.at.edit.setDateTime(EARLIER)


@pytest.mark.parametrize(("verb", "number", "fill", "fields"), [
    (Verb.LEFT, "N-1", _left, {"happened_at"}), (Verb.DISCHARGE, "N-1", _discharge, {"attendant_informed", "happened_at"}),
    (Verb.RESERVE, "N-2", _reserve, {"patient_id", "text", "until"}),
    (Verb.IDENTITY, "N-1", _identity, {"first_name"}), (Verb.MERGE, "N-3", _merge, {"person", "reason"}),
    (Verb.CANCEL, "N-1", _cancel, {"reason"}), (Verb.TIME, "N-1", _time, {"since", "reason"}),
    (Verb.MOVE, "N-1", _move, {"chosen", "reason"}), (Verb.TRANSFER, "N-1", _transfer, {"chosen", "bed", "reason"}),
    (Verb.ADMISSION, "N-1", _admission, {"need_oxygen"}),
])
def test_what_was_typed_is_there_again(full: Desk, qtbot: QtBot, verb: Verb, number: str,
                                       fill: Callable[[Any], None], fields: set[str]) -> None:
    if verb is Verb.LEFT:
        hospital = full.hospital
        decide_discharge(hospital.store, hospital.nurse, DecideDischarge(
            patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=Outcome.STABLE))
        see(full, qtbot)
    dialog = _open(full, qtbot, number, verb)
    untouched = dialog.typed()
    fill(dialog)
    _searched(full, dialog, qtbot)
    typed = dialog.typed()
    assert typed != untouched
    assert set(typed) == fields
    dialog.reject()
    again = _open(full, qtbot, number, verb)
    assert again is not dialog
    _searched(full, again, qtbot)
    assert again.typed() == typed


def _searched(desk: Desk, dialog: Dialog, qtbot: QtBot) -> None:
    people = getattr(dialog, "people", None)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0 and (people is None or people.settled))


def test_why_somebody_is_taken_off_the_list_is_there_again(full: Desk, qtbot: QtBot) -> None:
    """Of the one it was typed for, and of nobody else."""
    first, second = full.hospital.people[1:3]

    def opened(patient_id: int) -> Any:
        full.page.selection.select_waiting(patient_id)
        full.page.do(Verb.REMOVE)
        qtbot.waitUntil(lambda: full.page.dialog is not None)
        return full.page.dialog

    dialog = opened(first)
    dialog.reason.choose("Went home")
    dialog.at.edit.setDateTime(EARLIER)
    typed = dialog.typed()
    assert set(typed) == {"reason", "happened_at"}
    dialog.reject()
    other = opened(second)
    assert other.typed() == {}
    other.reject()
    assert opened(first).typed() == typed


def test_a_time_nobody_touched_is_not_kept(full: Desk, qtbot: QtBot) -> None:
    """Else a discharge would be entered at the time the dialog was first opened."""
    dialog = _open(full, qtbot, "N-1", Verb.DISCHARGE)
    dialog.informed.setChecked(True)
    assert set(dialog.typed()) == {"attendant_informed"}


def test_the_time_comes_back_as_the_time(full: Desk, qtbot: QtBot) -> None:
    dialog = _open(full, qtbot, "N-1", Verb.DISCHARGE)
    _discharge(dialog)
    dialog.reject()
    again = _open(full, qtbot, "N-1", Verb.DISCHARGE)
    assert again.informed.isChecked()
    assert again.at.value == datetime(2026, 1, 2, 3, 4, tzinfo=full.session.zone).astimezone(UTC)


def test_a_new_patient_is_there_again_on_the_last_step(full: Desk, qtbot: QtBot) -> None:
    dialog = _open(full, qtbot, "N-2", Verb.ADMIT)
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.new.click()
    dialog.person.last_name.setText("Zaninka")
    dialog.person.sex.choose(Sex.FEMALE.value)
    dialog.person.born.setText("14-May-1988")
    dialog._on_primary()
    qtbot.waitUntil(lambda: dialog.step is Step.STAY)
    dialog.stay.needs["oxygen"].setChecked(True)
    dialog.reject()
    again = _open(full, qtbot, "N-2", Verb.ADMIT)
    assert isinstance(again, AdmitPatientDialog)
    assert again.step is Step.STAY
    assert again.banner is not None
    assert "ZANINKA" in again.banner.visible_texts()[0]
    assert again.stay.needs["oxygen"].isChecked()
    again.stay.override.setCurrentIndex(1)  # the bed has no oxygen
    with qtbot.waitSignal(full.session.action_done):
        again.primary.click()
    occupant = full.hospital.bed("N-2").occupant
    assert occupant is not None
    assert (occupant.person.last_name, occupant.needs) == ("Zaninka", ("oxygen",))


def test_a_name_typed_blindly_over_a_draft_admits_nobody(full: Desk, qtbot: QtBot) -> None:
    """The person chosen before is shown, and the first Enter goes back to the search."""
    dialog = _open(full, qtbot, "N-2", Verb.ADMIT)
    dialog.search.unknown.click()
    dialog.person.sex.choose(Sex.MALE.value)
    dialog._on_primary()
    dialog.reject()
    again = _open(full, qtbot, "N-2", Verb.ADMIT)
    qtbot.waitUntil(again.back.hasFocus)
    hands = Hands(full.page)
    hands.type("uwim")
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: full.tasks.pending == 0)
    assert again.step is not Step.STAY
    assert full.hospital.bed("N-2").occupant is None


def test_an_untouched_time_is_now_again_when_the_draft_comes_back(full: Desk, qtbot: QtBot,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """Left by Esc and opened half an hour later: nothing is dated back that nobody dated back."""
    _open(full, qtbot, "N-1", Verb.DISCHARGE).reject()
    qtbot.waitUntil(lambda: full.page.dialog is None)
    later = datetime.now(UTC) + timedelta(minutes=30)
    monkeypatch.setattr(full.session, "now", lambda: later)
    again = _open(full, qtbot, "N-1", Verb.DISCHARGE)
    assert again.at.value is None
    assert again.at._note.text() == "now"
    assert again.at.edit.text() == f"{later.astimezone(full.session.zone):%d-%b-%Y %H:%M}"


def test_an_untouched_time_goes_with_the_clock_and_a_chosen_one_stays(full: Desk, qtbot: QtBot,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    at = _open(full, qtbot, "N-1", Verb.DISCHARGE).at
    later = datetime.now(UTC) + timedelta(minutes=25)
    monkeypatch.setattr(full.session, "now", lambda: later)
    at.follow_clock()
    assert at.value is None
    assert at.edit.text() == f"{later.astimezone(full.session.zone):%d-%b-%Y %H:%M}"
    at.edit.setDateTime(EARLIER)
    at.follow_clock()
    assert at.edit.dateTime() == EARLIER
    assert at.value is not None
    assert at._note.text() == ""
