"""What a person is told about one action over a bad network, asked as the window asks (``gui/session``).

An action in doubt is asked again, with the same operation id, whenever the database answers; nothing else is repeated.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Busy, InDoubt, OutOfReach, Refusal, Refused
from wardbeds.store.database import Store

PATIENCE = 60.0
"""Seconds after which a test gives up asking."""


class StillInDoubt(Exception):
    """The database answered for a minute, and nobody can say whether it was done."""


Told = Done | Refusal | OutOfReach
"""Done; refused; or "certainly not done"."""


def carry_out(service: Callable[..., Done], store: Store, *request: Any, pause: float = 0.02) -> tuple[Told, int]:
    """Ask until there is an answer; returns it and how often it was in doubt."""
    doubts, end = 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            return service(store, *request), doubts
        except Refused as refused:
            return refused.refusal, doubts
        except OutOfReach as error:
            if not doubts and not isinstance(error, InDoubt):
                return error, doubts
            doubts += 1
        _wait_for_answer(store, end, pause)
    raise StillInDoubt


def _wait_for_answer(store: Store, end: float, pause: float) -> None:
    """As the change feed does: look until the database answers."""
    while time.monotonic() < end:
        time.sleep(pause)
        try:
            with store.reading() as connection:
                connection.exec_driver_sql("SELECT 1")
            return
        except OutOfReach:
            continue


def was_busy(told: Told) -> bool:
    """Whether the person was told to try again since others keep the database busy."""
    return isinstance(told, Busy)
