"""The bar of UX g.3, counted by a recorder: the board just opened, nothing selected, the end read from the database;
and every verb by mouse, by click-click where there is a place to choose, and by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hands import Count, Hands, recorded
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DecideDischarge,
    DischargePatient,
    HoldBed,
    SeenBed,
    SeenPlace,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting, bed_states, leaving
from wardbeds.store.check import check

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Seat:
    """A desk with somebody at it."""

    desk: Desk
    hands: Hands
    qtbot: QtBot

    def admit(self, person: int, bed: str | None = None) -> None:
        hospital = self.desk.hospital
        admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=hospital.people[person], ward_id=hospital.wards["North"],
            bed=SeenBed.of(hospital.bed(bed)) if bed else None))

    def see(self) -> None:
        """The board as it is now, nothing selected."""
        with self.qtbot.waitSignal(self.desk.session.ward_opened):
            self.desk.session.reload()
        self.settle()
        self.desk.page.selection.select_bed(None)
        self.desk.page.focus_board()
        QApplication.processEvents()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.tasks.pending == 0)
        for _round in range(3):
            QApplication.processEvents()

    def card(self, number: str) -> QPoint:
        return self.desk.page.map.item_rect_global(self.desk.hospital.beds[number]).center().toPoint()

    def waiting(self) -> QPoint:
        card = self.desk.page.rail.cards[0]
        return card.mapToGlobal(QPoint(40, 20))

    def enter(self) -> None:
        self.hands.key(Qt.Key.Key_Return)

    def occupant(self, number: str) -> int | None:
        return self.desk.hospital.bed(number).patient_id

    def button(self, verb: Verb) -> None:
        """Click the verb in the work strip, or under More."""
        work = self.desk.page.work
        found = next((one for one in work.buttons if one.key == verb.value), None)
        if found is not None:
            self.hands.click(found)
            return
        self.hands.click(work.buttons[-1])
        menu = QApplication.activePopupWidget()
        assert menu is not None
        action = next(one for one in menu.actions() if one.text().endswith("\t" + verb.value))
        action.trigger()
        menu.close()


@pytest.fixture
def seat(desk: Desk, qtbot: QtBot) -> Seat:
    desk.page.window().activateWindow()
    return Seat(desk, Hands(desk.page), qtbot)


def _assign_drag(seat: Seat) -> None:
    seat.hands.drag(seat.waiting(), seat.card("N-2"))


def _assign_click(seat: Seat) -> None:
    seat.hands.click(seat.waiting())
    seat.hands.click(seat.card("N-2"))


def _assign_keys(seat: Seat) -> None:
    seat.hands.type("auwi")
    seat.enter()
    seat.settle()
    seat.hands.type("n2")
    seat.enter()


@pytest.mark.parametrize(("way", "bar"), [(_assign_drag, Count(drags=1)), (_assign_click, Count(clicks=2)),
                                          (_assign_keys, Count(keys=10))], ids=["drag", "clicks", "keys"])
def test_assign(seat: Seat, way: Callable[[Seat], None], bar: Count) -> None:
    seat.admit(0)
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        way(seat)
    assert seat.occupant("N-2") == seat.desk.hospital.people[0]
    assert (count.clicks, count.drags) == (bar.clicks, bar.drags)
    assert count.keys <= bar.keys
    assert seat.desk.page.dialog is None


def _move_drag(seat: Seat) -> None:
    seat.hands.drag(seat.card("N-1"), seat.card("N-2"))


def _move_click(seat: Seat) -> None:
    rect = seat.desk.page.map.item_rect_global(seat.desk.hospital.beds["N-1"])
    seat.hands.click((rect.topRight() + QPointF(-16, 16)).toPoint())
    seat.hands.click(seat.card("N-2"))


def _move_keys(seat: Seat) -> None:
    seat.hands.type("mn1")
    seat.enter()
    seat.settle()
    seat.hands.type("n2")
    seat.enter()


@pytest.mark.parametrize(("way", "bar"), [(_move_drag, Count(drags=1)), (_move_click, Count(clicks=2)),
                                          (_move_keys, Count(keys=10))], ids=["drag", "clicks", "keys"])
def test_move(seat: Seat, way: Callable[[Seat], None], bar: Count) -> None:
    seat.admit(0, "N-1")
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        way(seat)
    assert seat.occupant("N-2") == seat.desk.hospital.people[0]
    assert (count.clicks, count.drags) == (bar.clicks, bar.drags)
    assert count.keys <= bar.keys


def test_discharge_in_three_actions(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.card("N-1"))
        seat.hands.type("d")
        seat.settle()
        seat.enter()
    assert seat.desk.hospital.bed("N-1").status is BedStatus.CLEANING
    assert count.actions <= 3


def test_admit_a_registered_patient_in_ten_actions(seat: Seat) -> None:
    seat.see()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.card("N-2"))
        seat.hands.type("n")
        seat.settle()
        dialog = seat.desk.page.dialog
        assert isinstance(dialog, AdmitPatientDialog)
        seat.hands.type("uwim")
        seat.qtbot.waitUntil(lambda: dialog.people.settled)
        seat.settle()
        seat.enter()
        seat.settle()
        seat.enter()
    assert seat.occupant("N-2") == seat.desk.hospital.people[0]
    assert count.actions <= 10


def test_a_new_patient_needs_four_fields_at_most(seat: Seat) -> None:
    """Typed: family name; chosen: gender; typed: birth date. The source has its default."""
    seat.see()
    seat.hands.type("n")
    seat.settle()
    dialog = seat.desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.new.click()
    dialog.last_name.setText("Zaninka")
    dialog.sex.choose(Sex.FEMALE.value)
    dialog.born.setText("14-May-1988")
    seat.enter()
    seat.settle()
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.enter()
    assert [one.person.last_name for one in seat.desk.hospital.board().waiting] == ["Zaninka"]


def test_print_in_three_keys(seat: Seat) -> None:
    seat.see()
    with recorded() as count:
        seat.hands.key(Qt.Key.Key_P, CONTROL)
        seat.qtbot.waitUntil(lambda: bool(seat.desk.page.findChildren(PreviewDialog)))
    preview = seat.desk.page.findChildren(PreviewDialog)[0]
    assert preview.print_button.key == "Enter"  # the third key
    assert count.keys == 2
    preview.reject()


def test_undo_and_clean_done_in_one_action(seat: Seat) -> None:
    seat.admit(0, "N-1")
    seat.see()
    seat.hands.drag(seat.card("N-1"), seat.card("N-2"))
    seat.qtbot.waitUntil(lambda: seat.occupant("N-2") is not None)
    seat.settle()
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.desk.page.work.last.undo)
    assert seat.occupant("N-1") == seat.desk.hospital.people[0]
    assert count.actions == 1
    leaving.discharge_patient(seat.desk.store, seat.desk.hospital.nurse, DischargePatient(
        patient_id=seat.desk.hospital.people[0], seen=SeenPlace(bed_id=seat.desk.hospital.beds["N-1"]),
        outcome=Outcome.IMPROVED))
    seat.see()
    seat.hands.click(seat.card("N-1"))  # whoever cleans stands at the card
    with recorded() as count, seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.type("c")
    assert seat.desk.hospital.bed("N-1").status is BedStatus.AVAILABLE
    assert count.actions == 1


# every verb -------------------------------------------------------------------------------------------------


@dataclass
class Walk:
    """A verb: what must be there, on what it is done, what its dialog is given, and how the database ends."""

    verb: Verb
    prepare: Callable[[Seat], None]
    bed: str | None
    fill: Callable[[Seat], None]
    ended: Callable[[Seat], bool]


def _nothing(_seat: Seat) -> None:
    """A verb that asks nothing."""


def _answer(**values: str) -> Callable[[Seat], None]:
    """Fill fields of the dialog and press Enter on its button."""

    def fill(seat: Seat) -> None:
        dialog = seat.desk.page.dialog
        assert dialog is not None
        for name, value in values.items():
            field = dialog._fields[name]
            if hasattr(field, "choose"):
                field.choose(value)
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(field.findText(value))
            elif hasattr(field, "setPlainText"):
                field.setPlainText(value)
            else:
                field.setText(value)  # type: ignore[attr-defined]
        seat.settle()
        dialog.primary.setFocus()
        seat.hands.key(Qt.Key.Key_Return) if not dialog._final else seat.hands.click(dialog.primary)
        seat.settle()

    return fill


def _line(seat: Seat) -> str:
    from wardbeds.services import reading
    lines = reading.person_history(seat.desk.store, seat.desk.hospital.nurse, seat.desk.hospital.people[0])
    return lines[0].action if lines else ""


def _in_bed(seat: Seat) -> None:
    seat.admit(0, "N-1")


def _decided(seat: Seat) -> None:
    seat.admit(0, "N-1")
    leaving.decide_discharge(seat.desk.store, seat.desk.hospital.nurse, DecideDischarge(
        patient_id=seat.desk.hospital.people[0], seen=SeenPlace(bed_id=seat.desk.hospital.beds["N-1"]),
        outcome=Outcome.IMPROVED))


def _blocked(seat: Seat) -> None:
    bed_states.block_bed(seat.desk.store, seat.desk.hospital.nurse, BlockBed(
        bed=SeenBed.of(seat.desk.hospital.bed("N-1")), reason="mattress"))


def _held(seat: Seat) -> None:
    from datetime import UTC, datetime, timedelta
    bed_states.hold_bed(seat.desk.store, seat.desk.hospital.nurse, HoldBed(
        bed=SeenBed.of(seat.desk.hospital.bed("N-1")), text="surgery", until=datetime.now(UTC) + timedelta(hours=2)))


def _dirty(seat: Seat) -> None:
    seat.admit(0, "N-1")
    leaving.discharge_patient(seat.desk.store, seat.desk.hospital.nurse, DischargePatient(
        patient_id=seat.desk.hospital.people[0], seen=SeenPlace(bed_id=seat.desk.hospital.beds["N-1"]),
        outcome=Outcome.IMPROVED))


def _list(seat: Seat) -> None:
    seat.admit(0)


def _unknown(seat: Seat) -> None:
    admitting.admit_patient(seat.desk.store, seat.desk.hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.MALE), ward_id=seat.desk.hospital.wards["North"],
        bed=SeenBed.of(seat.desk.hospital.bed("N-1"))))


def _pick_known(seat: Seat) -> None:
    dialog = seat.desk.page.dialog
    assert dialog is not None
    dialog.people.field.setText("kabera")  # type: ignore[attr-defined]
    dialog.people.search()  # type: ignore[attr-defined]
    seat.settle()
    seat.hands.click(dialog.primary)
    seat.settle()


def _admit_found(seat: Seat) -> None:
    dialog = seat.desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.people.field.setText("T-001")
    dialog.people.search()
    seat.settle()
    dialog.primary.setFocus()
    seat.enter()
    seat.settle()
    seat.enter()
    seat.settle()


def _status(status: BedStatus) -> Callable[[Seat], bool]:
    return lambda seat: seat.desk.hospital.bed("N-1").status is status


WALKS = [
    Walk(Verb.ADMIT, lambda _seat: None, "N-1", _admit_found,
         lambda seat: seat.occupant("N-1") == seat.desk.hospital.people[0]),
    Walk(Verb.ASSIGN, _list, None, _answer(bed="n2"), lambda seat: seat.occupant("N-2") is not None),
    Walk(Verb.MOVE, _in_bed, "N-1", _answer(bed="n2"), lambda seat: seat.occupant("N-2") is not None),
    Walk(Verb.TRANSFER, _in_bed, "N-1", _answer(bed="s1", reason="Higher care"),
         lambda seat: seat.occupant("S-1") is not None),
    Walk(Verb.DISCHARGE, _in_bed, "N-1", _answer(outcome="stable"), _status(BedStatus.CLEANING)),
    Walk(Verb.LEFT, _decided, "N-1", _answer(), _status(BedStatus.CLEANING)),
    Walk(Verb.NOTES, _in_bed, "N-1", _answer(notes="fasting"), lambda seat: _line(seat) == "notes_edited"),
    Walk(Verb.RESERVE, lambda _seat: None, "N-1", _answer(patient_id="text", text="surgery"),
         _status(BedStatus.RESERVED)),
    Walk(Verb.RELEASE, _held, "N-1", _nothing, _status(BedStatus.AVAILABLE)),
    Walk(Verb.BLOCK, lambda _seat: None, "N-1", _answer(reason="mattress"), _status(BedStatus.MAINTENANCE)),
    Walk(Verb.UNBLOCK, _blocked, "N-1", _nothing, _status(BedStatus.AVAILABLE)),
    Walk(Verb.CLEAN, _dirty, "N-1", _nothing, _status(BedStatus.AVAILABLE)),
    Walk(Verb.EARLIER, _dirty, "N-1", _answer(), _status(BedStatus.AVAILABLE)),
    Walk(Verb.REMOVE, _list, None, _answer(reason="Went home"), lambda seat: not seat.desk.hospital.board().waiting),
    Walk(Verb.ADMISSION, _in_bed, "N-1", _answer(expected_leaving="24-Dec-2030"),
         lambda seat: _line(seat) == "admission_edited"),
    Walk(Verb.IDENTITY, _in_bed, "N-1", _answer(first_name="Clarisse"), lambda seat: _line(seat) == "identity_edited"),
    Walk(Verb.TIME, _in_bed, "N-1", _answer(reason="typing"), lambda seat: _line(seat) == "time_corrected"),
    Walk(Verb.MERGE, _unknown, "N-1", _pick_known,
         lambda seat: seat.desk.hospital.bed("N-1").occupant.person.last_name == "Kabera"),  # type: ignore[union-attr]
    Walk(Verb.CANCEL, _in_bed, "N-1", _answer(reason="Wrong person"), lambda seat: _line(seat) == "cancelled"),
]


def test_the_walk_covers_every_verb() -> None:
    assert {walk.verb for walk in WALKS} == set(Verb)


def _by_mouse(seat: Seat, walk: Walk) -> None:
    if walk.bed is None:
        seat.desk.page.selection.select_waiting(seat.desk.session.model.waiting[0].person.patient_id)
    else:
        seat.hands.click(seat.card(walk.bed))
    seat.settle()
    seat.button(walk.verb)


def _by_keys(seat: Seat, walk: Walk) -> None:
    """Nothing selected: the verb's key, then Enter on whom or which, as the only one there or by its number."""
    if walk.verb is Verb.ADMIT:
        seat.hands.key(Qt.Key.Key_Home)
        seat.hands.key(Qt.Key.Key_Right)
        seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    _press(seat, walk.verb)
    seat.settle()
    dialog = seat.desk.page.dialog
    if dialog is not None and walk.verb is not Verb.ADMIT and type(dialog).__name__ == "PickDialog":
        if walk.bed:
            seat.hands.type("n1")
        seat.enter()
        seat.settle()


