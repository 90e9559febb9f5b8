"""The Map: rooms with walls and doors, corridors with the rooms' labels, and the beds where they stand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wardbeds.domain.beds import BedStatus, RoomSexPolicy
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board import fixtures
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.flags import Flag, flag_word
from wardbeds.gui.board.plan import INNER, RoomPlan, ServiceRoom, WardPlan, make_plan
from wardbeds.gui.board.zoomed_view import MARGIN

DOOR = 40.0
GARDEN = 90.0
SIDE_DOOR = 24.0
WORTH_ENLARGING = 1.1
REACH = 120.0
"""How far doors, their arcs and what stands beside them reach out of a room at most. What lies further from what is to
be painted is left out: scrolling a large house uncovers a strip of it."""


class GroundItem(QGraphicsItem):
    """Walls, floors, doors and labels; carries no state of a bed and takes no clicks."""

    def __init__(self, plan: WardPlan, labels: dict[int | None, tuple[str, str, bool]]) -> None:
        super().__init__()
        self._plan = plan
        self._labels = labels
        self.setZValue(-1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # to be told what is to be painted
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def visible_texts(self) -> list[str]:
        """The labels of the rooms."""
        return [f"{room.name} {' '.join(self._labels.get(room.room_id, ('', '', True))[:2])}"
                for room in self._plan.rooms]

    def boundingRect(self) -> QRectF:
        return self._plan.outline

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colours = theme.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        plan, outline = self._plan, self._plan.outline
        seen = option.exposedRect.adjusted(-REACH, -REACH, REACH, REACH)
        rooms = [room for room in plan.rooms if seen.intersects(room.rect.united(room.label))]
        services = [service for service in plan.services if seen.intersects(service.rect)]
        painter.fillRect(outline, colours.wall_line)
        painter.fillRect(outline.adjusted(1, 1, -1, -1), colours.wall)
        floors = [(corridor, colours.corridor) for corridor in plan.corridors]
        floors += [(room.rect, colours.floor) for room in rooms]
        floors += [(service.rect, colours.floor if service.kind == "wc" else colours.corridor) for service in services]
        for rect, _colour in floors:
            painter.fillRect(rect.adjusted(-1, -1, 1, 1), colours.wall_line)
        for rect, colour in floors:
            painter.fillRect(rect, colour)
        for window in filter(seen.intersects, plan.windows):
            self._window(painter, window)
        for head in filter(seen.intersects, plan.bed_heads):
            painter.fillRect(head, colours.fixture)
        for service in services:
            self._way_in(painter, service)
            fixtures.paint_service(painter, service, colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for corridor in filter(seen.intersects, plan.corridors):
            fixtures.paint_entrance(painter, corridor, colours)
        for room in rooms:
            self._door(painter, room)
            self._label(painter, room)

    def _window(self, painter: QPainter, rect: QRectF) -> None:
        """An opening in the outer wall with one line along the middle and one mullion."""
        colours = theme.theme()
        painter.fillRect(rect, colours.window)
        middle, last = rect.center(), QPointF(rect.right() - 1, rect.bottom() - 1)
        if rect.width() > rect.height():
            lines = [QRectF(rect.left(), middle.y() - 0.5, rect.width(), 1)]
            edges = [QRectF(rect.left(), y, rect.width(), 1) for y in (rect.top(), last.y())]
            lines += [QRectF(x, rect.top(), 1, rect.height()) for x in (rect.left(), middle.x() - 0.5, last.x())]
        else:
            lines = [QRectF(middle.x() - 0.5, rect.top(), 1, rect.height())]
            edges = [QRectF(x, rect.top(), 1, rect.height()) for x in (rect.left(), last.x())]
            lines += [QRectF(rect.left(), y, rect.width(), 1) for y in (rect.top(), middle.y() - 0.5, last.y())]
        for line in lines:
            painter.fillRect(line, colours.window_line)
        for edge in edges:
            painter.fillRect(edge, colours.wall_line)

    def _way_in(self, painter: QPainter, service: ServiceRoom) -> None:
        """How a room without beds is entered: it is open to the corridor; a toilet has a sliding door to the ward
        beside it."""
        colours, rect = theme.theme(), service.rect
        if service.kind != "wc":
            wall = QRectF(rect.left() + 8, rect.bottom() if service.above else rect.top() - INNER, rect.width() - 16,
                          INNER)
            painter.fillRect(wall.adjusted(0, -1, 0, 1), colours.corridor)
            for x in (wall.left(), wall.right() - 1):
                painter.fillRect(QRectF(x, wall.top(), 1, INNER), colours.wall_line)
            return
        left = not any(other.kind == "wc" and other.rect.left() < rect.left() and other.rect.top() == rect.top()
                       and rect.left() - other.rect.right() <= INNER for other in self._plan.services)
        x = rect.left() - INNER if left else rect.right()
        top = rect.center().y() - SIDE_DOOR / 2
        painter.fillRect(QRectF(x - 1, top, INNER + 2, SIDE_DOOR), colours.floor)
        for y in (top, top + SIDE_DOOR - 1):
            painter.fillRect(QRectF(x, y, INNER, 1), colours.wall_line)
        painter.fillRect(QRectF(x + INNER / 2 - 1, top + 1, 2, SIDE_DOOR - 2), colours.wall_line)

    def _door(self, painter: QPainter, room: RoomPlan) -> None:
        """An opening in the wall, the leaf at a right angle into the corridor, its arc dashed."""
        colours = theme.theme()
        width = min(DOOR, room.rect.width() / 3)
        x, wall = room.door.x() - width / 2, room.door.y()
        top = wall if room.above else wall - INNER
        painter.fillRect(QRectF(x, top - 1, width, INNER + 2), colours.floor)
        painter.setPen(QPen(colours.wall_line, 1))
        painter.drawLine(QPointF(x, top), QPointF(x, top + INNER))
        painter.drawLine(QPointF(x + width, top), QPointF(x + width, top + INNER))
        foot = QPointF(x + width, top + INNER) if room.above else QPointF(x + width, top)
        leaf = width
        top = foot.y() if room.above else foot.y() - leaf
        fixtures.paint_leaf(painter, QRectF(foot.x() - 2, top, 4, leaf), colours)
        fixtures.paint_arc(painter, foot, leaf, 180 if room.above else 90, colours)

    def _label(self, painter: QPainter, room: RoomPlan) -> None:
        colours = theme.theme()
        policy, free, full = self._labels.get(room.room_id, ("", "", True))
        x, baseline = room.label.left(), room.label.center().y() + 6
        for text, size, weight, colour in ((room.name, 17, 700, colours.ink), (policy, 13, 400, colours.ink2),
                                           (free, 13, 600, colours.ink2 if full else colours.success)):
            painter.setFont(theme.scene_font(fixtures.readable(painter, size), weight))
            if x + painter.fontMetrics().horizontalAdvance(text) > room.door.x() - 18 and x > room.label.left():
                break
            painter.setPen(colour)
            painter.drawText(QPointF(x, baseline), text)
            x += painter.fontMetrics().horizontalAdvance(text) + 10


class GardenItem(QGraphicsItem):
    """What surrounds the building: a few trees, what the flags mean, and the scale."""

    def __init__(self, rect: QRectF, flags: tuple[Flag, ...]) -> None:
        super().__init__()
        self._rect = rect
        self._flags = flags
        self.setZValue(-2)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colours = theme.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._rect.height() >= GARDEN:
            fixtures.paint_trees(painter, self._rect.adjusted(0, 0, 0, -40), colours)
        if not self._flags:
            return
        painter.setFont(theme.scene_font(fixtures.readable(painter, 13)))
        painter.setPen(colours.ink2)
        x, y = self._rect.left() + 2, self._rect.bottom() - 30
        for flag in self._flags:
            word = flag_word(flag)
            width = painter.fontMetrics().horizontalAdvance(word)
            if x + 22 + width > self._rect.right() - 240:
                break
            icons.draw(painter, flag.value, QRectF(x, y, 16, 16), colours.ink2)
            painter.setPen(colours.ink2)
            painter.drawText(QPointF(x + 22, y + 13), word)
            x += 22 + width + 20
        fixtures.paint_scale(painter, QPointF(self._rect.right() - 6, y + 8), colours)


class FloorPlanView(BedsView):
    """The Map of the open ward."""

    def room_labels(self) -> dict[int | None, tuple[str, str, bool]]:
        """Per room: whom it takes, how many beds are free, and whether it is full."""
        return room_labels(self)

    _building = QRectF()

    def starting_zoom(self) -> float:
        """A small ward is drawn as large as fits; a large one in full size, to be scrolled."""
        board = self.model.board
        assert board is not None
        fitting = self.fitting_zoom(make_plan(board.rooms, self.model.beds, self.layout_width()).outline.size())
        return fitting if fitting >= WORTH_ENLARGING else 1.0

    def content_rect(self) -> QRectF:
        """The building without what surrounds it."""
        return self._building

    def lay_out(self, width: float) -> dict[int, QRectF]:
        board = self.model.board
        assert board is not None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        plan = make_plan(board.rooms, self.model.beds, width)
        self._building = plan.outline
        self._ground = GroundItem(plan, room_labels(self))
        self.scene().addItem(self._ground)
        self._add_garden(plan.outline, width)
        return plan.cards

    def _add_garden(self, outline: QRectF, width: float) -> None:
        """Trees, legend and scale bar, only where 90 px or more are left over below the building."""
        left_over = self.viewport().height() / self.scaling - outline.height() - 12 - 2 * MARGIN
        if left_over < GARDEN:
            return
        above = left_over * 0.4 if left_over >= 2 * GARDEN else 0.0
        below = QRectF(outline.left(), outline.bottom() + 6, outline.width(), left_over - above - 6)
        self.scene().addItem(GardenItem(below, tuple(Flag)))
        if above:
            self.scene().addItem(GardenItem(QRectF(outline.left(), outline.top() - above, outline.width(), above), ()))

    def _on_data_changed(self, first: object, last: object) -> None:
        super()._on_data_changed(first, last)
        labels = room_labels(self)
        if labels != self._ground._labels:  # else only the bed's card is painted
            self._ground._labels = labels
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
