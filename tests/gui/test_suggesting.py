"""A field that offers what is usual: typed text counts, the list saves typing, and its Enter is not the dialog's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wardbeds.gui.dialogs.suggesting import Suggesting


class Window(QWidget):
    """Hears the keys that the field does not take."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[Suggesting]:
    window = Window()
    window.resize(400, 300)
    field = Suggesting(["surgery", "paediatrics", "surgery", "", "plastic surgery"], "any", window)
    field.setGeometry(20, 20, 300, 40)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field
    window.close()


def _offered(field: Suggesting) -> list[str]:
    model = field.completer().completionModel()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def _choose(field: Suggesting, downs: int) -> None:
    popup = field.completer().popup()
    assert popup is not None
    for _n in range(downs):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)


def test_down_opens_all_each_once(field: Suggesting, qtbot: QtBot) -> None:
    QTest.keyClick(field, Qt.Key.Key_Down)
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert _offered(field) == ["surgery", "paediatrics", "plastic surgery"]
    _choose(field, 2)
    assert field.text() == "paediatrics"
    assert not popup.isVisible()


def test_the_arrow_opens_all(field: Suggesting, qtbot: QtBot) -> None:
    field.setText("anything")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.rect().center())
    popup = field.completer().popup()
    assert popup is not None
    assert not popup.isVisible()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.rect().center() + field.rect().topRight() / 2 * 0.95)
    qtbot.waitUntil(popup.isVisible)
    assert len(_offered(field)) == 3


def test_what_is_in_the_middle_is_found_too(field: Suggesting, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "SURG")
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert _offered(field) == ["surgery", "plastic surgery"]


def test_its_enter_chooses_and_goes_no_further(field: Suggesting, qtbot: QtBot) -> None:
    window = field.window()
    assert isinstance(window, Window)
    QTest.keyClicks(field, "pla")
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    _choose(field, 1)
    assert field.text() == "plastic surgery"
    assert window.heard == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.heard == [Qt.Key.Key_Return]  # now it is the dialog's


def test_other_words_are_kept_as_they_are_typed(field: Suggesting) -> None:
    QTest.keyClicks(field, "burns")
    assert field.text() == "burns"