def _press(seat: Seat, verb: Verb) -> None:
    if verb.value == "Del":
        seat.hands.key(Qt.Key.Key_Delete)
    elif verb.value.startswith("Shift+"):
        seat.hands.type(verb.value[-1].upper())
    else:
        seat.hands.type(verb.value.lower())


@pytest.mark.parametrize("way", [_by_mouse, _by_keys], ids=["mouse", "keys"])
@pytest.mark.parametrize("walk", WALKS, ids=[walk.verb.name.lower() for walk in WALKS])
def test_every_verb_has_a_mouse_and_a_key_path(seat: Seat, walk: Walk, way: Callable[[Seat, Walk], None]) -> None:
    walk.prepare(seat)
    seat.see()
    assert not walk.ended(seat)
    way(seat, walk)
    seat.settle()
    walk.fill(seat)
    seat.qtbot.waitUntil(lambda: walk.ended(seat))
    seat.qtbot.waitUntil(lambda: seat.desk.page.dialog is None)
    with seat.desk.store.reading() as connection:
        assert check(connection) == []


def test_click_click_ends_as_the_drag_does(seat: Seat) -> None:
    """The third way of placing: take by Space or click, put down by Space or click."""
    seat.admit(0, "N-1")
    seat.see()
    seat.desk.page.selection.select_bed(seat.desk.hospital.beds["N-1"])
    seat.hands.key(Qt.Key.Key_Space)
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.click(seat.card("N-2"))
    assert seat.occupant("N-2") == seat.desk.hospital.people[0]


