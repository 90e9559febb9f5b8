"""What all dialogs share that only show something."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.session import Session


class ReadingDialog(Dialog):
    """A dialog that only shows; Enter and Esc close it."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, title: str, width: int = 720) -> None:
        super().__init__(session, parent, title, session.tr("Close"), width=width)
        self.cancel_button.hide()
        self.primary.installEventFilter(self)

    def first_focus(self) -> QWidget:
        return self.primary

    def submit(self) -> None:
        self.finish()

    def _scroll(self, key: int) -> bool:
        """What does not fit is reached by the keyboard too; whether the key was one of those."""
        bar = self.scroll_area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(),
                 Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep(),
                 Qt.Key.Key_End: bar.maximum(), Qt.Key.Key_Home: -bar.maximum()}
        step = steps.get(Qt.Key(key))
        if step is not None:
            bar.setValue(bar.value() + step)
        return step is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.primary and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if pressed and self._scroll(event.key()):  # type: ignore[attr-defined]
            return True  # a button would go on to the next one
        return super().eventFilter(watched, event)
