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
    """A caption with its value; nothing is shown where the value is empty. ``copied``: a button copies it, and so does
    ``key``, where there is one."""

    caption: str
    value: str
    identifier: bool = False
    copied: bool = False
    key: str = ""


class CopyButton(Button):
    """Copies one value, and says so."""

    copied = Signal(str)

    def __init__(self, fact: Fact, *, narrow: bool) -> None:
        """``narrow``: a sign instead of the word, which is the tooltip then."""
        super().__init__("", "copy" if narrow else "", key=fact.key, spread=True)
        self._inset = 8
        self.letter = fact.key
        self._value = fact.value
        self.setText(self.tr("Copy"))
        self.set_compact(narrow)
        self.setAccessibleName(self.tr("Copy {what}: {value}").format(what=fact.caption, value=fact.value))
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._value)
        self.setText(self.tr("Copied"))
        if self._compact:
            self.set_icon("check")
            self.setToolTip(self.text())
        self.updateGeometry()
        self.update()
        said = self.tr("Copied: {value}").format(value=self._value)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.copied.emit(said)


class Facts(QWidget):
    """The facts one below the other."""

    copied = Signal(str)

    def __init__(self, facts: Iterable[Fact], heading: str = "", *, narrow: bool) -> None:
        """``narrow``: in a panel. Whoever owns the keyboard calls :meth:`press` with the keys that copy."""
        super().__init__()
        self.buttons: list[CopyButton] = []
        self._narrow = narrow
        self._caption = theme.px(NARROW if narrow else CAPTION)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8 if narrow else 12)
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
        if fact.copied:  # a number that is dialled stands on one line
            shown.setWordWrap(False)
            shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        shown.setAccessibleName(f"{fact.caption}: {fact.value}")
        if not fact.copied:
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(shown, row, 1)
            return
        button = CopyButton(fact, narrow=self._narrow)
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
