"""The house that is raced in: four wards of five beds, 25 people, a nurse and an administrator."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.requests import NewPerson
from wardbeds.services import accounts, setup
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.register import insert_user

WARDS, BEDS_EACH, PEOPLE = 4, 5, 25


@dataclass
class House:
    """Ids of what is in it; ``spare`` are beds that are taken out of use and back, besides the 20."""

    wards: list[int]
    people: list[int]
    spare: list[int]
    nurse: int
    admin: int

    def actor(self, role: Role, station: str) -> Actor:
        """Somebody of that role at a station."""
        user_id = self.admin if role is Role.ADMIN else self.nurse
        return Actor(user_id, role.value, role.value, role, station, frozenset(self.wards))

    def save(self, path: Path) -> None:
        """Write it where clients find it."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> House:
        """What :meth:`save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def make_house(store: Store) -> House:
    """Wards 1 and 3 clean after each patient, 2 and 4 do not."""
    actor = accounts.system_actor("setup")
    house = House([], [], [], 0, 0)

    def build(connection: Any) -> None:
        transaction = begin(connection, actor.user_id, Needs(house=True))
        now = datetime.now(UTC)
        house.nurse = insert_user(connection, "nurse", Role.MEDICAL_STAFF, now)
        house.admin = insert_user(connection, "chief", Role.ADMIN, now)
        for ward in range(1, WARDS + 1):
            ward_id = setup.add_ward(transaction, actor, {
                "name": f"Ward {ward}", "code": f"W{ward}", "cleaning_step": ward % 2 == 1, "sex_policy": "any"})
            house.wards.append(ward_id)
            rooms = [registry.insert_room(transaction, ward_id, f"{ward}{letter}", "any") for letter in "AB"]
            for n in range(1, BEDS_EACH + 1):
                setup.add_bed(transaction, actor, {"ward_id": ward_id, "room_id": rooms[n > 3],
                                                   "bed_number": f"{ward}-{n}"})
            house.spare.append(setup.add_bed(transaction, actor, {
                "ward_id": ward_id, "room_id": rooms[1], "bed_number": f"{ward}-spare", "is_active": False}))
        for n in range(1, PEOPLE + 1):
            house.people.append(setup.add_person(transaction, actor, NewPerson(
                last_name=f"Person{n}", first_name="Test", sex=Sex.FEMALE if n % 2 else Sex.MALE,
                date_of_birth=date(1970, 1, n), hospital_number=f"R-{n:03d}")))

    run_all(store, build)
    return house
