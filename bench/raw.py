"""The floor of an action: what it sent to the database, straight through the driver, on a twin of the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from wardbeds.store.database import Store

Sent = list[tuple[str, Any]]


def capture(store: Store, job: Callable[[], object]) -> tuple[float, Sent]:
    """Run ``job``; the milliseconds it took, and each statement that it sent, with its values."""
    sent: Sent = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        sent.append((statement, (parameters, many)))

    event.listen(store.engine, "before_cursor_execute", note)
    start = time.perf_counter()
    job()
    took = (time.perf_counter() - start) * 1000
    event.remove(store.engine, "before_cursor_execute", note)
    return took, sent


def replay(store: Store, sent: Sent) -> float:
    """Send the same once more; the milliseconds it took."""
    raw = store.engine.raw_connection()
    try:
        start = time.perf_counter()
        cursor = raw.cursor()
        for statement, (parameters, many) in sent:
            if statement.upper().startswith("BEGIN"):
                raw.commit()
            if many:
                cursor.executemany(statement, parameters)
            else:
                cursor.execute(statement, parameters)
                if cursor.description:
                    cursor.fetchall()
        raw.commit()
        return (time.perf_counter() - start) * 1000
    finally:
        raw.close()
