"""Setting up a ward: its rules, its rooms and beds, and in a second part what is asked for less often."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from pydantic import ValidationError
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import AgePolicy, WardSexPolicy
from wardbeds.domain.changes import Done
from wardbeds.domain.contacts import read_phone
from wardbeds.domain.ward_layout import MOST_BEDS, CloseWard, SetUpWard
from wardbeds.gui import theme, words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.suggesting import Suggesting
from wardbeds.gui.dialogs.ward_rooms import RoomMaker, RoomsGrid
from wardbeds.gui.inputs import Field
from wardbeds.gui.segments import Segments
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check
from wardbeds.services.ward_setup import close_ward, set_up_ward

MOST_STAFFED, LONGEST_STAY = 1000, 365


class Part(Enum):
    """A page of the dialog, with its fields."""

    WARD = ("name", "code", "sex_policy", "age_policy", "cleaning_step", "staffed_beds")
    ROOMS = ("maker", "rooms")
    MORE = ("specialty", "location", "phone", "long_stay_days")


class WardSetupDialog(Dialog):
    """A new ward, or one that is there."""

    def __init__(self, session: Session, parent: QWidget, layout: SetUpWard | None,
                 on_made: Callable[[int], None]) -> None:
        title = session.tr("Set up {ward}").format(ward=layout.name) if layout else session.tr("New ward")
        # A draft of rooms is put back over the layout it was made of, and over no other.
        super().__init__(session, parent, title, session.tr("Save the ward") if layout else session.tr("Make the ward"),
                         draft=f"ward:{layout.ward_id}:{layout.seen}" if layout else "ward")
        self._layout = layout
        self._on_made = on_made
        self._page = Part.WARD
        self.scroll_area.least = theme.px(372)
        self.parts = Segments([(self.tr("Ward"), "bed-single"), (self.tr("Rooms and beds"), "layout-grid"),
                               (self.tr("More"), "ellipsis")])
        self.parts.chosen.connect(lambda n: self.show_part(list(Part)[n]))
        self.add_wide(self.parts)
        self._build_rules()
        self._build_rooms(layout)
        self._build_more()
        self._show_values(layout or SetUpWard(name="new", sex_policy=WardSexPolicy.BY_ROOM))
        self.show_part(Part.WARD)

    def _build_rules(self) -> None:
        self.name, self.code = Field(self.tr("for example Internal Medicine A")), Field(self.tr("IM-A"))
        self.code.setMaximumWidth(theme.px(140))
        self.sex = Choices([(WardSexPolicy.ANY.value, self.tr("All")), (WardSexPolicy.FEMALE.value, self.tr("Women")),
                            (WardSexPolicy.MALE.value, self.tr("Men")),
                            (WardSexPolicy.BY_ROOM.value, self.tr("By room"))], 4)
        self.age = Choices([(AgePolicy.ANY.value, self.tr("All ages")), (AgePolicy.ADULT.value, self.tr("Adults")),
                            (AgePolicy.CHILD.value, self.tr("Children"))], 3)
        self.cleaning = Check(self.tr("A bed waits for cleaning after each patient"))
        self.staffed = Field(self.tr("all of them"))
        self.staffed.setMaximumWidth(theme.px(140))
        self.add_row("name", self.tr("Name"), self.name, required=True)
        self.add_row("code", self.tr("Short name"), self.code)
        self.add_row("sex_policy", self.tr("Takes"), self.sex)
        self.add_row("age_policy", self.tr("Ages"), self.age)
        self.add_row("cleaning_step", self.tr("Cleaning"), self.cleaning)
        self.add_row("staffed_beds", self.tr("Beds with staff"), self.staffed)

    def _build_rooms(self, layout: SetUpWard | None) -> None:
        used = [room.bed_type or "" for room in layout.rooms] if layout else []
        self.maker, self.rooms = RoomMaker(), RoomsGrid([*used, *words.usual_bed_types()])
        self.maker.make.clicked.connect(self._make_rooms)
        self.fields.add_across("maker", self.tr("Rooms and beds"), self.maker)
        self.fields.add_across("rooms", self.tr("Rooms"), self.rooms)
        self._closing = info_line(self.tr("A bed that is taken out of the list is closed, not deleted: its history "
                                          "stays. Write its number again to open it."))
        self.add_wide(self._closing)
        if layout is not None:
            self.rooms.show_rooms(layout.rooms)
        else:
            self._make_rooms()

    def _build_more(self) -> None:
        here = sorted({one.ward.specialty for one in self.session.wards})
        self.specialty = Suggesting([*here, *words.usual_specialties()], self.tr("any"))
        self.location, self.phone = Field(self.tr("for example Building 1, floor 2")), Field("0788 123 456")
        self.long_stay = Field()
        for field, most in ((self.specialty, 60), (self.location, 200), (self.phone, 32), (self.long_stay, 3)):
            field.setMaxLength(most)
        self.long_stay.setMaximumWidth(theme.px(140))
        self._specialty_note = info_line(self.tr(
            "A patient of another specialty can be placed here, with a reason. Empty: the ward takes all."))
        self.add_row("specialty", self.tr("Specialty"), self.specialty)
        self.add_wide(self._specialty_note)
        self.add_row("location", self.tr("Where it is"), self.location)
        self.add_row("phone", self.tr("Phone"), self.phone)
        self.add_row("long_stay_days", self.tr("Long stay from day"), self.long_stay)

    def _show_values(self, layout: SetUpWard) -> None:
        if self._layout is not None:
            self.name.setText(layout.name)
        self.code.setText(layout.code)
        self.sex.choose(layout.sex_policy.value)
        self.age.choose(layout.age_policy.value)
        self.cleaning.setChecked(layout.cleaning_step)
        self.staffed.setText("" if layout.staffed_beds is None else str(layout.staffed_beds))
        self.specialty.setText(layout.specialty)
        self.location.setText(layout.location)
        self.phone.setText(words.phone_text(layout.phone))
        self.long_stay.setText(str(layout.long_stay_days))

    # parts ---------------------------------------------------------------------------------------------------

    def show_part(self, part: Part) -> None:
        """Turn to a page."""
        self._page = part
        self.parts.choose(list(Part).index(part))
        for one in Part:
            for name in one.value:
                self.show_row(name, one is part and (name != "maker" or self._layout is None))
        self._closing.setVisible(part is Part.ROOMS and self._layout is not None)
        self._specialty_note.setVisible(part is Part.MORE)
        self.place()

    def first_focus(self) -> QWidget:
        return self.name

    def refuse(self, text: str, field: str | None = None) -> None:
        """Turn to the page of the field that is wrong, or of the first of several."""
        wrong = [field] if field is not None else self.fields.wrong()
        part = next((one for one in Part if wrong and wrong[0] in one.value), self._page)
        if part is not self._page:
            self.show_part(part)
        super().refuse(text, field)

    def _make_rooms(self) -> None:
        try:
            rooms = self.maker.layouts()
        except ValueError:
            self.refuse(self.tr("Write how many beds and rooms there are: at least one bed a room, {n} beds at most."
                                ).format(n=MOST_BEDS), "maker")
            return
        self.clear_errors()
        self.rooms.show_rooms(rooms)
        self.place()

    # saving --------------------------------------------------------------------------------------------------

    def _faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        faults: dict[str, str] = {}
        if not self.name.text().strip():
            faults["name"] = self.tr("Give the ward a name.")
        staffed, days = self.staffed.text().strip(), self.long_stay.text().strip()
        if staffed and not (staffed.isdecimal() and int(staffed) <= MOST_STAFFED):
            faults["staffed_beds"] = self.tr("Write a number, or leave it empty.")
        try:
            self.rooms.value()
        except ValidationError:
            faults["rooms"] = self._rooms_wrong()
        if not (days.isdecimal() and 1 <= int(days) <= LONGEST_STAY):
            faults["long_stay_days"] = self.tr("Write a number of days from 1 to {n}.").format(n=LONGEST_STAY)
        return faults

    def _rooms_wrong(self) -> str:
        return self.tr("Each room needs a name, and each bed number may be there once in the ward.")

    def request(self) -> SetUpWard | None:
        """What was typed, or None with the errors shown."""
        faults = self._faults()
        if faults:
            self.refuse_all(faults)
            return None
        staffed = self.staffed.text().strip()
        try:
            return SetUpWard(
                ward_id=self._layout.ward_id if self._layout else None, name=self.name.text(), code=self.code.text(),
                seen=self._layout.seen if self._layout else "", location=self.location.text(),
                phone=self._phone(), specialty=self.specialty.text(), sex_policy=WardSexPolicy(self.sex.value),
                age_policy=AgePolicy(self.age.value), cleaning_step=self.cleaning.isChecked(),
                staffed_beds=int(staffed) if staffed else None, long_stay_days=int(self.long_stay.text()),
                rooms=self.rooms.value())
        except ValidationError:
            self.refuse_all({"rooms": self._rooms_wrong()})
            return None

    def _phone(self) -> str:
        """In one form where it is a number; an extension of the house is kept as it is written."""
        try:
            return read_phone(self.phone.text())
        except ValueError:
            return self.phone.text()

    def submit(self) -> None:
        request = self.request()
        if request is not None:
            self.send(set_up_ward, request)

    def _on_done(self, done: object) -> None:
        assert isinstance(done, Done)
        ward_id = self._layout.ward_id if self._layout and self._layout.ward_id else done.updates[0].ward_id
        super()._on_done(done)
        self._on_made(ward_id)


class CloseWardDialog(Dialog):
    """A ward that is no longer used."""

    def __init__(self, session: Session, parent: QWidget, ward_id: int, name: str,
                 on_closed: Callable[[], None]) -> None:
        super().__init__(session, parent, session.tr("Close {ward}").format(ward=name),
                         session.tr("Close the ward"), final=True)
        self._ward_id = ward_id
        self._on_closed = on_closed
        self.add_wide(info_line(self.tr("The ward is no longer offered. Nothing is deleted: its history, its census "
                                        "and its sheets of earlier days stay."), "warning"))

    def first_focus(self) -> QWidget:
        return self.cancel_button

    def submit(self) -> None:
        self.send(close_ward, CloseWard(ward_id=self._ward_id))

    def _on_done(self, done: object) -> None:
        super()._on_done(done)
        self._on_closed()
