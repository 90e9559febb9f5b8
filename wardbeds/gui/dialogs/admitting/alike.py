"""Is this the same person? Somebody registered who could be the one that is being typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.domain.names import full_name
from wardbeds.domain.people import Duplicate, FoundPerson
from wardbeds.domain.requests import NewPerson
from wardbeds.gui import words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.session import Session
from wardbeds.services.reading import find_similar


class Alike(QWidget):
    """The likeliest, with the two answers; who was called different once is not asked about again.

    Whoever has the number or national ID that was typed is not to be called different.
    """

    same_chosen = Signal(object)
    dismissed_one = Signal()
    changed = Signal()
    """There is an answer, or another one is the likeliest now."""
    unanswered = Signal(str)
    """What was looked for has no answer, with the reason; it is asked for anew the next time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sought: NewPerson | None = None
        self._answer: tuple[Duplicate, ...] | None = None
        self.found: FoundPerson | None = None
        self.taken = ""
        """The field whose value the one found has already; empty where she is only alike."""
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

    def knows(self, new: NewPerson) -> bool:
        """Whether what is shown is the answer for ``new``."""
        return self._answer is not None and new == self._sought

    def look_for(self, new: NewPerson) -> None:
        """Look for people that ``new`` could be; an answer for somebody else is dropped."""
        if new == self._sought:
            return
        self._sought, self._answer = new, None
        self._session.ask(lambda store, actor: find_similar(store, actor, new),
                          lambda found: self._on_found(found) if new == self._sought else None,
                          lambda refusal: self._give_up(new, words.refusal_text(refusal)),
                          lambda why: self._give_up(new, why))

    def forget(self) -> None:
        """What is known is out of date: the next time is asked anew."""
        self._sought = self._answer = None

    def _give_up(self, new: NewPerson, why: str) -> None:
        if new == self._sought:
            self.forget()
            self.unanswered.emit(why)

    def _on_found(self, found: tuple[Duplicate, ...]) -> None:
        self._answer = found
        self._show_likeliest()

    def _show_likeliest(self) -> None:
        fresh = [one for one in self._answer or () if one.taken or one.found.person.patient_id not in self.dismissed]
        self.found, self.taken = (fresh[0].found, fresh[0].taken) if fresh else (None, "")
        self.different.setVisible(not self.taken)
        if self.found is not None:
            person = self.found.person
            self._text.setText(f"{self._question()}\n{full_name(person)}\n{person.hospital_number}  "
                               f"{words.born_text(person)}  {words.sex_word(person.sex)}")
        self.changed.emit()

    def _question(self) -> str:
        return {"hospital_number": self.tr("This hospital number is already in use:"),
                "national_id": self.tr("This national ID is already in use:")}.get(
                    self.taken, self.tr("Is this the same person?"))

    def use(self) -> None:
        """It is the same person."""
        if self.found is not None:
            self.same_chosen.emit(self.found)

    def _dismiss(self) -> None:
        if self.found is not None:
            self.dismissed.add(self.found.person.patient_id)
            self._show_likeliest()
            self.dismissed_one.emit()
