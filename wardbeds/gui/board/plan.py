"""The plan of a ward: where rooms and cards lie. A ward without a drawn plan gets one from its rooms and beds.

Pure geometry in px at zoom 1 (1 m = 42 px). Rooms stand in rows, two rows to a corridor between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from wardbeds.domain.beds import Bed, Room

CARD = QSizeF(160, 88)
ACROSS, BETWEEN, WALL_GAP, WALL = 6.0, 18.0, 6.0, 8.0
CORRIDOR = 66.0
MAX_COLUMNS = 3


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
class WardPlan:
    """Rooms, corridors and the place of every bed's card."""

    outline: QRectF
    rooms: tuple[RoomPlan, ...]
    corridors: tuple[QRectF, ...]
    cards: dict[int, QRectF]


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


def _rows(groups: list[_Group], width: float) -> list[list[_Group]]:
    """Break the rooms into rows no wider than ``width``, an even number where more than one is needed."""
    rows: list[list[_Group]] = [[]]
    used = 0.0
    for group in groups:
        if rows[-1] and used + WALL + group.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(group)
        used += WALL + group.width
    return rows


def make_plan(rooms: Sequence[Room], beds: Sequence[Bed], width: float) -> WardPlan:
    """Lay the ward out in about ``width`` px: rooms above and below corridors, as many wings as it takes."""
    groups = _groups(rooms, beds)
    one_row = sum(group.width + WALL for group in groups)
    rows = _rows(groups, max(width, 2 * CARD.width()) - 2 * WALL)
    if len(rows) == 1 and len(groups) > 1 and one_row > width / 2:
        rows = _rows(groups, one_row / 2 + max(group.width for group in groups) / 2)
    inner = max((sum(group.width + WALL for group in row) - WALL for row in rows), default=CARD.width())
    planned: list[RoomPlan] = []
    corridors: list[QRectF] = []
    cards: dict[int, QRectF] = {}
    y = WALL
    for first in range(0, max(1, len(rows)), 2):
        above, below = rows[first] if rows else [], rows[first + 1] if first + 1 < len(rows) else []
        height = max((group.height for group in above), default=0.0)
        corridor = QRectF(WALL, y + height + WALL, inner, CORRIDOR if below else CORRIDOR / 2)
        _place(above, y, height, corridor, True, inner, planned, cards)
        corridors.append(corridor)
        y = corridor.bottom() + WALL
        if below:
            height = max(group.height for group in below)
            _place(below, y, height, corridor, False, inner, planned, cards)
            y += height + WALL
    return WardPlan(QRectF(0, 0, inner + 2 * WALL, y), tuple(planned), tuple(corridors), cards)


def _place(row: list[_Group], y: float, height: float, corridor: QRectF, above: bool, inner: float,
           planned: list[RoomPlan], cards: dict[int, QRectF]) -> None:
    """Put a row's rooms side by side, the last one filling what is left, and their cards into them."""
    x = WALL
    for number, group in enumerate(row):
        last = number == len(row) - 1
        width = WALL + inner - x if last else group.width
        rect = QRectF(x, y, width, height)
        door = QPointF(x + min(width - 24, group.width - 24), rect.bottom() if above else rect.top())
        label_y = corridor.top() if above else corridor.bottom() - CORRIDOR / 2
        label = QRectF(x + 8, label_y, max(60.0, min(width, group.width) - 60), CORRIDOR / 2)
        planned.append(RoomPlan(group.room_id, group.name, rect, door, label, above))
        for n, bed in enumerate(group.beds):
            column, line = n % group.columns, n // group.columns
            cards[bed.id] = QRectF(x + WALL_GAP + column * (CARD.width() + ACROSS),
                                   y + WALL_GAP + line * (CARD.height() + BETWEEN), CARD.width(), CARD.height())
        x += width + WALL


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
    per_line = max(1, int((width - LANE_HEAD - LANE_GAP) // (LANE_CARD.width() + ACROSS)))
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
