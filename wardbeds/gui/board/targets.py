"""A bed of any ward with what surrounds it, and what two people who change places would meet, as boards show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardbeds.domain.beds import Bed, BedStatus, Occupant, WardBoard, as_of
from wardbeds.domain.people import Role
from wardbeds.domain.placement import Target
from wardbeds.domain.swapping import SwapVerdict, hand_of, judge_swap
from wardbeds.gui.board.model import BoardModel


def target_in(board: WardBoard, bed: Bed, now: datetime) -> Target:
    """A bed of any ward with what surrounds it, as it stands now: holds that have run out are gone."""
    beds = [as_of(one, now) for one in board.beds]
    room = next((one for one in board.rooms if one.id == bed.room_id), None)
    neighbours = tuple(one for one in beds if one.id != bed.id and bed.room_id is not None
                       and one.room_id == bed.room_id)
    occupied = sum(one.status is BedStatus.OCCUPIED for one in beds)
    return Target(as_of(bed, now), board.ward, room, neighbours, occupied)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two who change places: the bed that somebody lies in, and the board of its ward."""

    bed: Bed
    board: WardBoard

    @property
    def occupant(self) -> Occupant:
        """Who lies there."""
        assert self.bed.occupant is not None
        return self.bed.occupant

    def as_shown(self, model: BoardModel) -> Side:
        """The same bed as the open ward shows it now; as it was, where its ward is not open or somebody else lies
        there: the database says then that the screen was old."""
        now = model.bed_by_id(self.bed.id)
        if now is None or model.board is None or now.patient_id != self.bed.patient_id:
            return self
        return Side(now, model.board)


def judge_sides(first: Side, second: Side, role: Role, now: datetime) -> SwapVerdict:
    """What letting the two change places would meet."""
    return judge_swap(hand_of(first.bed, first.occupant), hand_of(second.bed, second.occupant),
                      target_in(second.board, second.bed, now), target_in(first.board, first.bed, now), role, now)
