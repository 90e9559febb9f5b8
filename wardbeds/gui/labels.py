"""Words in a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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


def text_label(text: str, size: int = 14, weight: int = 400, colour: str = "ink", *,
               identifier: bool = False) -> QLabel:
    """Words that wrap, in a colour of the theme."""
    made = label(text, size, weight, colour)
    made.setFont(theme.font(size, weight, identifier=identifier))
    made.setTextFormat(Qt.TextFormat.PlainText)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)  # else Qt makes room for the words in a narrow column
    made.setSizePolicy(policy)
    return made


def caption_of(widget: QWidget, text: str, size: int = 13, colour: str = "ink2") -> QLabel:
    """Words to stand above a field, which are spoken as its name, too."""
    made = text_label(text, size, 600, colour)
    made.setBuddy(widget)
    widget.setAccessibleName(text)
    return made
