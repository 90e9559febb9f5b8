"""Bars that give up parts where it is narrow: they do so when something grows, and then come to rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from wardbeds.gui.squeeze import SqueezedBar

ROUNDS = 40


class _Layouts(QObject):
    """Counts layouts asked for, in all widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.asked += event.type() is QEvent.Type.LayoutRequest
        return False


def _asked_while_nothing_happens() -> int:
    app = QApplication.instance()
    assert app is not None
    for _round in range(ROUNDS):
        QApplication.processEvents()
    layouts = _Layouts()
    app.installEventFilter(layouts)
    for _round in range(ROUNDS):
        QApplication.processEvents()
    app.removeEventFilter(layouts)
    return layouts.asked


def test_a_window_that_nobody_touches_comes_to_rest(desk: Desk, qtbot: QtBot) -> None:
    """Else the program would take the processor all day. An answer may still be under way: rest, then, comes later."""
    qtbot.waitUntil(lambda: _asked_while_nothing_happens() == 0)
    desk.page.resize(1100, 640)
    qtbot.waitUntil(lambda: _asked_while_nothing_happens() == 0)


def test_what_grows_in_a_row_of_a_row_takes_the_room_of_the_least_important(qtbot: QtBot) -> None:
    bar = SqueezedBar()
    qtbot.addWidget(bar)
    last, first, inner = QLabel("least important"), QLabel("a"), QHBoxLayout()
    inner.addWidget(first)
    bar._row.addLayout(inner)
    bar._row.addWidget(last)
    bar.set_steps([lambda on: last.setVisible(not on)])
    bar.resize(bar._row.minimumSize().width() + 40, 60)
    bar.show()
    qtbot.waitExposed(bar)
    assert last.isVisible()
    first.setText("a" * 12)
    qtbot.waitUntil(lambda: not last.isVisible())
    assert _asked_while_nothing_happens() == 0
    first.setText("a" * 200)  # there is nothing left to give up
    assert _asked_while_nothing_happens() == 0
