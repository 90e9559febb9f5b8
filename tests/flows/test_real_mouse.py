"""The main job on real input, in a real X server: pas01 imported, dragged with the real mouse, moved, discharged.

The end is read from the database, the exports and the printed sheet.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tests.support.imports import DATA, IMPORTER
from tests.support.xserver import Driver, x_server
from wardbeds.domain.people import Role
from wardbeds.domain.requests import AdmitPatient, NewPerson
from wardbeds.services import accounts, admitting, reading
from wardbeds.services.exporting import export_census
from wardbeds.settings import embedded_database
from wardbeds.store.check import check
from wardbeds.store.database import Store

PASSWORD = "four-green-beds"
pytestmark = pytest.mark.native


def _wardbeds(*arguments: str) -> str:
    """What the command line says; without ``--db`` it is about the embedded database."""
    return subprocess.run([sys.executable, "-m", "wardbeds", *arguments], check=True, capture_output=True,
                          text=True).stdout


@pytest.fixture
def house() -> Iterator[Store]:
    """The embedded database with pas01, imported as a person does it, and one more who waits in Department 1."""
    assert ", 0 refused," in _wardbeds("import", str(DATA / "pas01"))
    store = Store.open(embedded_database())
    system = accounts.system_actor("tests")
    accounts.add_user(store, system, accounts.NewUser("nurse", Role.MEDICAL_STAFF, "Nina", "Nurse", ("Department 1",),
                                                      password=PASSWORD))
    ward = reading.list_wards(store, system)[0].ward
    admitting.admit_patient(store, system, AdmitPatient(
        person=NewPerson(last_name="Zaninka", first_name="Odette", sex="other", hospital_number="Z-1"),
        ward_id=ward.id))
    yield store
    store.close()


@pytest.fixture
def driver(house: Store, tmp_path: Path) -> Iterator[Driver]:
    """The program in its window, started as a person starts it."""
    with x_server() as display:
        geometry = tmp_path / "geometry.json"
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WARDBEDS_GEOMETRY": str(geometry)}
        program = subprocess.Popen([sys.executable, "-m", "wardbeds"], env=environment)
        try:
            yield Driver(display, geometry)
        finally:
            program.terminate()
            program.wait(timeout=20)


def _free(driver: Driver, count: int) -> list[str]:
    told = driver.wait(lambda now: sum(card["state"] == "available" for card in now["cards"]) >= count)
    return [card["words"] for card in told["cards"] if card["state"] == "available"][:count]


def _on_board(number: str) -> list[tuple[str, str]]:
    """The beds, and the waiting lists, on which ``export board`` has the person."""
    wards: list[dict[str, Any]] = json.loads(_wardbeds("export", "board"))["wards"]
    beds = [(ward["ward"], bed["bed_number"]) for ward in wards for bed in ward["beds"]
            if bed["patient"] and bed["patient"]["hospital_number"] == number]
    return beds + [(ward["ward"], "") for ward in wards for one in ward["waiting"] if one["hospital_number"] == number]


def _on_sheet(sheet: Path) -> str:
    """The text of Department 1's printed sheet."""
    _wardbeds("print", "occupancy", "--ward", "Department 1", "--out", str(sheet))
    return " ".join(page.extract_text() for page in PdfReader(sheet).pages)


def test_drag_move_discharge_with_the_real_mouse(house: Store, driver: Driver, tmp_path: Path) -> None:
    driver.click("fields", "User name")
    driver.do("type", "nurse")
    driver.do("key", "Tab")
    driver.do("type", PASSWORD)
    driver.do("key", "Return")
    told = driver.wait(lambda now: now["page"] == "board" and now["ward"] == "Department 1" and now["waiting"])
    beds = {summary.ward.name: summary.counts.beds for summary in reading.list_wards(house, IMPORTER)}
    assert sum(chip["count"] for chip in told["chips"]) == beds["Department 1"]
    assert sum(beds.values()) == 286
    assert _on_board("Z-1") == [("Department 1", "")]
    first, second = _free(driver, 2)
    driver.drag(driver.find("waiting", "Z-1"), driver.find("cards", first))
    driver.wait(lambda now: "Z-1" in now["last_action"] and any(
        card["words"] == first and card["hospital_number"] == "Z-1" for card in now["cards"]))
    assert _on_board("Z-1") == [("Department 1", first)]
    assert "Z-1" in _on_sheet(tmp_path / "placed.pdf")
    driver.drag(driver.find("cards", first), driver.find("cards", second))
    driver.wait(lambda now: any(card["words"] == second and card["hospital_number"] == "Z-1" for card in now["cards"]))
    assert _on_board("Z-1") == [("Department 1", second)]
    assert "Z-1" in _on_sheet(tmp_path / "moved.pdf")
    driver.click("cards", second)
    driver.wait(lambda now: now["selected"].startswith(second))
    driver.do("key", "d")
    driver.wait(lambda now: now["dialog"] == "Discharge")
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None and "Discharged" in now["last_action"])
    assert _on_board("Z-1") == []
    assert "Z-1" not in _on_sheet(tmp_path / "discharged.pdf")
    today = datetime.now(ZoneInfo("Africa/Kigali")).date()
    row = export_census(house, IMPORTER, today, today, "Department 1")[0]
    assert (row["admitted"], row["discharged_alive"], row["same_day"], row["closed"]) == (1, 1, 1, False)
    with house.reading() as connection:
        assert check(connection) == []

