"""A state machine over all bed actions: two stations with stale views against a model of twenty lines a rule.

Nothing the services do may differ from the model: what is refused and why, where everybody is, what each bed is, and
that each ward touched got exactly one event. The machine is shown to find five planted bugs.
"""

from __future__ import annotations

import copy
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import ANY

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.conftest import Servers
from tests.support.difference import Difference, must_be_same
from tests.support.hospital import Hospital, make_hospital
from wardbeds.domain import placement
from wardbeds.domain.beds import Bed as BoardBed
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import Actor
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DecideDischarge,
    DischargePatient,
    EditNotes,
    EditRemark,
    HoldBed,
    MarkClean,
    Override,
    PlacePatient,
    RecordLeft,
    ReleaseHold,
    RemoveWaiting,
    SeenBed,
    SeenPlace,
    UnblockBed,
    UndoAction,
)
from wardbeds.domain.stays import GUARDED, Outcome
from wardbeds.services import admitting, bed_states, editing, leaving, placing, reading, undoing
from wardbeds.store import work as work_module
from wardbeds.store.board import read_revisions
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.events import append

FREE, OCC, RES, CLEAN, BLK = BedStatus
ANYTHING = Override(warnings=tuple(Warned), reason="test")
BEDS = st.integers(1, 8)
PEOPLE = st.integers(1, 3)
STATIONS = st.integers(0, 1)


@dataclass
class Bed:
    """A bed in the model; ``since`` counts actions."""

    ward: int
    status: BedStatus = FREE
    patient: int | None = None
    hold_for: int | None = None
    since: int = 0
    blocked_from: BedStatus = FREE
    remark: str = ""


@dataclass
class Person:
    """A person in the model: waiting in a ward, in a bed, or neither."""

    admission: int | None = None
    ward: int | None = None
    bed: int | None = None
    decided: bool = False
    notes: str = ""


@dataclass
class Model:
    """The whole truth."""

    beds: dict[int, Bed] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    tick: int = 0


class Shown(NamedTuple):
    """What the board says of a bed, as far as the model knows of it."""

    status: BedStatus
    patient: int | None
    hold_for: int | None
    decided: bool
    notes: str
    remark: str


Place = tuple[int | None, int | None]

ANSWER, EVENTS, UPDATES, REPEATED = "answer", "events of the wards", "wards told of", "repeated"
BED, LIST, INVARIANTS = "bed", "waiting list", "invariants"
"""What can differ: the refusal or none, which ward got an event, what the board shows, what ``db check`` says."""


