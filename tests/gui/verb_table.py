"""Every verb with what must be there before it, how hands do it, and how the database ends.

Four columns. **drag** and **clicks** (click whom, click where) are for verbs that choose a place; where there is none
to choose, the row says why. **button**: the card, the button in the work strip or under More, the dialog by pointer.
**keys**: nothing selected, the verb's key, everything by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint, Qt

from tests.support.forms import Way
from tests.support.seat import Seat
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DecideDischarge,
    HoldBed,
    SeenBed,
    SeenPlace,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.dialogs.pick import PickDialog
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.gui.dialogs.swap import SwapDialog
from wardbeds.gui.dialogs.swap_with import SwapWithDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting, bed_states, leaving
from wardbeds.services.reading import read_admission

Act = Callable[[Seat], None]
COLUMNS = ("drag", "clicks", "button", "keys")
STAYS = "No place is chosen: everybody stays where they are."
LEAVES = "No place is chosen: the patient leaves the board."
BED_ONLY = "No patient is carried: it is said of the bed alone."
NOT_THERE = "Who is admitted is not on the board yet: there is nobody to take hold of."


@dataclass(frozen=True)
class End:
    """How the database ends: the last action, every bed that is not simply free, who waits, what else is said, why."""

    action: str
    beds: dict[str, str] = field(default_factory=dict)
    waits: tuple[str, ...] = ()
    said: str = ""
    why: str = ""


@dataclass(frozen=True)
class Row:
    """A verb. A column that is a text says why the product has no such way."""

    verb: Verb
    prepare: Act
    drag: Act | str
    clicks: Act | str
    button: Act
    keys: Act
    end: End
    said: Callable[[Seat], str] = lambda _seat: ""
    tap: int = 0
    """Clicks after the drop."""

    def way(self, column: str) -> Act | str:
        """How it is done in a column, or why not."""
        found: Act | str = getattr(self, column)
        return found


# before it -------------------------------------------------------------------------------------------------


def _nothing(_seat: Seat) -> None:
    """A free ward will do."""


def _in_bed(seat: Seat) -> None:
    seat.admit(0, "N-1")


def _two_in_beds(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.admit(1, "N-2")


def _on_list(seat: Seat) -> None:
    seat.admit(0)


def _decided(seat: Seat) -> None:
    seat.admit(0, "N-1")
    leaving.decide_discharge(seat.desk.store, seat.desk.hospital.nurse, DecideDischarge(
        patient_id=seat.desk.hospital.people[0], seen=SeenPlace(bed_id=seat.desk.hospital.beds["N-1"]),
        outcome=Outcome.IMPROVED))


def _dirty(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.discharge(0, "N-1")


def _blocked(seat: Seat) -> None:
    bed_states.block_bed(seat.desk.store, seat.desk.hospital.nurse, BlockBed(
        bed=SeenBed.of(seat.desk.hospital.bed("N-1")), reason="mattress"))


def _held(seat: Seat) -> None:
    bed_states.hold_bed(seat.desk.store, seat.desk.hospital.nurse, HoldBed(
        bed=SeenBed.of(seat.desk.hospital.bed("N-1")), text="surgery", until=datetime.now(UTC) + timedelta(hours=2)))


def _unknown(seat: Seat) -> None:
    admitting.admit_patient(seat.desk.store, seat.desk.hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.MALE), ward_id=seat.desk.hospital.wards["North"],
        bed=SeenBed.of(seat.desk.hospital.bed("N-1"))))


# how hands do it -------------------------------------------------------------------------------------------


def _target_by_mouse(seat: Seat, bed: str | None) -> None:
    """Click the card; who waits is in the hand then, and put back stays selected."""
    if bed is not None:
        seat.hands.click(seat.card(bed))
    else:
        seat.hands.click(seat.waiting())
        seat.hands.click(next(one for one in seat.desk.page.work.buttons if one.key == "Esc"))
    seat.settle()


def _target_by_keys(seat: Seat, verb: Verb, bed: str | None) -> None:
    """The verb's key, then whom or which: the only one there, or by number."""
    seat.press(verb)
    assert isinstance(seat.dialog, PickDialog)
    if bed is not None:
        seat.hands.type(bed.replace("-", "").lower())
    seat.enter()


def _finish(seat: Seat, way: Way, fields: dict[str, str]) -> None:
    for caption, value in fields.items():
        way.fill(seat.dialog, caption, value)
    way.press(seat.dialog, seat.dialog.primary)


def _with_dialog(verb: Verb, bed: str | None, fields: dict[str, str]) -> tuple[Act, Act]:
    """Button and keys of a verb that asks: its fields by caption."""

    def button(seat: Seat) -> None:
        _target_by_mouse(seat, bed)
        seat.click_verb(verb)
        _finish(seat, seat.by_mouse(), fields)

    def keys(seat: Seat) -> None:
        _target_by_keys(seat, verb, bed)
        _finish(seat, seat.by_keys(), fields)

    return button, keys


def _at_once(verb: Verb, bed: str) -> tuple[Act, Act]:
    """Button and keys of a verb that asks nothing but which bed."""

    def button(seat: Seat) -> None:
        _target_by_mouse(seat, bed)
        seat.click_verb(verb)

    return button, lambda seat: _target_by_keys(seat, verb, bed)


