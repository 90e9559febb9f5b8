"""A person at the window: real clicks, drags and keys through Qt's own event road, each counted once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

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


def in_sight(widget: QWidget) -> bool:
    """Whether the middle of a widget can be seen, and so be hit."""
    seen = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    return seen.visibleRegion().contains(seen.rect().center())


class Hands:
    """Acts on what is on the screen: the pointer meets the window under it, keys go where the keyboard is."""

    def __init__(self, widget: QWidget) -> None:
        self._page = widget.window()
        self._held: QWidget | None = None  # the window that a button went down in gets the moves, too

    def _under(self, at: QPoint) -> tuple[QWidget, QWindow, QPoint]:
        """What lies under a point of the screen, a menu before the page; its window, and the point in it. Without a
        reference to the first the second would be gone."""
        popup = QApplication.activePopupWidget()
        top = self._held or (popup if popup is not None and popup.frameGeometry().contains(at) else self._page)
        handle = top.windowHandle()
        assert handle is not None
        return top, handle, top.mapFromGlobal(at)

    def click(self, target: QWidget | QPoint) -> None:
        """Click the middle of a widget, or a point of the screen. A widget out of sight cannot be clicked."""
        if isinstance(target, QWidget):
            assert target.isEnabled(), f"cannot be pressed: {target.accessibleName()} {target.toolTip()}"
            assert in_sight(target), f"out of sight: {target.accessibleName()}"
            target = target.mapToGlobal(target.rect().center())
        _top, window, at = self._under(target)
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QApplication.processEvents()  # a menu or a list that opens is seen before anybody points into it

    def double_click(self, at: QPoint) -> None:
        """Click twice at a point of the screen."""
        self.click(at)
        _top, window, local = self._under(at)
        QTest.mouseDClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, local)
        QApplication.processEvents()

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press, move in steps, let go; points of the screen."""
        self.press(start)
        for n in range(1, 6):
            self.move(start + (end - start) * n / 5)
        self.release(end)

    def press(self, at: QPoint) -> None:
        """Press the left button at a point of the screen."""
        _top, window, local = self._under(at)
        QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, local)
        self._held = self._page

    def move(self, at: QPoint) -> None:
        """Move to a point of the screen."""
        _top, window, local = self._under(at)
        QTest.mouseMove(window, local)

    def release(self, at: QPoint) -> None:
        """Let the button go."""
        _top, window, local = self._under(at)
        self._held = None
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, local)

    def wheel(self, at: QPoint, notches: int) -> None:
        """Turn the wheel towards oneself by so many notches (negative: away)."""
        _top, window, local = self._under(at)
        QTest.wheelEvent(window, QPointF(local), QPoint(0, -120 * notches))

    def type(self, text: str) -> None:
        """Type letters; a capital is Shift and the letter."""
        for char in text:
            held = Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier
            QTest.keyEvent(QTest.KeyAction.Click, self._keyboard(), char, held)  # type: ignore[call-overload]

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self._keyboard(), key, held)

    def hold(self, key: Qt.Key, times: int = 4) -> None:
        """Press one key and keep it down: the keyboard repeats it so many times."""
        QTest.keyPress(self._keyboard(), key)
        for _time in range(times):
            QApplication.processEvents()
            repeated = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
            QApplication.sendEvent(self._keyboard(), repeated)
        QTest.keyRelease(self._keyboard(), key)

    def _keyboard(self) -> QWindow:
        window = QGuiApplication.focusWindow()
        assert window is not None
        return window
