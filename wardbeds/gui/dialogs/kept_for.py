"""For whom a bed is kept already: a second one is refused, so nobody is offered one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.beds import Bed
from wardbeds.gui import words
from wardbeds.gui.session import Session
from wardbeds.services.reading import kept_beds


class KeptFor(QObject):
    """The holds of this ward as the board shows them, those of the others as they were read."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._elsewhere: dict[int, tuple[str, Bed]] = {}
        session.ask(kept_beds, self._read)

    def _read(self, found: dict[int, tuple[str, Bed]]) -> None:
        self._elsewhere = {patient: kept for patient, kept in found.items()
                           if kept[1].ward_id != self._session.ward_id}
        if self._elsewhere:
            self.changed.emit()

    def why_not(self, patient_id: int) -> str:
        """Which bed is kept for somebody, and until when; empty where none is."""
        here = next((bed for bed in self._session.model.beds if bed.hold is not None
                     and bed.hold.person is not None and bed.hold.person.patient_id == patient_id), None)
        ward, bed = ("", here) if here is not None else self._elsewhere.get(patient_id, ("", None))
        if bed is None or bed.hold is None or bed.hold.until <= self._session.now():
            return ""
        return self.tr("{bed} is held until {time}").format(bed=f"{ward} {bed.number}".strip(),
                                                           time=words.until_text(bed.hold.until))
