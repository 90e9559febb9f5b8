"""The patterns that tell two states apart without colour: dots for a bed to clean, hatching for a blocked one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPixmap, QTransform

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import theme

HATCH_PERIOD = 11
"""Along the edge: 8 px between the slanting lines."""

_BRUSHES: dict[tuple[str, BedStatus, int], QBrush] = {}


def pattern(status: BedStatus, scaling: float) -> QBrush:
    """Dots for a bed to clean, hatching for a blocked one; made once per scheme and scaling.

    A tile is whole pixels of the screen, so that the pattern is even at every zoom.
    """
    colours = theme.theme()
    period = 8 if status is BedStatus.CLEANING else HATCH_PERIOD
    side = max(4, round(period * scaling))
    key = (colours.name, status, side)
    if key not in _BRUSHES:
        tile = QPixmap(side, side)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side / period, side / period)
        if status is BedStatus.CLEANING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.dots)
            for centre in (QPointF(2, 2), QPointF(6, 6)):
                painter.drawEllipse(centre, 1.25, 1.25)
        else:
            painter.setPen(QPen(colours.hatch, 1.4))
            for shift in (-period, 0, period):
                painter.drawLine(QPointF(shift - 1, period + 1), QPointF(shift + period + 1, -1))
        painter.end()
        _BRUSHES[key] = QBrush(tile)
        _BRUSHES[key].setTransform(QTransform.fromScale(period / side, period / side))
    return _BRUSHES[key]
