"""What all rules stand on: two stations that see what they saw, asking a service, and comparing with the model."""

from __future__ import annotations

import copy
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import func, select

from tests.services.machine.model import HOUSE, NORTH, SOUTH, Hold, Identity, Model, Particulars, Person, small_hospital
from tests.support.difference import must_be_same
from wardbeds.domain.beds import Bed, BedStatus, Priority, Waiting
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import Actor
from wardbeds.domain.people import Person as Shown
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import Override, SeenBed, SeenPlace
from wardbeds.domain.stays import AdmissionDetail
from wardbeds.services import reading
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.tables import patients, streams

ANSWER, EVENTS, UPDATES, REPEATED, LAST_ACTION = "answer", "events by stream", "wards told of", "repeated", "last action"
BED, LIST, ADMISSION, PEOPLE, NUMBER = "bed", "waiting list", "admission", "people", "next hospital number"
INVARIANTS = "invariants"
"""What can differ: the refusal or none, which ward got an event, what the board shows, what ``db check`` says."""

ANYTHING = Override(warnings=tuple(Warned), reason="test")
BEDS, STATIONS = st.integers(1, 8), st.integers(0, 1)
SEEDS = st.binary(min_size=8, max_size=8).map(int.from_bytes)
"""Every one as likely: small numbers, which integers prefer, would give the same hour again and again."""
SOMEBODY = st.integers(0, 9)
"""A person, counted among those that are registered by then."""

_URGENCY = {Priority.EMERGENCY: 0, Priority.URGENT: 1, Priority.ROUTINE: 2}


@dataclass
class View:
    """What a station's screen shows: beds and waiting lists as last read, or told of by its own actions."""

    beds: dict[int, Bed] = field(default_factory=dict)
    waiting: dict[int, tuple[Waiting, ...]] = field(default_factory=dict)

    def learn(self, ward: int, beds: Iterable[Bed], waiting: tuple[Waiting, ...]) -> None:
        """Show these beds and this list from now on."""
        self.beds |= {bed.id: bed for bed in beds}
        self.waiting[ward] = waiting

    def _shown(self) -> Iterator[tuple[Shown, SeenPlace, int]]:
        for ward, waiting in self.waiting.items():
            for one in waiting:
                yield one.person, SeenPlace(ward_id=ward), one.admission_id
        for bed in self.beds.values():
            if bed.occupant is not None:
                yield bed.occupant.person, SeenPlace(bed_id=bed.id), bed.occupant.admission_id

    @property
    def places(self) -> dict[int, SeenPlace]:
        """Where each person on the screen is."""
        return {person.patient_id: place for person, place, _ in self._shown()}

    @property
    def admissions(self) -> dict[int, int]:
        """The admission of each person on the screen."""
        return {person.patient_id: admission_id for person, _, admission_id in self._shown()}

    @property
    def people(self) -> dict[int, Shown]:
        """Who each person on the screen is said to be."""
        return {person.patient_id: person for person, _, _ in self._shown()}


class BedLine(NamedTuple):
    """A bed as the board shows it, as far as the model knows of it."""

    status: BedStatus
    who: tuple[object, ...] | None
    hold: tuple[int | None, str] | None
    decided: bool
    notes: tuple[str, bool]
    remark: str
    reason: str


