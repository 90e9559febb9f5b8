"""A person at the window: real clicks, drags and keys through Qt's own event road, each counted once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

FAR = 8


@dataclass
class Count:
    """What somebody did with mouse and keyboard."""

    clicks: int = 0
    drags: int = 0
    keys: int = 0

    @property
    def actions(self) -> int:
        """All of it."""
        return self.clicks + self.drags + self.keys


class _Recorder(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.count = Count()
        self._press: QPoint | None = None
        self._far = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Shortcut:
            self.count.keys += 1  # the key that a shortcut took; Ctrl before it was counted
        elif isinstance(watched, QWindow):  # before it is handed from widget to widget: seen once
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                self.count.keys += 1  # Ctrl and Shift are keys of their own
            elif isinstance(event, QMouseEvent):
                self._mouse(event)
        return False

    def _mouse(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if event.type() is QEvent.Type.MouseButtonPress:
            self._press, self._far = at, False
        elif event.type() is QEvent.Type.MouseMove and self._press is not None:
            self._far = self._far or (at - self._press).manhattanLength() > FAR
        elif event.type() is QEvent.Type.MouseButtonRelease and self._press is not None:
            if self._far:
                self.count.drags += 1
            else:
                self.count.clicks += 1
            self._press = None


@contextmanager
def recorded() -> Iterator[Count]:
    """Count what is done with mouse and keys, application-wide."""
    recorder = _Recorder()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(recorder)
    try:
        yield recorder.count
    finally:
        app.removeEventFilter(recorder)


class Hands:
    """Acts on the window that ``widget`` is in."""

    def __init__(self, widget: QWidget) -> None:
        handle = widget.window().windowHandle()
        assert handle is not None
        self._window = handle
        self._widget = widget.window()

    def _at(self, at: QPoint) -> QPoint:
        return self._widget.mapFromGlobal(at)

    def click(self, target: QWidget | QPoint) -> None:
        """Click the middle of a widget, or a point of the screen."""
        at = target.mapToGlobal(target.rect().center()) if isinstance(target, QWidget) else target
        QTest.mouseClick(self._window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._at(at))

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press, move in steps, let go; points of the screen."""
        self.press(start)
        for n in range(1, 6):
            self.move(start + (end - start) * n / 5)
        self.release(end)

    def press(self, at: QPoint) -> None:
        """Press the left button at a point of the screen."""
        QTest.mousePress(self._window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._at(at))

    def move(self, at: QPoint) -> None:
        """Move to a point of the screen."""
        QTest.mouseMove(self._window, self._at(at))

    def release(self, at: QPoint) -> None:
        """Let the button go."""
        QTest.mouseRelease(self._window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._at(at))

    def type(self, text: str) -> None:
        """Type letters; a capital is Shift and the letter."""
        for char in text:
            code = ord(char.upper())
            held = Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier
            QTest.keyEvent(QTest.KeyAction.Click, self._window, Qt.Key(code), held)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self._window, key, held)
