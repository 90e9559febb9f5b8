"""Which beds others changed and nobody here has looked at yet: an outline that fades, a corner that stays (UX b.9)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from wardbeds.gui import motion

SECONDS = 4.0
"""How long the outline is seen."""
STEP = 100
"""Milliseconds between two paler outlines."""


class Changes(QObject):
    """The marks by bed id. A timer runs only while an outline is seen, and names only the beds that have one."""

    changed = Signal(object)
    """The ids of the beds whose mark looks different now."""
    noted = Signal(object)
    """The ids of the beds that got a mark or lost it."""

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic,
                 reduced: Callable[[], bool] = motion.is_reduced) -> None:
        super().__init__(parent)
        self._clock = clock
        self._reduced = reduced
        self._calm = False
        self._said: dict[int, str] = {}
        self._since: dict[int, float] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.fade)

    @property
    def beds(self) -> frozenset[int]:
        """The beds that have a mark."""
        return frozenset(self._said)

    @property
    def running(self) -> bool:
        """Whether an outline is being made paler."""
        return self._timer.isActive()

    def said_of(self, bed_id: int) -> str:
        """The mark in words, as “changed by Station 2”; empty for no mark."""
        return self._said.get(bed_id, "")

    def strength(self, bed_id: int) -> float:
        """How strong the bed's outline is, 0 to 1."""
        since = self._since.get(bed_id)
        if since is None:
            return 0.0
        left = 1 - (self._clock() - since) / SECONDS
        return 0.0 if left <= 0 else 1.0 if self._calm else min(1.0, left)

    def mark(self, bed_ids: Iterable[int], station: str) -> None:
        """Mark beds as changed by a station."""
        beds = frozenset(bed_ids)
        if not beds:
            return
        now = self._clock()
        for bed_id in beds:
            self._said[bed_id] = self.tr("changed by {station}").format(station=station)
            self._since[bed_id] = now
        self._calm = self._reduced()
        self._timer.start(STEP if not self._calm else round(1000 * SECONDS) + STEP)
        self._tell(beds)

    def see(self, bed_id: int | None) -> None:
        """Somebody looked at the bed: no mark any more."""
        if bed_id in self._said:
            self._forget(frozenset({bed_id}))

    def see_all(self) -> None:
        """Everything was seen."""
        if self._said:
            self._forget(self.beds)

    def _forget(self, beds: frozenset[int]) -> None:
        for bed_id in beds:
            del self._said[bed_id]
            self._since.pop(bed_id, None)
        self._rest()
        self._tell(beds)

    def _tell(self, beds: frozenset[int]) -> None:
        self.changed.emit(beds)
        self.noted.emit(beds)

    def fade(self) -> None:
        """One step paler; what has faded is forgotten."""
        outlined = frozenset(self._since)
        now = self._clock()
        self._since = {bed: since for bed, since in self._since.items() if now - since < SECONDS}
        self._rest()
        self.changed.emit(outlined)

    def _rest(self) -> None:
        if not self._since:
            self._timer.stop()
