"""The banner in place of the chips while there is no connection: since when, what can be done, and Print."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wardbeds.gui import icons, theme, words
from wardbeds.gui.controls import Button


class _PrintButton(Button):
    """In the banner's own ink, so that it is no second primary button."""

    def _inks(self) -> tuple[QColor, QColor, QColor]:
        colours, nothing = theme.theme(), QColor(0, 0, 0, 0)
        if not self.isEnabled():
            return super()._inks()
        return nothing, colours.warning, colours.warning_frame if self.underMouse() else nothing


class OfflineBanner(QWidget):
    """One line: the first sentence bold, what goes on, and Print at the right."""

    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: tuple[str, str] | None = None
        self._checking = ""
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.trying = QLabel(self.tr("Trying again"))
        self.print = _PrintButton(self.tr("Print this board"), "printer")
        self.print.clicked.connect(self.print_requested)
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(48, 0, 12, 0)
        layout.setSpacing(24)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.trying)
        layout.addWidget(self.print)
        self.hide()

    def say(self, moment: datetime, why: str, *, too_old: bool = False) -> None:
        """Show since when there is no connection; ``why`` is the tooltip, for whoever mends it.

        ``too_old``: it does not come back by itself, the program is to be updated.
        """
        self.setToolTip(why)
        self.trying.setVisible(not too_old)
        self.say_instead(*(self._outdated(moment) if too_old else self._sentences(moment)))

    def add_button(self, button: Button) -> None:
        """Stand a button beside Print: what else can be done about it."""
        self._row.addWidget(button)

    def say_instead(self, first: str, rest: str) -> None:
        """Show other sentences, the first one bold."""
        self._said = first, rest
        self.restyle()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def set_checking(self, words_of_it: str) -> None:
        """Say instead of what can be done that something is being checked; nothing: no longer."""
        self._checking = words_of_it
        self.restyle()
        if words_of_it and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words_of_it))

    def _sentences(self, moment: datetime) -> tuple[str, str]:
        time = words.time_text(moment)
        return (self.tr("No connection since {time}.").format(time=time),
                self.tr("You see the board as of {time}. You can look and print. Changes must wait.").format(time=time))

    def _outdated(self, moment: datetime) -> tuple[str, str]:
        return (self.tr("This program is too old for the database. Please update it."),
                self.tr("You see the board as of {time}. You can look and print.").format(time=words.time_text(moment)))

    def restyle(self) -> None:
        """Take the scheme and text size in force."""
        if self._said is None:
            return
        first, rest = self._said
        rest = self._checking or rest
        self.words.setText(f"<b>{first}</b> {rest}")
        self.setAccessibleName(f"{first} {rest}")
        for label, colour, size in ((self.words, theme.theme().ink, 14), (self.trying, theme.theme().warning, 13)):
            label.setFont(theme.font(size))
            palette = label.palette()
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            label.setPalette(palette)
        self.update()

    def text(self) -> str:
        """What is said just now."""
        return self.accessibleName() if self.isVisible() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.warning_soft)
        for y in (0, self.height() - 2):
            painter.fillRect(QRectF(0, y, self.width(), 2), colours.warning_frame)
        icons.draw(painter, "wifi-off", QRectF(16, self.height() / 2 - 10, 20, 20), colours.warning)
        painter.fillRect(QRectF(self.print.x() - 12, self.height() / 2 - 10, 1, 20), colours.warning_frame)
