"""A dialog is open while another station changes what it is about: nothing is saved until somebody has chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague, mend, see
from wardbeds.domain.beds import Priority
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.requests import (
    DischargePatient,
    EditAdmission,
    EditIdentity,
    PlacePatient,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.bed_state import BlockBedDialog, ReserveBedDialog
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog, EditIdentityDialog
from wardbeds.gui.dialogs.mending import ReopenDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.dialogs.notes import NotesDialog
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services.editing import edit_admission, edit_identity
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient


def _open(desk: Desk, qtbot: QtBot, number: str | None, verb: Verb) -> Dialog:
    if number is not None:
        desk.page.selection.select_bed(desk.hospital.beds[number])
    desk.page.do(verb)
    qtbot.waitUntil(lambda: desk.page.dialog is not None)
    assert desk.page.dialog is not None
    return desk.page.dialog


def _settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


def _save(desk: Desk, dialog: Dialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert desk.page.dialog is None


def test_nothing_is_saved_before_the_choice(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, "N-1", Verb.BLOCK)
    assert isinstance(dialog, BlockBedDialog)
    dialog.reason.choose("mattress")
    colleague.remark("N-1", "creaks")
    see(desk, qtbot)
    bar = dialog.meanwhile.bar
    assert bar.isVisible()
    assert "Station 2: Remark changed N-1" in bar.words.text()
    assert bar.new.isVisible() and bar.mine.isVisible() and not bar.close_it.isVisible()
    assert not dialog.primary.isEnabled()
    assert "Choose first" in dialog.primary.toolTip()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "Choose first" in dialog.summary.text()
    assert desk.hospital.bed("N-1").block_reason == ""
    bar.mine.click()
    assert not bar.isVisible()
    assert not dialog.summary.isVisible()
    assert dialog.reason.value == "mattress"
    _save(desk, dialog, qtbot)
    assert desk.hospital.bed("N-1").block_reason == "mattress"


def test_what_happens_elsewhere_disturbs_no_dialog(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, "N-1", Verb.BLOCK)
    colleague.block("N-2")
    see(desk, qtbot)
    assert not dialog.meanwhile.bar.isVisible()
    assert dialog.primary.isEnabled()


def test_where_it_can_no_longer_be_done_there_is_only_close(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    dialog = _open(desk, qtbot, "N-1", Verb.BLOCK)
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    bar = dialog.meanwhile.bar
    assert "N-1 → UWIMANA, Claire" in bar.words.text()
    assert bar.words.text().endswith("N-1 is now: Occupied.")
    assert bar.close_it.isVisible() and not bar.new.isVisible() and not bar.mine.isVisible()
    assert not dialog.primary.isEnabled()
    bar.close_it.click()
    assert desk.page.dialog is None


def test_what_is_possible_again_offers_the_choice_again(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """The bed was taken and is to be cleaned now: it can be blocked, as it is now."""
    dialog = _open(desk, qtbot, "N-1", Verb.BLOCK)
    assert isinstance(dialog, BlockBedDialog)
    dialog.reason.choose("mattress")
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    assert dialog.meanwhile.bar.close_it.isVisible()
    colleague.discharge("N-1")
    see(desk, qtbot)
    assert not dialog.meanwhile.bar.close_it.isVisible()
    dialog.meanwhile.bar.mine.click()
    _save(desk, dialog, qtbot)
    assert desk.hospital.bed("N-1").block_reason == "mattress"


@pytest.mark.parametrize("verb", [Verb.MOVE, Verb.DISCHARGE, Verb.NOTES, Verb.CANCEL, Verb.TIME, Verb.TRANSFER,
                                  Verb.SWAP])
def test_a_patient_who_has_gone(desk: Desk, colleague: Colleague, qtbot: QtBot, verb: Verb) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", verb)
    colleague.move("N-1", "N-2")
    see(desk, qtbot)
    assert dialog.meanwhile.bar.words.text().endswith("The patient is no longer in N-1.")
    assert dialog.meanwhile.bar.close_it.isVisible()
    assert all(not one.isEnabled() for one in dialog._writers)


def test_one_who_no_longer_waits(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0)
    see(desk, qtbot)
    patient_id = desk.hospital.people[0]
    desk.page.selection.select_waiting(patient_id)
    dialog = _open(desk, qtbot, None, Verb.REMOVE)
    place_patient(desk.store, colleague.actor, PlacePatient(
        patient_id=patient_id, seen=SeenPlace(ward_id=desk.hospital.wards["North"]),
        bed=SeenBed.of(desk.hospital.bed("N-3"))))
    see(desk, qtbot)
    assert dialog.meanwhile.bar.words.text().endswith("The patient is no longer here.")
    assert dialog.meanwhile.bar.close_it.isVisible()


def test_notes_of_both_are_kept_apart(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """“Keep mine” keeps what I typed, and does not take back what I never touched."""
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.NOTES)
    assert isinstance(dialog, NotesDialog)
    dialog.notes.setPlainText("mine")
    colleague.remark("N-1", "theirs")
    see(desk, qtbot)
    dialog.meanwhile.bar.mine.click()
    assert (dialog.notes.toPlainText(), dialog.remark.toPlainText()) == ("mine", "theirs")
    colleague.notes("N-1", "also theirs")
    see(desk, qtbot)
    dialog.meanwhile.bar.mine.click()
    assert dialog.notes.toPlainText() == "mine"
    _save(desk, dialog, qtbot)
    bed = desk.hospital.bed("N-1")
    assert bed.occupant is not None
    assert (bed.occupant.notes, bed.remark) == ("mine", "theirs")
    dialog = _open(desk, qtbot, "N-1", Verb.NOTES)
    assert isinstance(dialog, NotesDialog)
    dialog.notes.setPlainText("mine again")
    colleague.notes("N-1", "the newest")
    see(desk, qtbot)
    dialog.meanwhile.bar.new.click()
    assert dialog.notes.toPlainText() == "the newest"
    dialog.reject()


def _identity(desk: Desk, colleague: Colleague) -> None:
    edit_identity(desk.store, colleague.actor, EditIdentity(
        patient_id=desk.hospital.people[0], seen_hospital_number="T-001", last_name="Uwase", hospital_number="T-100"))


def _admission(desk: Desk, colleague: Colleague) -> None:
    bed = desk.hospital.bed("N-1")
    assert bed.occupant is not None
    edit_admission(desk.store, colleague.actor, EditAdmission(
        patient_id=desk.hospital.people[0], admission_id=bed.occupant.admission_id, priority=Priority.URGENT,
        attendant_name="Rose"))


@pytest.mark.parametrize("keep", [True, False])
def test_a_corrected_identity(desk: Desk, colleague: Colleague, qtbot: QtBot, keep: bool) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.IDENTITY)
    assert isinstance(dialog, EditIdentityDialog)
    dialog.last_name.setText("Uwimbabazi")
    dialog.first_name.setText("Clara")
    _identity(desk, colleague)
    see(desk, qtbot)
    (dialog.meanwhile.bar.mine if keep else dialog.meanwhile.bar.new).click()
    _settled(desk, qtbot)
    assert dialog.last_name.text() == ("Uwimbabazi" if keep else "Uwase")
    assert (dialog.first_name.text(), dialog.number.text()) == ("Clara", "T-100")
    assert dialog.banner is not None
    assert "T-100" in dialog.banner.visible_texts()
    _save(desk, dialog, qtbot)
    person = desk.hospital.bed("N-1").occupant.person  # type: ignore[union-attr]
    assert (person.last_name, person.first_name, person.hospital_number) == (
        "Uwimbabazi" if keep else "Uwase", "Clara", "T-100")


def test_a_choice_whose_reading_failed_is_offered_again(desk: Desk, colleague: Colleague, qtbot: QtBot,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the old values would be saved over the new ones as soon as the connection is back."""
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.IDENTITY)
    _identity(desk, colleague)
    see(desk, qtbot)
    bar = dialog.meanwhile.bar

    def unreachable(*_: object) -> object:
        raise OutOfReach("the cable is out")

    desk.session.link.stop()
    monkeypatch.setattr("wardbeds.gui.dialogs.edit_patient.read_admission", unreachable)
    with qtbot.waitSignal(desk.session.connection_lost):
        bar.mine.click()
    assert bar.isVisible()
    monkeypatch.undo()
    mend(desk, qtbot)
    assert not dialog.primary.isEnabled()
    bar.mine.click()
    _settled(desk, qtbot)
    assert dialog.number.text() == "T-100"  # type: ignore[attr-defined]
    assert dialog.primary.isEnabled()


