"""Dialogs that mend mistakes: a wrong admission, time or discharge, and an unknown person who is known now."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson, Person, Role, Sex
from wardbeds.domain.requests import CancelAdmission, CorrectTime, MergePeople, ReopenAdmission
from wardbeds.gui import theme, words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.discharge import place_of
from wardbeds.gui.dialogs.happened_at import wall_time
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.inputs import Field, TimeEdit
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb
from wardbeds.services import mending


class CancelAdmissionDialog(Dialog):
    """The person was never here: the admission counts nowhere."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed | None, waiting: Waiting | None) -> None:
        person, self._seen = place_of(bed, waiting)
        super().__init__(session, parent, session.tr("Cancel a wrong admission"), session.tr("Cancel the admission"),
                         person=person, final=True, draft=f"cancel:{person.patient_id}")
        self._person = person
        self._bed_id = bed.id if bed is not None else None
        self.reason = Choices([(text, text) for text in (
            self.tr("Wrong person"), self.tr("Entered twice"), self.tr("Never came"), self.tr("Other"))])
        self.cancel_button.setText(self.tr("Keep it"))  # “Cancel” would be read as the deed itself
        self.cancel_button.setAccessibleName(self.tr("Keep it"))
        self.add_row("reason", self.tr("Reason"), self.reason, required=True)
        self.add_wide(info_line(self.tr("The admission is kept in the history but counted in no census. "
                                        "For a patient who went home, use Discharge."), "warning"))
        self.foot_note.setText(self.tr("Cannot be undone; admit again instead."))

    def subject(self) -> Subject:
        return Subject(Verb.CANCEL, self._bed_id, self._person.patient_id)

    def submit(self) -> None:
        if not self.reason.value:
            self.refuse(self.tr("Choose a reason."), "reason")
            return
        self.send(mending.cancel_admission, CancelAdmission(
            patient_id=self._person.patient_id, seen=self._seen, reason=self.reason.value))


class CorrectTimeDialog(Dialog):
    """Since when the patient really has been in this bed."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed) -> None:
        person, self._seen = place_of(bed, None)
        super().__init__(session, parent, session.tr("Correct the time"), session.tr("Correct the time"),
                         person=person, draft=f"time:{person.patient_id}")
        self._person = person
        self._bed = bed
        self.since = TimeEdit()
        self.since.setDisplayFormat("dd-MMM-yyyy HH:mm")
        self.since.setFixedHeight(theme.target(40))
        self._show_since(bed)
        self.reason = Field(self.tr("why the time was wrong"))
        self.reason.setMaxLength(120)
        self.add_row("since", self.tr("In {bed} since").format(bed=bed.number), self.since, required=True)
        self.add_row("reason", self.tr("Reason"), self.reason, required=True)

    def _show_since(self, bed: Bed) -> None:
        if bed.occupant is not None:
            self.since.setDateTime(wall_time(bed.occupant.since.astimezone(self.session.zone)))

    def subject(self) -> Subject:
        return Subject(Verb.TIME, self._bed.id, self._person.patient_id)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        super().rebind(bed, waiting, keep=keep)
        old, self._bed = self._bed.occupant, bed or self._bed
        now = self._bed.occupant
        if not keep and old is not None and now is not None and now.since != old.since:
            self._show_since(self._bed)

    def submit(self) -> None:
        typed, faults = self.since.dateTime().toPython(), {}
        assert isinstance(typed, datetime)
        if typed.replace(tzinfo=self.session.zone) > self.session.now():
            faults["since"] = words.refusal_text(refuse(Code.VALUE, "future"))
        if not self.reason.text().strip():
            faults["reason"] = self.tr("Say in a few words why the time was wrong.")
        if faults:
            self.refuse_all(faults)
            return
        self.send(mending.correct_time, CorrectTime(
            patient_id=self._person.patient_id, seen=self._seen, reason=self.reason.text().strip(),
            since=typed.replace(tzinfo=self.session.zone).astimezone(UTC)))


class MergeDialog(Dialog):
    """An unknown person has a name now: find the registered person, see both, make one of them."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed | None, waiting: Waiting | None) -> None:
        person, _seen = place_of(bed, waiting)
        super().__init__(session, parent, session.tr("This is a known person"), session.tr("Make one record"),
                         person=person, final=True, draft=f"merge:{person.patient_id}")
        self._person = person
        self.people = PeopleList(session, rows=3)
        self.reason = Field(self.tr("how the person was recognised"))
        self.reason.setMaxLength(120)
        self.both = info_line("")
        self.both.hide()
        self.add_row("person", self.tr("Known as"), self.people, required=True)
        self.add_wide(self.both)
        self.add_row("reason", self.tr("Recognised by"), self.reason)
        self.foot_note.setText(self.tr("Cannot be undone."))
        self.give_way(self.people.list, theme.px(56), self.people.list.height())
        self.people.chosen.connect(self._on_chosen)
        self.people.lost.connect(self.both.hide)

    def subject(self) -> Subject:
        return Subject(Verb.MERGE, None, self._person.patient_id, anywhere=True)

    def board_changed(self) -> None:
        self.people.refresh()

    def _on_chosen(self, found: FoundPerson) -> None:
        person = found.person
        text = self.tr("{old} {old_number} becomes {new}, {number}, {born}, {sex}.").format(
            old=full_name(self._person), old_number=self._person.hospital_number, new=full_name(person),
            number=person.hospital_number, born=words.born_text(person), sex=words.sex_word(person.sex))
        if self._differ(person):
            text += " " + self.tr("Gender differs: {old} until now. Say how the person was recognised.").format(
                old=words.sex_word(self._person.sex))
        self.both.set_kind("warning" if self._differ(person) else "info")
        self.both.setText(text)
        self.both.show()
        self.place()

    def _differ(self, known: Person) -> bool:
        """Whether two genders were seen: most likely it is somebody else, and merging cannot be undone."""
        return Sex.UNKNOWN not in (known.sex, self._person.sex) and known.sex is not self._person.sex

    def submit(self) -> None:
        found = self.people.current()
        if found is None:
            self.refuse(self.tr("Find the person this really is."), "person")
            return
        if self._differ(found.person) and not self.reason.text().strip():
            self.refuse(self.tr("Gender differs. Say how the person was recognised."), "reason")
            return
        self.send(mending.merge_people, MergePeople(
            unknown_id=self._person.patient_id, known_id=found.person.patient_id, reason=self.reason.text().strip()))


