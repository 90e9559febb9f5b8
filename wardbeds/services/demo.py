"""An invented hospital to try the program on: wards, beds, people, and ten days of comings and goings.

Names are common Rwandan ones put together at random and belong to nobody. The demo has a database of its own, which
knows that it is one; everything is written through the same services as in a real hospital.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
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
from wardbeds.services.placing import place_in_bed
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure
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
    DemoAccount("kayitesi", "demo-kitchen", Role.CHEF, "Vestine", "Kayitesi", (), "Kitchen"),
    DemoAccount("mukeshimana", "demo-attendant", Role.CAREGIVER, "Rose", "Mukeshimana", (), "Attendant"),
    DemoAccount("ndayishimiye", "demo-patient", Role.PATIENT, "Claude", "Ndayishimiye", (), "Patient"),
)

_FAMILY = """Uwimana Mukamana Nsengiyumva Habimana Niyonzima Uwase Ingabire Bizimana Nzeyimana Mukandayisenga Tuyisenge
    Ndayishimiye Iradukunda Mukeshimana Hakizimana Niyonsenga Uwera Kabera Nshimiyimana Mugisha Umutoni Gasana Rukundo
    Ishimwe Irakoze Mutesi Kamanzi Munyaneza Nyirahabimana Twagirayezu Bagirishya Uwamahoro Mbonimpa Ntawukuriryayo
    Gahongayire Rwigema Sebahire Habyarimana Kayirangwa Musabyimana Nkurunziza Ruzindana Tuyizere Nyiransabimana
    Munyankindi Bazubagira Kabagwira Sindayigaya Gashumba Ntirenganya Byukusenge Cyubahiro Dusabe Furaha Gatete
    Hategekimana Kanyange Manirakiza Nsabimana Rutayisire Semana Zaninka""".split()
_FEMALE = """Claire Claudine Béatrice Solange Diane Aline Grâce Odette Immaculée Chantal Espérance Josiane Vestine
    Marie Goretti Jeanne Denyse""".split()
_MALE = """Jean Bosco Emmanuel Eric Innocent Théogène Faustin Aimé Olivier Patrick Célestin Augustin Fidèle Damascène
    Pacifique""".split()



@dataclass(frozen=True, slots=True)
class _Plan:
    """A ward of the demo. ``free``: every how manieth bed is left free; 0: none, the ward is full.

    ``moved``: from which bed to which somebody was moved a short while ago, counted from 0.
    """

    name: str
    code: str
    rooms: tuple[tuple[str, str, int], ...]
    cleaning_step: bool = True
    age_policy: str = "any"
    specialty: str = ""
    free: int = 8
    attendants: bool = False
    staffed: int | None = None
    features: str = "oxygen"
    moved: tuple[int, int] | None = None


_WARDS = (
    _Plan("Internal Medicine A", "IM-A", (
        ("A", "female", 6), ("B", "male", 6), ("C", "female", 6), ("D", "male", 4), ("S", "any", 2), ("E", "female", 6),
        ("F", "male", 6), ("G", "female", 4)), specialty="internal medicine", age_policy="adult"),
    _Plan("Intensive Care", "ICU", (("ICU", "any", 6),), free=5, features="oxygen;monitor;ventilator"),
    _Plan("Maternity", "MAT", (("M1", "female", 8), ("M2", "female", 8), ("M3", "female", 8)), free=0,
          specialty="obstetrics"),
    _Plan("Paediatrics", "PED", (("P1", "any", 8), ("P2", "any", 8), ("P3", "any", 6)), age_policy="child",
          attendants=True, specialty="paediatrics", moved=(0, 2)),
    _Plan("Surgery", "SUR", (
        ("1", "male", 8), ("2", "female", 8), ("3", "same", 4), ("S1", "any", 1), ("S2", "any", 1)),
        cleaning_step=False, specialty="surgery", free=6, staffed=10),
)
WARD_NAMES = tuple(plan.name for plan in _WARDS)
"""The wards of the demo."""
MADE_AT = "demo_made_at"
STALE = timedelta(hours=20)


def is_stale(store: Store) -> bool:
    """Whether the demo was made on another day, so that its people would all have been waiting since."""
    with store.reading() as connection:
        made = read_values(connection).get(MADE_AT)
    return made is not None and datetime.now(UTC) - datetime.fromisoformat(made) > STALE


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
    write_value(connection, MADE_AT, now.isoformat())
    people = _People(transaction, actor, chance, now)
    for plan in _WARDS:
        ward = _Ward(transaction, actor, chance, now, people, plan)
        _history(ward, _ward(transaction, actor, plan, now))


def _ward(transaction: Transaction, actor: Actor, plan: _Plan, now: datetime) -> tuple[int, list[tuple[int, str]]]:
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


class _People:
    """Registers invented people, one after the other."""

    def __init__(self, transaction: Transaction, actor: Actor, chance: random.Random, now: datetime) -> None:
        self._transaction = transaction
        self._actor = actor
        self._chance = chance
        self._now = now
        self._number = 4100

    def register(self, sex: Sex, years: tuple[int, int], family: str, before: timedelta) -> int:
        """A new person of this sex and age, registered so long ago; returns the patient's id."""
        self._number += 1
        given = self._chance.choice(_FEMALE if sex is Sex.FEMALE else _MALE)
        if self._number % 11 == 0:
            given = ""
        born = self._now.date() - timedelta(days=self._chance.randint(years[0] * 365 + 20, years[1] * 365))
        return setup.add_person(self._transaction, self._actor, NewPerson(
            last_name=family or self._chance.choice(_FAMILY), first_name=given, sex=sex, date_of_birth=date(
                born.year, born.month, born.day), hospital_number=f"CHB-{self._number:06d}",
            phone=f"+25078{self._chance.randint(1000000, 9999999)}"), happened_at=self._now - before)


