"""Setting up wards: making one with its rooms and beds in one step, changing it, closing it. Nothing is deleted."""

from __future__ import annotations

from typing import Any, TypeVar

from wardbeds.domain.access import Grant, Permission, missing, require, require_fully
from wardbeds.domain.beds import Bed, BedStatus, Room, Ward, join_codes
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.ward_layout import CloseWard, RoomLayout, SetUpWard
from wardbeds.services.acting import act
from wardbeds.store import board, registry
from wardbeds.store.database import Store
from wardbeds.store.work import Work

WARD_FIELDS = ("name", "code", "location", "phone", "specialty", "sex_policy", "age_policy", "cleaning_step",
               "staffed_beds", "long_stay_days")
Shared = TypeVar("Shared")


def set_up_ward(store: Store, actor: Actor, request: SetUpWard) -> Done:
    """Make a ward, or change one, to be as the request says; rooms, beds and rules in one transaction.

    Needs ``ward:setup`` (a ward lead: for the own ward). Raises Refused DUP ``ward``, STATE ``bed_in_use`` for a bed
    that is not empty, STALE ``ward_changed`` where the ward is no longer set up as was seen, UNKNOWN.
    """

    def body(work: Work) -> None:
        granted = require(work.role, Permission.WARD_SETUP)
        if granted is Grant.OWN_WARD and request.ward_id not in actor.ward_ids:
            raise Refused(missing(work.role, Permission.WARD_SETUP))
        values = {name: getattr(request, name) for name in WARD_FIELDS}
        for name in ("sex_policy", "age_policy"):
            values[name] = values[name].value
        ward_id = _ward(work, request.ward_id, request.seen, values)
        _rooms_and_beds(work, ward_id, request.rooms)
        work.wards_touched.add(ward_id)

    wards = [request.ward_id] if request.ward_id is not None else []
    return act(store, actor, request, "ward_added" if request.ward_id is None else "ward_changed", body,
               wards=wards, house=True)


def _ward(work: Work, ward_id: int | None, seen: str, values: dict[str, Any]) -> int:
    same = [one for one in board.read_wards(work.transaction.connection, names=[values["name"]]) if one.id != ward_id]
    if same:
        raise Refused(refuse(Code.DUP, "ward", field="name", ward=values["name"]))
    if ward_id is None:
        closed = registry.closed_ward(work.transaction.connection, values["name"])
        if closed is not None:
            raise Refused(refuse(Code.DUP, "closed_ward", field="name", ward=values["name"]))
        ward_id = registry.insert_ward(work.transaction, values)
        work.draft.more["ward"] = ward_id
        return ward_id
    ward = work.ward(ward_id)
    if _layout(work.transaction.connection, ward).mark != seen:
        raise Refused(refuse(Code.STALE, "ward_changed", ward=ward.name))
    registry.change_ward(work.transaction, ward_id, values)
    work.draft.more["fields"] = sorted(values)
    return ward_id


def _rooms_and_beds(work: Work, ward_id: int, rooms: tuple[RoomLayout, ...]) -> None:
    """Add what is new, change what differs, close what is not listed any more."""
    connection = work.transaction.connection
    there = {bed.number: bed for bed in board.read_beds(connection, board.in_ward(ward_id), all_beds=True)}
    listed: set[str] = set()
    for room in rooms:
        room_id = _room(work, ward_id, room)
        for number in room.numbers:
            listed.add(number)
            _bed(work, ward_id, room_id, number, room, there.get(number))
    for number, bed in there.items():
        if number not in listed and bed.is_active:
            _close(work, bed)


def _room(work: Work, ward_id: int, room: RoomLayout) -> int:
    found = registry.room_row(work.transaction.connection, ward_id, room.name)
    if found is None:
        return registry.insert_room(work.transaction, ward_id, room.name, room.sex_policy.value)
    if found["sex_policy"] != room.sex_policy.value:
        registry.set_room_policy(work.transaction, found["id"], room.sex_policy.value)
    return int(found["id"])


