"""Admit: find the person first, look for duplicates, then register a new one; then the stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wardbeds.domain.beds import Bed, BedStatus, Priority, Waiting, WardBoard, as_of
from wardbeds.domain.changes import Happening
from wardbeds.domain.contacts import read_national_id, read_phone
from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson, Person, Role, Sex
from wardbeds.domain.placement import InHand, SoftWarning, Warned, judge
from wardbeds.domain.requests import AdmitPatient, NewPerson, Override, SeenBed, UnknownPerson
from wardbeds.domain.stays import Feeds, Source, default_priority
from wardbeds.gui import theme, words
from wardbeds.gui.board.placing import PlacingEngine, target_in
from wardbeds.gui.controls import Button, Check, Field
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices, box_grid
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.override import OverrideReason
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.dialogs.steps_line import StepsLine
from wardbeds.gui.labels import label
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.reading import find_similar, next_hospital_number, read_board

NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*[.']?", re.UNICODE)
_MONTHS = {name.casefold(): number for number, name in enumerate(words.MONTHS, 1)}


class Step(Enum):
    """Where the dialog is."""

    FIND = 1
    PATIENT = 2
    STAY = 3


def read_date(text: str) -> date:
    """A date as people here write it: 14-May-1988, 1988-05-14, 14/05/1988. Raises ValueError."""
    text = text.strip()
    named = re.fullmatch(r"(\d{1,2})[-/. ]([^\W\d_]{3,})\.?[-/. ](\d{4})", text)
    if named:
        month = _MONTHS.get(named.group(2)[:3].casefold())
        if month is None:
            raise ValueError(text)
        return date(int(named.group(3)), month, int(named.group(1)))
    numbers = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    if numbers:
        return date(int(numbers.group(3)), int(numbers.group(2)), int(numbers.group(1)))
    return date.fromisoformat(text)


class AdmitPatientDialog(Dialog):
    """Admit to a bed, or to the ward's waiting list."""

    last_source = Source.EMERGENCY

    def __init__(self, session: Session, parent: QWidget, bed: Bed | None = None) -> None:
        board = session.model.board
        assert board is not None
        super().__init__(session, parent, "", session.tr("Next"),
                         draft=f"admit:{bed.id}" if bed else f"admit:ward{board.ward.id}")
        self._bed, self._board = bed, board
        self._more_shown = False
        self._step = Step.FIND
        self._person: int | NewPerson | UnknownPerson | None = None
        self._similar: FoundPerson | None = None
        self._dismissed: set[int] = set()
        self._steps = StepsLine([self.tr("Find"), self.tr("Patient"), self.tr("Stay")])
        self.head_side.addWidget(self._steps)
        self._build_find()
        self._build_patient()
        self._build_stay()
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self._go_back)
        self.foot_side.addWidget(self.back)
        self._show_step(Step.FIND)

    # the three steps -----------------------------------------------------------------------------------------

    def _build_find(self) -> None:
        self.people = PeopleList(self.session, rows=4)
        self.people.chosen.connect(self._on_chosen)
        self.people.searched.connect(lambda _n: self._on_searched())
        self.people.activated.connect(lambda _found: self._on_primary())
        self.new = Button(self.tr("New patient"), "plus")
        self.new.clicked.connect(self._start_new)
        self.unknown = Button(self.tr("Identity not known"))
        self.unknown.clicked.connect(self._start_unknown)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.new)
        row.addWidget(self.unknown)
        row.addStretch(1)
        self.add_row("person", self.tr("Find"), self.people, required=True)
        self.add_row("other", self.tr("Not found?"), buttons)

    def _build_patient(self) -> None:
        self.last_name, self.first_name = Field(), Field()
        self.sex = Choices([(Sex.FEMALE.value, self.tr("Female")), (Sex.MALE.value, self.tr("Male")),
                            (Sex.OTHER.value, self.tr("Other")), (Sex.UNKNOWN.value, self.tr("Not known"))], 4)
        self.born, self.age = Field(self.tr("14-May-1988")), Field()
        self.age.setFixedWidth(theme.px(72))
        self.age_unit = self.combo([(self.tr("years"), 365), (self.tr("months"), 30), (self.tr("days"), 1)])
        for widget, name in ((self.born, self.tr("Born")), (self.age, self.tr("Age")),
                             (self.age_unit, self.tr("Unit of the age"))):
            widget.setAccessibleName(name)
        born = QWidget()
        row = QHBoxLayout(born)
        row.setContentsMargins(0, 0, 0, 0)
        for one in (self.born, label(self.tr("or age"), colour="ink2"), self.age, self.age_unit):
            row.addWidget(one)
            if isinstance(one, QLabel):
                one.setWordWrap(False)
        row.addStretch(1)
        born.setFocusProxy(self.born)
        for name, one in (("born", self.born), ("age", self.age), ("age_unit", self.age_unit)):
            self.keep(name, one)
        self.number = Field()
        self.phone, self.national_id = Field("0788 123 456"), Field()
        self.attendant, self.attendant_phone = Field(), Field()
        self.alike = QWidget()
        alike = QHBoxLayout(self.alike)
        alike.setContentsMargins(0, 0, 0, 0)
        self._alike_text = info_line("", "warning")
        self.same = Button(self.tr("Use this patient"))
        self.different = Button(self.tr("Different"))
        self.same.clicked.connect(self._use_similar)
        self.different.clicked.connect(self._dismiss_similar)
        alike.addWidget(self._alike_text, 1)
        alike.addWidget(self.same)
        alike.addWidget(self.different)
        self.add_row("last_name", self.tr("Family or Kinyarwanda name"), self.last_name, required=True)
        self.add_row("first_name", self.tr("Given name"), self.first_name)
        self.add_wide(self.alike)
        self.alike.hide()
        self.add_row("sex", self.tr("Gender"), self.sex, required=True)
        self.add_row("date_of_birth", self.tr("Born"), born, required=True)
        self.add_row("hospital_number", self.tr("Hospital No."), self.number)
        self.add_row("more", "", self._more_button())
        self.add_row("phone", self.tr("Phone"), self.phone)
        self.add_row("national_id", self.tr("National ID"), self.national_id)
        self.add_row("attendant_name", self.tr("Attendant"), self.attendant)
        self.add_row("attendant_phone", self.tr("Attendant's phone"), self.attendant_phone)
        for field in (self.last_name, self.first_name, self.born, self.age, self.number):
            field.textChanged.connect(lambda _text: self._show_typed())
        self.sex.chosen.connect(lambda _value: self._show_typed())
        self.age_unit.currentIndexChanged.connect(lambda _n: self._show_typed())
        for field in (self.last_name, self.first_name, self.born):
            field.editingFinished.connect(self._look_for_similar)

    def _more_button(self) -> QWidget:
        """What opens the fields that few need."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        self.more = Button(self.tr("Phone, national ID, attendant"), "chevron-down", quiet=True)
        self.more.clicked.connect(self._show_more)
        made.setFocusProxy(self.more)
        row.addWidget(self.more)
        row.addStretch(1)
        return made

    def _build_stay(self) -> None:
        self._build_where()
        self.priority = Choices([(Priority.EMERGENCY.value, self.tr("Emergency")),
                                 (Priority.URGENT.value, self.tr("Urgent")),
                                 (Priority.ROUTINE.value, self.tr("Routine"))], 3)
        self.source = self.combo([(words.source_word(one), one) for one in Source])
        self.source.setCurrentIndex(self.source.findData(type(self).last_source))
        self.source.currentIndexChanged.connect(lambda _n: self._choose_priority())
        self.complaint = self.text_box(1)
        self.needs = {code: Check(words.capital(words.need_word(code)))
                      for code in ("oxygen", "monitor", "isolation", "infectious", "cot", "bariatric")}
        for code, box in self.needs.items():
            self.keep(f"need_{code}", box)
        needs = box_grid(list(self.needs.values()))
        self.leaving = Field(self.tr("18-May-2026"))
        self.leaving.setAccessibleName(self.tr("Leaves about"))
        self.feeds = self.combo([(self.tr("Not said"), None), (self.tr("Kitchen"), Feeds.KITCHEN),
                                 (self.tr("Family"), Feeds.FAMILY), (self.tr("Charity"), Feeds.CHARITY)])
        self.override = OverrideReason()
        self.warned = info_line("", "warning")
        self.add_row("ward_id", self.tr("Ward and bed"), self._where)  # the open ward is chosen: it cannot be empty
        self.add_row("source", self.tr("Comes from"), self.source, required=True)
        self.add_row("priority", self.tr("Priority"), self.priority)
        self.add_row("complaint", self.tr("Reason"), self.complaint)
        self.add_row("needs", self.tr("Needs"), needs)
        self.add_row("expected_leaving", self.tr("Leaves about"), self._leaving_and_meals())
        self.add_wide(self.warned)
        self.add_row("override", self.tr("Reason for going on"), self.override, required=True)
        self.at = self.add_happened_at()
        self._choose_priority()
        for box in self.needs.values():
            box.toggled.connect(lambda _on: self._judge())

    def _leaving_and_meals(self) -> QWidget:
        """Two short fields on one line: the whole stay is to be seen without scrolling."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        meals = label(self.tr("Meals"), colour="ink2")
        meals.setWordWrap(False)
        self.feeds.setAccessibleName(self.tr("Meals"))
        row.addWidget(self.leaving, 1)
        row.addWidget(meals)
        row.addWidget(self.feeds, 1)
        made.setFocusProxy(self.leaving)
        for name, widget in (("leaving", self.leaving), ("feeds", self.feeds)):
            self.keep(name, widget)
        return made

    _FIND = ("person", "other")
    _PATIENT = ("last_name", "first_name", "sex", "date_of_birth", "hospital_number", "phone", "national_id",
                "attendant_name", "attendant_phone")
    _MORE = ("phone", "national_id", "attendant_name", "attendant_phone")
    _STAY = ("ward_id", "source", "priority", "complaint", "needs", "expected_leaving", "happened_at")

    def _show_step(self, step: Step) -> None:
        self._step = step
        self.clear_errors()
        for names, own in ((self._FIND, Step.FIND), (self._PATIENT, Step.PATIENT), (self._STAY, Step.STAY)):
            for name in names:
                self.show_row(name, own is step)
        unknown = isinstance(self._person, UnknownPerson)
        for name in self._PATIENT if step is Step.PATIENT else ():
            self.show_row(name, name == "sex" if unknown else self._more_shown or name not in self._MORE)
        self.show_row("more", step is Step.PATIENT and not unknown and not self._more_shown)
        self.alike.setVisible(step is Step.PATIENT and self._similar is not None)
        self.back.setVisible(step is not Step.FIND)
        self._steps.show_step(step.value - 1)
        self._name_place()
        self._show_typed()
        self._judge()
        self._place()
        self._first_of_step().setFocus(Qt.FocusReason.TabFocusReason)

    def _first_of_step(self) -> QWidget:
        if isinstance(self._person, UnknownPerson) and self._step is Step.PATIENT:
            return next(iter(self.sex.buttons.values()))
        return {Step.FIND: self.people, Step.PATIENT: self.last_name, Step.STAY: self.primary}[self._step]

    def _name_place(self) -> None:
        """Say in head and button where the patient is going to be."""
        place = self._bed.number if self._bed is not None else self.tr("the waiting list")
        title = self.tr("Admit to {place}").format(place=place)
        self.head.setText(title)
        self.setAccessibleName(title)
        self.primary.setText(title if self._step is Step.STAY else self.tr("Next: stay")
                             if self._step is Step.PATIENT else self.tr("Use this patient"))
        self.primary.updateGeometry()
        self.primary.update()
        self.show_row("priority", self._step is Step.STAY and self._bed is None)

    def _show_more(self) -> None:
        """The fields that few need."""
        self._more_shown = True
        self._show_step(Step.PATIENT)
        self.phone.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_typed(self) -> None:
        """The banner says what is typed, as it is going to be read by everybody."""
        if self._step is not Step.PATIENT:
            return
        if isinstance(self._person, UnknownPerson):
            if self.banner is not None:
                self.banner.hide()
            return
        try:
            born, estimated = self._typed_born()
        except (ValueError, OverflowError):
            born, estimated = None, False
        unsaid = tuple(name for name, missing in (("born", born is None), ("sex", not self.sex.value)) if missing)
        self.show_banner(Person(0, self.number.text().strip() or self.tr("new number"),
                                self.last_name.text().strip() or self.tr("New patient"), self.first_name.text().strip(),
                                Sex(self.sex.value or Sex.UNKNOWN.value), born, estimated), unsaid)

    def first_focus(self) -> QWidget:
        """Where somebody chosen before is shown again, Enter goes back: a name typed blindly admits nobody else."""
        if self._step is Step.STAY:
            return self.back
        return self.people.field if self._step is Step.FIND else self._first_of_step()

    def typed(self) -> dict[str, Any]:
        found = super().typed() | {"step": self._step, "of": self._person, "more": self._more_shown,
                                   "dismissed": self._dismissed, "place": (self.ward.currentData(),
                                                                           self.bed.currentData())}
        return found | {"shown": self.banner.person} if self.banner is not None else found

    def _restore(self) -> None:
        """Go on with the step and the person that were left."""
        super()._restore()
        draft = self.draft()
        if not draft:
            return
        self._more_shown, self._dismissed, self._person = draft["more"], draft["dismissed"], draft["of"]
        self._go_to(*draft["place"])
        if draft["step"] is Step.FIND:
            return
        if "shown" in draft and not isinstance(self._person, UnknownPerson):
            self.show_banner(draft["shown"])
        self._show_step(draft["step"])
        self._look_for_similar()
        self.foot_note.setText(self.tr("Goes on where it was left."))

    def _go_back(self) -> None:
        found = isinstance(self._person, int)
        self._show_step(Step.FIND if self._step is Step.PATIENT or found else Step.PATIENT)

    def _on_chosen(self, found: FoundPerson) -> None:
        if self._step is Step.FIND:
            self.show_banner(found.person)
            self._place()

    def _on_searched(self) -> None:
        if self._pending_enter:
            self._pending_enter = False
            self.submit()

    _pending_enter = False

    # going on ------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        if self._step is Step.FIND:
            self._take_found()
        elif self._step is Step.PATIENT:
            self._take_patient()
        else:
            self._admit()

    def _take_found(self) -> None:
        if not self.people.settled:
            self._pending_enter = True  # Enter came before the answer: go on when it is there
            self.people.search()
            return
        found = self.people.current()
        if found is None:
            self.refuse(self.tr("Nobody was found. Register a new patient; what you typed is kept."), "person")
            self.new.setFocus()
            return
        if found.admitted:
            place = f"{found.ward_name} {found.bed_number}".strip()
            self.refuse(self.tr("{name} is already admitted: {place}.").format(
                name=full_name(found.person), place=place), "person")
            return
        self._person = found.person.patient_id
        self.show_banner(found.person)
        self._show_step(Step.STAY)

    def _start_new(self) -> None:
        typed = self.people.field.text().strip()
        if typed and not self.last_name.text():
            if re.search(r"\d", typed):
                self._more_shown = True
                (self.phone if typed.lstrip("+").isdigit() and len(typed) > 8 else self.number).setText(typed)
            else:
                family, _, given = typed.partition(" ")
                self.last_name.setText(family.strip(","))
                self.first_name.setText(given.strip())
        self._person = None
        self._show_step(Step.PATIENT)
        self.session.ask(next_hospital_number, lambda number: self.number.setPlaceholderText(
            self.tr("{number}, next free number").format(number=number)))

    def _start_unknown(self) -> None:
        self._person = UnknownPerson(sex=Sex.UNKNOWN)
        self._show_step(Step.PATIENT)

    def _take_patient(self) -> None:
        if isinstance(self._person, UnknownPerson):
            if not self.sex.value:
                self.refuse(self._no_sex(), "sex")
                return
            self._person = UnknownPerson(sex=Sex(self.sex.value))
            self._show_step(Step.STAY)
            return
        new = self._read_new()
        if new is None:
            return
        if self._similar is not None:
            self.refuse(self.tr("Is this the same person? Choose “Use this patient” or “Different”."), "last_name")
            self.same.setFocus()
            return
        self._person = new
        self._show_step(Step.STAY)

    def _no_sex(self) -> str:
        return self.tr("Choose the gender; “Not known” is one of the choices.")

    def _faults_of_new(self) -> dict[str, str]:
        """What is wrong with the person as typed, by field."""
        faults: dict[str, str] = {}
        for name, field in (("last_name", self.last_name), ("first_name", self.first_name)):
            text = field.text().strip()
            if (name == "last_name" and not text) or (text and not NAME.fullmatch(text)) or len(text) > 60:
                faults[name] = self.tr("Write a name of 1 to 60 letters; hyphen and apostrophe may be in it.")
        if not self.sex.value:
            faults["sex"] = self._no_sex()
        try:
            self._read_born()
        except (ValueError, OverflowError):
            faults["date_of_birth"] = self.tr("Write the birth date as 14-May-1988, or the age.")
        for name, field in (("phone", self.phone), ("attendant_phone", self.attendant_phone)):
            try:
                read_phone(field.text())
            except ValueError:
                faults[name] = self.tr("This is not a phone number. Write it as 0788 123 456.")
        try:
            read_national_id(self.national_id.text())
        except ValueError:
            faults["national_id"] = self.tr("A national ID has 16 digits.")
        return faults

    def _read_new(self) -> NewPerson | None:
        """The person as typed, or None with the errors shown."""
        faults = self._faults_of_new()
        if faults:
            if faults.keys() & set(self._MORE) and not self._more_shown:
                self._show_more()
            self.refuse_all(faults)
            return None
        born, estimated = self._read_born()
        try:
            return NewPerson(
                last_name=self.last_name.text(), first_name=self.first_name.text(), sex=Sex(self.sex.value),
                date_of_birth=born, birth_estimated=estimated, hospital_number=self.number.text(),
                national_id=read_national_id(self.national_id.text()), attendant_name=self.attendant.text(),
                phone=read_phone(self.phone.text()), attendant_phone=read_phone(self.attendant_phone.text()))
        except ValidationError as error:
            self.refuse(self.tr("This cannot be kept as it is written."), str(error.errors()[0]["loc"][0]))
            return None

    def _read_born(self) -> tuple[date, bool]:
        """Birth date, rewritten unmistakably, and whether it was estimated from an age. Raises ValueError."""
        born, estimated = self._typed_born()
        if not estimated:
            self.born.setText(words.date_text(born))
        return born, estimated

    def _typed_born(self) -> tuple[date, bool]:
        """What is typed as birth date or age. Raises ValueError."""
        today = words.today()
        if self.born.text().strip():
            born, estimated = read_date(self.born.text()), False
        else:
            age = int(self.age.text().strip())
            days = int(self.age_unit.currentData())
            born = date(today.year - age, 1, 1) if days == 365 else today - timedelta(days=age * days)
            estimated = True
        if born > today or today.year - born.year > 120:
            raise ValueError(born)
        return born, estimated

    def _look_for_similar(self) -> None:
        """Look for people that this one could be, as soon as name and birth date are there."""
        if self._step is not Step.PATIENT or not self.last_name.text().strip():
            return
        try:
            born = read_date(self.born.text())
        except ValueError:
            born = None
        try:
            new = NewPerson(last_name=self.last_name.text(), first_name=self.first_name.text(), sex=Sex.UNKNOWN,
                            date_of_birth=born, hospital_number=self.number.text())
        except ValidationError:
            return
        if born is None and not self.first_name.text().strip():
            return
        self.session.ask(lambda store, actor: find_similar(store, actor, new), self._on_similar)

    def _on_similar(self, found: tuple[FoundPerson, ...]) -> None:
        fresh = [one for one in found if one.person.patient_id not in self._dismissed]
        self._similar = fresh[0] if fresh else None
        if self._similar is not None:
            person = self._similar.person
            self._alike_text.setText(
                self.tr("Is this the same person?") + f"\n{full_name(person)}\n{person.hospital_number}  "
                f"{words.born_text(person)}  {words.sex_word(person.sex)}")
        self.alike.setVisible(self._similar is not None and self._step is Step.PATIENT)
        self._place()

    def _use_similar(self) -> None:
        if self._similar is None:
            return
        found, self._similar = self._similar, None
        if found.admitted:
            self.refuse(self.tr("{name} is already admitted: {place}.").format(
                name=full_name(found.person), place=f"{found.ward_name} {found.bed_number}".strip()))
            return
        self._person = found.person.patient_id
        self.show_banner(found.person)
        self._show_step(Step.STAY)

    def _dismiss_similar(self) -> None:
        if self._similar is not None:
            self._dismissed.add(self._similar.person.patient_id)
            self._similar = None
            self.alike.hide()
            self.clear_errors()
            self.primary.setFocus()
            self._look_for_similar()

    # where ---------------------------------------------------------------------------------------------------

    def _build_where(self) -> None:
        """Ward and bed: the ones that were chosen on the board, unless somebody knows better."""
        self.ward = self.combo([(one.ward.name, one.ward.id) for one in self.session.wards])
        self.ward.setCurrentIndex(self.ward.findData(self._board.ward.id))
        self.bed = self.combo([])
        self.ward.setAccessibleName(self.tr("Ward"))
        self.bed.setAccessibleName(self.tr("Bed"))
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ward, 3)
        row.addWidget(self.bed, 2)
        self._where.setFocusProxy(self.ward)
        self._fill_beds()
        self.ward.currentIndexChanged.connect(lambda _n: self._read_ward())
        self.bed.currentIndexChanged.connect(lambda _n: self._on_bed())

    def _fill_beds(self) -> None:
        """The waiting list, and the beds that are free; the one clicked is kept even if it is held."""
        blocked = self.bed.blockSignals(True)
        self.bed.clear()
        self.bed.addItem(self.tr("Waiting list"), None)
        now = self.session.now()
        for bed in (as_of(one, now) for one in self._board.beds):
            if bed.status is BedStatus.AVAILABLE or (self._bed is not None and bed.id == self._bed.id):
                self.bed.addItem(bed.number, bed.id)
        self.bed.setCurrentIndex(max(0, self.bed.findData(self._bed.id) if self._bed is not None else 0))
        self.bed.blockSignals(blocked)

    def _go_to(self, ward_id: int, bed_id: int | None) -> None:
        """Choose the place that was chosen before, as far as it is there and free."""
        self._wish = bed_id
        if ward_id == self._board.ward.id:
            self.bed.setCurrentIndex(max(0, self.bed.findData(bed_id)))
        else:
            self.ward.setCurrentIndex(max(0, self.ward.findData(ward_id)))

    _wish: int | None = None

    def _read_ward(self) -> None:
        ward_id = self.ward.currentData()

        def read(board: WardBoard) -> None:
            if self.ward.currentData() == board.ward.id:
                self._board, self._bed = board, None
                self._fill_beds()
                self.bed.setCurrentIndex(max(0, self.bed.findData(self._wish)))
                self._on_bed()

        self.session.ask(lambda store, actor: read_board(store, actor, ward_id), read)

    def _on_bed(self) -> None:
        chosen = self.bed.currentData()
        self._bed = next((bed for bed in self._board.beds if bed.id == chosen), None)
        self._name_place()
        self._judge()
        self._place()

    def _choose_priority(self) -> None:
        """An emergency waits as one, until somebody says otherwise."""
        self.priority.choose(default_priority(self.source.currentData()).value)

    # the stay ------------------------------------------------------------------------------------------------

    def _hand(self) -> InHand | None:
        person = self.banner.person if self.banner is not None else None
        if isinstance(self._person, NewPerson):
            new = self._person
            person = Person(0, new.hospital_number or self.tr("new number"), new.last_name, new.first_name, new.sex,
                            new.date_of_birth, new.birth_estimated)
            self.show_banner(person)
        return InHand(person, self._chosen_needs()) if person is not None else None

    def _chosen_needs(self) -> tuple[str, ...]:
        return tuple(code for code, box in self.needs.items() if box.isChecked())

    def _judge(self) -> None:
        """Say before sending what the bed would object to."""
        warned: tuple[SoftWarning, ...] = ()
        if self._step is Step.STAY and self._bed is not None and self.session.actor is not None:
            hand, now = self._hand(), self.session.now()
            if hand is not None:
                warned = judge(hand, target_in(self._board, self._bed, now), self.session.actor.role, now).warnings
                self.warned.setText("; ".join(words.warning_text(one) for one in warned))
        elif self._step is Step.STAY:
            self._hand()
        self._warnings = tuple(one.code for one in warned)
        self.override.show_warned(self._warnings)
        self.warned.setVisible(bool(warned))
        self.show_row("override", bool(warned))

    _warnings: tuple[Warned, ...] = ()

    # what others do meanwhile --------------------------------------------------------------------------------

    def subject(self) -> Subject | None:
        patient_id = self._person if isinstance(self._person, int) else None
        if self._bed is None and patient_id is None:
            return None
        return _AdmitSubject(Verb.ADMIT, self._bed.id if self._bed else None, None, admitting=patient_id)

    def why_not(self, role: Role) -> str:
        model = self.session.model
        place = next((bed.number for bed in model.beds if isinstance(self._person, int)
                      and bed.patient_id == self._person), "")
        if place or any(one.person.patient_id == self._person for one in model.waiting):
            return self.tr("The patient is already admitted: {place}.").format(
                place=place or self.tr("the waiting list"))
        if self._bed is None:
            return ""
        why_not = super().why_not(role)
        bed, hand = model.bed_by_id(self._bed.id), self._hand() if self._step is Step.STAY else None
        if why_not or bed is None or hand is None:
            return why_not
        engine = PlacingEngine(model)
        engine.role = role
        refusal = engine.verdict_for(hand, bed).refusal
        return words.refusal_text(refusal) if refusal is not None else ""

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        if self._bed is not None:
            self._bed = bed or self._bed
        self._judge()

    def _admit(self) -> None:
        assert self._person is not None
        leaving = None
        if self.leaving.text().strip():
            try:
                leaving = read_date(self.leaving.text())
            except ValueError:
                self.refuse(self.tr("Write the day as 18-May-2026."), "expected_leaving")
                return
        if self._warnings and not self.override.value:
            self.refuse(self.tr("Choose a reason, or another bed."), "override")
            return
        source = self.source.currentData()
        type(self).last_source = source
        override = Override(warnings=self._warnings, reason=self.override.value) if self._warnings else None
        happened_at: datetime | None = self.at.value
        self.send(admit_patient, AdmitPatient(
            person=self._person, ward_id=self._board.ward.id, bed=SeenBed.of(self._bed) if self._bed else None,
            source=source, complaint=self.complaint.toPlainText(), needs=self._chosen_needs(),
            priority=Priority(self.priority.value) if self._bed is None and self.priority.value else None,
            expected_leaving=leaving, feeds=self.feeds.currentData(), override=override, happened_at=happened_at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        focus = self.window().focusWidget()
        if enter and isinstance(focus, Button) and focus is not self.primary and focus.isVisible():
            focus.click()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class _AdmitSubject(Subject):
    """The bed, and who is to be admitted: not yet in it."""

    admitting: int | None = None

    def concerns(self, happening: Happening) -> bool:
        person = happening.line.person if happening.line is not None else None
        return (self.bed_id is not None and self.bed_id in happening.bed_ids) or (
            person is not None and person.patient_id == self.admitting)


def admits_here(bed: Bed | None) -> bool:
    """Whether one can be admitted onto this bed: it is free, or held."""
    return bed is not None and bed.status in (BedStatus.AVAILABLE, BedStatus.RESERVED)
