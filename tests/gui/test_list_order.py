"""The List is sorted by a click on a head or by Ctrl and arrow keys; the order is said, read aloud, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.test_kept_views import window
from tests.support.hospital import PASSWORD, Hospital
from tests.support.seat import Seat
from wardbeds.gui.board import list_head
from wardbeds.gui.board.list_order import Order
from wardbeds.gui.board.model import Column

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(seat: Seat) -> Seat:
    """Mugisha in N-1, Uwimana in N-2, Kabera in N-4; the List is shown, nothing selected."""
    for person, bed in ((2, "N-1"), (0, "N-2"), (1, "N-4")):
        seat.admit(person, bed)
    seat.desk.page.show_view(2)
    seat.see()
    return seat


def _rows(seat: Seat) -> list[str]:
    model = seat.desk.page.list.model()
    return [str(model.index(row, Column.BED).data()) for row in range(model.rowCount())]


def _press(seat: Seat, *keys: Qt.Key) -> None:
    for key in keys:
        seat.hands.key(key, CONTROL)
    seat.settle()


def _click_head(seat: Seat, column: Column) -> None:
    head = seat.desk.page.list.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(column) + 12, head.height() // 2)
    seat.hands.click(head.viewport().mapToGlobal(at))
    seat.settle()


BY_NAME = ["N-3", "N-4", "N-1", "N-2"]


def test_keys_sort_by_another_column_and_the_other_way_round(table: Seat) -> None:
    page = table.desk.page
    assert _rows(table) == ["N-1", "N-2", "N-3", "N-4"]
    _press(table, Qt.Key.Key_Down)
    assert _rows(table) == ["N-4", "N-3", "N-2", "N-1"]
    _press(table, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert page.list.order == Order(Column.NAME)
    assert _rows(table) == BY_NAME
    _press(table, Qt.Key.Key_Down)
    assert _rows(table) == BY_NAME[::-1]
    _press(table, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert page.list.order == Order(Column.NOTE, True)  # round the end, which scrolls there
    head = page.list.horizontalHeader()
    assert 0 <= head.sectionViewportPosition(Column.NOTE) < page.list.viewport().width()


def test_a_click_on_a_head_ends_as_the_keys_do(table: Seat) -> None:
    _click_head(table, Column.NAME)
    assert _rows(table) == BY_NAME
    assert table.desk.page.list.order == Order(Column.NAME)
    _click_head(table, Column.NAME)
    assert table.desk.page.list.order == Order(Column.NAME, True)


def test_who_is_selected_stays_so_and_in_sight(table: Seat) -> None:
    page = table.desk.page
    page.list.setFixedHeight(page.list.horizontalHeader().height() + 60)  # a row and a half
    table.hands.key(Qt.Key.Key_Down)
    table.hands.key(Qt.Key.Key_Home, CONTROL)
    bed, _waiting = page.selected()
    assert bed is not None
    _press(table, Qt.Key.Key_Down)
    assert page.selected()[0] == bed
    assert not page.list.item_rect_global(bed.id).isEmpty()


def test_arrows_without_ctrl_only_walk(table: Seat) -> None:
    before = table.desk.page.list.order
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
        table.hands.key(key)
    table.hands.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    table.hands.key(Qt.Key.Key_Down, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert table.desk.page.list.order == before


@pytest.fixture
def read_aloud(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say by the line above the List."""
    said: list[str] = []

    class Reader(QAccessible):
        @staticmethod
        def updateAccessibility(event: object) -> None:
            assert isinstance(event, QAccessibleAnnouncementEvent)
            said.append(event.message())

    monkeypatch.setattr(list_head, "QAccessible", Reader)
    return said