def test_a_fault_while_saving_leaves_the_dialog_usable(desk: Desk, qtbot: QtBot,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ValueError("a fault of ours")

    dialog = _open(desk, qtbot, "N-1", Verb.BLOCK)
    assert isinstance(dialog, BlockBedDialog)
    dialog.reason.choose("mattress")
    with monkeypatch.context() as patched:
        patched.setattr("wardbeds.gui.dialogs.bed_state.block_bed", broken)
        with qtbot.waitSignal(desk.session.failed):
            dialog.primary.click()
    assert "went wrong" in dialog.summary.text()
    _save(desk, dialog, qtbot)
    assert desk.hospital.bed("N-1").block_reason == "mattress"


@pytest.mark.parametrize("keep", [True, False])
def test_a_changed_admission(desk: Desk, colleague: Colleague, qtbot: QtBot, keep: bool) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.ADMISSION)
    assert isinstance(dialog, EditAdmissionDialog)
    dialog.attendant.setText("Jean")
    dialog.needs["oxygen"].setChecked(True)
    _admission(desk, colleague)
    see(desk, qtbot)
    (dialog.meanwhile.bar.mine if keep else dialog.meanwhile.bar.new).click()
    _settled(desk, qtbot)
    assert dialog.attendant.text() == ("Jean" if keep else "Rose")
    assert dialog.priority.value == "urgent"
    assert dialog.needs["oxygen"].isChecked()
    dialog.reject()


