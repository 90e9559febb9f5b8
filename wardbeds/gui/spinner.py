"""A small open ring that turns while an answer is awaited; where less motion is wanted it stands still."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from wardbeds.gui import motion

STEP = 120
"""Milliseconds between two positions: calm, and next to nothing to paint."""


class Spinner(QObject):
    """Belongs to a widget that calls :meth:`paint`, and goes with it; it turns only while something is awaited."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._angle = 0
        self.shown = False
        self._timer = QTimer(self, interval=STEP)
        self._timer.timeout.connect(self._turn)

    @property
    def turning(self) -> bool:
        """Whether it moves."""
        return self._timer.isActive()

    @Slot(bool)
    def show(self, shown: bool) -> None:
        """Show or hide it."""
        if shown != self.shown:
            self.shown = shown
            self._timer.start() if shown and not motion.is_reduced() else self._timer.stop()
            self._widget.update()

    def _turn(self) -> None:
        self._angle = (self._angle - 30) % 360
        self._widget.update()

    def paint(self, painter: QPainter, rect: QRectF, colour: QColor) -> None:
        """Three quarters of a ring."""
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(rect, self._angle * 16, 270 * 16)
