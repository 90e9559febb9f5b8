"""The second half of a double click, where the first has done all that was to be done: it is meant for nothing new."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class SecondClick(QObject):
    """Takes the next press in a window if it makes the click before a double click: what lay under the pointer may be
    gone by then, and another thing would be hit. Any other click is let through, and ends the waiting."""

    def __init__(self, widget: QWidget) -> None:
        """``widget`` was just clicked or has come up under the pointer; it may be gone when the second half comes."""
        self._window = widget.window().windowHandle()
        self._pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        super().__init__(self._window)
        self._window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        second, let_go = (event.type() is one for one in (QEvent.Type.MouseButtonDblClick,
                                                          QEvent.Type.MouseButtonRelease))
        if let_go and self._pressed:
            self._pressed = False  # still the first click
        elif second or let_go:
            self._window.removeEventFilter(self)
            self.deleteLater()
        return second
