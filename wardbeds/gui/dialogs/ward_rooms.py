"""The rooms of a ward that is set up: made from one line, then changed where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from wardbeds.domain.beds import RoomSexPolicy
from wardbeds.domain.ward_layout import RoomLayout, make_rooms, read_numbers, room_name, show_numbers
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.suggesting import Suggesting
from wardbeds.gui.inputs import ComboBox, Field
from wardbeds.gui.labels import label
from wardbeds.gui.menus import open_at

FEATURES = ("oxygen", "monitor", "suction", "ventilator", "isolation", "cot", "bariatric", "nitrogen", "television")


class TypedRoom(NamedTuple):
    """A row just as it is filled in, whether or not that can be a room."""

    name: str
    policy: str
    numbers: str
    bed_type: str
    features: tuple[str, ...] | None
    type_differs: bool


class RoomRow:
    """One room: name, whom it takes, its beds' numbers, and what all of them are and have."""

    def __init__(self, room: RoomLayout, types: Iterable[str], on_remove: Callable[[RoomRow], None]) -> None:
        self.features = room.features
        self._type_differs = room.bed_type is None
        self.name = Field()
        self.name.setText(room.name)
        self.name.setFixedWidth(theme.px(64))
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
        self.bed_type = Suggesting(types, words.tr("differ") if self._type_differs and room.numbers else "")
        self.bed_type.setText(room.bed_type or "")
        self.bed_type.setCursorPosition(0)
        self.bed_type.setMaxLength(60)
        self.bed_type.setFixedWidth(theme.px(128))
        self.equipment = Button("")
        self.equipment.setToolTip(words.tr("What every bed of this room has"))
        self.equipment.clicked.connect(self._choose_features)
        self._show_features()
        self.remove = Button("", "x")
        self.remove.clicked.connect(lambda: on_remove(self))
        self._call(room.name)

    def _call(self, name: str) -> None:
        """What is said of each part is said with the room's name."""
        for part, said in ((self.numbers, words.tr("Beds of room {name}")),
                           (self.bed_type, words.tr("Type of the beds of room {name}")),
                           (self.remove, words.tr("Remove room {name}"))):
            part.setAccessibleName(said.format(name=name))

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
        return [self.name, self.policy, self.numbers, self.bed_type, self.equipment, self.remove]

    def typed(self) -> TypedRoom:
        """The row as it is filled in."""
        return TypedRoom(self.name.text(), self.policy.currentData(), self.numbers.text(), self.bed_type.text(),
                         self.features, self._type_differs)

    def put_back(self, typed: TypedRoom) -> None:
        """Show what was filled in."""
        self._call(typed.name)
        self.name.setText(typed.name)
        self.policy.setCurrentIndex(self.policy.findData(typed.policy))
        self.numbers.setText(typed.numbers)
        self.bed_type.setText(typed.bed_type)
        self.features = typed.features
        self._show_features()

    def count(self) -> int:
        """How many beds it has."""
        return len(read_numbers(self.numbers.text()))

    def value(self) -> RoomLayout:
        """The room as typed; beds of several types keep theirs unless one is written. Raises ValidationError."""
        bed_type = self.bed_type.text().strip()
        return RoomLayout(name=self.name.text(), sex_policy=RoomSexPolicy(self.policy.currentData()),
                          numbers=read_numbers(self.numbers.text()), features=self.features,
                          bed_type=None if self._type_differs and not bed_type else bed_type)


class RoomMaker(QWidget):
    """One line from which all rooms are made: so many beds in so many rooms, numbered like this."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.beds, self.rooms, self.pattern = Field(), Field(), Field()
        for field, text, most, width, caption in (
                (self.beds, "24", 3, 64, self.tr("Number of beds")),
                (self.rooms, "4", 3, 56, self.tr("Number of rooms")),
                (self.pattern, "A-1##", 16, 96, self.tr("Pattern of bed numbers"))):
            field.setText(text)
            field.setMaxLength(most)
            field.setFixedWidth(theme.px(width))
            field.setAccessibleName(caption)
            field.textChanged.connect(self.changed)
        self.make = Button(self.tr("Make the rooms"), "layout-grid")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.beds, self.tr("beds in"), self.rooms, self.tr("rooms, numbered"), self.pattern, self.make):
            row.addWidget(QLabel(part) if isinstance(part, str) else part)
        row.addStretch(1)

    def layouts(self) -> tuple[RoomLayout, ...]:
        """The rooms as the line says. Raises ValueError."""
        made = make_rooms(int(self.beds.text()), int(self.rooms.text()), self.pattern.text().strip())
        return tuple(room.model_copy(update={"bed_type": ""}) for room in made)


class RoomsGrid(QWidget):
    """The rooms one below the other, with how many beds they are together."""

    changed = Signal()

    def __init__(self, types: Iterable[str]) -> None:
        super().__init__()
        self._types = list(types)
        self.rows: list[RoomRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        for column, text in enumerate((self.tr("Room"), self.tr("Takes"), self.tr("Beds"), self.tr("Type"),
                                       self.tr("Equipment"))):
            caption = label(text, 13, colour="ink2")
            caption.setWordWrap(False)
            self._grid.addWidget(caption, 0, column)
        box.addLayout(self._grid)
        self.add_room = Button(self.tr("Another room"), "plus")
        self.add_room.clicked.connect(self._add_room)
        self._total = label("", 14, colour="ink2")
        self._total.setWordWrap(False)
        foot = QHBoxLayout()
        foot.addWidget(self.add_room)
        foot.addSpacing(8)
        foot.addWidget(self._total)
        foot.addStretch(1)
        box.addLayout(foot)

    def show_rooms(self, rooms: Iterable[RoomLayout]) -> None:
        """Show these rooms and no others."""
        for row in list(self.rows):
            self._take_out(row)
        for room in rooms:
            self._append(room)
        self._count()

    def typed(self) -> tuple[TypedRoom, ...]:
        """The rows as they are filled in."""
        return tuple(row.typed() for row in self.rows)

    def put_back(self, typed: tuple[TypedRoom, ...]) -> None:
        """Show rows as they were filled in, and no others."""
        for row in list(self.rows):
            self._take_out(row)
        for one in typed:
            blank = RoomLayout(name=room_name(0), numbers=("1",), bed_type=None if one.type_differs else "")
            self._append(blank).put_back(one)
        self._count()

    def _append(self, room: RoomLayout) -> RoomRow:
        row = RoomRow(room, self._types, self.remove)
        row.numbers.textChanged.connect(self._count)
        self.rows.append(row)
        line = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, line, column)
        return row

    def remove(self, row: RoomRow) -> None:
        """Take a room out."""
        self._take_out(row)
        self._count()

    def _take_out(self, row: RoomRow) -> None:
        if row in self.rows:
            self.rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _add_room(self) -> None:
        taken = {row.name.text() for row in self.rows}
        name = next(room_name(n) for n in range(1000) if room_name(n) not in taken)
        row = self._append(RoomLayout(name=name, bed_type=""))
        row.numbers.setFocus()
        self._count()

    def _count(self) -> None:
        self._total.setText(self.tr("{beds} beds in {rooms} rooms").format(
            beds=sum(row.count() for row in self.rows), rooms=len(self.rows)))
        self.changed.emit()

    def value(self) -> tuple[RoomLayout, ...]:
        """The rooms as typed. Raises ValidationError."""
        return tuple(row.value() for row in self.rows)
