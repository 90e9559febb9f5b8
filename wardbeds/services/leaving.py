"""The end of a stay: deciding the discharge, the patient having left, both in one step, and leaving the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wardbeds.domain.access import Permission, require
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, Refused, raise_first, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import DecideDischarge, DischargePatient, RecordLeft, RemoveWaiting, SeenPlace
from wardbeds.domain.stays import Outcome
from wardbeds.services.acting import act, stale_place
from wardbeds.services.placing import leave_bed
from wardbeds.store.admission import was_admitted
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.work import Work


def decide_discharge(store: Store, actor: Actor, request: DecideDischarge) -> Done:
    """Decide that the patient may go; the bed stays occupied. Needs ``discharge:decide``; STATE, STALE, and VALUE for
    a death: that is recorded in one step, with its time."""

    return act(store, actor, request, "discharge_decided", lambda work: decide(work, request),
               patients=[request.patient_id])


def decide(work: Work, request: DecideDischarge) -> None:
    """Decide a discharge inside a transaction."""
    place = _admitted(work, request.patient_id, request.seen, Permission.DISCHARGE_DECIDE, _decidable)
    if request.outcome is Outcome.DECEASED:
        raise Refused(refuse(Code.VALUE, "death_decided", field="outcome"))
    work.set_admission(place.admission_id or 0, decided_at=work.now, decided_by=work.actor.user_id,
                       decided_outcome=request.outcome.value)
    if request.note:
        work.set_admission(place.admission_id or 0, note=request.note)
    work.draft.more["outcome"] = request.outcome.value
    work.subject(place.patient_id, None, None)
    work.remember_person(place, replace(place, decided_outcome=request.outcome.value))
    if place.bed_id is not None:
        work.wards_touched.add(work.bed(place.bed_id).ward_id)
    if place.waiting_ward is not None:
        work.wards_touched.add(place.waiting_ward)


def record_left(store: Store, actor: Actor, request: RecordLeft) -> Done:
    """The patient has left: the bed is freed. Only after the decision. Needs ``discharge:leave``; STATE, STALE."""

    def body(work: Work) -> None:
        place = _admitted(work, request.patient_id, request.seen, Permission.DISCHARGE_LEAVE, _leavable)
        close(work, place, Outcome(place.decided_outcome or Outcome.DISCHARGED))

    return act(store, actor, request, "left", body, patients=[request.patient_id])


def discharge_patient(store: Store, actor: Actor, request: DischargePatient) -> Done:
    """Decide and leave in one step, from a bed or from the list. Needs ``discharge:decide``; STATE, STALE."""

    def body(work: Work) -> None:
        discharge(work, request.patient_id, request.outcome, request.seen, request.note)
        if request.attendant_informed:
            work.draft.more["attendant_informed"] = True

    return act(store, actor, request, "discharged", body, patients=[request.patient_id])


def remove_waiting(store: Store, actor: Actor, request: RemoveWaiting) -> Done:
    """Take the patient off the list and cancel the admission. Needs ``admission:cancel``; STATE, STALE."""

    def body(work: Work) -> None:
        place = _admitted(work, request.patient_id, request.seen, Permission.ADMISSION_CANCEL, _removable)
        work.draft.texts["reason"] = request.reason
        close(work, place, Outcome.CANCELLED)

    return act(store, actor, request, "removed", body, patients=[request.patient_id])


def _nothing(_place: Place) -> list[Refusal]:
    return []


def discharge(work: Work, patient_id: int, outcome: Outcome, seen: SeenPlace | None, note: str = "",
              faults: Callable[[Place], list[Refusal]] = _nothing) -> None:
    """Discharge inside a transaction; ``seen`` None: wherever the person is, as far as ``faults`` finds none."""
    place = _admitted(work, patient_id, seen, Permission.DISCHARGE_DECIDE, faults)
    if note:
        work.set_admission(place.admission_id or 0, note=note)
    close(work, place, outcome)


def close(work: Work, place: Place, outcome: Outcome) -> None:
    """End the admission and what hangs on it: the stay, the place on the list, the hold kept for the person."""
    assert place.admission_id is not None
    work.release_other_hold(place)
    if place.bed_id is not None and place.stay_id is not None:
        leave_bed(work, work.bed(place.bed_id), place.stay_id, "discharged")
    work.set_admission(place.admission_id, discharged_at=work.now, discharged_by=work.actor.user_id,
                       outcome=outcome.value, waiting_ward=None)
    work.draft.more["outcome"] = outcome.value
    work.subject(place.patient_id, place.bed_id, None)
    work.draft.subjects.reverse()
    work.remember_person(place, Place(place.person, user_id=place.user_id))


def _admitted(work: Work, patient_id: int, seen: SeenPlace | None, permission: Permission,
              faults: Callable[[Place], list[Refusal]]) -> Place:
    place = work.place(patient_id)
    require(work.role, permission)
    if place.admission_id is None:
        came = was_admitted(work.transaction.connection, place.patient_id, work.now)
        found = [refuse(Code.STATE, "already_gone" if came else "never_came")]
    else:
        found = [*faults(place), *(stale_place(seen, place) if seen is not None else [])]
    raise_first(found)
    if place.bed_id is not None:
        work.bed(place.bed_id)
    work.look_at_hold(place)
    work.refuse_if_later()
    return place


def _decidable(place: Place) -> list[Refusal]:
    return [refuse(Code.STATE, "already_decided")] if place.decided_outcome else []


def _leavable(place: Place) -> list[Refusal]:
    return [] if place.decided_outcome else [refuse(Code.STATE, "not_decided")]


def _removable(place: Place) -> list[Refusal]:
    return [] if place.waiting_ward is not None else [refuse(Code.STATE, "not_waiting")]
