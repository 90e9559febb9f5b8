"""What is ticked: a box on its own, and a radio box among others."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import HEIGHT, Painted, draw_focus, text_width

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class Check(Painted):
    """A box to tick, with its words; 40 px to hit."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(30 + text_width(self.text(), theme.font(14)) + 8, theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, self.height() / 2 - 10, 20, 20)
        painter.setPen(QPen(colours.focus if self.isChecked() else colours.line3, 2))
        painter.setBrush(colours.focus if self.isChecked() else colours.raised)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if self.isChecked():
            icons.draw(painter, "check", box.adjusted(3, 3, -3, -3), colours.raised)
        painter.setPen(colours.ink if self.isEnabled() else colours.ink_off)
        painter.setFont(theme.font(14))
        painter.drawText(QRectF(30, 0, self.width() - 30, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 6)


class Choice(Painted):
    """A radio box in a frame, 40 px high: the whole frame is the target."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.stepping = False
        """An arrow key is just going on from here: Qt clicks the choice it comes to, which nobody has tapped."""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10 + 18 + 8 + text_width(self.text(), theme.font(14, 600)) + 12, theme.target(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        longest = max((text_width(word, theme.font(13, 600)) for word in self.text().split()), default=0)
        half = text_width(self.text(), theme.font(13, 600)) * 3 // 5
        return QSize(min(self.sizeHint().width(), 48 + max(longest, half)), theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, on = QRectF(self.rect()), self.isChecked()
        painter.setPen(QPen(colours.focus if on else colours.line3, 2 if on else 1))
        painter.setBrush(colours.focus_soft if on else colours.raised)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        dot = QRectF(11, rect.center().y() - 8, 16, 16)
        painter.setPen(QPen(colours.focus if on else colours.line3, 5 if on else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot.adjusted(2.5, 2.5, -2.5, -2.5) if on else dot.adjusted(1, 1, -1, -1))
        painter.setPen(colours.ink if self.isEnabled() else colours.ink_off)
        room = QRectF(36, 0, rect.width() - 40, rect.height())
        size = 14 if text_width(self.text(), theme.font(14, 600)) <= room.width() else 13
        painter.setFont(theme.font(size, 600 if on else 400))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        if self.hasFocus():
            draw_focus(painter, rect, 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.stepping = event.key() in ARROWS
        super().keyPressEvent(event)
        self.stepping = False
