"""Moving the board under the glass: the middle button, or Space and the left one (UX b.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from wardbeds.gui.board.beds_view import BedsView

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class Panning(QObject):
    """Takes a view's middle button and its Space before the view does.

    Space alone picks up and puts down as it comes up again: as it goes down nobody knows yet whether a drag follows.
    """

    def __init__(self, view: BedsView) -> None:
        super().__init__(view)
        self._view = view
        self._space = False
        self._at: QPoint | None = None
        self._button = Qt.MouseButton.NoButton
        self._cursor = QCursor()
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def _on_space(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.type() is QEvent.Type.KeyPress:
            self._space = self._at is None
        elif self._space:
            self._space = False
            self._view.pick_up_or_put_down()

    def _on_mouse(self, event: QMouseEvent) -> bool:
        """Whether it is part of moving the board."""
        if event.type() in _PRESSES:
            if event.button() is not Qt.MouseButton.MiddleButton and not self._space:
                return self._at is not None
            self._begin(event)
        elif self._at is None:
            return False
        elif event.type() is QEvent.Type.MouseMove:
            self._move(event.globalPosition().toPoint())
        elif event.button() is self._button:
            self._at = None
            self._view.viewport().setCursor(self._cursor)
        return True

    def _begin(self, event: QMouseEvent) -> None:
        self._space = False  # it was pressed for this
        if self._at is None and not self._view.carrying:
            self._at, self._button = event.globalPosition().toPoint(), event.button()
            self._cursor = self._view.viewport().cursor()
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _move(self, at: QPoint) -> None:
        assert self._at is not None
        way, self._at = at - self._at, at
        for bar, step in ((self._view.horizontalScrollBar(), way.x()), (self._view.verticalScrollBar(), way.y())):
            bar.setValue(bar.value() - step)
        self._view.repainted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in _KEYS and event.key() == Qt.Key.Key_Space \
                and watched is self._view:
            self._on_space(event)
            return True
        if event.type() is QEvent.Type.FocusOut and watched is self._view:
            self._space = False
        return isinstance(event, QMouseEvent) and watched is not self._view and self._on_mouse(event)
