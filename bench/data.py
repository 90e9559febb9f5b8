"""Placing against the same statements straight through the driver, and board reads."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.report import Result, p95, timed
from tests.support.hospital import make_hospital
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, Override, PlacePatient, SeenBed, SeenPlace
from wardbeds.services import accounts, admitting, placing, reading, setup
from wardbeds.store import board as board_reads
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

MOVES = 200


def _capture(store: Store, job: Callable[[], object]) -> tuple[float, list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        sent.append((statement, (parameters, many)))

    event.listen(store.engine, "before_cursor_execute", note)
    start = time.perf_counter()
    job()
    took = (time.perf_counter() - start) * 1000
    event.remove(store.engine, "before_cursor_execute", note)
    return took, sent


def _replay(store: Store, sent: list[tuple[str, Any]]) -> float:
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


def _placing(service: Store, make_twin: Callable[[], Store], label: str) -> list[Result]:
    """Move one patient to and fro: the service on one database, its statements on a twin of it."""
    hospital = make_hospital(service)
    admitting.admit_patient(service, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["South"], bed=SeenBed.of(hospital.bed("S-1"))))
    service.engine.dispose()
    twin = make_twin()
    ours, raw, counts = [], [], []
    here, there = "S-1", "S-2"
    for n in range(MOVES):
        request = PlacePatient(patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds[here]),
                               bed=SeenBed.of(hospital.bed(there)),
                               override=Override(warnings=tuple(Warned), reason="bench"))
        took, sent = _capture(service, partial(placing.place_patient, service, hospital.nurse, request))
        replayed = _replay(twin, sent)
        if n >= 10:
            ours.append(took)
            raw.append(replayed)
            counts.append(len(sent))
        here, there = there, here
    twin.close()
    value, floor = statistics.median(ours), statistics.median(raw)
    statements = statistics.median(counts)
    return [Result(f"place a patient, {label}, median", value, "ms", "at most 2 x raw-same", value <= 2 * floor, floor),
            Result(f"  the same, p95, {label}", p95(ours), "ms", "(told)", True, p95(raw)),
            Result(f"  statements, write and reading back, {label}", statements, "", "at most 10 on PostgreSQL",
                   label.startswith("SQLite") or statements <= 10)]


def _fill_beds(store: Store, wards: int, per_ward: int, name: str) -> None:
    actor = accounts.system_actor("bench")

    def build(connection: Any) -> None:
        transaction = begin(connection, actor.user_id, Needs(house=True))
        for ward in range(wards):
            ward_id = setup.add_ward(transaction, actor, {"name": f"{name} {ward:03d}", "code": "",
                                                          "cleaning_step": True, "sex_policy": "any"})
            room = registry.insert_room(transaction, ward_id, "A", "any")
            for n in range(per_ward):
                registry.insert_bed(transaction, {"ward_id": ward_id, "room_id": room, "bed_number": f"B-{n}"},
                                    datetime.now(UTC))

    run_all(store, build)


def _reads(store: Store) -> list[Result]:
    found = []
    _fill_beds(store, 1, 60, "Ward")
    actor = accounts.system_actor("bench")
    ward = reading.list_wards(store, actor)[0].ward
    values = timed(lambda: reading.read_board(store, actor, ward.id), 60)[10:]
    found.append(Result("read a 60-bed ward into values", statistics.median(values), "ms", "under 5 ms",
                        statistics.median(values) < 5))
    _fill_beds(store, 166, 60, "More")
    with store.reading() as connection:
        read = partial(board_reads.read_beds, connection, board_reads.ALL_BEDS)
        statement, (parameters, _many) = _capture(store, read)[1][-1]

        def raw() -> None:
            cursor = connection.connection.cursor()
            cursor.execute(statement, parameters)
            cursor.fetchall()

        floor = statistics.median(timed(raw, 9))
        value = statistics.median(timed(read, 9))
    found.append(Result("read a 10,000-bed house into values", value, "ms", "at most 2.5 x raw", value <= 2.5 * floor,
                        floor))
    return found


def run() -> list[Result]:
    """On SQLite, and on PostgreSQL where it can be started."""
    found = []
    with tempfile.TemporaryDirectory() as home:
        base = Path(home) / "base.db"
        ensure(base)
        for copy in ("service.db", "reads.db"):
            shutil.copyfile(base, Path(home) / copy)
        service, reads = (Store.open(Path(home) / copy) for copy in ("service.db", "reads.db"))

        def twin() -> Store:
            with contextlib.closing(sqlite3.connect(Path(home) / "service.db")) as source, \
                    contextlib.closing(sqlite3.connect(Path(home) / "twin.db")) as target:
                source.backup(target)
            return Store.open(Path(home) / "twin.db")

        found += _placing(service, twin, "SQLite")
        found += _reads(reads)
        for store in (service, reads):
            store.close()
    return found + _on_postgresql()


def _on_postgresql() -> list[Result]:
    from tests.support import postgres
    from wardbeds.services.maintenance import create

    server = postgres.start(next(version for version in postgres.TREES if "18" in version))
    try:
        server.run("CREATE DATABASE service")
        create(server.url("service"))

        def twin() -> Store:
            server.run("CREATE DATABASE twin TEMPLATE service")
            return Store.open(server.url("twin"))

        return _placing(Store.open(server.url("service")), twin, "PostgreSQL 18")
    finally:
        server.stop()