def test_an_identity_in_the_banner_of_another_dialog(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.DISCHARGE)
    _identity(desk, colleague)
    see(desk, qtbot)
    dialog.meanwhile.bar.new.click()
    assert dialog.banner is not None
    assert "T-100" in dialog.banner.visible_texts()
    assert "T-100" in dialog.banner.accessibleName()
    _save(desk, dialog, qtbot)


def test_the_bed_to_move_to_is_taken(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.MOVE)
    assert isinstance(dialog, PlaceDialog)
    dialog.number.setText("n2")
    colleague.admit(1, "N-2")
    see(desk, qtbot)
    bar = dialog.meanwhile.bar
    assert bar.new.isVisible() and not bar.mine.isVisible()
    bar.new.click()
    assert dialog.number.text() == ""
    assert "N-2" not in [row.title.split()[0] for row in dialog.beds._rows.rows]
    dialog.number.setText("n3")
    _save(desk, dialog, qtbot)
    assert desk.hospital.bed("N-3").patient_id == desk.hospital.people[0]


def test_the_list_of_possible_beds_is_the_present_one(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.MOVE)
    assert isinstance(dialog, PlaceDialog)
    dialog.beds.step(1)
    chosen = dialog.chosen()
    assert chosen is not None
    colleague.block(next(one for one in ("N-2", "N-3", "N-4") if one != chosen.number))
    see(desk, qtbot)
    assert not dialog.meanwhile.bar.isVisible()
    assert len(dialog.beds._rows.rows) == 2
    assert dialog.chosen() is not None and dialog.chosen().number == chosen.number  # type: ignore[union-attr]


def _stay(desk: Desk, qtbot: QtBot) -> AdmitPatientDialog:
    dialog = _open(desk, qtbot, "N-2", Verb.ADMIT)
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.people.field.setText("uwima")
    with qtbot.waitSignal(dialog.search.people.searched):
        dialog.search.people.search()
    dialog.primary.click()
    assert dialog.step is Step.STAY
    return dialog


