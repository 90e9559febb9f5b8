"""Whatever is done to a bed or a patient can be entered afterwards with the time when it happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DecideDischarge,
    DischargePatient,
    HoldBed,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.happened_at import HappenedAt, wall_time
from wardbeds.gui.dialogs.when import WhenDialog
from wardbeds.gui.verbs import Verb, offers, one_click
from wardbeds.services import admitting, bed_states, leaving, reading

NOT_HAPPENINGS = {Verb.NOTES, Verb.ADMISSION, Verb.IDENTITY, Verb.TIME, Verb.MERGE, Verb.CANCEL}
"""These write what is so, or mend what was written; nothing happened on the ward."""


@pytest.fixture
def ward(desk: Desk, qtbot: QtBot) -> Desk:
    """A bed in every state for hours: N-1 decided, N-2 to clean, N-3 blocked, N-4 reserved, one waits."""
    hospital, now = desk.hospital, datetime.now(UTC)
    store, nurse, north = hospital.store, hospital.nurse, hospital.wards["North"]
    for person, bed in ((0, "N-1"), (1, "N-2"), (2, "")):
        admitting.admit_patient(store, nurse, AdmitPatient(
            person=hospital.people[person], ward_id=north, happened_at=now - timedelta(hours=5),
            bed=SeenBed.of(hospital.bed(bed)) if bed else None))
    leaving.discharge_patient(store, nurse, DischargePatient(
        patient_id=hospital.people[1], seen=SeenPlace(bed_id=hospital.beds["N-2"]), outcome=Outcome.IMPROVED,
        happened_at=now - timedelta(hours=4)))
    leaving.decide_discharge(store, nurse, DecideDischarge(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=Outcome.IMPROVED))
    bed_states.block_bed(store, nurse, BlockBed(bed=SeenBed.of(hospital.bed("N-3")), reason="mattress",
                                                happened_at=now - timedelta(hours=4)))
    bed_states.hold_bed(store, nurse, HoldBed(bed=SeenBed.of(hospital.bed("N-4")), text="surgery",
                                              until=now + timedelta(hours=2), happened_at=now - timedelta(hours=4)))
    see(desk, qtbot)
    return desk


def test_every_verb_that_happens_asks_when_or_can_be_done_earlier(ward: Desk, qtbot: QtBot) -> None:
    page, model = ward.page, ward.session.model
    asked: set[Verb] = set()
    free = ward.hospital.bed("S-1")
    bed_states.block_bed(ward.store, ward.hospital.nurse, BlockBed(bed=SeenBed.of(free), reason="mattress"))

    def look(verb: Verb) -> None:
        page.do(verb)
        qtbot.waitUntil(lambda: page.dialog is not None)
        assert page.dialog is not None
        assert isinstance(page.dialog.fields.widgets.get("happened_at"), HappenedAt), verb
        asked.add(verb)
        page.dialog.reject()

    role = ward.hospital.nurse.role
    for bed in model.beds:
        page.selection.select_bed(bed.id)
        at_once = {Verb.CLEAN, Verb.UNBLOCK, Verb.RELEASE}
        for verb in [offer.verb for offer in offers(role, bed, None)]:
            if verb in at_once:
                assert one_click(bed) is verb
                assert Verb.EARLIER in [offer.verb for offer in offers(role, bed, None)]
                asked.add(verb)
            elif verb is Verb.SWAP:  # asks with whom first, and when beside both: see test_swap_dialog
                asked.add(verb)
            elif verb not in NOT_HAPPENINGS:
                look(verb)
    page.selection.select_waiting(model.waiting[0].person.patient_id)
    for offer in offers(role, None, model.waiting[0]):
        if offer.verb not in NOT_HAPPENINGS:
            look(offer.verb)
    assert asked == set(Verb) - NOT_HAPPENINGS


@pytest.mark.parametrize(("number", "action"), [("N-2", "cleaned"), ("N-3", "unblocked"), ("N-4", "hold_released")])
def test_what_is_one_click_can_be_entered_with_its_time(ward: Desk, qtbot: QtBot, number: str, action: str) -> None:
    page, hospital = ward.page, ward.hospital
    page.selection.select_bed(hospital.beds[number])
    QTest.keyClicks(page.map, "h")
    qtbot.waitUntil(lambda: page.dialog is not None)
    dialog = page.dialog
    assert isinstance(dialog, WhenDialog)
    at = (datetime.now(UTC) - timedelta(hours=1)).replace(second=0, microsecond=0)
    dialog.at.edit.setDateTime(wall_time(at.astimezone(ward.session.zone)))
    with qtbot.waitSignal(ward.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    bed = hospital.bed(number)
    assert (bed.status, bed.since) == (BedStatus.AVAILABLE, at)
    lines = reading.bed_history(hospital.store, hospital.nurse, bed.id)
    assert [line.at for line in lines if line.action == action] == [at]
