"""Chips: a state with its count, that filters while it is pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import icons, theme
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.controls import HEIGHT, Compactable, draw_focus, text_width


class Chip(Compactable):
    """A state with its count; pressed it filters. 28 px drawn, 40 px to hit."""

    def __init__(self, status: BedStatus, word: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self.status = status
        self.count = 0

    def _words(self) -> str:
        return "" if self.compact else self.text()

    def set_count(self, count: int) -> None:
        """Show another count."""
        if count != self.count:
            self.count = count
            self.updateGeometry()
            self.update()
        self.setAccessibleName(f"{self.text()} {count}")

    def sizeHint(self) -> QSize:
        width = 8 + 16 + 6 + text_width(self._words(), theme.font(14)) + 6 + text_width(
            str(self.count), theme.font(15, 700)) + 12
        return QSize(width, theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        state = colours.states[self.status.value]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(28)
        pill = QRectF(1, (self.height() - height) / 2, self.width() - 2, height)
        pen = QPen(state.edge, 1 if self.status in (BedStatus.OCCUPIED, BedStatus.CLEANING, BedStatus.MAINTENANCE)
                   else 2)
        if self.status is BedStatus.RESERVED:
            pen.setDashPattern([3, 2])
        if self.isChecked():
            pen = QPen(colours.focus, 2)
        painter.setPen(pen)
        painter.setBrush(state.fill)
        painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), height / 2, height / 2)
        self.paint_words(painter, BADGES[self.status], state.accent)

    def paint_words(self, painter: QPainter, icon: str, accent: QColor) -> None:
        """Icon, word, count, and the ring of the focus."""
        icons.draw(painter, icon, QRectF(9, self.height() / 2 - 8, 16, 16), accent)
        painter.setPen(theme.theme().ink)
        painter.setFont(theme.font(14))
        painter.drawText(QRectF(31, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._words())
        painter.setFont(theme.font(15, 700))
        painter.drawText(QRectF(0, 0, self.width() - 12, self.height()),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self.count))
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 14)


class MineChip(Chip):
    """The filter for the patients somebody is the responsible nurse of."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(BedStatus.OCCUPIED, word, parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(28)
        pill = QRectF(1, (self.height() - height) / 2, self.width() - 2, height)
        painter.setPen(QPen(colours.focus if self.isChecked() else colours.line3, 2 if self.isChecked() else 1))
        painter.setBrush(colours.focus_soft if self.isChecked() else colours.raised)
        painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), height / 2, height / 2)
        self.paint_words(painter, "user", colours.ink2)
