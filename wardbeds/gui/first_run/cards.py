"""A choice among a few things that need a word of explanation: cards with icon, title and a line below it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Painted, draw_focus

HEIGHT, LEFT, ICON = 64, 58, 24


class CardText(NamedTuple):
    """What stands on a card, and what it stands for."""

    value: str
    icon: str
    title: str
    detail: str


class Card(Painted):
    """One of them: the whole card is the target. A tick, not the colour alone, says that it is chosen."""

    def __init__(self, text: CardText, parent: QWidget | None = None) -> None:
        super().__init__(text.title, parent)
        self._text = text
        self.setAccessibleDescription(text.detail)
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _detail_height(self, width: int) -> int:
        """Long words of another language take a second line."""
        room = QRectF(0, 0, max(60, width - theme.px(LEFT) - theme.px(48)), 1000)
        return self.fontMetrics().boundingRect(room.toRect(), int(Qt.TextFlag.TextWordWrap), self._text.detail).height()

    def heightForWidth(self, width: int) -> int:
        return max(theme.target(HEIGHT), theme.px(38) + self._detail_height(width))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, on = theme.theme(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(QPen(colours.focus if on else colours.line3, 2 if on else 1))
        painter.setBrush(colours.focus_soft if on else colours.hover if self.underMouse() else colours.raised)
        inset = 1.0 if on else 0.5
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 8, 8)
        ink = colours.focus if on else colours.ink2
        icons.draw(painter, self._text.icon, QRectF(theme.px(18), rect.center().y() - ICON / 2, ICON, ICON), ink)
        self._paint_words(painter, rect)
        if on:
            tick = QRectF(rect.right() - theme.px(34), rect.center().y() - 10, 20, 20)
            icons.draw(painter, "circle-check", tick, ink)
        if self.hasFocus():
            draw_focus(painter, rect, 8)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        colours = theme.theme()
        title, detail = theme.px(22), self._detail_height(int(rect.width()))
        top = (rect.height() - title - detail) / 2
        width = rect.width() - theme.px(LEFT) - theme.px(48)
        painter.setPen(colours.ink)
        painter.setFont(theme.font(15, 600))
        painter.drawText(QRectF(theme.px(LEFT), top, width, title), Qt.AlignmentFlag.AlignVCenter, self._text.title)
        painter.setPen(colours.ink2)
        painter.setFont(theme.font(13))
        painter.drawText(QRectF(theme.px(LEFT), top + title, width, detail),
                         Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._text.detail)


class Cards(QWidget):
    """Cards under each other, of which exactly one is chosen; arrow keys choose, too."""

    chosen = Signal(str)

    def __init__(self, texts: list[CardText], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._group = QButtonGroup(self)
        self.cards: dict[str, Card] = {}
        for text in texts:
            card = self.cards[text.value] = Card(text, self)
            self._group.addButton(card)
            column.addWidget(card)
            card.toggled.connect(lambda on, value=text.value: self.chosen.emit(value) if on else None)
        self.choose(texts[0].value)

    @property
    def value(self) -> str:
        """What is chosen."""
        return next(value for value, card in self.cards.items() if card.isChecked())

    def choose(self, value: str) -> None:
        """Choose by program."""
        self.cards[value].setChecked(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The card that is chosen has the focus."""
        self.cards[self.value].setFocus(event.reason())
