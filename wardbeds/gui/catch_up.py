"""Entering what happened while there was no connection: the dialogs' time starts there, not at the present."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal


class CatchUp(QObject):
    """From when on something is entered later. Lasts until somebody says that it is done."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.since: datetime | None = None
        """Since when there was no connection; None while nothing is caught up with."""
        self.at: datetime | None = None
        """The time that the next dialog begins with: the outage, or what was entered last."""

    def begin(self, since: datetime) -> None:
        """Enter what happened since then."""
        self.since = self.at = since
        self.changed.emit()

    def entered(self, at: datetime | None) -> None:
        """Something was entered with this time; the next one is likely a little later."""
        if self.since is not None and at is not None:
            self.at = at

    def end(self) -> None:
        """All was entered: the present again."""
        self.since = self.at = None
        self.changed.emit()
