"""Every dialog that changes something, opened where it can be: what is selected, and the verb or the house's entry."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague, see
from wardbeds.domain.people import Sex
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, DecideDischarge, Override, SeenBed, SeenPlace, UnknownPerson
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.leaving import decide_discharge

AT_ONCE = {"RELEASE", "UNBLOCK", "CLEAN"}
"""Verbs without a dialog."""


def fill(desk: Desk) -> None:
    """N-1 occupied, N-2 held, N-3 blocked, N-4 free, somebody waits."""
    colleague = Colleague(desk.hospital)
    colleague.admit(0, "N-1")
    colleague.hold("N-2", 2)
    colleague.block("N-3")
    colleague.admit(1)


def busy_ward(desk: Desk, qtbot: QtBot) -> Desk:
    """The ward filled, before an administrator."""
    fill(desk)
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in("admin", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    see(desk, qtbot)
    return desk


def openers() -> list[tuple[str, str]]:
    """What is selected, or nothing for the house's own, and the verb or the entry."""
    beds = [("N-1", verb) for verb in ("MOVE", "TRANSFER", "DISCHARGE", "LEFT", "NOTES", "ADMISSION", "IDENTITY", "TIME",
                                       "CANCEL", "SWAP")] + [("N-4", "MERGE")]
    more = [("N-4", "ADMIT"), ("N-4", "RESERVE"), ("N-4", "BLOCK"), ("N-3", "EARLIER"), ("waiting", "ASSIGN"),
            ("waiting", "REMOVE")]
    house = [("", name) for name in ("change_ward", "new_ward", "close_ward", "import_lists", "reopen", "account")]
    return [*beds, *more, *house]


def select(desk: Desk, what: str) -> None:
    """A bed by its number, who waits, or nothing."""
    if what == "waiting":
        desk.page.selection.select_waiting(desk.hospital.people[1])
    else:
        desk.page.selection.select_bed(desk.hospital.beds[what] if what else None)


def _prepare(desk: Desk, qtbot: QtBot, name: str) -> None:
    """What some verbs need: a discharge that is decided, somebody unknown."""
    hospital = desk.hospital
    if name == "LEFT":
        decide_discharge(hospital.store, hospital.nurse, DecideDischarge(
            patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=Outcome.STABLE))
    elif name == "SWAP":
        Colleague(hospital).admit(2, "N-4")
    elif name == "MERGE":
        admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=UnknownPerson(sex=Sex.MALE), ward_id=hospital.wards["North"],
            bed=SeenBed.of(hospital.bed("N-4")), override=Override(warnings=tuple(Warned), reason="test")))
    see(desk, qtbot)


def open_it(desk: Desk, qtbot: QtBot, what: str, name: str) -> Dialog:
    """Open one of :func:`openers`; the dialog that is there then, its first questions answered."""
    _prepare(desk, qtbot, name)
    if name == "account":
        desk.page.house.people()
        qtbot.waitUntil(lambda: desk.page.dialog is not None)
        people = desk.page.dialog
        assert people is not None
        people.primary.click()
        qtbot.waitUntil(lambda: desk.page.dialog not in (None, people))
    elif what:
        select(desk, what)
        desk.page.do(Verb[name])
        if name == "SWAP":  # with whom: the only other one
            assert desk.page.dialog is not None
            desk.page.dialog.primary.click()
    else:
        getattr(desk.page.house, name)()
    qtbot.waitUntil(lambda: desk.page.dialog is not None and desk.tasks.pending == 0)
    assert desk.page.dialog is not None
    return desk.page.dialog
