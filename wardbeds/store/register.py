"""Registering people: users with a patient's record, hospital numbers, admissions."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from wardbeds.domain.names import name_key
from wardbeds.domain.people import ProfileStatus, Role
from wardbeds.domain.requests import NewPerson
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import admissions, patients, profiles, settings, users
from wardbeds.store.work import Work

NUMBER_PREFIX = "CHB-"
UNKNOWN_NAME = "UNKNOWN"
_REGISTERING = 0x57424E
"""Which of PostgreSQL's advisory locks stands for the giving of hospital numbers."""


def new_id(done: Any) -> int:
    """The id of the row just inserted."""
    return int(done.inserted_primary_key[0])


def patient_username(hospital_number: str) -> str:
    """The user name of a patient's account; the slash keeps it apart from those that staff choose."""
    return f"patient/{hospital_number}"


def next_hospital_number(connection: Connection) -> str:
    """The next free number: the hospital's prefix and the highest number so far plus one, six digits or more."""
    prefix = connection.scalar(select(settings.c.value).where(settings.c.key == "number_prefix")) or NUMBER_PREFIX
    rows = connection.scalars(select(patients.c.hospital_number)
                              .where(patients.c.hospital_number.startswith(prefix, autoescape=True)))
    highest = max((int(number[len(prefix):]) for number in rows if number[len(prefix):].isdecimal()), default=0)
    return f"{prefix}{highest + 1:06d}"


def keep_numbers(connection: Connection) -> None:
    """Let nobody else register a person until this transaction ends, so that no number is given twice.

    Call after all streams are locked. On SQLite there is one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_REGISTERING)))


def insert_user(connection: Connection, username: str, role: Role, now: datetime, **values: Any) -> int:
    """Make an account with its profile; keys of ``values`` are columns of either. Returns the user's id."""
    profile = {key: values.pop(key) for key in ("phone", "status", "ward_id", "language", "setup_code_hash")
               if key in values}
    done = connection.execute(users.insert().values(username=username, created_at=now, updated_at=now, **values))
    user_id = new_id(done)
    connection.execute(profiles.insert().values(
        user_id=user_id, role=role.value, **{"status": ProfileStatus.ACTIVE.value, **profile}))
    return user_id


def register_patient(connection: Connection, person: NewPerson, hospital_number: str, now: datetime,
                     email: str = "") -> int:
    """Make a patient with the account behind it; returns the patient's id. IntegrityError where a key is taken."""
    user_id = insert_user(connection, patient_username(hospital_number), Role.PATIENT, now,
                          last_name=person.last_name, first_name=person.first_name, phone=person.phone, email=email)
    done = connection.execute(patients.insert().values(
        user_id=user_id, hospital_number=hospital_number, sex=person.sex.value, date_of_birth=person.date_of_birth,
        birth_estimated=person.birth_estimated, national_id=person.national_id or None,
        attendant_name=person.attendant_name, attendant_phone=person.attendant_phone,
        name_key=name_key(person.last_name, person.first_name)))
    return new_id(done)


def last_unknown(connection: Connection, sex_word: str) -> int:
    """The highest number that an unknown person of this sex is called by, 0 if there is none.

    Not how many there are: once the first is known by name, the next would be called as the second still is.
    """
    names = connection.scalars(select(users.c.first_name).where(
        users.c.last_name == UNKNOWN_NAME, users.c.first_name.startswith(f"{sex_word} ")))
    numbers = (name.removeprefix(f"{sex_word} ") for name in names)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


@cache
def _opening(*columns: str) -> Prepared:
    return Prepared(admissions.insert().values({name: bindparam(name) for name in columns}).returning(admissions.c.id))


def open_admission(work: Work, patient_id: int, **values: Any) -> int:
    """Open an admission at the work's time; returns its id."""
    values |= {"patient_id": patient_id, "admitted_at": work.now, "admitted_by": work.actor.user_id}
    admission_id = int(work.transaction.returned(_opening(*values), **values))
    work.draft.more["admission"] = admission_id
    return admission_id


def update_person(connection: Connection, patient_id: int, user_id: int, now: datetime, user: dict[str, Any],
                  profile: dict[str, Any], patient: dict[str, Any]) -> None:
    """Write changed columns of a person's three rows."""
    if user:
        connection.execute(update(users).where(users.c.id == user_id).values(**user, updated_at=now))
    if profile:
        connection.execute(update(profiles).where(profiles.c.user_id == user_id).values(**profile))
    if patient:
        connection.execute(update(patients).where(patients.c.id == patient_id).values(**patient))


def is_registered(connection: Connection, hospital_number: str) -> bool:
    """Whether somebody has this hospital number."""
    return connection.scalar(select(patients.c.id).where(patients.c.hospital_number == hospital_number)) is not None


def birth_of(connection: Connection, patient_id: int) -> date | None:
    """The person's date of birth, if known."""
    return connection.scalar(select(patients.c.date_of_birth).where(patients.c.id == patient_id))
