"""With whom a patient is to change places: who lies in the other beds of the ward, those without warnings first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.placement import Verdict
from wardbeds.gui import words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.board.targets import Side, judge_sides
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.pick import Choice, PickDialog, about_bed
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb


class SwapWithDialog(PickDialog):
    """Changes nothing yet: both are shown side by side afterwards."""

    def __init__(self, session: Session, parent: QWidget, own: Side, go_on: Callable[[Side, Side], None]) -> None:
        self._own = own

        def chosen(one: Choice) -> None:
            board = session.model.board
            if isinstance(one, Bed) and board is not None:
                go_on(own.as_shown(session.model), Side(one, board).as_shown(session.model))

        self._model = session.model
        self._role = session.actor.role if session.actor is not None else None
        self._now = session.now
        super().__init__(session, parent, Verb.SWAP, self._others(), chosen, own.occupant.person)
        self.fields.rename("who", self.tr("With whom"))

    def _others(self) -> list[Choice]:
        """Whoever lies in another bed, who is refused last."""
        beds = [bed for bed in self._model.beds if bed.occupant is not None and bed.id != self._own.bed.id]
        self._found = found = {bed.id: self._verdict(bed) for bed in beds}
        return [*sorted(beds, key=lambda bed: (not found[bed.id].allowed, len(found[bed.id].warnings)))]

    def _verdict(self, bed: Bed) -> Verdict:
        board = self._model.board
        assert board is not None and self._role is not None
        return judge_sides(self._own, Side(bed, board), self._role, self._now()).whole

    def _add_bed(self, bed: Bed) -> None:
        found = self._found[bed.id]
        warned = "\n".join(dict.fromkeys(words.warning_text(one) for one in found.warnings))
        self.list.add(bed.number, "\n".join(part for part in (about_bed(bed), warned) if part),
                      icon="triangle-alert" if warned else BADGES[bed.status], warned=bool(warned),
                      why_not=words.refusal_text(found.refusal) if found.refusal is not None else "")

    def subject(self) -> Subject:
        return Subject(Verb.SWAP, self._own.bed.id, self._own.bed.patient_id)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        super().rebind(bed, waiting, keep=keep)
        self.board_changed()

    def board_changed(self) -> None:
        """The list shows who lies where now; who was chosen stays so."""
        row = self.list.current_row()
        chosen = self._shown[row] if 0 <= row < len(self._shown) else None
        self._own, self._all = self._own.as_shown(self._model), self._others()
        self._fill()
        if isinstance(chosen, Bed):
            people = [one.patient_id for one in self._shown if isinstance(one, Bed)]
            if chosen.patient_id in people:
                self.list.choose(people.index(chosen.patient_id))
            else:
                self.list.choose_none()
                self.refuse(self.tr("The patient who was chosen is no longer in {bed}. Choose again.").format(
                    bed=chosen.number), "who")
