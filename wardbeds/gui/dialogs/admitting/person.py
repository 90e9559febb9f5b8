"""Admit, step 2: who a new patient is, or at least of which gender and about how old."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pydantic import ValidationError
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wardbeds.domain.contacts import read_national_id, read_phone
from wardbeds.domain.people import Person, Sex
from wardbeds.domain.requests import NewPerson, UnknownPerson
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.date_field import DateField
from wardbeds.gui.dialogs.admitting.about_age import OLDEST, AboutAge
from wardbeds.gui.dialogs.admitting.alike import Alike
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.typed import is_name, read_date
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import label

ROWS = ("last_name", "first_name", "sex", "date_of_birth", "hospital_number", "phone", "national_id",
        "attendant_name", "attendant_phone")
MORE = ("phone", "national_id", "attendant_name", "attendant_phone")


class PersonStep(QObject):
    """The fields of a new patient; of somebody unknown only the gender and a guess at the age."""

    typed = Signal()
    """Something that the banner shows is another."""
    taken = Signal(object)
    """Whom to admit: NewPerson or UnknownPerson."""
    more_opened = Signal()

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._shown = False
        self.unknown = False
        self._proposed = ""
        self.more_shown = False
        self._pending_enter = False
        self._make_fields()
        self.alike = Alike(dialog.session)
        self.alike.changed.connect(self._on_alike)
        self.alike.unanswered.connect(self._on_unanswered)
        self.alike.dismissed_one.connect(self._on_dismissed)
        self._add_rows(dialog)
        self._watch_typing()

    def _watch_typing(self) -> None:
        """What is typed is shown in the banner, is looked for among the registered, and is what an Enter was not for
        that came before it."""
        shown = (self.last_name, self.first_name, self.born, self.age, self.number)
        for field in (*shown, self.phone, self.national_id, self.attendant, self.attendant_phone):
            field.textChanged.connect(lambda _text: self._forget_enter())
        for field in shown:
            field.textChanged.connect(lambda _text: self.typed.emit())
        self.sex.chosen.connect(lambda _value: self._on_chosen())
        self.age_unit.currentIndexChanged.connect(lambda _n: self._on_chosen())
        for field in (*shown, self.national_id):
            field.editingFinished.connect(self.look_for_similar)
        self.age_unit.currentIndexChanged.connect(lambda _n: self.look_for_similar())

    def _make_fields(self) -> None:
        self.last_name, self.first_name = Field(), Field()
        self.sex = Choices([(Sex.FEMALE.value, self.tr("Female")), (Sex.MALE.value, self.tr("Male")),
                            (Sex.OTHER.value, self.tr("Other")), (Sex.UNKNOWN.value, self.tr("Not known"))], 4)
        self.born, self.age = DateField(self.tr("14-May-1988")), Field()
        self.age.setFixedWidth(theme.px(72))
        self.age_unit = self._dialog.combo([(self.tr("years"), 365), (self.tr("months"), 30), (self.tr("days"), 1)])
        self.about_age = AboutAge()
        self.number = Field()
        self.phone, self.national_id = Field("0788 123 456"), Field()
        self.attendant, self.attendant_phone = Field(), Field()

    def _add_rows(self, dialog: Dialog) -> None:
        dialog.add_row("last_name", self.tr("Family or Kinyarwanda name"), self.last_name, required=True)
        dialog.add_row("first_name", self.tr("Given name"), self.first_name)
        dialog.add_wide(self.alike)
        self.alike.hide()
        dialog.add_row("sex", self.tr("Gender"), self.sex, required=True)
        dialog.add_row("birth_year", self.tr("About how old"), self.about_age)
        dialog.fields.keep("about_age", self.about_age.field)
        self.about_unknown = info_line(self.tr(
            "The patient is called UNKNOWN with a number until somebody knows better; then choose "
            "“Is a known person”."))
        dialog.add_wide(self.about_unknown)
        dialog.add_row("date_of_birth", self.tr("Born"), self._born_or_age(), required=True)
        dialog.add_row("hospital_number", self.tr("Hospital No."), self.number)
        dialog.add_row("more", "", self._more_button())
        dialog.add_row("phone", self.tr("Phone"), self.phone)
        dialog.add_row("national_id", self.tr("National ID"), self.national_id)
        dialog.add_row("attendant_name", self.tr("Attendant"), self.attendant)
        dialog.add_row("attendant_phone", self.tr("Attendant's phone"), self.attendant_phone)

    def _born_or_age(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        for one in (self.born, label(self.tr("or age"), colour="ink2"), self.age, self.age_unit):
            row.addWidget(one)
            if isinstance(one, QLabel):
                one.setWordWrap(False)
        row.addStretch(1)
        made.setFocusProxy(self.born)
        for widget, name, words_of in ((self.born, "born", self.tr("Born")), (self.age, "age", self.tr("Age")),
                                       (self.age_unit, "age_unit", self.tr("Unit of the age"))):
            widget.setAccessibleName(words_of)
            self._dialog.fields.keep(name, widget)
        return made

    def _more_button(self) -> QWidget:
        """What opens the fields that few need."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        self.more = Button(self.tr("Phone, national ID, attendant"), "chevron-down", quiet=True)
        self.more.clicked.connect(self.show_more)
        made.setFocusProxy(self.more)
        row.addWidget(self.more)
        row.addStretch(1)
        return made

    # showing -------------------------------------------------------------------------------------------------

    def show(self, shown: bool) -> None:
        """Show or hide the step: all of it, or what is asked of somebody unknown."""
        self._shown = shown
        if not shown:
            self._forget_enter()
        for name in ROWS:
            wanted = name == "sex" if self.unknown else self.more_shown or name not in MORE
            self._dialog.show_row(name, shown and wanted)
        self._dialog.show_row("birth_year", shown and self.unknown)
        self._dialog.show_row("more", shown and not self.unknown and not self.more_shown)
        self.alike.setVisible(shown and self.alike.found is not None)
        self.about_unknown.setVisible(shown and self.unknown)

    def show_more(self) -> None:
        """The fields that few need."""
        self.more_shown = True
        self.more_opened.emit()
        self.phone.setFocus(Qt.FocusReason.TabFocusReason)

    def open_for(self, name: str) -> None:
        """Make the field one that is shown; who the person could be is asked anew, now that it is known to be wrong."""
        self.more_shown = self.more_shown or name in MORE
        self.alike.forget()

    def first(self) -> QWidget:
        """Where typing begins."""
        return next(iter(self.sex.buttons.values())) if self.unknown else self.last_name

    def begin_with(self, text: str) -> None:
        """Take over what was searched for: a name, a hospital number or a phone."""
        if not text or self.last_name.text():
            return
        if re.search(r"\d", text):
            self.more_shown = True
            (self.phone if text.lstrip("+").isdigit() and len(text) > 8 else self.number).setText(text)
        else:
            family, _, given = text.partition(" ")
            self.last_name.setText(family.strip(","))
            self.first_name.setText(given.strip())

    def person(self) -> tuple[Person, tuple[str, ...]]:
        """The person as typed, as it is going to be read by everybody, and what was not said yet."""
        try:
            born, estimated = self._typed_born()
        except (ValueError, OverflowError):
            born, estimated = None, False
        unsaid = tuple(name for name, missing in (("born", born is None), ("sex", not self.sex.value)) if missing)
        return Person(0, self.number_text(self.number.text().strip()),
                      self.last_name.text().strip() or self.tr("New patient"), self.first_name.text().strip(),
                      Sex(self.sex.value or Sex.UNKNOWN.value), born, estimated), unsaid

    def propose(self, number: str) -> None:
        """The next free hospital number, which a person gets for whom none is typed."""
        self._proposed = number
        self.number.setPlaceholderText(self.tr("{number}, next free number").format(number=number))
        self.typed.emit()

    def number_text(self, typed: str) -> str:
        """The number typed, else the one proposed; in words while none is known yet."""
        return typed or (self.tr("{number}, proposed").format(number=self._proposed) if self._proposed
                         else self.tr("new number"))

    # going on ------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Go on with the person as typed, unless something is wrong or somebody alike is there."""
        if self.unknown:
            self._submit_unknown()
            return
        new, sought = self._read_new(), self._sought()
        if new is None or sought is None:
            return
        if not self.alike.knows(sought):
            self._pending_enter = True  # Enter came before the answer: go on when it is there
            self.alike.look_for(sought)
        elif self.alike.found is not None:
            self._ask_whether_same(self.alike.taken)
        else:
            self.taken.emit(new)

    def _submit_unknown(self) -> None:
        faults = {} if self.sex.value else {"sex": self._no_sex()}
        year = None
        try:
            year = self.about_age.birth_year(words.today())
        except ValueError:
            faults["birth_year"] = self.tr("Write about how many years, as 30, or leave it empty.")
        if faults:
            self._dialog.refuse_all(faults)
        else:
            self.taken.emit(UnknownPerson(sex=Sex(self.sex.value), birth_year=year))

    def _ask_whether_same(self, taken: str) -> None:
        """The keyboard stays where one types: another Enter, pressed too soon, answers nothing."""
        if taken in MORE and not self.more_shown:
            self.show_more()
        self._dialog.refuse({
            "hospital_number": self.tr("This number is taken. Use that patient, or correct it."),
            "national_id": self.tr("This national ID is taken. Use that patient, or correct it."),
        }.get(taken, self.tr("Is this the same person? Choose “Use this patient” or “Different”.")),
            taken or "last_name")

    def _no_sex(self) -> str:
        return self.tr("Choose the gender; “Not known” is one of the choices.")

    def _faults(self) -> dict[str, str]:
        """What is wrong with the person as typed, by field."""
        faults: dict[str, str] = {}
        for name, field in (("last_name", self.last_name), ("first_name", self.first_name)):
            text = field.text().strip()
            if (name == "last_name" and not text) or (text and not is_name(text)):
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
        faults = self._faults()
        if faults:
            if faults.keys() & set(MORE) and not self.more_shown:
                self.show_more()
            self._dialog.refuse_all(faults)
            return None
        born, estimated = self._read_born()
        try:
            return NewPerson(
                last_name=self.last_name.text(), first_name=self.first_name.text(), sex=Sex(self.sex.value),
                date_of_birth=born, birth_estimated=estimated, hospital_number=self.number.text(),
                national_id=read_national_id(self.national_id.text()), attendant_name=self.attendant.text(),
                phone=read_phone(self.phone.text()), attendant_phone=read_phone(self.attendant_phone.text()))
        except ValidationError as error:
            self._dialog.refuse(self.tr("This cannot be kept as it is written."), str(error.errors()[0]["loc"][0]))
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
        if born > today or today.year - born.year > OLDEST:
            raise ValueError(born)
        return born, estimated

    # who it could be -----------------------------------------------------------------------------------------

    def look_for_similar(self) -> None:
        """Look for people that this one could be, as soon as a name is there and something that tells it apart."""
        sought = self._sought() if self._shown and not self.unknown else None
        if sought is not None:
            self.alike.look_for(sought)

    def _sought(self) -> NewPerson | None:
        """Whom to look for among the registered, as far as it can be read; None while that is too little."""
        try:
            born, estimated = self._typed_born()
        except (ValueError, OverflowError):
            born, estimated = None, False
        try:
            national_id = read_national_id(self.national_id.text())
        except ValueError:
            national_id = ""
        try:
            sought = NewPerson(last_name=self.last_name.text(), first_name=self.first_name.text(), sex=Sex.UNKNOWN,
                               date_of_birth=born, birth_estimated=estimated, hospital_number=self.number.text(),
                               national_id=national_id)
        except ValidationError:
            return None
        known = born is not None or sought.first_name or sought.hospital_number or sought.national_id
        return sought if known else None

    def _on_chosen(self) -> None:
        self._forget_enter()
        self.typed.emit()

    def _on_alike(self) -> None:
        self.alike.setVisible(self.alike.found is not None and self._shown)
        self._dialog.place()
        if self._pending_enter:
            self._forget_enter()
            self.submit()

    def _on_unanswered(self, why: str) -> None:
        if self._pending_enter:
            self._forget_enter()
            self._dialog.refuse(self.tr("It could not be looked up whether this patient is registered already. {why}"
                                        ).format(why=why))

    def _forget_enter(self) -> None:
        """Enter was for what was typed then: nobody is registered by it once something else is there."""
        self._pending_enter = False

    def _on_dismissed(self) -> None:
        self._dialog.clear_errors()
        self._dialog.primary.setFocus()
