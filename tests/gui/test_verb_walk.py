"""Every verb by drag, by click-click, by button and by keys alone, with real clicks and keys and nothing selected
before: the same end in the database, whichever way the hands took."""

from __future__ import annotations

import pytest

from tests.gui.verb_table import COLUMNS, ROWS, Act, End, Row
from tests.support.hands import Count, recorded
from tests.support.seat import Seat
from wardbeds.gui.verbs import Verb
from wardbeds.store.check import check

WALKS = [pytest.param(row, column, id=f"{row.verb.name.lower()}-{column}")
         for row in ROWS for column in COLUMNS if callable(row.way(column))]


def test_the_table_has_a_row_for_every_verb() -> None:
    assert sorted(row.verb.name for row in ROWS) == sorted(verb.name for verb in Verb)


@pytest.mark.parametrize("row", ROWS, ids=[row.verb.name.lower() for row in ROWS])
def test_every_row_has_every_column_or_says_why_not(row: Row) -> None:
    for column in COLUMNS:
        way = row.way(column)
        assert callable(way) or (column in ("drag", "clicks") and len(way.split()) > 4)
    assert callable(row.drag) == callable(row.clicks)  # every drag has a click path


def _end_of(seat: Seat, row: Row) -> End:
    return End(seat.actions()[-1] if seat.actions() else "", seat.beds(), tuple(seat.waits()), row.said(seat), seat.why())


@pytest.mark.parametrize(("row", "column"), WALKS)
def test_every_verb_in_every_column(seat: Seat, row: Row, column: str) -> None:
    row.prepare(seat)
    seat.see()
    assert _end_of(seat, row) != row.end
    way: Act = row.way(column)  # type: ignore[assignment]  # WALKS holds only those
    with recorded() as count:
        way(seat)
    seat.settle()
    seat.qtbot.waitUntil(lambda: seat.desk.page.dialog is None)
    assert _end_of(seat, row) == row.end
    _only(column, count, row.tap)
    with seat.desk.store.reading() as connection:
        assert check(connection) == []


def _only(column: str, count: Count, tap: int) -> None:
    """The column was walked as it is called; ``tap``: a drop is followed by so many clicks, which say why."""
    if column == "drag":
        assert (count.clicks, count.drags, count.keys) == (tap, 1, 0)
    elif column == "clicks":
        assert count.clicks >= 2 and (count.drags, count.keys) == (0, 0)
    elif column == "button":
        assert count.clicks >= 2 and count.drags == 0
    else:
        assert count.keys >= 2 and (count.clicks, count.drags) == (0, 0)