def _admit(seat: Seat, way: Way, *, row: bool) -> None:
    dialog = seat.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    way.fill(dialog, "Find", "uwi")
    if row:
        way.choose_row(dialog, dialog.search.people.list, "UWIMANA")
    way.press(dialog, dialog.primary)
    way.press(dialog, dialog.primary)


def _admit_by_button(seat: Seat) -> None:
    _target_by_mouse(seat, "N-1")
    seat.click_verb(Verb.ADMIT)
    _admit(seat, seat.by_mouse(), row=True)


def _admit_by_keys(seat: Seat) -> None:
    seat.hands.key(Qt.Key.Key_Home)  # the first bed of the room
    seat.press(Verb.ADMIT)
    _admit(seat, seat.by_keys(), row=False)


def _place_by_button(verb: Verb, bed: str | None, to: str, fields: dict[str, str]) -> Act:
    """The dialog by pointer: the bed is clicked in its list."""

    def button(seat: Seat) -> None:
        _target_by_mouse(seat, bed)
        seat.click_verb(verb)
        dialog, way = seat.dialog, seat.by_mouse()
        assert isinstance(dialog, PlaceDialog)
        way.choose_row(dialog, dialog.beds, to)
        _finish(seat, way, fields)

    return button


def _assign_by_clicks(seat: Seat) -> None:
    seat.hands.click(seat.waiting())
    seat.hands.click(seat.card("N-2"))


def _move_by_clicks(seat: Seat) -> None:
    seat.hands.click(seat.sign("N-1"))
    seat.hands.click(seat.card("N-2"))


def _transfer_by_clicks(seat: Seat) -> None:
    """Whom, the other ward, where."""
    seat.hands.click(seat.sign("N-1"))
    with seat.qtbot.waitSignal(seat.desk.session.ward_opened):
        seat.hands.click(seat.desk.page.command_bar.ward)
        seat.click_in_menu("South")
    seat.settle()
    seat.hands.click(seat.card("S-1"))
    _tap_why(seat)


def _tap_why(seat: Seat) -> None:
    """What the dialog of the verb asks, too: why to another ward."""
    dialog = seat.dialog
    assert isinstance(dialog, ReasonDialog)
    seat.hands.click(dialog.why.buttons["Higher care"])


def _transfer_by_drag(seat: Seat) -> None:
    """Held over the ward selector, then over a ward, then let go on a bed there: one drag."""
    page = seat.desk.page
    hover, selector = page.ward_hover, page.command_bar.ward
    seat.hands.press(seat.card("N-1"))
    seat.hands.move(seat.card("N-1") + QPoint(30, 30))
    seat.hands.move(selector.mapToGlobal(selector.rect().center()))
    seat.qtbot.waitUntil(hover.list.isVisible)
    row = next(n for n, one in enumerate(seat.desk.session.wards) if one.ward.name == "South")
    rect = hover.list.visualRect(hover.list.model().index(row, 0))
    with seat.qtbot.waitSignal(seat.desk.session.ward_opened):
        seat.hands.move(hover.list.viewport().mapToGlobal(rect.center()))
    seat.settle()
    assert not hover.list.isVisible()
    seat.hands.move(seat.card("S-1"))
    assert page.pilot.ghost.isVisible()
    seat.hands.release(seat.card("S-1"))
    _tap_why(seat)


def _swap_by_drag(seat: Seat) -> None:
    """One drag, and one click on what both are shown with."""
    seat.hands.drag(seat.card("N-1"), seat.card("N-2"))
    assert isinstance(seat.dialog, SwapDialog)
    seat.hands.click(seat.dialog.primary)


def _swap_by_clicks(seat: Seat) -> None:
    """Whom, over whom, that they are to change places, yes."""
    seat.hands.click(seat.sign("N-1"))
    seat.hands.click(seat.card("N-2"))
    popover = seat.desk.page.popover
    seat.hands.click(next(one for one in popover.findChildren(Button) if one.key == Verb.SWAP.value))
    assert isinstance(seat.dialog, SwapDialog)
    seat.hands.click(seat.dialog.primary)


def _swap_by_button(seat: Seat) -> None:
    _target_by_mouse(seat, "N-1")
    seat.click_verb(Verb.SWAP)
    dialog, way = seat.dialog, seat.by_mouse()
    assert isinstance(dialog, SwapWithDialog)
    way.choose_row(dialog, dialog.list, "N-2")
    way.press(dialog, dialog.primary)
    way.press(seat.dialog, seat.dialog.primary)


def _swap_by_keys(seat: Seat) -> None:
    """Whom, with whom, yes."""
    _target_by_keys(seat, Verb.SWAP, "N-1")
    assert isinstance(seat.dialog, SwapWithDialog)
    seat.hands.type("n2")
    seat.enter()
    assert isinstance(seat.dialog, SwapDialog)
    seat.enter()


# the table -------------------------------------------------------------------------------------------------


