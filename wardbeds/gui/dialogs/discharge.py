"""Discharge in one step, deciding it only, the patient having left, and leaving the waiting list."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication, QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.people import Person
from wardbeds.domain.requests import DecideDischarge, DischargePatient, RecordLeft, RemoveWaiting, SeenPlace
from wardbeds.domain.stays import Outcome
from wardbeds.gui import words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.inputs import Field
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check
from wardbeds.gui.verbs import Verb
from wardbeds.services.leaving import decide_discharge, discharge_patient, record_left, remove_waiting

OUTCOMES = (Outcome.IMPROVED, Outcome.STABLE, Outcome.REFERRED, Outcome.AGAINST_ADVICE, Outcome.ABSCONDED,
            Outcome.DECEASED)


def place_of(bed: Bed | None, waiting: Waiting | None) -> tuple[Person, SeenPlace]:
    """Who and where, from a bed or the waiting list."""
    if bed is not None and bed.occupant is not None:
        return bed.occupant.person, SeenPlace(bed_id=bed.id)
    assert waiting is not None
    return waiting.person, SeenPlace(ward_id=waiting.ward_id)


class DischargeDialog(Dialog):
    """Outcome and time; the outcome is prefilled, so that three actions are enough."""

    def __init__(self, session: Session, parent: QWidget, *, bed: Bed | None = None,
                 waiting: Waiting | None = None) -> None:
        person, self._seen = place_of(bed, waiting)
        where = session.tr("Discharge from {bed}").format(bed=bed.number) if bed else session.tr("Discharge")
        super().__init__(session, parent, session.tr("Discharge"), where, person=person,
                         draft=f"discharge:{person.patient_id}")
        self._person = person
        self._bed = bed
        self._primary_text = where
        self.later: Button | None = None
        self._asked_for = QElapsedTimer()
        self.outcome = Choices([(one.value, words.outcome_word(one)) for one in OUTCOMES])
        self.outcome.choose(Outcome.IMPROVED.value)
        self.outcome.chosen.connect(self._on_outcome)
        self._note_hint = self.tr("Control visit, medicines given")
        self.note = self.text_box(2, self._note_hint)
        self.informed = Check(self.tr("Attendant informed"))
        self.add_row("outcome", self.tr("Outcome"), self.outcome, required=True)
        self.facility = Field(self.tr("hospital or health centre"))
        self.facility.setMaxLength(120)
        self.add_row("facility", self.tr("Referred to"), self.facility, required=True)
        self.show_row("facility", False)
        self.add_row("note", self.tr("Note"), self.note)
        self.add_row("attendant_informed", self.tr("Before leaving"), self.informed)
        self.at = self.add_happened_at(self.tr("Left at"), required=True)
        board = session.model.board
        if bed is not None and board is not None:
            word = self.tr("To clean") if board.ward.cleaning_step else self.tr("Free")
            self.add_wide(info_line(self.tr("{bed} changes to: {state}.").format(bed=bed.number, state=word)))
        self.foot_note.setText(self.tr("Can be undone for 2 hours."))
        if bed is not None and bed.occupant is not None and bed.occupant.decided_at is None:
            self._add_later()

    def _add_later(self) -> None:
        """The other way: the bed stays hers until she has left."""
        self.later = Button(self.tr("Decide only"))
        self.later.setToolTip(self.tr("The patient may go; the bed is freed when she has left."))
        self.later.clicked.connect(self._decide)
        self.foot_side.addWidget(self.later)
        self.add_writer(self.later)

    def subject(self) -> Subject:
        return Subject(Verb.DISCHARGE, self._bed.id if self._bed else None, self._person.patient_id)

    def first_focus(self) -> QWidget:
        return self.primary

    def _on_outcome(self, value: str) -> None:
        died = value == Outcome.DECEASED
        self._sure(False)
        self.foot_note.setText(self.tr("A death cannot be undone.") if died else self.tr("Can be undone for 2 hours."))
        self.note.setPlaceholderText("" if died else self._note_hint)
        if self.later is not None:
            self.later.setVisible(not died)  # nobody waits to leave: a death is confirmed, with its time
        self.show_row("facility", value == Outcome.REFERRED)
        if value != Outcome.REFERRED:
            self.fields.forgive("facility")
        time = self.tr("Time of death") if died else self.tr("Left at")
        self.fields.rename("happened_at", time)
        self.at.edit.setAccessibleName(time)
        self.place()

    def _sure(self, asked: bool) -> None:
        """Ask once more, or no longer: what cannot be undone is not on Enter."""
        self._final = asked
        self.primary.key = "" if asked else "Enter"
        self.primary.setText(self.tr("Yes, record the death") if asked else self._primary_text)
        if asked:
            self._asked_for.start()
            self.cancel_button.setFocus()

    def _confirmed(self) -> bool:
        """Whether the question was there to be read: the button that confirms lies where the one that asks was, and the
        second half of a double click is no answer."""
        return self._final and self._asked_for.elapsed() >= QApplication.doubleClickInterval()

    def _said(self) -> str:
        """The note, and before it where a referred patient goes."""
        facility = self.facility.text().strip() if self.outcome.value == Outcome.REFERRED else ""
        referred = facility and self.tr("to: {facility}").format(facility=facility)
        return "; ".join(part for part in (referred, self.note.toPlainText().strip()) if part)

    def submit(self) -> None:
        outcome = Outcome(self.outcome.value)
        if self._lacks_facility():
            return
        if outcome is Outcome.DECEASED and not self._confirmed():
            self._sure(True)
            self.refuse(self.tr("Please check name, number and time of death, then confirm."))
            return
        self.send(discharge_patient, DischargePatient(
            patient_id=self._person.patient_id, seen=self._seen, outcome=outcome, note=self._said(),
            attendant_informed=self.informed.isChecked(), happened_at=self.at.value))

    def _lacks_facility(self) -> bool:
        """Whether it is missing where a referred patient goes; then it is asked for."""
        lacks = self.outcome.value == Outcome.REFERRED and not self.facility.text().strip()
        if lacks:
            self.refuse(self.tr("Write which hospital or health centre the patient is referred to."), "facility")
        return lacks

    def _decide(self) -> None:
        self.clear_errors()
        if self._lacks_facility():
            return
        self.send(decide_discharge, DecideDischarge(
            patient_id=self._person.patient_id, seen=self._seen, outcome=Outcome(self.outcome.value),
            note=self._said(), happened_at=self.at.value))


class PatientLeftDialog(Dialog):
    """The patient, whose discharge was decided, has left."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed) -> None:
        person, self._seen = place_of(bed, None)
        super().__init__(session, parent, session.tr("Patient has left"),
                         session.tr("Release {bed}").format(bed=bed.number), person=person,
                         draft=f"left:{person.patient_id}")
        self._person = person
        self._bed_id = bed.id
        self.at = self.add_happened_at(self.tr("Left at"), required=True)

    def subject(self) -> Subject:
        return Subject(Verb.LEFT, self._bed_id, self._person.patient_id)

    def first_focus(self) -> QWidget:
        return self.primary

    def submit(self) -> None:
        self.send(record_left, RecordLeft(patient_id=self._person.patient_id, seen=self._seen,
                                          happened_at=self.at.value))


class RemoveWaitingDialog(Dialog):
    """Take somebody off the list, with the reason."""

    def __init__(self, session: Session, parent: QWidget, waiting: Waiting) -> None:
        super().__init__(session, parent, session.tr("Take off the list"), session.tr("Take off the list"),
                         person=waiting.person, draft=f"remove:{waiting.person.patient_id}")
        self._waiting = waiting
        self.reason = Choices([(text, text) for text in (
            self.tr("Admitted by mistake"), self.tr("Went home"), self.tr("Other hospital"), self.tr("Other"))])
        self.add_row("reason", self.tr("Reason"), self.reason, required=True)
        self.at = self.add_happened_at()

    def subject(self) -> Subject:
        return Subject(Verb.REMOVE, None, self._waiting.person.patient_id)

    def submit(self) -> None:
        if not self.reason.value:
            self.refuse(self.tr("Choose a reason."), "reason")
            return
        self.send(remove_waiting, RemoveWaiting(
            patient_id=self._waiting.person.patient_id, seen=SeenPlace(ward_id=self._waiting.ward_id),
            reason=self.reason.value, happened_at=self.at.value))
