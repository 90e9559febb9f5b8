"""Rules of beds without a patient: clean, block, unblock, hold for a person or by text, release."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.services.machine.base import BEDS, SOMEBODY, STATIONS, Base
from tests.services.machine.model import BLK, CLEAN, FREE, OCC, RES, Hold
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code
from wardbeds.domain.requests import BlockBed, HoldBed, MarkClean, ReleaseHold, UnblockBed
from wardbeds.services import bed_states

CHANGES = ("clean", "block", "unblock", "release")
HOLDS = ("person", "text", "nothing")


class BedRules(Base):
    """What a bed is while nobody is in it."""

    @rule(station=STATIONS, bed=BEDS)
    def clean(self, station: int, bed: int) -> None:
        """Cleaning is done."""
        one = self.model.beds[bed]

        def change(_done: Done) -> set[int]:
            self.model.put(bed, RES if one.hold else FREE)
            return {one.ward}

        codes = self.stale_bed(station, bed) + ([] if one.status is CLEAN else [Code.STATE])
        self.act(station, bed_states.mark_clean, MarkClean(bed=self.seen(station, bed)), codes, change)

    @rule(station=STATIONS, bed=BEDS)
    def block(self, station: int, bed: int) -> None:
        """The bed is out of use."""
        one = self.model.beds[bed]

        def change(_done: Done) -> set[int]:
            one.blocked_from, one.reason = one.status, "mattress"
            self.model.put(bed, BLK)
            return {one.ward}

        codes = self.stale_bed(station, bed) + ([Code.HELD] if one.hold else [])
        codes += {OCC: [Code.OCC], BLK: [Code.STATE]}.get(one.status, [])
        self.act(station, bed_states.block_bed, BlockBed(bed=self.seen(station, bed), reason="mattress"), codes, change)

    @rule(station=STATIONS, bed=BEDS)
    def unblock(self, station: int, bed: int) -> None:
        """The bed is again what it was."""
        one = self.model.beds[bed]

        def change(_done: Done) -> set[int]:
            self.model.put(bed, one.blocked_from)
            return {one.ward}

        codes = self.stale_bed(station, bed) + ([] if one.status is BLK else [Code.STATE])
        self.act(station, bed_states.unblock_bed, UnblockBed(bed=self.seen(station, bed)), codes, change)

    @rule(station=STATIONS, bed=BEDS)
    def release(self, station: int, bed: int) -> None:
        """The bed is no longer kept."""
        codes = self.stale_bed(station, bed) + ([] if self.model.beds[bed].hold else [Code.STATE])
        self.act(station, bed_states.release_hold, ReleaseHold(bed=self.seen(station, bed)), codes,
                 lambda _done: self.model.drop_hold(bed))

    @rule(station=STATIONS, bed=BEDS, who=SOMEBODY, kept=st.sampled_from(HOLDS))
    def hold(self, station: int, bed: int, who: int, kept: str) -> None:
        """Keep a bed for a person, who has one kept at most, or for what a text says; for nothing it cannot be."""
        one, person = self.model.beds[bed], self.somebody(who) if kept == "person" else None
        text = "for the night's delivery" if kept == "text" else ""

        def change(_done: Done) -> set[int]:
            one.hold = Hold(self.model.tick, person, text)
            if one.status is FREE:
                self.model.put(bed, RES)
            return {one.ward}

        codes = self.stale_bed(station, bed) + ([Code.VALUE] if kept == "nothing" else [])
        codes += [Code.STATE] if person is not None and self.model.held(person) is not None else []
        codes += {OCC: [Code.OCC], BLK: [Code.BLK]}.get(one.status, []) + ([Code.HELD] if one.hold else [])
        request = HoldBed(bed=self.seen(station, bed), patient_id=person, text=text,
                          until=datetime.now(UTC) + timedelta(hours=2))
        self.act(station, bed_states.hold_bed, request, codes, change)