@dataclass(slots=True)
class _Ward:
    """What filling a ward needs."""

    transaction: Transaction
    actor: Actor
    chance: random.Random
    now: datetime
    people: _People
    plan: _Plan

    @property
    def years(self) -> tuple[int, int]:
        """How old the ward's patients are."""
        return {"PED": (0, 14), "MAT": (17, 41)}.get(self.plan.code, (18, 86))

    def work(self, action: str, before: timedelta) -> Work:
        """A piece of work that happened some time ago."""
        return Work(self.transaction, self.actor, uuid4(), action, self.now - before, imported=True)


def _seen(bed_id: int) -> SeenBed:
    return SeenBed(bed_id=bed_id, version=0, status=BedStatus.AVAILABLE)


def _admit(ward: _Ward, ward_id: int, bed_id: int | None, sex: Sex, before: timedelta, source: Source,
           **more: Any) -> int:
    patient_id = ward.people.register(sex, more.pop("years", ward.years), more.pop("family", ""),
                                      before + timedelta(minutes=10))
    leaving = more.pop("leaving", None)
    work = ward.work("admitted", before)
    admit(work, patient_id, AdmitPatient(
        person=patient_id, ward_id=ward_id, bed=_seen(bed_id) if bed_id is not None else None, source=source,
        specialty=more.pop("specialty", ward.plan.specialty), **more,
        expected_leaving=ward.now.date() + timedelta(days=leaving) if leaving is not None else None))
    work.finish()
    return patient_id


def _history(ward: _Ward, made: tuple[int, list[tuple[int, str]]]) -> None:
    """Most beds occupied, some to clean, blocked, held or free, and some people who wait."""
    ward_id, beds = made
    full = ward.plan.free == 0
    lying: dict[int, int] = {}
    for n, (bed_id, policy) in enumerate(beds):
        if not full and n % ward.plan.free == 2:
            continue
        sex = {"male": Sex.MALE, "female": Sex.FEMALE}.get(policy, ward.chance.choice((Sex.MALE, Sex.FEMALE)))
        kind = -1 if full else n % 12
        if kind == 4:
            _left(ward, ward_id, bed_id, sex, minutes=35 if n < 8 else 130)
        elif kind == 5:
            _blocked(ward, bed_id, "used by attendant" if ward.plan.attendants else "mattress")
        elif kind == 3:
            _held(ward, ward_id, bed_id, sex)
        elif kind != 9 or ward.plan.code == "ICU":
            lying[n] = _lies(ward, ward_id, bed_id, sex, n, last=n == len(beds) - 1)
    if ward.plan.moved is not None:
        old, new = ward.plan.moved
        _moved(ward, lying[old], beds[new][0], minutes=40)
    _waiting(ward, ward_id)


