"""A house where everything can be asked for: beds of every state, people of every kind, an account of every role."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, update

from tests.support.hospital import Hospital, make_hospital
from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DecideDischarge,
    DischargePatient,
    HoldBed,
    NewPerson,
    SeenBed,
    SeenPlace,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.domain.ward_layout import RoomLayout, SetUpWard
from wardbeds.services import admitting, bed_states, leaving, ward_setup
from wardbeds.store.database import Store, sqlite_path
from wardbeds.store.register import insert_user
from wardbeds.store.tables import profiles, ward_staff

STATION = "station-1"
NEXT_DAY = timedelta(hours=20)


@dataclass
class House:
    """``people`` by what they are: lying (N-1), waiting, decided (S-1), cleaned (gone from N-3), gone, unknown, known.

    N-2, N-4 and S-3 are free, N-3 is to be cleaned, S-2 is blocked, S-4 is kept. The ward East is empty.
    """

    hospital: Hospital
    staff: dict[Role, Actor]
    people: dict[str, int]

    @property
    def store(self) -> Store:
        """The database."""
        return self.hospital.store

    def seen(self, number: str) -> SeenBed:
        """A bed as it is now."""
        return SeenBed.of(self.hospital.bed(number))

    def lies(self, number: str) -> SeenPlace:
        """A patient seen in a bed."""
        return SeenPlace(bed_id=self.hospital.beds[number])

    def waits(self, ward: str = "North") -> SeenPlace:
        """A patient seen on a list."""
        return SeenPlace(ward_id=self.hospital.wards[ward])

    def give_role(self, actor: Actor, role: Role) -> None:
        """Make somebody something else, past every service."""
        self.store.write(lambda connection: connection.execute(
            update(profiles).where(profiles.c.user_id == actor.user_id).values(role=role.value)))

    def all_there_is(self) -> list[str]:
        """Every row of every table."""
        with closing(sqlite3.connect(sqlite_path(self.store.url))) as connection:
            return list(connection.iterdump())


def make_house(store: Store) -> House:
    """Build it."""
    house = House(make_hospital(store), {}, {})
    for role in Role:
        house.staff[role] = _account(house, role)
    house.people |= dict(zip(("lying", "waiting", "known"), house.hospital.people, strict=True))
    _admit(house, house.people["lying"], "N-1")
    _admit(house, house.people["waiting"])
    for what, bed in (("cleaned", "N-3"), ("decided", "S-1"), ("gone", "S-3")):
        house.people[what] = _admit(house, NewPerson(last_name=what.title(), sex=Sex.MALE), bed)
    house.people["unknown"] = _admit(house, UnknownPerson(sex=Sex.MALE))
    _leave(house, "cleaned", "N-3")
    _leave(house, "gone", "S-3")
    admin = house.hospital.admin
    leaving.decide_discharge(store, admin, DecideDischarge(
        patient_id=house.people["decided"], seen=house.lies("S-1"), outcome=Outcome.IMPROVED))
    bed_states.block_bed(store, admin, BlockBed(bed=house.seen("S-2"), reason="mattress"))
    bed_states.hold_bed(store, admin, HoldBed(bed=house.seen("S-4"), text="theatre",
                                              until=datetime.now(UTC) + NEXT_DAY))
    east = ward_setup.set_up_ward(store, admin, SetUpWard(name="East", rooms=(RoomLayout(name="A", numbers=("E-1",)),)))
    house.hospital.wards["East"] = east.updates[0].ward_id
    return house


def _account(house: House, role: Role) -> Actor:
    """An account that nobody needs to sign in with; who leads a ward leads North."""
    ward = house.hospital.wards["North"]
    name = f"the-{role.value}"

    def job(connection: Connection) -> int:
        user_id = insert_user(connection, name, role, datetime.now(UTC), last_name=role.value)
        connection.execute(ward_staff.insert().values(user_id=user_id, ward_id=ward))
        return user_id

    return Actor(house.store.write(job), name, role.value, role, STATION, frozenset({ward}))


def _admit(house: House, person: int | NewPerson | UnknownPerson, bed: str | None = None) -> int:
    ward = "South" if bed is not None and bed.startswith("S") else "North"
    done = admitting.admit_patient(house.store, house.hospital.admin, AdmitPatient(
        person=person, ward_id=house.hospital.wards[ward], bed=house.seen(bed) if bed else None))
    assert done.patient_id is not None
    return done.patient_id


def _leave(house: House, who: str, bed: str) -> None:
    leaving.discharge_patient(house.store, house.hospital.admin, DischargePatient(
        patient_id=house.people[who], seen=house.lies(bed), outcome=Outcome.IMPROVED))
