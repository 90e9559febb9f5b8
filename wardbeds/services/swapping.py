"""A true swap: two patients change places in one transaction, with one event that names both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wardbeds.domain.beds import Bed, BedStatus, Occupant
from wardbeds.domain.changes import SWAPPED, Done
from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.placement import Target
from wardbeds.domain.requests import SeenBed, SeenPlace, SwapPatients
from wardbeds.domain.swapping import judge_swap
from wardbeds.services.acting import act, stale_bed, stale_place
from wardbeds.services.placing import hand_of, passed
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.work import Work


def swap_patients(store: Store, actor: Actor, request: SwapPatients) -> Done:
    """Put each of two patients into the other's bed; neither bed is left to clean.

    Needs ``bed:swap``, across wards ``bed:transfer``, past warnings ``warning:override``. Refused with UNKNOWN, ROLE,
    STATE, STALE, and VALUE ``needs_reason`` where a warning has no reason yet; then neither has moved.
    """
    other_id = request.bed.patient_id
    assert other_id is not None

    def body(work: Work) -> None:
        first, second = work.place(request.patient_id), work.place(other_id)
        to_second, to_first = _target(work, request.bed, request.own), _target(work, request.own, request.bed)
        faults = [*_faults(work, first, request.own, to_first.bed), *_faults(work, second, request.bed, to_second.bed)]
        verdict = judge_swap(hand_of(work, first), hand_of(work, second), to_second, to_first, work.role, work.now)
        passed(work, verdict.whole, faults, request.override)
        for place in (first, second):
            work.look_at_hold(place)
        work.refuse_if_later()
        _exchange(work, (first, to_first.bed), (second, to_second.bed), request.reason)

    return act(store, actor, request, SWAPPED, body, beds=[request.own.bed_id, request.bed.bed_id],
               patients=[request.patient_id, other_id])


def _target(work: Work, seen: SeenBed, other: SeenBed) -> Target:
    work.look_around(seen.bed_id, other.bed_id)
    return work.target(work.bed(seen.bed_id))


def _faults(work: Work, place: Place, seen: SeenBed, bed: Bed) -> list[Refusal]:
    if place.admission_id is None:
        return [refuse(Code.STATE, "not_admitted")]
    return [*stale_place(SeenPlace(bed_id=seen.bed_id), place), *stale_bed(work, seen, bed)]


def _exchange(work: Work, first: tuple[Place, Bed], second: tuple[Place, Bed], why: str) -> None:
    """Free both beds, then occupy both: at no moment is anybody in two, or two in one (DESIGN 3)."""
    stays: dict[int, dict[str, Any]] = {}
    free = {}
    for place, _bed in (first, second):  # one that has run out moves the time on: both stays end after that
        work.release_other_hold(place)
    for place, bed in (first, second):
        assert place.stay_id is not None
        free[bed.id] = work.free_bed(bed, replace(bed, status=BedStatus.AVAILABLE, since=work.now, occupant=None),
                                     place.stay_id, "moved")
        del work.draft.more["stay_ended"]  # of two: both are told together
        stays[place.patient_id] = {"patient": place.patient_id, "ended": place.stay_id}
    for (place, left), bed in ((first, free[second[1].id]), (second, free[first[1].id])):
        assert place.admission_id is not None and left.occupant is not None
        occupant = Occupant(place.person, place.admission_id, place.admitted_at or work.now, work.now, place.needs,
                            notes=left.occupant.notes, notes_shared=left.occupant.notes_shared)
        work.occupy_bed(bed, replace(bed, status=BedStatus.OCCUPIED, since=work.now, occupant=occupant),
                        place.admission_id, why)
        stays[place.patient_id]["started"] = work.draft.more.pop("stay_started")
        work.remember_person(place, replace(place, bed_id=bed.id, hold_bed_id=None))
    work.draft.more["stays"] = list(stays.values())
    work.draft.subjects[0:0] = [(first[0].patient_id, first[1].id, second[1].id),
                                (second[0].patient_id, second[1].id, first[1].id)]
