"""Is this the same person? Somebody registered who could be the one that is being typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson
from wardbeds.domain.requests import NewPerson
from wardbeds.gui import words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.session import Session
from wardbeds.services.reading import find_similar


class Alike(QWidget):
    """The likeliest, with the two answers; who was called different once is not asked about again."""

    same_chosen = Signal(object)
    dismissed_one = Signal()
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.found: FoundPerson | None = None
        self.dismissed: set[int] = set()
        self._text = info_line("", "warning")
        self.same = Button(self.tr("Use this patient"))
        self.different = Button(self.tr("Different"))
        self.same.clicked.connect(self.use)
        self.different.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self.same)
        row.addWidget(self.different)

    def look_for(self, new: NewPerson) -> None:
        """Look for people that ``new`` could be."""
        self._session.ask(lambda store, actor: find_similar(store, actor, new), self._on_found)

    def _on_found(self, found: tuple[FoundPerson, ...]) -> None:
        fresh = [one for one in found if one.person.patient_id not in self.dismissed]
        self.found = fresh[0] if fresh else None
        if self.found is not None:
            person = self.found.person
            self._text.setText(
                self.tr("Is this the same person?") + f"\n{full_name(person)}\n{person.hospital_number}  "
                f"{words.born_text(person)}  {words.sex_word(person.sex)}")
        self.changed.emit()

    def use(self) -> None:
        """It is the same person."""
        if self.found is not None:
            found, self.found = self.found, None
            self.same_chosen.emit(found)

    def _dismiss(self) -> None:
        if self.found is not None:
            self.dismissed.add(self.found.person.patient_id)
            self.found = None
            self.dismissed_one.emit()
