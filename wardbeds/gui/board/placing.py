"""One placing engine for drag, click-click and keyboard: same rule, same request, same result (UX b.6).

It judges with the values on the screen and asks no database; nothing moves until the database has said yes.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.beds import Bed, BedStatus, Waiting, WardBoard, as_of
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.people import Role
from wardbeds.domain.placement import InHand, Target, Verdict, judge
from wardbeds.domain.requests import PlacePatient, SeenBed, SeenPlace
from wardbeds.gui.board.model import BoardModel


def target_in(board: WardBoard, bed: Bed, now: datetime) -> Target:
    """A bed of any ward with what surrounds it, as it stands now: holds that have run out are gone."""
    beds = [as_of(one, now) for one in board.beds]
    room = next((one for one in board.rooms if one.id == bed.room_id), None)
    neighbours = tuple(one for one in beds if one.id != bed.id and bed.room_id is not None
                       and one.room_id == bed.room_id)
    occupied = sum(one.status is BedStatus.OCCUPIED for one in beds)
    return Target(as_of(bed, now), board.ward, room, neighbours, occupied)


def transfers(hand: InHand, bed: Bed) -> bool:
    """Whether somebody would go from a bed of one ward into another ward, which needs a reason."""
    return hand.from_bed_id is not None and hand.from_ward_id != bed.ward_id


class PlacingEngine(QObject):
    """Holds at most one patient in the hand."""

    picked_up = Signal(object)
    put_back = Signal()
    place_requested = Signal(object)
    reason_needed = Signal(object, object, object)
    place_refused = Signal(object)

    def __init__(self, model: BoardModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.role = Role.PATIENT
        self.writable = True
        self.why_closed = ""
        self.hand: InHand | None = None
        self.refused_bed: int | None = None
        self._seen: SeenPlace | None = None
        self._kinds: tuple[object, dict[int, str]] = (None, {})

    def pick_up_bed(self, bed: Bed) -> bool:
        """Take the occupant of a bed into the hand; False where there is nobody."""
        occupant = bed.occupant
        if occupant is None:
            return False
        self._take(InHand(occupant.person, occupant.needs, occupant.specialty, bed.id, bed.ward_id,
                          occupant.moved_at), SeenPlace(bed_id=bed.id))
        return True

    def pick_up_waiting(self, waiting: Waiting) -> bool:
        """Take one who waits into the hand."""
        self._take(InHand(waiting.person, waiting.needs, waiting.specialty, None, waiting.ward_id),
                   SeenPlace(ward_id=waiting.ward_id))
        return True

    def _take(self, hand: InHand, seen: SeenPlace) -> None:
        self.hand, self._seen = hand, seen
        self.picked_up.emit(hand)

    def cancel(self) -> None:
        """Put the patient back; nothing has happened."""
        if self.hand is not None:
            self.hand = self._seen = None
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

    def kinds(self) -> dict[int, str]:
        """Each bed of the ward: allowed, warned or refused for who is in the hand; empty while nobody is.

        Worked out once, however many views ask; not to be changed.
        """
        if self.hand is None:
            return {}
        asked = self.hand, self._model.generation, self.role, self.writable
        if self._kinds[0] != asked:
            self._kinds = asked, {bed.id: _kind(self.verdict(bed.id)) for bed in self._model.beds}
        return self._kinds[1]

    def put_down(self, bed_id: int) -> Verdict:
        """Let go over a bed: request the placement, ask for a reason, or refuse; the hand is empty afterwards.

        A refusal keeps the patient in the hand when she was taken by click or key, so that another bed can be chosen:
        that is the caller's choice, by calling cancel() or not.
        """
        verdict = self.verdict(bed_id)
        bed = self._model.bed_by_id(bed_id)
        if verdict.refusal is not None or bed is None or self.hand is None or self._seen is None:
            self.refused_bed = bed_id
            self.place_refused.emit(verdict.refusal)
            return verdict
        request = PlacePatient(patient_id=self.hand.person.patient_id, seen=self._seen, bed=SeenBed.of(bed))
        hand, self.hand, self._seen = self.hand, None, None
        self.put_back.emit()
        if verdict.warnings or transfers(hand, bed):
            self.reason_needed.emit(request, verdict, hand)
        else:
            self.place_requested.emit(request)
        return verdict


def _kind(verdict: Verdict) -> str:
    return "refused" if verdict.refusal else "warned" if verdict.warnings else "allowed"
