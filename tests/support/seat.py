"""Somebody sits at a desk and acts on what the board shows; the end is read from the database."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.gui.conftest import Desk
from tests.support.forms import ByKeys, ByMouse, Way
from tests.support.hands import Hands
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.requests import (
    AdmitPatient,
    DischargePatient,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting, leaving
from wardbeds.store.tables import bed_stays, event_texts, events, streams

KEYS = {"Del": Qt.Key.Key_Delete}


@dataclass
class Seat:
    """A desk with somebody at it."""

    desk: Desk
    hands: Hands
    qtbot: QtBot

    # what is there -------------------------------------------------------------------------------------------

    def admit(self, person: int, bed: str | None = None) -> None:
        """The n-th person is admitted, to a bed or to North's list, before anybody looks."""
        hospital = self.desk.hospital
        admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=hospital.people[person], ward_id=hospital.wards["North"],
            bed=SeenBed.of(hospital.bed(bed)) if bed else None))

    def discharge(self, person: int, bed: str) -> None:
        """The n-th person has gone home; the bed is to be cleaned."""
        leaving.discharge_patient(self.desk.store, self.desk.hospital.nurse, DischargePatient(
            patient_id=self.desk.hospital.people[person], seen=SeenPlace(bed_id=self.desk.hospital.beds[bed]),
            outcome=Outcome.IMPROVED))

    def see(self) -> None:
        """The board just opened, as it is now, nothing selected."""
        with self.qtbot.waitSignal(self.desk.session.ward_opened):
            self.desk.session.reload()
        self.settle()
        self.desk.page.selection.select_bed(None)
        self.desk.page.focus_board()
        QApplication.processEvents()

    def settle(self) -> None:
        """Wait for every answer, and until what it changes is on the screen."""
        self.qtbot.waitUntil(lambda: self.desk.tasks.pending == 0)
        for _round in range(3):
            QApplication.processEvents()

    # what the hands find -------------------------------------------------------------------------------------

    @property
    def dialog(self) -> Dialog:
        """The dialog that is open."""
        self.settle()
        dialog = self.desk.page.dialog
        assert dialog is not None, "no dialog is open"
        return dialog

    def card(self, number: str) -> QPoint:
        """The middle of a bed's card."""
        return self.desk.page.map.item_rect_global(self.desk.hospital.beds[number]).center().toPoint()

    def sign(self, number: str) -> QPoint:
        """The sign in the card's corner."""
        rect = self.desk.page.map.item_rect_global(self.desk.hospital.beds[number])
        return (rect.topRight() + QPointF(-16, 16)).toPoint()

    def waiting(self) -> QPoint:
        """The first card of the waiting rail."""
        card = self.desk.page.rail.cards[0]
        return card.mapToGlobal(QPoint(40, 20))

    # what the hands do ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Enter, and what follows from it."""
        self.hands.key(Qt.Key.Key_Return)
        self.settle()

    def by_keys(self) -> Way:
        """Fill in by keys."""
        return ByKeys(self.hands, self.settle)

    def by_mouse(self) -> Way:
        """Fill in by mouse."""
        return ByMouse(self.hands, self.settle)

    def press(self, verb: Verb) -> None:
        """The verb's key."""
        if verb.value in KEYS:
            self.hands.key(KEYS[verb.value])
        else:
            letter = verb.value.removeprefix("Shift+")
            self.hands.type(letter.upper() if verb.value.startswith("Shift+") else letter.lower())
        self.settle()

    def click_verb(self, verb: Verb) -> None:
        """Click the verb in the work strip, or under More."""
        work = self.desk.page.work
        found = next((one for one in work.buttons if one.key == verb.value), None)
        if found is not None:
            self.hands.click(found)
        else:
            self.hands.click(work.buttons[-1])
            self.click_in_menu("\t" + verb.value)
        self.settle()

    def click_in_menu(self, words: str) -> None:
        """Click the entry of the open menu that has these words."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if words in f"{one.text()}\n" or one.text().endswith(words))
        assert action.isEnabled(), action.toolTip()
        at = menu.mapToGlobal(menu.actionGeometry(action).center())
        self.hands.move(at)
        self.hands.click(at)
        self.settle()

    # how it ended --------------------------------------------------------------------------------------------

    def occupant(self, number: str) -> int | None:
        """Who lies in a bed, from the database."""
        return self.desk.hospital.bed(number).patient_id

    def beds(self) -> dict[str, str]:
        """Every bed of both wards that is not simply free: who lies in it, or its state. From the database."""
        found = {}
        for ward in self.desk.hospital.wards:
            for bed in self.desk.hospital.board(ward).beds:
                if bed.occupant is not None:
                    found[bed.number] = bed.occupant.person.last_name
                elif bed.status is not BedStatus.AVAILABLE:
                    found[bed.number] = bed.status.value
        return found

    def waits(self) -> list[str]:
        """Who waits in North, from the database."""
        return [one.person.last_name for one in self.desk.hospital.board().waiting]

    def why(self) -> str:
        """The reason that is kept: with the stay in a bed, or with what was done last."""
        with self.desk.store.reading() as connection:
            stay = connection.scalar(select(bed_stays.c.why).order_by(bed_stays.c.id.desc()).limit(1))
            last = connection.scalar(select(event_texts.c.text).where(
                event_texts.c.stream_id == events.c.stream_id, event_texts.c.revision == events.c.revision,
                event_texts.c.kind == "reason").order_by(events.c.time.desc()).limit(1))
            return stay or last or ""

    def actions(self, kind: str = "ward") -> list[str]:
        """What was done, by the events in the database: in the wards, or ``access``: read and printed here."""
        with self.desk.store.reading() as connection:
            found = connection.execute(
                select(events.c.action).join(streams, streams.c.id == events.c.stream_id)
                .where(streams.c.kind == kind).order_by(events.c.time, events.c.stream_id)).scalars()
            return list(found)
