"""What the judge of a race says of a swap: of either of the two, and of either bed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.services.test_actions import admit, place
from tests.support.hospital import Hospital
from tests.torture.reasons import Case, is_true
from tests.torture.record import DONE, REFUSED, Record
from tests.torture.timeline import micros, read_past
from tests.torture.verdict import wrong
from wardbeds.domain.errors import Refused
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import DischargePatient, MarkClean, Override, SeenBed, SeenPlace, SwapPatients
from wardbeds.domain.stays import Outcome
from wardbeds.services import bed_states, leaving, placing, ward_setup
from wardbeds.services.swapping import swap_patients

ANYWAY = Override(warnings=tuple(Warned), reason="race")


@pytest.fixture
def two(small_hospital: Hospital) -> Hospital:
    """The first person lies in N-1, the second in N-2."""
    admit(small_hospital, 0, "N-1", override=ANYWAY)
    admit(small_hospital, 1, "N-2", override=ANYWAY)
    return small_hospital


def _request(house: Hospital) -> SwapPatients:
    return SwapPatients(patient_id=house.people[0], own=SeenBed.of(house.bed("N-1")), bed=SeenBed.of(house.bed("N-2")),
                        override=ANYWAY)


def _swap(house: Hospital) -> None:
    swap_patients(house.store, house.nurse, _request(house))


def _move(house: Hospital, person: int, old: str, new: str) -> None:
    placing.place_patient(house.store, house.nurse, place(
        house, person, SeenPlace(bed_id=house.beds[old]), new, override=ANYWAY))


def _go(house: Hospital, person: int, bed: str) -> None:
    leaving.discharge_patient(house.store, house.nurse, DischargePatient(
        patient_id=house.people[person], seen=SeenPlace(bed_id=house.beds[bed]), outcome=Outcome.STABLE))


def _close(house: Hospital, number: str) -> None:
    layout = ward_setup.read_ward_layout(house.store, house.admin, house.wards["North"])
    rooms = tuple(room.model_copy(update={"numbers": tuple(one for one in room.numbers if one != number)})
                  for room in layout.rooms)
    ward_setup.set_up_ward(house.store, house.admin, layout.model_copy(update={"rooms": rooms}))


def _clear_and_close(house: Hospital, person: int, number: str) -> None:
    _move(house, person, number, "N-3")
    bed_states.mark_clean(house.store, house.nurse, MarkClean(bed=SeenBed.of(house.bed(number))))
    _close(house, number)


HAPPENED: dict[str, tuple[Callable[[Hospital], None], tuple[str, str]]] = {
    "the first moved": (lambda house: _move(house, 0, "N-1", "N-3"), ("STALE", "patient_moved")),
    "the second moved": (lambda house: _move(house, 1, "N-2", "N-3"), ("STALE", "patient_moved")),
    "the first went": (lambda house: _go(house, 0, "N-1"), ("STATE", "not_admitted")),
    "the second went": (lambda house: _go(house, 1, "N-2"), ("STATE", "not_admitted")),
    "they changed already": (_swap, ("STATE", "already_there")),
    "the own bed is out of use": (lambda house: _clear_and_close(house, 0, "N-1"), ("UNKNOWN", "bed")),
    "the other bed is out of use": (lambda house: _clear_and_close(house, 1, "N-2"), ("UNKNOWN", "bed")),
}


@pytest.mark.parametrize("what", HAPPENED)
def test_what_happened_to_either_is_a_reason(two: Hospital, what: str) -> None:
    happen, told = HAPPENED[what]
    request = _request(two)
    start = micros(two.board().as_of)
    happen(two)
    with pytest.raises(Refused) as refused:
        swap_patients(two.store, two.nurse, request)
    refusal = refused.value.refusal
    assert (refusal.code, refusal.detail) == told
    end = micros(two.board().as_of)
    record = Record(1, "swap", str(request.operation_id), start, end, REFUSED, *told, {},
                    request.model_dump(mode="json"), (), (), ())
    with two.store.reading() as connection:
        past = read_past(connection)
    assert is_true(Case(record, past, {}))
    assert not is_true(Case(replace(record, end=start), past, {}))


@pytest.mark.parametrize("half", [0, 1])
def test_half_a_swap_is_seen(two: Hospital, half: int) -> None:
    request = _request(two)
    swap_patients(two.store, two.nurse, request)
    with two.store.reading() as connection:
        event = read_past(connection).events[str(request.operation_id)]
    record = Record(1, "swap", event.operation, 0, 1, DONE, "", "", {}, request.model_dump(mode="json"), (), (), ())
    assert wrong(record, event) == []
    body = copy.deepcopy(event.body)
    body["beds"][half]["after"]["patient"] = body["beds"][half]["before"]["patient"]
    assert "did not let the two change places" in wrong(record, replace(event, body=body))
    body = copy.deepcopy(event.body)
    body["beds"][half]["before"] |= {"patient": 99_999, "version": 99}
    assert [one for one in wrong(record, replace(event, body=body)) if "bed that had changed" in one]
