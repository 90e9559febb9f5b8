"""Comparing an import with its expected file."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from wardbeds.domain.people import Actor, Role
from wardbeds.services.exporting import export_board, export_census
from wardbeds.services.imports.report import Report
from wardbeds.store.database import Store

DATA = Path(__file__).parents[1] / "data"
IMPORTER = Actor(2, "import", "import", Role.ADMIN, "tests")


def expected(name: str) -> dict[str, Any]:
    """The expected file of a data set."""
    found: dict[str, Any] = json.loads((DATA / name / "expected.json").read_text(encoding="utf-8"))
    return found


def refused_codes(report: Report) -> list[dict[str, Any]]:
    """The refused rows as the expected file names them."""
    return [{key: one[key] for key in ("file", "row", "code")} for one in report.as_dict()["refused"]]


def _shape(board: dict[str, Any]) -> dict[str, Any]:
    beds = {f"{ward['ward']}|{bed['bed_number']}": [bed["status"], bed["patient"] and bed["patient"]["hospital_number"]]
            for ward in board["wards"] for bed in ward["beds"]}
    waiting = {ward["ward"]: [one["hospital_number"] for one in ward["waiting"]] for ward in board["wards"]}
    return {"beds": beds, "waiting": waiting}


def assert_as_expected(store: Store, name: str) -> None:
    """Final board with status, waiting per ward, census of every day, every past board."""
    wanted = expected(name)
    assert _shape(export_board(store, IMPORTER)) == {key: wanted["final"][key] for key in ("beds", "waiting")}
    for past in wanted["at"]:
        found = _shape(export_board(store, IMPORTER, at=datetime.fromisoformat(past["at"])))
        assert found == {key: past[key] for key in ("beds", "waiting")}, past["at"]
    days = [date.fromisoformat(row["date"]) for row in wanted["census"]]
    census = [{key: value for key, value in row.items() if key != "closed"}
              for row in export_census(store, IMPORTER, min(days), max(days))]
    assert census == wanted["census"]
