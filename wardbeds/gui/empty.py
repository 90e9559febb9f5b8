"""What stands where the board will be while there is no ward yet, or no bed in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Button
from wardbeds.gui.labels import text_label


class NoWards(QWidget):
    """Says what to do first; the buttons are there for those who may."""

    set_up = Signal()
    import_lists = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = text_label("", 18, 600)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint = text_label("", 14, 400, "ink2")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.make = Button(self.tr("Set up the first ward"), "plus", primary=True)
        self.load = Button(self.tr("Import lists"))
        self.make.clicked.connect(self.set_up)
        self.load.clicked.connect(self.import_lists)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        buttons.addWidget(self.load)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addSpacing(90)
        layout.addWidget(self.words)
        layout.addWidget(self.hint)
        layout.addSpacing(12)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def offer(self, *, may_set_up: bool, ward: str = "") -> None:
        """Show the buttons, or whom to ask. ``ward``: there is one, but it has no beds."""
        if ward:
            self.words.setText(self.tr("{ward} has no beds yet").format(ward=ward))
            hint = self.tr("24 beds in 4 rooms, for example, are made in one step. Or import the hospital's lists.")
            self.make.setText(self.tr("Make the beds"))
        else:
            self.words.setText(self.tr("There is no ward yet"))
            hint = self.tr("Set one up: rooms and beds are made in one step. Or import the hospital's lists.")
            self.make.setText(self.tr("Set up the first ward"))
        self.hint.setText(hint if may_set_up else self.tr("Ask an administrator to set one up."))
        self.make.setVisible(may_set_up)
        self.load.setVisible(may_set_up)

    def focus_first(self) -> None:
        """Give the keyboard to what is likeliest to be done."""
        if self.make.isVisibleTo(self):
            self.make.setFocus()

    def set_read_only(self, why_not: str) -> None:
        """Say at the buttons why they cannot be pressed just now; empty: they can."""
        for button in (self.make, self.load):
            button.allow(not why_not, why_not)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.theme().canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QRectF(self.width() / 2 - 44, self.words.y() - 108, 88, 88)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.theme().raised)
        painter.drawEllipse(centre)
        icons.draw(painter, "bed-single", centre.adjusted(24, 24, -24, -24), theme.theme().ink2)
