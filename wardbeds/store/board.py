"""Beds, rooms, wards and waiting patients as board values: one Core query each, never ORM objects (HAZARDS)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, case, exists, select, true

from wardbeds.domain.beds import (
    AgePolicy,
    Bed,
    BedStatus,
    Hold,
    Occupant,
    Priority,
    Room,
    RoomSexPolicy,
    Waiting,
    Ward,
    WardBoard,
    WardSexPolicy,
    natural_key,
    split_codes,
)
from wardbeds.domain.people import Person, Sex
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import admissions, bed_stays, patients, rooms, streams, users, ward_beds, wards

_held, _held_user, _earlier = patients.alias("held"), users.alias("held_user"), bed_stays.alias("earlier")
_STATUS = {status.value: status for status in BedStatus}
_SEX = {sex.value: sex for sex in Sex}
_PRIORITY = {priority.value: priority for priority in Priority}
InWard = TypeVar("InWard", Bed, Room, Waiting)
_URGENCY = {Priority.EMERGENCY: 0, Priority.URGENT: 1, Priority.ROUTINE: 2}


def person_columns(patient: Any = patients, user: Any = users) -> tuple[ColumnElement[Any], ...]:
    """The seven columns that :func:`make_person` reads, in its order."""
    return (patient.c.id, patient.c.hospital_number, user.c.last_name, user.c.first_name, patient.c.sex,
            patient.c.date_of_birth, patient.c.birth_estimated)


def make_person(columns: Sequence[Any]) -> Person:
    """A person from the columns of :func:`person_columns`."""
    number, hospital_number, last, first, sex, born, estimated = columns
    return Person(number, hospital_number, last, first, _SEX[sex], born, bool(estimated))


_moved = exists().where(_earlier.c.admission_id == bed_stays.c.admission_id,
                        _earlier.c.ended_at == bed_stays.c.started_at, _earlier.c.ended_why == "moved")

BEDS: Select[Any] = (
    select(
        ward_beds.c.id, ward_beds.c.ward_id, ward_beds.c.bed_number, ward_beds.c.status, ward_beds.c.version,
        ward_beds.c.room_id, rooms.c.name, ward_beds.c.status_since, ward_beds.c.block_reason, ward_beds.c.remark,
        ward_beds.c.bed_type, ward_beds.c.features, ward_beds.c.x, ward_beds.c.y,
        ward_beds.c.held_until, ward_beds.c.held_text, *person_columns(_held, _held_user),
        *person_columns(),
        admissions.c.id, admissions.c.admitted_at, bed_stays.c.started_at, admissions.c.needs,
        admissions.c.specialty, admissions.c.priority, admissions.c.expected_leaving, admissions.c.decided_at,
        admissions.c.decided_outcome, admissions.c.nurse_id, ward_beds.c.notes, ward_beds.c.notes_shared,
        case((ward_beds.c.patient_id.is_not(None), case((_moved, bed_stays.c.started_at)))),
        ward_beds.c.blocked_from, ward_beds.c.is_active,
    )
    .select_from(ward_beds)
    .outerjoin(rooms, rooms.c.id == ward_beds.c.room_id)
    .outerjoin(_held, _held.c.id == ward_beds.c.held_for).outerjoin(_held_user, _held_user.c.id == _held.c.user_id)
    .outerjoin(patients, patients.c.id == ward_beds.c.patient_id).outerjoin(users, users.c.id == patients.c.user_id)
    .outerjoin(admissions, (admissions.c.patient_id == ward_beds.c.patient_id) & admissions.c.discharged_at.is_(None))
    .outerjoin(bed_stays, bed_stays.c.open_bed == ward_beds.c.id)
)


# Statements of the most frequent actions are made once: making them anew costs more than sending them (measured).
BED_WIDTH = 45
"""How many columns of BEDS a bed is made of."""
_BY_ID = Prepared(BEDS.where(ward_beds.c.id.in_(bindparam("ids", expanding=True))), "ids")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_CHANGED = Prepared(BEDS.where(ward_beds.c.ward_id == bindparam("ward"), (
    ward_beds.c.id.in_(_IDS) | ward_beds.c.patient_id.in_(_PEOPLE) | ward_beds.c.held_for.in_(_PEOPLE))),
    "ids", "people")
ALL_BEDS: ColumnElement[bool] = true()
KEPT_BEDS: ColumnElement[bool] = ward_beds.c.held_for.is_not(None)
"""Beds with a hold for a person, also one that has ended by its hour."""


def in_ward(ward_id: int) -> ColumnElement[bool]:
    """The condition for one ward's beds."""
    return ward_beds.c.ward_id == ward_id


