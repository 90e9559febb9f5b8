"""The first day, from an empty database with the window alone, in a real X server with real mouse and keys."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support.imports import DATA, IMPORTER, expected
from tests.support.xserver import Driver, x_server
from wardbeds.services import accounts, reading
from wardbeds.services.exporting import export_board
from wardbeds.store.check import check
from wardbeds.store.database import Store

PASSWORD = "nine-quiet-beds"
pytestmark = pytest.mark.native


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with x_server() as display:
        geometry = tmp_path / "geometry.json"
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WARDBEDS_GEOMETRY": str(geometry),
                       "WARDBEDS_HOME": str(tmp_path)}
        program = subprocess.Popen([sys.executable, "-m", "wardbeds", "--db", str(tmp_path / "new.db")],
                                   env=environment)
        try:
            yield Driver(display, geometry)
        finally:
            program.terminate()
            program.wait(timeout=20)


def _type(driver: Driver, *texts: str) -> None:
    """Type into one field after the other."""
    for n, text in enumerate(texts):
        if n:
            driver.do("key", "Tab")
        if text:
            driver.do("type", "--delay", "15", text)


def _menu(driver: Driver, entry: str) -> None:
    driver.settle()
    driver.click("buttons", "A. Uwera")
    driver.wait(lambda now: any(one["id"] == entry for one in now["menu"]))
    driver.click("menu", entry)


def test_from_nothing_to_a_printed_sheet(driver: Driver, tmp_path: Path) -> None:
    # the first administrator
    driver.wait(lambda now: now["page"] == "sign_in" and any(one["id"] == "User name" for one in now["fields"]))
    driver.click("fields", "User name")
    _type(driver, "alice", "Uwera", "Alice", PASSWORD, PASSWORD)
    driver.do("key", "Return")
    driver.wait(lambda now: now["page"] == "board" and now["view"] == "empty")
    # a ward of 24 beds, in one step
    driver.click("buttons", "Set up the first ward")
    driver.wait(lambda now: now["dialog"] == "New ward" and any(one["state"] == "focused" for one in now["fields"]))
    _type(driver, "Surgery", "SURG")
    driver.do("key", "Return")
    driver.wait(lambda now: now["ward"] == "Surgery" and len(now["cards"]) == 24 and now["dialog"] is None)
    # two people
    for username, family, given in (("nina", "Uwase", "Nina"), ("paul", "Kabera", "Paul")):
        _menu(driver, "People…")
        driver.wait(lambda now: now["dialog"] == "People")
        driver.click("buttons", "Add a person")
        driver.wait(lambda now: now["dialog"] == "Add a person"
                    and any(one["state"] == "focused" for one in now["fields"]))
        _type(driver, username, family, given)
        driver.do("key", "Return")
        driver.wait(lambda now: now["dialog"] == "Code for the password")
        driver.do("key", "Return")
        driver.wait(lambda now: now["dialog"] is None)
    # the hospital's lists
    _menu(driver, "Import lists…")
    driver.wait(lambda now: now["dialog"] == "Import lists" and any(one["state"] == "focused" for one in now["fields"]))
    _type(driver, str(DATA / "edge01"))
    driver.do("key", "Return")
    driver.wait(lambda now: any(one["words"] == "Close" for one in now["buttons"]), 60)
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None)
    # admit a new patient onto a bed
    driver.wait(lambda now: now["ward"] == "Surgery" and len(now["cards"]) == 24)
    driver.click("cards", "A-102")
    driver.wait(lambda now: now["selected"].startswith("A-102"))
    driver.do("key", "n")
    driver.wait(lambda now: (now["dialog"] or "").startswith("Admit") and any(
        one["state"] == "focused" for one in now["fields"]))
    _type(driver, "Zaninka Odette")
    driver.settle()
    driver.click("buttons", "New patient")
    driver.wait(lambda now: any(one["id"] == "Born" for one in now["fields"]))
    driver.click("fields", "Born")
    _type(driver, "14-May-1988")
    driver.settle()
    driver.click("buttons", "Female")
    driver.do("key", "Return")
    driver.wait(lambda now: any(one["words"] == "Admit to A-102" for one in now["buttons"]))
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None and "Admitted" in now["last_action"])
    # place her elsewhere by drag, then discharge
    driver.drag(driver.find("cards", "A-102"), driver.find("cards", "B-103"))
    driver.wait(lambda now: "Moved" in now["last_action"])
    driver.click("cards", "B-103")
    driver.do("key", "d")
    driver.wait(lambda now: now["dialog"] == "Discharge")
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None and "Discharged" in now["last_action"])
    # print
    sheet = tmp_path / "sheet.pdf"
    driver.do("key", "ctrl+p")
    driver.wait(lambda now: "ccupancy" in now["window"])
    driver.do("key", "Return")
    driver.wait(lambda now: now["window"] == "Save as PDF")
    driver.do("type", "--delay", "10", str(sheet))
    driver.do("key", "Return")
    driver.wait(lambda now: "Saved" in now["notice"])
    assert "A-101" in PdfReader(sheet).pages[0].extract_text()
    store = Store.open(tmp_path / "new.db")
    names = {one.username for one in accounts.list_users(store, IMPORTER)}
    assert {"alice", "nina", "paul"} <= names
    assert {one.ward.name for one in reading.list_wards(store, IMPORTER)} > {"Surgery"}
    want = {bed.partition("|")[0] for bed in expected("edge01")["final"]["beds"]}
    assert want <= {ward["ward"] for ward in export_board(store, IMPORTER)["wards"]}
    with store.reading() as connection:
        assert check(connection) == []
    store.close()
