"""Pictures of the dialogs about a bed or a patient, with what they say when something is missing or not as usual."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.discharge import DischargeDialog
from wardbeds.gui.dialogs.mending import MergeDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.dialogs.pick import PickDialog
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.scenes.studio import NURSE, SUPPORT, Scene, Studio
from wardbeds.gui.verbs import UNKNOWN, Verb


def by(open_it: object, username: str) -> Scene:
    """Something that somebody opens from the page."""

    def scene(studio: Studio) -> QWidget:
        studio.sign_in(username)
        assert callable(open_it)
        open_it(studio.page)
        studio.settle()
        return studio.page

    return scene


def _verb(verb: Verb, status: BedStatus, number: int = 0) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.select(status, number)
        return studio.dialog(verb)

    return scene


def _pressed(verb: Verb, status: BedStatus) -> Scene:
    """A dialog whose button was pressed before anything was said."""

    def scene(studio: Studio) -> QWidget:
        studio.select(status)
        studio.dialog(verb)
        studio.opened.primary.click()
        studio.settle()
        return studio.page

    return scene


def _waiting(verb: Verb) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.page.selection.select_waiting(studio.session.model.waiting[0].person.patient_id)
        return studio.dialog(verb)

    return scene


def _details(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED, 2)
    studio.page.show_details()
    studio.read_on()
    return studio.page


def _details_waiting(studio: Studio) -> QWidget:
    studio.page.selection.select_waiting(studio.session.model.waiting[0].person.patient_id)
    studio.page.show_details()
    studio.read_on()
    return studio.page


def _outcome(outcome: Outcome) -> Scene:
    """The discharge with another outcome than usual; a death is asked for a second time."""

    def scene(studio: Studio) -> QWidget:
        studio.select(BedStatus.OCCUPIED)
        studio.dialog(Verb.DISCHARGE)
        dialog = studio.opened
        assert isinstance(dialog, DischargeDialog)
        dialog.outcome.buttons[outcome.value].click()
        if outcome is Outcome.DECEASED:
            dialog.primary.click()
        studio.settle()
        return studio.page

    return scene


def _type_bed(studio: Studio, verb: Verb, bed: Bed) -> PlaceDialog:
    studio.dialog(verb)
    dialog = studio.opened
    assert isinstance(dialog, PlaceDialog)
    dialog.number.setText(bed.number)
    studio.settle()
    return dialog


def _warned_bed(studio: Studio) -> Bed:
    """A bed that whoever is selected may be placed into for a reason."""
    engine = studio.page.engine
    bed, waiting = studio.page.selected()
    if bed is not None:
        engine.pick_up_bed(bed)
    elif waiting is not None:
        engine.pick_up_waiting(waiting)
    found = next(one for one in studio.session.model.beds if engine.verdict(one.id).warnings)
    engine.cancel()
    return found


def _reason(studio: Studio) -> QWidget:
    """Let go over a bed that needs a reason."""
    engine = studio.page.engine
    for waiting in studio.session.model.waiting:
        engine.pick_up_waiting(waiting)
        warned = [bed for bed in studio.session.model.beds if engine.verdict(bed.id).warnings]
        if warned:
            engine.put_down(max(warned, key=lambda bed: len(engine.verdict(bed.id).warnings)).id)
            break
        engine.cancel()
    studio.settle()
    return studio.page


def _move_warned(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED)
    dialog = _type_bed(studio, Verb.MOVE, _warned_bed(studio))
    dialog.primary.click()
    studio.settle()
    return studio.page


def _swap_with(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED)
    return studio.dialog(Verb.SWAP)


def _swap(*, warned: bool) -> Scene:
    """Two patients of the ward, without a warning, or with as many as there are to be had."""

    def scene(studio: Studio) -> QWidget:
        engine = studio.page.engine
        lying = [bed for bed in studio.session.model.beds if bed.occupant is not None]
        found = {}
        for own in lying:
            engine.pick_up_bed(own)
            for other in lying:
                verdict = engine.swap_verdict(other.id)
                if verdict is not None and verdict.allowed:
                    found[own.id, other.id] = len(verdict.warnings)
            engine.cancel()
        own_id, other_id = (max if warned else min)(found, key=lambda pair: found[pair])
        assert bool(found[own_id, other_id]) is warned
        engine.pick_up_bed(next(bed for bed in lying if bed.id == own_id))
        engine.ask_swap(other_id)
        if warned:
            studio.opened.primary.click()
        studio.settle()
        return studio.page

    return scene


def _helped(scene: Scene) -> Scene:
    """F1 in a dialog."""

    def helped(studio: Studio) -> QWidget:
        shown = scene(studio)
        studio.page.show_help()
        studio.settle()
        return shown

    return helped


def _left(studio: Studio) -> QWidget:
    """By support staff: the discharge is decided."""
    studio.sign_in(SUPPORT)
    bed = next(one for one in studio.session.model.beds if one.occupant is not None and one.occupant.decided_at)
    studio.page.selection.select_bed(bed.id)
    return studio.dialog(Verb.LEFT)


def _pick(studio: Studio) -> QWidget:
    return studio.dialog(Verb.MOVE)


def _pick_nobody(studio: Studio) -> QWidget:
    studio.dialog(Verb.MOVE)
    dialog = studio.opened
    assert isinstance(dialog, PickDialog)
    dialog.field.setText("zzz")
    dialog.primary.click()
    studio.settle()
    return studio.page


def _merge(studio: Studio) -> QWidget:
    """Somebody unknown in another ward, and whom he turned out to be."""
    studio.open_ward("Intensive Care")
    bed = next(one for one in studio.session.model.beds
               if one.occupant is not None and one.occupant.person.last_name == UNKNOWN)
    studio.page.selection.select_bed(bed.id)
    studio.dialog(Verb.MERGE)
    dialog = studio.opened
    assert isinstance(dialog, MergeDialog)
    dialog.people.field.setText("nsh")
    dialog.people.search()
    studio.settle()
    return studio.page


DIALOG_SCENES: dict[str, Scene] = {
    "move": _verb(Verb.MOVE, BedStatus.OCCUPIED), "move_warned": _move_warned, "reason": _reason,
    "transfer": _verb(Verb.TRANSFER, BedStatus.OCCUPIED), "transfer_refused": _pressed(
        Verb.TRANSFER, BedStatus.OCCUPIED),
    "swap": _swap(warned=False), "swap_warned": _swap(warned=True), "swap_with": _swap_with,
    "place": _waiting(Verb.ASSIGN), "take_off": _waiting(Verb.REMOVE), "pick": _pick, "pick_nobody": _pick_nobody,
    "discharge": _verb(Verb.DISCHARGE, BedStatus.OCCUPIED), "discharge_died": _outcome(Outcome.DECEASED),
    "discharge_referred": _outcome(Outcome.REFERRED), "left": _left,
    "notes": _verb(Verb.NOTES, BedStatus.OCCUPIED, 2), "admission": _verb(Verb.ADMISSION, BedStatus.OCCUPIED),
    "identity": _verb(Verb.IDENTITY, BedStatus.OCCUPIED), "merge": _merge,
    "cancel": _verb(Verb.CANCEL, BedStatus.OCCUPIED), "cancel_refused": _pressed(Verb.CANCEL, BedStatus.OCCUPIED),
    "time": _verb(Verb.TIME, BedStatus.OCCUPIED), "reserve": _verb(Verb.RESERVE, BedStatus.AVAILABLE),
    "block": _verb(Verb.BLOCK, BedStatus.AVAILABLE), "block_refused": _pressed(Verb.BLOCK, BedStatus.AVAILABLE),
    "details": _details, "details_waiting": _details_waiting, "earlier": _verb(Verb.EARLIER, BedStatus.CLEANING),
    "find_bed": by(lambda page: page.going.find_bed(), NURSE), "help": by(BoardPage.show_help, NURSE),
    "dialog_help": _helped(_verb(Verb.DISCHARGE, BedStatus.OCCUPIED)), "reason_help": _helped(_reason),
    "shortcuts": by(BoardPage.show_shortcuts, NURSE), "about": by(BoardPage.show_about, NURSE),
}
"""What a nurse opens over the board."""
