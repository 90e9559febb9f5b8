"""Five bugs that the machine must find, each with what it must say differs; and one that shows by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import pytest

from tests.services.machine.base import ANSWER, EVENTS
from tests.services.machine.model import CLEAN, FREE, HOUSE, NORTH, SOUTH
from wardbeds.domain import placement
from wardbeds.domain.errors import Code
from wardbeds.domain.requests import SeenBed
from wardbeds.domain.stays import GUARDED
from wardbeds.services import bed_states, leaving, placing, swapping
from wardbeds.store import work as work_module
from wardbeds.store.events import append


@contextmanager
def seen_ignored() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SeenBed, "is_stale", lambda _self, _bed: False)
        for module in (placing, leaving, swapping):
            patch.setattr(module, "stale_place", lambda _seen, _place: [])
        yield


@contextmanager
def old_bed_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "leave_bed", lambda _work, bed, _stay, _why: (bed.occupant.notes, False))
        yield


@contextmanager
def hold_ignored() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "_held_for", lambda _bed, _person: True)
        yield


@contextmanager
def transition_allowed() -> Iterator[None]:
    """A free bed can be sent to cleaning: the guard lets this pair through, since undo needs it."""
    real = bed_states.clean

    def clean(work: Any, seen: SeenBed, disinfected: bool | None = None) -> None:
        bed = work.bed(seen.bed_id)
        if bed.status is not FREE or seen.is_stale(bed):
            real(work, seen, disinfected)
            return
        work.write_bed(bed, replace(bed, status=CLEAN, since=work.now))
        work.subject(None, None, bed.id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bed_states, "clean", clean)
        patch.setattr(work_module, "TRANSITIONS", GUARDED)
        yield


@contextmanager
def event_forgotten() -> Iterator[None]:
    real = append

    def forgetful(transaction: Any, draft: Any, heads: Any) -> None:
        if draft.action != "blocked":
            real(transaction, draft, heads)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work_module, "append", forgetful)
        yield


@contextmanager
def crash() -> Iterator[None]:
    def crash(*_any: object) -> None:
        raise AssertionError("a bug that shows by itself")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "settle", crash)
        yield


PLANTED: list[tuple[Callable[[], Any], str, object, object]] = [
    # the bug; then what must be found: what differs, what was found, what the model says
    (seen_ignored, ANSWER, ANY, Code.STALE),
    (old_bed_kept, ANSWER, Code.STALE, None),  # the database refuses a second bed
    (hold_ignored, ANSWER, Code.STALE, Code.HELD),  # the database gives a bed only to the one it is kept for
    (transition_allowed, ANSWER, None, Code.STATE),
    (event_forgotten, EVENTS, {HOUSE: 0, NORTH: 0, SOUTH: 0}, ANY),
]
