"""Segments: a few views beside each other, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import HEIGHT, Compactable, draw_focus, text_width


class Segment(Compactable):
    """One of a few views."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        words = 0 if self.compact else 8 + text_width(self.text(), theme.font(14, 600))
        return QSize(12 + 18 + words + 12, theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        ink = colours.ink if self.isChecked() else colours.ink2
        if self.isChecked():
            painter.setPen(QPen(colours.line3, 1))
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(rect.adjusted(0.5, 3.5, -0.5, -3.5), 6, 6)
        left = (rect.width() - self.sizeHint().width()) / 2 + 12
        icons.draw(painter, self._icon, QRectF(left, rect.center().y() - 9, 18, 18),
                   colours.focus if self.isChecked() else ink)
        painter.setPen(ink)
        painter.setFont(theme.font(14, 600))
        if not self.compact:
            painter.drawText(QRectF(left + 26, 0, rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter,
                             self.text())
        if self.hasFocus():
            draw_focus(painter, rect.adjusted(0, 3, 0, -3), 6)


class Segments(QWidget):
    """A row of segments, one of which is chosen."""

    chosen = Signal(int)

    def __init__(self, items: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 0, 3, 0)  # the whole height of the track is the target
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        for n, (text, icon) in enumerate(items):
            segment = Segment(text, icon, self)
            self._group.addButton(segment, n)
            layout.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def choose(self, number: int) -> None:
        """Choose by program."""
        self._group.button(number).setChecked(True)

    def buttons(self) -> list[QAbstractButton]:
        """The segments."""
        return self._group.buttons()

    def set_compact(self, compact: bool) -> None:
        """Show icons only."""
        for segment in self.findChildren(Segment):
            segment.set_compact(compact)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.theme().line2, 1))
        painter.setBrush(theme.theme().sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
