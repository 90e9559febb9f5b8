"""A choice that is seen at once: one of a few, or boxes to tick, in columns that fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QWidget,
)

from wardbeds.gui import theme
from wardbeds.gui.dialogs.measures import LABEL, WIDTH
from wardbeds.gui.ticks import Check, Choice


class Choices(QWidget):
    """A few choices as frames in a grid; exactly one, or none yet."""

    chosen = Signal(str)
    tapped = Signal(str)
    """Chosen, or chosen once more, by a click or by a key that presses; going there with an arrow key is no tap."""

    def __init__(self, items: list[tuple[str, str]], columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Choice] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._columns = columns
        self._fill(items)

    def _fill(self, items: list[tuple[str, str]]) -> None:
        self.buttons = {value: Choice(text, self) for value, text in items}
        columns = self._columns
        if columns == 4 and not _fits(list(self.buttons.values()), 4):
            columns = 2  # rather two rows than broken words
        for n, (value, choice) in enumerate(self.buttons.items()):
            self._group.addButton(choice)
            self._grid.addWidget(choice, n // columns, n % columns)
            choice.toggled.connect(lambda on, value=value: self.chosen.emit(value) if on else None)
            choice.clicked.connect(lambda _on, value=value: self._on_clicked(value))

    def _on_clicked(self, value: str) -> None:
        if not any(one.stepping for one in self.buttons.values()):
            self.tapped.emit(value)

    def replace(self, items: list[tuple[str, str]]) -> None:
        """Show other choices. What is chosen stays so, without a word, as long as it is among them."""
        chosen, focused = self.value, self.in_focus is not None
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._fill(items)
        self.blockSignals(True)
        self.choose(chosen)
        self.blockSignals(False)
        for button in self.buttons.values():
            button.show()
        if focused:
            self.setFocus()

    @property
    def value(self) -> str:
        """What is chosen; empty for nothing."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), "")

    @property
    def in_focus(self) -> Choice | None:
        """The choice that the keyboard is on; None while it is elsewhere."""
        return next((one for one in self.buttons.values() if one.hasFocus()), None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The choice made, or the first, has the focus."""
        buttons = list(self.buttons.values())
        next((one for one in buttons if one.isChecked()), buttons[0]).setFocus(event.reason())

    def choose(self, value: str) -> None:
        """Choose by program."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)


def _fits(widgets: Sequence[QWidget], columns: int) -> bool:
    """Whether widgets fit beside each other into a dialog's field column, in so many columns."""
    taken = sum(max(one.sizeHint().width() for one in widgets[first::columns]) + 8
                for first in range(min(columns, len(widgets))))
    return taken - 8 <= theme.px(WIDTH - LABEL - 60)


def box_grid(boxes: list[Check], columns: int = 3) -> QWidget:
    """Boxes to tick, in so many columns, or in fewer where words are long."""
    columns = next((n for n in range(columns, 1, -1) if _fits(boxes, n)), 1)
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(0)
    for n, box in enumerate(boxes):
        grid.addWidget(box, n // columns, n % columns)
    return made