def test_the_bed_to_admit_to_changed(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    dialog = _stay(desk, qtbot)
    colleague.hold("N-2", 0)
    see(desk, qtbot)
    dialog.meanwhile.bar.new.click()
    _save(desk, dialog, qtbot)
    assert desk.hospital.bed("N-2").patient_id == desk.hospital.people[0]


@pytest.mark.parametrize(("act", "reason"), [
    (lambda colleague: colleague.admit(1, "N-2"), "N-2 is now: Occupied."),
    (lambda colleague: colleague.admit(0, "N-3"), "The patient is already admitted: N-3."),
    (lambda colleague: colleague.admit(0), "The patient is already admitted: the waiting list."),
], ids=["bed taken", "patient admitted", "patient waits"])
def test_admitting_is_no_longer_possible(desk: Desk, colleague: Colleague, qtbot: QtBot,
                                         act: Callable[[Colleague], None], reason: str) -> None:
    dialog = _stay(desk, qtbot)
    act(colleague)
    see(desk, qtbot)
    assert dialog.meanwhile.bar.words.text().endswith(reason)
    assert dialog.meanwhile.bar.close_it.isVisible()
    assert not dialog.primary.isEnabled()


def test_a_reason_asked_for_after_a_drop(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    colleague.move("N-1", "N-2")
    see(desk, qtbot)
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-2"])
    assert bed is not None
    desk.page.engine.pick_up_bed(bed)
    desk.page.engine.put_down(desk.hospital.beds["N-3"])  # moved less than two hours ago
    dialog = desk.page.dialog
    assert isinstance(dialog, ReasonDialog)
    dialog.reasons.choose(next(iter(dialog.reasons.buttons)))
    colleague.remark("N-3", "creaks")
    see(desk, qtbot)
    dialog.meanwhile.bar.mine.click()
    colleague.admit(1, "N-3")
    see(desk, qtbot)
    assert "N-3 is occupied by KABERA" in dialog.meanwhile.bar.words.text()
    assert dialog.meanwhile.bar.close_it.isVisible()


def test_a_refusal_because_the_screen_was_old_offers_the_choice_too(desk: Desk, colleague: Colleague,
                                                                   qtbot: QtBot) -> None:
    """The feed has told nothing; the database refuses, the board is read again, and then it is known."""
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-1", Verb.DISCHARGE)
    desk.session.link.stop()
    discharge_patient(desk.store, colleague.actor, DischargePatient(
        patient_id=desk.hospital.people[0], seen=SeenPlace(bed_id=desk.hospital.beds["N-1"]), outcome=Outcome.IMPROVED,
        happened_at=datetime.now(UTC)))
    colleague.admit(0, "N-4")
    with qtbot.waitSignals([desk.session.action_refused, desk.session.ward_opened]):
        dialog.primary.click()
    bar = dialog.meanwhile.bar
    assert bar.isVisible()
    assert "no longer where you saw her" in bar.words.text()
    assert bar.close_it.isVisible()
    assert not dialog.primary.isEnabled()


def test_the_people_a_bed_is_kept_for_are_the_present_ones(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """Who comes to wait can be chosen, who is chosen stays so, and who no longer waits is to be chosen anew."""
    people = desk.hospital.people
    colleague.admit(0)
    see(desk, qtbot)
    dialog = _open(desk, qtbot, "N-4", Verb.RESERVE)
    assert isinstance(dialog, ReserveBedDialog)
    dialog.who.choose(str(people[0]))
    colleague.admit(1)
    see(desk, qtbot)
    assert set(dialog.who.values()) == {str(people[0]), str(people[1]), "search", "text"}
    assert dialog.who.value == str(people[0])
    assert not dialog.summary.isVisible()
    waiting = desk.session.model.waiting
    assert {one.person.patient_id for one in waiting} == {people[0], people[1]}
    place_patient(desk.store, colleague.actor, PlacePatient(
        patient_id=people[0], seen=SeenPlace(ward_id=desk.hospital.wards["North"]),
        bed=SeenBed.of(desk.hospital.bed("N-1"))))
    see(desk, qtbot)
    assert str(people[0]) not in dialog.who.values()
    assert "no longer waits" in dialog.summary.text()
    dialog.primary.click()
    assert "whom the bed is for" in dialog.summary.text()
    assert desk.hospital.bed("N-4").hold is None
    dialog.who.choose(str(people[1]))
    _save(desk, dialog, qtbot)
    hold = desk.hospital.bed("N-4").hold
    assert hold is not None
    assert hold.person is not None
    assert hold.person.patient_id == people[1]


def _reopen(desk: Desk, qtbot: QtBot) -> ReopenDialog:
    """The dialog of an administrator, who has found the first person."""
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in("admin", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    desk.page.house.reopen()
    dialog = desk.page.dialog
    assert isinstance(dialog, ReopenDialog)
    dialog.people.field.setText("Uwimana")
    qtbot.waitUntil(lambda: dialog.people.current() is not None)
    dialog.reason.setText("wrong bed pressed")
    return dialog


def test_a_discharge_that_somebody_else_took_back(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    colleague.discharge("N-1")
    see(desk, qtbot)
    dialog = _reopen(desk, qtbot)
    colleague.admit(0, "N-3")
    see(desk, qtbot)
    assert dialog.meanwhile.bar.isVisible()
    assert "in N-3 again" in dialog.meanwhile.bar.words.text()
    assert not dialog.primary.isEnabled()
    assert dialog.meanwhile.bar.new.isHidden()


def test_who_was_found_is_shown_as_she_is_now(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    colleague.discharge("N-1")
    colleague.admit(1, "N-2")
    see(desk, qtbot)
    dialog = _reopen(desk, qtbot)
    dialog.people.field.setText("T-00")
    qtbot.waitUntil(lambda: dialog.people.settled and dialog.people.list.count() == 3)
    dialog.people.list.choose([one.person.patient_id for one in dialog.people._found].index(desk.hospital.people[0]))
    chosen = dialog.people.current()
    assert chosen is not None
    colleague.move("N-2", "N-4")
    see(desk, qtbot)
    qtbot.waitUntil(lambda: "N-4" in str([row.detail for row in dialog.people.list._rows.rows]))
    now = dialog.people.current()
    assert now is not None
    assert now.person.patient_id == chosen.person.patient_id
