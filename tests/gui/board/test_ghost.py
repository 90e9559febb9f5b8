"""The patient in the hand stays whole in the window and never lies over the bed she is held over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Board
from wardbeds.gui.board.ghost import SHADOW
from wardbeds.gui.board.ghost_place import Side, choose_side, inside, place

AREA = QRectF(0, 0, 1366, 700)
SIZE = QSizeF(288, 124)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1365), st.integers(0, 699), st.integers(0, 160), st.integers(0, 88))
def test_it_fits_and_keeps_off_the_bed_wherever_the_pointer_is(x: int, y: int, dx: int, dy: int) -> None:
    at = QPointF(x, y)
    bed = QRectF(x - dx, y - dy, 160, 88)
    side = choose_side(SIZE, at, AREA, bed, [])
    box = place(SIZE, at, side, bed)
    assert AREA.contains(box)
    assert not box.intersects(bed)
    assert AREA.contains(inside(place(SIZE, at, Side(), None), AREA))


def test_it_opens_to_the_side_with_fewer_possible_beds() -> None:
    at, bed = QPointF(700, 200), QRectF(590, 150, 160, 88)
    right, left = QRectF(760, 250, 160, 88), QRectF(420, 250, 160, 88)
    assert choose_side(SIZE, at, AREA, bed, []) == Side()
    assert choose_side(SIZE, at, AREA, bed, [right]) == Side(left=True)
    assert choose_side(SIZE, at, AREA, bed, [right, left]) == Side(above=True) or bed.top() < SIZE.height()


@pytest.mark.parametrize("name", ["map", "grid", "list"])
def test_over_every_bed_its_card_and_the_window_stay_clear(board: Board, qtbot: QtBot, name: str) -> None:
    view = getattr(board, name)
    for one in (board.map, board.grid, board.list):
        one.setVisible(one is view)
    board.engine.pick_up_waiting(board.model.waiting[0])
    board.pilot.begin(view.mapToGlobal(QPoint(5, 5)))
    ghost, window, seen = board.pilot.ghost, QRectF(board.window.rect()), 0
    for bed in board.model.beds:
        rect = view.item_rect_global(bed.id)
        if rect.height() < 30:
            continue
        for at in (rect.topLeft() + QPointF(9, 9), rect.center(), rect.bottomRight() - QPointF(9, 9)):
            board.pilot.move(at.toPoint())
            card = QRectF(ghost.geometry()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            here = QRectF(board.window.mapFromGlobal(rect.topLeft()), rect.size())
            assert ghost.reason
            assert window.contains(card), (bed.number, card)
            assert not card.intersects(here), (bed.number, card, here)
            seen += 1
    assert seen > 20
    board.pilot.abort()


def test_without_a_bed_below_it_turns_away_from_the_edges(board: Board) -> None:
    board.engine.pick_up_waiting(board.model.waiting[0])
    window = board.window
    board.pilot.begin(window.mapToGlobal(QPoint(10, 10)))
    for at in (QPoint(1360, 695), QPoint(1360, 5), QPoint(4, 695)):
        board.pilot.move(window.mapToGlobal(at))
        card = QRectF(board.pilot.ghost.geometry()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        assert QRectF(window.rect()).contains(card)
        assert not card.contains(QPointF(at))
    board.pilot.abort()
