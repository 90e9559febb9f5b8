"""A station without a window: the product's own follower, and the board that its news add up to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from wardbeds.domain.beds import WardBoard
from wardbeds.domain.changes import News
from wardbeds.domain.merging import merge
from wardbeds.domain.people import Actor
from wardbeds.services.following import Follower, Lost, Told, Wish
from wardbeds.services.reading import read_board
from wardbeds.store.database import Store


class Mirror:
    """Follows one ward as a station's window does. Answers are kept, unless ``note`` takes them once they are shown."""

    def __init__(self, store: Store, actor: Actor, ward_id: int, heartbeat: float = 4.0,
                 note: Callable[[WardBoard, News], None] | None = None) -> None:
        self.actor = actor
        self.board: WardBoard = read_board(store, actor, ward_id)
        self._note = note or (lambda _board, news: self.answers.append((time.monotonic(), news)))
        self.first_revision = self.board.revision
        self.answers: list[tuple[float, News]] = []
        self.losses: list[Lost] = []
        self.changed = threading.Condition()
        self._follower = Follower(store, self._told, heartbeat)
        self._follower.follow(Wish(ward_id, self.board.revision, actor.role, actor.user_id, actor.station,
                                   self.board.head))
        self._follower.start()

    def _told(self, told: Told) -> None:
        with self.changed:
            if isinstance(told, Lost):
                self.losses.append(told)
            else:
                if told.board is not None:
                    self.board = told.board
                if told.update is not None:
                    self.board = merge(self.board, told.update)
                self._note(self.board, told)
            self.changed.notify_all()

    def wait_for(self, condition: Callable[[Mirror], bool], seconds: float = 20.0) -> bool:
        """Wait until the condition holds, at most ``seconds``; whether it does."""
        with self.changed:
            return self.changed.wait_for(lambda: condition(self), seconds)

    def stop(self) -> None:
        """Follow no longer."""
        self._follower.stop()
