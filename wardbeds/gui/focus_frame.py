"""The frame around a view that the keyboard came to: what is typed goes there, and that must be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from wardbeds.gui import theme

BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
WIDTH = 3


class FocusFrame(QWidget):
    """Lies over its view and lets everything through. Whoever came with the mouse knows where he is: no frame then."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        view = self.parentWidget()  # asked of Qt: our own attributes may be gone already while the window is taken down
        if view is None:
            return False
        if isinstance(event, QFocusEvent) and watched is view:
            self._show(view, shown=event.gotFocus() and event.reason() in BY_KEYS)
        elif event.type() is QEvent.Type.Resize and watched is view:
            self.setGeometry(view.rect())
        elif event.type() is QEvent.Type.MouseButtonPress:
            self.hide()
        return False

    def _show(self, view: QWidget, *, shown: bool) -> None:
        self.setGeometry(view.rect())
        self.setVisible(shown)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.theme().focus, WIDTH, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(QRectF(self.rect()).adjusted(WIDTH / 2, WIDTH / 2, -WIDTH / 2, -WIDTH / 2))
