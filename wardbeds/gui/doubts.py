"""Actions whose answer was lost on the way: whether they are saved is found out, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Busy, Code, InDoubt, ProgramTooOld, Refusal, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import Request

if TYPE_CHECKING:
    from wardbeds.gui.session import Session


@dataclass(frozen=True, slots=True)
class Sending:
    """An action on its way: asked again with the same operation id until its COMMIT is answered."""

    actor: Actor
    service: Callable[..., Done]
    request: Request
    done: Callable[[Done], None]
    refused: Callable[[Refusal], None]
    failed: Callable[[str], None]

    @property
    def bed_id(self) -> int | None:
        """The bed that is changed."""
        return bed_of(self.request)


def bed_of(request: Request) -> int | None:
    """The bed that a request changes: the one it goes to, else the one it is about; None for a waiting list."""
    bed = getattr(request, "bed", None) or getattr(request, "seen", None)
    bed_id: int | None = getattr(bed, "bed_id", None)
    return bed_id


class Doubts(QObject):
    """Sends actions by the session's road, and asks again for those of which nobody knows whether they were saved."""

    checking_changed = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._open: list[Sending] = []
        self._asked: Sending | None = None

    @property
    def checking(self) -> bool:
        """Whether it is not known yet if something was saved."""
        return bool(self._open)

    def send(self, action: Sending) -> None:
        """Carry it out; one of its three callbacks is called in the end, however often the line breaks."""

        def done(result: Done) -> None:
            self._settle(action)
            action.done(result)

        def refused(refusal: Refusal) -> None:
            self._settle(action)
            action.refused(refusal)

        def lost(error: Exception) -> None:
            if isinstance(error, InDoubt) or (action in self._open and not isinstance(error, ProgramTooOld)):
                self._doubt(action)
            else:  # certainly not done, or found not to be: what was typed is kept
                self._settle(action)
                action.refused(refuse(Code.OFF, _why(error)))
            if not isinstance(error, Busy | ProgramTooOld):
                self._session.lost(error)

        def bug(error: BaseException) -> None:
            doubted = action in self._open
            self._settle(action)  # asking again would only meet the same fault
            action.failed(self._session.tell_of_bug(error, doubted=doubted))

        self._session.run(lambda store: action.service(store, action.actor, action.request), done, refused, lost, bug)

    def ask_again(self) -> None:
        """The database answers again: was it saved? The operation id tells, and saves it now if it was not."""
        if self._open and self._asked is None:
            self._asked = self._open[0]
            self.send(self._asked)

    def _answered(self, action: Sending) -> None:
        """What was asked again has its answer; that of any other action says nothing about it."""
        if self._asked is action:
            self._asked = None

    def _doubt(self, action: Sending) -> None:
        self._answered(action)
        if action not in self._open:
            self._open.append(action)
            self.checking_changed.emit(True)

    def _settle(self, action: Sending) -> None:
        self._answered(action)
        if action in self._open:
            self._open.remove(action)
            self.checking_changed.emit(self.checking)


def _why(error: Any) -> str:
    return "busy" if isinstance(error, Busy) else "too_old" if isinstance(error, ProgramTooOld) else ""
