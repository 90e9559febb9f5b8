"""The plan of a ward: where rooms and cards lie. A ward without a drawn plan gets one from its rooms and beds.

Pure geometry in px at zoom 1 (1 m = 42 px). Rooms stand in rows, two rows to a corridor between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from wardbeds.domain.beds import Bed, Room

CARD = QSizeF(160, 88)
ACROSS, BETWEEN, WALL_GAP, WALL, INNER = 6.0, 18.0, 6.0, 8.0, 6.0
CORRIDOR = 66.0
MAX_COLUMNS = 3
SERVICE, LEAST_SERVICE = 96.0, 72.0
STATION_FROM, DAY_ROOM_FROM = 10, 230.0


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """One room on the plan; ``door`` lies on the wall towards the corridor, ``label`` in the corridor beside it."""

    room_id: int | None
    name: str
    rect: QRectF
    door: QPointF
    label: QRectF
    above: bool


@dataclass(frozen=True, slots=True)
class ServiceRoom:
    """A room without beds: ``"wc"``, ``"station"``, ``"lobby"`` or, where it is wide, ``"day_room"``. It carries no
    state and takes no clicks."""

    kind: str
    rect: QRectF
    above: bool


@dataclass(frozen=True, slots=True)
class WardPlan:
    """Rooms, corridors, what makes them a building, and the place of every bed's card."""

    outline: QRectF
    rooms: tuple[RoomPlan, ...]
    corridors: tuple[QRectF, ...]
    cards: dict[int, QRectF]
    services: tuple[ServiceRoom, ...] = ()
    windows: tuple[QRectF, ...] = ()
    bed_heads: tuple[QRectF, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    room_id: int | None
    name: str
    beds: list[Bed]

    @property
    def columns(self) -> int:
        return min(MAX_COLUMNS, max(1, (len(self.beds) + 1) // 2))

    @property
    def lines(self) -> int:
        return max(1, -(-len(self.beds) // self.columns))

    @property
    def width(self) -> float:
        return self.columns * CARD.width() + (self.columns - 1) * ACROSS + 2 * WALL_GAP

    @property
    def height(self) -> float:
        return self.lines * CARD.height() + (self.lines - 1) * BETWEEN + 2 * WALL_GAP


def _groups(rooms: Sequence[Room], beds: Sequence[Bed]) -> list[_Group]:
    """Rooms with their beds in the order given; beds without a room stand together at the end."""
    groups = [_Group(room.id, room.name, [bed for bed in beds if bed.room_id == room.id]) for room in rooms]
    loose = [bed for bed in beds if bed.room_id is None]
    if loose:
        groups.append(_Group(None, "", loose))
    return [group for group in groups if group.beds]


def _long(groups: Sequence[_Group]) -> float:
    return sum(group.width + INNER for group in groups) - INNER


def _rows(groups: list[_Group], width: float) -> list[list[_Group]]:
    """Break the rooms into rows no wider than ``width``, in their order."""
    rows: list[list[_Group]] = [[]]
    for group in groups:
        if rows[-1] and _long([*rows[-1], group]) > width:
            rows.append([])
        rows[-1].append(group)
    return rows


def _balanced(groups: list[_Group], width: float) -> list[list[_Group]]:
    """As few rows as fit, then as even as possible: the narrowest width that needs no more rows."""
    fewest = len(_rows(groups, width))
    if fewest == 1 and len(groups) > 1 and _long(groups) > width / 2:
        fewest = 2
    low, high = max(group.width for group in groups), width
    for _step in range(12):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_rows(groups, middle)) <= fewest else (middle, high)
    return _rows(groups, high)


def make_plan(rooms: Sequence[Room], beds: Sequence[Bed], width: float) -> WardPlan:
    """Lay the ward out in about ``width`` px: rooms above and below corridors, as many wings as it takes.

    Where room is left beside the beds, the nurses' station, toilets and a lobby fill it, so that the picture is that
    of a building; they are never given room that a bed needs.
    """
    return _Builder(_groups(rooms, beds), max(width, 2 * CARD.width()) - 2 * WALL).build()


class _Builder:
    """Puts rows of rooms above and below corridors."""

    def __init__(self, groups: list[_Group], width: float) -> None:
        self._width = width
        self._rows = _balanced(groups, width) if groups else []
        self._beds = sum(len(group.beds) for group in groups)
        self._inner = max((_long(row) for row in self._rows), default=CARD.width())
        self._planned: list[RoomPlan] = []
        self._services: list[ServiceRoom] = []
        self._corridors: list[QRectF] = []
        self._cards: dict[int, QRectF] = {}
        self._windows: list[QRectF] = []
        self._heads: list[QRectF] = []
        if self._wants_station():
            service = min(SERVICE, width - _long(self._rows[0]) - INNER)
            if service >= LEAST_SERVICE:
                self._inner = max(self._inner, _long(self._rows[0]) + service + INNER)

    def _wants_station(self) -> bool:
        return self._beds >= STATION_FROM and len(self._rows) > 1 and len(self._rows[0]) > 1

    def build(self) -> WardPlan:
        """All of it."""
        y = WALL
        for first in range(0, max(1, len(self._rows)), 2):
            pair = self._rows[first:first + 2]
            above, below = (pair[0] if pair else []), (pair[1] if len(pair) > 1 else [])
            height = max((group.height for group in above), default=0.0)
            corridor = QRectF(WALL, y + height + INNER, self._inner, CORRIDOR)
            self._row(above, QRectF(WALL, y, self._inner, height), corridor, above=True, number=first)
            self._corridors.append(corridor)
            y = corridor.bottom() + (INNER if below else WALL)
            if below:
                height = max(group.height for group in below)
                self._row(below, QRectF(WALL, y, self._inner, height), corridor, above=False, number=first + 1)
                y += height + WALL
        outline = QRectF(0, 0, self._inner + 2 * WALL, y)
        outside = [one for one in self._windows if one.height() > WALL or one.top() <= outline.top()
                   or one.bottom() >= outline.bottom()]
        return WardPlan(outline, tuple(self._planned), tuple(self._corridors), self._cards, tuple(self._services),
                        tuple(outside), tuple(self._heads))

    def _row(self, row: list[_Group], rect: QRectF, corridor: QRectF, *, above: bool, number: int) -> None:
        """A row's rooms side by side; what is left over goes to a service room, or to the last room."""
        spare = rect.width() - _long(row)
        service_at = -1
        if row and spare >= LEAST_SERVICE + INNER and self._beds >= STATION_FROM:
            service_at = (len(row) + 1) // 2 if number == 0 else max(1, len(row) - 1) if len(row) > 1 else 1
        x = rect.left()
        for position, group in enumerate(row):
            if position == service_at:
                x = self._service(x, spare, rect, above=above, number=number)
            last = position == len(row) - 1 and service_at != len(row)
            width = rect.right() - x if last else group.width
            self._room(group, QRectF(x, rect.top(), width, rect.height()), corridor, above=above)
            x += width + INNER
        if service_at == len(row) and row:
            self._service(x, spare, rect, above=above, number=number)

    def _service(self, x: float, spare: float, rect: QRectF, *, above: bool, number: int) -> float:
        """The rooms without beds, as wide as what is left; returns where the next room begins."""
        width = spare - INNER
        outer = rect.top() - WALL if above else rect.bottom()
        if number == 0:
            top = min(84.0, rect.height() * 0.42)
            half = (width - INNER) / 2
            for left in (x, x + half + INNER):
                self._services.append(ServiceRoom("wc", QRectF(left, rect.top(), half, top), above))
                self._windows.append(QRectF(left + half / 2 - 11, outer, 22, WALL))
            self._services.append(ServiceRoom(
                "station", QRectF(x, rect.top() + top + INNER, width, rect.height() - top - INNER), above))
        else:
            kind = "lobby" if width < DAY_ROOM_FROM else "day_room"
            self._services.append(ServiceRoom(kind, QRectF(x, rect.top(), width, rect.height()), above))
            many = max(1, int(width // (CARD.width() + ACROSS)))
            self._windows += [QRectF(x + width * (2 * n + 1) / (2 * many) - 27, outer, 54, WALL) for n in range(many)]
        return x + spare

    def _room(self, group: _Group, rect: QRectF, corridor: QRectF, *, above: bool) -> None:
        door = QPointF(rect.left() + min(rect.width() - 24, group.width - 24), rect.bottom() if above else rect.top())
        label_y = corridor.top() if above else corridor.bottom() - CORRIDOR / 2
        entrance = 38 if rect.left() <= WALL else 0
        label = QRectF(rect.left() + 8 + entrance, label_y,
                       max(60.0, min(rect.width(), group.width) - 60 - entrance), CORRIDOR / 2)
        self._planned.append(RoomPlan(group.room_id, group.name, rect, door, label, above))
        for n, bed in enumerate(group.beds):
            column, line = n % group.columns, n // group.columns
            card = QRectF(rect.left() + WALL_GAP + column * (CARD.width() + ACROSS),
                          rect.top() + WALL_GAP + line * (CARD.height() + BETWEEN), CARD.width(), CARD.height())
            self._cards[bed.id] = card
            middle = card.center().x()
            if line == 0:
                self._heads.append(QRectF(middle - 28, rect.top() + 1.5, 56, 3))
            elif line == group.lines - 1:
                self._heads.append(QRectF(middle - 28, rect.bottom() - 4.5, 56, 3))
        outer = rect.top() - WALL if above else rect.bottom()
        for column in range(group.columns):
            middle = rect.left() + WALL_GAP + column * (CARD.width() + ACROSS) + CARD.width() / 2
            self._windows.append(QRectF(middle - 42, outer, 84, WALL))
        self._side_windows(group, rect)

    def _side_windows(self, group: _Group, rect: QRectF) -> None:
        """Rooms at an end of the building have windows there too, one a line of beds."""
        ends = [x for x, there in ((0.0, rect.left() <= WALL), (self._inner + WALL, rect.right() >= self._inner + WALL))
                if there]
        for line in range(group.lines):
            middle = rect.top() + WALL_GAP + line * (CARD.height() + BETWEEN) + CARD.height() / 2
            self._windows += [QRectF(x, middle - 27, WALL, 54) for x in ends]


LANE_HEAD, LANE_HEIGHT, LANE_GAP, LANE_CARD = 86.0, 96.0, 6.0, QSizeF(166, 88)


@dataclass(frozen=True, slots=True)
class Lane:
    """One room of the grid: its head at the left and the ground behind its cards."""

    room_id: int | None
    name: str
    rect: QRectF
    beds: tuple[int, ...]


def make_lanes(rooms: Sequence[Room], beds: Sequence[Bed], width: float) -> tuple[tuple[Lane, ...], dict[int, QRectF]]:
    """The grid: a lane a room, cards in bed order, wrapping where the lane is full."""
    per_line = max(1, int((width - LANE_HEAD + ACROSS) // (LANE_CARD.width() + ACROSS)))
    lanes: list[Lane] = []
    cards: dict[int, QRectF] = {}
    y = 0.0
    for group in _groups(rooms, beds):
        lines = -(-len(group.beds) // per_line)
        height = lines * LANE_HEIGHT
        for n, bed in enumerate(group.beds):
            cards[bed.id] = QRectF(LANE_HEAD + (n % per_line) * (LANE_CARD.width() + ACROSS),
                                   y + 4 + (n // per_line) * LANE_HEIGHT, LANE_CARD.width(), LANE_CARD.height())
        lanes.append(Lane(group.room_id, group.name, QRectF(0, y, width, height), tuple(bed.id for bed in group.beds)))
        y += height + LANE_GAP
    return tuple(lanes), cards
