"""Export: the board now or at an earlier time, the census, the events (DESIGN 8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wardbeds.domain.access import Permission, can_fully, require
from wardbeds.domain.beds import Bed, BedStatus, Ward, as_of, count
from wardbeds.domain.census import take_census
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Actor, Person
from wardbeds.domain.times import hospital_day, local_text
from wardbeds.services.settings import read_settings
from wardbeds.store import board, past
from wardbeds.store.census import read_periods
from wardbeds.store.database import Store
from wardbeds.store.log import read_events


def _wards(connection: Any, name: str | None) -> list[Ward]:
    wards = board.read_wards(connection)
    if name is None:
        return wards
    found = [ward for ward in wards if ward.name == name]
    if not found:
        raise Refused(refuse(Code.UNKNOWN, "ward", field="ward"))
    return found


def export_board(store: Store, actor: Actor, ward: str | None = None, at: datetime | None = None) -> dict[str, Any]:
    """The board as the binding JSON value. ``at``: what happened up to and including it, as known now.

    Needs ``data:export``; occupants' notes are only given to a role that may read them. Raises Refused UNKNOWN.
    """
    require(actor.role, Permission.DATA_EXPORT)
    zone = read_settings(store).zone
    now = at or datetime.now(UTC)
    notes = can_fully(actor.role, Permission.NOTES_READ)
    with store.reading(unhurried=True) as connection:
        wards = _wards(connection, ward)
        beds = board.read_beds(connection, board.ALL_BEDS)
        if at is None:
            revisions = {ward_id: revision for ward_id, (revision, _head) in board.read_heads(connection).items()}
            waiting = {one.id: [(who.person, who.since, who.priority.value)
                                for who in board.read_waiting(connection, one.id)] for one in wards}
        else:
            beds = past.beds_at(connection, beds, at)
            revisions, waiting = {}, past.waiting_at(connection, at)
    return {"at": local_text(now, zone), "wards": [
        _ward_value(one, [bed for bed in beds if bed.ward_id == one.id], waiting.get(one.id, []),
                    revisions.get(one.id), now, zone, notes) for one in wards]}


def _person_value(person: Person) -> dict[str, Any]:
    return {"patient_id": person.patient_id, "hospital_number": person.hospital_number,
            "last_name": person.last_name, "first_name": person.first_name or None, "sex": person.sex.value,
            "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else None}


def _ward_value(ward: Ward, beds: list[Bed], waiting: list[tuple[Person, datetime, str]], revision: int | None,
                now: datetime, zone: ZoneInfo, notes: bool) -> dict[str, Any]:
    counts = count(beds, now)
    return {
        "ward": ward.name, "revision": revision, "beds": [_bed_value(as_of(bed, now), zone, notes) for bed in beds],
        "waiting": [{**_person_value(person), "since": local_text(since, zone), "priority": priority}
                    for person, since, priority in waiting],
        "counts": {"beds": counts.beds, "available": counts.available, "occupied": counts.occupied,
                   "reserved": counts.reserved, "cleaning": counts.cleaning, "maintenance": counts.maintenance},
    }


def _bed_value(bed: Bed, zone: ZoneInfo, notes: bool) -> dict[str, Any]:
    hold = bed.hold
    held_for = (hold.person.hospital_number if hold.person else hold.text) if hold else None
    occupant = bed.occupant
    return {
        "room": bed.room_name or None, "bed_number": bed.number, "status": bed.status.value,
        "patient": _person_value(occupant.person) if occupant else None,
        "since": local_text(bed.since, zone) if bed.since else None,
        "held_for": held_for, "held_until": local_text(hold.until, zone) if hold else None,
        "reason": bed.block.reason or None if bed.status is BedStatus.MAINTENANCE else None,
        "notes": (occupant.notes or None) if occupant and notes else None,
    }


def export_census(store: Store, actor: Actor, first: date, last: date, ward: str | None = None) -> list[dict[str, Any]]:
    """The census of every day from ``first`` to ``last``, as the binding JSON value.

    Needs ``data:export``. Raises Refused VALUE for a day after today or an order that cannot be, UNKNOWN for a ward.
    """
    require(actor.role, Permission.DATA_EXPORT)
    zone, now = read_settings(store).zone, datetime.now(UTC)
    if last > hospital_day(now, zone):
        raise Refused(refuse(Code.VALUE, "future", field="to"))
    if first > last:
        raise Refused(refuse(Code.VALUE, "bad_date", field="from"))
    with store.reading(unhurried=True) as connection:
        wards = _wards(connection, ward)
        periods = read_periods(connection)
    names = {one.id: one.name for one in wards}
    return [
        {"date": row.day.isoformat(), "ward": names[row.ward_id], "previous": row.previous, "admitted": row.admitted,
         "transferred_in": row.transferred_in, "transferred_out": row.transferred_out,
         "discharged_alive": row.discharged_alive, "died": row.died, "remaining": row.remaining,
         "same_day": row.same_day, "closed": row.closed}
        for row in take_census(periods, names, first, last, now, zone)]


def export_events(store: Store, actor: Actor, ward: str | None, since: int = 0) -> Iterator[dict[str, Any]]:
    """The events of a ward (None: of the house) after revision ``since``, oldest first, as JSON values.

    Needs ``audit:read``. Raises Refused UNKNOWN.
    """
    require(actor.role, Permission.AUDIT_READ)
    zone = read_settings(store).zone
    with store.reading(unhurried=True) as connection:
        ward_id = _wards(connection, ward)[0].id if ward is not None else None
        yield from read_events(connection, ward_id, since, zone)
