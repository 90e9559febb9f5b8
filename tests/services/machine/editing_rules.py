"""Rules of what is written: about a bed, about its occupant, at admission, and who a person is."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.services.machine.base import BEDS, SEEDS, SOMEBODY, STATIONS, Base
from tests.services.machine.model import HOUSE
from tests.services.machine.moving import NATIONAL_IDS, NUMBERS, ahead, some_birth, some_particulars
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import EditAdmission, EditIdentity, EditNotes, EditRemark
from wardbeds.services import editing

WORDS = st.sampled_from(["", "x", "y"])


class EditingRules(Base):
    """Words about the bed stay with it, words about the patient go with her."""

    @rule(station=STATIONS, bed=BEDS, words=WORDS)
    def remark(self, station: int, bed: int, words: str) -> None:
        """About the bed."""
        one = self.model.beds[bed]

        def change(_done: Done) -> set[int]:
            one.remark = words
            return {one.ward}

        seen = self.views[station].beds[bed].remark
        request = EditRemark(bed=self.seen(station, bed), seen_remark=seen, remark=words)
        codes = [] if seen == one.remark else [Code.STALE]
        self.act(station, editing.edit_remark, request, codes, change, undoable=False)

    @rule(station=STATIONS, bed=BEDS, words=WORDS, shared=st.booleans())
    def note(self, station: int, bed: int, words: str, shared: bool) -> None:
        """About whom the station shows in the bed."""
        seen = self.views[station].beds[bed]
        if seen.occupant is None or seen.patient_id is None:
            return
        person = seen.patient_id

        def change(_done: Done) -> set[int]:
            self.model.people[person].notes = (words, shared)
            return {self.model.beds[bed].ward}

        notes = (seen.occupant.notes, seen.occupant.notes_shared)
        codes = self.stale_bed(station, bed) or ([] if notes == self.model.people[person].notes else [Code.STALE])
        request = EditNotes(bed=self.seen(station, bed), patient_id=person, seen_notes=notes[0], seen_shared=notes[1],
                            notes=words, shared=shared)
        self.act(station, editing.edit_notes, request, codes, change, undoable=False)

    @rule(station=STATIONS, who=SOMEBODY, seed=SEEDS)
    def admission(self, station: int, who: int, seed: int) -> None:
        """Leaving day, needs, priority, who is responsible, meals, attendant: only what is given changes."""
        person, view = self.somebody(who), self.views[station]
        if person not in view.admissions:
            return
        chance, truth = random.Random(seed), self.model.people[person]
        given = some_particulars(chance, self.actors[0].user_id)
        attendant = {name: chance.choice(["", "Papa"]) for name in ("attendant_name", "attendant_phone")
                     if chance.random() < 0.4}

        def change(_done: Done) -> set[int]:
            truth.particulars = replace(truth.particulars, **given)
            name, phone = truth.attendant
            truth.attendant = (attendant.get("attendant_name", name), attendant.get("attendant_phone", phone))
            return {self.model.beds[truth.bed].ward if truth.bed is not None else truth.ward or 0}

        codes = []
        if truth.admission is None:
            codes = [Code.STATE]
        elif self.admission_ids[truth.admission] != view.admissions[person]:
            codes = [Code.STALE]
        request = EditAdmission(patient_id=person, admission_id=view.admissions[person], **given, **attendant)
        self.act(station, editing.edit_admission, request, codes, change, undoable=False)

    @rule(station=STATIONS, who=SOMEBODY, seed=SEEDS)
    def identity(self, station: int, who: int, seed: int) -> None:
        """Who she is: boards that show her are told, whether she lies there, waits, or has a bed kept for her."""
        person, view = self.somebody(who), self.views[station]
        if person not in view.people:
            return
        truth, given = self.model.people[person], some_identity(random.Random(seed))
        number = given.get("hospital_number", "")

        def change(_done: Done) -> set[int]:
            truth.identity = replace(truth.identity, **given)
            return {HOUSE} | self.model.wards_of(person)

        seen = view.people[person].hospital_number
        codes = [Code.STALE] if seen != truth.identity.hospital_number else []
        codes += self.model.taken(number=number, national_id=given.get("national_id", ""), but=person)
        codes += ahead(given.get("date_of_birth"))
        request = EditIdentity(patient_id=person, seen_hospital_number=seen, **given)
        self.act(station, editing.edit_identity, request, codes, change, undoable=False)


def some_identity(chance: random.Random) -> dict[str, Any]:
    """Some of what says who somebody is."""
    values: dict[str, Any] = {
        "last_name": chance.choice(["Uwera", "Uwimana"]), "first_name": chance.choice(["", "Alice"]),
        "sex": chance.choice(list(Sex)), "date_of_birth": some_birth(chance),
        "birth_estimated": chance.random() < 0.5, "hospital_number": chance.choice([one for one in NUMBERS if one]),
        "national_id": chance.choice(NATIONAL_IDS), "phone": chance.choice(["", "+250788000000"])}
    return {name: values[name] for name in values if chance.random() < 0.4}
