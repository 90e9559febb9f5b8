"""A field that was wrong: what of it has the keyboard, and when somebody corrects it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QPlainTextEdit, QWidget

from wardbeds.gui.dialogs.choice_rows import ChoiceRows
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.inputs import Field
from wardbeds.gui.ticks import Check


def focusable(widget: QWidget) -> list[QWidget]:
    """The field, and what of it a screen reader reads when it gets the keyboard."""
    parts: list[QWidget] = list(widget.buttons.values()) if isinstance(widget, Choices) else []
    proxy = widget.focusProxy()
    return [widget, *parts, *([proxy] if proxy is not None else [])]


def when_corrected(widget: QWidget, act: Callable[[], None]) -> None:
    """Act whenever somebody changes what a field holds."""
    match widget:
        case Field():
            widget.textEdited.connect(lambda _text: act())
        case QPlainTextEdit():
            widget.textChanged.connect(act)
        case Choices() | ChoiceRows():
            widget.chosen.connect(lambda _value: act())
        case Check():
            widget.toggled.connect(lambda _on: act())
        case QComboBox():
            widget.currentIndexChanged.connect(lambda _n: act())
        case QDateTimeEdit():
            widget.dateTimeChanged.connect(lambda _moment: act())
        case PeopleList():
            when_corrected(widget.field, act)
        case _:
            for part in widget.findChildren(Field) + widget.findChildren(QDateTimeEdit):
                when_corrected(part, act)
