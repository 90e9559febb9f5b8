"""Small painted words: the state of a bed, and one line of importance."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.controls import text_width


class StateTag(QWidget):
    """The state of a bed as icon and word."""

    def __init__(self, status: BedStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self.setAccessibleName(words.status_word(status))
        self.setFixedSize(text_width(words.status_word(status), theme.font(13, 600)) + 44, theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        state = theme.theme().states[self._status.value]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(state.edge, 1))
        painter.setBrush(state.fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self.height() / 2,
                                self.height() / 2)
        icons.draw(painter, BADGES[self._status], QRectF(11, self.height() / 2 - 8, 16, 16), state.accent)
        painter.setPen(theme.theme().ink)
        painter.setFont(theme.font(13, 600))
        painter.drawText(QRectF(33, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter,
                         words.status_word(self._status))


class Ribbon(QWidget):
    """One line of importance on a soft ground."""

    def __init__(self, text: str, kind: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.setFixedHeight(theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, f"{self._kind}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        ink = getattr(colours, self._kind)
        icons.draw(painter, self._icon, QRectF(12, self.height() / 2 - 8, 16, 16), ink)
        painter.setPen(ink)
        painter.setFont(theme.font(14, 600))
        painter.drawText(QRectF(38, 0, self.width() - 40, self.height()), Qt.AlignmentFlag.AlignVCenter, self._text)
