"""Where the keyboard is can be seen: a frame around a view that it came to by keys, and nothing out of sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.stations import Colleague, see
from wardbeds.gui.dialogs.panel import Panel
from wardbeds.gui.verbs import Verb


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_view_that_the_keyboard_came_to_has_a_frame(desk: Desk, qtbot: QtBot, number: int) -> None:
    page = desk.page
    page.show_view(number)
    view = (page.map, page.grid, page.list)[number]
    page.command_bar.search.setFocus()
    plain = page.views.grab().toImage()
    for _region in range(6):
        if view.hasFocus():
            break
        QTest.keyClick(page, Qt.Key.Key_F6)
    assert view.hasFocus()
    framed = page.views.grab().toImage()
    middle = framed.height() // 2
    assert framed.pixelColor(1, middle) != plain.pixelColor(1, middle)
    page.command_bar.search.setFocus()
    assert not view.focus_frame.isVisible()


def test_who_came_with_the_mouse_needs_none(desk: Desk) -> None:
    page = desk.page
    page.command_bar.search.setFocus()
    QTest.mouseClick(page.map.viewport(), Qt.MouseButton.LeftButton, pos=page.map.viewport().rect().bottomRight() / 2)
    assert page.map.hasFocus()
    assert not page.map.focus_frame.isVisible()


def _out_of_sight(panel: Panel, widget: QWidget) -> bool:
    if isinstance(widget, QAbstractScrollArea):  # what is seen of it is what it shows, which covers it
        widget = widget.viewport()
    return any((area.isAncestorOf(widget) and not area.viewport().rect().contains(
        widget.visibleRegion().boundingRect().translated(widget.mapTo(area.viewport(), widget.rect().topLeft()))))
        or widget.visibleRegion().isEmpty() for area in panel.findChildren(QScrollArea))


def test_tab_in_a_dialog_scrolls_to_where_it_goes(desk: Desk, qtbot: QtBot) -> None:
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    page = desk.page
    page.resize(1366, 420)
    page.selection.select_bed(desk.hospital.beds["N-1"])
    page.do(Verb.ADMISSION)
    qtbot.waitUntil(lambda: page.dialog is not None and desk.tasks.pending == 0)
    assert page.dialog is not None
    panel = page.dialog.panel
    bars = [area.verticalScrollBar().maximum() for area in panel.findChildren(QScrollArea)]
    assert max(bars) > 0  # else nothing is out of sight
    for forward in (True, False):
        for _step in range(30):
            panel.focusNextPrevChild(forward)  # what Tab and Shift+Tab call
            widget = page.window().focusWidget()
            assert widget is not None
            assert not _out_of_sight(panel, widget), widget.accessibleName()
