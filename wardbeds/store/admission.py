"""An open admission in full, for its dialogs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from wardbeds.domain.beds import Priority, split_codes
from wardbeds.domain.stays import AdmissionDetail, Feeds, Outcome, Source
from wardbeds.store.board import make_person, person_columns
from wardbeds.store.tables import admissions, bed_stays, patients, profiles, users, ward_beds, wards

_nurse, _doctor = users.alias("nurse"), users.alias("doctor")


def read_admission(connection: Connection, patient_id: int) -> AdmissionDetail | None:
    """The person's open admission, with notes; None if there is none."""
    row = connection.execute(
        select(*person_columns(), profiles.c.phone, patients.c.national_id, patients.c.attendant_name,
               patients.c.attendant_phone, wards.c.id, wards.c.name, ward_beds.c.id, ward_beds.c.bed_number,
               admissions.c.admitted_at, admissions.c.source, admissions.c.source_text, admissions.c.complaint,
               admissions.c.needs, admissions.c.priority, admissions.c.specialty, admissions.c.nurse_id,
               _nurse.c.first_name, _nurse.c.last_name, admissions.c.doctor_id, _doctor.c.first_name,
               _doctor.c.last_name, admissions.c.expected_leaving, admissions.c.feeds, admissions.c.decided_at,
               admissions.c.decided_outcome, ward_beds.c.notes, ward_beds.c.notes_shared, admissions.c.id)
        .select_from(admissions).join(patients, patients.c.id == admissions.c.patient_id)
        .join(users, users.c.id == patients.c.user_id).join(profiles, profiles.c.user_id == users.c.id)
        .outerjoin(ward_beds, ward_beds.c.patient_id == patients.c.id)
        .outerjoin(wards, wards.c.id == func.coalesce(ward_beds.c.ward_id, admissions.c.waiting_ward))
        .outerjoin(_nurse, _nurse.c.id == admissions.c.nurse_id)
        .outerjoin(_doctor, _doctor.c.id == admissions.c.doctor_id)
        .where(patients.c.id == patient_id, admissions.c.discharged_at.is_(None))).one_or_none()
    if row is None:
        return None
    return AdmissionDetail(
        row[34], make_person(row[:7]), row[7], row[8] or "", row[9], row[10], row[11], row[12], row[13],
        row[14] or "", row[15], Source(row[16]), row[17], row[18], split_codes(row[19]), Priority(row[20]), row[21],
        row[22], f"{row[23] or ''} {row[24] or ''}".strip(), row[25], f"{row[26] or ''} {row[27] or ''}".strip(),
        row[28], Feeds(row[29]) if row[29] else None, row[30], row[31] or "",
        row[32] or "", bool(row[33]))


def was_admitted(connection: Connection, patient_id: int, at: datetime) -> bool:
    """Whether the person had been admitted by ``at``, since or before; cancelled admissions do not count."""
    return connection.scalar(select(admissions.c.id).where(
        admissions.c.patient_id == patient_id, admissions.c.admitted_at <= at,
        func.coalesce(admissions.c.outcome, "") != Outcome.CANCELLED.value).limit(1)) is not None


def last_needs(connection: Connection, bed_id: int) -> tuple[str, ...]:
    """What the patient who was last in the bed needed; empty where nobody was. A stay taken back does not count."""
    found = connection.scalar(
        select(admissions.c.needs).join_from(bed_stays, admissions, admissions.c.id == bed_stays.c.admission_id)
        .where(bed_stays.c.bed_id == bed_id, bed_stays.c.ended_at > bed_stays.c.started_at)
        .order_by(bed_stays.c.ended_at.desc(), bed_stays.c.id.desc()).limit(1))
    return split_codes(found)


def without_notes(detail: AdmissionDetail) -> AdmissionDetail:
    """The same for a role that may not read notes."""
    return replace(detail, notes="", notes_shared=False)
