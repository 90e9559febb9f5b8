"""Placing an admitted patient: from a waiting list into a bed, or from one bed into another, in any ward."""

from __future__ import annotations

from dataclasses import replace

from wardbeds.domain.beds import Bed, BedStatus, Occupant
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, Refused, raise_first, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.placement import InHand, SoftWarning, Target, Verdict, judge
from wardbeds.domain.requests import Override, PlacePatient, SeenBed, SeenPlace
from wardbeds.services.acting import act, stale_bed, stale_place
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.work import Work


def place_patient(store: Store, actor: Actor, request: PlacePatient) -> Done:
    """Put the patient into the bed: assign one who waits, move one who lies in another bed.

    Needs ``bed:assign``, across wards ``bed:transfer``, past warnings ``warning:override``. Refused with UNKNOWN, ROLE,
    STATE, STALE, OCC, BLK, DIRTY, HELD, and VALUE ``needs_reason`` where a warning has no reason yet.
    """
    moving = request.seen.bed_id is not None

    def body(work: Work) -> None:
        place_in_bed(work, request.patient_id, request.bed, moving=moving, seen=request.seen, why=request.reason,
                     override=request.override)

    seen_wards = [request.seen.ward_id] if request.seen.ward_id is not None else []
    return act(store, actor, request, "moved" if moving else "assigned", body, beds=[request.bed.bed_id],
               patients=[request.patient_id], wards=seen_wards)


def place_in_bed(work: Work, patient_id: int, seen_bed: SeenBed, *, moving: bool, seen: SeenPlace | None = None,
                 why: str = "", override: Override | None = None) -> tuple[SoftWarning, ...]:
    """Check and write an assignment or a move inside a transaction; returns the warnings that were passed."""
    place = work.place(patient_id)
    work.look_around(seen_bed.bed_id, place.bed_id, place.hold_bed_id)
    bed = work.bed(seen_bed.bed_id)
    target = work.target(bed)
    faults = _state_faults(place, moving, seen) + stale_bed(work, seen_bed, bed)
    verdict = judge(hand_of(work, place), target, work.role, work.now)
    warnings = passed(work, verdict, faults, override)
    work.look_at_hold(place)
    work.refuse_if_later()
    settle(work, place, target, why)
    return warnings


def _state_faults(place: Place, moving: bool, seen: SeenPlace | None) -> list[Refusal]:
    if place.admission_id is None:
        return [refuse(Code.STATE, "not_admitted")]
    if seen is not None:
        return stale_place(seen, place)
    if moving and place.bed_id is None:
        return [refuse(Code.STATE, "not_in_bed")]
    if not moving and place.bed_id is not None:
        return [refuse(Code.STATE, "not_waiting")]
    return []


def hand_of(work: Work, place: Place) -> InHand:
    """The person as the placing rule sees her: needs, and where she comes from."""
    from_ward = work.bed(place.bed_id).ward_id if place.bed_id is not None else place.waiting_ward
    return InHand(place.person, place.needs, place.specialty, place.bed_id, from_ward, place.moved_at)


def passed(work: Work, verdict: Verdict, faults: list[Refusal], override: Override | None) -> tuple[SoftWarning, ...]:
    """Raise the first fault or the verdict's refusal; a warning needs its reason, and only some roles may give one.

    An import is not stopped by warnings: it reports them.
    """
    if verdict.refusal is not None:
        faults = [*faults, verdict.refusal]
    raise_first(faults)
    codes = {warning.code for warning in verdict.warnings}
    if codes and not work.imported:
        if override is None or not codes <= set(override.warnings):
            raise Refused(refuse(Code.VALUE, "needs_reason", field="override", warnings=";".join(sorted(codes))))
        work.draft.texts["override"] = override.reason
    if codes:
        work.draft.more["warnings"] = sorted(codes)
    return verdict.warnings


def settle(work: Work, place: Place, target: Target, why: str = "") -> None:
    """Write the placement: end the person's other hold and old stay, occupy the bed, open the stay."""
    assert place.admission_id is not None
    work.release_other_hold(place, keep=target.bed.id)
    bed = work.expire(target.bed)
    old = work.bed(place.bed_id) if place.bed_id is not None else None
    notes, shared = ("", False)
    if old is not None and place.stay_id is not None:
        notes, shared = leave_bed(work, old, place.stay_id, "moved")
    occupant = Occupant(place.person, place.admission_id, place.admitted_at or work.now, work.now, place.needs,
                        notes=notes, notes_shared=shared)
    work.occupy_bed(bed, replace(bed, status=BedStatus.OCCUPIED, since=work.now, occupant=occupant, hold=None),
                    place.admission_id, why)
    if place.waiting_ward is not None:
        work.set_admission(place.admission_id, waiting_ward=None)
    work.subject(place.patient_id, place.bed_id, bed.id)
    work.draft.subjects.reverse()
    work.remember_person(place, replace(place, waiting_ward=None, bed_id=bed.id, hold_bed_id=None))


def leave_bed(work: Work, bed: Bed, stay_id: int, why: str) -> tuple[str, bool]:
    """Free the bed, to clean where the ward's step is on, and end the stay; returns the occupant's notes.

    The notes go into the ended stay and are cleared from the bed in this same write (HAZARDS H16).
    """
    assert bed.occupant is not None
    notes, shared = bed.occupant.notes, bed.occupant.notes_shared
    status = BedStatus.CLEANING if work.ward(bed.ward_id).cleaning_step else BedStatus.AVAILABLE
    work.free_bed(bed, replace(bed, status=status, since=work.now, occupant=None), stay_id, why)
    return notes, shared
