"""``db check``: walks every invariant and names what is broken, with the row. Pure reads.

Checks, uniqueness and references are taken from the tables themselves, so none can be forgotten here; overlaps, the
events' chain and the agreement of beds and events are what triggers guard otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    func,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from wardbeds.domain.changes import NO_EVENT, chain_hash
from wardbeds.store.tables import admissions, bed_stays, events, metadata, streams, ward_beds


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken invariant: its name, the table and the row's key."""

    invariant: str
    table: str
    row: str


def check(connection: Connection) -> list[Finding]:
    """Everything that is broken, in the order of the walk; an empty list means the database is sound."""
    found = list(_integrity(connection))
    damaged = bool(found)
    try:
        for table in metadata.sorted_tables:
            found += _checks(connection, table)
            found += _unique(connection, table)
            found += _references(connection, table)
        for walk in (_overlaps, _lost, _gone_with_stay, _chain, _beds_and_events):
            found += walk(connection)
    except DatabaseError:
        if not damaged:
            raise  # else the walk ended where the file is damaged: that is the answer
    if damaged:
        connection.rollback()  # not even a COMMIT works on a damaged file
    return found


def _key(table: Table, row: Any) -> str:
    return ",".join(str(value) for value in row[:len(table.primary_key.columns)])


def _checks(connection: Connection, table: Table) -> Iterator[Finding]:
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            broken = select(*table.primary_key.columns).where(text(f"NOT ({constraint.sqltext})"))
            for row in connection.execute(broken):
                yield Finding(str(constraint.name), table.name, _key(table, row))


def _unique(connection: Connection, table: Table) -> Iterator[Finding]:
    groups: list[tuple[str, list[Any], Any]] = [
        (str(one.name), list(one.columns), None) for one in table.constraints if isinstance(one, UniqueConstraint)]
    groups += [(str(index.name), list(index.columns), index.dialect_options["sqlite"]["where"])
               for index in table.indexes if index.unique]
    for name, columns, where in groups:
        query = select(*columns).where(*(column.is_not(None) for column in columns))
        if where is not None:
            query = query.where(where)
        for row in connection.execute(query.group_by(*columns).having(func.count() > 1)):
            yield Finding(name, table.name, ",".join(str(value) for value in row))


def _references(connection: Connection, table: Table) -> Iterator[Finding]:
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            parent = constraint.referred_table.alias("parent")
            pairs = [(element.parent, parent.c[element.column.name]) for element in constraint.elements]
            missing = select(*table.primary_key.columns).select_from(
                table.outerjoin(parent, and_(*(child == key for child, key in pairs)))).where(
                *(child.is_not(None) for child, _ in pairs), pairs[0][1].is_(None))
            for row in connection.execute(missing):
                yield Finding(str(constraint.name), table.name, _key(table, row))


def _overlaps(connection: Connection) -> Iterator[Finding]:
    other = bed_stays.alias("other")
    for key in ("bed", "patient"):
        column = f"{key}_id"
        query = select(bed_stays.c.id).join_from(
            bed_stays, other, and_(bed_stays.c[column] == other.c[column], bed_stays.c.id < other.c.id)).where(
            or_(bed_stays.c.ended_at.is_(None), bed_stays.c.ended_at > bed_stays.c.started_at),
            or_(other.c.ended_at.is_(None), other.c.ended_at > other.c.started_at),
            or_(other.c.ended_at.is_(None), bed_stays.c.started_at < other.c.ended_at),
            or_(bed_stays.c.ended_at.is_(None), other.c.started_at < bed_stays.c.ended_at))
        for stay_id in connection.scalars(query):
            yield Finding(f"ex_bed_stays_{key}", "bed_stays", str(stay_id))


def _lost(connection: Connection) -> Iterator[Finding]:
    """An open admission is in exactly one place: a bed, or a waiting list."""
    query = select(admissions.c.id).outerjoin(
        bed_stays, and_(bed_stays.c.admission_id == admissions.c.id, bed_stays.c.ended_at.is_(None))).where(
        admissions.c.discharged_at.is_(None),
        not_(bed_stays.c.id.is_(None)) == admissions.c.waiting_ward.is_not(None))
    for admission_id in connection.scalars(query):
        yield Finding("admission_in_one_place", "admissions", str(admission_id))


