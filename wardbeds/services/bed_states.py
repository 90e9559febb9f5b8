"""What can be done to a bed without a patient in it: clean, block, unblock, hold, release the hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from wardbeds.domain.access import Permission, require
from wardbeds.domain.beds import Bed, BedStatus, Hold, as_of, hold_is_live
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, raise_first, refuse
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Actor, Role
from wardbeds.domain.placement import blocked
from wardbeds.domain.requests import BlockBed, HoldBed, MarkClean, ReleaseHold, SeenBed, UnblockBed
from wardbeds.domain.times import to_text
from wardbeds.services.acting import act, stale_bed
from wardbeds.services.settings import over_faults
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.work import Work, without_hold

HOLD_LIMIT_STAFF = timedelta(hours=24)
HOLD_LIMIT_ADMIN = timedelta(hours=72)


def mark_clean(store: Store, actor: Actor, request: MarkClean) -> Done:
    """Cleaning is done: the bed is free, or reserved if a live hold exists. That it was disinfected is kept.

    Needs ``bed:clean``; STATE, ``not_disinfected`` for a bed that is said not to be; STALE. Whether it has to be asked
    is for whoever asks (:func:`wardbeds.services.cleaning.needs_disinfecting`): lists of movements do not say it.
    """
    return act(store, actor, request, "cleaned", lambda work: clean(work, request.bed, request.disinfected),
               beds=[request.bed.bed_id])


def block_bed(store: Store, actor: Actor, request: BlockBed) -> Done:
    """Take a free bed, or one to clean, out of use.

    Needs ``bed:block``. VALUE (expected back on a day that is over), OCC, HELD, STATE, STALE.
    """

    def body(work: Work) -> None:
        require(work.role, Permission.BED_BLOCK)
        raise_first(over_faults(work.transaction.connection, request.expected_back, work.now, "expected_back"))
        block(work, request.bed, request.block.text)

    return act(store, actor, request, "blocked", body, beds=[request.bed.bed_id])


def unblock_bed(store: Store, actor: Actor, request: UnblockBed) -> Done:
    """Give a blocked bed back, to what it was before. Needs ``bed:block``; STATE, STALE."""
    return act(store, actor, request, "unblocked", lambda work: unblock(work, request.bed), beds=[request.bed.bed_id])


def hold_bed(store: Store, actor: Actor, request: HoldBed) -> Done:
    """Keep a bed until a time, for a registered person or for what a text says.

    Needs ``bed:hold``. VALUE (until not ahead, or too far: 24 h, admin 72 h), OCC, BLK, HELD, STATE (already held
    for that person), STALE.
    """
    patients = [request.patient_id] if request.patient_id is not None else []
    return act(store, actor, request, "held",
               lambda work: hold(work, request.bed, request.patient_id, request.text, request.until),
               beds=[request.bed.bed_id], patients=patients)


def release_hold(store: Store, actor: Actor, request: ReleaseHold) -> Done:
    """Stop keeping the bed. Needs ``bed:hold``; STATE ``no_hold``, STALE."""

    def body(work: Work) -> None:
        release(work, request.bed)

    return act(store, actor, request, "hold_released", body, beds=[request.bed.bed_id])


def _change(work: Work, seen: SeenBed, permission: Permission, find: Callable[[Bed], list[Refusal]]) -> Bed:
    """Load, require the right, check; returns the bed with an expired hold recorded as ended."""
    bed = work.bed(seen.bed_id)
    require(work.role, permission)
    raise_first([*find(as_of(bed, work.now)), *stale_bed(work, seen, bed)])
    work.refuse_if_later()
    return work.expire(bed)


def clean(work: Work, seen: SeenBed, disinfected: bool | None = None) -> None:
    """Mark a bed clean inside a transaction; ``disinfected`` None: it was not asked."""

    def faults(bed: Bed) -> list[Refusal]:
        if bed.status is not BedStatus.CLEANING:
            return [refuse(Code.STATE, "not_cleaning", bed=bed.number)]
        return [refuse(Code.STATE, "not_disinfected", bed=bed.number)] if disinfected is False else []

    bed = _change(work, seen, Permission.BED_CLEAN, faults)
    if disinfected:
        work.draft.more["disinfected"] = True
    status = BedStatus.RESERVED if bed.hold is not None else BedStatus.AVAILABLE
    if bed.hold is not None and bed.hold.text:
        work.draft.texts["held_text"] = bed.hold.text
    _write(work, bed, replace(bed, status=status, since=work.now))


def block(work: Work, seen: SeenBed, reason: str) -> None:
    """Block a bed inside a transaction; ``reason`` is the line that :func:`read_block` reads."""

    def faults(bed: Bed) -> list[Refusal]:
        found = [_held(bed)] if bed.hold is not None else []
        if bed.status is BedStatus.OCCUPIED:
            found.append(_occupied(bed))
        if bed.status is BedStatus.MAINTENANCE:
            found.append(refuse(Code.STATE, "already_blocked", bed=bed.number))
        return found

    bed = _change(work, seen, Permission.BED_BLOCK, faults)
    work.draft.texts["block_reason"] = reason
    _write(work, bed, replace(bed, status=BedStatus.MAINTENANCE, since=work.now, block_reason=reason,
                              blocked_from=bed.status))


def unblock(work: Work, seen: SeenBed) -> None:
    """Unblock a bed inside a transaction."""

    def faults(bed: Bed) -> list[Refusal]:
        return [] if bed.status is BedStatus.MAINTENANCE else [refuse(Code.STATE, "not_blocked", bed=bed.number)]

    bed = _change(work, seen, Permission.BED_BLOCK, faults)
    work.draft.texts["block_reason"] = bed.block_reason
    _write(work, bed, replace(bed, status=bed.blocked_from or BedStatus.AVAILABLE, since=work.now, block_reason="",
                              blocked_from=None))


def hold(work: Work, seen: SeenBed, patient_id: int | None, text: str, until: datetime) -> None:
    """Hold a bed inside a transaction."""
    place = work.place(patient_id) if patient_id is not None else None

    def faults(bed: Bed) -> list[Refusal]:
        found = list(_until_faults(work, until))
        if place is None and not text:
            found.append(refuse(Code.VALUE, "required", field="patient_id"))
        if place is not None and live_hold(work, place):
            found.append(refuse(Code.STATE, "already_held", name=full_name(place.person)))
        if bed.status is BedStatus.OCCUPIED:
            found.append(_occupied(bed))
        if bed.status is BedStatus.MAINTENANCE:
            found.append(blocked(bed))
        if bed.hold is not None:
            found.append(_held(bed))
        return found

    bed = _change(work, seen, Permission.BED_HOLD, faults)
    if place is not None:
        work.release_other_hold(place, keep=bed.id)  # an expired one: a live one was refused
    status = BedStatus.RESERVED if bed.status is BedStatus.AVAILABLE else bed.status
    since = work.now if status is not bed.status else bed.since
    kept = Hold(until, place.person, "") if place is not None else Hold(until, None, text)
    if place is None:
        work.draft.texts["held_text"] = text
    _write(work, bed, replace(bed, status=status, since=since, hold=kept), place)
    if place is not None:
        work.remember_person(place, replace(place, hold_bed_id=bed.id))


def release(work: Work, seen: SeenBed) -> None:
    """Release a live hold inside a transaction."""

    def faults(bed: Bed) -> list[Refusal]:
        return [] if bed.hold is not None else [refuse(Code.STATE, "no_hold", bed=bed.number)]

    bed = _change(work, seen, Permission.BED_HOLD, faults)
    assert bed.hold is not None
    place = work.place(bed.hold.person.patient_id) if bed.hold.person else None
    if bed.hold.text:
        work.draft.texts["held_text"] = bed.hold.text
    after = work.write_bed(bed, without_hold(bed, work.now))
    work.subject(place.patient_id if place else None, after.id, None)
    if place is not None:
        work.remember_person(place, replace(place, hold_bed_id=None))


def live_hold(work: Work, place: Place) -> bool:
    """Whether a bed is kept for the person at the work's time."""
    if place.hold_bed_id is None:
        return False
    kept = work.bed(place.hold_bed_id).hold
    return hold_is_live(kept, work.now) and kept is not None and kept.person is not None \
        and kept.person.patient_id == place.patient_id


def _until_faults(work: Work, until: datetime) -> list[Refusal]:
    if until <= work.now:
        return [refuse(Code.VALUE, "until_past", field="until")]
    limit = HOLD_LIMIT_ADMIN if work.role is Role.ADMIN else HOLD_LIMIT_STAFF
    if not work.imported and until - work.now > limit:
        return [refuse(Code.VALUE, "until_too_far", field="until", hours=int(limit.total_seconds() // 3600))]
    return []


def _occupied(bed: Bed) -> Refusal:
    name = full_name(bed.occupant.person) if bed.occupant else ""
    return refuse(Code.OCC, bed=bed.number, name=name)


def _held(bed: Bed) -> Refusal:
    assert bed.hold is not None
    held = full_name(bed.hold.person) if bed.hold.person else bed.hold.text
    return refuse(Code.HELD, bed=bed.number, name=held, until=to_text(bed.hold.until))


def _write(work: Work, before: Bed, after: Bed, place: Place | None = None) -> None:
    work.write_bed(before, after)
    work.subject(place.patient_id if place else None, None, after.id)
