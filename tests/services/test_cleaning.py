"""After a patient in isolation it is asked whether the bed was disinfected; the answer is kept with the cleaning."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from tests.services.test_actions import admit, refused
from tests.support.hospital import Hospital
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import DischargePatient, MarkClean, Override, SeenBed, SeenPlace, UndoAction
from wardbeds.domain.stays import Outcome
from wardbeds.services import bed_states, leaving, reading, undoing
from wardbeds.services.cleaning import needs_disinfecting
from wardbeds.store.check import check
from wardbeds.store.tables import events


def _leave(hospital: Hospital, person: int, number: str = "N-1", *, isolated: bool = False) -> None:
    """Somebody was in the bed and has gone."""
    more = {"needs": ("isolation",), "override": Override(warnings=(Warned.ISOLATION,), reason="No other bed is free")}
    admit(hospital, person, number, **(more if isolated else {}))
    leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[person], seen=SeenPlace(bed_id=hospital.beds[number]), outcome=Outcome.IMPROVED))


def _clean(hospital: Hospital, disinfected: bool | None) -> None:
    bed_states.mark_clean(hospital.store, hospital.nurse, MarkClean(
        bed=SeenBed.of(hospital.bed("N-1")), disinfected=disinfected))


def _needs(hospital: Hospital) -> bool:
    return needs_disinfecting(hospital.store, hospital.nurse, hospital.beds["N-1"])


def test_only_the_last_patient_counts(hospital: Hospital) -> None:
    assert not _needs(hospital)
    _leave(hospital, 0, isolated=True)
    assert _needs(hospital)
    _clean(hospital, disinfected=True)
    _leave(hospital, 1)
    assert not _needs(hospital)


def test_a_stay_that_was_taken_back_does_not_count(hospital: Hospital) -> None:
    _leave(hospital, 0, isolated=True)
    _clean(hospital, disinfected=True)
    _leave(hospital, 1)
    _clean(hospital, disinfected=None)
    admit(hospital, 2, "N-1", needs=("isolation",),
          override=Override(warnings=(Warned.ISOLATION,), reason="No other bed is free"))
    last = undoing.last_action(hospital.store, hospital.nurse)
    assert last is not None
    undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=last.operation_id))
    assert not _needs(hospital)


@pytest.mark.parametrize(("answer", "kept"), [(True, True), (None, None)])
def test_the_answer_is_kept_in_the_event(hospital: Hospital, answer: bool | None, kept: bool | None) -> None:
    """None is what lists of movements say, and what every other client said until now: it goes on."""
    _leave(hospital, 0, isolated=True)
    _clean(hospital, answer)
    assert hospital.bed("N-1").status is BedStatus.AVAILABLE
    with hospital.store.reading() as connection:
        bodies = [json.loads(one) for one in connection.scalars(select(events.c.body).where(
            events.c.action == "cleaned"))]
        assert check(connection) == []
    assert [body.get("disinfected") for body in bodies] == [kept]
    line = reading.bed_history(hospital.store, hospital.nurse, hospital.beds["N-1"])[0]
    assert (line.action, line.disinfected) == ("cleaned", bool(kept))


def test_a_bed_that_is_not_disinfected_stays_to_clean(hospital: Hospital) -> None:
    _leave(hospital, 0, isolated=True)
    request = MarkClean(bed=SeenBed.of(hospital.bed("N-1")), disinfected=False)
    assert refused(bed_states.mark_clean, hospital.store, hospital.nurse, request) == (Code.STATE, "not_disinfected")
    assert hospital.bed("N-1").status is BedStatus.CLEANING


def test_undo_asks_nothing(hospital: Hospital) -> None:
    _leave(hospital, 0, isolated=True)
    _clean(hospital, disinfected=True)
    last = undoing.last_action(hospital.store, hospital.nurse)
    assert last is not None
    undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=last.operation_id))
    assert hospital.bed("N-1").status is BedStatus.CLEANING
    assert _needs(hospital)
