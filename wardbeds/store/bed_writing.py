"""The statements that change a bed and the stay in it, with what SQLite needs two for in one on PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, select, update

from wardbeds.store.database import Again
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import bed_stays, ward_beds
from wardbeds.store.transaction import Transaction

Columns = dict[str, Any]

_BED = (
    update(ward_beds)
    .where(ward_beds.c.id == bindparam("b_id"), ward_beds.c.version == bindparam("b_version"))
    .values(version=ward_beds.c.version + 1, **{name: bindparam(name) for name in (
        "status", "status_since", "patient_id", "assigned_at", "notes", "notes_shared", "held_for", "held_text",
        "held_until", "block_reason", "blocked_from", "remark", "updated_at")})
)
_END = (
    update(bed_stays).where(bed_stays.c.id == bindparam("s_id"), bed_stays.c.ended_at.is_(None))
    .values({name: bindparam(f"s_{name}") for name in ("ended_at", "ended_by", "ended_why", "notes", "notes_shared")})
)
_STARTED = ("admission_id", "patient_id", "started_at", "started_by", "why")
_WRITE, _END_STAY = Prepared(_BED), Prepared(_END)
_START_STAY = Prepared(insert(bed_stays).values({
    "bed_id": bindparam("b_id"), **{name: bindparam(f"s_{name}") for name in _STARTED}}).returning(bed_stays.c.id))

# On PostgreSQL each pair is one statement: nothing is written to the stay unless the bed is as it was read.
_written = _BED.returning(ward_beds.c.id).cte("written")
_FREE = Prepared(_END.where(bed_stays.c.bed_id == _written.c.id))
_OCCUPY = Prepared(insert(bed_stays).from_select(["bed_id", *_STARTED], select(_written.c.id, *(
    bindparam(f"s_{name}", type_=bed_stays.c[name].type) for name in _STARTED))).returning(bed_stays.c.id))


def write_bed(transaction: Transaction, bed: Columns) -> None:
    """Write the bed. Raises Again if it is no longer as loaded."""
    if transaction.write(_WRITE, bed) != 1:
        raise Again


def free_bed(transaction: Transaction, bed: Columns, stay: Columns) -> None:
    """Write the bed and end the open stay in it. Raises Again if either is no longer as loaded."""
    if transaction.postgresql:
        if transaction.write(_FREE, bed | stay) != 1:
            raise Again
        return
    write_bed(transaction, bed)
    if transaction.write(_END_STAY, stay) != 1:
        raise Again


def occupy_bed(transaction: Transaction, bed: Columns, stay: Columns) -> int:
    """Write the bed and open a stay in it; returns the stay's id. Raises Again if the bed is no longer as loaded."""
    if not transaction.postgresql:
        write_bed(transaction, bed)
    stay_id = transaction.returned(_OCCUPY if transaction.postgresql else _START_STAY, **bed, **stay)
    if stay_id is None:
        raise Again
    return int(stay_id)