def _admission(seat: Seat) -> str:
    detail = read_admission(seat.desk.store, seat.desk.hospital.nurse, seat.desk.hospital.people[0])
    return f"{detail.person.first_name}, leaves {detail.expected_leaving}"


def _notes(seat: Seat) -> str:
    occupant = seat.desk.hospital.bed("N-1").occupant
    return occupant.notes if occupant is not None else ""


def _hold(seat: Seat) -> str:
    hold = seat.desk.hospital.bed("N-1").hold
    return hold.text if hold is not None else ""


def _dialog_row(verb: Verb, prepare: Act, bed: str | None, fields: dict[str, str], end: End, why_not: str,
                said: Callable[[Seat], str] = lambda _seat: "") -> Row:
    return Row(verb, prepare, why_not, why_not, *_with_dialog(verb, bed, fields), end, said)


def _at_once_row(verb: Verb, prepare: Act, action: str) -> Row:
    return Row(verb, prepare, BED_ONLY, BED_ONLY, *_at_once(verb, "N-1"), End(action))


IN_BED = {"N-1": "Uwimana"}
ROWS = [
    Row(Verb.ADMIT, _nothing, NOT_THERE, NOT_THERE, _admit_by_button, _admit_by_keys, End("admitted", IN_BED)),
    Row(Verb.ASSIGN, _on_list, lambda seat: seat.hands.drag(seat.waiting(), seat.card("N-2")), _assign_by_clicks,
        _place_by_button(Verb.ASSIGN, None, "N-2", {}), _with_dialog(Verb.ASSIGN, None, {"To bed": "n2"})[1],
        End("assigned", {"N-2": "Uwimana"})),
    Row(Verb.MOVE, _in_bed, lambda seat: seat.hands.drag(seat.card("N-1"), seat.card("N-2")), _move_by_clicks,
        _place_by_button(Verb.MOVE, "N-1", "N-2", {}), _with_dialog(Verb.MOVE, "N-1", {"To bed": "n2"})[1],
        End("moved", {"N-1": "cleaning", "N-2": "Uwimana"})),
    Row(Verb.TRANSFER, _in_bed, _transfer_by_drag, _transfer_by_clicks,
        _place_by_button(Verb.TRANSFER, "N-1", "S-1", {"Why": "Higher care"}),
        _with_dialog(Verb.TRANSFER, "N-1", {"To ward": "South", "To bed": "s1", "Why": "Higher care"})[1],
        End("moved", {"N-1": "cleaning", "S-1": "Uwimana"}, why="Higher care"), tap=1),
    Row(Verb.SWAP, _two_in_beds, _swap_by_drag, _swap_by_clicks, _swap_by_button, _swap_by_keys,
        End("swapped", {"N-1": "Kabera", "N-2": "Uwimana"}), tap=1),
    _dialog_row(Verb.DISCHARGE, _in_bed, "N-1", {"Outcome": "Home, unchanged"}, End("discharged", {"N-1": "cleaning"}),
                LEAVES),
    _dialog_row(Verb.LEFT, _decided, "N-1", {}, End("left", {"N-1": "cleaning"}), LEAVES),
    _dialog_row(Verb.REMOVE, _on_list, None, {"Reason": "Went home"}, End("removed", why="Went home"), LEAVES),
    _dialog_row(Verb.CANCEL, _in_bed, "N-1", {"Reason": "Wrong person"},
                End("cancelled", {"N-1": "cleaning"}, why="Wrong person"), LEAVES),
    _dialog_row(Verb.NOTES, _in_bed, "N-1", {"Patient's notes": "fasting"},
                End("notes_edited", IN_BED, said="fasting"), STAYS, _notes),
    _dialog_row(Verb.ADMISSION, _in_bed, "N-1", {"Leaves about": "24-Dec-2030"},
                End("admission_edited", IN_BED, said="Claire, leaves 2030-12-24"), STAYS, _admission),
    _dialog_row(Verb.IDENTITY, _in_bed, "N-1", {"Given name": "Clarisse"},
                End("identity_edited", IN_BED, said="Clarisse, leaves None"), STAYS, _admission),
    _dialog_row(Verb.TIME, _in_bed, "N-1", {"Reason": "typing"}, End("time_corrected", IN_BED, why="typing"), STAYS),
    _dialog_row(Verb.MERGE, _unknown, "N-1", {"Known as": "kabera"}, End("merged", {"N-1": "Kabera"}), STAYS),
    _dialog_row(Verb.RESERVE, _nothing, "N-1", {"For": "Another purpose", "Purpose": "surgery"},
                End("held", {"N-1": "reserved"}, said="surgery"), BED_ONLY, _hold),
    _dialog_row(Verb.BLOCK, _nothing, "N-1", {"Reason": "Mattress"}, End("blocked", {"N-1": "maintenance"}), BED_ONLY),
    _dialog_row(Verb.EARLIER, _dirty, "N-1", {}, End("cleaned"), BED_ONLY),
    _at_once_row(Verb.RELEASE, _held, "hold_released"),
    _at_once_row(Verb.UNBLOCK, _blocked, "unblocked"),
    _at_once_row(Verb.CLEAN, _dirty, "cleaned"),
]
