"""What a role may not see leaves the services empty: the windows do not decide that."""

from __future__ import annotations

from dataclasses import replace

from wardbeds.domain.access import Grant, Permission, grant
from wardbeds.domain.beds import Bed, WardBoard
from wardbeds.domain.changes import WardUpdate
from wardbeds.domain.identity import fields_only
from wardbeds.domain.people import Role
from wardbeds.domain.stays import HistoryLine


def redact_beds(role: Role, beds: tuple[Bed, ...]) -> tuple[Bed, ...]:
    """The beds without notes, for a role that may not read them."""
    if grant(role, Permission.NOTES_READ) is Grant.YES:
        return beds
    return tuple(
        replace(bed, occupant=replace(bed.occupant, notes="", notes_shared=False)) if bed.occupant else bed
        for bed in beds)


def redact_update(role: Role, update: WardUpdate) -> WardUpdate:
    """A ward's update as this role may see it."""
    beds = redact_beds(role, update.beds)
    return update if beds is update.beds else replace(update, beds=beds)


def redact_board(role: Role, board: WardBoard) -> WardBoard:
    """A ward's board as this role may see it."""
    return replace(board, beds=redact_beds(role, board.beds))


def redact_bed_lines(lines: tuple[HistoryLine, ...]) -> tuple[HistoryLine, ...]:
    """A bed's history without what a corrected identity held: who lay there before is not looked up at a bed."""
    return tuple(replace(line, reason=fields_only(line.reason)) if line.action == "identity_edited" else line
                 for line in lines)
