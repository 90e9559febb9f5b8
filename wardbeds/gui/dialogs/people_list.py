"""Finding a registered person: type, see who fits, choose by arrow keys or click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson
from wardbeds.gui import theme, words
from wardbeds.gui.inputs import Field
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session
from wardbeds.services.reading import search_people

WAIT_MILLISECONDS = 80


class PeopleList(QWidget):
    """A field and the people it finds."""

    chosen = Signal(object)
    searched = Signal(int)
    activated = Signal(object)
    lost = Signal()
    """Who was chosen is no longer found; nobody is chosen in her place."""
    unanswered = Signal()
    """What was searched for has no answer: the next search asks again."""

    def __init__(self, session: Session, parent: QWidget | None = None, rows: int = 4,
                 why_not: Callable[[int], str] = lambda _patient_id: "") -> None:
        """``why_not`` says why somebody found is not the one, by patient id; empty for everybody who can be."""
        super().__init__(parent)
        self._session = session
        self._why_not = why_not
        self._asked: str | None = ""
        self._answered = True
        self._found: tuple[FoundPerson, ...] = ()
        self._wish: int | None = None
        self.field = Field(self.tr("name, hospital number or phone"))
        self.field.setAccessibleName(self.tr("Find a person"))
        self.list = RowList()
        self.list.setFixedHeight(theme.px(50 * rows + 4))
        self.list.setAccessibleName(self.tr("People found"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.setFocusProxy(self.field)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else a dialog that opens goes on to the next field
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MILLISECONDS)
        self._timer.timeout.connect(self.search)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.field.textEdited.connect(lambda _text: self._forget_wish())
        self.list.row_changed.connect(self._on_row)
        self.list.row_opened.connect(lambda _row: self.activated.emit(self.current()))

    def current(self) -> FoundPerson | None:
        """Who is chosen."""
        row = self.list.current_row()
        return self._found[row] if 0 <= row < len(self._found) else None

    def typed(self) -> tuple[str, int | None]:
        """What was typed, and who was chosen of those it found."""
        current = self.current()
        return self.field.text(), current.person.patient_id if current is not None else self._wish

    def put_back(self, typed: tuple[str, int | None]) -> None:
        """Search again for what was typed; the same person is chosen, or nobody where she is no longer found."""
        text, self._wish = typed
        self.field.setText(text)

    def _forget_wish(self) -> None:
        self._wish = None

    def search(self) -> None:
        """Ask the database for what was typed; answers for what was typed before are dropped."""
        self._timer.stop()
        text = self.field.text().strip()
        if text == self._asked:
            if self._answered:
                self.searched.emit(len(self._found))
            return
        self._asked, self._answered = text, False
        if not text:
            self._show(())
            return
        self._ask(text)

    def _ask(self, text: str, chosen: FoundPerson | None = None) -> None:
        self._session.ask(lambda store, actor: search_people(store, actor, text),
                          lambda found: self._show(found, chosen) if text == self._asked else None,
                          on_failed=lambda _why: self._give_up() if text == self._asked else None)

    def _give_up(self) -> None:
        """What the list shows is the answer to nothing that is typed now, an empty field included."""
        self._asked, self._answered = None, True
        self.unanswered.emit()

    def refresh(self) -> None:
        """Look again for what the list shows: others may have changed it. Who is chosen stays chosen."""
        text, chosen = self._asked, self.current()
        if text and self._answered:
            self._answered = False
            self._ask(text, chosen)

    @property
    def settled(self) -> bool:
        """Whether the list shows what was typed."""
        return self._answered and self.field.text().strip() == self._asked and not self._timer.isActive()

    def _show(self, found: tuple[FoundPerson, ...], before: FoundPerson | None = None) -> None:
        self._found, self._answered = found, True
        self.list.nothing = self.tr("Nobody is found for this.") if self._asked else ""
        self.list.clear()
        for one in found:
            person = one.person
            where = (one.bed_number and f"{one.ward_name} {one.bed_number}") or (
                self.tr("waits in {ward}").format(ward=one.ward_name) if one.waiting else "")
            self.list.add(full_name(person), "   ".join(part for part in (
                person.hospital_number, words.born_text(person), words.sex_word(person.sex), where) if part),
                icon="bed-single" if one.bed_number else "clock" if one.waiting else "user",
                why_not=self._why_not(person.patient_id))
        possible = [one.person.patient_id for one in found if not self._why_not(one.person.patient_id)]
        wanted, self._wish = before.person.patient_id if before is not None else self._wish, None
        if wanted is not None and wanted not in possible:
            self.lost.emit()
        elif found:
            self.list.choose([one.person.patient_id for one in found].index(wanted) if wanted is not None else 0)
        self.searched.emit(len(found))

    def _on_row(self, row: int) -> None:
        current = self.current()
        if current is not None:
            self.chosen.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.step(step)
        else:
            event.ignore()
