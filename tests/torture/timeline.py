"""What each bed and each person was at every moment, told by the events alone."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from wardbeds.domain.times import from_text
from wardbeds.store.tables import admissions, bed_stays, events, patients, streams, ward_beds

State = dict[str, Any]
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MICROSECOND = timedelta(microseconds=1)
LAYOUT = ("ward_changed", "bed_changed")


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - EPOCH) // MICROSECOND


@dataclass(frozen=True)
class Event:
    """One operation as its event tells it."""

    time: int
    operation: str
    action: str
    body: dict[str, Any]
    streams: tuple[int, ...]

    def both(self, what: str, key: int) -> tuple[State, State] | None:
        """Before and after of a bed (``beds``) or a person (``people``)."""
        name = "bed" if what == "beds" else "patient"
        return next(((one["before"], one["after"]) for one in self.body.get(what, ()) if one[name] == key), None)


@dataclass
class Line:
    """The states of one thing in order: from ``times[n]`` on it was ``states[n]``, as ``events[n]`` left it."""

    times: list[int] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    events: list[Event | None] = field(default_factory=list)

    def add(self, time: int, state: State, event: Event | None) -> None:
        """The next state."""
        self.times.append(time)
        self.states.append(state)
        self.events.append(event)

    def during(self, start: int, end: int, visible: dict[str, int]) -> Iterator[tuple[State, int, int]]:
        """Every state that could be seen between two moments, with the part of that time.

        ``visible``: by when at the latest an operation's change was there for others to see.
        """
        first = max(0, bisect_right(self.times, start) - 1)
        while first > 0 and self._until(first - 1, visible) >= start:
            first -= 1
        for n in range(first, len(self.times)):
            if self.times[n] > end:
                return
            yield self.states[n], max(start, self.times[n]), min(end, self._until(n, visible))

    def _until(self, n: int, visible: dict[str, int]) -> int:
        if n + 1 == len(self.times):
            return 2**62
        follower = self.events[n + 1]
        return max(self.times[n + 1], visible.get(follower.operation, 0) if follower else 0)


@dataclass
class Past:
    """All of it; ``broken`` names what does not fit together.

    ``used``: whether a bed is in use at all; ``ended``: a person's admissions that ended by leaving; ``merged``: into
    whom, and by what.
    """

    events: dict[str, Event]
    beds: dict[int, Line]
    people: dict[int, Line]
    used: dict[int, Line]
    ended: dict[int, Line]
    merged: dict[int, tuple[int, Event]]
    broken: list[str]
    doubles: int = 0
    """Moments at which a bed had two patients, or a patient two beds."""


NOWHERE: State = {"admission": None, "ward": None, "bed": None, "hold": None, "decided": None}
_PERSON_KEYS = ("admission", "ward", "bed", "decided")


def read_past(connection: Connection, spare: Iterable[int] = ()) -> Past:
    """Read every event, in order of time, and follow each bed and person through them.

    ``spare``: beds that were not in use at first.
    """
    past = Past(_read_events(connection), {}, {}, {}, {}, {}, [])
    for bed_id, made in connection.execute(select(ward_beds.c.id, ward_beds.c.made_status)):
        first: State = {"status": made, "patient": None, "hold_for": None, "hold_until": None, "version": 1}
        past.beds[bed_id] = Line([0], [first], [None])
        past.used[bed_id] = Line([0], [{"active": bed_id not in spare}], [None])
    for patient_id in connection.scalars(select(patients.c.id)):
        past.people[patient_id] = Line([0], [NOWHERE], [None])
        past.ended[patient_id] = Line([0], [{"admissions": ()}], [None])
    occupied: dict[int, int] = {}
    for event in past.events.values():
        _follow(past, event)
        _occupy(past, event, occupied)
    _compare(connection, past)
    return past


def _read_events(connection: Connection) -> dict[str, Event]:
    found: dict[str, Event] = {}
    query = (select(events.c.operation_id, events.c.time, events.c.action, events.c.body, events.c.stream_id)
             .join(streams, streams.c.id == events.c.stream_id).where(streams.c.kind != "access")
             .order_by(events.c.time, events.c.stream_id))
    for operation, time, action, body, stream in connection.execute(query):
        known = found.get(operation)
        told = json.loads(body) if known is None else known.body
        found[operation] = Event(micros(time), operation, action, told,
                                 (*known.streams, stream) if known else (stream,))
    return found


def _follow(past: Past, event: Event) -> None:
    for one in event.body.get("beds", ()):
        line, before = past.beds[one["bed"]], one["before"]
        last = line.states[-1]
        if any(last[key] != before[key] for key in ("status", "patient", "version")):
            past.broken.append(f"bed {one['bed']}: {event.action} {event.operation} found {before}, not {last}")
        line.add(event.time, one["after"], event)
    for one in event.body.get("people", ()):
        line, before = past.people[one["patient"]], one["before"]
        last = line.states[-1]
        if any(last[key] != before[key] for key in _PERSON_KEYS):
            past.broken.append(f"person {one['patient']}: {event.action} {event.operation} found {before}, not {last}")
        line.add(event.time, one["after"], event)
        _end(past.ended[one["patient"]], event, before["admission"], one["after"]["admission"])
    _layout(past, event)
    if event.action == "merged":
        past.merged[event.body["gone"]] = (event.body["survivor"], event)


def _end(line: Line, event: Event, before: int | None, after: int | None) -> None:
    known = line.states[-1]["admissions"]
    if before is not None and after is None and event.action in ("left", "discharged"):
        line.add(event.time, {"admissions": (*known, before)}, event)
    elif after in known:
        line.add(event.time, {"admissions": tuple(one for one in known if one != after)}, event)


def _layout(past: Past, event: Event) -> None:
    """A layout's event names the beds it closed as left, those it opened as entered, and tells new versions."""
    if event.action not in LAYOUT:
        return
    for _patient, closed, opened in event.body.get("subjects", ()):
        if closed or opened:
            past.used[closed or opened].add(event.time, {"active": bool(opened)}, event)
    for key, version in event.body.get("versions", {}).items():
        line = past.beds[int(key)]
        line.add(event.time, line.states[-1] | {"version": version}, event)


