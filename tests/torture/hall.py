"""A house for many stations at once: equal wards, and people who are moved round in them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, NewPerson, Override, SeenBed
from wardbeds.services import accounts, reading, setup
from wardbeds.services.admitting import admit_patient
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.register import insert_user

PASSWORD = "four-green-beds"  # an invented one
ANYWAY = Override(warnings=tuple(Warned), reason="of all the people here many have like names")


@dataclass
class Hall:
    """Ids of what is in it. ``people`` by ward: each lies in a bed of that ward."""

    nurse: int
    wards: list[int]
    people: dict[str, list[int]]

    def actor(self, station: str) -> Actor:
        """The nurse at that station."""
        return Actor(self.nurse, "nurse", "Nurse", Role.MEDICAL_STAFF, station, frozenset(self.wards))

    def save(self, path: Path) -> None:
        """Write it where other processes find it."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Hall:
        """What :meth:`save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def make_hall(store: Store, wards: int, beds: int, people: int) -> Hall:
    """``wards`` wards of ``beds`` beds, in each ``people`` people in its first beds."""
    system = accounts.system_actor("setup")
    hall = Hall(0, [], {})

    def build(connection: Any) -> None:
        transaction = begin(connection, system.user_id, Needs(house=True))
        hall.nurse = insert_user(connection, "nurse", Role.MEDICAL_STAFF, datetime.now(UTC))
        for n in range(1, wards + 1):
            ward_id = setup.add_ward(transaction, system, {
                "name": f"Ward {n:02d}", "code": f"W{n}", "cleaning_step": False, "sex_policy": "any"})
            hall.wards.append(ward_id)
            rooms = [registry.insert_room(transaction, ward_id, f"{n}-{letter}", "any") for letter in "ABCDEF"]
            for bed in range(beds):
                setup.add_bed(transaction, system, {"ward_id": ward_id, "room_id": rooms[bed * 6 // beds],
                                                    "bed_number": f"{n}-{bed + 1:02d}"})
            hall.people[str(ward_id)] = [setup.add_person(transaction, system, NewPerson(
                last_name=f"Person{n}", first_name=f"No{one}", sex=Sex.FEMALE, date_of_birth=date(1970, 1, 1 + one),
                hospital_number=f"H-{n:02d}-{one:02d}")) for one in range(people)]

    run_all(store, build)
    _fill(store, hall)
    accounts.add_user(store, system, accounts.NewUser("anna", Role.MEDICAL_STAFF, "Anna", "Nurse", ("Ward 01",),
                                                      password=PASSWORD))
    return hall


def _fill(store: Store, hall: Hall) -> None:
    actor = hall.actor("setup")
    for ward_id in hall.wards:
        beds = reading.read_board(store, actor, ward_id).beds
        for person, bed in zip(hall.people[str(ward_id)], beds, strict=False):
            admit_patient(store, actor, AdmitPatient(person=person, ward_id=ward_id, bed=SeenBed.of(bed),
                                                    override=ANYWAY))