class ReopenDialog(Dialog):
    """For administrators: somebody was discharged by mistake in the last week."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent, session.tr("Take back a discharge"), session.tr("Take back the discharge"),
                         final=True, draft="reopen")
        self.people = PeopleList(session)
        self.ward = self.combo([(one.ward.name, one.ward.id) for one in session.wards])
        self.ward.setCurrentIndex(max(0, self.ward.findData(session.ward_id)))
        self.reason = Field(self.tr("why the discharge was wrong"))
        self.reason.setMaxLength(120)
        self.add_row("person", self.tr("Who"), self.people, required=True)
        self.add_row("reason", self.tr("Reason"), self.reason, required=True)
        self.add_row("ward", self.tr("If the bed is gone"), self.ward)
        self.add_wide(info_line(self.tr("The patient is in the old bed again, as if never discharged. If somebody "
                                        "else has it now, the patient waits in the ward chosen.")))
        self.give_way(self.people.list, theme.px(56), self.people.list.height())
        self.people.chosen.connect(lambda found: self._show(found))
        self.people.lost.connect(self._forget)

    def subject(self) -> Subject | None:
        found = self.people.current()
        return Subject(Verb.ADMIT, None, found.person.patient_id, anywhere=True) if found is not None else None

    def why_not(self, role: Role) -> str:
        """Whoever is here again needs no discharge taken back."""
        subject = self.subject()
        bed, waiting = subject.find(self.session.model) if subject is not None else (None, None)
        if bed is not None:
            return self.tr("The patient is in {bed} again.").format(bed=bed.number)
        return self.tr("The patient is on the waiting list again.") if waiting is not None else ""

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        super().rebind(bed, waiting, keep=keep)
        self.people.refresh()

    def board_changed(self) -> None:
        self.people.refresh()

    def _forget(self) -> None:
        if self.banner is not None:
            self.banner.hide()

    def _show(self, found: FoundPerson) -> None:
        self.show_banner(found.person)
        self.place()

    def submit(self) -> None:
        found, faults = self.people.current(), {}
        if found is None:
            faults["person"] = self.tr("Find the person first.")
        if not self.reason.text().strip():
            faults["reason"] = self.tr("Say in a few words why the discharge was wrong.")
        if found is None or faults:
            self.refuse_all(faults)
            return
        self.send(mending.reopen_admission, ReopenAdmission(
            patient_id=found.person.patient_id, ward_id=int(self.ward.currentData()),
            reason=self.reason.text().strip()))
