"""Admit: find the person first, look for duplicates, then register a new one; then the stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.changes import Happening
from wardbeds.domain.people import FoundPerson, Person, Role, Sex
from wardbeds.domain.placement import judge
from wardbeds.domain.requests import AdmitPatient, NewPerson, UnknownPerson
from wardbeds.gui import words
from wardbeds.gui.board.targets import target_in
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.admitting.find import FindStep, already_admitted
from wardbeds.gui.dialogs.admitting.person import ROWS as PERSON_ROWS
from wardbeds.gui.dialogs.admitting.person import PersonStep
from wardbeds.gui.dialogs.admitting.stay import StayStep
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.measures import MANY_FIELDS
from wardbeds.gui.dialogs.steps_line import StepsLine
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import UNKNOWN, Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.reading import next_hospital_number


class Step(Enum):
    """Where the dialog is."""

    FIND = 1
    PATIENT = 2
    STAY = 3


class AdmitPatientDialog(Dialog):
    """Admit to a bed, or to the ward's waiting list."""

    most_height = MANY_FIELDS

    def __init__(self, session: Session, parent: QWidget, bed: Bed | None = None) -> None:
        board = session.model.board
        assert board is not None
        super().__init__(session, parent, "", session.tr("Next"),
                         draft=f"admit:{bed.id}" if bed else f"admit:ward{board.ward.id}")
        self.step = Step.FIND
        self._who: int | NewPerson | UnknownPerson | None = None
        self._steps = StepsLine([self.tr("Find"), self.tr("Patient"), self.tr("Stay")])
        self.head_side.addWidget(self._steps)
        self.search = FindStep(self)
        self.person = PersonStep(self)
        self.stay = StayStep(self, board, bed)
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.go_back)
        self.foot_side.addWidget(self.back)
        self._connect()
        self._show_step(Step.FIND)

    def _connect(self) -> None:
        self.search.people.chosen.connect(self._on_chosen)
        self.search.people.activated.connect(lambda _found: self._on_primary())
        self.search.new.clicked.connect(self.start_new)
        self.search.unknown.clicked.connect(self.start_unknown)
        self.search.taken.connect(self._take_found)
        self.person.typed.connect(self._show_typed)
        self.person.more_opened.connect(lambda: self._show_step(Step.PATIENT))
        self.person.taken.connect(self._take)
        self.person.alike.same_chosen.connect(self._take_same)
        self.stay.place_changed.connect(self._on_place)
        self.stay.needs_changed.connect(self._judge)

    # the three steps -----------------------------------------------------------------------------------------

    def _show_step(self, step: Step) -> None:
        self.step = step
        self.clear_errors()
        self.person.unknown = isinstance(self._who, UnknownPerson)
        for part, own in ((self.search, Step.FIND), (self.person, Step.PATIENT), (self.stay, Step.STAY)):
            part.show(own is step)
        self.back.setVisible(step is not Step.FIND)
        self._steps.show_step(step.value - 1)
        self._name_place()
        self._show_typed()
        self._judge()
        self.place()
        self._first_of_step().setFocus(Qt.FocusReason.TabFocusReason)

    def _first_of_step(self) -> QWidget:
        return {Step.FIND: self.search.people, Step.PATIENT: self.person.first(), Step.STAY: self.primary}[self.step]

    def _name_place(self) -> None:
        """Say in head and button where the patient is going to be."""
        bed = self.stay.bed
        place = bed.number if bed is not None else self.tr("the waiting list")
        title = self.tr("Admit to {place}").format(place=place)
        self.head.setText(title)
        self.setAccessibleName(title)
        self.primary.setText(title if self.step is Step.STAY else self.tr("Next: stay")
                             if self.step is Step.PATIENT else self.tr("Use this patient"))
        self.stay.show_priority()

    def _show_typed(self) -> None:
        """The banner says what is typed, as it is going to be read by everybody."""
        if self.step is not Step.PATIENT:
            return
        if not self.person.unknown:
            self.show_banner(*self.person.person())
        elif self.banner is not None:
            self.banner.hide()

    def _on_place(self) -> None:
        self._name_place()
        self._judge()
        self.place()

    def first_focus(self) -> QWidget:
        """Where somebody chosen before is shown again, Enter goes back: a name typed blindly admits nobody else."""
        if self.step is Step.STAY:
            return self.back
        return self.search.people.field if self.step is Step.FIND else self._first_of_step()

    # what was typed before -----------------------------------------------------------------------------------

    def typed(self) -> dict[str, Any]:
        found = super().typed() | {
            "step": self.step, "of": self._who, "more": self.person.more_shown,
            "dismissed": self.person.alike.dismissed, "place": self.stay.where.place()}
        return found | {"shown": self.banner.person} if self.banner is not None else found

    def _restore(self) -> None:
        """Go on with the step and the person that were left."""
        super()._restore()
        draft = self.draft()
        if not draft:
            return
        self._who, self.person.more_shown = draft["of"], draft["more"]
        self.person.alike.dismissed = draft["dismissed"]
        self.stay.where.go_to(*draft["place"])
        if draft["step"] is Step.FIND:
            return
        if "shown" in draft and not isinstance(self._who, UnknownPerson):
            self.show_banner(draft["shown"])
        self._show_step(draft["step"])
        self.person.look_for_similar()
        self.foot_note.setText(self.tr("Goes on where it was left."))

    # going on ------------------------------------------------------------------------------------------------

    def go_back(self) -> None:
        """To the step before: a person found needs no typing."""
        found = isinstance(self._who, int)
        self._show_step(Step.FIND if self.step is Step.PATIENT or found else Step.PATIENT)

    def _on_chosen(self, found: FoundPerson) -> None:
        if self.step is Step.FIND:
            self.show_banner(found.person)
            self.place()

    def submit(self) -> None:
        if self.step is Step.FIND:
            self.search.submit()
        elif self.step is Step.PATIENT:
            self.person.submit()
        else:
            self._admit()

    def start_new(self) -> None:
        """Register somebody new, with what was searched for."""
        self.person.begin_with(self.search.people.field.text().strip())
        self._who = None
        self._show_step(Step.PATIENT)
        self.session.ask(next_hospital_number, self.person.propose)

    def start_unknown(self) -> None:
        """Admit somebody whom nobody knows."""
        self._who = UnknownPerson(sex=Sex.UNKNOWN)
        self._show_step(Step.PATIENT)

    def _take(self, who: int | NewPerson | UnknownPerson) -> None:
        self._who = who
        self._show_step(Step.STAY)

    def _take_found(self, found: FoundPerson) -> None:
        self.show_banner(found.person)
        self._take(found.person.patient_id)

    def _take_same(self, found: FoundPerson) -> None:
        """The new patient is somebody who is registered already."""
        if found.admitted:
            self.refuse(already_admitted(found))
        else:
            self._take_found(found)

    def refuse(self, text: str, field: str | None = None) -> None:
        """Turn back to the patient where what is wrong was typed there: somebody else has the number now."""
        if self.step is Step.STAY and isinstance(self._who, NewPerson) and field in PERSON_ROWS:
            self.person.open_for(field)
            self._show_step(Step.PATIENT)
            self.person.look_for_similar()
        super().refuse(text, field)

    # the stay ------------------------------------------------------------------------------------------------

    def _in_hand(self) -> Person | None:
        """Who is to be admitted, as the banner says it."""
        if isinstance(self._who, NewPerson):
            new = self._who
            self.show_banner(Person(0, self.person.number_text(new.hospital_number), new.last_name, new.first_name,
                                    new.sex, new.date_of_birth, new.birth_estimated))
        elif isinstance(self._who, UnknownPerson):
            born = date(self._who.birth_year, 1, 1) if self._who.birth_year else None
            self.show_banner(Person(0, self.person.number_text(""), UNKNOWN, words.sex_word(self._who.sex),
                                    self._who.sex, born, born is not None))
        return self.banner.person if self.banner is not None else None

    def _judge(self) -> None:
        self.stay.judge(self._in_hand() if self.step is Step.STAY else None)

    def _admit(self) -> None:
        assert self._who is not None
        values = self.stay.values()
        if values is not None:
            self.send(admit_patient, AdmitPatient(person=self._who, **values))

    # what others do meanwhile --------------------------------------------------------------------------------

    def subject(self) -> Subject | None:
        patient_id = self._who if isinstance(self._who, int) else None
        bed = self.stay.bed
        if bed is None and patient_id is None:
            return None
        return _AdmitSubject(Verb.ADMIT, bed.id if bed else None, None, admitting=patient_id)

    def why_not(self, role: Role) -> str:
        model, chosen = self.session.model, self.stay.bed
        place = next((bed.number for bed in model.beds if isinstance(self._who, int)
                      and bed.patient_id == self._who), "")
        if place or any(one.person.patient_id == self._who for one in model.waiting):
            return self.tr("The patient is already admitted: {place}.").format(
                place=place or self.tr("the waiting list"))
        if chosen is None:
            return ""
        why_not = super().why_not(role)
        bed, person = model.bed_by_id(chosen.id), self._in_hand() if self.step is Step.STAY else None
        if why_not or bed is None or person is None or model.board is None:
            return why_not
        now = self.session.now()
        refusal = judge(self.stay.hand(person), target_in(model.board, bed, now), role, now).refusal
        return words.refusal_text(refusal) if refusal is not None else ""

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        if self.stay.bed is not None and bed is not None:
            self.stay.take_bed(bed)
        self._judge()


@dataclass(frozen=True, slots=True)
class _AdmitSubject(Subject):
    """The bed, and who is to be admitted: not yet in it."""

    admitting: int | None = None

    def concerns(self, happening: Happening) -> bool:
        person = happening.line.person if happening.line is not None else None
        return (self.bed_id is not None and self.bed_id in happening.bed_ids) or (
            person is not None and person.patient_id == self.admitting)
