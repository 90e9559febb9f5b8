"""Fifty clients flat out on twenty beds: nothing double, every refusal true; and the judge sees what is not so."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import Servers
from tests.services.test_actions import admit, place
from tests.support.hospital import Hospital
from tests.torture.mix import KINDS
from tests.torture.pairs import count_pairs, rarest
from tests.torture.race import race
from tests.torture.reasons import Case, is_true
from tests.torture.record import DONE, REFUSED, Record, read_logs
from tests.torture.station import microseconds
from tests.torture.timeline import Past, read_past
from tests.torture.verdict import Verdict, judge_records, wrong
from wardbeds.domain.errors import Refused
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import (
    AdmitPatient,
    CorrectTime,
    DischargePatient,
    HoldBed,
    MarkClean,
    Override,
    RemoveWaiting,
    SeenBed,
    SeenPlace,
    SwapPatients,
    UndoAction,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services import admitting, bed_states, leaving, mending, placing, swapping, undoing, ward_setup
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

Print = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Print:
    """Prints the figures of a run although it passes."""

    def told(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")

    return told


def _sound(verdict: Verdict, tell: Print) -> None:
    """How often each pair of kinds has met is told; that it was fifty times is asked of the full size, which takes
    minutes: here it would be chance."""
    tell(verdict.line())
    assert not verdict.findings, "\n".join(verdict.findings[:10])
    assert verdict.doubles == 0
    assert verdict.share >= 0.3
    assert verdict.refusals, "nobody met anybody"


def test_fifty_clients_on_postgresql(servers: Servers, tmp_path: Path, tell: Print) -> None:
    """By the stations' own login; so many actions, however fast the machine is."""
    server, name = servers.fresh("pg18")
    verdict = race(server.url(name), tmp_path / "logs", 50, "--actions", "40", station=server.station_url(name))
    assert verdict.actions >= 50 * 40
    _sound(verdict, tell)


def test_twelve_clients_on_the_older_postgresql(servers: Servers, tmp_path: Path, tell: Print) -> None:
    server, name = servers.fresh("pg16")
    _sound(race(server.url(name), tmp_path / "logs", 12, "--actions", "40", "--warm", "10",
                station=server.station_url(name)), tell)


def test_eight_processes_on_one_file(tmp_path: Path, tell: Print) -> None:
    verdict = race(ensure(tmp_path / "ward.db"), tmp_path / "logs", 8, "--actions", "200")
    assert verdict.actions >= 8 * 200
    _sound(verdict, tell)


@pytest.mark.parametrize(("plant", "said"), [("seen_ignored", "was done "), ("wrong_reason", "DIRTY")])
def test_a_planted_fault_is_seen(tmp_path: Path, plant: str, said: str) -> None:
    verdict = race(ensure(tmp_path / "ward.db"), tmp_path / "logs", 6, "--actions", "200", "--warm", "5",
                   "--plant", plant)  # with 40 each, now and then nobody came too late
    assert [one for one in verdict.findings if said in one]


Told = tuple[list[Record], Past]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What a few clients were told, and what was."""
    folder = tmp_path_factory.mktemp("told")
    url = ensure(folder / "ward.db")
    race(url, folder / "logs", 4, "--actions", "40", "--warm", "5")
    store = Store.open(url)
    with store.reading() as connection:
        past = read_past(connection)
    store.close()
    return list(read_logs(folder / "logs")), past


def _one(records: list[Record], answer: str, kind: str = "") -> Record:
    return next(one for one in records if one.answer == answer and kind in ("", one.kind))


LIES: dict[str, Callable[[list[Record]], Record]] = {
    "done and not there": lambda records: replace(_one(records, DONE), operation=str(uuid4())),
    "refused and there": lambda records: replace(_one(records, DONE), answer=REFUSED),
    "a reason that nobody knows": lambda records: replace(_one(records, REFUSED), code="ROLE", detail="permission"),
    "a bug": lambda records: replace(_one(records, DONE), answer="bug"),
    "away": lambda records: replace(_one(records, DONE), answer="away", detail="The board is very busy."),
    "a reason that was not so": lambda records: replace(
        _one(records, DONE, "admit_waiting"), operation=str(uuid4()), answer=REFUSED, code="STATE",
        detail="already_decided"),
}


@pytest.mark.parametrize("lie", LIES)
def test_the_judge_sees_a_lie(told: Told, lie: str) -> None:
    records, past = told
    assert not judge_records(records, past)
    forged = LIES[lie](records)
    assert judge_records([one for one in records if one.operation != forged.operation] + [forged], past)


def test_every_reason_is_weighed(told: Told) -> None:
    """A refusal's code and detail exchanged for each other one: most are not so at that moment."""
    records, past = told
    refused = [one for one in records if one.answer == REFUSED and one.request.get("bed")]
    assert refused
    for code in ("OCC", "BLK", "DIRTY", "HELD"):
        forged = [replace(one, code=code, detail="") for one in refused]
        assert judge_records(forged, past), code


