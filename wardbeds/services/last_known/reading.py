"""What a write of the last-known board needs of the database, read in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TypeVar

from wardbeds.domain.beds import Bed, Room, Waiting, WardBoard
from wardbeds.domain.people import Role
from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.services.last_known.values import House
from wardbeds.store import board
from wardbeds.store.accounts import accounts_in_force
from wardbeds.store.database import Store
from wardbeds.store.values import read_values

InWard = TypeVar("InWard", Bed, Room, Waiting)


@dataclass(frozen=True, slots=True)
class HouseRead:
    """The house with everybody in it; the revisions it was read at; role and password's mark of who may sign in."""

    house: House
    revisions: dict[int, int]
    accounts: dict[int, tuple[Role, str]]


def read_house(store: Store, user_ids: Iterable[int], unless: dict[int, int] | None = None) -> HouseRead | None:
    """Read all active wards; None if no ward has changed since the revisions ``unless``.

    For the station itself, not for a person: nothing is redacted here, but what is kept opens by role only.
    """
    with store.reading() as connection:
        revisions = board.read_revisions(connection)
        if revisions == unless:
            return None
        wards = board.read_wards(connection)
        rooms = board.read_rooms(connection, board.ALL_BEDS)
        beds = board.read_beds(connection, board.ALL_BEDS)
        waiting = board.read_waiting(connection)
        values = read_values(connection)
        accounts = accounts_in_force(connection, user_ids)
    now = datetime.now(UTC)
    in_ward, lying, waits = _by_ward(rooms), _by_ward(beds), _by_ward(waiting)
    boards = tuple(WardBoard(ward, in_ward.get(ward.id, ()), lying.get(ward.id, ()), waits.get(ward.id, ()),
                             revisions.get(ward.id, 0), now) for ward in wards)
    return HouseRead(House(values.get("hospital_name", ""), values.get("zone") or DEFAULT_ZONE, now, boards),
                     revisions, accounts)


def _by_ward(found: list[InWard]) -> dict[int, tuple[InWard, ...]]:
    return {ward_id: tuple(ones) for ward_id, ones in groupby(found, lambda one: one.ward_id)}
