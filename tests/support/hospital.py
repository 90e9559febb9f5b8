"""A small hospital for tests: two wards with four beds each, three people, a nurse, support staff, an administrator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wardbeds.domain.beds import Bed, WardBoard
from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.requests import NewPerson
from wardbeds.services import accounts, reading, setup
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store

PASSWORD = "four-green-beds"  # an invented one


@dataclass
class Hospital:
    """What the tests need to hand."""

    store: Store
    wards: dict[str, int]
    beds: dict[str, int]
    people: list[int]
    nurse: Actor
    support: Actor
    admin: Actor

    def at(self, store: Store) -> Hospital:
        """The same hospital in a copy of its database: what a test adds is not in anybody else's."""
        return replace(self, store=store, wards=dict(self.wards), beds=dict(self.beds), people=list(self.people))

    def board(self, ward: str = "North", actor: Actor | None = None) -> WardBoard:
        """The ward as somebody sees it now."""
        return reading.read_board(self.store, actor or self.nurse, self.wards[ward])

    def bed(self, number: str, actor: Actor | None = None) -> Bed:
        """A bed, by its number: N-1 to N-4 and S-1 to S-4."""
        ward = "North" if number.startswith("N") else "South"
        return next(bed for bed in self.board(ward, actor).beds if bed.number == number)


def make_hospital(store: Store) -> Hospital:
    """North cleans after each patient, South does not."""
    actor = accounts.system_actor("setup")
    wards: dict[str, int] = {}
    beds: dict[str, int] = {}
    people: list[int] = []

    def build(connection: Any) -> None:
        transaction = begin(connection, actor.user_id, Needs(house=True))
        for name, step in (("North", True), ("South", False)):
            wards[name] = setup.add_ward(transaction, actor, {"name": name, "code": name[0], "cleaning_step": step,
                                                              "sex_policy": "by_room"})
            rooms = [registry.insert_room(transaction, wards[name], f"{name[0]}{n}", policy)
                     for n, policy in ((1, "any"), (2, "same"))]
            for n in range(1, 5):
                number = f"{name[0]}-{n}"
                beds[number] = setup.add_bed(transaction, actor, {
                    "ward_id": wards[name], "room_id": rooms[(n - 1) // 2], "bed_number": number})
        for n, (last, first, sex) in enumerate((("Uwimana", "Claire", Sex.FEMALE), ("Kabera", "", Sex.MALE),
                                                ("Mugisha", "Eric", Sex.MALE)), 1):
            people.append(setup.add_person(transaction, actor, NewPerson(
                last_name=last, first_name=first, sex=sex, date_of_birth=date(1980 + n, 2, n),
                hospital_number=f"T-00{n}")))

    run_all(store, build)
    staff = {}
    for name, role in (("nurse", Role.MEDICAL_STAFF), ("support", Role.SUPPORT_STAFF), ("admin", Role.ADMIN)):
        accounts.add_user(store, actor, accounts.NewUser(name, role, name.title(), "Test", ("North",),
                                                         password=PASSWORD))
        staff[name] = accounts.sign_in(store, name, PASSWORD, "station-1")
    return Hospital(store, wards, beds, people, staff["nurse"], staff["support"], staff["admin"])


def add_ward(hospital: Hospital, name: str, beds: dict[str, tuple[str, ...]], room_policy: str = "any",
             **values: Any) -> int:
    """One more ward with one room; ``beds``: what each one has. Returns its id."""
    actor = accounts.system_actor("setup")
    made: list[int] = []

    def build(connection: Any) -> None:
        transaction = begin(connection, actor.user_id, Needs(house=True))
        ward_id = setup.add_ward(transaction, actor, {"name": name, "code": name[:2], "cleaning_step": True,
                                                      "sex_policy": "any", **values})
        room = registry.insert_room(transaction, ward_id, f"{name} 1", room_policy)
        for number, features in beds.items():
            setup.add_bed(transaction, actor, {"ward_id": ward_id, "room_id": room, "bed_number": number,
                                               "features": ";".join(features)})
        made.append(ward_id)

    run_all(hospital.store, build)
    return made[0]
