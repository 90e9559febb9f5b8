"""The house's own rows: wards, rooms, beds, people and staff by their keys; inserting and changing them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, update

from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import patients, profiles, rooms, streams, users, ward_beds, ward_staff, wards
from wardbeds.store.transaction import Head, Transaction

Values = dict[str, Any]


def ward_rows(connection: Connection) -> dict[str, Values]:
    """All active wards by name, as columns."""
    rows = connection.execute(select(wards).where(wards.c.is_active)).mappings()
    return {row["name"]: dict(row) for row in rows}


def bed_ids(connection: Connection) -> dict[tuple[str, str], int]:
    """Ids of the active beds by ward name and bed number."""
    rows = connection.execute(select(wards.c.name, ward_beds.c.bed_number, ward_beds.c.id)
                              .join_from(ward_beds, wards).where(ward_beds.c.is_active, wards.c.is_active))
    return {(name, number): bed_id for name, number, bed_id in rows}


def patient_ids(connection: Connection, numbers: Iterable[str]) -> dict[str, int]:
    """Patient ids by hospital number; of a merged person, the one merged into."""
    wanted, found = sorted(set(numbers)), {}
    for start in range(0, len(wanted), 500):
        rows = connection.execute(select(patients.c.hospital_number, patients.c.id, patients.c.merged_into)
                                  .where(patients.c.hospital_number.in_(wanted[start:start + 500])))
        found.update({number: merged or own for number, own, merged in rows})
    return found


def insert_ward(transaction: Transaction, values: Values) -> int:
    """Make a ward with its stream, whose head counts as locked; returns the ward's id."""
    ward_id = int(transaction.run(wards.insert().values(**values)).inserted_primary_key[0])
    stream = transaction.run(streams.insert().values(kind="ward", ward_id=ward_id))
    transaction.heads[ward_id] = Head(int(stream.inserted_primary_key[0]), 0, "0" * 64, None)
    return ward_id


def closed_ward(connection: Connection, name: str) -> int | None:
    """The id of a ward of this name that is no longer used."""
    return connection.scalar(select(wards.c.id).where(wards.c.name == name, ~wards.c.is_active))


def room_row(connection: Connection, ward_id: int, name: str) -> Values | None:
    """A room's columns."""
    row = connection.execute(select(rooms).where(rooms.c.ward_id == ward_id, rooms.c.name == name)).mappings()
    found = row.one_or_none()
    return dict(found) if found is not None else None


def bed_row(connection: Connection, ward_id: int, number: str) -> Values | None:
    """A bed's columns, inactive or not."""
    found = connection.execute(select(ward_beds).where(
        ward_beds.c.ward_id == ward_id, ward_beds.c.bed_number == number)).mappings().one_or_none()
    return dict(found) if found is not None else None


def insert_row(transaction: Transaction, table: Table, values: Values) -> int:
    """Insert a row, return its id."""
    return int(transaction.run(table.insert().values(**values)).inserted_primary_key[0])


def update_row(transaction: Transaction, table: Table, row_id: int, values: Values) -> None:
    """Change columns of a row."""
    transaction.run(update(table).where(table.c.id == row_id).values(**values))


def insert_room(transaction: Transaction, ward_id: int, name: str, sex_policy: str) -> int:
    """Make a room; returns its id."""
    return insert_row(transaction, rooms, {"ward_id": ward_id, "name": name, "sex_policy": sex_policy})


def set_room_policy(transaction: Transaction, room_id: int, sex_policy: str) -> None:
    """Change whom a room takes."""
    update_row(transaction, rooms, room_id, {"sex_policy": sex_policy})


def insert_bed(transaction: Transaction, values: Values, now: datetime) -> int:
    """Make a bed, free or blocked; returns its id."""
    blocked = values.get("status") == "maintenance"
    return insert_row(transaction, ward_beds, {
        **values, "made_status": values.get("status", "available"), "blocked_from": "available" if blocked else None,
        "status_since": now, "created_at": now, "updated_at": now})


def change_bed(transaction: Transaction, bed: Values, values: Values, now: datetime) -> None:
    """Change a bed's description; its version rises."""
    update_row(transaction, ward_beds, bed["id"], {**values, "version": bed["version"] + 1, "updated_at": now})


def set_plan(transaction: Transaction, room_id: int, x: float, y: float, width: float, height: float) -> None:
    """Place a room on the plan, in metres."""
    update_row(transaction, rooms, room_id, {"x": x, "y": y, "width": width, "height": height})


def change_ward(transaction: Transaction, ward_id: int, values: Values) -> None:
    """Change a ward's description or policies."""
    update_row(transaction, wards, ward_id, values)


_IDENTITY = {one.name: one for one in (
    patients.c.id, patients.c.user_id, users.c.last_name, users.c.first_name, patients.c.sex, patients.c.date_of_birth,
    profiles.c.phone, users.c.email, patients.c.national_id)}
_PERSON = Prepared(
    select(*_IDENTITY.values()).join_from(patients, users, users.c.id == patients.c.user_id)
    .join(profiles, profiles.c.user_id == users.c.id).where(patients.c.hospital_number == bindparam("number")))


def person_row(connection: Connection, hospital_number: str) -> Values | None:
    """A person's identity as the columns of a list, by hospital number."""
    found = _PERSON.row(connection, number=hospital_number)
    return dict(zip(_IDENTITY.keys(), found, strict=True)) if found is not None else None


def owner_of_national_id(connection: Connection, national_id: str) -> int | None:
    """The patient who has this national id."""
    return connection.scalar(select(patients.c.id).where(patients.c.national_id == national_id))


def staff_row(connection: Connection, username: str) -> Values | None:
    """An account's columns as a list has them, with the set of its wards' names."""
    found = connection.execute(
        select(users.c.id, users.c.username, users.c.first_name, users.c.last_name, users.c.email, profiles.c.phone,
               profiles.c.role).join_from(users, profiles, profiles.c.user_id == users.c.id)
        .where(users.c.username == username)).mappings().one_or_none()
    if found is None:
        return None
    names = connection.scalars(select(wards.c.name).join_from(ward_staff, wards)
                               .where(ward_staff.c.user_id == found["id"]))
    return {**found, "wards": frozenset(names)}


def change_staff(transaction: Transaction, user_id: int, values: Values, now: datetime) -> None:
    """Change an account's names, mail, phone or role."""
    own: Values = {key: values[key] for key in ("first_name", "last_name", "email") if key in values}
    if own:
        update_row(transaction, users, user_id, {**own, "updated_at": now})
    profile = {key: values[key] for key in ("phone", "role") if key in values}
    if profile:
        transaction.run(update(profiles).where(profiles.c.user_id == user_id).values(**profile))
