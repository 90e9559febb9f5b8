"""Stays as the census counts them."""

from __future__ import annotations

from sqlalchemy import Connection, case, select

from wardbeds.domain.census import StayPeriod
from wardbeds.store.tables import admissions, bed_stays, ward_beds


def read_periods(connection: Connection) -> list[StayPeriod]:
    """Every stay that was not undone, with the outcome where the admission ended with it."""
    outcome = case((bed_stays.c.ended_why == "discharged", admissions.c.outcome), else_="")
    rows = connection.execute(
        select(bed_stays.c.admission_id, ward_beds.c.ward_id, bed_stays.c.started_at, bed_stays.c.ended_at, outcome)
        .join_from(bed_stays, ward_beds, ward_beds.c.id == bed_stays.c.bed_id)
        .join(admissions, admissions.c.id == bed_stays.c.admission_id)
        .where((bed_stays.c.ended_why != "undone") | bed_stays.c.ended_why.is_(None))
        .order_by(bed_stays.c.admission_id, bed_stays.c.started_at, bed_stays.c.id))
    return [StayPeriod(row[0], row[1], row[2], row[3], row[4] or "") for row in rows]
