"""The second half of a double click, where the first has done all that was to be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class SecondClick(QObject):
    """Takes the next press in a window if it makes the click before a double click: what lay under the pointer may be
    gone by then, and another thing would be hit. Any other click is let through, and ends the waiting."""

    def __init__(self, widget: QWidget) -> None:
        """``widget`` was just clicked; it may be gone when the second half comes."""
        self._window = widget.window().windowHandle()
        super().__init__(self._window)
        self._window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        second = event.type() is QEvent.Type.MouseButtonDblClick
        if second or event.type() is QEvent.Type.MouseButtonRelease:
            self._window.removeEventFilter(self)
            self.deleteLater()
        return second
