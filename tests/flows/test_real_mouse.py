"""The main job on real input, in a real X server: pas01 imported, dragged with the real mouse, moved, discharged.

The end is read from the database, the export and the printed sheet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tests.support.imports import DATA, IMPORTER
from tests.support.xserver import Driver, x_server
from wardbeds.domain.people import Role
from wardbeds.domain.requests import AdmitPatient, NewPerson
from wardbeds.services import accounts, admitting, reading
from wardbeds.services.exporting import export_board, export_census
from wardbeds.services.imports.run import run_import
from wardbeds.store.check import check
from wardbeds.store.database import Store

PASSWORD = "four-green-beds"
pytestmark = pytest.mark.native


@pytest.fixture
def house(migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """pas01 with one more patient who waits in Department 1."""
    path = tmp_path / "house.db"
    shutil.copyfile(migrated_file, path)
    store = Store.open(path)
    run_import(store, IMPORTER, DATA / "pas01")
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
        program = subprocess.Popen([sys.executable, "-m", "wardbeds", "--db", house.url.removeprefix("sqlite:///")],
                                   env=environment)
        try:
            yield Driver(display, geometry)
        finally:
            program.terminate()
            program.wait(timeout=20)


def _free(driver: Driver, count: int) -> list[str]:
    told = driver.wait(lambda now: sum(card["state"] == "available" for card in now["cards"]) >= count)
    return [card["words"] for card in told["cards"] if card["state"] == "available"][:count]


def test_drag_move_discharge_with_the_real_mouse(house: Store, driver: Driver, tmp_path: Path) -> None:
    driver.click("fields", "User name")
    driver.do("type", "nurse")
    driver.do("key", "Tab")
    driver.do("type", PASSWORD)
    driver.do("key", "Return")
    told = driver.wait(lambda now: now["page"] == "board" and now["ward"] == "Department 1" and now["waiting"])
    assert sum(chip["count"] for chip in told["chips"]) == sum(
        summary.counts.beds for summary in reading.list_wards(house, IMPORTER) if summary.ward.name == "Department 1")
    first, second = _free(driver, 2)
    driver.drag(driver.find("waiting", "Z-1"), driver.find("cards", first))
    driver.wait(lambda now: "Z-1" in now["last_action"] and any(
        card["words"] == first and card["hospital_number"] == "Z-1" for card in now["cards"]))
    driver.drag(driver.find("cards", first), driver.find("cards", second))
    driver.wait(lambda now: any(card["words"] == second and card["hospital_number"] == "Z-1" for card in now["cards"]))
    board = export_board(house, IMPORTER, "Department 1")["wards"][0]
    placed = next(bed for bed in board["beds"] if bed["patient"] and bed["patient"]["hospital_number"] == "Z-1")
    assert placed["bed_number"] == second
    sheet = tmp_path / "sheet.pdf"
    subprocess.run([sys.executable, "-m", "wardbeds", "print", "occupancy", "--ward", "Department 1", "--out", str(sheet),
                    "--db", house.url.removeprefix("sqlite:///")], check=True, stdout=subprocess.DEVNULL)
    assert "Z-1" in " ".join(page.extract_text() for page in PdfReader(sheet).pages)
    driver.click("cards", second)
    driver.wait(lambda now: now["selected"].startswith(second))
    driver.do("key", "d")
    driver.wait(lambda now: now["dialog"] == "Discharge")
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None and "Discharged" in now["last_action"])
    today = datetime.now(ZoneInfo("Africa/Kigali")).date()
    row = export_census(house, IMPORTER, today, today, "Department 1")[0]
    assert (row["admitted"], row["discharged_alive"], row["same_day"], row["closed"]) == (1, 1, 1, False)
    with house.reading() as connection:
        assert check(connection) == []

