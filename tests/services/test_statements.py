"""How often an action asks the server: each statement is a round trip (DESIGN 10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from tests.support.hospital import Hospital
from wardbeds.domain.changes import Done
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DischargePatient,
    MarkClean,
    Override,
    PlacePatient,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services.admitting import admit_patient
from wardbeds.services.bed_states import block_bed, mark_clean
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient
from wardbeds.store.history import read_last_action

MOST = 10
IN_PROCESS = 14
"""SQLite's, to which no statement is a round trip: BEGIN is one too, and none writes two tables."""
ANYWAY = Override(warnings=tuple(Warned), reason="there is no other")


def _count(hospital: Hospital, job: Callable[[], Done]) -> list[str]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(hospital.store.engine, "before_cursor_execute", note)
    job()
    event.remove(hospital.store.engine, "before_cursor_execute", note)
    return sent


def test_placing_takes_ten_statements_at_most(hospital: Hospital) -> None:
    """From the waiting list, to the next bed, and into another ward: with locks, rules, event and reading back."""
    limit = MOST if hospital.store.postgresql else IN_PROCESS
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"]))
    at: dict[str, Any] = {"ward_id": hospital.wards["North"]}
    for number in ("N-1", "N-2", "S-1"):
        request = PlacePatient(patient_id=hospital.people[0], seen=SeenPlace(**at),
                               bed=SeenBed.of(hospital.bed(number)), override=ANYWAY)
        sent = _count(hospital, lambda request=request: place_patient(  # type: ignore[misc]
            hospital.store, hospital.nurse, request))
        assert len(sent) <= limit, "\n".join(sent)
        at = {"bed_id": hospital.beds[number]}


def test_the_line_is_what_a_reader_would_read(hospital: Hospital) -> None:
    """The line of an action is put together from what it read on its way; the strip of others reads it anew."""
    nurse, person, north = hospital.nurse, hospital.people[0], hospital.wards["North"]
    done = [admit_patient(hospital.store, nurse, AdmitPatient(person=person, ward_id=north))]
    at: dict[str, Any] = {"ward_id": north}
    for number in ("N-1", "N-2", "S-1"):
        done.append(place_patient(hospital.store, nurse, PlacePatient(
            patient_id=person, seen=SeenPlace(**at), bed=SeenBed.of(hospital.bed(number)), override=ANYWAY)))
        at = {"bed_id": hospital.beds[number]}
    done.append(mark_clean(hospital.store, nurse, MarkClean(bed=SeenBed.of(hospital.bed("N-1")))))
    done.append(block_bed(hospital.store, nurse, BlockBed(bed=SeenBed.of(hospital.bed("N-3")), reason="A leak")))
    done.append(discharge_patient(hospital.store, nurse, DischargePatient(
        patient_id=person, seen=SeenPlace(**at), outcome=Outcome.IMPROVED)))
    with hospital.store.reading() as connection:
        read = [read_last_action(connection, str(one.operation_id)) for one in done]
    assert None not in read
    assert [one.action for one in done] == read
    assert ("North N-2", "South S-1") in [(one.from_place, one.to_place) for one in read if one is not None]
