"""Two patients change places: both side by side, what speaks against either way, one step for both (UX c)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting, WardBoard
from wardbeds.domain.changes import place_names
from wardbeds.domain.errors import Refusal
from wardbeds.domain.people import Role
from wardbeds.domain.placement import SoftWarning
from wardbeds.domain.requests import Override, SeenBed, SwapPatients
from wardbeds.domain.swapping import SwapVerdict
from wardbeds.gui import words
from wardbeds.gui.board.targets import Side, judge_sides
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.override import OverrideReason
from wardbeds.gui.dialogs.reason import move_reasons, transfer_reasons
from wardbeds.gui.dialogs.swap_cards import Checks, SwapCards, Way
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb
from wardbeds.services.reading import read_board
from wardbeds.services.swapping import swap_patients


class SwapDialog(Dialog):
    """Who lies in ``first`` goes where who lies in ``second`` is, and the other way round."""

    def __init__(self, session: Session, parent: QWidget, first: Side, second: Side) -> None:
        super().__init__(
            session, parent, session.tr("Swap two patients"),
            session.tr("Swap {first} and {second}").format(first=first.bed.number, second=second.bed.number),
            draft=f"swap:{first.bed.patient_id}:{second.bed.patient_id}")
        self._sides = first, second
        self._across = first.board.ward.id != second.board.ward.id
        self.cards, self.checks = SwapCards(), Checks()
        self.override = OverrideReason()
        reasons = transfer_reasons() if self._across else move_reasons()
        self.reason = self.combo([("", "")] + [(text, text) for text in reasons])
        self.add_wide(self.cards)
        self.add_wide(self.checks)
        self.add_row("override", self.tr("Reason for going on"), self.override, required=True)
        self.add_row("reason", self.tr("Why"), self.reason)
        self.at = self.add_happened_at()
        self.at.edit.dateTimeChanged.connect(lambda _at: self._show())
        self.sending.refused.connect(self._on_reason_missed)
        self.foot_note.setText(self.tr("One step: both move or neither."))
        self._show()

    # what is shown -------------------------------------------------------------------------------------------

    def verdict(self) -> SwapVerdict:
        """What the swap would meet at the time it happened, as the boards are now."""
        assert self.session.actor is not None
        return judge_sides(*self._sides, self.session.actor.role, self.at.moment)

    def _show(self) -> None:
        first, second = self._sides
        there, back = place_names(first.bed.number, second.bed.number, first.board.ward.name, second.board.ward.name)
        self.cards.show_ways(Way(first.occupant.person, there, back), Way(second.occupant.person, back, there))
        found = self.verdict()
        fine = self.tr("No warning for {bed}")
        self.checks.show_found([words.warning_text(one) for one in found.first.warnings],
                               [words.warning_text(one) for one in found.second.warnings],
                               (fine.format(bed=back), fine.format(bed=there)))
        self.override.show_warned(tuple(one.code for one in found.whole.warnings))
        self.show_row("override", bool(found.whole.warnings))
        self.place()

    def first_focus(self) -> QWidget:
        return self.reason if self.override.isHidden() else self.override

    # what others do meanwhile --------------------------------------------------------------------------------

    def subject(self) -> Subject:
        first, second = self._sides
        return Subject(Verb.SWAP, first.bed.id, first.bed.patient_id, frozenset({second.bed.id}))

    def why_not(self, role: Role) -> str:
        for side in self._sides:
            now = self.session.model.bed_by_id(side.bed.id)
            if side.board.ward.id == self.session.ward_id and (now is None or now.patient_id != side.bed.patient_id):
                return words.tr("The patient is no longer in {bed}.").format(bed=side.bed.number)
        first, second = (side.as_shown(self.session.model) for side in self._sides)
        refusal = judge_sides(first, second, role, self.at.moment).whole.refusal
        return words.refusal_text(refusal) if refusal is not None else ""

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        self.board_changed()
        self._read_others()

    def _on_reason_missed(self, refusal: Refusal) -> None:
        """The database knows of a warning that is not shown here: it is looked at again."""
        if refusal.field == "override":
            self.show_row("override", True)
            self._read_others()

    def _read_others(self) -> None:
        for side in self._sides:
            if side.board.ward.id != self.session.ward_id:
                self._read_again(side.board.ward.id)

    def board_changed(self) -> None:
        first, second = self._sides
        self._sides = first.as_shown(self.session.model), second.as_shown(self.session.model)
        self._show()

    def _read_again(self, ward_id: int) -> None:
        """The bed of a ward that is not open."""

        def read(board: WardBoard) -> None:
            first, second = (_in(board, side) for side in self._sides)
            self._sides = first, second
            self._show()

        self.ask(lambda store, actor: read_board(store, actor, ward_id), read)

    # sending -------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        found = self.verdict().whole
        if found.refusal is not None:
            self.refuse(words.refusal_text(found.refusal))
        elif found.warnings and not self.override.value:
            self.refuse_all({"override": self.tr("Choose a reason, or go back.")})
        else:
            self.send(swap_patients, self._request(found.warnings))

    def _request(self, warnings: tuple[SoftWarning, ...]) -> SwapPatients:
        first, second = (side.bed for side in self._sides)
        assert first.patient_id is not None
        codes = tuple(dict.fromkeys(one.code for one in warnings))
        return SwapPatients(
            patient_id=first.patient_id, own=SeenBed.of(first), bed=SeenBed.of(second),
            reason=self.reason.currentData() or "", happened_at=self.at.value,
            override=Override(warnings=codes, reason=self.override.value) if codes else None)


def _in(board: WardBoard, side: Side) -> Side:
    """The side as a ward's board has it, if that is its ward and the patient is still there."""
    bed = next((one for one in board.beds if one.id == side.bed.id and one.patient_id == side.bed.patient_id), None)
    return Side(bed, board) if bed is not None else side
