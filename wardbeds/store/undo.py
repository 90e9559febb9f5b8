"""What undo reads of the operation it takes back, and the rows it mends that no other action touches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from wardbeds.domain.beds import Bed
from wardbeds.domain.stays import Outcome
from wardbeds.domain.times import from_text
from wardbeds.store.events import bed_state
from wardbeds.store.history import UNDONE, is_undone, read_body
from wardbeds.store.tables import admissions, bed_stays, event_subjects, events, streams
from wardbeds.store.work import Work

_PERSON_KEYS = ("admission", "ward", "bed")
_OWN_KEYS = (*_PERSON_KEYS, "decided")
TURNS = ("admitted", "left", "discharged", "removed", "cancelled", "reopened")
"""Actions by which somebody comes or leaves: what one of them left may look as it did before, and is not the same."""


@dataclass(slots=True)
class Taken:
    """An operation as its event tells it: who, where, and what each bed and person was before and after."""

    operation_id: str
    action: str
    actor_id: int
    station: str
    time: datetime
    outcome: str | None
    stay_started: int | None
    stay_ended: int | None
    admission_id: int | None
    ward_ids: list[int]
    beds_before: dict[int, dict[str, Any]]
    beds_after: dict[int, dict[str, Any]]
    people_before: dict[int, dict[str, Any]]
    people_after: dict[int, dict[str, Any]]
    subjects: list[list[int | None]]
    texts: dict[str, str] = field(default_factory=dict)
    swapped: list[dict[str, int]] = field(default_factory=list)
    """Of a swap, whose stay was ended and which one started."""

    @property
    def bed_ids(self) -> list[int]:
        """The beds it changed."""
        return sorted(self.beds_before)

    @property
    def patient_ids(self) -> list[int]:
        """The people it moved."""
        return sorted(self.people_before)

    @property
    def waited_in(self) -> int | None:
        """The ward whose list the person was on before."""
        return next((state["ward"] for state in self.people_before.values() if state["ward"] is not None), None)

    def moved(self, patient_id: int) -> bool:
        """Whether it changed where the person is, or that she leaves; a hold touches the bed alone."""
        before, after = self.people_before[patient_id], self.people_after[patient_id]
        return any(before.get(key) != after.get(key) for key in _OWN_KEYS)

    def admission_of(self, patient_id: int) -> int:
        """The admission the person had before."""
        return int(self.people_before[patient_id]["admission"] or 0)


def read_taken(connection: Connection, operation_id: str) -> Taken | None:
    """The operation to take back; None if there is none. Whether it was taken back already is asked under the lock."""
    found = read_body(connection, operation_id)
    if found is None:
        return None
    body, texts = found
    ward_ids = connection.scalars(
        select(streams.c.ward_id).join_from(events, streams, streams.c.id == events.c.stream_id)
        .where(events.c.operation_id == operation_id, streams.c.ward_id.is_not(None))).all()
    return Taken(
        operation_id, body["action"], body["actor"], body["station"], from_text(body["time"]), body.get("outcome"),
        body.get("stay_started"), body.get("stay_ended"), body.get("admission"), list(ward_ids),
        {one["bed"]: one["before"] for one in body["beds"]}, {one["bed"]: one["after"] for one in body["beds"]},
        {one["patient"]: one["before"] for one in body["people"]},
        {one["patient"]: one["after"] for one in body["people"]}, body["subjects"], texts, body.get("stays", []))


_BED_KEYS = ("status", "patient", "hold_for", "hold_until", "since")


def was_undone(work: Work, taken: Taken) -> bool:
    """Whether somebody took the operation back before."""
    return is_undone(work.transaction.connection, taken.operation_id)


def still_as_left(work: Work, taken: Taken) -> str | None:
    """None while beds and people are as the operation left them; else the number of a bed that is not, or "" for a
    person who is not.

    A changed remark or note does not matter, a changed state, occupant or hold does.
    """
    for bed_id, after in taken.beds_after.items():
        bed: Bed = work.bed(bed_id)
        now = bed_state(bed)
        if any(now[key] != after[key] for key in _BED_KEYS):
            return bed.number
    for patient_id, after in taken.people_after.items():
        if not taken.moved(patient_id):
            continue
        place = work.place(patient_id)
        if place.patient_id != patient_id:
            return ""  # merged into another record since: what was hers is no longer where it was
        state = {"admission": place.admission_id, "ward": place.waiting_ward, "bed": place.bed_id}
        if any(state[key] != after[key] for key in _PERSON_KEYS) or _turned_since(work, taken, patient_id):
            return ""
    return None


def _turned_since(work: Work, taken: Taken, patient_id: int) -> bool:
    """Whether the person came or left since, and nobody took that back: discharged, reopened and removed from the list
    she is as absent as after the discharge, which is to be undone no more."""
    query = select(events.c.revision).join_from(
        events, event_subjects, (event_subjects.c.stream_id == events.c.stream_id)
        & (event_subjects.c.revision == events.c.revision)).where(
        event_subjects.c.patient_id == patient_id, events.c.action.in_(TURNS), events.c.time > taken.time, ~UNDONE)
    return work.transaction.run(query.limit(1)).first() is not None


def empty_stay(work: Work, stay_id: int) -> None:
    """A stay that should not have been: it ends where it began and overlaps nothing."""
    work.transaction.run(
        update(bed_stays).where(bed_stays.c.id == bindparam("b_id")).values(
            ended_at=bed_stays.c.started_at, ended_by=work.actor.user_id, ended_why="undone"), {"b_id": stay_id})


def reopen_stay(work: Work, stay_id: int) -> tuple[str, bool]:
    """Open an ended stay again; returns the notes it kept, which go back to the bed."""
    notes, shared = work.transaction.run(select(bed_stays.c.notes, bed_stays.c.notes_shared)
                                         .where(bed_stays.c.id == stay_id)).one()
    work.transaction.run(
        update(bed_stays).where(bed_stays.c.id == bindparam("b_id")).values(
            ended_at=None, ended_by=None, ended_why=None, notes="", notes_shared=False), {"b_id": stay_id})
    return notes, bool(shared)


def cancel_admission(work: Work, admission_id: int) -> None:
    """An admission that should not have been."""
    work.transaction.run(
        update(admissions).where(admissions.c.id == bindparam("b_id")).values(
            discharged_at=admissions.c.admitted_at, discharged_by=work.actor.user_id,
            outcome=Outcome.CANCELLED.value, waiting_ward=None), {"b_id": admission_id})


def reopen_admission(work: Work, admission_id: int, waiting_ward: int | None) -> None:
    """Open an ended admission again, on the list it was on if it was."""
    work.set_admission(admission_id, discharged_at=None, discharged_by=None, outcome=None, waiting_ward=waiting_ward)
