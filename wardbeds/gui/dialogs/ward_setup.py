"""Setting up a ward: its rules, and its rooms and beds from one line, then changed where they differ."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from wardbeds.domain.beds import AgePolicy, RoomSexPolicy, WardSexPolicy
from wardbeds.domain.changes import Done
from wardbeds.domain.ward_layout import (
    MOST_BEDS,
    CloseWard,
    RoomLayout,
    SetUpWard,
    make_rooms,
    read_numbers,
    room_name,
    show_numbers,
)
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button, Check, ComboBox, Field
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.labels import label
from wardbeds.gui.menus import open_at
from wardbeds.gui.session import Session
from wardbeds.services.ward_setup import close_ward, set_up_ward

FEATURES = ("oxygen", "monitor", "suction", "ventilator", "isolation", "cot", "bariatric", "nitrogen", "television")


class RoomRow:
    """One room in the dialog: name, whom it takes, and its beds' numbers."""

    def __init__(self, room: RoomLayout, on_remove: Callable[[RoomRow], None]) -> None:
        self.features = room.features
        self.name = Field()
        self.name.setText(room.name)
        self.name.setFixedWidth(theme.px(80))
        self.name.setAccessibleName(words.tr("Room"))
        self.policy: QComboBox = ComboBox()
        for policy in RoomSexPolicy:
            self.policy.addItem(words.room_policy_word(policy.value), policy.value)
        self.policy.setCurrentIndex(self.policy.findData(room.sex_policy.value))
        self.policy.setFixedHeight(theme.target(40))
        self.policy.setAccessibleName(words.tr("Takes"))
        self.numbers = Field()
        self.numbers.setText(show_numbers(room.numbers))
        self.numbers.setCursorPosition(0)
        self.numbers.setAccessibleName(words.tr("Beds of room {name}").format(name=room.name))
        self.count = label("", 13, colour="ink2")
        self.count.setWordWrap(False)
        self.equipment = Button("")
        self.equipment.setToolTip(words.tr("What every bed of this room has"))
        self.equipment.clicked.connect(self._choose_features)
        self._show_features()
        self.remove = Button("", "x")
        self.remove.setAccessibleName(words.tr("Remove room {name}").format(name=room.name))
        self.remove.clicked.connect(lambda: on_remove(self))
        self.numbers.textChanged.connect(self._count)
        self._count()

    def _count(self) -> None:
        self.count.setText(words.tr("{n} beds").format(n=len(read_numbers(self.numbers.text()))))

    def _show_features(self) -> None:
        """The number of features; a dash where the beds differ and are left as they are."""
        number = "–" if self.features is None else str(len(self.features))
        self.equipment.setText(words.tr("With: {n}").format(n=number))
        said = ", ".join(words.need_word(code) for code in self.features or ())
        self.equipment.setAccessibleName(words.tr("Equipment: {what}").format(what=said or number))
        self.equipment.updateGeometry()
        self.equipment.update()

    def _choose_features(self) -> None:
        menu = QMenu(self.equipment)
        for code in FEATURES:
            action = menu.addAction(words.need_word(code))
            action.setCheckable(True)
            action.setChecked(code in (self.features or ()))
            action.toggled.connect(lambda on, code=code: self.set_feature(code, on=on))
        open_at(menu, self.equipment)

    def set_feature(self, code: str, *, on: bool) -> None:
        """Give every bed of the room a feature, or take it away."""
        kept = set(self.features or ())
        self.features = tuple(sorted(kept | {code} if on else kept - {code}))
        self._show_features()

    def widgets(self) -> list[QWidget]:
        """The row's widgets from left to right."""
        return [self.name, self.policy, self.numbers, self.count, self.equipment, self.remove]

    def value(self) -> RoomLayout:
        """The room as typed. Raises ValidationError."""
        return RoomLayout(name=self.name.text(), sex_policy=RoomSexPolicy(self.policy.currentData()),
                          numbers=read_numbers(self.numbers.text()), features=self.features)


