"""How things stood at an earlier time, from the events: what happened up to and including it, as known now.

Undone actions, and the undoing itself, are left out. A bed without any event stands as it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, or_, select, union_all

from wardbeds.domain.beds import Bed, BedStatus, Hold, Occupant
from wardbeds.domain.people import Person
from wardbeds.domain.times import from_text
from wardbeds.store.board import make_person, person_columns
from wardbeds.store.events import HOLD_ENDED, MOVING_ACTIONS
from wardbeds.store.places import Place
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import (
    admissions,
    bed_stays,
    event_subjects,
    event_texts,
    events,
    patients,
    users,
    ward_beds,
)

_undoing = events.alias("undoing")
_asked = patients.alias("asked")

STANDING: ColumnElement[bool] = (
    events.c.action.in_(MOVING_ACTIONS)
    & ~exists().where(_undoing.c.undoes == events.c.operation_id)
)
"""Events that count: happenings of a bed or a person that nobody took back."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an event left: the state of one bed or person, and where the event stands."""

    stream_id: int
    revision: int
    action: str
    state: dict[str, Any]


def _join() -> Any:
    return event_subjects.join(events, (events.c.stream_id == event_subjects.c.stream_id)
                               & (events.c.revision == event_subjects.c.revision))


_HOLD_ENDED_AFTER = Prepared(select(events.c.revision).select_from(_join()).where(
    event_subjects.c.patient_id == bindparam("who"), events.c.action == HOLD_ENDED,
    events.c.happened_at > bindparam("at", type_=events.c.happened_at.type)).limit(1))
_LAST_OF_BED = Prepared(select(func.max(events.c.happened_at)).select_from(_join()).where(
    or_(event_subjects.c.from_bed == bindparam("bed"), event_subjects.c.to_bed == bindparam("bed")), STANDING))
_LAST_OF_PERSON = Prepared(select(func.max(events.c.happened_at)).select_from(_join()).where(
    event_subjects.c.patient_id == bindparam("who"), STANDING, events.c.action != HOLD_ENDED))


def last_of_bed(connection: Connection, bed_id: int) -> datetime | None:
    """When something last happened to the bed."""
    row = _LAST_OF_BED.row(connection, bed=bed_id)
    return row[0] if row is not None else None


def last_of_person(connection: Connection, patient_id: int) -> datetime | None:
    """When something last happened to the person; that a hold ran out is no happening of hers."""
    row = _LAST_OF_PERSON.row(connection, who=patient_id)
    return row[0] if row is not None else None


def hold_ended_after(connection: Connection, patient_id: int, at: datetime) -> bool:
    """Whether a hold kept for the person ran out after ``at``: then she had a bed held at ``at``, and has not now."""
    return _HOLD_ENDED_AFTER.row(connection, who=patient_id, at=at) is not None


def _latest(connection: Connection, key: str, ids: Iterable[int] | None, at: datetime) -> dict[int, Mark]:
    """The latest standing event up to ``at`` of each bed (key "bed") or person (key "patient"), decoded."""
    columns = [event_subjects.c.from_bed, event_subjects.c.to_bed] if key == "bed" else [event_subjects.c.patient_id]
    wanted = list(ids) if ids is not None else None
    parts = []
    standing = STANDING if key == "bed" else STANDING & (events.c.action != HOLD_ENDED)
    for column in columns:
        part = select(column.label("key"), events.c.stream_id, events.c.revision, events.c.happened_at,
                      events.c.time).select_from(_join()).where(column.is_not(None), standing,
                                                                events.c.happened_at <= at)
        parts.append(part if wanted is None else part.where(column.in_(wanted)))
    found = union_all(*parts).subquery()
    ranked = select(found, func.row_number().over(
        partition_by=found.c.key,
        order_by=(found.c.happened_at.desc(), found.c.time.desc(), found.c.revision.desc())).label("rank")).subquery()
    rows = connection.execute(
        select(ranked.c.key, events.c.stream_id, events.c.revision, events.c.action, events.c.body)
        .join_from(ranked, events, (events.c.stream_id == ranked.c.stream_id)
                   & (events.c.revision == ranked.c.revision)).where(ranked.c.rank == 1))
    marks = {}
    for number, stream_id, revision, action, body in rows:
        state = _state(json.loads(body), key, number)
        if state is not None:
            marks[number] = Mark(stream_id, revision, action, state)
    return marks


