"""How much the database holds, for diagnostics: numbers only."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from wardbeds.store.tables import admissions, events, ward_beds, wards


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of the tables that tell a hospital's size."""
    return {name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for name, table in (
        ("wards", wards), ("beds", ward_beds), ("admissions", admissions), ("events", events))}
