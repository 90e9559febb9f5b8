"""Flags of a card: computed when the board changes, never while painting."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

from wardbeds.domain.beds import Bed, BedStatus, WardBoard
from wardbeds.gui.board.alike import Alike
from wardbeds.gui.words import today, tr


class Flag(Enum):
    """What is worth a mark, most urgent first; the value is the icon's name."""

    ISOLATION = "shield-alert"
    SIMILAR = "users"
    LEAVING = "log-out"
    LONG_STAY = "hourglass"
    HIDDEN = "eye-off"


def flag_word(flag: Flag) -> str:
    """The flag in words."""
    return {Flag.ISOLATION: tr("Isolation"), Flag.SIMILAR: tr("Similar name"), Flag.LEAVING: tr("Leaving today"),
            Flag.LONG_STAY: tr("Long stay"), Flag.HIDDEN: tr("Name hidden")}[flag]


def name_is_hidden(bed: Bed) -> bool:
    """Whether somebody is in the bed who may not be named: the board was kept, and nobody has shown who may see it."""
    return bed.status is BedStatus.OCCUPIED and bed.occupant is None


def is_leaving(bed: Bed) -> bool:
    """Whether the occupant leaves today or the discharge is decided."""
    occupant = bed.occupant
    if occupant is None:
        return False
    return occupant.decided_at is not None or (
        occupant.expected_leaving is not None and occupant.expected_leaving <= today())


def find_flags(board: WardBoard, alike: Alike | None = None) -> dict[int, tuple[Flag, ...]]:
    """The flags of every occupied bed, by bed id. ``alike``: what is known of the names already, if anything is."""
    now = datetime.now(UTC)
    similar = (alike or Alike()).update([*(bed.occupant.person for bed in board.beds if bed.occupant),
                                         *(one.person for one in board.waiting)])
    found: dict[int, tuple[Flag, ...]] = {}
    for bed in board.beds:
        if name_is_hidden(bed):
            found[bed.id] = (Flag.HIDDEN,)
        if bed.occupant is None:
            continue
        flags = []
        if {"isolation", "infectious"} & set(bed.occupant.needs):
            flags.append(Flag.ISOLATION)
        if bed.occupant.person.patient_id in similar:
            flags.append(Flag.SIMILAR)
        if is_leaving(bed):
            flags.append(Flag.LEAVING)
        if (now - bed.occupant.admitted_at).days >= board.ward.long_stay_days:
            flags.append(Flag.LONG_STAY)
        found[bed.id] = tuple(flags)
    return found
