"""Tells the database of the sheets that were printed while it was away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from wardbeds.gui.session import Session
from wardbeds.services.noted_prints import NotedPrint, note_print, record_noted


class NotedPrints(QObject):
    """Notes each print of a session without a server, and records what was noted as soon as there is one."""

    def __init__(self, session: Session, folder: Path, url: str) -> None:
        super().__init__(session)
        self._session = session
        self._folder = folder
        self._url = url
        session.printed_offline.connect(self._on_printed_offline)
        session.connection_restored.connect(self.record)
        if session.online:
            self.record()

    def _on_printed_offline(self, noted: NotedPrint) -> None:
        self._session.aside(lambda: note_print(self._folder, self._url, noted), lambda _none: None,
                            lambda _error: self._session.failed.emit(self.tr(
                                "It could not be noted that this sheet was printed: is the disk full or locked?")))

    def record(self) -> None:
        """Record what is noted; without an answer it stays noted."""
        self._session.run(lambda store: record_noted(store, self._folder, self._url), lambda _number: None,
                          on_lost=lambda _error: None)
