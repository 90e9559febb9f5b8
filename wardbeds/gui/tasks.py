"""One data thread: a callable in, a callback on the window's thread out, errors by the same road."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot


@dataclass(slots=True)
class _Job:
    run: Callable[[], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[BaseException], None]
    result: Any = None
    error: BaseException | None = None


class Tasks(QObject):
    """Runs jobs one after the other in a thread of its own; answers arrive in the thread that made this object."""

    _answered = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._pending = 0
        self._stopped = False
        self._answered.connect(self._on_answered)
        self._thread = threading.Thread(target=self._work, name="data", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Jobs whose answer has not arrived yet."""
        return self._pending

    def submit(self, run: Callable[[], Any], on_done: Callable[[Any], None],
               on_failed: Callable[[BaseException], None]) -> None:
        """Queue a job. Exactly one of the callbacks will be called, unless this is stopped before."""
        self._pending += 1
        self._jobs.put(_Job(run, on_done, on_failed))

    def stop(self, seconds: float = 10) -> None:
        """Finish what is queued and end the thread; answers that come after this are dropped.

        It is waited for at most ``seconds``; with 0 not at all, which may be done in another call.
        """
        self._stopped = True
        self._jobs.put(None)
        if seconds > 0:
            self._thread.join(timeout=seconds)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.result = job.run()
            except BaseException as error:  # by the same road to the window, which shows or logs it
                job.error = error
            try:
                self._answered.emit(job)
            except RuntimeError:  # the window is gone
                return

    @Slot(object)
    def _on_answered(self, job: _Job) -> None:
        self._pending -= 1
        try:
            if self._stopped:
                return
            if job.error is not None:
                job.on_failed(job.error)
            else:
                job.on_done(job.result)
        finally:
            if self._pending == 0:
                self.idle.emit()
