"""The connection is cut at every message of the protocol: what the nurse is told must be what happened (HAZARDS H6)."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from uuid import UUID

from sqlalchemy import func, select

from tests.support.hospital import Hospital, make_hospital
from tests.support.postgres import Server
from tests.support.proxy import CLIENT, SERVER, Cut, Proxy
from tests.torture.asking import Told, carry_out
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Refusal
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    DischargePatient,
    MarkClean,
    NewPerson,
    PlacePatient,
    RemoveWaiting,
    Request,
    SeenBed,
    SeenPlace,
    UndoAction,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services.admitting import admit_patient
from wardbeds.services.bed_states import mark_clean
from wardbeds.services.leaving import discharge_patient, remove_waiting
from wardbeds.services.placing import place_patient
from wardbeds.services.undoing import undo_action
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.tables import events

KINDS = ("place", "move", "discharge", "admit_new", "undo")
BED, OTHER_BED = "N-1", "S-2"


@dataclass
class Figures:
    """What came out of it. ``false`` are answers that were not so, in words.

    ``found_done``: the answer was lost, and asking again found that it was done.
    """

    rounds: int = 0
    cuts: int = 0
    told: Counter[str] = field(default_factory=Counter)
    doubts: int = 0
    found_done: int = 0
    twice: int = 0
    false: list[str] = field(default_factory=list)

    def broken(self) -> list[str]:
        """What is not as it should be, in words."""
        few = [f"only {self.cuts} cuts in {self.rounds} rounds"] if self.cuts < self.rounds else []
        return self.false + few + ([f"{self.twice} done twice"] if self.twice else [])


@dataclass(frozen=True)
class Plan:
    """One round: which action, whether its connection must be made anew, where it is cut."""

    kind: str
    cold: bool
    cuts: tuple[Cut, ...] = ()


class Ward:
    """One patient who is placed, moved, moved back by undo and discharged again and again, and new people who are
    registered in the same step as they are admitted, over the proxy; all else goes straight."""

    def __init__(self, hospital: Hospital, proxy: Proxy) -> None:
        self.hospital, self.proxy = hospital, proxy
        self.patient = hospital.people[0]
        self.through = Store.open(proxy.url(hospital.store.url))
        self.newcomers = 0
        self.undoes = UUID(int=0)

    def lie(self, kind: str) -> None:
        """Bring the patient where an action of this kind finds her."""
        self._leave()
        self.newcomers += 1
        for number in (BED, OTHER_BED):
            bed = self.hospital.bed(number)
            if bed.status is BedStatus.CLEANING:
                mark_clean(self.hospital.store, self.hospital.nurse, MarkClean(bed=SeenBed.of(bed)))
        bed = self.hospital.bed(BED)
        admit_patient(self.hospital.store, self.hospital.nurse, AdmitPatient(
            person=self.patient, ward_id=self.hospital.wards["North"],
            bed=SeenBed.of(bed) if kind != "place" else None))
        if kind == "undo":
            self.undoes = place_patient(self.hospital.store, self.hospital.nurse, self._move(OTHER_BED)).operation_id

    def _move(self, number: str) -> PlacePatient:
        place = self._place()
        assert place is not None
        return PlacePatient(patient_id=self.patient, bed=SeenBed.of(self.hospital.bed(number)), seen=place)

    def _name(self) -> str:
        """Of the newcomer of this round."""
        return f"Newcomer {self.newcomers}"

    def _leave(self) -> None:
        for one in self.hospital.board().waiting:
            if one.person.last_name.startswith("Newcomer"):
                remove_waiting(self.hospital.store, self.hospital.nurse, RemoveWaiting(
                    patient_id=one.person.patient_id, reason="x", seen=SeenPlace(ward_id=one.ward_id)))
        place = self._place()
        if place is not None:
            discharge_patient(self.hospital.store, self.hospital.nurse, DischargePatient(
                patient_id=self.patient, outcome=Outcome.DISCHARGED, seen=place))

    def _place(self) -> SeenPlace | None:
        for ward in ("North", "South"):
            board = self.hospital.board(ward)
            for bed in board.beds:
                if bed.patient_id == self.patient:
                    return SeenPlace(bed_id=bed.id)
            if any(one.person.patient_id == self.patient for one in board.waiting):
                return SeenPlace(ward_id=board.ward.id)
        return None

    def make(self, kind: str) -> tuple[Callable[..., Done], Request]:
        """The action as the screen makes it."""
        place = self._place()
        assert place is not None
        if kind == "discharge":
            return discharge_patient, DischargePatient(patient_id=self.patient, outcome=Outcome.DISCHARGED, seen=place)
        if kind == "undo":
            return undo_action, UndoAction(undoes=self.undoes)
        if kind == "admit_new":
            return admit_patient, AdmitPatient(ward_id=self.hospital.wards["North"], person=NewPerson(
                last_name=self._name(), sex=Sex.FEMALE))
        return place_patient, self._move(BED if kind == "place" else OTHER_BED)

    def is_done(self, kind: str) -> bool:
        """Whether the tables say that the action was carried out."""
        place = self._place()
        if kind == "discharge":
            return place is None
        if kind == "admit_new":
            return sum(one.person.last_name == self._name() for one in self.hospital.board().waiting) == 1
        return place is not None and place.bed_id == self.hospital.beds[OTHER_BED if kind == "move" else BED]

    def act(self, plan: Plan) -> tuple[Told, int, Request]:
        """Carry the plan out; returns what was told, how often it was in doubt, and the request."""
        self.lie(plan.kind)
        service, request = self.make(plan.kind)
        if plan.cold:
            self.through.engine.dispose()
        else:
            with self.through.reading() as connection:
                connection.exec_driver_sql("SELECT 1")
        self.proxy.arm(*plan.cuts)
        told, doubts = carry_out(service, self.through, self.hospital.nurse, request)
        return told, doubts, request


def count_messages(ward: Ward) -> dict[tuple[str, bool, str], int]:
    """How many messages each side sends for each action, on a warm and on a cold connection."""
    found = {}
    for kind, cold in product(KINDS, (False, True)):
        ward.through.engine.dispose()  # as after a cut: nothing is prepared yet, which makes the most messages
        ward.act(Plan(kind, cold=cold))
        for side in (CLIENT, SERVER):
            found[kind, cold, side] = ward.proxy.counts[side]
    return found


def all_plans(counts: dict[tuple[str, bool, str], int]) -> Iterator[Plan]:
    """A cut at each message of each action, in each way."""
    for (kind, cold, side), most in counts.items():
        for at, handed_on, reset in product(range(1, most + 1), (False, True), (False, True)):
            yield Plan(kind, cold, (Cut(side, at, handed_on, reset),))


def choose_plans(counts: dict[tuple[str, bool, str], int], rounds: int, seed: int) -> list[Plan]:
    """``rounds`` plans, spread over all there are; every fifth is cut a second time while it recovers.

    The last messages are always among them: there the COMMIT is on its way, and its answer is lost. Some of them are
    cut again and again, until the program itself no longer knows and whoever asked has to ask again.
    """
    chance, plans = random.Random(seed), [*all_plans(counts)]
    first = seed % len(plans)
    again = Cut(CLIENT, 2, False, False)
    last = [Plan("place", False, (Cut(CLIENT, counts["place", False, CLIENT] - back, handed_on, False), *more))
            for back, handed_on, more in product(range(3), (False, True), ((), (again, again)))]
    chosen = [plans[(first + n * len(plans) // rounds) % len(plans)] for n in range(rounds - len(last))] + last
    chosen = [_with_second(plan, chance, counts) if n % 5 == 4 else plan for n, plan in enumerate(chosen)]
    chance.shuffle(chosen)
    return chosen


def _with_second(plan: Plan, chance: random.Random, counts: dict[tuple[str, bool, str], int]) -> Plan:
    """The second cut falls into what the program does about the first."""
    side = chance.choice([CLIENT, SERVER])
    second = Cut(side, chance.randint(1, counts[plan.kind, True, side]), chance.random() < 0.5, chance.random() < 0.5)
    return Plan(plan.kind, plan.cold, (*plan.cuts, second))


def cut_rounds(server: Server, database: str, rounds: int, seed: int = 1) -> Figures:
    """Cut ``rounds`` times in a fresh, migrated database; judge every answer by the database."""
    figures = Figures()
    hospital, proxy = make_hospital(Store.open(server.url(database))), Proxy(server.port)
    ward = Ward(hospital, proxy)
    refused: list[str] = []
    try:
        for plan in choose_plans(count_messages(ward), rounds, seed):
            told, doubts, request = ward.act(plan)
            figures.cuts += proxy.happened
            proxy.arm()
            _wait_until_calm(hospital.store)
            _judge(figures, ward, plan, told, request)
            figures.doubts += doubts
            if not isinstance(told, Done):
                refused.append(str(request.operation_id))
        _judge_in_the_end(figures, hospital.store, refused)
    finally:
        ward.through.close()
        proxy.stop()
        hospital.store.close()
    return figures


def _wait_until_calm(store: Store) -> None:
    """The server may still be at work for a client that is gone: what it does counts as well."""
    busy = ("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state <> 'idle'")
    for _ in range(2000):
        with store.reading() as connection:
            if connection.exec_driver_sql(busy).scalar() == 0:
                return
        time.sleep(0.005)
    raise AssertionError("the server is still at work for clients that are gone")


def _judge(figures: Figures, ward: Ward, plan: Plan, told: Told, request: Request) -> None:
    figures.rounds += 1
    word = "done" if isinstance(told, Done) else f"{type(told).__name__} {told}"
    figures.told[word.split(" ")[0]] += 1
    with ward.hospital.store.reading() as connection:
        most = max(connection.scalars(
            select(func.count()).where(events.c.operation_id == str(request.operation_id))
            .group_by(events.c.stream_id)), default=0)
    figures.twice += most > 1
    figures.found_done += isinstance(told, Done) and told.repeated
    there = ward.is_done(plan.kind)
    if (most > 0, there) != (isinstance(told, Done),) * 2:
        figures.false.append(f"{plan}: told {word}, events {most}, in the tables {there}")
    if isinstance(told, Refusal):  # nobody else is there who could be a reason
        figures.false.append(f"{plan}: refused with {told}")


def _judge_in_the_end(figures: Figures, store: Store, refused: list[str]) -> None:
    """What was not done must not have been done later either, and the whole database must be sound."""
    with store.reading() as connection:
        late = connection.scalars(select(events.c.operation_id).where(events.c.operation_id.in_(refused))).all()
        figures.false += [f"{one} was done after it had been told that it was not" for one in late]
        figures.false += [f"db check: {one}" for one in check(connection)]