def _moved(ward: _Ward, patient_id: int, bed_id: int, minutes: int) -> None:
    work = ward.work("moved", timedelta(minutes=minutes))
    place_in_bed(work, patient_id, _seen(bed_id), moving=True)
    work.finish()


def _lies(ward: _Ward, ward_id: int, bed_id: int, sex: Sex, n: int, *, last: bool) -> int:
    chance = ward.chance
    since = timedelta(hours=chance.choice((3, 9, 26, 30, 50, 75, 120, 190, 300, 560)), minutes=chance.randint(0, 50))
    if n % 2 == 0:
        _earlier(ward, ward_id, bed_id, sex, since + timedelta(hours=2))
    return _admit(
        ward, ward_id, bed_id, sex, since, chance.choice((Source.EMERGENCY, Source.PLANNED, Source.CLINIC)),
        leaving=0 if n % 7 == 6 else 3 if n % 4 == 0 else None,
        needs=("infectious", "isolation") if last or n == 7 else ("isolation",) if n == 11 else ())


def _earlier(ward: _Ward, ward_id: int, bed_id: int, sex: Sex, before: timedelta) -> None:
    """Somebody who lay in the bed before and went home."""
    patient_id = _admit(ward, ward_id, bed_id, sex, before + timedelta(days=4), Source.PLANNED)
    work = ward.work("discharged", before)
    discharge(work, patient_id, Outcome.IMPROVED, None)
    work.finish()
    if ward.plan.cleaning_step:
        work = ward.work("cleaned", before - timedelta(minutes=40))
        bed_states.clean(work, _seen(bed_id))
        work.finish()


def _left(ward: _Ward, ward_id: int, bed_id: int, sex: Sex, minutes: int) -> None:
    patient_id = _admit(ward, ward_id, bed_id, sex, timedelta(days=3), Source.PLANNED)
    work = ward.work("discharged", timedelta(minutes=minutes))
    discharge(work, patient_id, Outcome.IMPROVED, None)
    work.finish()


def _blocked(ward: _Ward, bed_id: int, reason: str) -> None:
    work = ward.work("blocked", timedelta(hours=5))
    bed_states.block(work, _seen(bed_id), reason)
    work.finish()


def _held(ward: _Ward, ward_id: int, bed_id: int, sex: Sex) -> None:
    patient_id = _admit(ward, ward_id, None, sex, timedelta(minutes=50), Source.CLINIC)
    work = ward.work("held", timedelta(minutes=40))
    bed_states.hold(work, _seen(bed_id), patient_id, "", ward.now + timedelta(hours=4))
    work.finish()


def _waiting(ward: _Ward, ward_id: int) -> None:
    """Those who wait, such that every warning of placing comes up somewhere."""
    for minutes, source, more in (
            (200, Source.EMERGENCY, {"needs": ("monitor",)}), (50, Source.TRANSFER, {"specialty": "neurology"}),
            (25, Source.CLINIC, {"needs": ("isolation",), "family": "Uwimana"})):
        sex = Sex.FEMALE if ward.plan.code == "MAT" else ward.chance.choice((Sex.MALE, Sex.FEMALE))
        _admit(ward, ward_id, None, sex, timedelta(minutes=minutes), source, **more)
    if ward.plan.code == "IM-A":
        _admit(ward, ward_id, None, Sex.MALE, timedelta(minutes=15), Source.EMERGENCY, years=(6, 12))
