"""Rows that only the mending of mistakes touches: ended admissions, stays' times, identities of merged records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from wardbeds.store.tables import admissions, bed_stays, patients, profiles, users, ward_beds
from wardbeds.store.work import Work

_USER = ("first_name", "last_name")
_PATIENT = ("hospital_number", "sex", "date_of_birth", "birth_estimated", "national_id", "attendant_name",
            "attendant_phone", "name_key")


@dataclass(frozen=True, slots=True)
class Ended:
    """A person's last admission, ended, with the stay that it ended from."""

    admission_id: int
    admitted_at: datetime
    discharged_at: datetime
    outcome: str
    stay_id: int | None
    bed_id: int | None
    started_at: datetime | None


def last_ended(connection: Connection, patient_id: int) -> Ended | None:
    """The person's latest ended admission; cancelled ones do not count."""
    row = connection.execute(
        select(admissions.c.id, admissions.c.admitted_at, admissions.c.discharged_at, admissions.c.outcome,
               bed_stays.c.id, bed_stays.c.bed_id, bed_stays.c.started_at)
        .select_from(admissions).outerjoin(bed_stays, (bed_stays.c.admission_id == admissions.c.id)
                                           & (bed_stays.c.ended_at == admissions.c.discharged_at)
                                           & (bed_stays.c.ended_why == "discharged"))
        .where(admissions.c.patient_id == patient_id, admissions.c.discharged_at.is_not(None),
               admissions.c.outcome != "cancelled")
        .order_by(admissions.c.discharged_at.desc()).limit(1)).one_or_none()
    return Ended(*row) if row is not None else None


def used_since(connection: Connection, bed_id: int, patient_id: int, moment: datetime) -> bool:
    """Whether somebody lay in the bed after a time, or this person in another one."""
    query = select(bed_stays.c.id).where(
        (bed_stays.c.bed_id == bed_id) | (bed_stays.c.patient_id == patient_id), bed_stays.c.started_at >= moment,
        bed_stays.c.ended_at.is_(None) | (bed_stays.c.ended_at > bed_stays.c.started_at)).limit(1)
    return connection.scalar(query) is not None


def stays_of(connection: Connection, admission_id: int) -> list[tuple[int, int, datetime, datetime | None]]:
    """The admission's stays that count, in order: id, bed, start, end."""
    rows = connection.execute(
        select(bed_stays.c.id, bed_stays.c.bed_id, bed_stays.c.started_at, bed_stays.c.ended_at)
        .where(bed_stays.c.admission_id == admission_id,
               bed_stays.c.ended_why.is_(None) | (bed_stays.c.ended_why != "undone"))
        .order_by(bed_stays.c.started_at, bed_stays.c.id))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


@dataclass(frozen=True, slots=True)
class Partner:
    """Who changed places with somebody, as the stays tell: the stay before and the one since, ``until`` None: open."""

    patient_id: int
    before_id: int
    before_start: datetime
    stay_id: int
    until: datetime | None


_mine, _partners, _earlier = bed_stays.alias("mine"), bed_stays.alias("partners"), bed_stays.alias("earlier")


def partner_of(connection: Connection, patient_id: int) -> Partner | None:
    """Whoever came into the bed that the person left at the very moment when she came into the other one's."""
    counts = [stay.c.ended_why.is_(None) | (stay.c.ended_why != "undone") for stay in (_mine, _partners, _earlier)]
    row = connection.execute(
        select(_partners.c.patient_id, _earlier.c.id, _earlier.c.started_at, _partners.c.id, _partners.c.ended_at)
        .select_from(bed_stays)
        .join(_mine, (_mine.c.patient_id == bed_stays.c.patient_id) & (_mine.c.ended_at == bed_stays.c.started_at))
        .join(_partners, (_partners.c.bed_id == _mine.c.bed_id) & (_partners.c.started_at == bed_stays.c.started_at))
        .join(_earlier, (_earlier.c.bed_id == bed_stays.c.bed_id) & (_earlier.c.ended_at == bed_stays.c.started_at)
              & (_earlier.c.patient_id == _partners.c.patient_id))
        .where(bed_stays.c.open_patient == patient_id, *counts)).one_or_none()
    return Partner(*row) if row is not None else None


def set_stay(work: Work, stay_id: int, **values: Any) -> None:
    """Write columns of a stay."""
    work.transaction.run(update(bed_stays).where(bed_stays.c.id == stay_id).values(**values))


def hold_of(connection: Connection, patient_id: int) -> int | None:
    """The bed that is held for the person."""
    return connection.scalar(select(ward_beds.c.id).where(ward_beds.c.held_for == patient_id))


def _identity(connection: Connection, patient_id: int) -> tuple[int, dict[str, Any], dict[str, Any], str]:
    """The account, and a person's identity by table."""
    row = connection.execute(
        select(patients.c.user_id, users.c.username, profiles.c.phone, *(users.c[name] for name in _USER),
               *(patients.c[name] for name in _PATIENT))
        .join_from(patients, users, users.c.id == patients.c.user_id)
        .join(profiles, profiles.c.user_id == users.c.id).where(patients.c.id == patient_id)).mappings().one()
    user = {name: row[name] for name in ("username", *_USER)}
    return row["user_id"], user, {name: row[name] for name in _PATIENT}, row["phone"]


def exchange_identities(connection: Connection, one: int, other: int, now: datetime) -> None:
    """Give each record the other's name, number and particulars; unique columns go by way of values nobody has."""
    first, second = _identity(connection, one), _identity(connection, other)
    for mine, patient_id in ((first, one), (second, other)):
        connection.execute(update(users).where(users.c.id == mine[0]).values(username=f"merging/{patient_id}"))
        connection.execute(update(patients).where(patients.c.id == patient_id).values(
            hospital_number=f"merging/{patient_id}", national_id=None))
    for mine, theirs, patient_id in ((first, second, one), (second, first, other)):
        connection.execute(update(users).where(users.c.id == mine[0]).values(**theirs[1], updated_at=now))
        connection.execute(update(profiles).where(profiles.c.user_id == mine[0]).values(phone=theirs[3]))
        connection.execute(update(patients).where(patients.c.id == patient_id).values(**theirs[2]))


def mark_merged(connection: Connection, gone: int, survivor: int) -> None:
    """Point a record, and those merged into it before, at the one that stays."""
    connection.execute(update(patients).where((patients.c.id == gone) | (patients.c.merged_into == gone))
                       .values(merged_into=survivor))


def last_stay_ward(connection: Connection, admission_id: int) -> int | None:
    """The ward of the admission's last bed."""
    return connection.scalar(
        select(ward_beds.c.ward_id).join_from(bed_stays, ward_beds, ward_beds.c.id == bed_stays.c.bed_id)
        .where(bed_stays.c.admission_id == admission_id)
        .order_by(func.coalesce(bed_stays.c.ended_at, bed_stays.c.started_at).desc()).limit(1))
