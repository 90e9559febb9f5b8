"""A second station at the same database, and a cable that can be pulled out of the first one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.hospital import Hospital
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DischargePatient,
    EditNotes,
    EditRemark,
    HoldBed,
    PlacePatient,
    SeenBed,
    SeenPlace,
    UnblockBed,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services.admitting import admit_patient
from wardbeds.services.bed_states import block_bed, hold_bed, unblock_bed
from wardbeds.services.editing import edit_notes, edit_remark
from wardbeds.services.following import Follower, Wish
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient

if TYPE_CHECKING:
    from tests.gui.conftest import Desk


@dataclass
class Colleague:
    """The same nurse's account at another station."""

    hospital: Hospital

    @property
    def actor(self) -> Actor:
        """Who acts there."""
        return replace(self.hospital.nurse, station="Station 2")

    def admit(self, person: int, bed: str | None = None) -> None:
        """Admit the n-th person, to a bed or to North's list."""
        admit_patient(self.hospital.store, self.actor, AdmitPatient(
            person=self.hospital.people[person], ward_id=self.hospital.wards["North"],
            bed=SeenBed.of(self.hospital.bed(bed)) if bed else None))

    def move(self, old: str, new: str) -> None:
        """Move whoever is in a bed to another one."""
        was = self.hospital.bed(old)
        assert was.patient_id is not None
        place_patient(self.hospital.store, self.actor, PlacePatient(
            patient_id=was.patient_id, seen=SeenPlace(bed_id=was.id), bed=SeenBed.of(self.hospital.bed(new))))

    def block(self, bed: str) -> None:
        """Take a bed out of use."""
        block_bed(self.hospital.store, self.actor, BlockBed(bed=SeenBed.of(self.hospital.bed(bed)), reason="mattress"))

    def hold(self, bed: str, person: int) -> None:
        """Keep a bed for the n-th person."""
        hold_bed(self.hospital.store, self.actor, HoldBed(
            bed=SeenBed.of(self.hospital.bed(bed)), patient_id=self.hospital.people[person],
            until=datetime.now(UTC) + timedelta(hours=2)))

    def discharge(self, bed: str) -> None:
        """Whoever is in a bed goes home."""
        shown = self.hospital.bed(bed)
        assert shown.patient_id is not None
        discharge_patient(self.hospital.store, self.actor, DischargePatient(
            patient_id=shown.patient_id, seen=SeenPlace(bed_id=shown.id), outcome=Outcome.IMPROVED))

    def unblock(self, bed: str) -> None:
        """Give it back."""
        unblock_bed(self.hospital.store, self.actor, UnblockBed(bed=SeenBed.of(self.hospital.bed(bed))))

    def remark(self, bed: str, text: str) -> None:
        """Say something about a bed."""
        shown = self.hospital.bed(bed)
        edit_remark(self.hospital.store, self.actor, EditRemark(
            bed=SeenBed.of(shown), seen_remark=shown.remark, remark=text))

    def notes(self, bed: str, text: str) -> None:
        """Say something about the patient in it."""
        shown = self.hospital.bed(bed)
        assert shown.occupant is not None
        edit_notes(self.hospital.store, self.actor, EditNotes(
            bed=SeenBed.of(shown), patient_id=shown.occupant.person.patient_id, seen_notes=shown.occupant.notes,
            seen_shared=shown.occupant.notes_shared, notes=text))


def see(desk: Desk, qtbot: QtBot) -> None:
    """Let the window learn of everything there is, and settle."""
    revision = desk.hospital.board().revision
    qtbot.waitUntil(lambda: desk.session.model.board is not None and desk.session.model.board.revision >= revision)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


def cut(desk: Desk) -> None:
    """Pull the cable: nothing is heard any more, and it shows."""
    desk.session.link.stop()
    QApplication.processEvents()  # what was heard before
    desk.session.link.failed("The server does not answer.")


def mend(desk: Desk, qtbot: QtBot) -> None:
    """Put it back: the feed connects anew and reads what was missed."""
    board, actor = desk.session.model.board, desk.session.actor
    assert board is not None and actor is not None
    link = desk.session.link
    link._follower = Follower(desk.store, link._tell)
    link.follow(Wish(board.ward.id, board.revision, actor.role, actor.user_id, desk.session.station))
    with qtbot.waitSignal(desk.session.caught_up):
        link.start()
    see(desk, qtbot)
