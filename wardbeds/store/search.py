"""Finding people: by name in any order, hospital number, phone or national id."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from wardbeds.domain.names import fold
from wardbeds.domain.people import FoundPerson
from wardbeds.store.board import make_person, person_columns
from wardbeds.store.tables import admissions, patients, profiles, users, ward_beds, wards

_waiting_ward = wards.alias("waiting_ward")
_last = admissions.alias("last")
_keys = patients.alias("keys")

_FOUND: Select[Any] = (
    select(*person_columns(), profiles.c.phone, patients.c.national_id,
           func.coalesce(ward_beds.c.ward_id, admissions.c.waiting_ward),
           func.coalesce(wards.c.name, _waiting_ward.c.name), ward_beds.c.id, ward_beds.c.bed_number,
           admissions.c.waiting_ward,
           select(func.max(_last.c.discharged_at)).where(_last.c.patient_id == patients.c.id).scalar_subquery())
    .select_from(patients).join(users, users.c.id == patients.c.user_id)
    .join(profiles, profiles.c.user_id == users.c.id)
    .outerjoin(admissions, (admissions.c.patient_id == patients.c.id) & admissions.c.discharged_at.is_(None))
    .outerjoin(ward_beds, ward_beds.c.patient_id == patients.c.id).outerjoin(wards, wards.c.id == ward_beds.c.ward_id)
    .outerjoin(_waiting_ward, _waiting_ward.c.id == admissions.c.waiting_ward)
    .where(patients.c.merged_into.is_(None))
)


def _make(row: Any) -> FoundPerson:
    return FoundPerson(make_person(row[:7]), row[7], row[8] or "", row[9], row[10] or "", row[11], row[12] or "",
                       row[13] is not None, row[14])


def _matches(text: str) -> ColumnElement[bool]:
    words = fold(text).split()
    by_name = and_(*(or_(patients.c.name_key.startswith(word, autoescape=True),
                         patients.c.name_key.contains(f" {word}", autoescape=True)) for word in words))
    found = [by_name] if words else []
    compact = re.sub(r"\s", "", text)
    if compact:
        found.append(patients.c.hospital_number.icontains(compact, autoescape=True))
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 4:
        local = digits.removeprefix("250").removeprefix("0")
        found += [profiles.c.phone.contains(local, autoescape=True), patients.c.national_id == digits]
    return or_(*found)


def search(connection: Connection, text: str, limit: int) -> list[FoundPerson]:
    """People that match; an exact number first, then those admitted, then by name. Nothing for an empty text."""
    text = text.strip()
    if not text:
        return []
    rank = case((func.lower(patients.c.hospital_number) == text.lower(), 0), (admissions.c.id.is_not(None), 1), else_=2)
    query = _FOUND.where(_matches(text)).order_by(rank, patients.c.name_key, patients.c.id).limit(limit)
    return [_make(row) for row in connection.execute(query)]


def people_near(connection: Connection, first_letters: set[str], birth_years: set[int]) -> list[FoundPerson]:
    """Candidates for a duplicate: family names with these first letters, or birth years among these."""
    letters = [patients.c.name_key.startswith(letter, autoescape=True) for letter in sorted(first_letters)]
    years = [func.extract("year", patients.c.date_of_birth) == year for year in sorted(birth_years)]
    conditions = [condition for condition in (or_(*letters) if letters else None, or_(*years) if years else None)
                  if condition is not None]
    return [_make(row) for row in connection.execute(_FOUND.where(and_(*conditions)).limit(5000))]


def find_one(connection: Connection, patient_id: int) -> FoundPerson | None:
    """One person, as a search would show her."""
    row = connection.execute(_FOUND.where(patients.c.id == patient_id)).one_or_none()
    return _make(row) if row is not None else None


def owners(connection: Connection, hospital_number: str, national_id: str) -> dict[str, FoundPerson]:
    """Who has this hospital number, in small letters or capitals, and who this national id, each by its column.

    A key of a merged record is of the person it was merged into. An empty key is nobody's.
    """
    keys = []
    if hospital_number:
        keys.append(("hospital_number", func.lower(_keys.c.hospital_number) == hospital_number.lower()))
    if national_id:
        keys.append(("national_id", _keys.c.national_id == national_id))
    found: dict[str, FoundPerson] = {}
    for column, condition in keys:
        owner = select(func.coalesce(_keys.c.merged_into, _keys.c.id)).where(condition)
        row = connection.execute(_FOUND.where(patients.c.id.in_(owner)).order_by(patients.c.id).limit(1)).first()
        if row is not None:
            found[column] = _make(row)
    return found
