"""What a dialog has sent and has no answer to yet: one thing at a time, and nobody else's answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.errors import Refusal
from wardbeds.gui.session import Session


class Sending(QObject):
    """The one request under way. Twice pressed is sent once."""

    changed = Signal()
    refused = Signal(object)
    failed = Signal(str)
    """It has no answer, or met a fault: it can be tried again."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.busy = False

    def begin(self) -> bool:
        """Take the turn; False where something is under way already."""
        if self.busy:
            return False
        self.busy = True
        self.changed.emit()
        return True

    def end(self) -> None:
        """There is an answer, of whatever kind."""
        self.busy = False
        self.changed.emit()

    def send(self, service: Callable[..., Any], request: Any, on_done: Callable[[Any], None]) -> None:
        """Carry out a request. A lost connection is no answer to it: that is refused, or being checked."""
        if self.begin():
            self._session.perform(service, request, self._answer(on_done), self._on_refused, self._on_failed)

    def ask(self, job: Callable[[Any, Any], Any], on_done: Callable[[Any], None]) -> None:
        """Carry out something that is no bed action."""
        if self.begin():
            self._session.ask(job, self._answer(on_done), self._on_refused, self._on_failed)

    def _answer(self, on_done: Callable[[Any], None]) -> Callable[[Any], None]:
        def done(result: Any) -> None:
            self.end()
            on_done(result)

        return done

    def _on_refused(self, refusal: Refusal) -> None:
        self.end()
        self.refused.emit(refusal)

    def _on_failed(self, text: str) -> None:
        self.end()
        self.failed.emit(text)
