"""Which card lies where, and what surrounds a bed: looked up, and the same as if everything were gone through."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from tests.gui.conftest import Board
from tests.support.boards import make_board
from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.changes import WardUpdate
from wardbeds.gui.board.places import Places

coordinates = st.integers(-400, 900)
rects = st.builds(QRectF, coordinates, coordinates, st.integers(1, 300), st.integers(1, 200))


@given(st.lists(rects, max_size=12), st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=20))
def test_a_point_finds_the_card_that_covers_it(cards: list[QRectF], points: list[tuple[int, int]]) -> None:
    laid = dict(enumerate(cards))
    places = Places(laid)
    corners = [(int(rect.x()), int(rect.y())) for rect in cards]
    for x, y in [*points, *corners]:
        expected = next((key for key, rect in laid.items() if rect.contains(QPointF(x, y))), None)
        assert places.at(QPointF(x, y)) == expected


def _around(board: Board, bed: Bed) -> tuple[set[int], int]:
    """Gone through one by one."""
    beds = board.model.beds
    return ({one.id for one in beds if one.id != bed.id and bed.room_id is not None and one.room_id == bed.room_id},
            sum(one.occupant is not None for one in beds))


def _check(board: Board) -> None:
    for bed in board.model.beds:
        found = {one.id for one in board.model.room_mates(bed)}, board.model.occupied
        assert found == _around(board, bed)
        room = board.model.room_of(bed)
        assert (room.id if room else None) == bed.room_id
        target = board.engine.target(bed)
        assert ({one.id for one in target.neighbours}, target.occupied) == found


def test_what_surrounds_a_bed_is_known_and_follows_every_change(board: Board) -> None:
    _check(board)
    shown = board.model.board
    assert shown is not None
    first, other = shown.beds[0], shown.beds[2]
    emptied = replace(first, status=BedStatus.CLEANING, occupant=None, version=first.version + 1)
    moved = replace(other, room_id=shown.rooms[1].id, version=other.version + 1)
    alone = replace(shown.beds[8], room_id=None, version=shown.beds[8].version + 1)
    before = board.model.occupied
    board.model.apply(WardUpdate(shown.ward.id, shown.revision + 1, (emptied, moved, alone), shown.waiting, shown.as_of))
    assert board.model.occupied == before - 1
    assert board.model.room_mates(board.model.beds[8]) == ()
    assert other.id in {one.id for one in board.model.room_mates(board.model.beds[6])}
    _check(board)
    board.model.set_board(make_board(2, 3))
    _check(board)
