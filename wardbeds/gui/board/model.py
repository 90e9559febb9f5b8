"""The one item model of the board: a row a bed. Map, grid, list, chips and counters are views of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from wardbeds.domain.beds import Bed, BedStatus, Counts, Room, Waiting, WardBoard, as_of, count, hold_is_live
from wardbeds.domain.changes import WardUpdate
from wardbeds.domain.merging import merge
from wardbeds.domain.names import full_name
from wardbeds.gui import words
from wardbeds.gui.board.alike import Alike
from wardbeds.gui.board.changes import Changes
from wardbeds.gui.board.flags import Flag, find_flags, flag_word, is_leaving, name_is_hidden

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
BED_ID_ROLE = Qt.ItemDataRole.UserRole + 2
STATUS_ROLE = Qt.ItemDataRole.UserRole + 3
FLAGS_ROLE = Qt.ItemDataRole.UserRole + 4
CHANGED_ROLE = Qt.ItemDataRole.UserRole + 5


class Column(IntEnum):
    """The columns of the List."""

    BED = 0
    STATE = 1
    NAME = 2
    NUMBER = 3
    BORN = 4
    GENDER = 5
    SINCE = 6
    STAY = 7
    LEAVING = 8
    FLAGS = 9
    NOTE = 10


TICK_MILLISECONDS = 15_000
"""How often the board looks at the clock."""


class BoardModel(QAbstractTableModel):
    """The open ward as last read from the database; it is never ahead of it."""

    waiting_changed = Signal()
    counts_changed = Signal()
    board_changed = Signal()
    time_passed = Signal()
    holds_ended = Signal(object)
    """The beds whose hold has run out since they were last looked at, each as it was with its hold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board: WardBoard | None = None
        self._beds: list[Bed] = []
        self._rows: dict[int, int] = {}
        self._rooms: dict[int | None, Room] = {}
        self._in_room: dict[int, list[int]] = {}
        self._occupied = 0
        self.generation = 0
        """Grows whenever something that is shown changes: what was worked out before may be wrong then."""
        self._flags: dict[int, tuple[Flag, ...]] = {}
        self._saving: int | None = None
        self._alike = Alike()
        self._looked_at = datetime.min.replace(tzinfo=UTC)
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._ticks = QTimer(self, interval=TICK_MILLISECONDS)
        self._ticks.timeout.connect(self.pass_time)
        self.changes = Changes(self)
        self.changes.noted.connect(self._on_noted)

    # what is shown -------------------------------------------------------------------------------------------

    @property
    def board(self) -> WardBoard | None:
        """The open ward, None before one is open."""
        return self._board

    @property
    def beds(self) -> list[Bed]:
        """The beds in natural order, expired holds gone."""
        return self._beds

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """Who waits for a bed of this ward."""
        return self._board.waiting if self._board else ()

    def bed(self, row: int) -> Bed:
        """The bed of a row."""
        return self._beds[row]

    def bed_by_id(self, bed_id: int) -> Bed | None:
        """The bed with this id, if the ward has it."""
        row = self._rows.get(bed_id)
        return self._beds[row] if row is not None else None

    def row_of(self, bed_id: int) -> int:
        """The row of a bed; -1 if the ward does not have it."""
        return self._rows.get(bed_id, -1)

    def room_of(self, bed: Bed) -> Room | None:
        """The bed's room."""
        return self._rooms.get(bed.room_id)

    def room_mates(self, bed: Bed) -> tuple[Bed, ...]:
        """The other beds of the bed's room; none where it stands in no room."""
        rows = self._in_room.get(bed.room_id, []) if bed.room_id is not None else []
        return tuple(self._beds[row] for row in rows if self._beds[row].id != bed.id)

    @property
    def occupied(self) -> int:
        """In how many beds somebody lies."""
        return self._occupied

    def flags_of(self, bed_id: int) -> tuple[Flag, ...]:
        """The bed's flags."""
        return self._flags.get(bed_id, ())

    def counts(self) -> Counts:
        """Beds by state."""
        return count(self._beds, self.clock())

    def leaving(self) -> list[Bed]:
        """Beds whose occupant leaves today."""
        return [bed for bed in self._beds if is_leaving(bed)]

    @property
    def saving(self) -> int | None:
        """The bed a change is being saved for."""
        return self._saving

    # changing ------------------------------------------------------------------------------------------------

    def set_board(self, board: WardBoard) -> None:
        """Show another ward, or the same read anew."""
        now = self.clock()
        same = self._board is not None and self._board.ward.id == board.ward.id
        ended = self._ended(now) if same else []
        if self._board is not None and self._board.ward.id != board.ward.id:
            self.changes.see_all()
        self.beginResetModel()
        self._board = board
        self._beds = [as_of(bed, now) for bed in board.beds]
        self._looked_at = now
        self._rows = {bed.id: row for row, bed in enumerate(self._beds)}
        self._know_surroundings()
        self._flags = find_flags(board, self._alike)
        self._ticks.start()
        self.endResetModel()
        self.board_changed.emit()
        self.waiting_changed.emit()
        self.counts_changed.emit()
        self._tell_ended(ended)

    def apply(self, update: WardUpdate) -> None:
        """Apply a change, whoever made it. What is older than what is shown is passed over."""
        board = self._board
        if board is None:
            return
        merged = merge(board, update)
        if merged is board:
            return
        if len(merged.beds) != len(self._beds) or any(bed.id not in self._rows for bed in merged.beds):
            self.set_board(merged)
            return
        now = self.clock()
        ended = self._ended(now)
        before, self._board = board, merged
        changed = set()
        for bed, shown in zip(merged.beds, before.beds, strict=True):
            if bed is not shown:
                row = self._rows[bed.id]
                self._beds[row] = as_of(bed, now)
                changed.add(row)
        self._know_surroundings()
        self._announce(changed)
        if merged.waiting != before.waiting:
            self.waiting_changed.emit()
        if changed:
            self.counts_changed.emit()
        self._tell_ended([bed for bed in ended if self._rows[bed.id] in changed])  # of the others the clock tells

    def _ended(self, now: datetime) -> list[Bed]:
        """The beds that are shown with a hold that has run out."""
        return [bed for bed in self._beds if bed.hold is not None and not hold_is_live(bed.hold, now)]

    def _tell_ended(self, beds: Sequence[Bed]) -> None:
        if beds:
            self.holds_ended.emit(tuple(beds))

    def _know_surroundings(self) -> None:
        """What a placing rule asks for every bed is counted once a change, not once a bed."""
        assert self._board is not None
        self.generation += 1
        self._rooms = {room.id: room for room in self._board.rooms}
        self._in_room = {}
        for row, bed in enumerate(self._beds):
            if bed.room_id is not None:
                self._in_room.setdefault(bed.room_id, []).append(row)
        self._occupied = sum(bed.occupant is not None for bed in self._beds)

    def pass_time(self) -> None:
        """What the hour alone changes: holds that end, minutes and days that grow, flags that come with them.

        A hold ends at its hour though nobody does anything and no station says so.
        """
        if self._board is None:
            return
        self.generation += 1
        before, self._looked_at = self._looked_at, self.clock()
        now, shown = self._looked_at, self._beds
        ended = self._ended(now)
        self._beds = [as_of(bed, now) for bed in shown]
        freed = {row for row, bed in enumerate(shown) if bed is not self._beds[row]}
        self._announce(freed | {row for row, bed in enumerate(self._beds) if _told(bed, before) != _told(bed, now)})
        if freed:
            self.waiting_changed.emit()
        if freed or words.day_of(before) != words.day_of(now):
            self.counts_changed.emit()
        self.time_passed.emit()
        self._tell_ended(ended)

    def stop_clock(self) -> None:
        """The board is not shown any more."""
        self._ticks.stop()

    def _announce(self, rows: set[int]) -> None:
        """dataChanged for the rows that differ, and for those whose flags do: a name can be alike from afar."""
        assert self._board is not None
        before, self._flags = self._flags, find_flags(self._board, self._alike)
        rows |= {self._rows[bed_id] for bed_id in before.keys() | self._flags.keys()
                 if before.get(bed_id) != self._flags.get(bed_id) and bed_id in self._rows}
        for row in sorted(rows):
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def set_saving(self, bed_id: int | None) -> None:
        """Mark the bed a change is being saved for; None when the answer is there."""
        before, self._saving = self._saving, bed_id
        for one in {before, bed_id} - {None}:
            row = self._rows.get(one) if one is not None else None
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def _on_noted(self, beds: frozenset[int]) -> None:
        """A mark came or went: only what tells of it is announced."""
        for row in sorted(self._rows[bed_id] for bed_id in beds if bed_id in self._rows):
            index = self.index(row, Column.BED)
            self.dataChanged.emit(index, index, [CHANGED_ROLE, Qt.ItemDataRole.AccessibleTextRole,
                                                 Qt.ItemDataRole.ToolTipRole])

    # words of a cell -----------------------------------------------------------------------------------------

    def _text(self, bed: Bed, column: Column) -> str:
        person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
        match column:
            case Column.BED:
                return bed.number
            case Column.STATE:
                return words.status_word(bed.status)
            case Column.NAME if name_is_hidden(bed):
                return flag_word(Flag.HIDDEN)
            case Column.NAME:
                return full_name(person) if person else bed.hold.text if bed.hold else ""
            case Column.NUMBER:
                return person.hospital_number if person else ""
            case Column.BORN:
                return words.born_text(person) if person else ""
            case Column.GENDER:
                return words.sex_word(person.sex) if person else ""
        return self._stay_text(bed, column)

    def _stay_text(self, bed: Bed, column: Column) -> str:
        now = self.clock()
        occupant = bed.occupant
        match column:
            case Column.SINCE:
                return words.since_text(occupant.since) if occupant else ""
            case Column.STAY if occupant:
                return words.duration_text(occupant.admitted_at, now)
            case Column.STAY if bed.status is BedStatus.CLEANING and bed.since:
                return words.duration_text(bed.since, now)
            case Column.LEAVING if occupant and occupant.expected_leaving:
                return words.tr("Today") if occupant.expected_leaving == words.today() else \
                    words.short_date_text(occupant.expected_leaving)
            case Column.FLAGS:
                return ", ".join(flag_word(flag) for flag in self.flags_of(bed.id))
            case Column.NOTE:
                return self._note(bed)
        return ""

    def _note(self, bed: Bed) -> str:
        if bed.hold is not None:
            return words.tr("Held until {time}").format(time=words.until_text(bed.hold.until))
        if bed.status is BedStatus.MAINTENANCE:
            return words.block_text(bed.block)
        first, more, _rest = _written(bed).partition("\n")
        return f"{first} …" if more else first

    def _whole(self, bed: Bed, column: Column) -> str:
        """A cell's words, the note with all its lines: what a tooltip and a screen reader say."""
        written = column is Column.NOTE and bed.hold is None and bed.status is not BedStatus.MAINTENANCE
        return _written(bed) if written else self._text(bed, column)

    def _sort_value(self, bed: Bed, column: Column) -> str | float:
        """What the List sorts by: the natural order for beds, time for durations."""
        occupant = bed.occupant
        if column is Column.BED:
            return float(self._rows[bed.id])
        if column in (Column.SINCE, Column.STAY):
            since = (occupant.since if column is Column.SINCE else occupant.admitted_at) if occupant else bed.since
            return -since.timestamp() if since else 0.0
        if column is Column.LEAVING:
            return occupant.expected_leaving.toordinal() if occupant and occupant.expected_leaving else 1e9
        if column is Column.BORN:
            person = occupant.person if occupant else None
            return person.date_of_birth.toordinal() if person and person.date_of_birth else 0.0
        return self._text(bed, column).casefold()

    # Qt ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._beds)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        bed, column = self._beds[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(bed, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self.changes.said_of(bed.id) if column is Column.BED else ""
            return ", ".join(part for part in (self._whole(bed, column), said) if part) or None
        if role == CHANGED_ROLE:
            return self.changes.said_of(bed.id)
        if role == SORT_ROLE:
            return self._sort_value(bed, column)
        if role == BED_ID_ROLE:
            return bed.id
        if role == STATUS_ROLE:
            return bed.status.value
        if role == FLAGS_ROLE:
            return self.flags_of(bed.id)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section >= len(Column):
            return None
        return (self.tr("Bed"), self.tr("State"), self.tr("Name"), self.tr("Hospital No."), self.tr("Born"),
                self.tr("Gender"), self.tr("Since"), self.tr("Stay"), self.tr("Leaving"), self.tr("Flags"),
                self.tr("Note"))[section]


def _written(bed: Bed) -> str:
    """The notes of who lies in a bed, else the remark on the bed."""
    return "\n".join(((bed.occupant.notes if bed.occupant else "") or bed.remark).splitlines())


def _told(bed: Bed, moment: datetime) -> tuple[str, bool]:
    """What is told of a bed and changes by itself: how long, and whether this is the day of leaving."""
    if bed.occupant is not None:
        leaving = bed.occupant.expected_leaving
        return words.duration_text(bed.occupant.admitted_at, moment), leaving is not None and (
            leaving <= words.day_of(moment))
    waits = bed.status is BedStatus.CLEANING and bed.since is not None
    return words.waited_text(bed.since, moment) if waits and bed.since else "", False
