"""Keeps the station's last-known board up to date, beside the window and never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.people import Actor
from wardbeds.gui.faults import log_fault
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks

if TYPE_CHECKING:
    from wardbeds.services.last_known.keeping import Keeper
    from wardbeds.store.database import Store

EVERY_MILLISECONDS = 5_000


class Keeping(QObject):
    """Looks for changes every five seconds, and at once when somebody has signed in.

    In a thread of its own: a slow disk or the work a password makes must not delay a nurse's placement.
    """

    kept = Signal()
    failed = Signal(str)  # why, or nothing once it is kept again

    def __init__(self, session: Session, store: Store, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._keeper = keeper
        self._tasks = Tasks(self)
        self._failing = False
        self._timer = QTimer(self, interval=EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        session.password_given.connect(self._on_password_given)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Write what is new; one look at a time, and none while the server does not answer."""
        if self._session.online and self._tasks.pending == 0:
            near = self._session.ward_id
            self._tasks.submit(lambda: self._keeper.keep(self._store, near), self._on_done, self._on_failed)

    def _on_password_given(self, actor: Actor, password: str) -> None:
        def work() -> bool:
            self._keeper.remember(actor, password)
            return self._keeper.keep(self._store, None)

        self._tasks.submit(work, self._on_done, self._on_failed)

    def _on_done(self, written: bool) -> None:
        if self._failing:
            self._failing = False
            self.failed.emit("")
        if written:
            self.kept.emit()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, OutOfReach):  # the window says so by itself, and the next look comes by itself
            return
        if not self._failing:
            log_fault("the last-known board cannot be kept", error)
        self._failing = True
        self.failed.emit(self.tr("Downtime board not kept: is the disk full or locked?"))

    def stop(self) -> None:
        """Look no more; what is being written is finished."""
        self._timer.stop()
        self._tasks.stop(0)

    def wait(self, seconds: float) -> None:
        """Wait for that, a second at most, from any thread: a write that takes longer leaves the old file."""
        self._tasks.stop(min(1, seconds))
