"""The board is moved under the glass with the middle button, or with Space and the left one; no bed is touched by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Board
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.zoomed_view import ZOOMS

NONE = Qt.KeyboardModifier.NoModifier
MIDDLE, LEFT = Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton
WAY = QPoint(-60, -40)
OCCUPIED_BED = 1


@pytest.fixture(params=["map", "grid"])
def view(board: Board, request: pytest.FixtureRequest) -> BedsView:
    """Drawn so large that it goes beyond the window on both sides."""
    shown: BedsView = getattr(board, request.param)
    for one in (board.map, board.grid, board.list):
        one.setVisible(one is shown)
    QApplication.processEvents()
    for _step in ZOOMS:
        shown.zoom_step(1)
    QApplication.processEvents()
    assert shown.horizontalScrollBar().maximum() > 100
    assert shown.verticalScrollBar().maximum() > 100
    shown.horizontalScrollBar().setValue(20)
    shown.verticalScrollBar().setValue(20)
    shown.window().activateWindow()
    shown.setFocus()
    return shown


def _place(view: BedsView) -> tuple[int, int]:
    return view.horizontalScrollBar().value(), view.verticalScrollBar().value()


def _on_a_bed(view: BedsView) -> QPoint:
    """A point on a card in sight, not on its sign."""
    at = next(QPoint(x, y) for y in range(100, 600, 10) for x in range(300, 900, 10)
              if view.bed_at(QPoint(x, y)) is not None and view.bed_at(QPoint(x + 80, y)) == view.bed_at(QPoint(x, y)))
    assert view.rect().contains(at)
    return at


def _drag(view: BedsView, button: Qt.MouseButton, start: QPoint) -> None:
    """Press, go in steps, let go."""
    port = view.viewport()
    QTest.mousePress(port, button, NONE, start)
    for n in range(1, 5):
        QTest.mouseMove(port, start + WAY * n / 4)
    QTest.mouseRelease(port, button, NONE, start + WAY)


def test_the_middle_button_moves_the_board_and_selects_nothing(board: Board, view: BedsView) -> None:
    x, y = _place(view)
    _drag(view, MIDDLE, _on_a_bed(view))
    assert _place(view) == (x + 60, y + 40)
    assert board.selection.bed_id is None
    assert board.engine.hand is None
    QTest.mouseMove(view.viewport(), _on_a_bed(view) + WAY + QPoint(50, 50))
    assert _place(view) == (x + 60, y + 40)  # it was let go


def test_a_middle_click_selects_nothing_and_puts_nobody_down(board: Board, view: BedsView) -> None:
    QTest.mouseClick(view.viewport(), MIDDLE, NONE, _on_a_bed(view))
    QTest.mouseDClick(view.viewport(), MIDDLE, NONE, _on_a_bed(view))
    assert board.selection.bed_id is None
    board.rail.take(board.model.waiting[0])
    QTest.mouseClick(view.viewport(), MIDDLE, NONE, _on_a_bed(view))
    assert board.engine.hand is not None
    assert board.engine.refused is None


def test_space_and_drag_moves_the_board_and_takes_nobody(board: Board, view: BedsView) -> None:
    board.selection.select_bed(OCCUPIED_BED)
    x, y = _place(view)
    QTest.keyPress(view, Qt.Key.Key_Space)
    _drag(view, LEFT, _on_a_bed(view))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert _place(view) == (x + 60, y + 40)
    assert board.engine.hand is None
    assert board.selection.bed_id == OCCUPIED_BED


def test_with_somebody_in_the_hand_space_and_drag_puts_nobody_down(board: Board, view: BedsView) -> None:
    board.rail.take(board.model.waiting[0])
    before = _place(view)
    QTest.keyPress(view, Qt.Key.Key_Space)
    _drag(view, LEFT, _on_a_bed(view))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert _place(view) != before
    assert board.engine.hand is not None
    assert board.engine.refused is None


def test_space_alone_still_takes_and_puts_down(board: Board, view: BedsView) -> None:
    board.selection.select_bed(OCCUPIED_BED)
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert board.engine.hand is None  # it may become a drag
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert board.engine.hand is not None


def test_a_space_that_went_elsewhere_does_nothing_when_it_comes_up(board: Board, view: BedsView) -> None:
    board.selection.select_bed(OCCUPIED_BED)
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert board.engine.hand is None
    QTest.keyPress(view, Qt.Key.Key_Space)
    board.rail.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    board.rail.setFocus()
    view.setFocus()
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert board.engine.hand is None


def test_afterwards_the_left_button_selects_again(board: Board, view: BedsView) -> None:
    _drag(view, MIDDLE, _on_a_bed(view))
    at = _on_a_bed(view)
    bed = view.bed_at(at)
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    assert board.selection.bed_id == bed
