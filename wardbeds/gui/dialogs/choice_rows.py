"""A choice among more than fit side by side: rows with what tells them apart, by arrow keys or click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from wardbeds.gui.rows import Row, RowList


class ChoiceRows(RowList):
    """Rows of which one is chosen, or none yet; the list itself has the keyboard."""

    chosen = Signal(str)

    def __init__(self, items: list[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.items: list[Row] = []
        self.replace(items)
        self.row_changed.connect(lambda _row: self.chosen.emit(self.value) if self.value else None)

    @property
    def value(self) -> str:
        """What is chosen; empty for nothing."""
        row = self.current()
        return str(row.data) if row is not None else ""

    def values(self) -> list[str]:
        """What can be chosen."""
        return [str(one.data) for one in self.items if not one.why_not]

    def choose(self, row: int | str) -> None:
        """Choose by number or by value; nothing happens where there is no such value."""
        if isinstance(row, int):
            super().choose(row)
        elif row in self.values():
            super().choose([str(one.data) for one in self.items].index(row))

    def choose_none(self) -> None:
        """Nothing is chosen. It is told to Qt in so many words: else the first row would be chosen, unseen, as soon as
        the keyboard comes here."""
        self.setCurrentIndex(QModelIndex())

    def replace(self, items: list[Row]) -> None:
        """Show other rows. What is chosen stays so, without a word, as long as it is among them; else nothing is."""
        before = self.value
        self.blockSignals(True)
        self.clear()
        self.choose_none()
        self.items = items
        for one in items:
            self.add(one.title, one.detail, icon=one.icon, data=one.data, why_not=one.why_not)
        self.choose(before)
        self.blockSignals(False)
