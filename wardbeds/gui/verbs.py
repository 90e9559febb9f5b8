"""What can be done with what is selected, by whom: one table for buttons, keys and menus, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from wardbeds.domain.access import Permission, can
from wardbeds.domain.beds import Bed, BedStatus, Waiting
from wardbeds.domain.people import Role
from wardbeds.gui import words

UNKNOWN = "UNKNOWN"
"""The family name that a person gets while nobody knows who it is."""


class Verb(Enum):
    """An action; the value is its key."""

    ADMIT = "N"
    ASSIGN = "A"
    MOVE = "M"
    TRANSFER = "T"
    SWAP = "S"
    DISCHARGE = "D"
    LEFT = "G"
    NOTES = "E"
    RESERVE = "R"
    RELEASE = "U"
    BLOCK = "B"
    UNBLOCK = "Shift+B"
    CLEAN = "C"
    REMOVE = "Del"
    ADMISSION = "I"
    IDENTITY = "Shift+I"
    TIME = "Shift+T"
    MERGE = "J"
    CANCEL = "X"
    EARLIER = "H"


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb for the thing selected: its words, and why not, where it is not allowed."""

    verb: Verb
    text: str
    reason: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it can be done."""
        return not self.reason


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verbs", text)


def verb_text(verb: Verb) -> str:
    """A verb in words."""
    return {
        Verb.ADMIT: _tr("Admit"), Verb.ASSIGN: _tr("Place"), Verb.MOVE: _tr("Move"), Verb.TRANSFER: _tr("Transfer"),
        Verb.SWAP: _tr("Swap"), Verb.DISCHARGE: _tr("Discharge"), Verb.LEFT: _tr("Has left"),
        Verb.NOTES: _tr("Notes"),
        Verb.RESERVE: _tr("Reserve"), Verb.RELEASE: _tr("Release hold"), Verb.BLOCK: _tr("Block"),
        Verb.UNBLOCK: _tr("Unblock"), Verb.CLEAN: _tr("Clean done"), Verb.REMOVE: _tr("Take off the list"),
        Verb.ADMISSION: _tr("Admission"), Verb.IDENTITY: _tr("Identity"), Verb.TIME: _tr("Correct time"),
        Verb.MERGE: _tr("Is a known person"), Verb.CANCEL: _tr("Cancel admission"),
        Verb.EARLIER: _tr("Done earlier")}[verb]


def one_click(bed: Bed) -> Verb | None:
    """The verb of a bed in this state that is done without a question, so also without asking when."""
    return {BedStatus.CLEANING: Verb.CLEAN, BedStatus.MAINTENANCE: Verb.UNBLOCK,
            BedStatus.RESERVED: Verb.RELEASE}.get(bed.status)


ICONS = {
    Verb.ADMIT: "plus", Verb.ASSIGN: "move", Verb.MOVE: "move", Verb.TRANSFER: "arrow-right-left",
    Verb.SWAP: "repeat-2", Verb.DISCHARGE: "log-out", Verb.LEFT: "footprints", Verb.NOTES: "notebook-pen",
    Verb.RESERVE: "bookmark",
    Verb.RELEASE: "undo-2", Verb.BLOCK: "ban", Verb.UNBLOCK: "circle-check", Verb.CLEAN: "check",
    Verb.REMOVE: "circle-x", Verb.ADMISSION: "calendar", Verb.IDENTITY: "id-card", Verb.TIME: "clock",
    Verb.MERGE: "users", Verb.CANCEL: "circle-x",
    Verb.EARLIER: "clock",
}
"""The icon of each verb, where there is room for one."""

NEEDED = {
    Verb.ADMIT: Permission.ADMISSION_CREATE, Verb.ASSIGN: Permission.BED_ASSIGN, Verb.MOVE: Permission.BED_ASSIGN,
    Verb.TRANSFER: Permission.BED_TRANSFER, Verb.SWAP: Permission.BED_SWAP,
    Verb.DISCHARGE: Permission.DISCHARGE_DECIDE,
    Verb.LEFT: Permission.DISCHARGE_LEAVE, Verb.NOTES: Permission.REMARK_WRITE, Verb.RESERVE: Permission.BED_HOLD,
    Verb.RELEASE: Permission.BED_HOLD, Verb.BLOCK: Permission.BED_BLOCK, Verb.UNBLOCK: Permission.BED_BLOCK,
    Verb.CLEAN: Permission.BED_CLEAN, Verb.REMOVE: Permission.ADMISSION_CANCEL,
    Verb.ADMISSION: Permission.ADMISSION_EDIT, Verb.IDENTITY: Permission.PATIENT_EDIT,
    Verb.TIME: Permission.ADMISSION_EDIT, Verb.MERGE: Permission.PATIENT_EDIT,
    Verb.CANCEL: Permission.ADMISSION_CANCEL,
}


def _bed_verbs(bed: Bed) -> list[Verb]:
    """The verbs that make sense for a bed in its state, the likeliest first."""
    match bed.status:
        case BedStatus.OCCUPIED:
            decided = bed.occupant is not None and bed.occupant.decided_at is not None
            first = [Verb.LEFT] if decided else []
            unknown = [Verb.MERGE] if bed.occupant is not None and bed.occupant.person.last_name == UNKNOWN else []
            return [*first, Verb.MOVE, Verb.TRANSFER, Verb.DISCHARGE, Verb.NOTES, Verb.SWAP, *unknown,
                    Verb.ADMISSION, Verb.IDENTITY, Verb.TIME, Verb.CANCEL]
        case BedStatus.AVAILABLE:
            return [Verb.ADMIT, Verb.RESERVE, Verb.BLOCK, Verb.NOTES]
        case BedStatus.RESERVED:
            return [Verb.ADMIT, Verb.RELEASE, Verb.NOTES, Verb.EARLIER]
        case BedStatus.CLEANING:
            hold = [Verb.RELEASE] if bed.hold is not None else [Verb.RESERVE, Verb.BLOCK]
            return [Verb.CLEAN, *hold, Verb.NOTES, Verb.EARLIER]
    return [Verb.UNBLOCK, Verb.NOTES, Verb.EARLIER]


def offers(role: Role, bed: Bed | None, waiting: Waiting | None, *, read_only: str = "") -> list[Offer]:
    """What can be done with the selection; a verb that the role lacks is offered with the reason, not hidden.

    ``read_only`` says why nothing can be changed now, if that is so.
    """
    if bed is not None:
        verbs = _bed_verbs(bed)
    elif waiting is not None:
        unknown = [Verb.MERGE] if waiting.person.last_name == UNKNOWN else []
        verbs = [Verb.ASSIGN, Verb.DISCHARGE, Verb.REMOVE, *unknown, Verb.ADMISSION, Verb.IDENTITY, Verb.CANCEL]
    else:
        verbs = [Verb.ADMIT]
    return [Offer(verb, verb_text(verb), why_barred(role, _right_for(verb, bed), read_only)) for verb in verbs]


def _right_for(verb: Verb, bed: Bed | None) -> Verb:
    """What was done earlier needs the right of what was done."""
    meant = one_click(bed) if verb is Verb.EARLIER and bed is not None else None
    return meant or verb


def not_for_role(role: Role, verb: Verb) -> str:
    """That this role may not do this, and what to do next."""
    return _tr("Your role ({role}) may not {deed}. Ask a colleague who may.").format(
        role=words.role_word(role), deed=_deed(verb))


def _deed(verb: Verb) -> str:
    """What a verb does, as it goes on behind “may not”."""
    return {
        Verb.ADMIT: _tr("admit patients"), Verb.ASSIGN: _tr("place patients"), Verb.MOVE: _tr("move patients"),
        Verb.TRANSFER: _tr("transfer patients"), Verb.SWAP: _tr("swap patients"),
        Verb.DISCHARGE: _tr("discharge patients"),
        Verb.LEFT: _tr("record that a patient has left"), Verb.NOTES: _tr("write notes"),
        Verb.RESERVE: _tr("reserve beds"), Verb.RELEASE: _tr("release a hold"), Verb.BLOCK: _tr("block beds"),
        Verb.UNBLOCK: _tr("unblock beds"), Verb.CLEAN: _tr("record that a bed is clean"),
        Verb.REMOVE: _tr("take patients off the list"), Verb.ADMISSION: _tr("change admissions"),
        Verb.IDENTITY: _tr("correct a patient’s identity"), Verb.TIME: _tr("correct times"),
        Verb.MERGE: _tr("say who a patient is"), Verb.CANCEL: _tr("cancel admissions"),
        Verb.EARLIER: _tr("record what was done earlier")}[verb]


def why_barred(role: Role, verb: Verb, read_only: str) -> str:
    """Why somebody may not do this now, whatever is selected; empty where nothing speaks against it."""
    if read_only:
        return read_only
    needed = NEEDED.get(verb)  # what was done earlier needs the right of that
    if needed is not None and not can(role, needed):
        return not_for_role(role, verb)
    return ""