def test_filter_and_order_are_said_and_read_aloud(table: Seat, read_aloud: list[str]) -> None:
    page = table.desk.page
    _press(table, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert page.list_head.text() == \
        "Showing 4 of 4 beds. No filter. Press a state above to filter. Sorted by Name, descending."
    table.hands.click(next(one for one in page.strip.chips if one.status.value == "occupied"))
    table.settle()
    assert page.list_head.text() == "Showing 3 of 4 beds. Filter: Occupied. Sorted by Name, descending."
    assert page.list_head.accessibleName() == page.list_head.text()
    assert read_aloud[-1] == page.list_head.text()
    assert [line.rpartition("Sorted by ")[2] for line in read_aloud] == [
        "State.", "Name.", "Name, descending.", "Name, descending."]


def test_what_others_do_is_not_read_aloud_as_a_filter(table: Seat, read_aloud: list[str]) -> None:
    page = table.desk.page
    table.hands.click(next(one for one in page.strip.chips if one.status.value == "occupied"))
    table.settle()
    heard = len(read_aloud)
    table.discharge(0, "N-2")
    table.qtbot.waitUntil(lambda: page.list_head.text().startswith("Showing 2 of 4 beds"))
    assert len(read_aloud) == heard


def test_nothing_is_read_aloud_while_another_view_is_shown(table: Seat, read_aloud: list[str]) -> None:
    table.desk.page.show_view(0)
    table.hands.click(table.desk.page.strip.chips[0])
    assert read_aloud == []


def test_the_order_is_there_again_after_a_restart_for_the_same_person_only(
        small_hospital: Hospital, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "look.ini"
    with window(small_hospital, qtbot, file) as page:
        page.choose_view(2)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
            QTest.keyClick(page.list, key, CONTROL)
        assert page.list.order == Order(Column.NAME, True)
    with window(small_hospital, qtbot, file, user="admin") as page:
        assert page.list.order == Order()
    with window(small_hospital, qtbot, file) as page:
        assert page.list.order == Order(Column.NAME, True)
        assert "Sorted by Name, descending" in page.list_head.text()


def test_somebody_else_at_the_same_window_finds_the_own_order(
        small_hospital: Hospital, qtbot: QtBot, tmp_path: Path) -> None:
    with window(small_hospital, qtbot, tmp_path / "look.ini") as page:
        page.list.sort_by(Order(Column.STAY))
        for user, order in (("admin", Order()), ("nurse", Order(Column.STAY))):
            page.session.sign_out()
            with qtbot.waitSignal(page.session.ward_opened):
                page.session.sign_in(user, PASSWORD, lambda refusal: pytest.fail(str(refusal)))
            assert page.list.order == order


@given(st.sampled_from(Column), st.booleans())
def test_an_order_is_read_as_it_was_kept(column: Column, descending: bool) -> None:
    order = Order(column, descending)
    assert Order.read(order.text()) == order


@given(st.text())
def test_a_file_written_by_hand_gives_an_order_all_the_same(text: str) -> None:
    assert isinstance(Order.read(text), Order)


@given(st.sampled_from(Column), st.booleans())
def test_there_and_back_by_keys_is_nothing(column: Column, descending: bool) -> None:
    def key(which: Qt.Key) -> QKeyEvent:
        return QKeyEvent(QEvent.Type.KeyPress, which, CONTROL)

    order = Order(column, descending)
    right = order.after_key(key(Qt.Key.Key_Right))
    assert right is not None and right.column != column
    assert right.after_key(key(Qt.Key.Key_Left)) == order
    down = order.after_key(key(Qt.Key.Key_Down))
    assert down == Order(column, True) and down.after_key(key(Qt.Key.Key_Up)) == Order(column, False)
    assert order.after_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)) is None


def _words(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_the_sheet_of_keys_and_the_help_say_so(table: Seat) -> None:
    table.hands.type("?")
    assert "List: sort by column" in _words(table.dialog)
    table.hands.key(Qt.Key.Key_Escape)
    table.hands.key(Qt.Key.Key_F1)
    assert "Click the head of a column to sort by it." in _words(table.dialog)


def test_search_is_one_key_away_from_the_list_too(table: Seat) -> None:
    """The table itself would take the key and look for a bed that begins with it."""
    table.hands.type("/")
    assert table.desk.page.command_bar.search.hasFocus()
