"""Facts in two columns: what it is, and what is known of it; a phone number with a button that copies it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from wardbeds.gui import theme
from wardbeds.gui.controls import Button
from wardbeds.gui.labels import text_label

CAPTION, NARROW = 104, 96
"""How wide the captions are, in a dialog and in a panel."""


class Fact(NamedTuple):
    """A caption with its value; nothing is shown where the value is empty. ``key``: it can be copied, by this key."""

    caption: str
    value: str
    identifier: bool = False
    key: str = ""


class CopyButton(Button):
    """Copies one value, and says so."""

    copied = Signal(str)

    def __init__(self, fact: Fact, *, with_key: bool) -> None:
        super().__init__("", key=fact.key if with_key else "", spread=True)
        self._inset = 8
        self.letter = fact.key
        self._value = fact.value
        self.setText(self.tr("Copy"))
        self.setAccessibleName(self.tr("Copy {what}: {value}").format(what=fact.caption, value=fact.value))
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._value)
        self.setText(self.tr("Copied"))
        self.updateGeometry()
        self.update()
        said = self.tr("Copied: {value}").format(value=self._value)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.copied.emit(said)


class Facts(QWidget):
    """The facts one below the other."""

    copied = Signal(str)

    def __init__(self, facts: Iterable[Fact], heading: str = "", *, with_keys: bool) -> None:
        """``with_keys``: the keys that copy are shown; whoever owns the keyboard calls :meth:`press`."""
        super().__init__()
        self.buttons: list[CopyButton] = []
        self._with_keys = with_keys
        self._caption = theme.px(CAPTION if with_keys else NARROW)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12 if with_keys else 8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, self._caption)
        self._grid.setColumnStretch(1, 1)
        shown = [fact for fact in facts if fact.value]
        if heading and shown:
            self._grid.addWidget(text_label(heading, 13, 600, "ink2"), 0, 0, 1, 2)
        for fact in shown:
            self._add(fact)

    def _add(self, fact: Fact) -> None:
        row = self._grid.rowCount()
        name = text_label(fact.caption, 13, 400, "ink2")
        name.setFixedWidth(self._caption)
        shown = text_label(fact.value, 14, 600 if fact.identifier else 400, identifier=fact.identifier)
        if fact.key:  # a number that is dialled stands on one line
            shown.setWordWrap(False)
            shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        shown.setAccessibleName(f"{fact.caption}: {fact.value}")
        if not fact.key:
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(shown, row, 1)
            return
        button = CopyButton(fact, with_key=self._with_keys)
        button.copied.connect(self.copied)
        self.buttons.append(button)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(shown)
        line.addWidget(button)
        line.addStretch(1)
        self._grid.addWidget(name, row, 0)
        self._grid.addLayout(line, row, 1)

    def press(self, letter: str) -> bool:
        """Copy what has this key; whether there was anything."""
        button = next((one for one in self.buttons if letter and one.letter == letter), None)
        if button is not None:
            button.click()
        return button is not None
