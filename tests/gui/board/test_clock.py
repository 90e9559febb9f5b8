"""The hour alone changes the board: holds end, minutes grow, and only the rows that say so are announced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from tests.gui.conftest import Board
from wardbeds.domain.beds import BedStatus
from wardbeds.gui.board.model import Column


def _rows(board: Board, status: BedStatus) -> set[int]:
    return {row for row, bed in enumerate(board.model.beds) if bed.status is status}


def _pass(board: Board, time: timedelta) -> set[int]:
    """So much later the board looks at the clock; returns the rows that it announces."""
    rows: set[int] = set()
    board.model.dataChanged.connect(lambda first, last: rows.update(range(first.row(), last.row() + 1)))
    board.model.clock = lambda: datetime.now(UTC) + time
    board.model.pass_time()
    return rows


def test_a_hold_ends_at_its_hour_though_nobody_does_anything(board: Board, qtbot: QtBot) -> None:
    held = _rows(board, BedStatus.RESERVED)
    assert held
    before = board.model.counts().available
    with qtbot.waitSignals([board.model.counts_changed, board.model.waiting_changed]):
        assert held <= _pass(board, timedelta(hours=3))
    assert not _rows(board, BedStatus.RESERVED)
    assert board.model.counts().available == before + len(held)
    for row in held:
        bed = board.model.bed(row)
        assert bed.hold is None
        face = board.map.item(bed.id).face
        assert face is not None
        assert "Free" in [line.text for line in face.lines]
    board.engine.pick_up_waiting(board.model.waiting[0])
    assert board.engine.verdict(board.model.bed(min(held)).id).refusal is None


def test_minutes_of_a_bed_to_clean_grow(board: Board) -> None:
    row = min(_rows(board, BedStatus.CLEANING))
    before = board.model.index(row, Column.STAY).data()
    assert row in _pass(board, timedelta(minutes=7))
    assert board.model.index(row, Column.STAY).data() != before


def test_a_bed_that_waits_for_hours_still_grows_by_the_minute(board: Board) -> None:
    row = min(_rows(board, BedStatus.CLEANING))
    _pass(board, timedelta(hours=3))
    board.model._looked_at = board.model.clock()
    assert row in _pass(board, timedelta(hours=3, minutes=1))


def test_nothing_is_announced_where_nothing_changed(board: Board) -> None:
    assert _pass(board, timedelta(0)) <= _rows(board, BedStatus.CLEANING)  # a minute may just have passed


def test_the_clock_runs(board: Board, qtbot: QtBot) -> None:
    board.model.clock = lambda: datetime.now(UTC) + timedelta(hours=3)
    assert board.model._ticks.isActive()
    with qtbot.waitSignal(board.model.counts_changed):
        board.model._ticks.setInterval(1)
