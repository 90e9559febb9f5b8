"""Where a menu opens that hangs on a button."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget


def open_at(menu: QMenu, button: QWidget, *, above: bool = False) -> None:
    """Below the button or above it; where the window ends, its right edge is the button's."""
    size, window = menu.sizeHint(), button.window()
    corner = button.mapToGlobal(QPoint(0, -size.height() if above else button.height()))
    edge = window.mapToGlobal(QPoint(window.width(), 0)).x()
    if corner.x() + size.width() > edge:
        corner.setX(max(button.mapToGlobal(QPoint(button.width(), 0)).x() - size.width(),
                        window.mapToGlobal(QPoint(0, 0)).x()))
    menu.popup(corner)
