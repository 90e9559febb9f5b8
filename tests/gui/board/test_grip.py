"""The grip of an occupied card takes the patient by a click; the rest of the card only selects."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Board
from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.gui.board.beds_view import BedsView


def _view(board: Board, name: str) -> BedsView:
    view: BedsView = {"map": board.map, "grid": board.grid}[name]
    view.setParent(None)
    view.resize(1000, 600)
    view.show()
    return view


def _bed(board: Board, status: BedStatus) -> Bed:
    return next(bed for bed in board.model.beds if bed.status is status)


def _at(view: BedsView, bed: Bed, x: float, y: float) -> QPoint:
    """A point of a card, from its upper right corner."""
    item = view.item(bed.id)
    return view.mapFromScene(item.pos() + QPointF(item.size.width() - x, y))


def _hover(view: BedsView, at: QPoint) -> None:
    """Through the window, as the mouse does it."""
    window = view.window().windowHandle()
    assert window is not None
    for step in (QPoint(1, 0), QPoint(0, 0)):
        QTest.mouseMove(window, view.viewport().mapTo(view.window(), at + step))


@pytest.mark.parametrize("name", ["map", "grid"])
def test_a_click_on_the_grip_takes_the_patient(board: Board, name: str) -> None:
    view, bed = _view(board, name), _bed(board, BedStatus.OCCUPIED)
    view.ensureVisible(view.item(bed.id))
    _hover(view, _at(view, bed, 16, 16))
    assert view.item(bed.id).marks.grip
    assert view.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, bed, 16, 16))
    assert board.engine.hand is not None
    assert board.engine.hand.person.patient_id == bed.patient_id
    assert not view.item(bed.id).marks.grip
    board.engine.cancel()


def test_the_rest_of_the_card_selects(board: Board) -> None:
    view, bed = _view(board, "map"), _bed(board, BedStatus.OCCUPIED)
    _hover(view, _at(view, bed, 100, 40))
    assert not view.item(bed.id).marks.grip
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, bed, 100, 40))
    assert board.engine.hand is None
    assert board.selection.bed_id == bed.id


def test_a_press_that_comes_up_elsewhere_takes_nobody(board: Board) -> None:
    view, bed = _view(board, "map"), _bed(board, BedStatus.OCCUPIED)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, bed, 33, 16))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, bed, 31, 16))
    assert board.engine.hand is None


def test_there_is_none_where_nobody_lies_or_nothing_can_be_changed(board: Board) -> None:
    view, free, occupied = _view(board, "map"), _bed(board, BedStatus.AVAILABLE), _bed(board, BedStatus.OCCUPIED)
    _hover(view, _at(view, free, 16, 16))
    assert not view.item(free.id).marks.grip
    board.engine.writable = False
    _hover(view, _at(view, occupied, 16, 16))
    assert not view.item(occupied.id).marks.grip
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, occupied, 16, 16))
    assert board.engine.hand is None


@pytest.mark.parametrize("name", ["map", "grid"])
def test_a_click_on_the_sign_of_a_bed_to_clean_says_it_is_clean(board: Board, name: str) -> None:
    view, bed = _view(board, name), _bed(board, BedStatus.CLEANING)
    view.ensureVisible(view.item(bed.id))
    said: list[int] = []
    view.clean_requested.connect(said.append)
    _hover(view, _at(view, bed, 16, 16))
    assert view.item(bed.id).marks.grip
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, bed, 100, 40))
    assert said == []  # the rest of the card only selects
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, bed, 16, 16))
    assert said == [bed.id]
    assert board.engine.hand is None


def test_nothing_is_said_clean_while_somebody_is_in_the_hand_or_nothing_can_be_changed(board: Board) -> None:
    view, dirty, occupied = _view(board, "map"), _bed(board, BedStatus.CLEANING), _bed(board, BedStatus.OCCUPIED)
    said: list[int] = []
    view.clean_requested.connect(said.append)
    assert board.engine.pick_up_bed(occupied)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, dirty, 16, 16))
    board.engine.cancel()
    board.engine.writable = False
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_at(view, dirty, 16, 16))
    assert said == []
