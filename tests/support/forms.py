"""Filling in a dialog as a person does: a field is found by its caption, and reached by Tab or by the pointer."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QScrollArea, QWidget

from tests.support.hands import Hands, in_sight
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choice_rows import ChoiceRows
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.inputs import Field
from wardbeds.gui.rows import RowList
from wardbeds.gui.ticks import Check

CONTROL = Qt.KeyboardModifier.ControlModifier
MOST_TABS = 40
_MARK = re.compile(r"\s*<span[^>]*>\*</span>\s*$")


def captions(dialog: Dialog) -> dict[str, QWidget]:
    """The fields in sight, by the words beside them."""
    return {_MARK.sub("", label.text()): label.buddy() for label in dialog.findChildren(QLabel)
            if label.buddy() is not None and label.isVisible()}


def required(dialog: Dialog) -> list[str]:
    """The captions in sight that are marked as to be filled in."""
    return [_MARK.sub("", label.text()) for label in dialog.findChildren(QLabel)
            if label.buddy() is not None and label.isVisible() and _MARK.search(label.text())]


def field_of(dialog: Dialog, caption: str) -> QWidget:
    """The field beside a caption; a box of its own, or a button, by its words."""
    found = captions(dialog).get(caption)
    if found is None:
        found = next((one for one in dialog.findChildren(QWidget)
                      if isinstance(one, Check | Button) and one.isVisible() and one.text() == caption), None)
    assert found is not None, f"no field {caption!r}; there are {sorted(captions(dialog))}"
    return found


class Way(Protocol):
    """By keys or by mouse."""

    def fill(self, dialog: Dialog, caption: str, value: str) -> None: ...
    def press(self, dialog: Dialog, button: QWidget) -> None: ...
    def reach(self, dialog: Dialog, widget: QWidget) -> None: ...
    def choose_row(self, dialog: Dialog, rows: RowList, text: str) -> None: ...


class _Filler:
    """What both ways share: text is typed, whichever way the field was reached."""

    def __init__(self, hands: Hands, settle: Callable[[], None]) -> None:
        self.hands = hands
        self._settle = settle

    def _write(self, text: str) -> None:
        self.hands.key(Qt.Key.Key_A, CONTROL)
        self.hands.type(text)

    def fill(self, dialog: Dialog, caption: str, value: str) -> None:
        """Give the field beside a caption a value: its text, or the words of the choice."""
        field = field_of(dialog, caption)
        match field:
            case PeopleList():
                self.reach(dialog, field.field)
                self._write(value)
                while not field.settled:
                    self._settle()
            case ChoiceRows():
                self.choose_row(dialog, field, value)
            case Choices():
                self.choose(dialog, field, next(key for key, one in field.buttons.items() if one.text() == value))
            case QComboBox():
                self.pick(dialog, field, value)
            case Field() | QPlainTextEdit():
                self.reach(dialog, field)
                self._write(value)
            case _:
                inner = field.focusProxy()
                assert isinstance(inner, Field), f"{caption!r} is a {type(field).__name__}"
                self.reach(dialog, inner)
                self._write(value)
        self._settle()

    def reach(self, dialog: Dialog, widget: QWidget) -> None:
        raise NotImplementedError

    def choose(self, dialog: Dialog, choices: Choices, value: str) -> None:
        raise NotImplementedError

    def pick(self, dialog: Dialog, combo: QComboBox, text: str) -> None:
        raise NotImplementedError

    def choose_row(self, dialog: Dialog, rows: RowList, text: str) -> None:
        raise NotImplementedError


class ByKeys(_Filler):
    """Tab, arrows, Space, letters, Enter; a button is pressed with Enter and with Space by turns."""

    def __init__(self, hands: Hands, settle: Callable[[], None]) -> None:
        super().__init__(hands, settle)
        self._turns = cycle((Qt.Key.Key_Return, Qt.Key.Key_Space))

    def _tab_to(self, dialog: Dialog, wanted: Callable[[QWidget | None], bool]) -> None:
        for _tab in range(MOST_TABS):
            if wanted(dialog.window().focusWidget()):
                return
            self.hands.key(Qt.Key.Key_Tab)
        raise AssertionError("Tab does not come there")

    def reach(self, dialog: Dialog, widget: QWidget) -> None:
        self._tab_to(dialog, lambda one: one is widget)

    def press(self, dialog: Dialog, button: QWidget) -> None:
        """The dialog's own button by Enter, where it offers that and no text takes it for a new line; else Tab comes
        before it, and what is final is on Space alone."""
        writing = isinstance(dialog.window().focusWidget(), QPlainTextEdit)
        if button is dialog.primary and dialog.primary.key == "Enter" and not writing:
            self.hands.key(Qt.Key.Key_Return)
        else:
            self.reach(dialog, button)
            either = isinstance(button, Button) and button is not dialog.primary
            self.hands.key(next(self._turns) if either else Qt.Key.Key_Space)
        self._settle()

    def choose(self, dialog: Dialog, choices: Choices, value: str) -> None:
        buttons = list(choices.buttons.values())
        self._tab_to(dialog, lambda one: one in buttons)
        wanted = choices.buttons[value]
        for _step in buttons:
            now = dialog.window().focusWidget()
            assert now is not None
            if now is wanted:
                break
            if now.y() != wanted.y():
                self.hands.key(Qt.Key.Key_Down if now.y() < wanted.y() else Qt.Key.Key_Up)
            else:
                self.hands.key(Qt.Key.Key_Right if now.x() < wanted.x() else Qt.Key.Key_Left)
        assert dialog.window().focusWidget() is wanted
        if not wanted.isChecked():
            self.hands.key(Qt.Key.Key_Space)

    def pick(self, dialog: Dialog, combo: QComboBox, text: str) -> None:
        self.reach(dialog, combo)
        self.hands.key(Qt.Key.Key_Home)
        for _step in range(combo.count()):
            if combo.currentText() == text:
                return
            self.hands.key(Qt.Key.Key_Down)
        raise AssertionError(f"{text!r} is not offered")

    def choose_row(self, dialog: Dialog, rows: RowList, text: str) -> None:
        """Arrow keys, in the list itself or from the field that goes before it."""
        if rows.focusPolicy() & Qt.FocusPolicy.TabFocus:
            self.reach(dialog, rows)
        for key in (*[Qt.Key.Key_Up] * rows.count(), *[Qt.Key.Key_Down] * rows.count()):
            row = rows.current()
            if row is not None and row.title.startswith(text):
                return
            self.hands.key(key)
        raise AssertionError(f"{text!r} is not offered")


class ByMouse(_Filler):
    """The pointer goes to every field, choice, row and button; only text is typed."""

    def reach(self, dialog: Dialog, widget: QWidget) -> None:
        self._bring_into_sight(dialog, widget)
        self.hands.click(widget)

    def press(self, dialog: Dialog, button: QWidget) -> None:
        """Click it."""
        self._bring_into_sight(dialog, button)
        self.hands.click(button)
        self._settle()

    def _bring_into_sight(self, dialog: Dialog, widget: QWidget) -> None:
        area = next((one for one in dialog.findChildren(QScrollArea) if one.isAncestorOf(widget)), None)
        for _turn in range(20):
            if area is None or in_sight(widget):
                return
            below = widget.mapTo(area.viewport(), widget.rect().center()).y() > area.viewport().height() / 2
            self.hands.wheel(area.viewport().mapToGlobal(area.viewport().rect().topRight()) + QPoint(-4, 40),
                             1 if below else -1)

    def choose(self, dialog: Dialog, choices: Choices, value: str) -> None:
        self.reach(dialog, choices.buttons[value])

    def pick(self, dialog: Dialog, combo: QComboBox, text: str) -> None:
        self.reach(dialog, combo)
        view, row = combo.view(), combo.findText(text)
        assert row >= 0, f"{text!r} is not offered"
        assert QApplication.activePopupWidget() is view.window()
        rect = view.visualRect(combo.model().index(row, 0))
        at = view.viewport().mapToGlobal(rect.center())
        self.hands.move(at)
        self.hands.click(at)

    def choose_row(self, dialog: Dialog, rows: RowList, text: str) -> None:
        """Click the row that begins with the text."""
        model = rows.model()
        row = next((n for n in range(rows.count())
                    if str(model.index(n, 0).data(Qt.ItemDataRole.DisplayRole)).startswith(text)), -1)
        assert row >= 0, f"{text!r} is not offered"
        self._bring_into_sight(dialog, rows)
        rect = rows.visualRect(model.index(row, 0))
        assert rows.viewport().rect().contains(rect.center())
        self.hands.click(rows.viewport().mapToGlobal(rect.center()))
