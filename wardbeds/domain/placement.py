"""May this patient have this bed? Hard refusals and soft warnings of UX b.6.

The bed item asks while the patient is in the hand, the service asks again inside the transaction: one rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wardbeds.domain.access import Grant, Permission, grant, missing
from wardbeds.domain.beds import (
    ADULT_AGE,
    AgePolicy,
    Bed,
    BedStatus,
    Room,
    RoomSexPolicy,
    Ward,
    WardSexPolicy,
    as_of,
)
from wardbeds.domain.errors import Code, Refusal, first_of, refuse
from wardbeds.domain.names import full_name, similar_names
from wardbeds.domain.people import Person, Role, Sex, age_in_years
from wardbeds.domain.times import to_text

RECENT_MOVE = timedelta(hours=2)


class Warned(StrEnum):
    """Soft warnings: judgement is needed, a one-tap reason is recorded."""

    SEX = "SEX"
    AGE = "AGE"
    ISOLATION = "ISOLATION"
    INFECTIOUS = "INFECTIOUS"
    EQUIPMENT = "EQUIPMENT"
    SIMILAR = "SIMILAR"
    SPECIALTY = "SPECIALTY"
    STAFFED = "STAFFED"
    RECENT = "RECENT"


@dataclass(frozen=True, slots=True)
class SoftWarning:
    """One soft warning with the parameters of its sentence."""

    code: Warned
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InHand:
    """The patient being placed, and where she comes from: a bed, a waiting list, or a new admission (neither)."""

    person: Person
    needs: tuple[str, ...] = ()
    specialty: str = ""
    from_bed_id: int | None = None
    from_ward_id: int | None = None
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A bed with what surrounds it: its ward, its room, the other beds of the room, and how full the ward is."""

    bed: Bed
    ward: Ward
    room: Room | None = None
    neighbours: tuple[Bed, ...] = ()
    occupied: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would happen on letting go. ``refusal`` None and no warnings: it is simply allowed."""

    refusal: Refusal | None = None
    warnings: tuple[SoftWarning, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be done, if need be with a reason."""
        return self.refusal is None


def blocked(bed: Bed) -> Refusal:
    """Why nobody gets a bed in maintenance; one that was made so has no reason."""
    if not bed.block_reason:
        return refuse(Code.BLK, "no_reason", bed=bed.number)
    return refuse(Code.BLK, bed=bed.number, reason=bed.block.reason)


def bed_refusals(bed: Bed, person: Person | None, now: datetime) -> Iterable[Refusal]:
    """Why ``person`` cannot lie in ``bed`` at ``now``, judged by the bed alone: OCC, BLK, DIRTY, HELD."""
    bed = as_of(bed, now)
    if bed.status is BedStatus.OCCUPIED and bed.occupant is not None:
        yield refuse(Code.OCC, bed=bed.number, name=full_name(bed.occupant.person))
    elif bed.status is BedStatus.OCCUPIED:
        yield refuse(Code.OCC, bed=bed.number)
    if bed.status is BedStatus.MAINTENANCE:
        yield blocked(bed)
    if bed.status is BedStatus.CLEANING:
        yield refuse(Code.DIRTY, bed=bed.number, since=to_text(bed.since) if bed.since else "")
    if bed.hold is not None and not _held_for(bed, person):
        held = full_name(bed.hold.person) if bed.hold.person else bed.hold.text
        yield refuse(Code.HELD, bed=bed.number, name=held, until=to_text(bed.hold.until))


def _held_for(bed: Bed, person: Person | None) -> bool:
    return (bed.hold is not None and bed.hold.person is not None and person is not None
            and bed.hold.person.patient_id == person.patient_id)


def _role_refusals(role: Role, hand: InHand, target: Target, warned: bool) -> Iterable[Refusal]:
    granted = grant(role, Permission.BED_ASSIGN)
    if granted is Grant.NO:
        yield missing(role, Permission.BED_ASSIGN)
    elif granted is Grant.UNWARNED and warned:
        yield refuse(Code.ROLE, "needs_nurse", role=role.value)
    crosses = hand.from_ward_id is not None and hand.from_ward_id != target.ward.id
    if crosses and grant(role, Permission.BED_TRANSFER) is not Grant.YES:
        yield refuse(Code.ROLE, "other_ward", role=role.value)


