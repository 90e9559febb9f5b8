"""What is kept, in three parts: places for everybody at the station, people for who may see names, and who that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from wardbeds.domain.access import Permission, can, can_fully
from wardbeds.domain.beds import Bed, Hold, Occupant, Waiting, WardBoard
from wardbeds.domain.people import Actor, Role

if TYPE_CHECKING:
    from pydantic import TypeAdapter

NAMES_FOR = timedelta(hours=24)
"""How long after signing in at this station a person may still see names there."""


@dataclass(frozen=True, slots=True)
class House:
    """All active wards at one moment, and what the board and the sheets need to know of the hospital."""

    hospital: str
    zone: str
    as_of: datetime
    boards: tuple[WardBoard, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The house without anybody in it; ``waiting``: how many wait, per ward."""

    house: House
    waiting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BedPeople:
    """What a bed tells of people: who is in it, whom it is held for, and the texts that were typed freely."""

    bed_id: int
    occupant: Occupant | None
    hold: Hold | None
    block_reason: str
    remark: str


@dataclass(frozen=True, slots=True)
class People:
    """Everything that was taken out of the places: by bed, and who waits, per ward."""

    beds: tuple[BedPeople, ...]
    waiting: tuple[tuple[Waiting, ...], ...]


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who signed in here: the public half of the key that the password makes, and the data key locked by it.

    ``mark`` stands for the password in force when it was last looked up; binary values are written in hex.
    """

    actor: Actor
    signed_in_at: datetime
    salt: str
    public: str
    mark: str = ""
    locked_key: str = ""

    def still_may(self, now: datetime) -> bool:
        """Whether the last sign-in is recent enough."""
        return now - self.signed_in_at < NAMES_FOR


@dataclass(frozen=True, slots=True)
class Helpers:
    """All of them."""

    known: tuple[Helper, ...] = ()


_FORMS: dict[str, TypeAdapter[Any]] = {}


def form(kind: type[Any]) -> TypeAdapter[Any]:
    """How a value of this module is written and read as JSON; made once, at first use."""
    from pydantic import TypeAdapter

    if kind.__name__ not in _FORMS:
        _FORMS[kind.__name__] = TypeAdapter(kind)
    return _FORMS[kind.__name__]


def sees_names(role: Role) -> bool:
    """Whether the role sees the whole board with all names; nobody else gets a key."""
    return can(role, Permission.BOARD_READ) and can_fully(role, Permission.NAMES_READ)


def split(house: House) -> tuple[Places, People]:
    """Part the places from the people. Notes are kept in neither."""
    boards = tuple(replace(board, beds=tuple(_bare(bed) for bed in board.beds), waiting=()) for board in house.boards)
    beds = tuple(_people_of(bed) for board in house.boards for bed in board.beds if _bare(bed) != bed)
    return (Places(replace(house, boards=boards), tuple(len(board.waiting) for board in house.boards)),
            People(beds, tuple(board.waiting for board in house.boards)))


def join(places: Places, people: People) -> House:
    """Put the people back into their places."""
    found = {one.bed_id: one for one in people.beds}
    boards = tuple(
        replace(board, beds=tuple(_peopled(bed, found.get(bed.id)) for bed in board.beds), waiting=waiting)
        for board, waiting in zip(places.house.boards, people.waiting, strict=True))
    return replace(places.house, boards=boards)


def _bare(bed: Bed) -> Bed:
    hold = Hold(bed.hold.until) if bed.hold else None
    return replace(bed, occupant=None, hold=hold, block_reason="", remark="")


def _people_of(bed: Bed) -> BedPeople:
    occupant = replace(bed.occupant, notes="", notes_shared=False) if bed.occupant else None
    return BedPeople(bed.id, occupant, bed.hold, bed.block_reason, bed.remark)


def _peopled(bed: Bed, people: BedPeople | None) -> Bed:
    if people is None:
        return bed
    return replace(bed, occupant=people.occupant, hold=people.hold, block_reason=people.block_reason,
                   remark=people.remark)
