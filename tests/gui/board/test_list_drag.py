"""Rows of the List are taken and put down with the mouse as cards are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Board
from wardbeds.domain.requests import PlacePatient
from wardbeds.gui.board.model import Column

FREE_BED, OCCUPIED_BED, CLEANING_BED = 3, 1, 4
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def rows(board: Board) -> Board:
    """The board with the List shown."""
    board.map.hide()
    board.list.show()
    board.list.fit_columns()
    return board


def _row(board: Board, bed_id: int) -> QPoint:
    """The middle of the name in a bed's row, in the table's viewport."""
    proxy = board.list.model()
    index = proxy.mapFromSource(board.model.index(board.model.row_of(bed_id), Column.NAME))  # type: ignore[attr-defined]
    return board.list.visualRect(index).center()


def _drag(board: Board, start: QPoint, end: QPoint, *, let_go: bool = True) -> None:
    view = board.list.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO_KEY, start)
    for n in range(1, 6):
        QTest.mouseMove(view, start + (end - start) * n / 5)
    if let_go:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO_KEY, end)


def test_a_row_is_dragged_to_another_row(rows: Board, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rows.engine.place_requested) as asked:
        _drag(rows, _row(rows, OCCUPIED_BED), _row(rows, FREE_BED))
    request = asked.args[0]
    assert isinstance(request, PlacePatient)
    assert (request.seen.bed_id, request.bed.bed_id) == (OCCUPIED_BED, FREE_BED)
    assert rows.engine.hand is None
    assert not rows.pilot.ghost.isVisible()


def test_the_ghost_and_the_rows_say_what_letting_go_would_do(rows: Board, qtbot: QtBot) -> None:
    start, end = _row(rows, OCCUPIED_BED), _row(rows, CLEANING_BED)
    _drag(rows, start, end, let_go=False)
    assert rows.pilot.ghost.isVisible()
    assert "not clean" in rows.pilot.ghost.reason
    assert rows.list.itemDelegate().verdicts[FREE_BED] == "allowed"  # type: ignore[attr-defined]
    assert rows.selection.bed_id == OCCUPIED_BED  # the rows passed on the way are not chosen
    with qtbot.waitSignal(rows.engine.place_refused), qtbot.assertNotEmitted(rows.engine.place_requested):
        QTest.mouseRelease(rows.list.viewport(), Qt.MouseButton.LeftButton, NO_KEY, end)
    assert rows.engine.hand is None


def test_over_the_rail_the_patient_goes_back(rows: Board, qtbot: QtBot) -> None:
    rail = rows.list.viewport().mapFromGlobal(rows.rail.mapToGlobal(rows.rail.rect().center()))
    with qtbot.assertNotEmitted(rows.engine.place_requested):
        _drag(rows, _row(rows, OCCUPIED_BED), rail)
    assert rows.engine.hand is None


def test_the_right_button_puts_back(rows: Board, qtbot: QtBot) -> None:
    start = _row(rows, OCCUPIED_BED)
    _drag(rows, start, start + QPoint(0, 40), let_go=False)
    assert rows.pilot.active
    QTest.mousePress(rows.list.viewport(), Qt.MouseButton.RightButton, NO_KEY, start + QPoint(0, 40))
    assert rows.engine.hand is None
    assert not rows.pilot.active
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.LeftButton):
        QTest.mouseRelease(rows.list.viewport(), button, NO_KEY, start)


def test_an_empty_bed_has_nobody_to_drag(rows: Board) -> None:
    start = _row(rows, FREE_BED)
    _drag(rows, start, start + QPoint(0, 60), let_go=False)
    assert rows.engine.hand is None
    assert not rows.pilot.active
    assert rows.selection.bed_id == FREE_BED
    QTest.mouseRelease(rows.list.viewport(), Qt.MouseButton.LeftButton, NO_KEY, start + QPoint(0, 60))


def test_a_patient_from_the_rail_is_dropped_on_a_row(rows: Board, qtbot: QtBot) -> None:
    card = rows.rail.cards[0]
    start = card.rect().center()
    end = card.mapFromGlobal(rows.list.viewport().mapToGlobal(_row(rows, FREE_BED)))
    with qtbot.waitSignal(rows.engine.place_requested) as asked:
        QTest.mousePress(card, Qt.MouseButton.LeftButton, NO_KEY, start)
        for n in range(1, 6):
            QTest.mouseMove(card, start + (end - start) * n / 5)
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, NO_KEY, end)
    assert asked.args[0].bed.bed_id == FREE_BED