def beds_in(ward_ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition for the beds of some wards."""
    return ward_beds.c.ward_id.in_(list(ward_ids))


def rooms_in(ward_ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition for the rooms of some wards."""
    return rooms.c.ward_id.in_(list(ward_ids))


def make_bed(row: Sequence[Any]) -> Bed:
    """A bed from the columns of BEDS."""
    hold = occupant = None
    if row[14] is not None:
        hold = Hold(row[14], make_person(row[16:23]) if row[16] is not None else None, row[15])
    if row[23] is not None:
        occupant = Occupant(make_person(row[23:30]), row[30], row[31], row[32], split_codes(row[33]), row[34],
                            _PRIORITY[row[35]], row[36], row[37], row[38] or "", row[39], row[40], bool(row[41]),
                            row[42])
    return Bed(row[0], row[1], row[2], _STATUS[row[3]], row[4], row[5], row[6] or "", row[7], occupant, hold,
               row[8], row[9], row[10], split_codes(row[11]), row[12], row[13],
               _STATUS[row[43]] if row[43] else None, bool(row[44]))


def read_beds(connection: Connection, where: ColumnElement[bool], *, all_beds: bool = False) -> list[Bed]:
    """Active beds (or all) that match, in natural order of ward and number. Notes are included: the caller redacts."""
    query = BEDS.where(where)
    if not all_beds:
        query = query.where(ward_beds.c.is_active)
    return make_beds(map(tuple, connection.execute(query).all()))


def make_beds(rows: Iterable[Sequence[Any]]) -> list[Bed]:
    """The beds of rows that begin with the columns of BEDS, in natural order of ward and number."""
    return sorted(map(make_bed, rows), key=lambda bed: (bed.ward_id, natural_key(bed.number)))


def beds_by_id(connection: Connection, bed_ids: Iterable[int]) -> dict[int, Bed]:
    """The beds with these ids, active or not."""
    ids = sorted(set(bed_ids))
    return {bed.id: bed for bed in make_beds(_BY_ID.rows(connection, ids=ids))} if ids else {}


def beds_of(connection: Connection, ward_id: int, bed_ids: Iterable[int], patient_ids: Iterable[int]) -> list[Bed]:
    """The ward's beds with these ids, and those in which these people are or that are held for them, active or not."""
    values = {"ids": sorted(set(bed_ids)), "people": sorted(set(patient_ids))}
    return make_beds(_CHANGED.rows(connection, ward=ward_id, **values)) if any(values.values()) else []


_WARD_COLUMNS: tuple[ColumnElement[Any], ...] = (
    wards.c.id, wards.c.code, wards.c.name, wards.c.location, wards.c.description, wards.c.phone, wards.c.sex_policy,
    wards.c.age_policy, wards.c.specialty, wards.c.cleaning_step, wards.c.extra_places, wards.c.staffed_beds,
    wards.c.long_stay_days, wards.c.lock_minutes)


def wards_columns() -> tuple[ColumnElement[Any], ...]:
    """The fourteen columns that :func:`make_ward` reads, in its order."""
    return _WARD_COLUMNS


def make_ward(row: Sequence[Any]) -> Ward:
    """A ward from the columns of :func:`read_wards`."""
    return Ward(row[0], row[1], row[2], row[3], row[4], row[5], WardSexPolicy(row[6]), AgePolicy(row[7]), row[8],
                bool(row[9]), bool(row[10]), row[11], row[12], row[13])


def read_wards(connection: Connection, *ids: int, names: Iterable[str] = ()) -> list[Ward]:
    """Active wards by name; those with the ids or names given, if any are. A server's collation plays no part."""
    query = select(*_WARD_COLUMNS).where(wards.c.is_active)
    if ids:
        query = query.where(wards.c.id.in_(ids))
    names = list(names)
    if names:
        query = query.where(wards.c.name.in_(names))
    return sorted((make_ward(row) for row in connection.execute(query)), key=lambda ward: ward.name)


_ACTIVE_WARD = Prepared(select(*_WARD_COLUMNS).where(wards.c.is_active, wards.c.id == bindparam("ward")))


def read_ward(connection: Connection, ward_id: int) -> Ward | None:
    """An active ward, or None."""
    row = _ACTIVE_WARD.row(connection, ward=ward_id)
    return make_ward(row) if row is not None else None


def read_rooms(connection: Connection, where: ColumnElement[bool] | int) -> list[Room]:
    """Rooms that match, or those of the ward with this id, in natural order of name."""
    where = rooms.c.ward_id == where if isinstance(where, int) else where
    rows = connection.execute(select(rooms.c.id, rooms.c.ward_id, rooms.c.name, rooms.c.sex_policy, rooms.c.x,
                                     rooms.c.y, rooms.c.width, rooms.c.height).where(where))
    found = [Room(row[0], row[1], row[2], RoomSexPolicy(row[3]), *row[4:]) for row in rows]
    return sorted(found, key=lambda room: (room.ward_id, natural_key(room.name)))


_WAITING = (
    select(*person_columns(), admissions.c.id, admissions.c.waiting_ward, admissions.c.admitted_at,
           admissions.c.source, admissions.c.source_text, admissions.c.priority, admissions.c.needs,
           admissions.c.specialty, admissions.c.nurse_id, admissions.c.expected_leaving)
    .join_from(admissions, patients, patients.c.id == admissions.c.patient_id)
    .join(users, users.c.id == patients.c.user_id)
)
_ALL_WAITING = _WAITING.where(admissions.c.waiting_ward.is_not(None))
_WAITING_IN = Prepared(_WAITING.where(admissions.c.waiting_ward.in_(bindparam("wards", expanding=True))), "wards")


def read_waiting(connection: Connection, *ward_ids: int) -> list[Waiting]:
    """Who waits in the wards given (in all, if none is): the most urgent first, then the longest waiting."""
    rows = _WAITING_IN.rows(connection, wards=ward_ids) if ward_ids else connection.execute(_ALL_WAITING).all()
    found = [
        Waiting(make_person(row[:7]), row[7], row[8], row[9], row[10], row[11], _PRIORITY[row[12]],
                split_codes(row[13]), row[14], row[15], row[16])
        for row in rows]
    return sorted(found, key=lambda one: (one.ward_id, _URGENCY[one.priority], one.since, one.admission_id))


def read_heads(connection: Connection) -> dict[int, tuple[int, str]]:
    """Revision and last hash of each ward's stream, by ward id."""
    rows = connection.execute(select(streams.c.ward_id, streams.c.revision, streams.c.head)
                              .where(streams.c.ward_id.is_not(None)))
    return {ward_id: (revision, head) for ward_id, revision, head in rows}


def read_ward_board(connection: Connection, ward_id: int, now: datetime) -> WardBoard | None:
    """Everything a ward's board shows, or None where there is no such active ward."""
    found = read_wards(connection, ward_id)
    if not found:
        return None
    revision, head = connection.execute(select(streams.c.revision, streams.c.head)
                                        .where(streams.c.ward_id == ward_id)).one_or_none() or (0, "")
    return WardBoard(
        found[0], tuple(read_rooms(connection, rooms.c.ward_id == ward_id)),
        tuple(read_beds(connection, ward_beds.c.ward_id == ward_id)), tuple(read_waiting(connection, ward_id)),
        revision, now, head=head)


def read_boards(connection: Connection, wards: Sequence[Ward], now: datetime) -> dict[int, WardBoard]:
    """The boards of these wards by ward id, in as many statements as for one."""
    ids = [ward.id for ward in wards]
    if not ids:
        return {}
    heads = read_heads(connection)
    rooms_of = _by_ward(read_rooms(connection, rooms_in(ids)))
    beds = _by_ward(read_beds(connection, beds_in(ids)))
    waiting = _by_ward(read_waiting(connection, *ids))
    found = {}
    for ward in wards:
        revision, head = heads.get(ward.id, (0, ""))
        found[ward.id] = WardBoard(ward, rooms_of.get(ward.id, ()), beds.get(ward.id, ()), waiting.get(ward.id, ()),
                                   revision, now, head=head)
    return found


def _by_ward(found: Iterable[InWard]) -> dict[int, tuple[InWard, ...]]:
    wards_of: dict[int, list[InWard]] = {}
    for one in found:
        wards_of.setdefault(one.ward_id, []).append(one)
    return {ward_id: tuple(ones) for ward_id, ones in wards_of.items()}
