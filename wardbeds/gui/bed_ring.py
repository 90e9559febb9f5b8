"""A ring around the bed that something is said of, over the board."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wardbeds.gui import theme

OUT = 6


class BedRing(QWidget):
    """Lets every press through to the bed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_around(self, bed: QRect, area: QRect) -> None:
        """Around a bed, as far as it lies inside ``area``; both in the parent's coordinates."""
        self._bed = bed
        self.setGeometry(bed.adjusted(-OUT, -OUT, OUT, OUT) & area)
        self.show()
        self.raise_()

    _bed = QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bed = QRectF(self._bed.translated(-self.pos()))
        for out, width, colour in ((1.5, 3, theme.theme().raised), (3.5, 3, theme.theme().focus)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(bed.adjusted(-out, -out, out, out), 8 + out, 8 + out)
