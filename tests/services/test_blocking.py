"""A block keeps when the bed is expected back and who was told, through undo, history and export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError

from tests.services.test_actions import refused
from tests.support.hospital import Hospital
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.blocking import LONGEST, Block
from wardbeds.domain.errors import Code
from wardbeds.domain.requests import BlockBed, SeenBed, UnblockBed, UndoAction
from wardbeds.services import bed_states, exporting, reading, undoing

BACK = datetime.now(UTC).date() + timedelta(days=3)
TORN = Block("mattress: torn", BACK, True)


def _block(hospital: Hospital) -> None:
    bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(
        bed=SeenBed.of(hospital.bed("N-1")), reason="mattress: torn", expected_back=BACK, maintenance_told=True))


def test_it_is_kept_and_comes_back_with_undo(hospital: Hospital) -> None:
    _block(hospital)
    assert hospital.bed("N-1").block == TORN
    bed_states.unblock_bed(hospital.store, hospital.nurse, UnblockBed(bed=SeenBed.of(hospital.bed("N-1"))))
    assert hospital.bed("N-1").block == Block("")
    last = undoing.last_action(hospital.store, hospital.nurse)
    assert last is not None
    undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=last.operation_id))
    assert hospital.bed("N-1").block == TORN
    assert hospital.bed("N-1").status is BedStatus.MAINTENANCE


def test_history_has_all_of_it_and_the_export_the_reason(hospital: Hospital) -> None:
    _block(hospital)
    line = reading.bed_history(hospital.store, hospital.nurse, hospital.beds["N-1"])[0]
    assert (line.action, line.reason) == ("blocked", TORN.text)
    board = exporting.export_board(hospital.store, hospital.admin)
    beds = {bed["bed_number"]: bed for ward in board["wards"] for bed in ward["beds"]}
    assert beds["N-1"]["reason"] == "mattress: torn"


def test_a_day_that_is_over_is_refused(hospital: Hospital) -> None:
    request = BlockBed(bed=SeenBed.of(hospital.bed("N-1")), reason="mattress",
                       expected_back=datetime.now(UTC).date() - timedelta(days=2))
    assert refused(bed_states.block_bed, hospital.store, hospital.nurse, request) == (Code.VALUE, "day_over")
    assert hospital.bed("N-1").status is BedStatus.AVAILABLE
    earlier = request.model_copy(update={"operation_id": uuid4(),
                                         "happened_at": datetime.now(UTC) - timedelta(hours=20)})
    assert refused(bed_states.block_bed, hospital.store, hospital.nurse, earlier) == (Code.VALUE, "day_over")


def test_the_line_fits_into_the_bed() -> None:
    seen = SeenBed(bed_id=1, version=1, status=BedStatus.AVAILABLE)
    assert BlockBed(bed=seen, reason="x" * LONGEST).block.text == "x" * LONGEST
    with pytest.raises(ValidationError):
        BlockBed(bed=seen, reason="x" * LONGEST, maintenance_told=True)
