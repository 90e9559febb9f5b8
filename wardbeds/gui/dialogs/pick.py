"""A verb pressed while nothing is selected: for whom, or which bed? Type a few letters, Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.names import fold, full_name
from wardbeds.domain.people import Person
from wardbeds.gui import theme, words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.move import plain
from wardbeds.gui.inputs import Field
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Offer, Verb, offers, verb_text

Choice = Bed | Waiting


def candidates(session: Session, verb: Verb) -> list[Choice]:
    """Beds and waiting patients of the open ward for which the verb makes sense and is allowed."""
    actor, model = session.actor, session.model
    if actor is None:
        return []

    def fits(found: list[Offer]) -> bool:
        return any(offer.verb is verb and offer.allowed for offer in found)

    reason = session.read_only_reason()
    found: list[Choice] = [one for one in model.waiting if fits(offers(actor.role, None, one, read_only=reason))]
    found += [bed for bed in model.beds if fits(offers(actor.role, bed, None, read_only=reason))]
    return found


def about_bed(bed: Bed) -> str:
    """Who lies in a bed or has it kept, with identifiers; else its state."""
    person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
    detail = [full_name(person), person.hospital_number, words.born_text(person)] if person \
        else [words.status_word(bed.status), words.block_text(bed.block)]
    return "   ".join(part for part in detail if part)


class PickDialog(Dialog):
    """The candidates, filtered by what is typed: name, hospital number or bed."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, verb: Verb, found: list[Choice],
                 go_on: Callable[[Choice], None], person: Person | None = None) -> None:
        super().__init__(session, parent, verb_text(verb), session.tr("Go on"), person=person)
        self._all = found
        self._shown: list[Choice] = []
        self._go_on = go_on
        self.field = Field(self.tr("name, number or bed"))
        self.list = RowList()
        self.list.setAccessibleName(self.tr("Whom or which"))
        self.list.setFixedHeight(theme.px(250))
        self.add_row("who", self.tr("Which one"), self.field, required=True)
        self.add_wide(self.list)
        self.field.textChanged.connect(self._fill)
        self.list.row_opened.connect(lambda _row: self._on_primary())
        self.list.nothing = self.tr("Nobody and no bed here fits what is typed.")
        self._fill()

    def first_focus(self) -> QWidget:
        return self.field

    def _fill(self) -> None:
        self.list.clear()
        typed = self.field.text()
        self._shown = [one for one in self._all if self._matches(one, typed)]
        for one in self._shown:
            if isinstance(one, Waiting):
                self.list.add(full_name(one.person), f"{one.person.hospital_number}   {words.born_text(one.person)}",
                              icon="clock")
                continue
            self._add_bed(one)
        self.list.choose(0)

    def _add_bed(self, bed: Bed) -> None:
        self.list.add(bed.number, about_bed(bed), icon=BADGES[bed.status])

    def _matches(self, one: Choice, typed: str) -> bool:
        """Each word typed begins a word of the names, or all of it the number of the person or of the bed."""
        wanted, number = fold(typed).split(), plain(typed)
        if not number:
            return True
        person = one.person if isinstance(one, Waiting) else one.occupant.person if one.occupant else \
            one.hold.person if one.hold else None
        names = [word for part in (person.last_name, person.first_name, person.hospital_number)
                 for word in fold(part).split()] if person else []
        numbers = [plain(person.hospital_number)] if person else []
        numbers += [plain(one.number)] if isinstance(one, Bed) else []
        return (bool(wanted) and all(any(word.startswith(part) for word in names) for part in wanted)) or any(
            known.startswith(number) for known in numbers)

    def submit(self) -> None:
        row = self.list.current_row()
        if not 0 <= row < len(self._shown):
            self.refuse(self.tr("Nobody and no bed here fits what is typed."), "who")
            return
        chosen = self._shown[row]
        self.finish()
        self._go_on(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if Qt.Key(event.key()) in steps:
            self.list.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
