"""This product in the shape that the peers' bench calls: ``python -m bench.peer_ours PEERS_FOLDER {its arguments}``.

An assignment admits a registered patient straight onto a bed, by the service that the window calls: right, rules,
admission, stay, bed, event with its hash, and bed and waiting list read back. A release is a discharge.
"""

from __future__ import annotations

import sys
from typing import Any

sys.path.insert(0, sys.argv.pop(1))
from common import ROWS_PER_WARD, main  # type: ignore[import-not-found]

from wardbeds.domain.beds import Bed
from wardbeds.domain.changes import Done
from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import (
    AdmitPatient,
    DischargePatient,
    NewPerson,
    Override,
    SeenBed,
    SeenPlace,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services import accounts, setup
from wardbeds.services.admitting import admit_patient
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.maintenance import create
from wardbeds.services.setup import add_bed
from wardbeds.store import board, registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store

ROOM = 5
"""Beds of a room: the peers have no rooms, a hospital does."""
ANYWAY = Override(warnings=tuple(Warned), reason="bench")


class Ours:
    """The product: one nurse at one station."""

    name = "ours"

    def open(self, cfg: Any) -> None:
        """A fresh database by the product's own migrations, filled through its own services."""
        url = cfg.path
        if cfg.db == "pg":
            import psycopg

            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
            url += f"?options=-c%20synchronous_commit%3D{cfg.durability}"
        create(url)
        self.store = Store.open(url)
        self.info = {"lib": "wardbeds"}
        actor = accounts.system_actor("bench")
        self.actor = Actor(actor.user_id, "bench", "Bench", Role.ADMIN, "bench")
        self.wards: list[int] = []
        self._make_wards(cfg.beds)
        with self.store.reading() as connection:
            beds = board.read_beds(connection, board.ALL_BEDS)
        self.beds: list[Bed] = sorted(beds, key=lambda bed: bed.id)
        self.people: list[int] = []
        run_all(self.store, self._register)
        if cfg.occupied:
            for n in range(cfg.beds):
                self.assign(n)
        if cfg.db == "pg":
            with self.store.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
                connection.commit()

    def _make_wards(self, beds: int) -> None:
        def build(connection: Any) -> None:
            transaction = begin(connection, self.actor.user_id, Needs(house=True))
            for n in range(beds):
                if n % ROWS_PER_WARD == 0:
                    self.wards.append(setup.add_ward(transaction, self.actor, {
                        "name": f"Ward {n // ROWS_PER_WARD + 1:03d}", "code": "", "cleaning_step": False,
                        "sex_policy": "any"}))
                if n % ROOM == 0:
                    room = registry.insert_room(transaction, self.wards[-1], f"R{n}", "any")
                add_bed(transaction, self.actor, {"ward_id": self.wards[-1], "room_id": room,
                                                  "bed_number": f"B-{n % ROWS_PER_WARD + 1:03d}"})

        run_all(self.store, build)

    def _register(self, connection: Any) -> None:
        transaction = begin(connection, self.actor.user_id, Needs(house=True))
        for n in range(len(self.beds)):
            self.people.append(setup.add_person(transaction, self.actor, NewPerson(
                last_name=_letters("Last", n % 1999), first_name=_letters("First", n % 997), sex=Sex.FEMALE,
                hospital_number=f"MRN{n + 1:07d}")))

    def _see(self, i: int, done: Done) -> None:
        self.beds[i] = next(bed for update in done.updates for bed in update.beds if bed.id == self.beds[i].id)

    def assign(self, i: int) -> None:
        """A registered patient is admitted straight onto the bed."""
        self._see(i, admit_patient(self.store, self.actor, AdmitPatient(
            person=self.people[i], ward_id=self.wards[i // ROWS_PER_WARD], bed=SeenBed.of(self.beds[i]),
            override=ANYWAY)))

    def release(self, i: int) -> None:
        """The patient is discharged; the bed is free at once."""
        self._see(i, discharge_patient(self.store, self.actor, DischargePatient(
            patient_id=self.people[i], seen=SeenPlace(bed_id=self.beds[i].id), outcome=Outcome.IMPROVED)))

    def read_board(self) -> int:
        """Every bed with patient and ward, as values of the screen."""
        with self.store.reading() as connection:
            return len(board.read_beds(connection, board.ALL_BEDS))

    def counts(self) -> dict[str, int]:
        """What the peers' bench checks."""
        with self.store.reading() as connection:
            one = [connection.exec_driver_sql(f"SELECT count(*) FROM {what}").scalar_one() for what in (  # noqa: S608
                "ward_beds WHERE status = 'occupied'", "bed_stays",
                "events WHERE action IN ('admitted', 'discharged')")]
        return {"occupied": one[0], "stays": one[1], "audits": one[2]}

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def _letters(stem: str, n: int) -> str:
    """A name of letters for a number: names hold no digits."""
    return stem + "".join(chr(ord("a") + int(digit)) for digit in str(n))


if __name__ == "__main__":
    main(Ours)
