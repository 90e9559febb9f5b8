"""Reading events back: the last action, a bed's and a person's history, and what undo must know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, func, select

from wardbeds.domain.changes import SWAPPED, UNDOABLE, UNDOING, LastAction, place_names
from wardbeds.domain.people import Person, actor_name
from wardbeds.domain.stays import HistoryLine, Outcome
from wardbeds.store.board import make_person, person_columns
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import (
    event_subjects,
    event_texts,
    events,
    patients,
    streams,
    users,
    ward_beds,
    wards,
)

_patient_user, _subject = users.alias("patient_user"), patients.alias("subject")
_from_bed, _to_bed = ward_beds.alias("from_bed"), ward_beds.alias("to_bed")
_from_ward, _to_ward = wards.alias("from_ward"), wards.alias("to_ward")
_undoing = events.alias("undoing")
UNDONE: ColumnElement[bool] = exists().where(_undoing.c.undoes == events.c.operation_id)
_DEATH: ColumnElement[bool] = (
    events.c.action.in_(("discharged", "left", "discharge_decided"))
    & events.c.body.contains(f'"outcome":"{Outcome.DECEASED.value}"'))
"""Told from the canonical text, in which nobody's words are: both engines can, without reading the body out."""

_DISINFECTED: ColumnElement[bool] = (events.c.action == "cleaned") & events.c.body.contains('"disinfected":true')


def _lines(*, outer: bool) -> Select[Any]:
    """Lines as :func:`_line` reads them; ``outer``: also of events that name nobody and no bed."""
    return (
        select(events.c.operation_id, events.c.action, events.c.happened_at, users.c.first_name, users.c.last_name,
               events.c.station, _from_bed.c.bed_number, _to_bed.c.bed_number, _from_ward.c.name, _to_ward.c.name,
               UNDONE, events.c.stream_id, events.c.revision, events.c.time, events.c.undoes, users.c.username,
               *person_columns(patients, _patient_user), _DEATH, _DISINFECTED)
        .select_from(events)
        .join(users, users.c.id == events.c.actor_id)
        .join(event_subjects, (event_subjects.c.stream_id == events.c.stream_id)
              & (event_subjects.c.revision == events.c.revision), isouter=outer)
        .outerjoin(_from_bed, _from_bed.c.id == event_subjects.c.from_bed)
        .outerjoin(_to_bed, _to_bed.c.id == event_subjects.c.to_bed)
        .outerjoin(_from_ward, _from_ward.c.id == _from_bed.c.ward_id)
        .outerjoin(_to_ward, _to_ward.c.id == _to_bed.c.ward_id)
        .outerjoin(_subject, _subject.c.id == event_subjects.c.patient_id)
        .outerjoin(patients, patients.c.id == func.coalesce(_subject.c.merged_into, _subject.c.id))
        .outerjoin(_patient_user, _patient_user.c.id == patients.c.user_id)
    )


_OF_TWO = frozenset({SWAPPED, UNDOING})
"""Actions that may move two people: a swap, and taking it back."""
_LINES = _lines(outer=False)
_FIRST_LINE = Prepared(_LINES.where(events.c.operation_id == bindparam("operation"))
                       .order_by(event_subjects.c.n, events.c.stream_id).limit(1))
_SECOND_LINE = Prepared(_LINES.where(events.c.operation_id == bindparam("operation"), event_subjects.c.n == 1)
                        .order_by(events.c.stream_id).limit(1))


def _actor(row: Sequence[Any]) -> str:
    return actor_name(row[3], row[4], row[15])


def _places(row: Sequence[Any]) -> tuple[str, str]:
    return place_names(row[6] or "", row[7] or "", row[8] or "", row[9] or "")


def read_last_action(connection: Connection, operation_id: str) -> LastAction | None:
    """The line for the work strip of one operation; None for one that named nobody and no bed."""
    row = _FIRST_LINE.row(connection, operation=operation_id)
    if row is None or row[1] not in _OF_TWO:
        return _line(row) if row is not None else None
    return _with_other(_line(row), _SECOND_LINE.row(connection, operation=operation_id))


def _with_other(line: LastAction, second: Sequence[Any] | None) -> LastAction:
    """The line with whoever else the event moved, if its second subject is another person."""
    other = _person(second) if second is not None else None
    return line if other is None or line.person is None or other.patient_id == line.person.patient_id \
        else replace(line, other=other)


def _person(row: Sequence[Any]) -> Person | None:
    return make_person(row[16:23]) if row[16] is not None else None


def _line(row: Sequence[Any]) -> LastAction:
    person = _person(row)
    death = bool(row[23])
    undoable = row[1] in UNDOABLE and not row[10] and not death
    return LastAction(UUID(row[0]), row[1], row[2], person, *_places(row), _actor(row), row[5], undoable, death)


def last_operation(connection: Connection, user_id: int, station: str) -> str | None:
    """The operation id of this person's last bed action at this station that stands; None if there is none."""
    return connection.scalar(
        select(events.c.operation_id)
        .where(events.c.actor_id == user_id, events.c.station == station, events.c.action.in_(UNDOABLE), ~UNDONE)
        .order_by(events.c.time.desc()).limit(1))


