"""What changed: the values that travel from a service to every model, and the event's canonical form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardbeds.domain.beds import Bed, Waiting, WardBoard
from wardbeds.domain.people import Person
from wardbeds.domain.placement import SoftWarning

NO_EVENT = "0" * 64
"""``prev`` of a stream's first event."""


@dataclass(frozen=True, slots=True)
class WardUpdate:
    """One ward after a change: the beds that were touched, read back, and the whole waiting list.

    Own changes and those of other stations arrive as this same value and are applied by the same function.
    """

    ward_id: int
    revision: int
    beds: tuple[Bed, ...]
    waiting: tuple[Waiting, ...]
    as_of: datetime
    since: int | None = None
    """Everything after this revision is in it; None where only what one action touched is."""


SWAPPED = "swapped"
"""The one action that moves two people: its first two subjects."""
UNDOING = "undone"
"""What takes another action back."""


@dataclass(frozen=True, slots=True)
class LastAction:
    """The line in the work strip: what was done to whom, from where to where, and whether it can be taken back."""

    operation_id: UUID
    action: str
    at: datetime
    person: Person | None
    from_place: str
    to_place: str
    actor_name: str
    station: str
    undoable: bool = True
    death: bool = False
    """Whether somebody's death was recorded, which cannot be undone."""
    other: Person | None = None
    """Of a swap, the one who changed places with ``person``."""


UNDOABLE = frozenset({"admitted", "assigned", "moved", "swapped", "discharge_decided", "left", "discharged", "removed",
                      "cleaned", "blocked", "unblocked", "held", "hold_released"})
"""Bed actions that undo takes back; an edit is corrected by another edit."""


def place_names(old: str, new: str, old_ward: str, new_ward: str) -> tuple[str, str]:
    """From and to: bed numbers, with the ward before them where the two wards differ."""
    if old and new and old_ward != new_ward:
        return f"{old_ward} {old}", f"{new_ward} {new}"
    return old, new


@dataclass(frozen=True, slots=True)
class Done:
    """A service's answer: it is in the database. ``updates`` has one entry per ward touched."""

    operation_id: UUID
    time: datetime
    updates: tuple[WardUpdate, ...]
    action: LastAction | None = None
    patient_id: int | None = None
    warnings: tuple[SoftWarning, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One operation that another station, or this one, carried out in the ward that is followed."""

    operation_id: UUID
    bed_ids: tuple[int, ...]
    line: LastAction | None
    mine: bool


@dataclass(frozen=True, slots=True)
class News:
    """One answer of the change feed. Nothing new is an answer too: what is shown is the present.

    ``update`` and ``board`` concern the ward that is followed; ``board`` where more than beds changed, or where the
    revisions went back because a backup was restored; ``ward_gone`` where the ward was closed. ``revisions`` is by ward
    id, the house being 0. ``head`` is the hash of the followed ward's last event, where something of it was read.
    """

    revisions: Mapping[int, int]
    update: WardUpdate | None = None
    board: WardBoard | None = None
    happenings: tuple[Happening, ...] = ()
    may_write: bool = True
    ward_gone: bool = False
    head: str = ""


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def canonical(body: Mapping[str, object]) -> str:
    """The canonical JSON text of an event's body: sorted keys, no spaces, ASCII."""
    return _CANONICAL.encode(body)


def chain_hash(prev: str, body: str) -> str:
    """Lower-case hex sha256 of ASCII ``prev`` followed by UTF-8 ``body`` (DESIGN 3)."""
    return hashlib.sha256(prev.encode("ascii") + body.encode("utf-8")).hexdigest()
