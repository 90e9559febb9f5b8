"""Where a person is: admitted or not, waiting or in a bed, with a bed held or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from wardbeds.domain.beds import Bed, Room, RoomSexPolicy, Ward, split_codes
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Person
from wardbeds.domain.placement import Target
from wardbeds.store.board import beds_by_id, make_person, make_ward, person_columns, read_beds, wards_columns
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

_PLACE: Select[Any] = (
    select(*person_columns(), admissions.c.id, admissions.c.admitted_at, admissions.c.waiting_ward,
           bed_stays.c.bed_id, bed_stays.c.id, bed_stays.c.started_at, _hold.c.id, admissions.c.needs,
           admissions.c.specialty, admissions.c.decided_at, admissions.c.decided_outcome, users.c.id,
           patients.c.merged_into, exists().where(
               _earlier.c.admission_id == admissions.c.id, _earlier.c.ended_at == bed_stays.c.started_at,
               _earlier.c.ended_why == "moved"))
    .select_from(patients).join(users, users.c.id == patients.c.user_id)
    .outerjoin(admissions, (admissions.c.patient_id == patients.c.id) & admissions.c.discharged_at.is_(None))
    .outerjoin(bed_stays, bed_stays.c.open_patient == patients.c.id)
    .outerjoin(_hold, _hold.c.held_for == patients.c.id)
)


_PLACE_OF = _PLACE.where(patients.c.id == bindparam("who"))
_occupied = (select(func.count()).select_from(ward_beds)
             .where(ward_beds.c.ward_id == wards.c.id, ward_beds.c.patient_id.is_not(None))
             .correlate(wards).scalar_subquery())
_SURROUNDINGS = (select(*wards_columns(), rooms.c.sex_policy, _occupied)
                 .select_from(wards).outerjoin(rooms, rooms.c.id == bindparam("room"))
                 .where(wards.c.id == bindparam("ward")))


def read_place(connection: Connection, patient_id: int) -> Place:
    """Where the person is now. A merged person's place is that of the one merged into. Raises Refused UNKNOWN."""
    row = connection.execute(_PLACE_OF, {"who": patient_id}).one_or_none()
    if row is None:
        raise Refused(refuse(Code.UNKNOWN, "person"))
    if row[19] is not None:
        return read_place(connection, row[19])
    return Place(make_person(row[:7]), row[7], row[8], row[9], row[10], row[11], row[12], row[13],
                 split_codes(row[14]), row[15] or "", row[16], row[17], row[18], row[12] if row[20] else None)


def read_target(connection: Connection, bed: Bed, near: Iterable[Bed] | None = None) -> Target:
    """The bed with its ward, its room, the room's other beds and the number of occupied beds in the ward.

    ``near``: the room's active beds, where they have been read already.
    """
    row = connection.execute(_SURROUNDINGS, {"ward": bed.ward_id, "room": bed.room_id}).one()
    ward: Ward = make_ward(row)
    room = Room(bed.room_id, ward.id, bed.room_name, RoomSexPolicy(row[14])) if bed.room_id is not None else None
    if near is None:
        near = read_beds(connection, ward_beds.c.room_id == bed.room_id) if bed.room_id is not None else ()
    neighbours = tuple(one for one in near if one.id != bed.id)
    return Target(bed, ward, room, neighbours, row[15])


def read_bed(connection: Connection, bed_id: int) -> Bed:
    """The bed as stored now, active or not. Raises Refused UNKNOWN."""
    try:
        return beds_by_id(connection, [bed_id])[bed_id]
    except KeyError:
        raise Refused(refuse(Code.UNKNOWN, "bed")) from None
