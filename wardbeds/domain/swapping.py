"""The rules of a swap: each of two patients goes where the other one lies, both or neither (DESIGN 4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wardbeds.domain.access import Permission, can, missing
from wardbeds.domain.beds import Bed, BedStatus, Occupant
from wardbeds.domain.errors import first_of
from wardbeds.domain.people import Role
from wardbeds.domain.placement import InHand, Target, Verdict, judge


@dataclass(frozen=True, slots=True)
class SwapVerdict:
    """What letting each of the two go into the other's bed would meet: the first one's way, and the second one's."""

    first: Verdict
    second: Verdict

    @property
    def whole(self) -> Verdict:
        """Both together: the first refusal by precedence, or the warnings of both."""
        refusal = first_of([one.refusal for one in (self.first, self.second) if one.refusal is not None])
        return Verdict(refusal) if refusal else Verdict(None, (*self.first.warnings, *self.second.warnings))


def hand_of(bed: Bed, occupant: Occupant) -> InHand:
    """The occupant of a bed as the placing rules see somebody who is moved."""
    return InHand(occupant.person, occupant.needs, occupant.specialty, bed.id, bed.ward_id, occupant.moved_at)


def judge_swap(first: InHand, second: InHand, to_second: Target, to_first: Target, role: Role,
               now: datetime) -> SwapVerdict:
    """Judge both ways by the rules of placing, each as if the other one had gone already.

    ``to_second`` is the bed in which the second lies, where the first one goes, with what surrounds it; ``to_first``
    likewise.
    """
    if not can(role, Permission.BED_SWAP):
        refused = Verdict(missing(role, Permission.BED_SWAP))
        return SwapVerdict(refused, refused)
    return SwapVerdict(judge(first, _afterwards(to_second, to_first.bed), role, now),
                       judge(second, _afterwards(to_first, to_second.bed), role, now))


def _afterwards(target: Target, left: Bed) -> Target:
    """The target without its occupant, who lies in the bed ``left`` from then on; no ward holds more than before."""
    bed = replace(target.bed, status=BedStatus.AVAILABLE, occupant=None)
    neighbours = tuple(replace(one, occupant=target.bed.occupant) if one.id == left.id else one
                       for one in target.neighbours)
    return replace(target, bed=bed, neighbours=neighbours, occupied=target.occupied - (left.ward_id != bed.ward_id))
