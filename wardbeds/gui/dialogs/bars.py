"""A dialog's head with its title, and its foot with its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.gui.controls import Button
from wardbeds.gui.labels import label


class HeadBar(QWidget):
    """Title at the left; what belongs to the whole dialog, and the cross, at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, 18, 600)
        self.title.setWordWrap(False)
        self.close_button = Button("", "x", quiet=True)
        self.close_button.setAccessibleName(self.tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 10, 6)
        row.addWidget(self.title)
        row.addStretch(1)
        self.side = QHBoxLayout()
        row.addLayout(self.side)
        row.addSpacing(12)
        row.addWidget(self.close_button)


class FootBar(QWidget):
    """A note at the left, then buttons; the primary one is last."""

    def __init__(self, primary: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(23, 11, 23, 11)
        row.setSpacing(8)
        self.note = label("", 13, colour="ink2")
        self.cancel_button = Button(self.tr("Cancel"), key="Esc")
        self.primary = Button(primary, key=key, primary=True)
        row.addWidget(self.note, 1)
        self.side = QHBoxLayout()
        row.addLayout(self.side)
        row.addWidget(self.cancel_button)
        row.addWidget(self.primary)
        self._meanwhile = ""
        self._before = ""

    def say_meanwhile(self, text: str) -> None:
        """Say something in the note's place, until :meth:`take_back`."""
        if not self._meanwhile:
            self._before = self.note.text()
        self._meanwhile = text
        self.note.setText(text)

    def take_back(self) -> None:
        """What was said meanwhile is over: the note is there again, unless it has been changed since."""
        if self._meanwhile and self.note.text() == self._meanwhile:
            self.note.setText(self._before)
        self._meanwhile = ""
