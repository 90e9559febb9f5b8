"""What other stations do, as the change feed tells of it: applied by the same model as one's own changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from wardbeds.domain.beds import WardBoard
from wardbeds.domain.changes import Happening, News
from wardbeds.services.following import Wish

if TYPE_CHECKING:
    from wardbeds.gui.session import Session

SUMMARY_PAUSE = 1000
"""Milliseconds in which changes of other wards are gathered before the wards are counted anew."""
OWN_REMEMBERED = 500
"""How many of its own operations a window knows again when the change feed tells of them."""


class Hearing(QObject):
    """Hears for a session, and tells own changes from those of others."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._was_lost = False
        self._own: deque[UUID] = deque(maxlen=OWN_REMEMBERED)
        self._revisions: dict[int, int] = {}
        self._summaries = QTimer(self, interval=SUMMARY_PAUSE, singleShot=True)
        self._summaries.timeout.connect(session.list_wards)
        session.link.told.connect(self._on_told)

    def remember(self, operation_id: UUID) -> None:
        """It is this window's own, whatever becomes of it."""
        self._own.append(operation_id)

    def missed(self) -> None:
        """There is no connection: when there is one again, what was missed is told of as such."""
        self._was_lost = True

    def stop(self) -> None:
        """Count the wards no more."""
        self._summaries.stop()

    def follow(self, board: WardBoard) -> None:
        """Hear of this ward from now on, for whoever is signed in."""
        actor = self._session.actor
        if actor is not None:
            self._session.link.follow(Wish(board.ward.id, board.revision, actor.role, actor.user_id,
                                           self._session.station, board.head))

    def _on_told(self, news: News) -> None:
        session = self._session
        session.as_of = session.now()
        session.set_may_write(news.may_write)
        if news.board is not None and news.board.ward.id == session.ward_id:
            session.model.set_board(news.board)
            session.ward_updated.emit(news.board)
        if news.update is not None:
            session.model.apply(news.update)
            session.ward_updated.emit(news.update)
        self._tell_of_others(news)
        if news.ward_gone:
            session.list_wards(open_one=True)
        elif self._revisions != news.revisions:
            self._count_anew(news.revisions)
        session.doubts.ask_again()
        session.heard.emit()

    def _count_anew(self, revisions: Mapping[int, int]) -> None:
        if 0 in self._revisions and self._revisions[0] != revisions.get(0):
            self._session.read_settings()
        self._revisions = dict(revisions)
        if not self._summaries.isActive():
            self._summaries.start()

    def _tell_of_others(self, news: News) -> None:
        others = tuple(one for one in news.happenings if not self._is_own(one))
        if others:
            self._session.others_changed.emit(others)
        if self._was_lost:
            self._was_lost = False
            self._session.caught_up.emit(others)

    def _is_own(self, happening: Happening) -> bool:
        """Whether this window did it: another one of the same person on this PC is another station to the eye.

        That a hold ran out is written beside what somebody does, under an operation of its own.
        """
        aside = happening.line is not None and happening.line.action == "hold_ended"
        return happening.mine and (aside or happening.operation_id in self._own)
