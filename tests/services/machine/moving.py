"""Rules of people: admitting anybody, placing, the end of a stay."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.services.machine.base import ANYTHING, BEDS, SEEDS, SOMEBODY, STATIONS, Base
from tests.services.machine.model import NORTH, SOUTH, Identity, Particulars, Person
from wardbeds.domain.beds import Priority
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    CancelAdmission,
    DecideDischarge,
    DischargePatient,
    NewPerson,
    PlacePatient,
    RecordLeft,
    RemoveWaiting,
    Request,
    SwapPatients,
    UnknownPerson,
)
from wardbeds.domain.stays import Feeds, Outcome, Source
from wardbeds.services import admitting, leaving, mending, placing, swapping

MOST_PEOPLE = 9
NUMBERS = ("", "", "T-001", "N-7", "CHB-000003")
NATIONAL_IDS = ("", "", "1198070012345678", "1199080087654321")
ENDS = ("discharge", "decide", "left", "remove", "cancel")
TOMORROW = timedelta(days=2)
"""Surely ahead, in any zone."""


def some_particulars(chance: random.Random, staff: int) -> dict[str, Any]:
    """Some of what can be recorded at admission or changed later, left out or given."""
    today = datetime.now(UTC).date()
    values: dict[str, Any] = {
        "complaint": chance.choice(["", "cough", "pain"]), "needs": chance.choice([(), ("oxygen",), ("cot", "monitor")]),
        "priority": chance.choice(list(Priority)), "specialty": chance.choice(["", "surgery"]),
        "nurse_id": chance.choice([None, staff]), "doctor_id": chance.choice([None, staff]),
        "expected_leaving": chance.choice([None, today + timedelta(days=chance.randint(1, 5))]),
        "feeds": chance.choice([None, *Feeds])}
    return {name: values[name] for name in values if chance.random() < 0.4}


class Moving(Base):
    """Who is admitted, where she lies or waits, and that she goes."""

    def onto(self, station: int, bed: int | None, ward: int, person: int | None) -> tuple[int, list[Code]]:
        """The ward that is meant, and why the bed cannot be had."""
        if bed is None:
            return ward, []
        return self.model.beds[bed].ward, self.stale_bed(station, bed) + self.model.hard(bed, person)

    def send_admission(self, station: int, who: Any, bed: int | None, ward: int, codes: list[Code],
                       chance: random.Random, newly: Identity | None = None, attendant: tuple[str, str] = ("", "")) -> None:
        """Admit ``who`` onto the bed or to the ward's list; ``newly``: as whom she is then registered."""
        source, given = chance.choice(list(Source)), some_particulars(chance, self.actors[0].user_id)
        priority = Priority.EMERGENCY if source is Source.EMERGENCY else Priority.ROUTINE

        def change(done: Done) -> set[int]:
            person: int = who if newly is None else done.patient_id or 0
            if newly is not None:
                self.model.people[person] = Person(newly, attendant)
            one = self.model.people[person]
            one.admission = one.turned = self.model.tick
            one.particulars = Particulars(**{"source": source, "source_text": "x", "priority": priority} | given)
            if bed is None:
                one.ward = ward
                return {ward}
            return self.model.occupy(person, bed)

        request = AdmitPatient(person=who, ward_id=ward, bed=self.seen(station, bed) if bed else None, source=source,
                               source_text="x", override=ANYTHING, **given)
        self.act(station, admitting.admit_patient, request, codes, change)

    @rule(station=STATIONS, who=SOMEBODY, bed=st.none() | BEDS, ward=st.sampled_from([NORTH, SOUTH]), seed=SEEDS)
    def admit(self, station: int, who: int, bed: int | None, ward: int, seed: int) -> None:
        """A registered person."""
        person = self.somebody(who)
        ward, codes = self.onto(station, bed, ward, person)
        codes += [Code.STATE] if self.model.people[person].admission is not None else []
        self.send_admission(station, person, bed, ward, codes, random.Random(seed))

    @rule(station=STATIONS, bed=st.none() | BEDS, ward=st.sampled_from([NORTH, SOUTH]), seed=SEEDS)
    def admit_new(self, station: int, bed: int | None, ward: int, seed: int) -> None:
        """Somebody who was never here, registered in the same step; refused, nobody is registered."""
        if len(self.model.people) >= MOST_PEOPLE:
            return
        chance = random.Random(seed)
        ward, codes = self.onto(station, bed, ward, None)
        new = NewPerson(
            last_name=chance.choice(["Uwase", "Gasana", "UNKNOWN"]), first_name=chance.choice(["", "Aline"]),
            sex=chance.choice(list(Sex)), date_of_birth=some_birth(chance), birth_estimated=chance.random() < 0.3,
            hospital_number=chance.choice(NUMBERS), national_id=chance.choice(NATIONAL_IDS),
            phone=chance.choice(["", "+250788123456"]), attendant_name=chance.choice(["", "Mama Aline"]),
            attendant_phone=chance.choice(["", "+250788654321"]))
        codes += self.model.taken(number=new.hospital_number, national_id=new.national_id) + ahead(new.date_of_birth)
        newly = Identity(new.hospital_number or self.model.next_number(), new.last_name, new.first_name, new.sex,
                         new.date_of_birth, new.birth_estimated, new.national_id, new.phone)
        self.send_admission(station, new, bed, ward, codes, chance, newly, (new.attendant_name, new.attendant_phone))

    @rule(station=STATIONS, bed=st.none() | BEDS, ward=st.sampled_from([NORTH, SOUTH]), seed=SEEDS)
    def admit_unknown(self, station: int, bed: int | None, ward: int, seed: int) -> None:
        """Somebody who cannot say who she is: gets a name that no other unknown person has, and a number."""
        if len(self.model.people) >= MOST_PEOPLE:
            return
        chance = random.Random(seed)
        ward, codes = self.onto(station, bed, ward, None)
        sex, year = chance.choice(list(Sex)), chance.choice([None, 1960])
        newly = Identity(self.model.next_number(), "UNKNOWN", self.model.unknown_name(sex), sex,
                         date(year, 1, 1) if year else None, year is not None)
        self.send_admission(station, UnknownPerson(sex=sex, birth_year=year), bed, ward, codes, chance, newly)

    @rule(station=STATIONS, who=SOMEBODY, bed=BEDS)
    def place(self, station: int, who: int, bed: int) -> None:
        """From the waiting list or from another bed, in any ward."""
        person = self.somebody(who)
        if person not in self.views[station].places:
            return
        truth = self.model.people[person]
        if truth.admission is None:
            codes = [Code.STATE]
        else:
            codes = self.stale_place(station, person) + ([Code.STATE] if truth.bed == bed else [])
        codes += self.stale_bed(station, bed) + self.model.hard(bed, person)
        request = PlacePatient(patient_id=person, seen=self.views[station].places[person],
                               bed=self.seen(station, bed), override=ANYTHING)
        self.act(station, placing.place_patient, request, codes, lambda _done: self.model.occupy(person, bed))

    @rule(station=STATIONS, who=SOMEBODY, bed=BEDS)
    def swap(self, station: int, who: int, bed: int) -> None:
        """With whoever the screen shows in another bed, of any ward."""
        person, view = self.somebody(who), self.views[station]
        own, other = view.places[person].bed_id if person in view.places else None, view.beds[bed].patient_id
        if own is None or other in (None, person) or own == bed:
            return
        codes = self.stale_bed(station, own) + self.stale_bed(station, bed)
        for one, lay, goes_to in ((person, own, bed), (other, bed, own)):
            truth = self.model.people[one]
            codes += [Code.STATE] if truth.admission is None or truth.bed == goes_to else []
            codes += [Code.STALE] if truth.bed != lay else []
        request = SwapPatients(patient_id=person, own=self.seen(station, own), bed=self.seen(station, bed),
                               override=ANYTHING)
        self.act(station, swapping.swap_patients, request, codes, lambda _done: self.model.swap(person, other))

    @rule(station=STATIONS, who=SOMEBODY, how=st.sampled_from(ENDS))
    def end(self, station: int, who: int, how: str) -> None:
        """The admission ends, or it is decided that it will."""
        person = self.somebody(who)
        if person not in self.views[station].places:
            return
        truth, seen = self.model.people[person], self.views[station].places[person]
        if truth.admission is None:
            codes = [Code.STATE]
        else:
            codes = self.stale_place(station, person)
            wrong = {"decide": truth.decided, "left": not truth.decided, "remove": truth.ward is None}
            codes += [Code.STATE] if wrong.get(how) else []

        def decide(_done: Done) -> set[int]:
            truth.decided = True
            return {self.model.beds[truth.bed].ward if truth.bed is not None else truth.ward or 0}

        ways: dict[str, tuple[Callable[..., Done], Request]] = {
            "decide": (leaving.decide_discharge, DecideDischarge(patient_id=person, seen=seen, outcome=Outcome.STABLE)),
            "left": (leaving.record_left, RecordLeft(patient_id=person, seen=seen)),
            "remove": (leaving.remove_waiting, RemoveWaiting(patient_id=person, seen=seen, reason="x")),
            "cancel": (mending.cancel_admission, CancelAdmission(patient_id=person, seen=seen, reason="x")),
            "discharge": (leaving.discharge_patient,
                          DischargePatient(patient_id=person, seen=seen, outcome=Outcome.IMPROVED))}
        self.act(station, *ways[how], codes, decide if how == "decide" else lambda _done: self.model.leave(person),
                 undoable=how != "cancel")


def some_birth(chance: random.Random) -> date | None:
    """A date of birth, not known, known, or a slip of the finger."""
    return chance.choice([None, date(1990, 5, 14), date(2001, 2, 28), datetime.now(UTC).date() + TOMORROW])


def ahead(born: date | None) -> list[Code]:
    """VALUE for a birth that is still to come."""
    return [Code.VALUE] if born is not None and born > datetime.now(UTC).date() + timedelta(days=1) else []