@pytest.mark.parametrize(("until", "weighed"), [("2099-01-01T00:00:00.000000Z", 1), ("2001-01-01T00:00:00.000000Z", 0)])
def test_a_hold_that_somebody_made_since_is_a_change(told: Told, until: str, weighed: int) -> None:
    """Also where status and patient stayed as they were seen; one that ran out is none."""
    records, past = told
    record = next(one for one in records if one.answer == DONE and one.request.get("bed")
                  and (both := past.events[one.operation].both("beds", one.request["bed"]["bed_id"])) is not None
                  and not both[0]["hold_until"])
    event = past.events[record.operation]
    body = copy.deepcopy(event.body)
    held = next(one for one in body["beds"] if one["bed"] == record.request["bed"]["bed_id"])
    held["before"] |= {"hold_for": 99_999, "hold_until": until, "version": held["before"]["version"] + 1}
    assert wrong(record, event) == []
    assert len(wrong(record, replace(event, body=body))) == weighed


def test_a_stay_that_was_corrected_is_a_reason(small_hospital: Hospital) -> None:
    """Who moved on lay there longer than the move tells: since then, and not before, another one can have lain there."""
    admit(small_hospital, 0, "N-1")
    placing.place_patient(small_hospital.store, small_hospital.nurse, place(
        small_hospital, 0, SeenPlace(bed_id=small_hospital.beds["N-1"]), "N-2"))
    moved = small_hospital.bed("N-2").since
    assert moved is not None
    until = datetime.now(UTC)
    _correct(small_hospital, 0, "N-2", until)
    _cleaned(small_hospital)
    admit(small_hospital, 1, "N-1")
    _weigh(small_hospital, 1, moved + (until - moved) / 2, until)


def test_an_earlier_stay_of_the_same_person_is_a_reason(small_hospital: Hospital) -> None:
    admit(small_hospital, 0, "N-1")
    since = small_hospital.bed("N-1").since
    assert since is not None
    left = leaving.discharge_patient(small_hospital.store, small_hospital.nurse, DischargePatient(
        patient_id=small_hospital.people[0], seen=SeenPlace(bed_id=small_hospital.beds["N-1"]),
        outcome=Outcome.STABLE)).time
    _cleaned(small_hospital)
    admit(small_hospital, 0, "N-1")
    _weigh(small_hospital, 0, since + (left - since) / 2, left + timedelta(microseconds=1))


def test_a_kept_bed_that_is_out_of_use_since_is_a_reason(small_hospital: Hospital) -> None:
    """Undo would give the bed back to whom it was kept for, though she lay nowhere."""
    house, patient_id = small_hospital, small_hospital.people[0]
    admitting.admit_patient(house.store, house.nurse, AdmitPatient(person=patient_id, ward_id=house.wards["North"]))
    bed_states.hold_bed(house.store, house.nurse, HoldBed(
        bed=SeenBed.of(house.bed("N-2")), patient_id=patient_id, until=datetime.now(UTC) + timedelta(hours=2)))
    removal = RemoveWaiting(patient_id=patient_id, seen=SeenPlace(ward_id=house.wards["North"]), reason="went home")
    leaving.remove_waiting(house.store, house.nurse, removal)
    layout = ward_setup.read_ward_layout(house.store, house.admin, house.wards["North"])
    rooms = tuple(room.model_copy(update={"numbers": tuple(one for one in room.numbers if one != "N-2")})
                  for room in layout.rooms)
    start = microseconds()
    ward_setup.set_up_ward(house.store, house.admin, layout.model_copy(update={"rooms": rooms}))
    undo = UndoAction(undoes=removal.operation_id)
    with pytest.raises(Refused) as refused:
        undoing.undo_action(house.store, house.nurse, undo)
    refusal = refused.value.refusal
    record = Record(1, "undo", str(undo.operation_id), start, microseconds(), REFUSED, refusal.code, refusal.detail, {},
                    undo.model_dump(mode="json"), (), (patient_id,), ())
    with house.store.reading() as connection:
        past = read_past(connection)
    assert is_true(Case(record, past, {}))
    assert not is_true(Case(replace(record, end=start), past, {}))