def _bed(work: Work, ward_id: int, room_id: int, number: str, room: RoomLayout, bed: Bed | None) -> None:
    features = join_codes(room.features or ())
    if bed is None:
        bed_id = registry.insert_bed(work.transaction, {
            "ward_id": ward_id, "bed_number": number, "room_id": room_id, "features": features,
            "bed_type": room.bed_type or ""}, work.draft.time)
        work.subject(None, None, bed_id)
        return
    values: dict[str, Any] = {}
    if bed.room_id != room_id:
        values["room_id"] = room_id
    if room.features is not None and join_codes(bed.features) != features:
        values["features"] = features
    if room.bed_type is not None and bed.bed_type != room.bed_type:
        values["bed_type"] = room.bed_type
    if not bed.is_active:
        values["is_active"] = True
    if values:
        _change(work, bed, values)
        work.subject(None, None, bed.id)


def _change(work: Work, bed: Bed, values: dict[str, Any]) -> None:
    """Change a bed's description; the event tells its new version."""
    registry.change_bed(work.transaction, {"id": bed.id, "version": bed.version}, values, work.draft.time)
    work.draft.more.setdefault("versions", {})[str(bed.id)] = bed.version + 1


def _close(work: Work, bed: Bed) -> None:
    """Take a bed out of use; only an empty one that nobody waits for."""
    if bed.status in (BedStatus.OCCUPIED, BedStatus.RESERVED) or bed.hold is not None:
        raise Refused(refuse(Code.STATE, "bed_in_use", bed=bed.number, field="rooms"))
    _change(work, bed, {"is_active": False})
    work.subject(None, bed.id, None)


def close_ward(store: Store, actor: Actor, request: CloseWard) -> Done:
    """Take a ward out of use. Needs ``ward:setup`` in full; STATE ``ward_in_use`` while anybody is or waits there."""

    def body(work: Work) -> None:
        require_fully(work.role, Permission.WARD_SETUP)
        ward = work.ward(request.ward_id)
        connection = work.transaction.connection
        beds = board.read_beds(connection, board.in_ward(ward.id))
        in_use = [bed for bed in beds if bed.status in (BedStatus.OCCUPIED, BedStatus.RESERVED) or bed.hold]
        if in_use or board.read_waiting(connection, ward.id):
            raise Refused(refuse(Code.STATE, "ward_in_use", ward=ward.name))
        registry.change_ward(work.transaction, ward.id, {"is_active": False})
        work.draft.more["ward"] = ward.id
        work.wards_touched.add(ward.id)

    return act(store, actor, request, "ward_closed", body, wards=[request.ward_id], house=True)


def has_wards(store: Store) -> bool:
    """Whether any ward is in use; asked before anybody is signed in, so no more is told."""
    with store.reading() as connection:
        return bool(board.read_wards(connection))


def _shared(values: list[Shared]) -> Shared | None:
    """What all beds of a room have, None where they differ."""
    return values[0] if len(set(values)) == 1 else None


def read_ward_layout(store: Store, actor: Actor, ward_id: int) -> SetUpWard:
    """The ward as it is set up, in the form in which it can be changed. Needs ``ward:setup``; UNKNOWN ``ward``."""
    require(actor.role, Permission.WARD_SETUP)
    with store.reading() as connection:
        found = board.read_wards(connection, ward_id)
        if not found:
            raise Refused(refuse(Code.UNKNOWN, "ward"))
        layout = _layout(connection, found[0])
    return layout.model_copy(update={"seen": layout.mark})


def _layout(connection: Any, ward: Ward) -> SetUpWard:
    beds = board.read_beds(connection, board.in_ward(ward.id))
    values = {name: getattr(ward, name) for name in WARD_FIELDS}
    layouts = [_room_layout(room, [bed for bed in beds if bed.room_id == room.id])
               for room in board.read_rooms(connection, ward.id)]
    loose = tuple(bed.number for bed in beds if bed.room_id is None)
    if loose:
        layouts.append(RoomLayout(name="–", numbers=loose))
    return SetUpWard(ward_id=ward.id, rooms=tuple(one for one in layouts if one.numbers), **values)


def _room_layout(room: Room, beds: list[Bed]) -> RoomLayout:
    return RoomLayout(name=room.name, sex_policy=room.sex_policy, numbers=tuple(bed.number for bed in beds),
                      features=_shared([bed.features for bed in beds]),
                      bed_type=_shared([bed.bed_type for bed in beds]))
