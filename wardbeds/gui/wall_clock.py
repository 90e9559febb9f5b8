"""The hospital's time and day, large, on the page where nobody is signed in."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from wardbeds.gui import theme, words


class WallClock(QWidget):
    """Hours and minutes over the day; drawn anew as a minute begins, while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self._tick)
        self.resize(self.sizeHint())

    def _tick(self) -> None:
        now = datetime.now(UTC)
        self.setAccessibleName(f"{words.time_text(now)}, {words.weekday_text(now)}")
        self.update()
        self._minute.start(60_000 - (now.second * 1000 + now.microsecond // 1000) + 5)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(340), theme.px(92))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, now = theme.theme(), datetime.now(UTC)
        painter = QPainter(self)
        for text, size, weight, ink, top, height in (
                (words.time_text(now), 44, 700, colours.action_ink, 0, 56),
                (words.weekday_text(now), 16, 400, colours.action_ink2, 60, 28)):
            painter.setFont(theme.font(size, weight))
            painter.setPen(ink)
            painter.drawText(QRectF(0, theme.px(top), self.width(), theme.px(height)),
                             Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def showEvent(self, event: QShowEvent) -> None:
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
