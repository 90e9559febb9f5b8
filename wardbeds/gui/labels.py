"""Words in a colour of the theme."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from wardbeds.gui import theme


def label(text: str, size: int = 14, weight: int = 400, colour: str = "ink") -> QLabel:
    """Words that wrap, in a colour of the theme."""
    made = QLabel(text)
    made.setFont(theme.font(size, weight))
    made.setWordWrap(True)
    palette = made.palette()
    palette.setColor(QPalette.ColorRole.WindowText, getattr(theme.theme(), colour))
    made.setPalette(palette)
    return made
