"""What an architect draws that is no bed: toilets, counter, entrance, trees, scale. It carries no state."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

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


def paint_leaf(painter: QPainter, rect: QRectF, colours: Theme) -> None:
    """The leaf of a door: two lines with the floor between them."""
    painter.fillRect(rect, colours.wall_line)
    painter.fillRect(rect.adjusted(1, 1, -1, -1), colours.floor)


def paint_arc(painter: QPainter, foot: QPointF, radius: float, start: int, colours: Theme) -> None:
    """The way a door's leaf swings: a dashed quarter of a circle, ``start`` in degrees."""
    painter.setPen(_pen(colours, dashed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(foot.x() - radius, foot.y() - radius, 2 * radius, 2 * radius), start * 16, 90 * 16)


def paint_service(painter: QPainter, service: ServiceRoom, colours: Theme) -> None:
    """A room without beds with its fixtures and its name."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw = {"wc": _toilet, "station": _station, "day_room": _day_room}.get(service.kind, _lobby)
    draw(painter, service.rect, colours)
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
    desk = QRectF(rect.center().x() - 35, rect.bottom() - 40, 70, 52)
    painter.setBrush(colours.floor)
    painter.drawPath(_counter(desk))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x in (desk.center().x() - 10, desk.center().x() + 10):
        painter.drawEllipse(QPointF(x, desk.top() + 22), 7, 7)
        painter.drawRect(QRectF(x - 8, desk.bottom() - 12, 16, 4))


def _counter(desk: QRectF) -> QPainterPath:
    """A counter round three sides, open to the station, standing in the opening to the corridor."""
    leg, depth, turn = 13.0, 18.0, 10.0
    path = QPainterPath(desk.topLeft())
    path.lineTo(desk.left(), desk.bottom() - turn)
    path.quadTo(desk.bottomLeft(), QPointF(desk.left() + turn, desk.bottom()))
    path.lineTo(desk.right() - turn, desk.bottom())
    path.quadTo(desk.bottomRight(), QPointF(desk.right(), desk.bottom() - turn))
    left, right, back = desk.left() + leg, desk.right() - leg, desk.bottom() - depth
    for x, y in ((desk.right(), desk.top()), (right, desk.top()), (right, back), (left, back), (left, desk.top())):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _lobby(painter: QPainter, rect: QRectF, colours: Theme, name: str = "") -> None:
    _name(painter, QRectF(rect.left() + 4, rect.center().y() + 24, rect.width() - 8, 40), name or _tr("Lobby"), colours)
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


def _day_room(painter: QPainter, rect: QRectF, colours: Theme) -> None:
    """Where patients and visitors sit: tables with chairs, a cupboard, a basin."""
    _lobby(painter, rect, colours, _tr("Day room"))
    tables = min(4, int(rect.width() // 150))
    for n in range(tables):
        x = rect.left() + rect.width() * (2 * n + 1) / (2 * tables)
        y = rect.center().y() - 28 if rect.height() >= 120 else rect.center().y() - 12
        painter.drawEllipse(QPointF(x, y), 17, 17)
        for dx, dy in ((-27, 0), (27, 0), (0, -27), (0, 27)):
            painter.drawRoundedRect(QRectF(x + dx - 6, y + dy - 6, 12, 12), 3, 3)


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
        paint_leaf(painter, QRectF(corridor.left(), y - 2, leaf, 4), colours)
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
    tip = QPointF(right.x() - 10, right.y() - 10)
    painter.drawLine(tip, QPointF(tip.x(), right.y() + 12))
    painter.drawLine(tip, QPointF(tip.x() - 5, tip.y() + 8))
    painter.drawLine(tip, QPointF(tip.x() + 5, tip.y() + 8))
    painter.setFont(theme.scene_font(readable(painter, 12), 600))
    painter.setPen(colours.ink2)
    north = _tr("N")
    painter.drawText(QPointF(tip.x() - painter.fontMetrics().horizontalAdvance(north) / 2, tip.y() - 4), north)
    text = _tr("3 m")
    x = right.x() - 34 - painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(QPointF(x, right.y() + 4), text)
    bar = QRectF(x - 8 - 3 * METRE, right.y() - 2, 3 * METRE, 4)
    painter.fillRect(bar, colours.ink3)
    painter.fillRect(QRectF(bar.left() + METRE, bar.top() + 1, METRE, 2), colours.canvas)
