"""Why a verb does not fit what is selected, and what to do instead: a key that does nothing must not be silent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from wardbeds.domain.beds import Bed, BedStatus, Waiting
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Person
from wardbeds.domain.placement import blocked
from wardbeds.domain.times import to_text
from wardbeds.gui import words
from wardbeds.gui.verbs import Verb, verb_text

_OF_WHO_LIES = frozenset({Verb.MOVE, Verb.TRANSFER, Verb.SWAP, Verb.DISCHARGE, Verb.LEFT, Verb.ADMISSION, Verb.IDENTITY,
                          Verb.TIME, Verb.MERGE, Verb.CANCEL})
_OF_BEDS = frozenset({Verb.RELEASE, Verb.BLOCK, Verb.UNBLOCK, Verb.CLEAN, Verb.EARLIER, Verb.RESERVE})


def _tr(text: str) -> str:
    return QCoreApplication.translate("Misfit", text)


def misfit_text(verb: Verb, bed: Bed | None, waiting: Waiting | None) -> str:
    """Why a verb that is not among the offers of a bed, or else of one who waits, cannot be done with it."""
    text = _on_bed(verb, bed) if bed is not None else _on_waiting(verb, waiting.person) if waiting is not None else ""
    return text or words.refusal_text(refuse(Code.STATE))


def _on_waiting(verb: Verb, person: Person) -> str:
    name = full_name(person)
    if verb is Verb.MERGE:
        return _known(name)
    if verb in _OF_BEDS:
        return _tr("{verb} is for a bed. Select the bed first.").format(verb=verb_text(verb))
    if verb is Verb.LEFT:
        return _tr("{name} waits and is in no bed. Take the patient off the list with Del, or discharge with D."
                   ).format(name=name)
    return _tr("{name} waits and is in no bed yet. Place the patient with A first.").format(name=name)


def _on_bed(verb: Verb, bed: Bed) -> str:
    if verb in _OF_WHO_LIES:
        return _on_patient(verb, bed)
    match verb:
        case Verb.ASSIGN | Verb.REMOVE:
            return _only_for_waiting(verb, bed)
        case Verb.RESERVE | Verb.BLOCK:
            return _taken(verb, bed)
        case Verb.RELEASE:
            return words.refusal_text(refuse(Code.STATE, "no_hold", bed=bed.number))
        case Verb.UNBLOCK:
            return words.refusal_text(refuse(Code.STATE, "not_blocked", bed=bed.number))
        case Verb.CLEAN:
            return _clean_already(bed)
        case Verb.EARLIER:
            return _tr("There is nothing to enter afterwards for {bed}. H is for beds to clean, blocked or held."
                       ).format(bed=bed.number)
    return ""


def _on_patient(verb: Verb, bed: Bed) -> str:
    if bed.status is not BedStatus.OCCUPIED:
        return _tr("{verb}: nobody lies in {bed}. Select a patient first.").format(
            verb=verb_text(verb), bed=bed.number)
    name = _occupant(bed)
    if verb is Verb.MERGE:
        return _known(name)
    return _tr("The discharge of {name} has not been decided yet. A nurse decides it with D.").format(name=name) \
        if verb is Verb.LEFT else ""


def _known(name: str) -> str:
    return _tr("It is known who {name} is. To correct a name, press Shift+I.").format(name=name)


def _only_for_waiting(verb: Verb, bed: Bed) -> str:
    if bed.status is not BedStatus.OCCUPIED:
        return _tr("{verb} is for who waits. Select a patient of the waiting list first.").format(verb=verb_text(verb))
    text = _tr("{bed} is occupied by {name}. Move the patient with M.") if verb is Verb.ASSIGN else \
        _tr("{name} lies in {bed} and is on no waiting list. Discharge with D.")
    return text.format(bed=bed.number, name=_occupant(bed))


def _taken(verb: Verb, bed: Bed) -> str:
    """Why a bed can be neither held nor blocked."""
    if bed.status is BedStatus.OCCUPIED:
        return _tr("{bed} is occupied by {name}. Move the patient first.").format(bed=bed.number, name=_occupant(bed))
    if bed.status is BedStatus.MAINTENANCE:
        return words.refusal_text(blocked(bed) if verb is Verb.RESERVE
                                  else refuse(Code.STATE, "already_blocked", bed=bed.number))
    return _held(bed)


def _held(bed: Bed) -> str:
    hold = bed.hold
    if hold is None:
        return ""
    return words.refusal_text(refuse(Code.HELD, bed=bed.number, until=to_text(hold.until),
                                     name=full_name(hold.person) if hold.person is not None else hold.text))


def _clean_already(bed: Bed) -> str:
    match bed.status:
        case BedStatus.OCCUPIED:
            return _tr("{bed} is occupied by {name}. It is to be cleaned when the patient has left.").format(
                bed=bed.number, name=_occupant(bed))
        case BedStatus.MAINTENANCE:
            return words.refusal_text(blocked(bed))
        case BedStatus.RESERVED:
            return _tr("{bed} is clean already. {held}").format(bed=bed.number, held=_held(bed))
    return _tr("{bed} is clean already: it is free.").format(bed=bed.number)


def _occupant(bed: Bed) -> str:
    return full_name(bed.occupant.person) if bed.occupant is not None else "…"
