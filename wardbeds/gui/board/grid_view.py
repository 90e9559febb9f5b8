"""The Grid: the same cards in bed order, a lane a room, without the plan."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wardbeds.gui import theme
from wardbeds.gui.board import fixtures
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.floor_plan import room_labels
from wardbeds.gui.board.plan import LANE_HEAD, Lane, make_lanes

HEAD_HEIGHT = 84.0


class LaneItem(QGraphicsItem):
    """The ground and head of one room's lane."""

    def __init__(self, lane: Lane, label: tuple[str, str, bool]) -> None:
        super().__init__()
        self.lane = lane
        self._label = label
        self._shift = 0.0
        self.setZValue(-1)

    def show_label(self, label: tuple[str, str, bool]) -> None:
        """Show another number of free beds."""
        if label != self._label:
            self._label = label
            self.update()

    def stick(self, top: float) -> None:
        """Keep the head in sight while its room scrolls past ``top``."""
        shift = min(max(0.0, top - self.lane.rect.top()), max(0.0, self.lane.rect.height() - HEAD_HEIGHT))
        if shift != self._shift:
            self._shift = shift
            self.update(QRectF(self.lane.rect.left(), self.lane.rect.top(), LANE_HEAD, self.lane.rect.height()))

    def boundingRect(self) -> QRectF:
        return self.lane.rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colours = theme.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line1, 1))
        painter.setBrush(colours.floor)
        painter.drawRoundedRect(self.lane.rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        policy, free, full = self._label
        left, top = self.lane.rect.left() + 10, self.lane.rect.top() + self._shift
        name_size = 24 if len(self.lane.name) <= 5 else 15
        for text, size, weight, colour, y in (
                (self.lane.name, name_size, 700, colours.ink, 30), (policy, 13, 400, colours.ink2, 52),
                (free, 13, 600, colours.ink2 if full else colours.success, 72 if policy else 54)):
            painter.setFont(theme.scene_font(fixtures.readable(painter, size), weight))
            painter.setPen(colour)
            painter.drawText(QPointF(left, top + y), text)
        painter.setPen(QPen(colours.line1, 1))
        x = self.lane.rect.left() + LANE_HEAD - 6
        painter.drawLine(QPointF(x, self.lane.rect.top() + 8), QPointF(x, self.lane.rect.bottom() - 8))


class GridView(BedsView):
    """The Grid of the open ward."""

    _lanes: tuple[LaneItem, ...] = ()

    def forget_ground(self) -> None:
        self._lanes = ()

    def lay_out(self, width: float) -> dict[int, QRectF]:
        board = self.model.board
        assert board is not None
        lanes, cards = make_lanes(board.rooms, self.model.beds, width)
        labels = room_labels(self)
        self._lanes = tuple(LaneItem(lane, labels.get(lane.room_id, ("", "", True))) for lane in lanes)
        for lane in self._lanes:
            self.scene().addItem(lane)
        return cards

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._stick()

    def _stick(self) -> None:
        top = self.mapToScene(0, 0).y()
        for lane in self._lanes:
            lane.stick(top)

    def _on_data_changed(self, first: object, last: object) -> None:
        super()._on_data_changed(first, last)
        labels = room_labels(self)
        for lane in self._lanes:
            lane.show_label(labels.get(lane.lane.room_id, ("", "", True)))
