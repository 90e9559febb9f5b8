"""Undo: take back my last bed action at this station, while its beds are still as it left them (UX b.7).

A compensating event is written, history is never erased: a stay that should not have been keeps its row with no
length, an ended one is opened again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from wardbeds.domain.access import Permission, require
from wardbeds.domain.beds import Bed, BedStatus, Hold, Occupant, hold_is_live
from wardbeds.domain.changes import UNDOABLE, UNDOING, Done, LastAction
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import UndoAction
from wardbeds.domain.stays import GUARDED, Outcome
from wardbeds.domain.times import from_text
from wardbeds.services.acting import act
from wardbeds.store.database import Store
from wardbeds.store.history import last_operation, read_last_action
from wardbeds.store.places import Place
from wardbeds.store.undo import (
    Taken,
    cancel_admission,
    empty_stay,
    read_taken,
    reopen_admission,
    reopen_stay,
    still_as_left,
    was_undone,
)
from wardbeds.store.work import Work

DISCHARGE_LIMIT = timedelta(hours=2)

_PERMISSION = {
    "admitted": Permission.ADMISSION_CREATE, "assigned": Permission.BED_ASSIGN, "moved": Permission.BED_ASSIGN,
    "swapped": Permission.BED_SWAP,
    "discharge_decided": Permission.DISCHARGE_DECIDE, "left": Permission.DISCHARGE_LEAVE,
    "discharged": Permission.DISCHARGE_DECIDE, "removed": Permission.ADMISSION_CANCEL,
    "cleaned": Permission.BED_CLEAN, "blocked": Permission.BED_BLOCK, "unblocked": Permission.BED_BLOCK,
    "held": Permission.BED_HOLD, "hold_released": Permission.BED_HOLD,
}


def last_action(store: Store, actor: Actor) -> LastAction | None:
    """This person's last bed action at this station that stands; None if there is none."""
    with store.reading() as connection:
        operation_id = last_operation(connection, actor.user_id, actor.station)
        return read_last_action(connection, operation_id) if operation_id else None


def undo_action(store: Store, actor: Actor, request: UndoAction) -> Done:
    """Take back an operation. Needs the right that the operation needed; STATE where it cannot be undone any more."""
    with store.reading() as connection:
        taken = read_taken(connection, str(request.undoes))
    if taken is None:
        raise Refused(refuse(Code.STATE, "nothing_to_undo"))

    def body(work: Work) -> None:
        _check(work, taken)
        work.draft.undoes = str(request.undoes)
        _take_back(work, taken)

    return act(store, actor, request, UNDOING, body, beds=taken.bed_ids, patients=taken.patient_ids,
               wards=taken.ward_ids)


def _check(work: Work, taken: Taken) -> None:
    if taken.action not in UNDOABLE or taken.actor_id != work.actor.user_id or taken.station != work.actor.station:
        raise Refused(refuse(Code.STATE, "cannot_undo"))
    require(work.role, _PERMISSION[taken.action])
    if taken.outcome == Outcome.DECEASED or (taken.action in ("left", "discharged") \
            and work.draft.time - taken.time > DISCHARGE_LIMIT):
        raise Refused(refuse(Code.STATE, "cannot_undo"))
    if was_undone(work, taken):
        raise Refused(refuse(Code.STATE, "nothing_to_undo"))
    changed = still_as_left(work, taken)
    if changed is not None:
        raise Refused(refuse(Code.STATE, "bed_taken_since", bed=changed) if changed
                      else refuse(Code.STATE, "patient_moved_since"))


def _take_back(work: Work, taken: Taken) -> None:
    """Empty the beds the action filled, mend stays and admission, then give the beds back what they had."""
    beds = [(work.bed(bed_id), before) for bed_id, before in taken.beds_before.items()]
    notes = next(((bed.occupant.notes, bed.occupant.notes_shared) for bed, before in beds
                  if bed.occupant is not None and before["patient"] is None), ("", False))
    beds.sort(key=lambda pair: pair[1]["patient"] is not None)
    places = {patient_id: work.place(patient_id) for patient_id in taken.patient_ids}
    if taken.stay_started is not None:
        empty_stay(work, taken.stay_started)
    kept = _mend_stays(work, taken)
    _mend_admission(work, taken)
    if taken.stay_ended is not None:
        ended_notes = reopen_stay(work, taken.stay_ended)
        notes = notes if taken.stay_started is not None else ended_notes
    for bed, before in _emptied(work, beds) if taken.swapped else beds:
        _give_back(work, bed, before, places, kept.get(before["patient"], notes), taken)
    _remember(work, taken, places)


