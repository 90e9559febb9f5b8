"""What only shows can be read to its end by the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from wardbeds.gui import theme
from wardbeds.services.diagnostics import library_licences


def test_about_is_scrolled_by_keys_and_names_all_that_is_bundled(desk: Desk, qtbot: QtBot, qapp: QApplication) -> None:
    theme.set_text_scale(qapp, 130)
    desk.page.show_about()
    dialog = desk.page.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.primary.hasFocus())
    bar = dialog.scroll_area.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(dialog.primary, Qt.Key.Key_Down)
    assert bar.value() > 0
    QTest.keyClick(dialog.primary, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(dialog.primary, Qt.Key.Key_Home)
    assert bar.value() == 0
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert {text for row in library_licences() for text in row} <= shown
    assert {"Inter", "Lucide", "PySide6_Essentials"} <= shown


@pytest.mark.parametrize("region", ["rail", "command_bar", "strip", "work", "map"])
def test_f1_is_about_where_the_focus_is(desk: Desk, qtbot: QtBot, region: str) -> None:
    part = getattr(desk.page, region)
    regions = [desk.page.command_bar, desk.page.strip, desk.page.rail, desk.page.map, desk.page.work]
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.focus_board()
    QApplication.processEvents()  # the strip makes its buttons anew
    for _step in range(len(regions)):
        focus = desk.page.window().focusWidget()
        if focus is part or part.isAncestorOf(focus):
            break
        desk.page.keys.next_region(1)
    desk.page.show_help()
    dialog = desk.page.dialog
    assert dialog is not None
    titles = {"rail": "Waiting patients", "command_bar": "Ward and search", "strip": "Counts and filters",
              "work": "Last action", "map": "The board"}
    assert titles[region] in {label.text() for label in dialog.findChildren(QLabel)}
