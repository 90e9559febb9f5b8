"""An invented hospital to try the program on: wards, beds, people, and ten days of comings and goings.

Names are common Rwandan ones put together at random and belong to nobody. The demo has a database of its own, which
knows that it is one; everything is written through the same services as in a real hospital.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.requests import AdmitPatient, NewPerson, SeenBed
from wardbeds.domain.stays import Outcome, Source
from wardbeds.services import bed_states, setup
from wardbeds.services.accounts import NewUser, add_user, system_actor
from wardbeds.services.admitting import admit
from wardbeds.services.leaving import discharge
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.transaction import Transaction
from wardbeds.store.values import read_values, write_value
from wardbeds.store.work import Work

STATION = "demo"


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
)

_FAMILY = """Uwimana Mukamana Nsengiyumva Habimana Niyonzima Uwase Ingabire Bizimana Nzeyimana Mukandayisenga Tuyisenge
    Ndayishimiye Iradukunda Mukeshimana Hakizimana Niyonsenga Uwera Kabera Nshimiyimana Mugisha Umutoni Gasana Rukundo
    Ishimwe Irakoze Mutesi Kamanzi Munyaneza Nyirahabimana Twagirayezu Bagirishya Uwamahoro""".split()
_FEMALE = """Claire Claudine Béatrice Solange Diane Aline Grâce Odette Immaculée Chantal Espérance Josiane Vestine
    Marie Goretti Jeanne Denyse""".split()
_MALE = """Jean Bosco Emmanuel Eric Innocent Théogène Faustin Aimé Olivier Patrick Célestin Augustin Fidèle Damascène
    Pacifique""".split()

#: ward, code, sex policy, cleaning step, rooms as (name, policy, beds)
_WARDS: tuple[tuple[str, str, bool, tuple[tuple[str, str, int], ...]], ...] = (
    ("Internal Medicine A", "IM-A", True,
     (("A", "female", 6), ("B", "male", 6), ("C", "female", 6), ("D", "male", 4), ("S", "any", 2))),
    ("Maternity", "MAT", True, (("M1", "female", 6), ("M2", "female", 6))),
    ("Surgery", "SUR", False, (("1", "male", 4), ("2", "female", 4), ("3", "same", 2))),
)


def fill(store: Store) -> None:
    """Fill an empty demo database; one that is filled is left as it is."""
    with store.reading() as connection:
        if read_values(connection).get("demo") == "yes":
            return
    actor = system_actor(STATION)
    run_all(store, lambda connection: _build(connection, actor))
    for one in ACCOUNTS:
        add_user(store, actor, NewUser(one.username, one.role, one.first_name, one.last_name, one.wards,
                                       password=one.password))


def _build(connection: Any, actor: Actor) -> None:
    transaction = begin(connection, actor.user_id, Needs(house=True))
    chance = random.Random(20260202)  # noqa: S311  (an invented hospital, the same each time)
    write_value(connection, "demo", "yes")
    write_value(connection, "hospital_name", "University Teaching Hospital (demo)")
    now = transaction.next_time()
    people = _People(transaction, actor, chance, now)
    for name, code, step, rooms in _WARDS:
        beds = _ward(transaction, actor, name, code, step, rooms)
        _history(_Ward(transaction, actor, chance, now, people), beds)


def _ward(transaction: Transaction, actor: Actor, name: str, code: str, step: bool,
          rooms: tuple[tuple[str, str, int], ...]) -> tuple[int, list[tuple[int, str]]]:
    """Make a ward; returns its id and the beds with their rooms' policies."""
    ward_id = setup.add_ward(transaction, actor, {"name": name, "code": code, "cleaning_step": step,
                                                  "sex_policy": "by_room"})
    beds = []
    for room, policy, number in rooms:
        room_id = registry.insert_room(transaction, ward_id, room, policy)
        for n in range(1, number + 1):
            features = "isolation;oxygen" if room == "S" else "oxygen" if n <= 2 else ""
            bed_id = setup.add_bed(transaction, actor, {
                "ward_id": ward_id, "room_id": room_id, "bed_number": f"{room}-{100 + n}", "features": features})
            beds.append((bed_id, policy))
    return ward_id, beds


