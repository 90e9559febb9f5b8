"""Constraint names to refusal codes: the database's last word in the words of the contract.

A service checks before it writes, so these are met only in a race, or by a bug that the database stopped.
PostgreSQL names the constraint, SQLite names columns for UNIQUE and the RAISE text of a trigger.
"""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError, IntegrityError

from wardbeds.domain.errors import Code, Refusal, refuse

KEYS = ("hospital_number", "national_id")
"""Details that are the request's field at fault, too."""

BY_CONSTRAINT: dict[str, tuple[Code, str]] = {
    "uq_ward_beds_patient_id": (Code.STALE, "patient_moved"),
    "uq_bed_stays_open_patient": (Code.STALE, "patient_moved"),
    "uq_bed_stays_open_bed": (Code.STALE, "bed_changed"),
    "tr_ward_beds_held": (Code.STALE, "bed_changed"),
    "uq_admissions_open": (Code.STATE, "already_admitted"),
    "uq_ward_beds_held_for": (Code.STATE, "already_held"),
    "ex_bed_stays_bed": (Code.STATE, "later_happening"),
    "ex_bed_stays_patient": (Code.STATE, "later_happening"),
    "uq_users_username": (Code.DUP, "username"),
    "uq_patients_hospital_number": (Code.DUP, "hospital_number"),
    "uq_patients_national_id": (Code.DUP, "national_id"),
    "uq_wards_name": (Code.DUP, "ward"),
    "uq_rooms_ward_id_name": (Code.DUP, "room"),
    "uq_ward_beds_ward_id_bed_number": (Code.DUP, "bed_number"),
}

_BY_COLUMNS = {
    "ward_beds.patient_id": "uq_ward_beds_patient_id",
    "bed_stays.open_patient": "uq_bed_stays_open_patient",
    "bed_stays.open_bed": "uq_bed_stays_open_bed",
    "admissions.patient_id": "uq_admissions_open",
    "ward_beds.held_for": "uq_ward_beds_held_for",
    "users.username": "uq_users_username",
    "patients.hospital_number": "uq_patients_hospital_number",
    "patients.national_id": "uq_patients_national_id",
    "wards.name": "uq_wards_name",
    "rooms.ward_id, rooms.name": "uq_rooms_ward_id_name",
    "ward_beds.ward_id, ward_beds.bed_number": "uq_ward_beds_ward_id_bed_number",
    "events.operation_id, events.stream_id": "uq_events_operation_id_stream_id",
}


def constraint_name(error: DBAPIError) -> str:
    """The name of the constraint or trigger that refused, or an empty string."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if name:
        return str(name)
    message = str(error.orig)
    unique = re.search(r"UNIQUE constraint failed: (.+)$", message)
    if unique:
        return _BY_COLUMNS.get(unique.group(1), unique.group(1))
    check = re.search(r"CHECK constraint failed: (\S+)$", message)
    return check.group(1) if check else message


def refusal_of(error: DBAPIError) -> Refusal | None:
    """The refusal behind a constraint's error; None where it is a bug."""
    if not isinstance(error, IntegrityError):
        return None
    known = BY_CONSTRAINT.get(constraint_name(error))
    if known is None:
        return None
    code, detail = known
    return refuse(code, detail, field=detail if detail in KEYS else None)
