"""A ward as it is set up: its rules, its rooms, and the numbers of their beds, made from a pattern."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from wardbeds.domain.beds import AgePolicy, RoomSexPolicy, WardSexPolicy
from wardbeds.domain.requests import Request, _Frozen

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
MOST_BEDS = 200


class RoomLayout(_Frozen):
    """A room with the numbers of the beds that it shall have.

    ``features`` or ``bed_type`` None: each bed keeps its own.
    """

    name: Name
    sex_policy: RoomSexPolicy = RoomSexPolicy.ANY
    numbers: tuple[Name, ...] = ()
    features: tuple[str, ...] | None = None
    bed_type: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None


class SetUpWard(Request):
    """A ward as it shall be. ``ward_id`` None: a new one, else ``seen`` is the mark of the layout that was shown.

    Beds that are not listed are closed, listed ones that were closed are opened again; nothing is deleted.
    """

    ward_id: int | None = None
    seen: str = ""
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=16)] = ""
    location: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)] = ""
    specialty: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    sex_policy: WardSexPolicy = WardSexPolicy.ANY
    age_policy: AgePolicy = AgePolicy.ANY
    cleaning_step: bool = True
    staffed_beds: Annotated[int, Field(ge=0, le=1000)] | None = None
    long_stay_days: Annotated[int, Field(ge=1, le=365)] = 7
    rooms: tuple[RoomLayout, ...] = ()

    @property
    def mark(self) -> str:
        """Differs for two layouts that differ in anything that is shown."""
        shown = self.model_dump_json(exclude={"operation_id", "happened_at", "seen"})
        return hashlib.sha256(shown.encode()).hexdigest()

    @model_validator(mode="after")
    def _once(self) -> SetUpWard:
        numbers = [number.casefold() for room in self.rooms for number in room.numbers]
        if len(numbers) != len(set(numbers)):
            raise ValueError("a bed number is there twice")
        names = [room.name.casefold() for room in self.rooms]
        if len(names) != len(set(names)):
            raise ValueError("a room is there twice")
        return self


class CloseWard(Request):
    """No longer use a ward; its history stays."""

    ward_id: int


def room_name(position: int) -> str:
    """The name of the n-th room, from 0: A to Z, then AA, AB and so on."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def bed_number(pattern: str, room: str, n: int) -> str:
    """A bed's number from a pattern: ``A`` standing alone is the room, a run of ``#`` the number, with zeros.

    ``A-1##`` gives ``C-107`` for the seventh bed of room C; a pattern without ``#`` gets the number at its end.
    """
    text = re.sub(r"(?<![A-Za-z])A(?![A-Za-z])", lambda _match: room, pattern, count=1)
    if "#" not in text:
        return f"{text}{n}"
    return re.sub(r"#+", lambda match: str(n).zfill(len(match.group())), text, count=1)


def make_rooms(beds: int, rooms: int, pattern: str) -> tuple[RoomLayout, ...]:
    """Rooms with as many beds each as possible, the first ones getting what is left over.

    A pattern that does not name the room numbers the beds through the ward. Raises ValueError for counts under 1,
    fewer beds than rooms, or more than :data:`MOST_BEDS` beds.
    """
    if not 1 <= rooms <= beds <= MOST_BEDS:
        raise ValueError("beds and rooms")
    by_room = re.search(r"(?<![A-Za-z])A(?![A-Za-z])", pattern) is not None
    each, more = divmod(beds, rooms)
    made, count = [], 0
    for position in range(rooms):
        size = each + (position < more)
        first = 1 if by_room else count + 1
        name = room_name(position)
        made.append(RoomLayout(name=name, numbers=tuple(
            bed_number(pattern, name, n) for n in range(first, first + size))))
        count += size
    return tuple(made)


def read_numbers(text: str) -> tuple[str, ...]:
    """Bed numbers as people type them: separated by commas, semicolons or line ends, each once."""
    seen: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        if part.strip():
            seen.setdefault(part.strip().casefold(), part.strip())
    return tuple(seen.values())


def show_numbers(numbers: Iterable[str]) -> str:
    """Bed numbers for a field: separated by commas."""
    return ", ".join(numbers)