class Machine(RuleBasedStateMachine):
    """Acts through the services as two stations, and says beforehand what must happen."""

    open_store: Callable[[], Store]

    def __init__(self) -> None:
        super().__init__()
        self.store = type(self).open_store()
        self.hospital = Hospital(self.store, {"North": 1, "South": 2}, {}, [1, 2, 3], *ACTORS)
        self.model = Model({n: Bed(1 if n <= 4 else 2) for n in range(1, 9)}, {n: Person() for n in range(1, 4)})
        self.done: list[list[tuple[Any, Model, Model]]] = [[], []]
        self.views: list[tuple[dict[int, SeenBed], dict[int, Place]]] = [({}, {}), ({}, {})]

    @initialize()
    def look_first(self) -> None:
        self.look(0)
        self.look(1)

    def teardown(self) -> None:
        if sys.exc_info()[0] is None:  # else what went wrong first is told
            with self.store.reading() as connection:
                must_be_same(INVARIANTS, check(connection), [])
        self.store.close()

    @rule(station=STATIONS)
    def look(self, station: int) -> None:
        """The station's screen is read anew; until then it shows what was."""
        boards = [reading.read_board(self.store, self.actor(station), ward) for ward in (1, 2)]
        seen = {bed.id: SeenBed.of(bed) for board in boards for bed in board.beds}
        places: dict[int, Place] = {bed.patient_id: (bed.id, None) for board in boards for bed in board.beds
                                    if bed.patient_id is not None}
        places |= {one.person.patient_id: (None, board.ward.id) for board in boards for one in board.waiting}
        self.views[station] = (seen, places)

    def actor(self, station: int) -> Actor:
        return ACTORS[0] if station == 0 else STATION_TWO

    # the model's rules ---------------------------------------------------------------------------------------

    def stale_bed(self, station: int, bed: int) -> list[Code]:
        seen, truth = self.views[station][0][bed], self.model.beds[bed]
        return [Code.STALE] if (seen.status, seen.patient_id) != (truth.status, truth.patient) else []

    def stale_place(self, station: int, person: int) -> list[Code]:
        truth = self.model.people[person]
        return [Code.STALE] if self.views[station][1][person] != (truth.bed, truth.ward) else []

    def hard(self, bed: int, person: int) -> list[Code]:
        one = self.model.beds[bed]
        codes = {OCC: [Code.OCC], BLK: [Code.BLK], CLEAN: [Code.DIRTY]}.get(one.status, [])
        return codes + ([Code.HELD] if one.hold_for not in (None, person) else [])

    def held(self, person: int) -> int | None:
        return next((n for n, bed in self.model.beds.items() if bed.hold_for == person), None)

    def drop_hold(self, person: int, keep: int | None = None) -> None:
        bed = self.held(person)
        if bed is not None and bed != keep:
            self.model.beds[bed].hold_for = None
            if self.model.beds[bed].status is RES:
                self.put(bed, FREE)

    def put(self, bed: int, status: BedStatus, **values: Any) -> None:
        one = self.model.beds[bed]
        one.status, one.since = status, self.model.tick
        for name, value in values.items():
            setattr(one, name, value)

    def free(self, bed: int) -> None:
        self.put(bed, CLEAN if self.model.beds[bed].ward == 1 else FREE, patient=None)

    # acting --------------------------------------------------------------------------------------------------

    def act(self, station: int, service: Callable[..., Done], request: Any, codes: list[Code],
            change: Callable[[], set[int]]) -> None:
        """Run a service; it must be refused with the first code by precedence, or do what the model does."""
        order = list(Code)
        wanted = min(codes, key=order.index) if codes else None
        before, revisions = copy.deepcopy(self.model), self.revisions()
        try:
            done = service(self.store, self.actor(station), request)
        except Refused as error:
            must_be_same(ANSWER, error.refusal.code, wanted, request)
            must_be_same(EVENTS, self.revisions(), revisions, request)
            return
        must_be_same(ANSWER, None, wanted, request)
        self.model.tick += 1
        wards = change()
        after = self.revisions()
        must_be_same(EVENTS, {ward: after[ward] - revisions[ward] for ward in revisions},
                     {ward: int(ward in wards) for ward in revisions}, request)
        must_be_same(UPDATES, {update.ward_id for update in done.updates}, wards, request)
        if service not in (undoing.undo_action, editing.edit_notes, editing.edit_remark):
            self.done[station].append((done.operation_id, before, copy.deepcopy(self.model)))
        again = service(self.store, self.actor(station), request)
        must_be_same(REPEATED, again.repeated, True, request)
        must_be_same(EVENTS, self.revisions(), after, request)
        self.look(station)  # one's own change is on one's own screen at once

    def revisions(self) -> dict[int, int]:
        with self.store.reading() as connection:
            return read_revisions(connection)

    @rule(station=STATIONS, person=PEOPLE, bed=st.none() | BEDS, ward=st.integers(1, 2))
    def admit(self, station: int, person: int, bed: int | None, ward: int) -> None:
        truth = self.model.people[person]
        codes = [Code.STATE] if truth.admission is not None else []
        if bed is not None:
            ward = self.model.beds[bed].ward
            codes += self.stale_bed(station, bed) + self.hard(bed, person)

        def change() -> set[int]:
            truth.admission = self.model.tick
            held = self.held(person)
            if bed is None:
                truth.ward = ward
                return {ward}
            wards = {ward} | ({self.model.beds[held].ward} if held is not None else set())
            self.drop_hold(person, keep=bed)
            self.put(bed, OCC, patient=person, hold_for=None)
            truth.bed = bed
            return wards

        request = AdmitPatient(person=person, ward_id=ward, bed=self.views[station][0][bed] if bed else None,
                               override=ANYTHING)
        self.act(station, admitting.admit_patient, request, codes, change)

    @rule(station=STATIONS, person=PEOPLE, bed=BEDS)
    def place(self, station: int, person: int, bed: int) -> None:
        if person not in self.views[station][1]:
            return
        truth = self.model.people[person]
        seen_bed, seen_ward = self.views[station][1][person]
        if truth.admission is None:
            codes = [Code.STATE]
        else:
            codes = self.stale_place(station, person) + ([Code.STATE] if truth.bed == bed else [])
        codes += self.stale_bed(station, bed) + self.hard(bed, person)

        def change() -> set[int]:
            held = self.held(person)
            wards = {self.model.beds[bed].ward}
            wards |= {self.model.beds[held].ward} if held is not None else set()
            self.drop_hold(person, keep=bed)
            if truth.bed is not None:
                wards.add(self.model.beds[truth.bed].ward)
                self.free(truth.bed)
            if truth.ward is not None:
                wards.add(truth.ward)
            self.put(bed, OCC, patient=person, hold_for=None)
            truth.bed, truth.ward = bed, None
            return wards

        request = PlacePatient(patient_id=person, seen=SeenPlace(bed_id=seen_bed, ward_id=seen_ward),
                               bed=self.views[station][0][bed], override=ANYTHING)
        self.act(station, placing.place_patient, request, codes, change)

    def leave(self, person: int) -> set[int]:
        """The admission ends, with what hangs on it."""
        truth, held = self.model.people[person], self.held(person)
        wards = {self.model.beds[held].ward} if held is not None else set()
        self.drop_hold(person)
        if truth.bed is not None:
            wards.add(self.model.beds[truth.bed].ward)
            self.free(truth.bed)
        if truth.ward is not None:
            wards.add(truth.ward)
        self.model.people[person] = Person()
        return wards

    @rule(station=STATIONS, person=PEOPLE, how=st.sampled_from(["discharge", "decide", "left", "remove"]))
    def end(self, station: int, person: int, how: str) -> None:
        if person not in self.views[station][1]:
            return
        truth = self.model.people[person]
        bed, ward = self.views[station][1][person]
        seen = SeenPlace(bed_id=bed, ward_id=ward)
        if truth.admission is None:
            codes = [Code.STATE]
        else:
            codes = self.stale_place(station, person)
            wrong = {"decide": truth.decided, "left": not truth.decided, "remove": truth.ward is None}
            codes += [Code.STATE] if wrong.get(how) else []

        def decide() -> set[int]:
            truth.decided = True
            return {self.model.beds[truth.bed].ward if truth.bed is not None else truth.ward or 0}

        if how == "decide":
            request: Any = DecideDischarge(patient_id=person, seen=seen, outcome=Outcome.STABLE)
            self.act(station, leaving.decide_discharge, request, codes, decide)
        elif how == "left":
            self.act(station, leaving.record_left, RecordLeft(patient_id=person, seen=seen), codes,
                     lambda: self.leave(person))
        elif how == "remove":
            self.act(station, leaving.remove_waiting, RemoveWaiting(patient_id=person, seen=seen, reason="x"), codes,
                     lambda: self.leave(person))
        else:
            request = DischargePatient(patient_id=person, seen=seen, outcome=Outcome.IMPROVED)
            self.act(station, leaving.discharge_patient, request, codes, lambda: self.leave(person))

    @rule(station=STATIONS, bed=BEDS, how=st.sampled_from(["clean", "block", "unblock", "release"]))
    def change_bed(self, station: int, bed: int, how: str) -> None:
        one, seen = self.model.beds[bed], self.views[station][0][bed]
        codes = self.stale_bed(station, bed)

        def change() -> set[int]:
            if how == "clean":
                self.put(bed, RES if one.hold_for else FREE)
            elif how == "block":
                self.put(bed, BLK, blocked_from=one.status)
            elif how == "unblock":
                self.put(bed, one.blocked_from)
            else:
                one.hold_for = None
                if one.status is RES:
                    self.put(bed, FREE)
            return {one.ward}

        if how == "clean":
            codes += [] if one.status is CLEAN else [Code.STATE]
            self.act(station, bed_states.mark_clean, MarkClean(bed=seen), codes, change)
        elif how == "block":
            codes += {OCC: [Code.OCC], BLK: [Code.STATE]}.get(one.status, []) + ([Code.HELD] if one.hold_for else [])
            self.act(station, bed_states.block_bed, BlockBed(bed=seen, reason="mattress"), codes, change)
        elif how == "unblock":
            codes += [] if one.status is BLK else [Code.STATE]
            self.act(station, bed_states.unblock_bed, UnblockBed(bed=seen), codes, change)
        else:
            codes += [] if one.hold_for else [Code.STATE]
            self.act(station, bed_states.release_hold, ReleaseHold(bed=seen), codes, change)

    @rule(station=STATIONS, bed=BEDS, person=PEOPLE)
    def hold(self, station: int, bed: int, person: int) -> None:
        one = self.model.beds[bed]
        codes = self.stale_bed(station, bed) + ([Code.STATE] if self.held(person) is not None else [])
        codes += {OCC: [Code.OCC], BLK: [Code.BLK]}.get(one.status, []) + ([Code.HELD] if one.hold_for else [])

        def change() -> set[int]:
            one.hold_for = person
            if one.status is FREE:
                self.put(bed, RES)
            return {one.ward}

        request = HoldBed(bed=self.views[station][0][bed], patient_id=person,
                          until=datetime.now(UTC) + timedelta(hours=2))
        self.act(station, bed_states.hold_bed, request, codes, change)

    @rule(station=STATIONS, bed=BEDS, how=st.sampled_from(["notes", "remark"]), words=st.sampled_from(["", "x", "y"]))
    def edit(self, station: int, bed: int, how: str, words: str) -> None:
        """Words about the bed stay with it, words about the patient go with her."""
        one, seen = self.model.beds[bed], self.views[station][0][bed]

        def change() -> set[int]:
            if how == "remark":
                one.remark = words
            else:
                self.model.people[one.patient or 0].notes = words
            return {one.ward}

        if how == "remark":
            self.act(station, editing.edit_remark, EditRemark(bed=seen, remark=words), [], change)
        elif seen.patient_id is not None:
            self.act(station, editing.edit_notes, EditNotes(bed=seen, patient_id=seen.patient_id, notes=words),
                     self.stale_bed(station, bed), change)

    @rule(station=STATIONS)
    def undo(self, station: int) -> None:
        if not self.done[station]:
            return
        operation, before, after = self.done[station].pop()
        beds = [n for n in self.model.beds if before.beds[n] != after.beds[n]]
        people = [n for n in self.model.people if before.people[n] != after.people[n]]
        as_left = all(self._bed_key(self.model, n) == self._bed_key(after, n) for n in beds) and all(
            self._person_key(self.model, n) == self._person_key(after, n) for n in people)

        def change() -> set[int]:
            wards = {self.model.beds[n].ward for n in beds}
            for n in beds:
                remark = self.model.beds[n].remark
                self.model.beds[n] = replace(before.beds[n], remark=remark)
            for n in people:
                places = (self.model.people[n], before.people[n])
                wards |= {one.ward for one in places if one.ward is not None}
                wards |= {self.model.beds[one.bed].ward for one in places if one.bed is not None}
                decided, notes = self.model.people[n].decided, self.model.people[n].notes
                self.model.people[n] = copy.deepcopy(before.people[n])
                if before.people[n].decided == after.people[n].decided:
                    self.model.people[n].decided = decided
                if before.people[n].notes == after.people[n].notes:
                    self.model.people[n].notes = notes
                if before.people[n].bed is None:
                    self.model.people[n].notes = ""
            return wards

        self.act(station, undoing.undo_action, UndoAction(undoes=operation), [] if as_left else [Code.STATE], change)

    @rule(seed=st.integers(0, 2**32))
    def busy_hour(self, seed: int) -> None:
        """A dozen actions in a row, so that what takes several to go wrong is reached as well."""
        chance = random.Random(seed)
        for _ in range(12):
            station, bed, person = chance.randrange(2), chance.randint(1, 8), chance.randint(1, 3)
            match chance.randrange(10):
                case 0 | 1:
                    self.admit(station, person, chance.choice([None, bed, bed]), chance.randint(1, 2))
                case 2 | 3:
                    self.place(station, person, bed)
                case 4:
                    self.end(station, person, chance.choice(["discharge", "decide", "left", "remove"]))
                case 5 | 6:
                    self.change_bed(station, bed, chance.choice(["clean", "block", "unblock", "release"]))
                case 7:
                    self.edit(station, bed, chance.choice(["notes", "notes", "remark"]), chance.choice(["", "x", "y"]))
                case 8:
                    self.hold(station, bed, person)
                case _:
                    self.undo(station)
            self.board_equals_model()

    @staticmethod
    def _bed_key(model: Model, n: int) -> tuple[Any, ...]:
        bed = model.beds[n]
        return bed.status, bed.patient, bed.hold_for, bed.since

    @staticmethod
    def _person_key(model: Model, n: int) -> tuple[Any, ...]:
        person = model.people[n]
        return person.admission, person.ward, person.bed

    @invariant()
    def board_equals_model(self) -> None:
        for ward in (1, 2):
            board = reading.read_board(self.store, ACTORS[0], ward)
            for bed in board.beds:
                must_be_same(BED, _shown(bed), self._expected(bed.id), bed.number)
            waiting = {one.person.patient_id for one in board.waiting}
            must_be_same(LIST, waiting, {n for n, one in self.model.people.items() if one.ward == ward})

    def _expected(self, bed: int) -> Shown:
        """What the board must show of a bed."""
        truth = self.model.beds[bed]
        person = self.model.people[truth.patient] if truth.patient is not None else Person()
        return Shown(truth.status, truth.patient, truth.hold_for, person.decided, person.notes, truth.remark)


