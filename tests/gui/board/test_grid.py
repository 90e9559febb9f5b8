"""What only the Grid does: heads that stay in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Board
from tests.support.boards import make_board


def test_heads_stay_while_their_room_scrolls(board: Board) -> None:
    board.model.set_board(make_board(3, 40, 0))
    board.grid.show()
    QApplication.processEvents()
    lane = board.grid._lanes[0]
    assert lane._shift == 0
    bar = board.grid.verticalScrollBar()
    bar.setValue(150)
    top = board.grid.mapToScene(0, 0).y()
    assert lane._shift == top - lane.lane.rect.top() > 100
    bar.setValue(bar.maximum())
    assert lane._shift <= lane.lane.rect.height()
    assert board.grid._lanes[-1]._shift >= 0
