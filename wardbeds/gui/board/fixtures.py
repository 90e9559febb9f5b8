"""What an architect draws that is no bed: toilets, counter, entrance, trees, scale. It carries no state."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from wardbeds.gui import theme
from wardbeds.gui.board.plan import ServiceRoom
from wardbeds.gui.fitting import SMALLEST
from wardbeds.gui.theme import Theme

METRE = 42.0
STROKE = 1.2


def _tr(text: str) -> str:
    return QCoreApplication.translate("FloorPlan", text)


def readable(painter: QPainter, size: int) -> int:
    """A size in px of the scene that is 12 px or more on the screen, however small the board is drawn."""
    return max(size, math.ceil(SMALLEST / max(0.1, painter.worldTransform().m11())))


def _pen(colours: Theme, dashed: bool = False) -> QPen:
    pen = QPen(colours.fixture, STROKE)
    if dashed:
        pen.setDashPattern([3, 3])
    return pen


def paint_arc(painter: QPainter, foot: QPointF, radius: float, start: int, colours: Theme) -> None:
    """The way a door's leaf swings: a dashed quarter of a circle, ``start`` in degrees."""
    painter.setPen(_pen(colours, dashed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(foot.x() - radius, foot.y() - radius, 2 * radius, 2 * radius), start * 16, 90 * 16)


def paint_service(painter: QPainter, service: ServiceRoom, colours: Theme) -> None:
    """A room without beds with its fixtures and its name."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    {"wc": _toilet, "station": _station}.get(service.kind, _lobby)(painter, service.rect, colours)
    painter.restore()


def _name(painter: QPainter, rect: QRectF, text: str, colours: Theme) -> None:
    if readable(painter, 12) > 15:
        return  # no room for letters of a readable size
    painter.setFont(theme.scene_font(readable(painter, 12), 600))
    painter.setPen(colours.ink2)
    painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, text)


def _toilet(painter: QPainter, rect: QRectF, colours: Theme) -> None:
    painter.setPen(_pen(colours))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = rect.center().x()
    if rect.height() >= 70:
        painter.drawRoundedRect(QRectF(middle - 7, rect.top() + 3, 14, 8), 2, 2)
        painter.drawEllipse(QRectF(middle - 7, rect.top() + 11, 14, 18))
        painter.drawRoundedRect(QRectF(rect.right() - 17, rect.top() + 38, 14, 11), 3, 3)
        painter.drawEllipse(QPointF(rect.right() - 10, rect.top() + 43.5), 1.2, 1.2)
    _name(painter, QRectF(rect.left(), rect.bottom() - 22, rect.width(), 20), _tr("WC"), colours)


def _station(painter: QPainter, rect: QRectF, colours: Theme) -> None:
    _name(painter, QRectF(rect.left() + 4, rect.top() + 6, rect.width() - 8, 40), _tr("Nurses’ station"), colours)
    if rect.height() < 96:
        return
    painter.setPen(_pen(colours))
    painter.setBrush(colours.floor)
    desk = QRectF(rect.center().x() - 35, rect.bottom() - 54, 70, 52)
    inside = QRectF(desk.left() + 14, desk.top() - 1, desk.width() - 28, desk.height() - 20)
    painter.drawRoundedRect(desk, 6, 6)
    painter.setBrush(colours.corridor)
    painter.drawRect(inside)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x in (inside.left() + 11, inside.right() - 11):
        painter.drawEllipse(QPointF(x, inside.center().y() + 4), 7, 7)
        painter.drawRect(QRectF(x - 6, inside.bottom() + 5, 12, 3))


def _lobby(painter: QPainter, rect: QRectF, colours: Theme) -> None:
    _name(painter, QRectF(rect.left() + 4, rect.center().y() + 10, rect.width() - 8, 40), _tr("Lobby"), colours)
    painter.setPen(_pen(colours))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if rect.height() >= 120:
        cupboard = QRectF(rect.left() + 5, rect.bottom() - 32, 30, 26)
        painter.drawRect(cupboard)
        painter.drawLine(QPointF(cupboard.left(), cupboard.center().y()),
                         QPointF(cupboard.right(), cupboard.center().y()))
        basin = QRectF(rect.left() + 5, rect.top() + 12, 13, 17)
        painter.drawRoundedRect(basin, 3, 3)
        painter.drawEllipse(QPointF(basin.center()), 1.2, 1.2)


def paint_entrance(painter: QPainter, corridor: QRectF, colours: Theme) -> None:
    """The double door at the left end of a corridor, and a window at its right end."""
    height = min(50.0, corridor.height() - 12)
    top = corridor.center().y() - height / 2
    painter.fillRect(QRectF(corridor.left() - 8, top, 9, height), colours.corridor)
    painter.setPen(QPen(colours.wall_line, 1))
    for y in (top, top + height):
        painter.drawLine(QPointF(corridor.left() - 8, y), QPointF(corridor.left(), y))
    leaf = height / 2
    for y, start in ((top, 270), (top + height, 0)):
        painter.fillRect(QRectF(corridor.left(), y - 1.5, leaf, 3), colours.wall_line)
        paint_arc(painter, QPointF(corridor.left(), y), leaf, start, colours)
    window = QRectF(corridor.right(), corridor.center().y() - 14, 8, 28)
    painter.fillRect(window, colours.window)
    painter.fillRect(QRectF(window.center().x() - 0.5, window.top(), 1, window.height()), colours.window_line)


def paint_trees(painter: QPainter, rect: QRectF, colours: Theme) -> None:
    """A few trees, always the same ones, in the colours of the building."""
    fill = QColor(colours.line2)
    fill.setAlphaF(0.28)
    edge = QColor(colours.line2)
    edge.setAlphaF(0.7)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    for share, down, radius in ((0.03, 0.35, 22), (0.07, 0.16, 15), (0.36, 0.42, 21), (0.40, 0.2, 12), (0.54, 0.3, 24),
                                (0.71, 0.45, 16), (0.92, 0.3, 22), (0.96, 0.55, 12)):
        centre = QPointF(rect.left() + share * rect.width(), rect.top() + 14 + down * min(rect.height(), 130))
        painter.drawEllipse(centre, radius, radius)
        painter.drawEllipse(centre, radius * 0.35, radius * 0.35)


def paint_scale(painter: QPainter, right: QPointF, colours: Theme) -> None:
    """Three metres, and where north is."""
    painter.setPen(QPen(colours.ink3, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = QPointF(right.x() - 8, right.y() - 12)
    painter.drawLine(tip, QPointF(tip.x(), right.y() + 10))
    painter.drawLine(tip, QPointF(tip.x() - 5, tip.y() + 8))
    painter.drawLine(tip, QPointF(tip.x() + 5, tip.y() + 8))
    painter.setFont(theme.scene_font(readable(painter, 12), 600))
    painter.setPen(colours.ink2)
    painter.drawText(QPointF(tip.x() + 8, tip.y() + 8), _tr("N"))
    text = _tr("3 m")
    x = right.x() - 34 - painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(QPointF(x, right.y() + 4), text)
    bar = QRectF(x - 8 - 3 * METRE, right.y() - 2, 3 * METRE, 4)
    painter.fillRect(bar, colours.ink3)
    painter.fillRect(QRectF(bar.left() + METRE, bar.top() + 1, METRE, 2), colours.canvas)
