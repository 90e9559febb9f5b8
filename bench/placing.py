"""Placing against the same statements straight through the driver, on both engines."""

from __future__ import annotations

import contextlib
import sqlite3
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.raw import capture, replay
from bench.report import Result, p95
from tests.support.hospital import make_hospital
from tests.torture import engines
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, Override, PlacePatient, SeenBed, SeenPlace
from wardbeds.services import admitting, placing
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

MOVES = 200


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
        took, sent = capture(service, partial(placing.place_patient, service, hospital.nurse, request))
        replayed = replay(twin, sent)
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


def run() -> list[Result]:
    """On SQLite, and on PostgreSQL where it can be started."""
    found = []
    with tempfile.TemporaryDirectory() as home:
        service = Store.open(ensure(Path(home) / "service.db"))

        def twin() -> Store:
            with contextlib.closing(sqlite3.connect(Path(home) / "service.db")) as source, \
                    contextlib.closing(sqlite3.connect(Path(home) / "twin.db")) as target:
                source.backup(target)
            return Store.open(Path(home) / "twin.db")

        found += _placing(service, twin, "SQLite")
        service.close()
    return found + _on_postgresql()


def _on_postgresql() -> list[Result]:
    with engines.server(options=()) as (server, name), contextlib.closing(
            Store.open(server.url(engines.DATABASE))) as service:

        def twin() -> Store:
            server.run(f"CREATE DATABASE twin TEMPLATE {engines.DATABASE}")
            return Store.open(server.url("twin"))

        return _placing(service, twin, name)

