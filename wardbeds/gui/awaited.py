"""Answers that are awaited: how many, and whether one takes long enough to say so."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SLOW_ANSWER = 1000
"""Milliseconds after which it is shown that an answer is awaited."""


class Awaited(QObject):
    """Counts them; each that comes begins the second anew."""

    slow_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._ended = False
        self._slow = QTimer(self, interval=SLOW_ANSWER, singleShot=True)
        self._slow.timeout.connect(lambda: self.slow_changed.emit(True))

    def ask(self) -> None:
        """One more is awaited."""
        self._number += 1
        self._go_on()

    def answer(self) -> None:
        """One has come."""
        self._number -= 1
        self._slow.stop()
        self.slow_changed.emit(False)
        self._go_on()

    def _go_on(self) -> None:
        if self._number and not self._slow.isActive() and not self._ended:
            self._slow.start()

    def end(self) -> None:
        """Nobody hears the answers any more."""
        self._ended = True
        self._slow.stop()
