"""The Grid: the same cards in bed order, a lane a room, without the plan."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wardbeds.gui import theme
from wardbeds.gui.board import fixtures
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.floor_plan import room_labels
from wardbeds.gui.board.plan import LANE_HEAD, Lane, make_lanes

HEAD_HEIGHT = 84.0
INSET = 10.0
WORDS = LANE_HEAD - INSET - 8


class LaneItem(QGraphicsItem):
    """The ground of one room's lane."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self.lane = lane
        self.setZValue(-1)

    def boundingRect(self) -> QRectF:
        return self.lane.rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colours = theme.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line1, 1))
        painter.setBrush(colours.floor)
        painter.drawRoundedRect(self.lane.rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class LaneHead(QGraphicsItem):
    """Which room a lane is, whom it takes and how many beds are free; over the cards that are scrolled past it."""

    def __init__(self, lane: Lane, label: tuple[str, str, bool]) -> None:
        super().__init__()
        self.lane = lane
        self._label = label
        self._down = 0.0
        self.setPos(lane.rect.topLeft())
        self.setZValue(1)

    @property
    def down(self) -> float:
        """How far its words are below the top of the lane."""
        return self._down

    def show_label(self, label: tuple[str, str, bool]) -> None:
        """Show another number of free beds."""
        if label != self._label:
            self._label = label
            self.update()

    def stick(self, corner: QPointF) -> None:
        """Stay in sight while the room scrolls past ``corner``, the upper left one of what is seen of the scene."""
        rect = self.lane.rect
        self.setX(min(max(rect.left(), corner.x()), max(rect.left(), rect.right() - LANE_HEAD)))
        down = min(max(0.0, corner.y() - rect.top()), max(0.0, rect.height() - HEAD_HEIGHT))
        if down != self._down:
            self._down = down
            self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, LANE_HEAD, self.lane.rect.height())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colours, height = theme.theme(), self.lane.rect.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.x() > self.lane.rect.left():  # cards have been scrolled behind it
            painter.fillRect(QRectF(0, 1, LANE_HEAD - 6, height - 2), colours.floor)
        painter.setPen(QPen(colours.line1, 1))
        painter.drawLine(QPointF(LANE_HEAD - 6, 8), QPointF(LANE_HEAD - 6, height - 8))
        policy, free, full = self._label
        y = self._down + self._name(painter)
        beds = colours.ink2 if full else colours.success
        for text, weight, colour in ((policy, 400, colours.ink2), (free, 600, beds)):
            y += self._line(painter, text, weight, colour, y)

    def _name(self, painter: QPainter) -> float:
        """The room's name, as large as it fits, on two lines where it is long; returns where it ends."""
        painter.setPen(theme.theme().ink)
        for size in (24, 18, 15):
            font = theme.scene_font(fixtures.readable(painter, size), 700)
            if QFontMetricsF(font).horizontalAdvance(self.lane.name) <= WORDS:
                break
        painter.setFont(font)
        box = QRectF(INSET, self._down + 6, WORDS, HEAD_HEIGHT)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(box, flags, self.lane.name)
        return painter.boundingRect(box, flags, self.lane.name).height() + 6

    def _line(self, painter: QPainter, text: str, weight: int, colour: QColor, top: float) -> float:
        """One line below the name; left out where the board is drawn too small for it. Returns its height."""
        font = theme.scene_font(fixtures.readable(painter, 13), weight)
        metrics = QFontMetricsF(font)
        fits = metrics.horizontalAdvance(text) <= WORDS and top - self._down + metrics.height() <= HEAD_HEIGHT + 8
        if not text or not fits:
            return 0.0
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(INSET, top + metrics.ascent()), text)
        return metrics.height() + 2


class GridView(BedsView):
    """The Grid of the open ward."""

    _lanes: tuple[LaneHead, ...] = ()

    def forget_ground(self) -> None:
        self._lanes = ()

    def lay_out(self, width: float) -> dict[int, QRectF]:
        board = self.model.board
        assert board is not None
        lanes, cards = make_lanes(board.rooms, self.model.beds, width)
        labels = room_labels(self)
        self._lanes = tuple(LaneHead(lane, labels.get(lane.room_id, ("", "", True))) for lane in lanes)
        for head in self._lanes:
            self.scene().addItem(LaneItem(head.lane))
            self.scene().addItem(head)
        return cards

    def rebuild(self) -> None:
        super().rebuild()
        self._stick()

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        super().set_zoom(zoom, at)
        self._stick()

    def side_margin(self) -> int:
        """What is selected is never hidden by the heads."""
        return super().side_margin() + math.ceil(LANE_HEAD * self.scaling)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._stick()

    def bed_at(self, at: QPoint) -> int | None:
        where = self.mapToScene(at)
        hidden = any(head.boundingRect().contains(where - head.pos()) for head in self._lanes)
        return None if hidden else super().bed_at(at)

    def _stick(self) -> None:
        corner = self.mapToScene(0, 0)
        for head in self._lanes:
            head.stick(corner)

    def _on_data_changed(self, first: object, last: object) -> None:
        super()._on_data_changed(first, last)
        labels = room_labels(self)
        for head in self._lanes:
            head.show_label(labels.get(head.lane.room_id, ("", "", True)))
