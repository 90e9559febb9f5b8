"""What makes carrying a patient cheap, and that nothing is lost by it: verdicts are worked out once for all views, cards
are kept painted meanwhile, and the ground paints only what is to be seen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from tests.gui.conftest import Board
from tests.support.boards import make_board
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import WardUpdate
from wardbeds.domain.people import Role
from wardbeds.domain.placement import Verdict
from wardbeds.gui.board import placing
from wardbeds.gui.board.floor_plan import GroundItem


def _one_by_one(board: Board) -> dict[int, str]:
    found = {}
    for bed in board.model.beds:
        verdict = board.engine.verdict(bed.id)
        swap = board.engine.swap_verdict(bed.id)
        found[bed.id] = "swap" if swap is not None and swap.allowed else \
            "refused" if verdict.refusal else "warned" if verdict.warnings else "allowed"
    return found


def _take(board: Board) -> None:
    assert board.engine.pick_up_waiting(board.model.waiting[0])


def test_all_views_mark_what_each_bed_would_meet(board: Board) -> None:
    assert board.engine.kinds() == {}
    _take(board)
    expected = _one_by_one(board)
    assert set(expected.values()) >= {"refused", "allowed"}
    assert board.engine.kinds() == expected
    for view in (board.map, board.grid):
        assert {bed.id: view.item(bed.id).marks.placing for bed in board.model.beds} == expected
    assert board.list.itemDelegate().verdicts == expected  # type: ignore[attr-defined]
    board.engine.cancel()
    assert board.engine.kinds() == {}
    assert {board.map.item(bed.id).marks.placing for bed in board.model.beds} == {""}


def test_it_is_worked_out_once_and_anew_after_every_change(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = placing.PlacingEngine.verdict

    def counted(engine: placing.PlacingEngine, bed_id: int) -> Verdict:
        asked.append(bed_id)
        return real(engine, bed_id)

    monkeypatch.setattr(placing.PlacingEngine, "verdict", counted)
    _take(board)
    assert sorted(asked) == sorted(bed.id for bed in board.model.beds)  # three views, one answer
    shown = board.model.board
    assert shown is not None
    free = next(bed for bed in shown.beds if bed.status is BedStatus.AVAILABLE)
    assert board.engine.kinds()[free.id] == "allowed"
    blocked = replace(free, status=BedStatus.MAINTENANCE, version=free.version + 1)
    board.model.apply(WardUpdate(shown.ward.id, shown.revision + 1, (blocked,), shown.waiting, shown.as_of))
    assert board.engine.kinds()[free.id] == "refused"
    assert board.map.item(free.id).marks.placing == "refused"
    assert board.engine.kinds() == _one_by_one(board)
    board.engine.role = Role.CHEF
    assert board.engine.kinds() == _one_by_one(board)
    board.engine.role, board.engine.writable = Role.MEDICAL_STAFF, False
    assert set(board.engine.kinds().values()) == {"refused"}
    board.engine.writable = True
    board.engine.cancel()
    assert board.engine.pick_up_bed(next(bed for bed in board.model.beds if bed.occupant is not None))
    assert board.engine.kinds() == _one_by_one(board)  # somebody else
    assert "swap" in board.engine.kinds().values()


def _modes(board: Board) -> set[QGraphicsItem.CacheMode]:
    return {view.item(bed.id).cacheMode() for view in (board.map, board.grid) for bed in board.model.beds}


def test_cards_are_kept_painted_only_while_somebody_is_carried(board: Board) -> None:
    assert _modes(board) == {QGraphicsItem.CacheMode.NoCache}
    _take(board)
    assert _modes(board) == {QGraphicsItem.CacheMode.DeviceCoordinateCache}
    board.model.set_board(make_board(2, 3))  # another ward on the way
    assert _modes(board) == {QGraphicsItem.CacheMode.DeviceCoordinateCache}
    board.engine.cancel()
    assert _modes(board) == {QGraphicsItem.CacheMode.NoCache}


def _ground(board: Board) -> GroundItem:
    return next(item for item in board.map.scene().items() if isinstance(item, GroundItem))


def _painted(item: GroundItem, seen: list[QRectF]) -> QImage:
    """The ground as it comes out when only these parts are asked for, one after the other."""
    area = item.boundingRect()
    image = QImage(area.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    for part in seen:
        painter = QPainter(image)
        painter.translate(-area.topLeft())
        painter.setClipRect(part)
        option = QStyleOptionGraphicsItem()
        option.exposedRect = part
        item.paint(painter, option)
        painter.end()
    return image


@pytest.mark.parametrize(("across", "down"), [(1, 9), (7, 1), (5, 5)])
def test_the_ground_in_parts_is_the_ground_as_a_whole(board: Board, across: int, down: int) -> None:
    board.model.set_board(make_board(10, 6))
    item = _ground(board)
    area = item.boundingRect()
    assert item.flags() & QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption
    xs = [round(area.width() * n / across) for n in range(across + 1)]
    ys = [round(area.height() * n / down) for n in range(down + 1)]
    parts = [QRectF(QRect(x, y, end - x, bottom - y)).translated(area.topLeft())
             for x, end in pairwise(xs) for y, bottom in pairwise(ys)]
    assert _painted(item, parts) == _painted(item, [area])