def test_a_patient_is_carried_into_another_ward(seat: Seat) -> None:
    """Held over the ward selector, then over a ward, then let go on a bed there: one drag."""
    seat.admit(0)
    seat.see()
    page = seat.desk.page
    pilot, hover = page.pilot, page.ward_hover
    hover._timer.setInterval(20)
    card = page.rail.cards[0]
    seat.hands.press(card.mapToGlobal(QPoint(40, 20)))
    seat.hands.move(card.mapToGlobal(QPoint(90, 60)))
    assert pilot.active
    selector = page.command_bar.ward
    seat.hands.move(selector.mapToGlobal(selector.rect().center()))
    seat.qtbot.waitUntil(hover.list.isVisible)
    row = next(n for n, one in enumerate(seat.desk.session.wards) if one.ward.name == "South")
    rect = hover.list.visualRect(hover.list.model().index(row, 0))
    with seat.qtbot.waitSignal(seat.desk.session.ward_opened):
        seat.hands.move(hover.list.viewport().mapToGlobal(rect.center()))
    seat.settle()
    assert page.engine.hand is not None
    assert not hover.list.isVisible()
    target = page.map.item_rect_global(seat.desk.hospital.beds["S-1"]).center().toPoint()
    seat.hands.move(target)
    assert pilot.ghost.isVisible()
    with seat.qtbot.waitSignal(seat.desk.session.action_done):
        seat.hands.release(target)
    assert seat.occupant("S-1") == seat.desk.hospital.people[0]


def test_the_recorder_counts(qtbot: QtBot) -> None:
    widget = QWidget()
    widget.resize(200, 200)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    hands = Hands(widget)
    with recorded() as count:
        hands.click(widget)
        hands.drag(widget.mapToGlobal(QPoint(10, 10)), widget.mapToGlobal(QPoint(150, 150)))
        hands.type("aB")
        hands.key(Qt.Key.Key_P, CONTROL)
    assert (count.clicks, count.drags, count.keys) == (1, 1, 5)


