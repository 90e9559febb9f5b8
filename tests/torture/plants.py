"""Faults on purpose, by name: a check that does not see them is worth nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.requests import SeenBed
from wardbeds.services import admitting, bed_states, editing, leaving, mending, placing
from wardbeds.store import transaction
from wardbeds.store.database import Store
from wardbeds.store.prepared import Prepared
from wardbeds.store.work import Work


def seen_ignored(patch: pytest.MonkeyPatch) -> None:
    """The stale screen is believed."""
    patch.setattr(SeenBed, "is_stale", lambda _self, _bed: False)
    for module in (placing, leaving, mending):
        patch.setattr(module, "stale_place", lambda _seen, _place: [])


def wrong_reason(patch: pytest.MonkeyPatch) -> None:
    """A bed that changed is called dirty."""
    def dirty(_work: Any, seen: SeenBed, bed: Any) -> Any:
        return [refuse(Code.DIRTY, bed=bed.number)] if seen.is_stale(bed) else []

    for module in (bed_states, placing, editing):
        patch.setattr(module, "stale_bed", dirty)


def never_committed(patch: pytest.MonkeyPatch) -> None:
    """Said to be done, and left to be forgotten."""
    def write(self: Store, job: Callable[[Connection], Any], *_: Any, **__: Any) -> Any:
        with self.engine.connect().execution_options(wardbeds_write=True) as connection:
            return job(connection)

    patch.setattr(Store, "write", write)


def event_apart(patch: pytest.MonkeyPatch) -> None:
    """The change is committed before its event is written."""
    whole = Work.finish

    def finish(self: Work, **more: Any) -> None:
        raw: Any = self.transaction.connection.connection.driver_connection
        raw.commit()
        whole(self, **more)

    patch.setattr(Work, "finish", finish)


def _unlocked(reading: Prepared) -> Prepared:
    statement: Any = reading.statement
    statement = statement._generate()
    statement._for_update_arg = None
    return Prepared(statement, *reading.lists)


def no_locks(patch: pytest.MonkeyPatch) -> None:
    """Streams and people are read without locking them."""
    for name in ("_LOCK", "_PEOPLE"):
        patch.setattr(transaction, name, _unlocked(getattr(transaction, name)))


def wards_only(patch: pytest.MonkeyPatch) -> None:
    """Wards are locked, people are not, and numbers are given to two at once."""
    patch.setattr(transaction, "_PEOPLE", _unlocked(transaction._PEOPLE))
    patch.setattr(admitting, "keep_numbers", lambda _connection: None)


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    one.__name__: one for one in (seen_ignored, wrong_reason, never_committed, event_apart, no_locks, wards_only)}


def plant(name: str) -> None:
    """Break the product in this process for good; an empty name breaks nothing."""
    if name:
        PLANTS[name](pytest.MonkeyPatch())