class WardSetupDialog(Dialog):
    """A new ward, or one that is there."""

    def __init__(self, session: Session, parent: QWidget, layout: SetUpWard | None,
                 on_made: Callable[[int], None]) -> None:
        title = session.tr("Set up {ward}").format(ward=layout.name) if layout else session.tr("New ward")
        super().__init__(session, parent, title, session.tr("Save the ward") if layout else session.tr("Make the ward"),
                         draft="" if layout else "ward", width=860)
        self._layout = layout
        self._on_made = on_made
        self._rows: list[RoomRow] = []
        self._build_rules(layout)
        self._build_rooms(layout)

    def _build_rules(self, layout: SetUpWard | None) -> None:
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
        self.sex.choose(layout.sex_policy.value if layout else WardSexPolicy.BY_ROOM.value)
        self.age.choose(layout.age_policy.value if layout else AgePolicy.ANY.value)
        self.cleaning.setChecked(layout.cleaning_step if layout else True)
        if layout is not None:
            self.name.setText(layout.name)
            self.code.setText(layout.code)
            self.staffed.setText("" if layout.staffed_beds is None else str(layout.staffed_beds))
        self.add_row("name", self.tr("Name"), self.name, required=True)
        self.add_row("code", self.tr("Short name"), self.code)
        self.add_row("sex_policy", self.tr("Takes"), self.sex)
        self.add_row("age_policy", self.tr("Ages"), self.age)
        self.add_row("cleaning_step", self.tr("Cleaning"), self.cleaning)
        self.add_row("staffed_beds", self.tr("Beds with staff"), self.staffed)

    def _build_rooms(self, layout: SetUpWard | None) -> None:
        self.beds, self.rooms_count, self.pattern = Field(), Field(), Field()
        for field, text, caption in ((self.beds, "24", self.tr("Number of beds")),
                                     (self.rooms_count, "4", self.tr("Number of rooms")),
                                     (self.pattern, "A-1##", self.tr("Pattern of bed numbers"))):
            field.setText(text)
            field.setFixedWidth(theme.px(76 if field is not self.pattern else 110))
            field.setAccessibleName(caption)
        self.make = Button(self.tr("Make the rooms"), "layout-grid")
        self.make.clicked.connect(self._make_rooms)
        maker = QWidget()
        lines = QVBoxLayout(maker)
        lines.setContentsMargins(0, 0, 0, 0)
        row, button_row = QHBoxLayout(), QHBoxLayout()
        for part in (self.beds, self.tr("beds in"), self.rooms_count, self.tr("rooms, numbered"), self.pattern):
            row.addWidget(QLabel(part) if isinstance(part, str) else part)
        row.addStretch(1)
        button_row.addWidget(self.make)
        button_row.addStretch(1)
        lines.addLayout(row)
        lines.addLayout(button_row)
        self.add_row("maker", self.tr("Rooms and beds"), maker)
        self._grid_box = QWidget()
        box = QVBoxLayout(self._grid_box)
        box.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(2, 1)
        box.addLayout(self._grid)
        self.add_room = Button(self.tr("Another room"), "plus")
        self.add_room.clicked.connect(self._add_room)
        foot = QHBoxLayout()
        foot.addWidget(self.add_room)
        foot.addStretch(1)
        box.addLayout(foot)
        self.add_row("rooms", "", self._grid_box)
        if layout is not None:
            self.show_row("maker", False)
            self.add_wide(info_line(self.tr("A bed that is taken out of the list is closed, not deleted: its history "
                                            "stays. Write its number again to open it.")))
            self._show_rooms(layout.rooms)
        else:
            self._make_rooms()

    def first_focus(self) -> QWidget:
        return self.name

    def _make_rooms(self) -> None:
        try:
            rooms = make_rooms(int(self.beds.text()), int(self.rooms_count.text()), self.pattern.text().strip())
        except ValueError:
            self.refuse(self.tr("Write how many beds and rooms there are: at least one bed a room, {n} beds at most."
                                ).format(n=MOST_BEDS), "maker")
            return
        self.clear_errors()
        self._show_rooms(rooms)
        self._place()

    def _show_rooms(self, rooms: tuple[RoomLayout, ...]) -> None:
        for row in list(self._rows):
            self._remove(row)
        for room in rooms:
            self._append(room)

    def _append(self, room: RoomLayout) -> RoomRow:
        row = RoomRow(room, self._remove)
        self._rows.append(row)
        line = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, line, column)
        return row

    def _remove(self, row: RoomRow) -> None:
        if row in self._rows:
            self._rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _add_room(self) -> None:
        taken = {row.name.text() for row in self._rows}
        name = next(room_name(n) for n in range(1000) if room_name(n) not in taken)
        row = self._append(RoomLayout(name=name))
        row.numbers.setFocus()
        self._place()

    def request(self) -> SetUpWard | None:
        """What was typed, or None with the error shown."""
        staffed = self.staffed.text().strip()
        if staffed and not staffed.isdecimal():
            self.refuse(self.tr("Write a number, or leave it empty."), "staffed_beds")
            return None
        if not self.name.text().strip():
            self.refuse(self.tr("Give the ward a name."), "name")
            return None
        try:
            return SetUpWard(
                ward_id=self._layout.ward_id if self._layout else None, name=self.name.text(), code=self.code.text(),
                seen=self._layout.seen if self._layout else "",
                sex_policy=WardSexPolicy(self.sex.value), age_policy=AgePolicy(self.age.value),
                cleaning_step=self.cleaning.isChecked(), staffed_beds=int(staffed) if staffed else None,
                rooms=tuple(row.value() for row in self._rows),
                **({name: getattr(self._layout, name) for name in ("location", "phone", "specialty", "long_stay_days")}
                   if self._layout else {}))
        except ValidationError:
            self.refuse(self.tr("Each room needs a name, and each bed number may be there once in the ward."), "rooms")
            return None

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
