"""Notes in the List: what has no room is marked as left out, and read in the tooltip and by a screen reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Board
from tests.support.boards import make_board
from tests.support.text_walk import recording
from wardbeds.gui.board.model import Column

LONG = "Walks with help; do not leave alone in the shower, and ask before meals whether she has pain"


def _painted(board: Board, notes: str, width: int) -> list[str]:
    """Show these notes on the first bed; every text the List paints, in a view so many px wide."""
    made = make_board(1, 6, 0)
    first, *others = made.beds
    assert first.occupant is not None
    board.model.set_board(replace(made, beds=(replace(first, occupant=replace(first.occupant, notes=notes)), *others)))
    board.map.hide()
    board.list.show()
    QApplication.processEvents()
    board.list.resize(width, 400)  # what is left for the last column now goes to the note
    QApplication.processEvents()
    with recording() as painted:
        board.list.grab()
    return [one.text for one in painted]


def _said(board: Board) -> tuple[str, str, str]:
    index = board.model.index(0, Column.NOTE)
    return (index.data(), index.data(Qt.ItemDataRole.ToolTipRole), index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_what_has_no_room_ends_with_a_mark_and_is_whole_in_the_tooltip(board: Board) -> None:
    painted = _painted(board, LONG, 1200)
    assert LONG not in painted
    (shown,) = [text for text in painted if text.startswith("Walks")]
    assert shown.endswith("…")
    assert LONG.startswith(shown[:-1])
    assert _said(board) == (LONG, LONG, LONG)


def test_what_has_room_stands_whole(board: Board) -> None:
    assert LONG in _painted(board, LONG, 2400)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_more_lines_are_marked_and_read_whole(board: Board, end: str) -> None:
    assert "No salt …" in _painted(board, f"No salt{end}Two pillows", 2400)
    assert _said(board) == ("No salt …", "No salt\nTwo pillows", "No salt\nTwo pillows")