class Base(RuleBasedStateMachine):
    """Acts through the services as two stations, and says beforehand what must happen."""

    open_store: Callable[[], Store]
    actors: tuple[Actor, Actor]
    reached: Counter[tuple[str, Code | None]]

    def __init__(self) -> None:
        super().__init__()
        self.store = type(self).open_store()
        self.model = small_hospital()
        self.done: list[list[tuple[Done, Model, Model]]] = [[], []]
        self.views = [View(), View()]
        self.admission_ids: dict[int, int] = {}

    def teardown(self) -> None:
        """All is sound, and nobody is registered whom the model does not know."""
        if sys.exc_info()[0] is None:  # else what went wrong first is told
            with self.store.reading() as connection:
                must_be_same(INVARIANTS, check(connection), [])
                numbers = set(connection.scalars(select(patients.c.hospital_number)))
            must_be_same(PEOPLE, numbers, {one.identity.hospital_number for one in self.model.people.values()})
        self.store.close()

    # what the stations see -----------------------------------------------------------------------------------

    def see(self, station: int) -> None:
        """The station's screen is read anew; until then it shows what was."""
        for ward in (NORTH, SOUTH):
            board = reading.read_board(self.store, self.actors[station], ward)
            self.views[station].learn(ward, board.beds, board.waiting)

    def seen(self, station: int, bed: int) -> SeenBed:
        """The bed as the station shows it."""
        return SeenBed.of(self.views[station].beds[bed])

    def somebody(self, n: int) -> int:
        """The n-th registered person, from the first again after the last."""
        people = sorted(self.model.people)
        return people[n % len(people)]

    def stale_bed(self, station: int, bed: int) -> list[Code]:
        """STALE where state, occupant or hold is no longer as seen."""
        seen, truth = self.views[station].beds[bed], self.model.beds[bed]
        seen_hold = (seen.hold.person.patient_id if seen.hold.person else None, seen.hold.text) if seen.hold else None
        hold = (truth.hold.person, truth.hold.text) if truth.hold else None
        same = (seen.status, seen.patient_id, seen_hold) == (truth.status, truth.patient, hold)
        return [] if same else [Code.STALE]

    def stale_place(self, station: int, person: int) -> list[Code]:
        """STALE where the person is no longer as seen."""
        seen, truth = self.views[station].places[person], self.model.people[person]
        return [Code.STALE] if (seen.bed_id, seen.ward_id) != (truth.bed, truth.ward) else []

    # acting --------------------------------------------------------------------------------------------------

    def act(self, station: int, service: Callable[..., Done], request: Any, codes: list[Code],
            change: Callable[[Done], set[int]], *, undoable: bool = True) -> None:
        """Run a service; it must be refused with the first code by precedence, or do what the model does."""
        wanted = min(codes, key=list(Code).index) if codes else None
        before, revisions = copy.deepcopy(self.model), self.revisions()
        self.reached[service.__name__, wanted] += 1
        try:
            done = service(self.store, self.actors[station], request)
        except Refused as error:
            must_be_same(ANSWER, error.refusal.code, wanted, request)
            must_be_same(EVENTS, self.revisions(), revisions, request)
            return
        must_be_same(ANSWER, None, wanted, request)
        self.model.tick += 1
        wards = change(done)
        after = self.revisions()
        must_be_same(EVENTS, {ward: after[ward] - revisions[ward] for ward in revisions},
                     {ward: int(ward in wards) for ward in revisions}, request)
        must_be_same(UPDATES, {update.ward_id for update in done.updates}, wards - {HOUSE}, request)
        if undoable:
            self.done[station].append((done, before, copy.deepcopy(self.model)))
        again = service(self.store, self.actors[station], request)
        must_be_same(REPEATED, again.repeated, True, request)
        must_be_same(EVENTS, self.revisions(), after, request)
        for update in done.updates:  # one's own change is on one's own screen at once; what else happened is not
            self.views[station].learn(update.ward_id, update.beds, update.waiting)

    def revisions(self) -> dict[int, int]:
        """The revision of each ward's stream, and of the house's."""
        with self.store.reading() as connection:
            rows = connection.execute(select(func.coalesce(streams.c.ward_id, HOUSE), streams.c.revision)
                                      .where(streams.c.kind != "access")).all()
        return {ward: revision for ward, revision in rows}

    # comparing -----------------------------------------------------------------------------------------------

    @invariant()
    def board_equals_model(self) -> None:
        """Beds, waiting lists, admissions and who people are."""
        for ward in (NORTH, SOUTH):
            board = reading.read_board(self.store, self.actors[0], ward)
            for bed in board.beds:
                must_be_same(BED, _line(bed), self._expected(bed.id), bed.number)
            must_be_same(LIST, [_who(one.person) for one in board.waiting], self._waiting(ward))
        for n, person in self.model.people.items():
            if person.admission is not None:
                self._admission_equals_model(n, person)
        number = reading.next_hospital_number(self.store, self.actors[0])
        must_be_same(NUMBER, number, self.model.next_number())

    def _expected(self, bed: int) -> BedLine:
        truth = self.model.beds[bed]
        person = self.model.people[truth.patient] if truth.patient is not None else None
        return BedLine(
            truth.status, _known(truth.patient, person) if person and truth.patient else None,
            _kept(truth.hold), person.decided if person else False, person.notes if person else ("", False),
            truth.remark, truth.reason if truth.status is BedStatus.MAINTENANCE else "")

    def _waiting(self, ward: int) -> list[tuple[object, ...]]:
        """The most urgent first, then who was admitted first."""
        here = [(n, one) for n, one in self.model.people.items() if one.ward == ward]
        here.sort(key=lambda pair: (_URGENCY[pair[1].particulars.priority], pair[1].admission))
        return [_known(n, one) for n, one in here]

    def _admission_equals_model(self, n: int, person: Person) -> None:
        found = reading.read_admission(self.store, self.actors[0], n)
        kept = self.admission_ids.setdefault(person.admission or 0, found.admission_id)
        place = (found.bed_id, None if found.bed_id is not None else found.ward_id)
        must_be_same(ADMISSION, (found.admission_id, place, _identity(found), _particulars(found),
                                 (found.attendant_name, found.attendant_phone), found.decided_at is not None),
                     (kept, (person.bed, person.ward), person.identity, person.particulars, person.attendant,
                      person.decided), n)


def _line(bed: Bed) -> BedLine:
    occupant, hold = bed.occupant, bed.hold
    return BedLine(
        bed.status, _who(occupant.person) if occupant else None,
        (hold.person.patient_id if hold.person else None, hold.text) if hold else None,
        occupant is not None and occupant.decided_at is not None,
        (occupant.notes, occupant.notes_shared) if occupant else ("", False), bed.remark, bed.block_reason)


def _kept(hold: Hold | None) -> tuple[int | None, str] | None:
    return (hold.person, hold.text) if hold is not None else None


def _who(person: Shown) -> tuple[object, ...]:
    return (person.patient_id, person.hospital_number, person.last_name, person.first_name, person.sex,
            person.date_of_birth, person.birth_estimated)


def _known(n: int, person: Person) -> tuple[object, ...]:
    one = person.identity
    return (n, one.hospital_number, one.last_name, one.first_name, one.sex, one.date_of_birth, one.birth_estimated)


def _identity(found: AdmissionDetail) -> Identity:
    person = found.person
    return Identity(person.hospital_number, person.last_name, person.first_name, person.sex, person.date_of_birth,
                    person.birth_estimated, found.national_id, found.phone)


def _particulars(found: AdmissionDetail) -> Particulars:
    return Particulars(found.source, found.source_text, found.complaint, found.needs, found.priority, found.specialty,
                       found.nurse_id, found.doctor_id, found.expected_leaving, found.feeds)