def _state(body: dict[str, Any], key: str, number: int) -> dict[str, Any] | None:
    for entry in body["beds" if key == "bed" else "people"]:
        if entry[key] == number:
            after: dict[str, Any] = entry["after"]
            return after
    return None


def bed_marks(connection: Connection, bed_ids: Iterable[int] | None, at: datetime) -> dict[int, Mark]:
    """Each bed's last mark up to ``at``; beds without one stood as they were made."""
    return _latest(connection, "bed", bed_ids, at)


def place_at(connection: Connection, place: Place, at: datetime) -> Place:
    """Where the person of ``place`` was at ``at``."""
    mark = _latest(connection, "patient", [place.patient_id], at).get(place.patient_id)
    bare = Place(place.person, user_id=place.user_id)
    if mark is None:
        return bare
    state = mark.state
    if state["hold"] is not None:
        bare = replace(bare, hold_bed_id=state["hold"])
    if state["admission"] is None:
        return bare
    row = connection.execute(select(admissions.c.admitted_at, bed_stays.c.id, bed_stays.c.started_at).select_from(
        admissions.outerjoin(bed_stays, (bed_stays.c.admission_id == admissions.c.id)
                             & (bed_stays.c.bed_id == state["bed"]) & (bed_stays.c.started_at <= at)))
        .where(admissions.c.id == state["admission"]).order_by(bed_stays.c.started_at.desc()).limit(1)).one()
    return replace(bare, admission_id=state["admission"], admitted_at=row[0], waiting_ward=state["ward"],
                   bed_id=state["bed"], stay_id=row[1], stay_started_at=row[2], decided_outcome=state["decided"])


def bed_at(connection: Connection, bed: Bed, at: datetime) -> Bed:
    """The bed as it stood at ``at``."""
    return beds_at(connection, [bed], at)[0]


def beds_at(connection: Connection, beds: list[Bed], at: datetime) -> list[Bed]:
    """The beds as they stood at ``at``: state, occupant, hold and reason; the rest as it is now."""
    marks = bed_marks(connection, [bed.id for bed in beds] if len(beds) < 200 else None, at)
    made = _made(connection, [bed.id for bed in beds if bed.id not in marks])
    people = people_by_id(connection, {mark.state[key] for mark in marks.values() for key in ("patient", "hold_for")
                                       if mark.state[key] is not None})
    texts = _texts(connection, marks.values())
    notes = _stays_at(connection, marks, at)
    return [_bed_from(bed, marks.get(bed.id), made, people, texts, notes) for bed in beds]


def _made(connection: Connection, bed_ids: list[int]) -> dict[int, tuple[str, datetime]]:
    rows = connection.execute(select(ward_beds.c.id, ward_beds.c.made_status, ward_beds.c.created_at)
                              .where(ward_beds.c.id.in_(bed_ids))) if bed_ids else ()
    return {row[0]: (row[1], row[2]) for row in rows}


def people_by_id(connection: Connection, patient_ids: set[int]) -> dict[int, Person]:
    """The persons with these patient ids; for one that was merged, the person it was merged into."""
    if not patient_ids:
        return {}
    rows = connection.execute(
        select(_asked.c.id, *person_columns())
        .join_from(_asked, patients, patients.c.id == func.coalesce(_asked.c.merged_into, _asked.c.id))
        .join(users, users.c.id == patients.c.user_id).where(_asked.c.id.in_(sorted(patient_ids))))
    return {row[0]: make_person(row[1:]) for row in rows}


