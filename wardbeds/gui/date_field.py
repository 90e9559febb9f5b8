"""A field for a day, which a calendar in it tells apart from one for words."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.inputs import Field

ICON, ROOM = 18, 38
"""The icon's side, and how far from the left the words begin."""


class DateField(Field):
    """A line for a day as people write it."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.setTextMargins(ROOM, 0, 12, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.theme()
        icons.draw(QPainter(self), "calendar", QRectF(12, (self.height() - ICON) / 2, ICON, ICON),
                   colours.ink2 if self.isEnabled() else colours.ink_off)
