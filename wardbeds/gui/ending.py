"""Ending what works beside the window: told first, waited for later, and the database closed behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from wardbeds.gui.keeping import Keeping
    from wardbeds.gui.session import Session
    from wardbeds.gui.tasks import Tasks


class Closable(Protocol):
    """A database, as far as it is closed."""

    def close(self) -> None:
        """Let it go."""


def end_threads(session: Session | None, keeping: Keeping | None, tasks: Tasks | None) -> None:
    """Tell the threads to end, and wait for none."""
    if session is not None:
        session.stop(0)
    if keeping is not None:
        keeping.stop()
    if tasks is not None:
        tasks.stop(0)


def waits_for(session: Session | None, keeping: Keeping | None, tasks: Tasks | None) -> list[Callable[[float], None]]:
    """What waits for each of the threads, at most so many seconds."""
    found: list[Callable[[float], None]] = []
    if tasks is not None:
        found.append(tasks.stop)
    if keeping is not None:
        found.append(keeping.wait)
    if session is not None:
        found.append(session.link.wait)
    return found


def close_behind(waits: list[Callable[[float], None]], store: Closable | None, seconds: float = 10) -> None:
    """Wait for threads that were told to end, at most so long for each, and close the database behind them."""
    for wait in waits:
        wait(seconds)
    if store is not None:
        store.close()
