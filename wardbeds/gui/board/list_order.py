"""By which column the List is sorted: what keys make of it, and how it is kept over a restart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from wardbeds.gui.board.model import Column

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WAYS = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}


@dataclass(frozen=True, slots=True)
class Order:
    """A column, and whether the last comes first."""

    column: Column = Column.BED
    descending: bool = False

    def after_key(self, event: QKeyEvent) -> Order | None:
        """Ctrl and an arrow: the next column, round the ends, or first or last on top; None: none of these."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.ControlModifier:
            return None
        if key in _STEPS:
            return Order(Column((self.column + _STEPS[key]) % len(Column)), self.descending)
        return Order(self.column, _WAYS[key]) if key in _WAYS else None

    def text(self) -> str:
        """As it is kept: by the column's name, which outlives a new column before it."""
        return f"{self.column.name.lower()} {'descending' if self.descending else 'ascending'}"

    @classmethod
    def read(cls, text: str) -> Order:
        """From what was kept, whoever wrote it: by beds where it says nothing."""
        name, _space, way = text.partition(" ")
        column = next((one for one in Column if one.name.lower() == name), None)
        return cls(column, way == "descending") if column is not None else cls()
