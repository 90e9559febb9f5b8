"""Correcting who somebody is, and changing what was recorded at admission."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from wardbeds.domain.beds import Bed, Priority, Waiting
from wardbeds.domain.contacts import read_national_id, read_phone
from wardbeds.domain.people import Role, Sex, StaffMember
from wardbeds.domain.requests import EditAdmission, EditIdentity
from wardbeds.domain.stays import AdmissionDetail, Feeds
from wardbeds.gui import words
from wardbeds.gui.date_field import DateField
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices, box_grid
from wardbeds.gui.dialogs.fields import Entry
from wardbeds.gui.dialogs.leaving_day import LeavingDay
from wardbeds.gui.dialogs.meanwhile import Subject, newer_values
from wardbeds.gui.dialogs.measures import MANY_FIELDS
from wardbeds.gui.dialogs.specialty import SpecialtyChoice
from wardbeds.gui.dialogs.typed import is_name, read_date
from wardbeds.gui.inputs import Field
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check
from wardbeds.gui.verbs import Verb
from wardbeds.services.editing import edit_admission, edit_identity
from wardbeds.services.reading import read_admission


class EditIdentityDialog(Dialog):
    """Names, gender, birth date, numbers."""

    def __init__(self, session: Session, parent: QWidget, detail: AdmissionDetail) -> None:
        super().__init__(session, parent, session.tr("Correct identity"), session.tr("Save identity"),
                         person=detail.person, draft=f"identity:{detail.person.patient_id}")
        self._detail = detail
        self.last_name, self.first_name, self.born = Field(), Field(), DateField(self.tr("14-May-1988"))
        self.number, self.national_id, self.phone = Field(), Field(), Field("0788 123 456")
        self.sex = Choices([(Sex.FEMALE.value, self.tr("Female")), (Sex.MALE.value, self.tr("Male")),
                            (Sex.OTHER.value, self.tr("Other")), (Sex.UNKNOWN.value, self.tr("Not known"))], 4)
        self._show(_identity(detail))
        self.add_row("last_name", self.tr("Family or Kinyarwanda name"), self.last_name, required=True)
        self.add_row("first_name", self.tr("Given name"), self.first_name)
        self.add_row("sex", self.tr("Gender"), self.sex, required=True)
        self.add_row("date_of_birth", self.tr("Born"), self.born)
        self.add_row("hospital_number", self.tr("Hospital No."), self.number, required=True)
        self.add_row("national_id", self.tr("National ID"), self.national_id)
        self.add_row("phone", self.tr("Phone"), self.phone)

    def _boxes(self) -> dict[str, Field]:
        return {"last_name": self.last_name, "first_name": self.first_name, "born": self.born, "number": self.number,
                "national_id": self.national_id, "phone": self.phone}

    def _show(self, values: dict[str, Any]) -> None:
        for name, field in self._boxes().items():
            if name in values:
                field.setText(values[name])
        if "sex" in values:
            self.sex.choose(values["sex"])

    def subject(self) -> Subject:
        return Subject(Verb.IDENTITY, None, self._detail.person.patient_id, anywhere=True)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        """The board does not show everything that is edited here: it is read anew."""

        def read(detail: AdmissionDetail) -> None:
            shown = {name: field.text() for name, field in self._boxes().items()} | {"sex": self.sex.value}
            self._show(newer_values(_identity(detail), _identity(self._detail), shown, keep=keep))
            self._detail = detail
            self.show_banner(detail.person)

        patient_id = self._detail.person.patient_id
        self.ask(lambda store, actor: read_admission(store, actor, patient_id), read)

    def submit(self) -> None:
        values = self._read()
        if values is None:
            return
        person = self._detail.person
        self.send(edit_identity, EditIdentity(patient_id=person.patient_id,
                                              seen_hospital_number=person.hospital_number, **values))

    def _read(self) -> dict[str, Any] | None:
        faults: dict[str, str] = {}
        for name, field in (("last_name", self.last_name), ("first_name", self.first_name)):
            text = field.text().strip()
            if (name == "last_name" and not text) or (text and not is_name(text)):
                faults[name] = self.tr("Write a name of 1 to 60 letters; hyphen and apostrophe may be in it.")
        if not self.number.text().strip():
            faults["hospital_number"] = self.tr("Please fill in this field.")
        values: dict[str, Any] = {
            "last_name": self.last_name.text(), "first_name": self.first_name.text(), "sex": Sex(self.sex.value),
            "hospital_number": self.number.text()}
        for name, field, read, wrong in (
                ("date_of_birth", self.born, _born, self.tr("Write the birth date as 14-May-1988.")),
                ("national_id", self.national_id, read_national_id, self.tr("A national ID has 16 digits.")),
                ("phone", self.phone, read_phone, self.tr("This is not a phone number. Write it as 0788 123 456."))):
            try:
                values[name] = read(field.text())
            except ValueError:
                faults[name] = wrong
        if faults:
            self.refuse_all(faults)
            return None
        if values["date_of_birth"] != self._detail.person.date_of_birth:
            return values | {"birth_estimated": False}
        del values["date_of_birth"]
        return values


def _born(text: str) -> date | None:
    """A birth date, or None for an empty field. Raises ValueError, also for a day that is still to come."""
    born = read_date(text) if text.strip() else None
    if born is not None and born > words.today():
        raise ValueError(text)
    return born


def _identity(detail: AdmissionDetail) -> dict[str, Any]:
    person = detail.person
    return {"last_name": person.last_name, "first_name": person.first_name, "sex": person.sex.value,
            "born": words.date_text(person.date_of_birth), "number": person.hospital_number,
            "national_id": detail.national_id, "phone": words.phone_text(detail.phone)}


class EditAdmissionDialog(Dialog):
    """Reason, leaving day, needs, priority, who is responsible, meals, attendant."""

    most_height = MANY_FIELDS

    def __init__(self, session: Session, parent: QWidget, detail: AdmissionDetail,
                 staff: tuple[StaffMember, ...]) -> None:
        super().__init__(session, parent, session.tr("Admission"), session.tr("Save admission"),
                         person=detail.person, draft=f"admission:{detail.admission_id}")
        self._detail = detail
        self.complaint = self.text_box(1)
        self.leaving = LeavingDay()
        self.specialty = SpecialtyChoice(session.wards)
        self.needs = {code: Check(words.capital(words.need_word(code))) for code in (
            "oxygen", "monitor", "isolation", "infectious", "cot", "bariatric")}
        for code, check in self.needs.items():
            self.fields.keep(f"need_{code}", check)
        self.priority = Choices([(Priority.EMERGENCY.value, self.tr("Emergency")),
                                 (Priority.URGENT.value, self.tr("Urgent")),
                                 (Priority.ROUTINE.value, self.tr("Routine"))], 3)
        nurses = [one for one in staff if one.role in (Role.MEDICAL_STAFF, Role.ADMIN)]
        self.nurse = self._people(nurses)
        self.doctor = self._people(nurses)
        self.feeds = self.combo([(self.tr("Not said"), None), (self.tr("Kitchen"), Feeds.KITCHEN),
                                 (self.tr("Family"), Feeds.FAMILY), (self.tr("Charity"), Feeds.CHARITY)])
        self.attendant, self.attendant_phone = Field(), Field("0788 123 456")
        self.attendant_phone.setAccessibleName(self.tr("Attendant's phone"))
        self._show(self._values(detail))
        self._add_rows()

    def _add_rows(self) -> None:
        """Short fields share a row: all of it is to be seen without scrolling."""
        pair = self.fields.add_pair
        pair(Entry("expected_leaving", self.tr("Leaves about"), self.leaving),
             Entry("feeds", self.tr("Meals"), self.feeds), (3, 2))
        self.add_row("complaint", self.tr("Reason"), self.complaint)
        self.add_row("needs", self.tr("Needs"), box_grid(list(self.needs.values())))
        self.add_row("specialty", self.tr("Specialty"), self.specialty)
        self.show_row("specialty", self.specialty.offers_any)
        self.add_row("priority", self.tr("Priority"), self.priority)
        pair(Entry("nurse_id", self.tr("Nurse"), self.nurse), Entry("doctor_id", self.tr("Doctor"), self.doctor))
        pair(Entry("attendant_name", self.tr("Attendant"), self.attendant),
             Entry("attendant_phone", self.tr("Phone"), self.attendant_phone))

    def _values(self, detail: AdmissionDetail) -> dict[str, Any]:
        return {"complaint": detail.complaint, "leaving": words.date_text(detail.expected_leaving),
                "needs": frozenset(detail.needs) & self.needs.keys(), "priority": detail.priority.value,
                "specialty": detail.specialty, "nurse": detail.nurse_id, "doctor": detail.doctor_id,
                "feeds": detail.feeds,
                "attendant": detail.attendant_name, "attendant_phone": words.phone_text(detail.attendant_phone)}

    def _shown(self) -> dict[str, Any]:
        return {"complaint": self.complaint.toPlainText().strip(), "leaving": self.leaving.text(),
                "needs": frozenset(code for code, check in self.needs.items() if check.isChecked()),
                "priority": self.priority.value, "specialty": self.specialty.value,
                "nurse": self.nurse.currentData(),
                "doctor": self.doctor.currentData(), "feeds": self.feeds.currentData(),
                "attendant": self.attendant.text(), "attendant_phone": self.attendant_phone.text()}

    def _show(self, values: dict[str, Any]) -> None:
        for name, field in (("leaving", self.leaving), ("attendant", self.attendant),
                            ("attendant_phone", self.attendant_phone)):
            if name in values:
                field.setText(values[name])
        if "complaint" in values:
            self.complaint.setPlainText(values["complaint"])
        for name, box in (("nurse", self.nurse), ("doctor", self.doctor), ("feeds", self.feeds)):
            if name in values:
                box.setCurrentIndex(max(0, box.findData(values[name])))
        for name, choice in (("priority", self.priority), ("specialty", self.specialty)):
            if name in values:
                choice.choose(values[name])
        for code, check in self.needs.items() if "needs" in values else ():
            check.setChecked(code in values["needs"])

    def subject(self) -> Subject:
        return Subject(Verb.ADMISSION, None, self._detail.person.patient_id, anywhere=True)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        """The board does not show everything that is edited here: it is read anew."""

        def read(detail: AdmissionDetail) -> None:
            self._show(newer_values(self._values(detail), self._values(self._detail), self._shown(), keep=keep))
            self._detail = detail
            self.show_banner(detail.person)

        patient_id = self._detail.person.patient_id
        self.ask(lambda store, actor: read_admission(store, actor, patient_id), read)

    def _people(self, staff: list[StaffMember]) -> QComboBox:
        made = self.combo([(self.tr("Nobody"), None)] + [
            (f"{one.first_name} {one.last_name}".strip() or one.username, one.user_id) for one in staff])
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def submit(self) -> None:
        known, phone = self._detail.expected_leaving, ""
        leaving, wrong = self.leaving.read(words.today(), known)
        faults = {"expected_leaving": wrong} if wrong else {}
        try:
            phone = read_phone(self.attendant_phone.text())
        except ValueError:
            faults["attendant_phone"] = self.tr("This is not a phone number. Write it as 0788 123 456.")
        if faults:
            self.refuse_all(faults)
            return
        kept = tuple(code for code in self._detail.needs if code not in self.needs)
        self.send(edit_admission, EditAdmission(
            patient_id=self._detail.person.patient_id, admission_id=self._detail.admission_id,
            complaint=self.complaint.toPlainText(), specialty=self.specialty.value,
            priority=Priority(self.priority.value), nurse_id=self.nurse.currentData(),
            doctor_id=self.doctor.currentData(), feeds=self.feeds.currentData(),
            needs=kept + tuple(code for code, check in self.needs.items() if check.isChecked()),
            attendant_name=self.attendant.text(), attendant_phone=phone,
            **({"expected_leaving": leaving} if leaving != known else {})))
