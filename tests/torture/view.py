"""What a station has on its screen: boards as last read, never fresher than that."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from tests.torture.house import House
from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.changes import Done
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import SeenPlace
from wardbeds.services import reading
from wardbeds.store.database import Store
from wardbeds.store.tables import patients


class View:
    """Beds by id and the waiting by patient, ward by ward as they were read."""

    def __init__(self, store: Store, house: House, actor: Actor) -> None:
        self.store, self.house, self.actor = store, house, actor
        self.beds: dict[int, Bed] = {}
        self.waiting: dict[int, Waiting] = {}
        self.people: set[int] = set(house.people)
        self.read(house.wards)

    def read(self, ward_ids: Iterable[int]) -> None:
        """Read boards anew."""
        for ward_id in ward_ids:
            board = reading.read_board(self.store, self.actor, ward_id)
            self.beds = {key: bed for key, bed in self.beds.items() if bed.ward_id != ward_id}
            self._show(ward_id, board.beds, board.waiting)

    def read_people(self) -> None:
        """Read who is registered; a record that was merged into another one is no longer offered."""
        with self.store.reading() as connection:
            self.people = set(connection.scalars(select(patients.c.id).where(patients.c.merged_into.is_(None))))

    def apply(self, done: Done) -> None:
        """Show what an own action's answer tells."""
        for update in done.updates:
            self._show(update.ward_id, update.beds, update.waiting)

    def _show(self, ward_id: int, beds: Iterable[Bed], waiting: Iterable[Waiting]) -> None:
        for bed in beds:
            self.beds.pop(bed.id, None)
            if bed.is_active:
                self.beds[bed.id] = bed
        self.waiting = {key: one for key, one in self.waiting.items() if one.ward_id != ward_id}
        self.waiting |= {one.person.patient_id: one for one in waiting}

    def lying(self) -> dict[int, Bed]:
        """Who lies where, by patient."""
        return {bed.patient_id: bed for bed in self.beds.values() if bed.patient_id is not None}

    def absent(self) -> list[int]:
        """People that no board shows."""
        here = self.lying().keys() | self.waiting.keys()
        return [one for one in sorted(self.people) if one not in here]

    def place(self, patient_id: int) -> SeenPlace:
        """Where the screen shows the person."""
        if patient_id in self.waiting:
            return SeenPlace(ward_id=self.waiting[patient_id].ward_id)
        return SeenPlace(bed_id=self.lying()[patient_id].id)

    def ward_of(self, patient_id: int) -> int | None:
        """The ward in which the screen shows the person."""
        if patient_id in self.waiting:
            return self.waiting[patient_id].ward_id
        bed = self.lying().get(patient_id)
        return bed.ward_id if bed else None
