"""Tables for spreadsheets: CSV that opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

BED_COLUMNS = ["ward", "room", "bed_number", "status", "hospital_number", "last_name", "first_name", "sex",
               "date_of_birth", "since", "held_for", "held_until", "reason", "notes"]
CENSUS_COLUMNS = ["date", "ward", "previous", "admitted", "transferred_in", "transferred_out", "discharged_alive",
                  "died", "remaining", "same_day", "closed"]
REFUSED_COLUMNS = ["file", "row", "column", "code", "reason"]


def as_csv(rows: Iterable[dict[str, Any]], columns: list[str]) -> str:
    """A CSV table; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def board_csv(value: dict[str, Any]) -> str:
    """The exported board as a table, a row a bed."""
    nobody = dict.fromkeys(("hospital_number", "last_name", "first_name", "sex", "date_of_birth"))
    return as_csv(({"ward": ward["ward"], **bed, **(bed["patient"] or nobody)} for ward in value["wards"]
                   for bed in ward["beds"]), BED_COLUMNS)


def census_csv(rows: list[dict[str, Any]]) -> str:
    """The exported census as a table, a row a ward and day."""
    return as_csv(rows, CENSUS_COLUMNS)


def refused_csv(rows: list[dict[str, Any]]) -> str:
    """The rows that an import refused, each with its reason."""
    return as_csv(rows, REFUSED_COLUMNS)