def _shown(bed: BoardBed) -> Shown:
    occupant = bed.occupant
    return Shown(bed.status, bed.patient_id, bed.hold.person.patient_id if bed.hold and bed.hold.person else None,
                 occupant is not None and occupant.decided_at is not None, occupant.notes if occupant else "",
                 bed.remark)


ACTORS: tuple[Actor, Actor, Actor]
STATION_TWO: Actor


@pytest.fixture(scope="module")
def template(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the small hospital, copied for each run of the machine."""
    path = tmp_path_factory.mktemp("machine") / "hospital.db"
    shutil.copyfile(migrated_file, path)
    store = Store.open(path)
    _remember(make_hospital(store))
    store.close()
    return path


def _remember(hospital: Hospital) -> None:
    global ACTORS, STATION_TWO
    ACTORS = (hospital.nurse, hospital.support, hospital.admin)
    nurse = hospital.nurse
    STATION_TWO = Actor(nurse.user_id, nurse.username, nurse.display_name, nurse.role, "station-2", nurse.ward_ids)


def _machine(open_store: Callable[[], Store]) -> type[Machine]:
    return type("Wards", (Machine,), {"open_store": staticmethod(open_store)})


def _run(machine: type[Machine], examples: int, steps: int = 25) -> None:
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
        report_multiple_bugs=False, phases=[Phase.generate], suppress_health_check=list(HealthCheck)))


@pytest.fixture
def on_sqlite(template: Path, tmp_path: Path) -> Callable[[], Store]:
    """Opens a fresh small hospital on SQLite."""
    count = iter(range(10_000))

    def fresh() -> Store:
        path = tmp_path / f"{next(count)}.db"
        shutil.copyfile(template, path)
        return Store.open(path)

    return fresh


def test_no_difference_on_sqlite(on_sqlite: Callable[[], Store]) -> None:
    _run(_machine(on_sqlite), 30, 12)


def test_no_difference_on_postgresql(servers: Servers) -> None:
    server, name = servers.fresh("pg18")
    store = Store.open(server.station_url(name))
    _remember(make_hospital(store))
    store.close()
    count = iter(range(10_000))

    def fresh() -> Store:
        copied = f"{name}_{next(count)}"
        server.run(f"CREATE DATABASE {copied} TEMPLATE {name}")
        return Store.open(server.url(copied))

    _run(_machine(fresh), 8, 12)


# five planted bugs -------------------------------------------------------------------------------------------


@contextmanager
def _seen_ignored() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SeenBed, "is_stale", lambda _self, _bed: False)
        for module in (placing, leaving):
            patch.setattr(module, "stale_place", lambda _seen, _place: [])
        yield


@contextmanager
def _old_bed_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "leave_bed", lambda _work, bed, _stay, _why: (bed.occupant.notes, False))
        yield


@contextmanager
def _hold_ignored() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "_held_for", lambda _bed, _person: True)
        yield


@contextmanager
def _transition_allowed() -> Iterator[None]:
    """A free bed can be sent to cleaning: the guard lets this pair through, since undo needs it."""
    real = bed_states.clean

    def clean(work: Any, seen: SeenBed) -> None:
        bed = work.bed(seen.bed_id)
        if bed.status is not FREE or seen.is_stale(bed):
            real(work, seen)
            return
        work.write_bed(bed, replace(bed, status=CLEAN, since=work.now))
        work.subject(None, None, bed.id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bed_states, "clean", clean)
        patch.setattr(work_module, "TRANSITIONS", GUARDED)
        yield


@contextmanager
def _event_forgotten() -> Iterator[None]:
    real = append

    def forgetful(transaction: Any, draft: Any, heads: Any) -> None:
        if draft.action != "blocked":
            real(transaction, draft, heads)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work_module, "append", forgetful)
        yield


@contextmanager
def _crash() -> Iterator[None]:
    def crash(*_any: object) -> None:
        raise AssertionError("a bug that shows by itself")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "settle", crash)
        yield


PLANTED: list[tuple[Callable[[], Any], str, object, object]] = [
    # the bug, and what must be found: what differs, what was found, what the model says
    (_seen_ignored, ANSWER, ANY, Code.STALE),
    (_old_bed_kept, ANSWER, Code.STALE, None),  # the database refuses a second bed
    (_hold_ignored, ANSWER, None, Code.HELD),
    (_transition_allowed, ANSWER, None, Code.STATE),
    (_event_forgotten, EVENTS, {1: 0, 2: 0}, ANY),
]


@pytest.mark.parametrize(("planted", "what", "found", "wanted"), PLANTED,
                         ids=[bug.__name__.strip("_") for bug, *_ in PLANTED])
def test_finds_a_planted_bug(on_sqlite: Callable[[], Store], planted: Callable[[], Any], what: str, found: object,
                             wanted: object) -> None:
    with planted(), pytest.raises(Difference) as difference:
        _run(_machine(on_sqlite), 60, 20)
    assert (difference.value.what, difference.value.found, difference.value.wanted) == (what, found, wanted)


def test_a_crash_is_no_finding(on_sqlite: Callable[[], Store]) -> None:
    with _crash(), pytest.raises(AssertionError, match="shows by itself"):
        _run(_machine(on_sqlite), 60, 20)
