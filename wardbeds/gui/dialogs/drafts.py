"""What a field holds, to be kept when a dialog is left by Esc, and how it is put back."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QPlainTextEdit, QWidget

from wardbeds.gui.dialogs.choice_rows import ChoiceRows
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.happened_at import HappenedAt
from wardbeds.gui.dialogs.override import OverrideReason
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.dialogs.ward_rooms import RoomsGrid
from wardbeds.gui.inputs import Field
from wardbeds.gui.ticks import Check

_KINDS = (Field, QPlainTextEdit, Choices, ChoiceRows, Check, QComboBox, QDateTimeEdit, HappenedAt, PeopleList,
          RoomsGrid)


def can_be_kept(widget: QWidget) -> bool:
    """Whether it is a field; why one goes on in spite of a warning is said anew each time."""
    return isinstance(widget, _KINDS) and not isinstance(widget, OverrideReason)


def value_of(widget: QWidget) -> Any:
    """What a field holds."""
    match widget:
        case Field():
            return widget.text()
        case QPlainTextEdit():
            return widget.toPlainText()
        case Choices() | ChoiceRows():
            return widget.value
        case Check():
            return widget.isChecked()
        case QComboBox():
            return widget.currentData()
        case QDateTimeEdit():
            return widget.dateTime()
        case HappenedAt():
            return widget.kept()
        case PeopleList() | RoomsGrid():
            return widget.typed()
    raise TypeError(type(widget).__name__)


def put_back(widget: QWidget, value: Any) -> None:
    """Show in a field what it held."""
    match widget:
        case Field():
            widget.setText(value)
        case QPlainTextEdit():
            widget.setPlainText(value)
        case Choices() | ChoiceRows():
            widget.choose(value)
        case Check():
            widget.setChecked(value)
        case QComboBox():
            widget.setCurrentIndex(max(0, widget.findData(value)))
        case QDateTimeEdit():
            widget.setDateTime(value)
        case HappenedAt():
            widget.put_back(value)
        case PeopleList() | RoomsGrid():
            widget.put_back(value)
