"""Notices stay in the window until dismissed or until the next action: nothing vanishes on a timer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Button

Step = tuple[str, Callable[[], None]]
"""The words of a button, and what it does."""

ICONS = {"error": "triangle-alert", "warning": "triangle-alert", "success": "circle-check", "info": "clock"}


class Notice(QWidget):
    """One line across the window, with icon, words, what can be done about it, and a button to dismiss it."""

    said = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "error"
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setFont(theme.font(14, 600))
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.step: Step | None = None
        self.act = Button("")
        self.act.clicked.connect(self._take_step)
        self.act.hide()
        self.dismiss = Button("", "x")
        self.dismiss.setAccessibleName(self.tr("Dismiss"))
        self.dismiss.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(44, 2, 8, 2)
        self._row.setSpacing(8)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.act)
        self._row.addWidget(self.dismiss)
        self.hide()

    def add_button(self, text: str, on_click: Callable[[], None]) -> Button:
        """Add something that can be done about it, before the button to dismiss."""
        made = Button(text)
        made.clicked.connect(on_click)
        self._row.insertWidget(self._row.count() - 1, made)
        return made

    def say(self, text: str, kind: str = "error", *, lasting: bool = False, step: Step | None = None) -> None:
        """Show words of a kind: error, warning, success, info. A lasting one cannot be dismissed; ``step``: what can be
        done about these words."""
        self._kind = kind
        self.step = step
        self.act.setText(step[0] if step is not None else "")
        self.act.setVisible(step is not None)
        self.words.setText(text)
        self.dismiss.setVisible(not lasting)
        self.setAccessibleName(text)
        self.restyle()
        self.show()
        self.said.emit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _take_step(self) -> None:
        if self.step is not None:
            self.step[1]()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if not visible:
            self.gone.emit()

    def restyle(self) -> None:
        """Take the scheme and text size in force."""
        palette = self.words.palette()
        palette.setColor(QPalette.ColorRole.WindowText, getattr(theme.theme(), self._kind))
        self.words.setPalette(palette)
        self.words.setFont(theme.font(14, 600))
        self.setMinimumHeight(theme.target(40))
        for button in self.findChildren(Button):
            button.setFixedHeight(theme.target(36))
        self.update()

    def text(self) -> str:
        """What is said just now."""
        return self.words.text() if self.isVisible() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), getattr(colours, f"{self._kind}_soft"))
        icons.draw(painter, ICONS[self._kind], QRectF(14, self.height() / 2 - 9, 18, 18), getattr(colours, self._kind))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colours.line2)
