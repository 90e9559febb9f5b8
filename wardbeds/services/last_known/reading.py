"""What a write of the last-known board needs of the database, read in one transaction, no more than has changed.

Two hundred stations keep the whole house: each looks at the revisions every few seconds, which costs nothing, and reads
the wards that differ; a change in a ward that is not open here may wait for half a minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from wardbeds.domain.people import Role
from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.services.last_known.values import House
from wardbeds.store import board
from wardbeds.store.accounts import accounts_in_force
from wardbeds.store.database import Store
from wardbeds.store.values import read_values

OTHER_WARDS, NOTHING_NEW = timedelta(seconds=30), timedelta(seconds=60)
"""How long a change in a ward that is not open here may wait, and a file in which nothing is new but its age."""


@dataclass(frozen=True, slots=True)
class HouseRead:
    """The house with everybody in it, each ward's revision and hash when it was read, and whose accounts were ``asked``
    about: role and mark of those who may sign in."""

    house: House
    heads: dict[int, tuple[int, str]]
    asked: frozenset[int]
    accounts: dict[int, tuple[Role, str]]


def read_house(store: Store, user_ids: Iterable[int] = (), before: HouseRead | None = None,
               near: int | None = None) -> HouseRead | None:
    """Read what has changed since ``before`` of all active wards; None where that is not worth a write yet.

    ``near`` is the ward that is open here. For the station itself, not for a person: nothing is redacted here, but
    what is kept opens by role only.
    """
    asked = frozenset(user_ids)
    with store.reading() as connection:
        heads = board.read_heads(connection)
        now = datetime.now(UTC)
        if before is not None and not _worth_it(before, heads, near, now):
            return None
        same = {one.ward.id: one for one in before.house.boards
                if (one.revision, one.head) == heads.get(one.ward.id)} if before is not None else {}
        wards = board.read_wards(connection)
        fresh = board.read_boards(connection, [ward for ward in wards if ward.id not in same], now)
        values = read_values(connection)
        accounts = accounts_in_force(connection, asked)
    boards = tuple(fresh[ward.id] if ward.id in fresh else replace(same[ward.id], as_of=now) for ward in wards)
    house = House(values.get("hospital_name", ""), values.get("zone") or DEFAULT_ZONE, now, boards)
    return HouseRead(house, heads, asked, accounts)


def _worth_it(before: HouseRead, heads: dict[int, tuple[int, str]], near: int | None, now: datetime) -> bool:
    changed = {ward for ward, head in heads.items() if before.heads.get(ward) != head}
    age = abs(now - before.house.as_of)
    return near in changed or age >= (OTHER_WARDS if changed else NOTHING_NEW)
