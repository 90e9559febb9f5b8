"""Wards, rooms, beds and who waits for one: the board's values, frozen and cheap to make.

Board values are slots dataclasses because a house of 10,000 beds is read in one go (DESIGN 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from wardbeds.domain.blocking import Block, read_block
from wardbeds.domain.people import Person


class BedStatus(StrEnum):
    """The seed's four states and ``cleaning``."""

    AVAILABLE = "available"
    OCCUPIED = "occupied"
    RESERVED = "reserved"
    CLEANING = "cleaning"
    MAINTENANCE = "maintenance"


class WardSexPolicy(StrEnum):
    """Whom a ward takes; ``by_room`` leaves it to each room."""

    ANY = "any"
    MALE = "male"
    FEMALE = "female"
    BY_ROOM = "by_room"


class RoomSexPolicy(StrEnum):
    """Whom a room takes; ``same`` is as whoever is in it."""

    ANY = "any"
    MALE = "male"
    FEMALE = "female"
    SAME = "same"


class AgePolicy(StrEnum):
    """Whom a ward takes by age; adults are 15 and over (the local paediatric limit)."""

    ANY = "any"
    ADULT = "adult"
    CHILD = "child"


class Priority(StrEnum):
    """How soon one who waits needs a bed."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"


NEEDS = ("oxygen", "monitor", "telemetry", "suction", "ventilator", "cot", "bariatric", "isolation",
         "nitrogen", "television", "infectious")
"""Known needs and features; other codes are kept as they come. ``infectious`` is a need of a patient only."""

MAX_BED_NUMBER = 50
ADULT_AGE = 15


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward and its rules. ``staffed_beds`` None: as many as there are beds."""

    id: int
    code: str
    name: str
    location: str = ""
    description: str = ""
    phone: str = ""
    sex_policy: WardSexPolicy = WardSexPolicy.ANY
    age_policy: AgePolicy = AgePolicy.ANY
    specialty: str = ""
    cleaning_step: bool = True
    extra_places: bool = False
    staffed_beds: int | None = None
    long_stay_days: int = 7
    lock_minutes: int = 5


@dataclass(frozen=True, slots=True)
class Room:
    """A room; its plan geometry is in metres, None where no plan was drawn."""

    id: int
    ward_id: int
    name: str
    sex_policy: RoomSexPolicy = RoomSexPolicy.ANY
    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Occupant:
    """The patient in a bed, with what the card, the rules and the dialogs need of the admission and stay."""

    person: Person
    admission_id: int
    admitted_at: datetime
    since: datetime
    needs: tuple[str, ...] = ()
    specialty: str = ""
    priority: Priority = Priority.ROUTINE
    expected_leaving: date | None = None
    decided_at: datetime | None = None
    decided_outcome: str = ""
    nurse_id: int | None = None
    notes: str = ""
    notes_shared: bool = False
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BedWish:
    """What a bed is looked for: whose, with what, in wards of which specialty (empty: any), also one to clean."""

    sex: str = "unknown"
    needs: tuple[str, ...] = ()
    specialty: str = ""
    also_to_clean: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A bed kept for a person, or for what ``text`` says; counts while the time is before ``until``."""

    until: datetime
    person: Person | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bed:
    """One bed as last read. ``since`` is the start of the present status; :attr:`block` reads ``block_reason``."""

    id: int
    ward_id: int
    number: str
    status: BedStatus
    version: int
    room_id: int | None = None
    room_name: str = ""
    since: datetime | None = None
    occupant: Occupant | None = None
    hold: Hold | None = None
    block_reason: str = ""
    remark: str = ""
    bed_type: str = ""
    features: tuple[str, ...] = ()
    x: float | None = None
    y: float | None = None
    blocked_from: BedStatus | None = None
    is_active: bool = True

    @property
    def block(self) -> Block:
        """Why it is blocked, until when, and who knows."""
        return read_block(self.block_reason)

    @property
    def patient_id(self) -> int | None:
        """Who lies here, if anybody."""
        return self.occupant.person.patient_id if self.occupant else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A patient admitted to a ward's waiting list."""

    person: Person
    admission_id: int
    ward_id: int
    since: datetime
    source: str
    source_text: str = ""
    priority: Priority = Priority.ROUTINE
    needs: tuple[str, ...] = ()
    specialty: str = ""
    nurse_id: int | None = None
    expected_leaving: date | None = None


@dataclass(frozen=True, slots=True)
class WardBoard:
    """Everything one ward's board shows, read in one go. Beds in natural order, the waiting by priority and time."""

    ward: Ward
    rooms: tuple[Room, ...]
    beds: tuple[Bed, ...]
    waiting: tuple[Waiting, ...]
    revision: int
    as_of: datetime
    waiting_revision: int = 0
    """The revision that the waiting list was read at, where that is later than the board's."""
    head: str = field(default="", compare=False)
    """The hash of the ward's last event: tells this past from that of a backup restored since."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Beds of a ward by state; ``beds`` is their sum (capacity is counted, never typed)."""

    beds: int
    available: int
    occupied: int
    reserved: int
    cleaning: int
    maintenance: int

    @property
    def usable(self) -> int:
        """Beds that are not blocked."""
        return self.beds - self.maintenance

    @property
    def occupied_percent(self) -> int | None:
        """Live occupancy, 100 x occupied / (active - blocked), rounded; None without a usable bed (UX e)."""
        return round(100 * self.occupied / self.usable) if self.usable else None


@dataclass(frozen=True, slots=True)
class WardSummary:
    """A ward in the ward selector: what it is and how full."""

    ward: Ward
    counts: Counts
    waiting: int


def hold_is_live(hold: Hold | None, now: datetime) -> bool:
    """A hold counts while the time is before its end (DESIGN 3)."""
    return hold is not None and now < hold.until


def as_of(bed: Bed, now: datetime) -> Bed:
    """The bed as every rule, read and export sees it at ``now``: an expired hold is gone though no station ran."""
    if bed.hold is None or hold_is_live(bed.hold, now):
        return bed
    if bed.status is BedStatus.RESERVED:
        return replace(bed, status=BedStatus.AVAILABLE, since=bed.hold.until, hold=None)
    return replace(bed, hold=None)


def count(beds: tuple[Bed, ...] | list[Bed], now: datetime) -> Counts:
    """Count beds by the state they are in at ``now``."""
    tally = dict.fromkeys(BedStatus, 0)
    for bed in beds:
        tally[as_of(bed, now).status] += 1
    return Counts(len(beds), *(tally[status] for status in BedStatus))


_DIGITS = re.compile(r"(\d+)")


@lru_cache(maxsize=32_768)
def natural_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Sort key in which A-2 comes before A-10; letters compare without case."""
    return tuple((0, int(part)) if part.isdecimal() else (1, part.casefold())
                 for part in _DIGITS.split(text) if part)


@lru_cache(maxsize=4096)
def split_codes(text: str | None) -> tuple[str, ...]:
    """Codes kept as ``;``-separated text, stripped, without doubles, in order of the alphabet."""
    return tuple(sorted({part.strip() for part in (text or "").split(";") if part.strip()}))


def join_codes(codes: tuple[str, ...] | list[str]) -> str:
    """The stored form of a list of codes."""
    return ";".join(sorted(set(codes)))
