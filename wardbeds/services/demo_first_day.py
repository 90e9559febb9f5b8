"""A hospital on its first day, for the pictures: an administrator, and no ward, or one without beds."""

from __future__ import annotations

from pathlib import Path

from wardbeds.services import setup
from wardbeds.services.accounts import create_first_admin, needs_first_admin, system_actor
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

STATION = "station-1"
USERNAME, PASSWORD = "director", "four-green-beds"


def open_first_day(path: Path, *, ward: bool) -> Store:
    """The hospital in this file, made if it is not there; ``ward``: with its first one, which has no beds yet."""
    store = Store.open(ensure(path))
    if needs_first_admin(store):
        create_first_admin(store, USERNAME, "Grace", "Umuhoza", PASSWORD, STATION)
        if ward:
            actor = system_actor(STATION)
            run_all(store, lambda connection: setup.add_ward(
                begin(connection, actor.user_id, Needs(house=True)), actor, {"name": "Maternity B", "code": "MAT-B"}))
    return store
