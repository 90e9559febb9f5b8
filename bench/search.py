"""Searching among 20,000 people, a search per keystroke, beside a bare LIKE through the driver."""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.report import Result, p95, timed
from wardbeds.domain.names import fold, name_key
from wardbeds.domain.people import Actor, Role, Sex
from wardbeds.services import accounts, reading
from wardbeds.store.batches import run_all
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure
from wardbeds.store.tables import patients, profiles, users

PEOPLE = 20_000
SYLLABLES = ("mu", "ka", "ni", "yo", "u", "wi", "ma", "na", "ha", "bi", "ra", "ki", "zi", "ndi", "ga", "tu")
BARE = "SELECT user_id, name_key FROM patients WHERE name_key LIKE ? OR name_key LIKE ? ORDER BY name_key LIMIT 20"


class Names:
    """Invented names, the same ones each time."""

    def __init__(self) -> None:
        self._chance = random.Random(7)  # noqa: S311  (nothing is secret here)

    def name(self, parts: int) -> str:
        """One more."""
        return "".join(self._chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def fill(store: Store, names: Names) -> None:
    """Register the people."""

    def build(connection: Any) -> None:
        now = datetime.now(UTC)
        start = (connection.scalar(text("SELECT max(id) FROM users")) or 0) + 1
        rows = [(start + n, names.name(4), names.name(3)) for n in range(PEOPLE)]
        connection.execute(users.insert(), [{"id": key, "username": f"patient/Q{key}", "last_name": last,
                                             "first_name": first, "created_at": now, "updated_at": now}
                                            for key, last, first in rows])
        connection.execute(profiles.insert(), [{"user_id": key, "role": Role.PATIENT.value, "status": "active"}
                                               for key, _last, _first in rows])
        connection.execute(patients.insert(), [{
            "user_id": key, "hospital_number": f"Q{key}", "sex": Sex.FEMALE.value, "date_of_birth": date(1990, 1, 1),
            "name_key": name_key(last, first)} for key, last, first in rows])

    run_all(store, build)


def keystrokes(names: Names) -> list[str]:
    """What stands in the box after each key of six names."""
    words = [names.name(4) for _ in range(6)]
    return [word[:cut] for word in words for cut in range(1, len(word) + 1)]


def searcher(store: Store, actor: Actor) -> Callable[[str], object]:
    """The service that the box calls."""
    return partial(reading.search_people, store, actor)


def _bare(cursor: Any, typed: str) -> None:
    cursor.execute(BARE, (f"{fold(typed)}%", f"% {fold(typed)}%"))
    cursor.fetchall()


def run() -> list[Result]:
    """In turns, keystroke by keystroke."""
    with tempfile.TemporaryDirectory() as home:
        base, path = Path(home) / "base.db", Path(home) / "people.db"
        ensure(base)
        shutil.copyfile(base, path)
        store, names = Store.open(path), Names()
        fill(store, names)
        search = searcher(store, accounts.system_actor("bench"))
        ours: list[float] = []
        floor: list[float] = []
        with store.reading() as connection:
            cursor = connection.connection.cursor()
            for typed in keystrokes(names):
                for job, took in ((partial(search, typed), ours), (partial(_bare, cursor, typed), floor)):
                    took.append(statistics.median(timed(job, 3)))
        store.close()
    value = p95(ours)
    return [Result(f"search among {PEOPLE:,} people, a keystroke, p95", value, "ms", "under 50 ms", value < 50,
                   p95(floor))]
