"""Events as they are exported: one JSON value each, with subjects and the free reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from wardbeds.domain.times import local_text
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

_subject = patients.alias("subject")
_from, _to = ward_beds.alias("from_bed"), ward_beds.alias("to_bed")
_from_ward, _to_ward = wards.alias("from_ward"), wards.alias("to_ward")


def _place(ward: str | None, number: str | None) -> dict[str, str] | None:
    return {"ward": ward, "bed_number": number} if ward is not None and number is not None else None


def _subjects(connection: Connection, stream_id: int, since: int) -> dict[int, list[dict[str, Any]]]:
    rows = connection.execute(
        select(event_subjects.c.revision, event_subjects.c.patient_id, patients.c.hospital_number,
               _from_ward.c.name, _from.c.bed_number, _to_ward.c.name, _to.c.bed_number)
        .select_from(event_subjects)
        .outerjoin(_subject, _subject.c.id == event_subjects.c.patient_id)
        .outerjoin(patients, patients.c.id == func.coalesce(_subject.c.merged_into, _subject.c.id))
        .outerjoin(_from, _from.c.id == event_subjects.c.from_bed)
        .outerjoin(_from_ward, _from_ward.c.id == _from.c.ward_id)
        .outerjoin(_to, _to.c.id == event_subjects.c.to_bed).outerjoin(_to_ward, _to_ward.c.id == _to.c.ward_id)
        .where(event_subjects.c.stream_id == stream_id, event_subjects.c.revision > since)
        .order_by(event_subjects.c.revision, event_subjects.c.n))
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append({
            "patient_id": row[1], "hospital_number": row[2], "from": _place(row[3], row[4]),
            "to": _place(row[5], row[6])})
    return found


def read_events(connection: Connection, ward_id: int | None, since: int, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """The events of a ward's stream, or of the house's, after a revision, oldest first."""
    where = streams.c.ward_id == ward_id if ward_id is not None else streams.c.kind == "house"
    stream_id = connection.scalar(select(streams.c.id).where(where))
    if stream_id is None:
        return
    subjects = _subjects(connection, stream_id, since)
    texts: dict[int, list[str]] = {}
    for revision, text in connection.execute(
            select(event_texts.c.revision, event_texts.c.text)
            .where(event_texts.c.stream_id == stream_id, event_texts.c.revision > since)
            .order_by(event_texts.c.revision, event_texts.c.kind)):
        texts.setdefault(revision, []).append(text)
    rows = connection.execute(
        select(events, users.c.username).join_from(events, users, users.c.id == events.c.actor_id)
        .where(events.c.stream_id == stream_id, events.c.revision > since).order_by(events.c.revision)).mappings()
    for row in rows:
        yield {"stream": row["stream_id"], "revision": row["revision"], "time": local_text(row["time"], zone),
               "happened_at": local_text(row["happened_at"], zone), "operation_id": row["operation_id"],
               "action": row["action"], "actor": row["username"], "role": row["role"], "station": row["station"],
               "subjects": subjects.get(row["revision"], []),
               "reason": "; ".join(texts.get(row["revision"], [])) or None, "body": row["body"],
               "prev": row["prev"], "hash": row["hash"]}
