"""Writing events: the audit, the change feed and the source of undo in one (DESIGN 3).

A body holds ids, codes and times only; reasons that people typed go to ``event_texts``, outside the hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam

from wardbeds.domain.beds import Bed
from wardbeds.domain.changes import canonical, chain_hash
from wardbeds.domain.times import to_text
from wardbeds.store.places import Place
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import event_subjects, event_texts, events
from wardbeds.store.transaction import Head, Transaction

MOVING_ACTIONS = ("admitted", "assigned", "moved", "swapped", "discharge_decided", "left", "discharged", "removed",
                  "cleaned", "blocked", "unblocked", "held", "hold_released", "hold_ended", "cancelled", "reopened")
"""Actions that change where somebody is or what a bed is: the happenings of a bed or a person."""

HOLD_ENDED = "hold_ended"
"""A hold ran out and the next writer said so: a happening of the bed; the person it was kept for did nothing."""

State = dict[str, Any]
Values = dict[str, Any]


def bed_state(bed: Bed) -> State:
    """What an event remembers of a bed, before and after."""
    hold = bed.hold
    return {
        "status": bed.status.value, "since": to_text(bed.since) if bed.since else None, "patient": bed.patient_id,
        "hold_for": hold.person.patient_id if hold and hold.person else None,
        "hold_until": to_text(hold.until) if hold else None,
        "from": bed.blocked_from.value if bed.blocked_from else None, "version": bed.version,
    }


def person_state(place: Place) -> State:
    """What an event remembers of where a person is."""
    return {"admission": place.admission_id, "ward": place.waiting_ward, "bed": place.bed_id,
            "hold": place.hold_bed_id, "decided": place.decided_outcome}


@dataclass(slots=True)
class Draft:
    """An event being made: what changed, for one operation."""

    operation_id: str
    action: str
    time: datetime
    happened_at: datetime
    actor_id: int
    role: str
    station: str
    undoes: str | None = None
    beds: dict[int, list[State]] = field(default_factory=dict)
    people: dict[int, list[State]] = field(default_factory=dict)
    subjects: list[tuple[int | None, int | None, int | None]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def body(self, head: Head) -> dict[str, Any]:
        """The event's body in the stream of ``head``."""
        return {
            "v": 1, "stream": head.stream_id, "revision": head.revision + 1, "operation": self.operation_id,
            "action": self.action, "time": to_text(self.time), "happened_at": to_text(self.happened_at),
            "actor": self.actor_id, "role": self.role, "station": self.station, "undoes": self.undoes,
            "beds": [{"bed": key, "before": both[0], "after": both[1]} for key, both in sorted(self.beds.items())],
            "people": [{"patient": key, "before": both[0], "after": both[1]}
                       for key, both in sorted(self.people.items())],
            "subjects": [list(subject) for subject in self.subjects], **self.more,
        }


def append(transaction: Transaction, draft: Draft, heads: list[Head]) -> None:
    """Write the event into every stream of ``heads`` and move the heads on (the database's guard moves the rows)."""
    rows, subjects, texts = [], [], []
    for head in sorted(heads, key=lambda one: one.stream_id):
        body = canonical(draft.body(head))
        key = {"stream_id": head.stream_id, "revision": head.revision + 1}
        after = chain_hash(head.hash, body)
        rows.append({**key, "time": draft.time, "happened_at": draft.happened_at,
                     "operation_id": draft.operation_id, "action": draft.action, "actor_id": draft.actor_id,
                     "role": draft.role, "station": draft.station, "undoes": draft.undoes, "body": body,
                     "prev": head.hash, "hash": after})
        subjects += [{**key, "n": n, "patient_id": one[0], "from_bed": one[1], "to_bed": one[2]}
                     for n, one in enumerate(draft.subjects)]
        texts += [{**key, "kind": kind, "text": text} for kind, text in sorted(draft.texts.items()) if text]
        head.revision, head.hash, head.last_time = key["revision"], after, draft.time
    _insert(transaction, {table: values for table, values in (
        (events, rows), (event_subjects, subjects), (event_texts, texts)) if values})


def _insert(transaction: Transaction, rows: dict[Table, list[Values]]) -> None:
    """Insert the rows of all tables: in one statement on PostgreSQL, in one a table on SQLite."""
    if not transaction.postgresql:
        for table, values in rows.items():
            transaction.write(_INSERT[table], values)
        return
    statement = _inserting(*((table, len(values)) for table, values in rows.items()))
    transaction.write(statement, {f"{table.name}_{name}_{n}": value for table, values in rows.items()
                                  for n, row in enumerate(values) for name, value in row.items()})


_INSERT = {table: Prepared(table.insert().values({column.name: bindparam(column.name) for column in table.c}))
           for table in (events, event_subjects, event_texts)}


@lru_cache(maxsize=256)
def _inserting(*rows: tuple[Table, int]) -> Prepared:
    """So many rows into each of the tables; the last table's statement carries the others with it."""
    *others, last = (table.insert().values([{
        column.name: bindparam(f"{table.name}_{column.name}_{n}", type_=column.type) for column in table.c}
        for n in range(count)]) for table, count in rows)
    return Prepared(last.add_cte(*(one.cte(f"inserted_{n}") for n, one in enumerate(others))))
