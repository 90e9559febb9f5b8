"""Wards, rooms, beds and people as they are set up: inside a transaction, each with its event."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from wardbeds.domain.people import Actor, ProfileStatus, Role
from wardbeds.domain.requests import NewPerson
from wardbeds.store import registry
from wardbeds.store.places import Place
from wardbeds.store.register import insert_user, register_patient, update_person
from wardbeds.store.transaction import Transaction
from wardbeds.store.work import Work

Values = dict[str, Any]


def _work(transaction: Transaction, actor: Actor, action: str, happened_at: datetime | None = None) -> Work:
    return Work(transaction, actor, uuid4(), action, happened_at, imported=happened_at is not None)


def add_ward(transaction: Transaction, actor: Actor, values: Values) -> int:
    """Make a ward and its stream; returns its id."""
    work = _work(transaction, actor, "ward_added")
    ward_id = registry.insert_ward(transaction, values)
    work.draft.more["ward"] = ward_id
    work.finish(extra_wards=[ward_id])
    return ward_id


def change_ward(transaction: Transaction, actor: Actor, ward_id: int, values: Values) -> None:
    """Change a ward."""
    work = _work(transaction, actor, "ward_changed")
    registry.change_ward(transaction, ward_id, values)
    work.draft.more["fields"] = sorted(values)
    work.finish(extra_wards=[ward_id])


def add_bed(transaction: Transaction, actor: Actor, values: Values, happened_at: datetime | None = None) -> int:
    """Make a bed; returns its id. ``happened_at``: since when it stands there, where that is long ago."""
    work = _work(transaction, actor, "bed_added", happened_at)
    bed_id = registry.insert_bed(transaction, values, work.draft.time)
    work.subject(None, None, bed_id)
    work.finish(extra_wards=[values["ward_id"]])
    return bed_id


def change_bed(transaction: Transaction, actor: Actor, bed: Values, values: Values) -> None:
    """Change a bed's description or room."""
    work = _work(transaction, actor, "bed_changed")
    registry.change_bed(transaction, bed, values, work.draft.time)
    work.subject(None, None, bed["id"])
    work.draft.more |= {"fields": sorted(values), "bed": bed["id"], "version": bed["version"] + 1}
    work.finish(extra_wards=[bed["ward_id"]])


def change_room(transaction: Transaction, actor: Actor, room_id: int, ward_id: int, sex_policy: str) -> None:
    """Change whom a room takes."""
    work = _work(transaction, actor, "room_changed")
    registry.set_room_policy(transaction, room_id, sex_policy)
    work.finish(extra_wards=[ward_id])


def add_person(transaction: Transaction, actor: Actor, person: NewPerson, email: str = "",
               happened_at: datetime | None = None) -> int:
    """Register a person under her hospital number, now or at an earlier time; returns the patient's id."""
    work = _work(transaction, actor, "person_registered", happened_at)
    patient_id = register_patient(transaction.connection, person, person.hospital_number, work.draft.time, email)
    work.subject(patient_id, None, None)
    work.finish(house=True)
    return patient_id


def change_person(transaction: Transaction, actor: Actor, place: Place, columns: tuple[Values, Values, Values]) -> None:
    """Change a person's three rows; her ward, if she is in one, reads her again."""
    work = _work(transaction, actor, "identity_edited")
    user, profile, patient = columns
    update_person(transaction.connection, place.patient_id, place.user_id, work.draft.time, user, profile, patient)
    work.draft.more["fields"] = sorted({*user, *profile, *patient} - {"name_key"})
    work.subject(place.patient_id, None, place.bed_id)
    wards = [ward for ward in (place.waiting_ward, work.bed(place.bed_id).ward_id if place.bed_id else None) if ward]
    work.finish(house=True, extra_wards=wards)


def add_staff(transaction: Transaction, actor: Actor, username: str, role: Role, values: Values) -> int:
    """Make an account that is pending until its owner sets a password with an administrator's code."""
    work = _work(transaction, actor, "user_added")
    user_id = insert_user(transaction.connection, username, role, work.draft.time,
                          status=ProfileStatus.PENDING.value, **values)
    work.finish(house=True)
    return user_id


def change_staff(transaction: Transaction, actor: Actor, user_id: int, values: Values) -> None:
    """Change an account."""
    work = _work(transaction, actor, "user_changed")
    registry.change_staff(transaction, user_id, values, work.draft.time)
    work.draft.more["fields"] = sorted(values)
    work.finish(house=True)
