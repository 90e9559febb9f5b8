"""The window's end of the change feed: what other stations changed, and whether what is shown is the present.

The thread behind it may hang in a broken network for seconds. So the age of the last answer is judged here, by a timer
of the window: older than 5 s is "Reconnecting", older than 10 s is no connection (DESIGN 5).
"""

from __future__ import annotations

import time
from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wardbeds.domain.changes import News
from wardbeds.services.following import Follower, Lost, Told, Wish

if TYPE_CHECKING:
    from wardbeds.store.database import Store

SLOW_AFTER, LOST_AFTER = 5.0, 10.0
TICK = 500


class LinkState(StrEnum):
    """How old the last answer is."""

    LIVE = "live"
    SLOW = "slow"
    LOST = "lost"


class Link(QObject):
    """Brings the follower's news into the window's thread and watches their age."""

    told = Signal(object)
    state_changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = LinkState.LIVE
        self.sentence = ""
        """Why there is no connection, in words for a person."""
        self.too_old = False
        """Whether that is so because a newer program is asked for."""
        self._last_answer = time.monotonic()
        self._follower = Follower(store, self._tell)
        self._running = False
        self._held: deque[News] = deque()
        self._arrived.connect(self._on_arrived)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.judge)

    def start(self) -> None:
        """Begin to listen, once."""
        if not self._running:
            self._running = True
            self._last_answer = time.monotonic()
            self._follower.start()
            self._timer.start()

    def stop(self, seconds: float = 10) -> None:
        """Listen no longer; the thread is waited for at most so long, with 0 not at all."""
        self._timer.stop()
        if self._running:
            self._running = False
            self._follower.stop(seconds)

    def wait(self, seconds: float) -> None:
        """Wait for the thread, which was told to end; from any thread."""
        self._follower.stop(seconds)

    def follow(self, wish: Wish | None) -> None:
        """Follow another ward, or the same from another revision."""
        self._follower.follow(wish)

    def age(self) -> float:
        """Seconds since the last answer."""
        return time.monotonic() - self._last_answer

    def answered(self) -> None:
        """The database answered just now, whoever asked."""
        self._last_answer = time.monotonic()
        self._set_state(LinkState.LIVE)

    def failed(self, sentence: str, *, too_old: bool = False) -> None:
        """The database did not answer, and will not in a moment."""
        self.sentence, self.too_old = sentence, too_old
        self._last_answer = time.monotonic() - 2 * LOST_AFTER
        self._set_state(LinkState.LOST)

    def judge(self) -> None:
        """Tell whether the last answer is too old."""
        age = self.age()
        self._set_state(LinkState.LOST if age > LOST_AFTER else LinkState.SLOW if age > SLOW_AFTER else LinkState.LIVE)

    def _set_state(self, state: LinkState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _tell(self, told: Told) -> None:
        """In the follower's thread."""
        try:
            self._arrived.emit(told)
        except RuntimeError:  # the window is gone
            return

    @Slot(object)
    def _on_arrived(self, told: Told) -> None:
        if isinstance(told, Lost):
            self.sentence = told.sentence
            if told.too_old:
                self.failed(told.sentence, too_old=True)
            return
        assert isinstance(told, News)
        self.too_old = False
        was_lost = self.state is LinkState.LOST
        self.answered()
        if not was_lost and not self._held:
            self.told.emit(told)
            return
        self._held.append(told)
        if was_lost:  # the window has just been drawn anew: it takes a breath before what is new, too
            QTimer.singleShot(0, self, self._let_go)

    def _let_go(self) -> None:
        while self._held:
            self.told.emit(self._held.popleft())
