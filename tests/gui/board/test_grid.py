"""What only the Grid does: heads that stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Board
from tests.support.boards import make_board
from wardbeds.gui.board.plan import LANE_HEAD


def _show(board: Board, rooms: int, per_room: int) -> None:
    board.model.set_board(make_board(rooms, per_room, 0))
    board.map.hide()
    board.grid.show()
    QApplication.processEvents()


def test_heads_stay_while_their_room_scrolls(board: Board) -> None:
    _show(board, 3, 40)
    head = board.grid._lanes[0]
    assert head.down == 0
    bar = board.grid.verticalScrollBar()
    bar.setValue(150)
    top = board.grid.mapToScene(0, 0).y()
    assert head.down == top - head.lane.rect.top() > 100
    bar.setValue(bar.maximum())
    assert head.down <= head.lane.rect.height()
    assert board.grid._lanes[-1].down >= 0


def test_heads_stay_while_a_board_drawn_larger_scrolls_sideways(board: Board) -> None:
    _show(board, 4, 12)
    grid = board.grid
    for zoom in (1.5, 2.0):
        grid.set_zoom(zoom)
        for bar in (grid.horizontalScrollBar(), grid.verticalScrollBar()):
            bar.setValue(bar.maximum() // 2)
        seen = grid.mapToScene(grid.viewport().rect()).boundingRect()
        for head in grid._lanes:
            box = head.mapRectToScene(head.boundingRect())
            assert seen.left() <= box.left() + 0.01 and box.right() <= seen.right()
            if box.top() < seen.top() < box.bottom() - 84:
                assert abs(box.top() + head.down - seen.top()) < 1
    grid.set_zoom(1.0)
    assert all(head.pos() == head.lane.rect.topLeft() for head in grid._lanes)


def test_a_head_hides_no_bed_from_the_hand(board: Board) -> None:
    """Whoever presses on a head presses on no bed behind it, and a bed that is selected comes out from behind it."""
    _show(board, 2, 6)
    grid = board.grid
    grid.set_zoom(2.0)
    bar = grid.horizontalScrollBar()
    bar.setValue(bar.maximum())
    edge = QPoint(10, 60)
    assert grid.bed_at(edge) is None
    board.selection.select_bed(board.model.beds[-1].id)
    board.selection.select_bed(board.model.beds[0].id)
    left = grid.mapFromScene(grid.item(board.model.beds[0].id).scenePos()).x()
    assert left >= LANE_HEAD * grid.scaling
