"""Reading a ward and a large house into values, beside the same query through the driver, on both engines."""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bench.raw import capture
from bench.report import Result, timed
from tests.torture import engines
from wardbeds.services import accounts, reading, setup
from wardbeds.store import board, registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

WARDS, BEDS = 166, 60
"""With the ward that is read, 10,020 beds."""


def _fill(store: Store, wards: int, name: str) -> None:
    actor = accounts.system_actor("bench")

    def build(connection: Any) -> None:
        transaction = begin(connection, actor.user_id, Needs(house=True))
        for ward in range(wards):
            ward_id = setup.add_ward(transaction, actor, {"name": f"{name} {ward:03d}", "code": "",
                                                          "cleaning_step": True, "sex_policy": "any"})
            room = registry.insert_room(transaction, ward_id, "A", "any")
            for n in range(BEDS):
                registry.insert_bed(transaction, {"ward_id": ward_id, "room_id": room, "bed_number": f"B-{n}"},
                                    datetime.now(UTC))

    run_all(store, build)


def _queries(store: Store, job: Callable[[], object]) -> int:
    """How many statements read beds."""
    return sum("ward_beds" in statement for statement, _values in capture(store, job)[1])


def _ward(store: Store, label: str) -> list[Result]:
    _fill(store, 1, "Ward")
    actor = accounts.system_actor("bench")
    ward_id = reading.list_wards(store, actor)[0].ward.id
    read = partial(reading.read_board, store, actor, ward_id)
    value = statistics.median(timed(read, 70)[10:])
    queries = _queries(store, read)
    return [Result(f"read a 60-bed ward into values, {label}", value, "ms", "under 5 ms", value < 5),
            Result("  queries for its beds", queries, "", "one", queries == 1)]


def _house(store: Store, label: str) -> list[Result]:
    _fill(store, WARDS, "More")
    with store.reading() as connection:
        read = partial(board.read_beds, connection, board.ALL_BEDS)
        statement, (parameters, _many) = capture(store, read)[1][-1]
        queries = _queries(store, read)

        def raw() -> None:
            cursor = connection.connection.cursor()
            cursor.execute(statement, parameters)
            cursor.fetchall()

        ours, floor = [], []
        gc.collect()
        gc.disable()  # as the program has it while it runs
        for _turn in range(15):
            floor += timed(raw, 1)
            ours += timed(read, 1)
        gc.enable()
    value, bare = statistics.median(ours), statistics.median(floor)
    return [Result(f"read a 10,000-bed house into values, {label}", value, "ms", "at most 2.5 x raw",
                   value <= 2.5 * bare, bare),
            Result("  queries for it", queries, "", "one", queries == 1)]


def _both(store: Store, label: str) -> list[Result]:
    with closing(store):
        return [*_ward(store, label), *_house(store, label)]


def run() -> list[Result]:
    """On SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as home:
        found = _both(Store.open(ensure(Path(home) / "reads.db")), "SQLite")
    with engines.server() as (server, name):
        return found + _both(Store.open(server.url(engines.DATABASE)), name)