def _gone_with_stay(connection: Connection) -> Iterator[Finding]:
    query = select(bed_stays.c.id).join(admissions, admissions.c.id == bed_stays.c.admission_id).where(
        bed_stays.c.ended_at.is_(None), admissions.c.discharged_at.is_not(None))
    for stay_id in connection.scalars(query):
        yield Finding("tr_bed_stays_admission", "bed_stays", str(stay_id))


def _chain(connection: Connection) -> Iterator[Finding]:
    """Revisions without gaps, each event's hash right and chained to the one before, the head at the last."""
    heads = {row[0]: (0, NO_EVENT) for row in connection.execute(select(streams.c.id))}
    query = select(events.c.stream_id, events.c.revision, events.c.body, events.c.prev, events.c.hash,
                   events.c.operation_id, events.c.action).order_by(events.c.stream_id, events.c.revision)
    for stream_id, revision, body, prev, own, operation_id, action in connection.execute(query):
        row = f"{stream_id},{revision}"
        before, head = heads.get(stream_id, (0, NO_EVENT))
        if revision != before + 1:
            yield Finding("events_without_gap", "events", row)
        elif prev != head:
            yield Finding("events_chained", "events", row)
        if own != chain_hash(prev, body) or not _tells_the_same(body, revision, operation_id, action):
            yield Finding("events_hash", "events", row)
        heads[stream_id] = (revision, own)
    for stream_id, revision, head in connection.execute(select(streams.c.id, streams.c.revision, streams.c.head)):
        if heads[stream_id] != (revision, head):
            yield Finding("streams_head", "streams", str(stream_id))


def _tells_the_same(body: str, revision: int, operation_id: str, action: str) -> bool:
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return (told.get("revision"), told.get("operation"), told.get("action")) == (revision, operation_id, action)


def _beds_and_events(connection: Connection) -> Iterator[Finding]:
    """Each bed stands as its last event left it: state, occupant, version."""
    latest: dict[int, tuple[str, dict[str, Any]]] = {}
    query = (select(events.c.body)
             .where(events.c.stream_id.in_(select(streams.c.id).where(streams.c.kind == "ward")))
             .order_by(events.c.time, events.c.stream_id))
    for body in connection.scalars(query):
        try:
            told = json.loads(body)
        except ValueError:
            continue
        for entry in told.get("beds", ()):
            latest[entry["bed"]] = (told["action"], entry["after"])
        versions = told.get("versions", {}) | ({str(told["bed"]): told["version"]} if "version" in told else {})
        for key, version in versions.items():
            if int(key) in latest:
                latest[int(key)][1]["version"] = version
    rows = connection.execute(select(ward_beds.c.id, ward_beds.c.status, ward_beds.c.patient_id, ward_beds.c.version,
                                     ward_beds.c.made_status))
    for bed_id, status, patient_id, version, made in rows:
        state = latest.get(bed_id, ("", {"status": made, "patient": None, "version": None}))[1]
        if (status, patient_id) != (state["status"], state["patient"]):
            yield Finding("bed_as_events_say", "ward_beds", str(bed_id))
        elif state["version"] is not None and version != state["version"]:
            yield Finding("bed_version", "ward_beds", str(bed_id))


def _integrity(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    try:
        for row in connection.exec_driver_sql("PRAGMA integrity_check(5)"):
            if row[0] != "ok" and "CHECK constraint" not in row[0]:
                yield Finding("sqlite_integrity", "database", row[0])
    except DatabaseError as error:
        yield Finding("sqlite_integrity", "database", str(error.orig))


def summary(connection: Connection) -> dict[str, int]:
    """How much the database holds: rows of the tables that people ask about."""
    tables = ("wards", "ward_beds", "patients", "admissions", "bed_stays", "events")
    return {name: int(connection.scalar(select(func.count()).select_from(metadata.tables[name])) or 0)
            for name in tables}


