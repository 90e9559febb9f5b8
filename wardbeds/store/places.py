"""Where a person is: admitted or not, waiting or in a bed, with a bed held or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, bindparam, exists, func, select

from wardbeds.domain.beds import Bed, Room, RoomSexPolicy, Ward, split_codes
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Person
from wardbeds.domain.placement import Target
from wardbeds.store.board import (
    BED_WIDTH,
    BEDS,
    beds_by_id,
    make_beds,
    make_person,
    make_ward,
    person_columns,
    wards_columns,
)
from wardbeds.store.prepared import Prepared, Row
from wardbeds.store.tables import admissions, bed_stays, patients, rooms, users, ward_beds, wards


@dataclass(slots=True)
class Place:
    """A person and where she is. ``admission_id`` None: not admitted; then all that follows is None but the hold."""

    person: Person
    admission_id: int | None = None
    admitted_at: datetime | None = None
    waiting_ward: int | None = None
    bed_id: int | None = None
    stay_id: int | None = None
    stay_started_at: datetime | None = None
    hold_bed_id: int | None = None
    needs: tuple[str, ...] = ()
    specialty: str = ""
    decided_at: datetime | None = None
    decided_outcome: str | None = None
    user_id: int = 0
    moved_at: datetime | None = None

    @property
    def patient_id(self) -> int:
        """The person's id as a patient."""
        return self.person.patient_id


_hold, _earlier = ward_beds.alias("hold"), bed_stays.alias("earlier")

PLACE_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *person_columns(), admissions.c.id, admissions.c.admitted_at, admissions.c.waiting_ward, bed_stays.c.bed_id,
    bed_stays.c.id, bed_stays.c.started_at, _hold.c.id, admissions.c.needs, admissions.c.specialty,
    admissions.c.decided_at, admissions.c.decided_outcome, users.c.id, patients.c.merged_into,
    exists().where(_earlier.c.admission_id == admissions.c.id, _earlier.c.ended_at == bed_stays.c.started_at,
                   _earlier.c.ended_why == "moved"))
"""The columns that :func:`read_place` understands."""


def join_places(people: FromClause) -> FromClause:
    """What :data:`PLACE_COLUMNS` come from, for a join that has the table of patients in it."""
    return (people.outerjoin(users, users.c.id == patients.c.user_id)
            .outerjoin(admissions, (admissions.c.patient_id == patients.c.id) & admissions.c.discharged_at.is_(None))
            .outerjoin(bed_stays, bed_stays.c.open_patient == patients.c.id)
            .outerjoin(_hold, _hold.c.held_for == patients.c.id))


_PLACE_OF = Prepared(select(*PLACE_COLUMNS).select_from(join_places(patients))
                     .where(patients.c.id == bindparam("who")))


def read_place(connection: Connection, patient_id: int, known: dict[int, Row] | None = None) -> Place:
    """Where the person is now. A merged person's place is that of the one merged into. Raises Refused UNKNOWN.

    What is ``known`` already is taken from there, and used once.
    """
    row = known.pop(patient_id, None) if known else None
    if row is None:
        row = _PLACE_OF.row(connection, who=patient_id)
    if row is None:
        raise Refused(refuse(Code.UNKNOWN, "person"))
    if row[19] is not None:
        return read_place(connection, row[19], known)
    return Place(make_person(row[:7]), row[7], row[8], row[9], row[10], row[11], row[12], row[13],
                 split_codes(row[14]), row[15] or "", row[16], row[17], row[18], row[12] if row[20] else None)


@dataclass(frozen=True, slots=True)
class Around:
    """A bed, its room's other beds and some more, with the target's surroundings, all of one moment."""

    bed_id: int
    beds: dict[int, Bed]
    ward: Ward
    active_wards: dict[int, Ward]
    policy: str | None
    occupied: int

    def target(self, bed: Bed) -> Target:
        """``bed``, which is the one that was asked for, with what surrounds it."""
        near = tuple(one for one in self.beds.values()
                     if one.room_id == bed.room_id is not None and one.is_active and one.id != bed.id)
        return Target(bed, self.ward, _room(bed, self.policy), near, self.occupied)


def _room(bed: Bed, policy: str | None) -> Room | None:
    if bed.room_id is None or policy is None:
        return None
    return Room(bed.room_id, bed.ward_id, bed.room_name, RoomSexPolicy(policy))


_mates, _target, _filled = ward_beds.alias("mates"), ward_beds.alias("target"), ward_beds.alias("filled")
_filled_beds = select(func.count()).select_from(_filled).where(
    _filled.c.patient_id.is_not(None),
    _filled.c.ward_id == select(_target.c.ward_id).where(_target.c.id == bindparam("bed")).scalar_subquery(),
).scalar_subquery()
_AROUND = Prepared(
    BEDS.add_columns(*wards_columns(), wards.c.is_active, rooms.c.sex_policy, _filled_beds)
    .join(wards, wards.c.id == ward_beds.c.ward_id)
    .where(ward_beds.c.id.in_(bindparam("ids", expanding=True)) | (
        ward_beds.c.room_id == select(_mates.c.room_id).where(_mates.c.id == bindparam("bed")).scalar_subquery())),
    "ids")


def read_around(connection: Connection, bed_id: int, others: Iterable[int | None]) -> Around | None:
    """A bed with all beds of its room and its surroundings, and the beds ``others``, active or not, in one statement.

    None if there is no such bed.
    """
    ids = {bed_id, *(one for one in others if one is not None)}
    rows = _AROUND.rows(connection, ids=sorted(ids), bed=bed_id)
    beds = {bed.id: bed for bed in make_beds(rows)}
    if bed_id not in beds:
        return None
    own = next(row for row in rows if row[0] == bed_id)
    return Around(bed_id, beds, make_ward(own[BED_WIDTH:]), _active_wards(rows), own[-2], own[-1])


def _active_wards(rows: list[Row]) -> dict[int, Ward]:
    by_id = {row[1]: row for row in rows if row[-3]}
    return {ward_id: make_ward(row[BED_WIDTH:]) for ward_id, row in by_id.items()}


def read_bed(connection: Connection, bed_id: int) -> Bed:
    """The bed as stored now, active or not. Raises Refused UNKNOWN."""
    try:
        return beds_by_id(connection, [bed_id])[bed_id]
    except KeyError:
        raise Refused(refuse(Code.UNKNOWN, "bed")) from None
