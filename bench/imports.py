"""An import of 6,360 movements on SQLite: four hospitals' wards, people and ten days in one, in order of time."""

from __future__ import annotations

import contextlib
import csv
import sqlite3
import tempfile
from pathlib import Path

from bench.raw import capture, replay
from bench.report import Result
from tests.support.imports import DATA, IMPORTER
from wardbeds.services.imports.run import run_import
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

COPIES = 4
LISTS = ("wards", "beds", "patients", "movements")
OWN = ("ward", "hospital_number")
"""What each copy has of its own."""


def make_lists(folder: Path) -> int:
    """Write the lists; how many movements there are."""
    for name in LISTS:
        with (DATA / "pas01" / f"{name}.csv").open(newline="", encoding="utf-8") as source:
            reader = csv.DictReader(source)
            rows = [_as_copy(row, copy) for row in reader for copy in range(COPIES)]
            columns = list(reader.fieldnames or ())
        if name == "movements":
            rows.sort(key=lambda row: row["at"])
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(rows)
    return len(rows)


def _as_copy(row: dict[str, str], copy: int) -> dict[str, str]:
    return row | {name: f"{row[name]}-{copy}" for name in OWN if row.get(name)}


def run() -> list[Result]:
    """The import, and its statements through the driver on a twin."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "lists"
        folder.mkdir()
        movements = make_lists(folder)
        url = ensure(Path(home) / "import.db")
        with contextlib.closing(sqlite3.connect(Path(home) / "import.db")) as source, \
                contextlib.closing(sqlite3.connect(Path(home) / "twin.db")) as target:
            source.backup(target)
        store, twin = Store.open(url), Store.open(f"sqlite:///{Path(home) / 'twin.db'}")
        with contextlib.closing(store), contextlib.closing(twin):
            reports = []
            took, sent = capture(store, lambda: reports.append(run_import(store, IMPORTER, folder)))
            floor = replay(twin, sent)
        assert not reports[0].refused, reports[0].refused[:3]
    return [Result(f"import of {movements:,} movements, SQLite", took / 1000, "s", "6,000 under 15 s",
                   took / 1000 < 15 * movements / 6000, floor / 1000)]