def read_body(connection: Connection, operation_id: str) -> tuple[dict[str, Any], dict[str, str]] | None:
    """An operation's decoded body and texts, from the first of its streams; None if there is no such operation."""
    row = connection.execute(select(events.c.stream_id, events.c.revision, events.c.body)
                             .where(events.c.operation_id == operation_id).order_by(events.c.stream_id)
                             .limit(1)).one_or_none()
    if row is None:
        return None
    texts = connection.execute(select(event_texts.c.kind, event_texts.c.text).where(
        event_texts.c.stream_id == row[0], event_texts.c.revision == row[1]))
    return json.loads(row[2]), {kind: text for kind, text in texts}


def is_undone(connection: Connection, operation_id: str) -> bool:
    """Whether some event takes this operation back."""
    return connection.scalar(select(events.c.revision).where(events.c.undoes == operation_id).limit(1)) is not None


def _history(connection: Connection, where: ColumnElement[bool], limit: int) -> tuple[HistoryLine, ...]:
    rows = connection.execute(_LINES.where(where).order_by(events.c.happened_at.desc(), events.c.time.desc())
                              .limit(2 * limit)).all()
    texts = {(row[0], row[1]): row[2] for row in connection.execute(
        select(event_texts.c.stream_id, event_texts.c.revision, event_texts.c.text)
        .where(event_texts.c.stream_id.in_({row[11] for row in rows}),
               event_texts.c.revision.in_({row[12] for row in rows})))} if rows else {}
    swapped = _swapped(connection, {(row[11], row[12]) for row in rows if row[1] in _OF_TWO})
    seen: set[tuple[str, str, str]] = set()
    lines = []
    for row in rows:
        old, new = _places(row)
        if (row[0], old, new) in seen:
            continue
        seen.add((row[0], old, new))
        person, both = _person(row), swapped.get((row[11], row[12]), [])
        lines.append(HistoryLine(row[2], row[1], _actor(row), row[5], person, old, new,
                                 texts.get((row[11], row[12]), ""), bool(row[10]), bool(row[24]),
                                 next((one for one in both if person and one.patient_id != person.patient_id), None)))
    return tuple(lines[:limit])


def _swapped(connection: Connection, keys: set[tuple[int, int]]) -> dict[tuple[int, int], list[Person]]:
    """Who changed places in each of these events, by stream and revision."""
    found: dict[tuple[int, int], list[Person]] = {key: [] for key in keys}
    rows = connection.execute(_LINES.where(
        events.c.action.in_(_OF_TWO), event_subjects.c.n <= 1, events.c.stream_id.in_({key[0] for key in keys}),
        events.c.revision.in_({key[1] for key in keys}))) if keys else ()
    for row in rows:
        person = _person(row)
        if person is not None and (row[11], row[12]) in found:
            found[row[11], row[12]].append(person)
    return found


def bed_history(connection: Connection, bed_id: int, limit: int) -> tuple[HistoryLine, ...]:
    """What happened to a bed, the latest first."""
    return _history(connection, (event_subjects.c.from_bed == bed_id) | (event_subjects.c.to_bed == bed_id), limit)


def person_history(connection: Connection, patient_id: int, limit: int) -> tuple[HistoryLine, ...]:
    """What happened to a person, the latest first."""
    same = select(patients.c.id).where((patients.c.id == patient_id) | (patients.c.merged_into == patient_id))
    return _history(connection, event_subjects.c.patient_id.in_(same), limit)


@dataclass(frozen=True, slots=True)
class Touch:
    """One subject of an event after some revision: which operation, whose, and what it names."""

    revision: int
    operation_id: str
    action: str
    actor_id: int
    station: str
    patient_id: int | None
    from_bed: int | None
    to_bed: int | None
    prev: str
    hash: str


_TOUCHES_WITH_LINES = (
    _lines(outer=True)
    .add_columns(events.c.actor_id, event_subjects.c.n, event_subjects.c.patient_id, event_subjects.c.from_bed,
                 event_subjects.c.to_bed, events.c.prev, events.c.hash)
    .where(events.c.stream_id == select(streams.c.id).where(streams.c.ward_id == bindparam("ward")).scalar_subquery(),
           events.c.revision > bindparam("since"), events.c.revision <= bindparam("until"))
    .order_by(events.c.revision, event_subjects.c.n))


def touches_with_lines(connection: Connection, ward_id: int, revision: int,
                       most: int) -> tuple[list[Touch], dict[str, LastAction]]:
    """Touches and lines in one statement, of the ``most`` events after ``revision``.

    Two bounds: with one the server expects a third of all events there ever were, and reads them all (measured).
    """
    touches: list[Touch] = []
    lines: dict[str, LastAction] = {}
    values = {"ward": ward_id, "since": revision, "until": revision + most}
    for row in connection.execute(_TOUCHES_WITH_LINES, values):
        actor_id, n, *named = row[25:]
        touches.append(Touch(row[12], row[0], row[1], actor_id, row[5], *named))
        if n is not None and row[0] not in lines:
            lines[row[0]] = _line(row)
        elif n == 1 and row[1] in _OF_TWO:
            lines[row[0]] = _with_other(lines[row[0]], row)
    return touches, lines
