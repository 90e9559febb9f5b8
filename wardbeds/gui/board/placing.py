"""One placing engine for drag, click-click and keyboard: same rule, same request, same result (UX b.6).

It judges with the values on the screen and asks no database; nothing moves until the database has said yes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Role
from wardbeds.domain.placement import InHand, Target, Verdict, judge
from wardbeds.domain.requests import PlacePatient, SeenBed, SeenPlace
from wardbeds.domain.swapping import hand_of, judge_swap
from wardbeds.gui import words
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.targets import Side, target_in


def transfers(hand: InHand, bed: Bed) -> bool:
    """Whether somebody would go from a bed of one ward into another ward, which needs a reason."""
    return hand.from_bed_id is not None and hand.from_ward_id != bed.ward_id


POSSIBLE = ("allowed", "warned")
"""The kinds of beds that are to be had; somebody to change places with is seen anyway."""


class Outlook(NamedTuple):
    """What letting go would do: allowed, warned, swap or refused, and the words; both empty over no bed."""

    kind: str = ""
    text: str = ""


class Refused(NamedTuple):
    """What was refused last: the bed, who was let go over it, and what changing places there would meet."""

    bed_id: int
    hand: InHand | None
    swap: Verdict | None


class PlacingEngine(QObject):
    """Holds at most one patient in the hand."""

    picked_up = Signal(object)
    put_back = Signal()
    place_requested = Signal(object)
    reason_needed = Signal(object, object, object)
    place_refused = Signal(object)
    swap_requested = Signal(object, object)
    """Two :class:`Side`: of who was in the hand, and of who lies where she was let go."""

    def __init__(self, model: BoardModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.role = Role.PATIENT
        self.writable = True
        self.why_closed = ""
        self.hand: InHand | None = None
        self.refused: Refused | None = None
        self._seen: SeenPlace | None = None
        self._own: Side | None = None
        self._kinds: tuple[object, dict[int, str]] = (None, {})

    def pick_up_bed(self, bed: Bed) -> bool:
        """Take the occupant of a bed into the hand; False where there is nobody."""
        occupant = bed.occupant
        if occupant is None:
            return False
        self._take(hand_of(bed, occupant), SeenPlace(bed_id=bed.id),
                   Side(bed, self._model.board) if self._model.board is not None else None)
        return True

    def pick_up_waiting(self, waiting: Waiting) -> bool:
        """Take one who waits into the hand."""
        self._take(InHand(waiting.person, waiting.needs, waiting.specialty, None, waiting.ward_id),
                   SeenPlace(ward_id=waiting.ward_id))
        return True

    def _take(self, hand: InHand, seen: SeenPlace, own: Side | None = None) -> None:
        self.hand, self._seen, self._own = hand, seen, own
        self.picked_up.emit(hand)

    def cancel(self) -> None:
        """Put the patient back; nothing has happened."""
        if self.hand is not None:
            self.hand = self._seen = self._own = None
            self.put_back.emit()

    def target(self, bed: Bed) -> Target:
        """A bed with what surrounds it, as shown."""
        board = self._model.board
        assert board is not None
        return Target(bed, board.ward, self._model.room_of(bed), self._model.room_mates(bed), self._model.occupied)

    def verdict_for(self, hand: InHand, bed: Bed) -> Verdict:
        """What placing somebody into a bed of the open ward would meet."""
        if not self.writable:
            return Verdict(refuse(Code.OFF, self.why_closed, bed=bed.number))
        return judge(hand, self.target(bed), self.role, datetime.now(UTC))

    def verdict(self, bed_id: int) -> Verdict:
        """What letting go over a bed would do."""
        bed = self._model.bed_by_id(bed_id)
        if bed is None or self.hand is None:
            return Verdict(refuse(Code.UNKNOWN, "bed"))
        return self.verdict_for(self.hand, bed)

    # two who change places ------------------------------------------------------------------------------------

    def _sides(self, bed_id: int) -> tuple[Side, Side] | None:
        """Who is in the hand and who lies in a bed, as shown now; None where they are not two people in two beds."""
        bed, board, own = self._model.bed_by_id(bed_id), self._model.board, self._own
        if self.hand is None or own is None or bed is None or board is None:
            return None
        if bed.occupant is None or bed.id == own.bed.id or bed.patient_id == self.hand.person.patient_id:
            return None
        return own.as_shown(self._model), Side(bed, board)

    def swap_verdict(self, bed_id: int) -> Verdict | None:
        """What changing places with who lies in a bed would meet; None where there is nobody to change with."""
        sides = self._sides(bed_id)
        if sides is None or not self.writable:
            return None
        own, other = sides
        now = datetime.now(UTC)
        to_own = self.target(own.bed) if self._model.bed_by_id(own.bed.id) else target_in(own.board, own.bed, now)
        return judge_swap(hand_of(own.bed, own.occupant), hand_of(other.bed, other.occupant),
                          self.target(other.bed), to_own, self.role, now).whole

    def ask_swap(self, bed_id: int) -> bool:
        """Ask for the two to change places, the hand being empty then; False where that is not possible."""
        verdict, sides = self.swap_verdict(bed_id), self._sides(bed_id)
        if verdict is None or not verdict.allowed or sides is None:
            return False
        self.cancel()
        self.swap_requested.emit(*sides)
        return True

    def outlook(self, bed: Bed) -> Outlook:
        """What letting go over a bed would do: its kind, and in words."""
        swap = self.swap_verdict(bed.id)
        if swap is not None and bed.occupant is not None:
            return Outlook(kind_of(swap, "swap"), words.swap_text(swap, full_name(bed.occupant.person)))
        verdict = self.verdict(bed.id)
        return Outlook(kind_of(verdict), words.verdict_text(verdict, bed.number))

    # placing -------------------------------------------------------------------------------------------------

    def kinds(self) -> dict[int, str]:
        """Each bed of the ward for who is in the hand: allowed, warned, swap or refused; empty while nobody is.

        Worked out once, however many views ask; not to be changed.
        """
        if self.hand is None:
            return {}
        asked = self.hand, self._model.generation, self.role, self.writable
        if self._kinds[0] != asked:
            self._kinds = asked, {bed.id: self._kind(bed) for bed in self._model.beds}
        return self._kinds[1]

    def _kind(self, bed: Bed) -> str:
        swap = self.swap_verdict(bed.id)
        if swap is not None and swap.allowed:
            return "swap"
        return kind_of(self.verdict(bed.id))

    def put_down(self, bed_id: int, *, keep: bool = True) -> Verdict:
        """Let go over a bed: request the placement, ask for a reason, or refuse; the hand is empty afterwards.

        A refusal keeps the patient in the hand when she was taken by click or key, so that another bed can be chosen;
        ``keep`` False: she goes back, before it is said why.
        """
        verdict = self.verdict(bed_id)
        bed = self._model.bed_by_id(bed_id)
        if verdict.refusal is not None or bed is None or self.hand is None or self._seen is None:
            self.refused = Refused(bed_id, self.hand, self.swap_verdict(bed_id))
            if not keep:
                self.cancel()
            self.place_refused.emit(verdict.refusal)
            return verdict
        request = PlacePatient(patient_id=self.hand.person.patient_id, seen=self._seen, bed=SeenBed.of(bed))
        hand, self.hand, self._seen, self._own = self.hand, None, None, None
        self.put_back.emit()
        if verdict.warnings or transfers(hand, bed):
            self.reason_needed.emit(request, verdict, hand)
        else:
            self.place_requested.emit(request)
        return verdict


def kind_of(verdict: Verdict, allowed: str = "allowed") -> str:
    """A verdict as it is drawn: refused, warned, or ``allowed``."""
    return "refused" if verdict.refusal else "warned" if verdict.warnings else allowed
