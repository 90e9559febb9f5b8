"""An invented hospital to try the program on: wards, beds, people, and ten days of comings and goings.

The demo has a database of its own, which knows that it is one; everything is written through the same services as in
a real hospital.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wardbeds.domain.people import Actor, Role
from wardbeds.services import setup
from wardbeds.services.accounts import NewUser, add_user, system_actor
from wardbeds.services.demo_people import COLLEAGUES, Colleague, People, add_colleagues, staff_id
from wardbeds.services.demo_stays import DemoWard, Plan, Staff, fill_ward
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure
from wardbeds.store.transaction import Transaction
from wardbeds.store.values import read_values, write_value

STATION = "demo"
_Made = tuple[int, list[tuple[int, str]]]
"""A ward's id and its beds, each with its room's policy."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo, shown on its sign-in page only."""

    username: str
    password: str
    role: Role
    first_name: str
    last_name: str
    wards: tuple[str, ...]
    text: str


ACCOUNTS = (
    DemoAccount("mukamana", "demo-nurse", Role.MEDICAL_STAFF, "Nadine", "Mukamana", ("Internal Medicine A",), "Nurse"),
    DemoAccount("habineza", "demo-support", Role.SUPPORT_STAFF, "Jean", "Habineza", ("Internal Medicine A",),
                "Support"),
    DemoAccount("uwera", "demo-admin", Role.ADMIN, "Alice", "Uwera", (), "Administrator"),
    DemoAccount("gatera", "demo-manager", Role.HOSPITAL_MANAGER, "Paul", "Gatera", (), "Manager"),
    DemoAccount("kayitesi", "demo-kitchen", Role.CHEF, "Vestine", "Kayitesi", (), "Kitchen"),
    DemoAccount("mukeshimana", "demo-attendant", Role.CAREGIVER, "Rose", "Mukeshimana", (), "Attendant"),
    DemoAccount("ndayishimiye", "demo-patient", Role.PATIENT, "Claude", "Ndayishimiye", (), "Patient"),
)

_WARDS = (
    Plan("Internal Medicine A", "IM-A", (
        ("A", "female", 6), ("B", "male", 6), ("C", "female", 6), ("D", "male", 4), ("S", "any", 2), ("E", "female", 6),
        ("F", "male", 6), ("G", "female", 4)), specialty="internal medicine", age_policy="adult",
        going=(6, 13)),
    Plan("Intensive Care", "ICU", (("ICU", "any", 6),), free=5, features="oxygen;monitor;ventilator",
         unknown=0),
    Plan("Maternity", "MAT", (("M1", "female", 8), ("M2", "female", 8), ("M3", "female", 8)), free=0,
          specialty="obstetrics"),
    Plan("Paediatrics", "PED", (("P1", "any", 8), ("P2", "any", 8), ("P3", "any", 6)), age_policy="child",
          attendants=True, specialty="paediatrics", moved=(0, 2)),
    Plan("Surgery", "SUR", (
        ("1", "male", 8), ("2", "female", 8), ("3", "same", 4), ("S1", "any", 1), ("S2", "any", 1)),
        cleaning_step=False, specialty="surgery", free=6, staffed=10, going=(6,)),
)
WARD_NAMES = tuple(plan.name for plan in _WARDS)
"""The wards of the demo."""
MADE_AT = "demo_made_at"
STALE = timedelta(hours=20)


def is_stale(store: Store) -> bool:
    """Whether the demo was made on another day, so that its people would all have been waiting since, or only half."""
    with store.reading() as connection:
        values = read_values(connection)
    made = values.get(MADE_AT)
    if made is None:
        return values.get("demo") == "yes"
    return datetime.now(UTC) - datetime.fromisoformat(made) > STALE


def open_demo(path: Path) -> Store:
    """The demo in this file, made if it is not there, made anew if it is of another day."""
    store = Store.open(ensure(path))
    if is_stale(store):
        store.close()
        for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            part.unlink(missing_ok=True)
        store = Store.open(ensure(path))
    fill(store)
    return store


def fill(store: Store) -> None:
    """Fill an empty demo database; one that is filled is left as it is."""
    with store.reading() as connection:
        if read_values(connection).get("demo") == "yes":
            return
    actor = system_actor(STATION)
    made = run_all(store, lambda connection: _wards(connection, actor))
    for one in ACCOUNTS:
        add_user(store, actor, NewUser(one.username, one.role, one.first_name, one.last_name, one.wards,
                                       password=one.password))
    run_all(store, lambda connection: _people(connection, made))


def _wards(connection: Any, actor: Actor) -> list[_Made]:
    transaction = begin(connection, actor.user_id, Needs(house=True))
    write_value(connection, "demo", "yes")
    write_value(connection, "hospital_name", "University Teaching Hospital (demo)")
    now = transaction.next_time()
    made = [_ward(transaction, actor, plan, now) for plan in _WARDS]
    add_colleagues(transaction, actor, {plan.name: one[0] for plan, one in zip(_WARDS, made, strict=True)})
    return made


def _people(connection: Any, made: list[_Made]) -> None:
    """Everybody who lies here, lay here or waits, written by the nurse; the time comes last, when all is there."""
    one, nurse_id = ACCOUNTS[0], staff_id(connection, ACCOUNTS[0].username)
    actor = Actor(nurse_id, one.username, f"{one.first_name} {one.last_name}", one.role, STATION)
    transaction = begin(connection, nurse_id, Needs(wards=tuple(ward_id for ward_id, _beds in made), house=True))
    chance = random.Random(20260202)  # noqa: S311  (an invented hospital, the same each time)
    now = transaction.next_time()
    people = People(transaction, actor, chance, now)
    doctor = staff_id(connection, "bizimana")
    for plan, (ward_id, beds) in zip(_WARDS, made, strict=True):
        names = [one.username for one in (*ACCOUNTS, *COLLEAGUES) if plan.name in one.wards and _nurses(one)]
        staff = Staff(tuple(staff_id(connection, name) for name in names), doctor)
        fill_ward(DemoWard(transaction, actor, chance, now, people, plan, staff, ward_id, beds))
    write_value(connection, MADE_AT, now.isoformat())


def _nurses(one: DemoAccount | Colleague) -> bool:
    return not one.doctor if isinstance(one, Colleague) else one.role is Role.MEDICAL_STAFF


def _ward(transaction: Transaction, actor: Actor, plan: Plan, now: datetime) -> _Made:
    """Make a ward; returns its id and the beds with their rooms' policies."""
    ward_id = setup.add_ward(transaction, actor, {
        "name": plan.name, "code": plan.code, "cleaning_step": plan.cleaning_step, "sex_policy": "by_room",
        "age_policy": plan.age_policy, "specialty": plan.specialty, "staffed_beds": plan.staffed})
    beds = []
    for room, policy, number in plan.rooms:
        room_id = registry.insert_room(transaction, ward_id, room, policy)
        for n in range(1, number + 1):
            features = f"isolation;{plan.features}" if room.startswith("S") else \
                plan.features if n <= 2 or plan.code == "ICU" else ""
            bed_id = setup.add_bed(transaction, actor, {
                "ward_id": ward_id, "room_id": room_id, "bed_number": f"{room}-{100 + n}", "features": features},
                happened_at=now - timedelta(days=400))
            beds.append((bed_id, policy))
    return ward_id, beds
