"""The Map: rooms with walls and doors, corridors with the rooms' labels, and the beds where they stand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wardbeds.domain.beds import BedStatus, RoomSexPolicy
from wardbeds.gui import theme, words
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.plan import WALL, RoomPlan, WardPlan, make_plan

DOOR = 40.0


class GroundItem(QGraphicsItem):
    """Walls, floors, doors and labels; carries no state of a bed and takes no clicks."""

    def __init__(self, plan: WardPlan, labels: dict[int | None, tuple[str, str, bool]]) -> None:
        super().__init__()
        self._plan = plan
        self._labels = labels
        self.setZValue(-1)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def visible_texts(self) -> list[str]:
        """The labels of the rooms."""
        return [f"{room.name} {' '.join(self._labels.get(room.room_id, ('', '', True))[:2])}"
                for room in self._plan.rooms]

    def boundingRect(self) -> QRectF:
        return self._plan.outline.adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colours = theme.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        outline = self._plan.outline
        painter.fillRect(outline, colours.wall_line)
        painter.fillRect(outline.adjusted(1, 1, -1, -1), colours.wall)
        for rect in [*self._plan.corridors, *(room.rect for room in self._plan.rooms)]:
            painter.fillRect(rect.adjusted(-1, -1, 1, 1), colours.wall_line)
        for corridor in self._plan.corridors:
            painter.fillRect(corridor, colours.corridor)
        for room in self._plan.rooms:
            painter.fillRect(room.rect, colours.floor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for room in self._plan.rooms:
            self._door(painter, room)
            self._label(painter, room)

    def _door(self, painter: QPainter, room: RoomPlan) -> None:
        """An opening in the wall, the leaf at a right angle into the corridor, its arc dashed."""
        colours = theme.theme()
        width = min(DOOR, room.rect.width() / 3)
        x, wall = room.door.x() - width / 2, room.door.y()
        top = wall if room.above else wall - WALL
        painter.fillRect(QRectF(x, top - 1, width, WALL + 2), colours.floor)
        painter.setPen(QPen(colours.wall_line, 1))
        painter.drawLine(QPointF(x, top), QPointF(x, top + WALL))
        painter.drawLine(QPointF(x + width, top), QPointF(x + width, top + WALL))
        foot = QPointF(x + width, top + WALL) if room.above else QPointF(x + width, top)
        leaf = min(width, 28.0) if room.above else -min(width, 28.0)
        painter.fillRect(QRectF(foot.x() - 1.5, min(foot.y(), foot.y() + leaf), 3, abs(leaf)), colours.wall_line)
        pen = QPen(colours.fixture, 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        box = QRectF(foot.x() - abs(leaf), foot.y() - abs(leaf), 2 * abs(leaf), 2 * abs(leaf))
        painter.drawArc(box, (180 if room.above else 90) * 16, 90 * 16)

    def _label(self, painter: QPainter, room: RoomPlan) -> None:
        colours = theme.theme()
        policy, free, full = self._labels.get(room.room_id, ("", "", True))
        x, baseline = room.label.left(), room.label.center().y() + 6
        for text, size, weight, colour in ((room.name, 17, 700, colours.ink), (policy, 13, 400, colours.ink2),
                                           (free, 13, 600, colours.ink2 if full else colours.success)):
            painter.setFont(theme.scene_font(size, weight))
            if x + painter.fontMetrics().horizontalAdvance(text) > room.door.x() - 18 and x > room.label.left():
                break
            painter.setPen(colour)
            painter.drawText(QPointF(x, baseline), text)
            x += painter.fontMetrics().horizontalAdvance(text) + 10


class FloorPlanView(BedsView):
    """The Map of the open ward."""

    def room_labels(self) -> dict[int | None, tuple[str, str, bool]]:
        """Per room: whom it takes, how many beds are free, and whether it is full."""
        return room_labels(self)

    def lay_out(self, width: float) -> dict[int, QRectF]:
        board = self.model.board
        assert board is not None
        plan = make_plan(board.rooms, self.model.beds, width)
        self._ground = GroundItem(plan, room_labels(self))
        self.scene().addItem(self._ground)
        return plan.cards

    def _on_data_changed(self, first: object, last: object) -> None:
        super()._on_data_changed(first, last)
        self._ground._labels = room_labels(self)
        self._ground.update()


def room_labels(view: BedsView) -> dict[int | None, tuple[str, str, bool]]:
    """Per room of a view's ward: whom it takes, the number of free beds in words, and whether it is full."""
    board = view.model.board
    assert board is not None
    found: dict[int | None, tuple[str, str, bool]] = {}
    for room in board.rooms:
        free = sum(bed.room_id == room.id and bed.status is BedStatus.AVAILABLE for bed in view.model.beds)
        policy = "" if room.sex_policy is RoomSexPolicy.ANY else words.room_policy_word(room.sex_policy.value)
        found[room.id] = (policy, view.tr("{n} free").format(n=free) if free else view.tr("full"), not free)
    return found
