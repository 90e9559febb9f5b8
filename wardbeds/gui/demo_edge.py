"""The striped frame of the demo: nobody takes invented people for real ones (nor real ones for invented)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from wardbeds.gui import theme

WIDE = 4
PITCH = 12
"""Pixels: how wide the frame is, and how far apart its stripes are."""


class DemoEdge(QWidget):
    """Lies over the edges of ``window`` and takes no mouse; whatever is shown inside keeps its place."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self._fit()
        self.show()

    def _fit(self) -> None:
        """Around the whole window, with a hole where the window is."""
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.setMask(QRegion(self.rect()) - QRegion(self.inner()))
        self.raise_()

    def inner(self) -> QRect:
        """What the frame leaves free."""
        return self.rect().adjusted(WIDE, WIDE, -WIDE, -WIDE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.warning_soft)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.warning_frame, PITCH / 2))
        height = self.height()
        for x in range(-height, self.width(), PITCH):
            painter.drawLine(QPoint(x, height), QPoint(x + height, 0))