def judge(hand: InHand, target: Target, role: Role, now: datetime) -> Verdict:
    """Say what placing the patient in hand into the target would meet: one refusal, or the soft warnings.

    The refusal told is the first by precedence (DESIGN 8). Warnings are given only where nothing is refused.
    """
    warnings = tuple(find_warnings(hand, target, now))
    refusals = [*_role_refusals(role, hand, target, bool(warnings)), *bed_refusals(target.bed, hand.person, now)]
    if hand.from_bed_id == target.bed.id:
        refusals.insert(0, refuse(Code.STATE, "already_there", bed=target.bed.number))
    refusal = first_of(refusals)
    return Verdict(refusal) if refusal else Verdict(None, warnings)


def find_warnings(hand: InHand, target: Target, now: datetime) -> Iterable[SoftWarning]:
    """Yield the soft warnings of UX b.6, in the order of :class:`Warned`."""
    yield from _sex(hand.person, target)
    yield from _age(hand.person, target.ward, now)
    yield from _needs(hand, target)
    yield from _similar(hand.person, target)
    if target.ward.specialty and hand.specialty and not same_specialty(target.ward.specialty, hand.specialty):
        yield _warn(Warned.SPECIALTY, ward=target.ward.name, specialty=hand.specialty)
    yield from _staffed(hand, target)
    if hand.from_bed_id is not None and hand.moved_at is not None and now - hand.moved_at < RECENT_MOVE:
        yield _warn(Warned.RECENT, at=to_text(hand.moved_at))


def same_specialty(one: str, other: str) -> bool:
    """Whether two names mean the same specialty: people write them with a capital, or without."""
    return one.casefold() == other.casefold()


def _warn(code: Warned, **params: str) -> SoftWarning:
    return SoftWarning(code, tuple(params.items()))


def _others(hand_person: Person, target: Target) -> list[Person]:
    return [bed.occupant.person for bed in target.neighbours
            if bed.occupant and bed.occupant.person.patient_id != hand_person.patient_id]


def _sex(person: Person, target: Target) -> Iterable[SoftWarning]:
    if person.sex not in (Sex.MALE, Sex.FEMALE):
        return
    policy = target.ward.sex_policy
    if policy in (WardSexPolicy.MALE, WardSexPolicy.FEMALE) and policy.value != person.sex.value:
        yield _warn(Warned.SEX, place=target.ward.name, policy=policy.value)
        return
    room = target.room.sex_policy if target.room else RoomSexPolicy.ANY
    if room in (RoomSexPolicy.MALE, RoomSexPolicy.FEMALE) and room.value != person.sex.value:
        yield _warn(Warned.SEX, **_room(target), policy=room.value)
    elif room is RoomSexPolicy.SAME:
        sexes = {other.sex for other in _others(person, target)} & {Sex.MALE, Sex.FEMALE}
        if sexes - {person.sex}:
            yield _warn(Warned.SEX, **_room(target), policy=(sexes - {person.sex}).pop().value)


def _room(target: Target) -> dict[str, str]:
    return {"room": target.room.name if target.room else target.bed.number}


def _age(person: Person, ward: Ward, now: datetime) -> Iterable[SoftWarning]:
    if person.date_of_birth is None or ward.age_policy is AgePolicy.ANY:
        return
    adult = age_in_years(person.date_of_birth, now.date()) >= ADULT_AGE
    if adult != (ward.age_policy is AgePolicy.ADULT):
        yield _warn(Warned.AGE, ward=ward.name, policy=ward.age_policy.value)


def _needs(hand: InHand, target: Target) -> Iterable[SoftWarning]:
    features, needs = set(target.bed.features), set(hand.needs)
    if "isolation" in needs and "isolation" not in features:
        yield _warn(Warned.ISOLATION, bed=target.bed.number)
    infectious_mate = any("infectious" in bed.occupant.needs for bed in target.neighbours
                          if bed.occupant and bed.occupant.person.patient_id != hand.person.patient_id)
    brings_it = "infectious" in needs and "isolation" not in features and bool(_others(hand.person, target))
    if infectious_mate or brings_it:
        yield _warn(Warned.INFECTIOUS, bed=target.bed.number)
    lacking = sorted(needs - features - {"isolation", "infectious"})
    if lacking:
        yield _warn(Warned.EQUIPMENT, bed=target.bed.number, needs=";".join(lacking))


def _similar(person: Person, target: Target) -> Iterable[SoftWarning]:
    for other in _others(person, target):
        if similar_names(person, other):
            yield _warn(Warned.SIMILAR, name=full_name(other))
            return


def _staffed(hand: InHand, target: Target) -> Iterable[SoftWarning]:
    staffed = target.ward.staffed_beds
    stays_in_ward = hand.from_bed_id is not None and hand.from_ward_id == target.ward.id
    if staffed is not None and target.occupied + (not stays_in_ward) > staffed:
        yield _warn(Warned.STAFFED, ward=target.ward.name, staffed=str(staffed))