class _People:
    """Registers invented people, one after the other."""

    def __init__(self, transaction: Transaction, actor: Actor, chance: random.Random, now: datetime) -> None:
        self._transaction = transaction
        self._actor = actor
        self._chance = chance
        self._now = now
        self._number = 4100

    def register(self, sex: Sex) -> int:
        """A new person of this sex; returns the patient's id."""
        self._number += 1
        given = self._chance.choice(_FEMALE if sex is Sex.FEMALE else _MALE)
        if self._number % 11 == 0:
            given = ""
        born = self._now.date() - timedelta(days=self._chance.randint(16 * 365, 84 * 365))
        return setup.add_person(self._transaction, self._actor, NewPerson(
            last_name=self._chance.choice(_FAMILY), first_name=given, sex=sex, date_of_birth=date(
                born.year, born.month, born.day), hospital_number=f"CHB-{self._number:06d}",
            phone=f"+25078{self._chance.randint(1000000, 9999999)}"))


@dataclass(slots=True)
class _Ward:
    """What filling a ward needs."""

    transaction: Transaction
    actor: Actor
    chance: random.Random
    now: datetime
    people: _People

    def work(self, action: str, before: timedelta) -> Work:
        """A piece of work that happened some time ago."""
        return Work(self.transaction, self.actor, uuid4(), action, self.now - before, imported=True)


def _seen(bed_id: int) -> SeenBed:
    return SeenBed(bed_id=bed_id, version=0, status=BedStatus.AVAILABLE)


def _admit(ward: _Ward, ward_id: int, bed_id: int | None, sex: Sex, before: timedelta, source: Source,
           leaving: int | None = None, needs: tuple[str, ...] = ()) -> int:
    patient_id = ward.people.register(sex)
    work = ward.work("admitted", before)
    admit(work, patient_id, AdmitPatient(
        person=patient_id, ward_id=ward_id, bed=_seen(bed_id) if bed_id is not None else None, source=source,
        needs=needs, expected_leaving=ward.now.date() + timedelta(days=leaving) if leaving is not None else None))
    work.finish()
    return patient_id


def _history(ward: _Ward, made: tuple[int, list[tuple[int, str]]]) -> None:
    """About two beds of three occupied, one to clean, one blocked, one held, and some who wait."""
    ward_id, beds = made
    chance = ward.chance
    for n, (bed_id, policy) in enumerate(beds):
        sex = {"male": Sex.MALE, "female": Sex.FEMALE}.get(policy, chance.choice((Sex.MALE, Sex.FEMALE)))
        since = timedelta(hours=chance.choice((3, 9, 26, 30, 50, 75, 120, 190, 300)), minutes=chance.randint(0, 50))
        if n % 8 == 2:
            continue
        if n % 12 == 4:
            patient_id = _admit(ward, ward_id, bed_id, sex, timedelta(days=3), Source.PLANNED)
            work = ward.work("discharged", timedelta(minutes=35 if n < 8 else 130))
            discharge(work, patient_id, Outcome.IMPROVED, None)
            work.finish()
        elif n % 12 == 5:
            work = ward.work("blocked", timedelta(hours=5))
            bed_states.block(work, _seen(bed_id), "mattress")
            work.finish()
        elif n % 12 == 3:
            patient_id = _admit(ward, ward_id, None, sex, timedelta(minutes=50), Source.CLINIC)
            work = ward.work("held", timedelta(minutes=40))
            bed_states.hold(work, _seen(bed_id), patient_id, "", ward.now + timedelta(hours=4))
            work.finish()
        elif n % 12 != 9:
            _admit(ward, ward_id, bed_id, sex, since, chance.choice((Source.EMERGENCY, Source.PLANNED, Source.CLINIC)),
                   leaving=0 if n % 7 == 6 else 3 if n % 4 == 0 else None,
                   needs=("isolation",) if n == len(beds) - 1 else ())
    for minutes, source in ((200, Source.EMERGENCY), (50, Source.TRANSFER), (25, Source.CLINIC)):
        _admit(ward, ward_id, None, chance.choice((Sex.MALE, Sex.FEMALE)), timedelta(minutes=minutes), source)
