"""Code lists of admission, stay and discharge, and the bed's state machine (DESIGN 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wardbeds.domain.beds import BedStatus, Priority
from wardbeds.domain.people import Person


class Source(StrEnum):
    """Where an admission comes from; another text is kept as ``other`` with that text."""

    EMERGENCY = "emergency"
    CLINIC = "clinic"
    PLANNED = "planned"
    ROUTINE = "routine"
    TRANSFER = "transfer"
    BORN_HERE = "born_here"
    OTHER = "other"


class Outcome(StrEnum):
    """How an admission ended; ``cancelled`` is for one that should not have been, or left the list unplaced."""

    IMPROVED = "improved"
    STABLE = "stable"
    DISCHARGED = "discharged"
    REFERRED = "referred"
    AGAINST_ADVICE = "against_advice"
    ABSCONDED = "absconded"
    DECEASED = "deceased"
    CANCELLED = "cancelled"


DISCHARGE_OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.CANCELLED)


class Feeds(StrEnum):
    """Who feeds the patient."""

    KITCHEN = "kitchen"
    FAMILY = "family"
    CHARITY = "charity"


class BlockReason(StrEnum):
    """Why a bed is blocked; another text is kept as it is."""

    BED_FAULT = "bed fault"
    MATTRESS = "mattress"
    ROOM_WORKS = "room works"
    INFECTION = "infection control"
    NO_STAFF = "no staff"
    LENT = "lent"
    ATTENDANT = "used by attendant"
    OTHER = "other"


TRANSITIONS: frozenset[tuple[BedStatus, BedStatus]] = frozenset({
    (BedStatus.AVAILABLE, BedStatus.OCCUPIED),
    (BedStatus.AVAILABLE, BedStatus.RESERVED),
    (BedStatus.AVAILABLE, BedStatus.MAINTENANCE),
    (BedStatus.RESERVED, BedStatus.OCCUPIED),
    (BedStatus.RESERVED, BedStatus.AVAILABLE),
    (BedStatus.OCCUPIED, BedStatus.CLEANING),
    (BedStatus.OCCUPIED, BedStatus.AVAILABLE),
    (BedStatus.CLEANING, BedStatus.AVAILABLE),
    (BedStatus.CLEANING, BedStatus.RESERVED),
    (BedStatus.CLEANING, BedStatus.MAINTENANCE),
    (BedStatus.MAINTENANCE, BedStatus.AVAILABLE),
    (BedStatus.MAINTENANCE, BedStatus.CLEANING),
})
"""What people may do."""

UNDO_TRANSITIONS: frozenset[tuple[BedStatus, BedStatus]] = frozenset({
    (BedStatus.CLEANING, BedStatus.OCCUPIED),
    (BedStatus.MAINTENANCE, BedStatus.RESERVED),
    (BedStatus.AVAILABLE, BedStatus.CLEANING),
    (BedStatus.OCCUPIED, BedStatus.RESERVED),
    (BedStatus.OCCUPIED, BedStatus.AVAILABLE),
})
"""What undo may do besides, each time only what its event undoes."""

GUARDED = TRANSITIONS | UNDO_TRANSITIONS
"""What the database's guard lets through; that undo's pairs serve undo alone is the services' rule."""


def default_priority(source: Source) -> Priority:
    """An emergency waits as one; everybody else is routine until a nurse says otherwise."""
    return Priority.EMERGENCY if source is Source.EMERGENCY else Priority.ROUTINE


def read_source(text: str) -> tuple[Source, str]:
    """A source from free text: a known code, else ``other`` with the text; nothing is ``other``."""
    text = text.strip()
    if text in set(Source):
        return Source(text), ""
    return Source.OTHER, text


@dataclass(frozen=True, slots=True)
class AdmissionDetail:
    """An open admission as its dialogs show it. ``bed_number`` is empty for one who waits."""

    admission_id: int
    person: Person
    phone: str
    national_id: str
    attendant_name: str
    attendant_phone: str
    ward_id: int
    ward_name: str
    bed_id: int | None
    bed_number: str
    admitted_at: datetime
    source: Source
    source_text: str
    complaint: str
    needs: tuple[str, ...]
    priority: Priority
    specialty: str
    nurse_id: int | None
    nurse_name: str
    doctor_id: int | None
    doctor_name: str
    expected_leaving: date | None
    feeds: Feeds | None
    decided_at: datetime | None
    decided_outcome: str
    notes: str
    notes_shared: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a bed or a person in words' raw material: who, when, what."""

    at: datetime
    action: str
    actor_name: str
    station: str
    person: Person | None
    from_place: str
    to_place: str
    reason: str
    undone: bool = False
    disinfected: bool = False
    other: Person | None = None
    """Of a swap, the one who changed places with ``person``."""


@dataclass(frozen=True, slots=True)
class Details:
    """A bed or a waiting patient in full: the open admission if there is one, what happened to both, latest first."""

    admission: AdmissionDetail | None
    person_lines: tuple[HistoryLine, ...]
    bed_lines: tuple[HistoryLine, ...]