def test_a_swap_whose_time_is_corrected_is_asked_for_one_of_the_two(small_hospital: Hospital) -> None:
    house = small_hospital
    for person, bed in ((0, "N-1"), (1, "N-2")):
        admit(house, person, bed, override=Override(warnings=tuple(Warned), reason="x"))
    between = house.bed("N-2").since
    assert between is not None
    own, other = house.bed("N-1"), house.bed("N-2")
    done = swapping.swap_patients(house.store, house.nurse, SwapPatients(
        patient_id=house.people[0], own=SeenBed.of(own), bed=SeenBed.of(other),
        override=Override(warnings=tuple(Warned), reason="x")))
    request = CorrectTime(patient_id=house.people[1], seen=SeenPlace(bed_id=house.beds["N-1"]),
                          since=between + (done.time - between) / 2, reason="late entry")
    mending.correct_time(house.store, house.nurse, request)
    with house.store.reading() as connection:
        event = read_past(connection).events[str(request.operation_id)]
    record = Record(1, "time", str(request.operation_id), 0, 1, DONE, "", "", {}, request.model_dump(mode="json"),
                    (house.beds["N-1"],), (request.patient_id,), ())
    assert wrong(record, event) == []
    elsewhere = record.request | {"seen": {"bed_id": house.beds["N-2"], "ward_id": None}}
    assert wrong(replace(record, request=elsewhere), event) == ["was done to a person who had moved"]


def _cleaned(hospital: Hospital) -> None:
    bed_states.mark_clean(hospital.store, hospital.nurse, MarkClean(bed=SeenBed.of(hospital.bed("N-1"))))


def _weigh(hospital: Hospital, person: int, too_early: datetime, possible: datetime) -> None:
    """The product refuses the one time and the judge knows why; the other would be refused without reason."""
    start = microseconds()
    for since, told in ((too_early, True), (possible, False)):
        request = CorrectTime(patient_id=hospital.people[person], seen=SeenPlace(bed_id=hospital.beds["N-1"]),
                              since=since, reason="x")
        record = Record(1, "time", str(request.operation_id), start, microseconds(), REFUSED, "STATE", "later_happening",
                        {}, request.model_dump(mode="json"), (hospital.beds["N-1"],), (request.patient_id,), ())
        with hospital.store.reading() as connection:
            assert is_true(Case(record, read_past(connection), {})) is told
        if told:
            with pytest.raises(Refused):
                mending.correct_time(hospital.store, hospital.nurse, request)


def _correct(hospital: Hospital, person: int, bed: str, since: datetime) -> None:
    mending.correct_time(hospital.store, hospital.nurse, CorrectTime(
        patient_id=hospital.people[person], seen=SeenPlace(bed_id=hospital.beds[bed]), since=since, reason="late entry"))


def test_kinds_that_meet_are_counted() -> None:
    one = Record(1, "move", "a", 0, 10, DONE, "", "", {}, {}, (1,), (1,), (1,))
    ward, close = count_pairs([
        one, replace(one, client=2, kind="clean", start=5, end=15, patients=()),
        replace(one, client=3, kind="block", start=9, end=20, beds=(2,), patients=()),
        replace(one, client=4, kind="hold", start=11, end=20, beds=(9,), patients=(), wards=(2,))])
    assert ward == {("clean", "move"): 1, ("block", "move"): 1, ("block", "clean"): 1}
    assert close == {("clean", "move"): 1}
    assert rarest(ward, ["clean", "move"])[0] == 0
    assert len(KINDS) > 20
