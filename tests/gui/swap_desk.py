"""Two patients at a desk who can change places, and what a test asks of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.stations import Colleague, see
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import Override, PlacePatient, SeenBed, SeenPlace
from wardbeds.gui.dialogs.swap import SwapDialog
from wardbeds.services.placing import place_patient

ANYWAY = Override(warnings=tuple(Warned), reason="test")


def two_lie(desk: Desk, colleague: Colleague, qtbot: QtBot) -> Desk:
    """Uwimana, a woman, lies in N-1, Kabera, a man, in N-2, where both may be; Mugisha waits."""
    colleague.admit(0, "N-1")
    colleague.admit(1, "N-2")
    colleague.admit(2)
    see(desk, qtbot)
    desk.page.window().activateWindow()
    return desk


def lies(desk: Desk) -> dict[str, str]:
    return {bed.number: bed.occupant.person.last_name for ward in ("North", "South")
            for bed in desk.hospital.board(ward).beds if bed.occupant is not None}


def card(desk: Desk, number: str) -> QPoint:
    return desk.page.map.item_rect_global(desk.hospital.beds[number]).center().toPoint()


def take(desk: Desk, number: str) -> None:
    bed = desk.session.model.bed_by_id(desk.hospital.beds[number])
    assert bed is not None and desk.page.engine.pick_up_bed(bed)


def asked(desk: Desk, first: str = "N-1", second: str = "N-2") -> SwapDialog:
    take(desk, first)
    assert desk.page.engine.ask_swap(desk.hospital.beds[second])
    dialog = desk.page.dialog
    assert isinstance(dialog, SwapDialog)
    return dialog


def save(desk: Desk, dialog: SwapDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    qtbot.waitUntil(lambda: desk.page.dialog is None and desk.tasks.pending == 0)


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


def come(desk: Desk, colleague: Colleague, bed: str = "N-4") -> None:
    """Mugisha, at last, into a bed."""
    place_patient(desk.store, colleague.actor, PlacePatient(
        patient_id=desk.hospital.people[2], seen=SeenPlace(ward_id=desk.hospital.wards["North"]),
        bed=SeenBed.of(desk.hospital.bed(bed)), override=ANYWAY))


def put_into(desk: Desk, colleague: Colleague, qtbot: QtBot, bed: str) -> None:
    """Who waits is placed."""
    waiting = desk.session.model.waiting[0]
    desk.page.engine.pick_up_waiting(waiting)
    with qtbot.waitSignal(desk.session.action_done):
        desk.page.engine.put_down(desk.hospital.beds[bed])
    settled(desk, qtbot)
