"""R7: the line at the bottom: connection, who is signed in, station; help and shortcuts at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Painted, draw_focus, text_width

HEIGHT = 26


class FootText(QWidget):
    """A row of icons with words; the last ones give way where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: list[tuple[str, str]]) -> None:
        """Show pairs of an icon's name and words."""
        self._parts = parts
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """All the words."""
        return ", ".join(text for _icon, text in self._parts)

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        x = 12
        for icon, text in self._parts:
            width = text_width(text, theme.font(12))
            if x + 20 + width > self.width():
                return
            if icon:
                icons.draw(painter, icon, QRectF(x, self.height() / 2 - 7, 14, 14), theme.theme().ink2)
                x += 20
            painter.setPen(theme.theme().ink2)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 22


class KeyCap(QWidget):
    """A key as it stands on the keyboard."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.setFixedSize(max(theme.px(26), text_width(key, theme.font(13, 600)) + 14), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line3, 1))
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
        painter.setPen(colours.ink)
        painter.setFont(theme.font(13, 600))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._key)


class FootButton(Painted):
    """A key cap with what it does."""

    def __init__(self, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key

    def _cap(self) -> int:
        return max(theme.px(20), text_width(self._key, theme.font(12, 600)) + 12)

    def sizeHint(self) -> QSize:
        return QSize(self._cap() + 8 + text_width(self.text(), theme.font(12)) + 16, theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap = QRectF(4, self.height() / 2 - theme.px(9), self._cap(), theme.px(18))
        painter.setPen(QPen(colours.line3, 1))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(colours.ink)
        painter.setFont(theme.font(12, 600))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.setFont(theme.font(12))
        painter.setPen(colours.ink if self.underMouse() else colours.ink2)
        painter.drawText(QRectF(cap.right() + 8, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter,
                         self.text())
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 4)


class Foot(QWidget):
    """The whole line."""

    help_requested = Signal()
    shortcuts_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = FootText(self)
        self.help = FootButton("F1", self.tr("Help"), self)
        self.shortcuts = FootButton("?", self.tr("Shortcuts"), self)
        self.help.clicked.connect(self.help_requested)
        self.shortcuts.clicked.connect(self.shortcuts_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.help)
        layout.addWidget(self.shortcuts)

    def text(self) -> str:
        """The words at the left."""
        return self.words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.theme().sunken)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.theme().line1)
