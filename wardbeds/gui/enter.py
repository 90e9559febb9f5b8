"""Enter presses the button that the keyboard is on, else what the dialog is for; held down, it is pressed once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wardbeds.gui.controls import Button

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is one of the two Enter keys, pressed or held."""
    return event.key() in ENTER


def button_in_focus(inside: QWidget) -> Button | None:
    """The button in ``inside`` that the keyboard is on; None for anything else."""
    focus = inside.window().focusWidget()
    return focus if isinstance(focus, Button) and focus.isVisible() and inside.isAncestorOf(focus) else None