def _occupy(past: Past, event: Event, occupied: dict[int, int]) -> None:
    """Follow who lies where, bed by bed, and count whoever lies in two."""
    for one in event.body.get("beds", ()):
        occupied.pop(one["bed"], None)
        if one["after"]["patient"] is not None:
            occupied[one["bed"]] = one["after"]["patient"]
    past.doubles += len(occupied) - len(set(occupied.values()))


def _compare(connection: Connection, past: Past) -> None:
    """The tables must say what the last events say, and no two stays may overlap."""
    for bed_id, status, patient_id, version in connection.execute(select(
            ward_beds.c.id, ward_beds.c.status, ward_beds.c.patient_id, ward_beds.c.version)):
        last = past.beds[bed_id].states[-1]
        if (status, patient_id, version) != (last["status"], last["patient"], last["version"]):
            past.broken.append(f"bed {bed_id} is {status}, {patient_id}, {version}; its events say {last}")
    query = (select(patients.c.id, admissions.c.id, admissions.c.waiting_ward, bed_stays.c.bed_id,
                    admissions.c.decided_outcome)
             .outerjoin(admissions, (admissions.c.patient_id == patients.c.id) & admissions.c.discharged_at.is_(None))
             .outerjoin(bed_stays, bed_stays.c.open_patient == patients.c.id))
    for patient_id, *now in connection.execute(query):
        last = past.people[patient_id].states[-1]
        if now != [last[key] for key in _PERSON_KEYS]:
            past.broken.append(f"person {patient_id} is {now}; the events say {last}")
    past.doubles += _overlaps(connection)


def _overlaps(connection: Connection) -> int:
    rows = connection.execute(select(bed_stays.c.bed_id, bed_stays.c.patient_id, bed_stays.c.started_at,
                                     bed_stays.c.ended_at).where(
        bed_stays.c.ended_at.is_(None) | (bed_stays.c.ended_at > bed_stays.c.started_at))).all()
    far = from_text("9999-01-01T00:00:00+00:00")
    found = 0
    for column in (0, 1):
        ends: dict[int, datetime] = {}
        for row in sorted(rows, key=lambda one: (one[column], one[2])):
            found += row[2] < ends.get(row[column], row[2])
            ends[row[column]] = max(row[3] or far, ends.get(row[column], row[2]))
    return found