def _texts(connection: Connection, marks: Iterable[Mark]) -> dict[tuple[int, int, str], str]:
    keys = {(mark.stream_id, mark.revision) for mark in marks if mark.action in ("blocked", "held", "cleaned")}
    if not keys:
        return {}
    rows = connection.execute(select(event_texts.c.stream_id, event_texts.c.revision, event_texts.c.kind,
                                     event_texts.c.text))
    return {(row[0], row[1], row[2]): row[3] for row in rows if (row[0], row[1]) in keys}


def _stays_at(connection: Connection, marks: dict[int, Mark], at: datetime) -> dict[int, Any]:
    """Per occupied bed the stay that holds ``at``: admission, its times, and the notes (the bed's if still open)."""
    occupied = [bed_id for bed_id, mark in marks.items() if mark.state["patient"] is not None]
    if not occupied:
        return {}
    rows = connection.execute(
        select(bed_stays.c.bed_id, bed_stays.c.patient_id, bed_stays.c.admission_id, admissions.c.admitted_at,
               bed_stays.c.started_at, bed_stays.c.ended_at, bed_stays.c.notes, ward_beds.c.notes)
        .join_from(bed_stays, admissions, admissions.c.id == bed_stays.c.admission_id)
        .join(ward_beds, ward_beds.c.id == bed_stays.c.bed_id)
        .where(bed_stays.c.started_at <= at, or_(bed_stays.c.ended_at.is_(None), bed_stays.c.ended_at > at)))
    return {row[0]: row for row in rows}


def _bed_from(bed: Bed, mark: Mark | None, made: dict[int, tuple[str, datetime]], people: dict[int, Person],
              texts: dict[tuple[int, int, str], str], stays: dict[int, Any]) -> Bed:
    bare = replace(bed, occupant=None, hold=None, block_reason="", blocked_from=None)
    if mark is None:
        status, since = made[bed.id]
        blocked = BedStatus.AVAILABLE if status == "maintenance" else None
        return replace(bare, status=BedStatus(status), since=since, blocked_from=blocked)
    state = mark.state
    since = from_text(state["since"])
    hold = occupant = None
    if state["hold_until"] is not None:
        held_text = texts.get((mark.stream_id, mark.revision, "held_text"), "")
        hold = Hold(from_text(state["hold_until"]), people.get(state["hold_for"] or 0), held_text)
    if state["patient"] is not None:
        stay = stays.get(bed.id)
        notes = (stay[6] if stay[5] is not None else stay[7]) if stay is not None else ""
        occupant = Occupant(people[state["patient"]], stay[2] if stay is not None else 0,
                            stay[3] if stay is not None else since, since, notes=notes)
    return replace(bare, status=BedStatus(state["status"]), since=since, hold=hold, occupant=occupant,
                   block_reason=texts.get((mark.stream_id, mark.revision, "block_reason"), ""),
                   blocked_from=BedStatus(state["from"]) if state["from"] else None)


def waiting_at(connection: Connection, at: datetime) -> dict[int, list[tuple[Person, datetime, str]]]:
    """Who waited in which ward at ``at``: person, since when, priority (as recorded now), the longest waiting first."""
    rows = connection.execute(select(admissions.c.patient_id, admissions.c.id, admissions.c.admitted_at,
                                     admissions.c.priority)
                              .where(admissions.c.admitted_at <= at, or_(admissions.c.discharged_at.is_(None),
                                                                        admissions.c.discharged_at > at))).all()
    open_then = {row[1]: row for row in rows}
    marks = _latest(connection, "patient", {row[0] for row in rows}, at)
    people = people_by_id(connection, set(marks))
    waiting: dict[int, list[tuple[Person, datetime, str]]] = {}
    for patient_id, mark in marks.items():
        row = open_then.get(mark.state["admission"] or 0)
        if row is not None and mark.state["ward"] is not None:
            waiting.setdefault(mark.state["ward"], []).append((people[patient_id], row[2], row[3]))
    for listed in waiting.values():
        listed.sort(key=lambda one: (one[1], one[0].patient_id))
    return waiting
