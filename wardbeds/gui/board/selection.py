"""What is selected: a bed or one who waits; shared by all views, so that switching the view keeps it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """At most one bed or one waiting patient."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bed_id: int | None = None
        self.patient_id: int | None = None

    def select_bed(self, bed_id: int | None) -> None:
        """Select a bed (None: nothing)."""
        self._set(bed_id, None)

    def select_waiting(self, patient_id: int | None) -> None:
        """Select one who waits (None: nothing)."""
        self._set(None, patient_id)

    def _set(self, bed_id: int | None, patient_id: int | None) -> None:
        if (bed_id, patient_id) != (self.bed_id, self.patient_id):
            self.bed_id, self.patient_id = bed_id, patient_id
            self.changed.emit()