def _mend_stays(work: Work, taken: Taken) -> dict[int | None, tuple[str, bool]]:
    """Of a swap: both stays that should not have been, and those before them again; each patient's notes of today."""
    for one in taken.swapped:
        empty_stay(work, one["started"])
    for one in taken.swapped:
        reopen_stay(work, one["ended"])
    return {bed.occupant.person.patient_id: (bed.occupant.notes, bed.occupant.notes_shared)
            for bed in map(work.bed, taken.bed_ids) if bed.occupant is not None} if taken.swapped else {}


def _emptied(work: Work, beds: list[tuple[Bed, dict[str, Any]]]) -> list[tuple[Bed, dict[str, Any]]]:
    """The beds of a swap, freed both before either is given back: nobody is in two at any moment."""
    return [(work.write_bed(bed, replace(bed, status=BedStatus.AVAILABLE, occupant=None), undoing=True)
             if before["patient"] is not None else bed, before) for bed, before in beds]


def _mend_admission(work: Work, taken: Taken) -> None:
    if taken.admission_id is None:
        return
    if taken.action == "admitted":
        cancel_admission(work, taken.admission_id)
    elif taken.action == "assigned":
        work.set_admission(taken.admission_id, waiting_ward=taken.waited_in)
    elif taken.action in ("left", "discharged", "removed"):
        reopen_admission(work, taken.admission_id, taken.waited_in)
    elif taken.action == "discharge_decided":
        work.set_admission(taken.admission_id, decided_at=None, decided_by=None, decided_outcome=None)


def _give_back(work: Work, bed: Bed, before: dict[str, Any], places: dict[int, Place], notes: tuple[str, bool],
               taken: Taken) -> None:
    status = BedStatus(before["status"])
    occupant = hold = None
    if before["patient"] is not None:
        place = places[before["patient"]]
        admission = taken.admission_of(place.patient_id)
        occupant = Occupant(place.person, admission, work.now, from_text(before["since"]), notes=notes[0],
                            notes_shared=notes[1])
    if before["hold_until"] is not None:
        held_for = before["hold_for"]
        kept_for = work.place(held_for).person if held_for else None
        hold = Hold(from_text(before["hold_until"]), kept_for, "" if held_for else taken.texts.get("held_text", ""))
    if hold is not None and not hold_is_live(hold, work.now):
        hold, status = None, BedStatus.AVAILABLE if status is BedStatus.RESERVED else status
    blocked_from = BedStatus(before["from"]) if before["from"] else None
    after = replace(bed, status=status, since=from_text(before["since"]), occupant=occupant, hold=hold,
                    blocked_from=blocked_from,
                    block_reason=taken.texts.get("block_reason", "") if status is BedStatus.MAINTENANCE else "")
    _walk(work, bed, after)


def _walk(work: Work, bed: Bed, after: Bed) -> None:
    """Write ``after``; where the guard knows no direct way, through a free bed in the same transaction."""
    if bed.status is not after.status and (bed.status, after.status) not in GUARDED:
        free = replace(bed, status=BedStatus.AVAILABLE, occupant=None, hold=None, blocked_from=None, block_reason="")
        bed = work.write_bed(bed, free, undoing=True)
    work.write_bed(bed, after, undoing=True)


def _remember(work: Work, taken: Taken, places: dict[int, Place]) -> None:
    for patient_id, place in places.items():
        before, after = taken.people_before[patient_id], taken.people_after[patient_id]
        if not taken.moved(patient_id):  # wherever she is by now, she stays
            work.remember_person(place, replace(place, hold_bed_id=before["hold"]))
            continue
        # A discharge decided since then stays decided: undo takes back its own action only.
        decided = before["decided"] if before["decided"] != after["decided"] else place.decided_outcome
        if before["admission"] is None:
            decided = None
        work.remember_person(place, replace(
            place, admission_id=before["admission"], waiting_ward=before["ward"], bed_id=before["bed"],
            hold_bed_id=before["hold"], decided_outcome=decided))
    for subject in taken.subjects:
        work.subject(subject[0], subject[2], subject[1])
    for bed_id in taken.bed_ids:
        work.wards_touched.add(work.bed(bed_id).ward_id)
    work.wards_touched.update(taken.ward_ids)
