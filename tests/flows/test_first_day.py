"""The first day of a hospital, from nothing, with the window alone, in a real X server with real mouse and keys.

The program is started as on a new PC: no option, no file of its own anywhere. The end is read from the database and
from the printed sheet.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tests.support.imports import DATA, IMPORTER, expected
from tests.support.xserver import Driver, x_server
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import ProfileStatus, Role
from wardbeds.services import accounts, reading
from wardbeds.services.exporting import export_board
from wardbeds.services.settings import read_settings
from wardbeds.store.check import check
from wardbeds.store.database import Store

PASSWORDS = {"alice": "nine-quiet-beds", "nina": "eight-green-doors", "paul": "seven-clean-rooms"}
HOSPITAL, STATION = "Hill District Hospital", "surgery-desk"
pytestmark = pytest.mark.native


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where a new user's data will be."""
    return tmp_path / "share" / "wardbeds"


@pytest.fixture
def driver(data: Path, tmp_path: Path) -> Iterator[Driver]:
    with x_server() as display:
        geometry = tmp_path / "geometry.json"
        known = {name: value for name, value in os.environ.items() if name != "WARDBEDS_HOME"}
        environment = {**known, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WARDBEDS_GEOMETRY": str(geometry),
                       "HOME": str(tmp_path), "XDG_DATA_HOME": str(data.parent)}
        program = subprocess.Popen([sys.executable, "-m", "wardbeds"], env=environment)
        try:
            yield Driver(display, geometry)
        finally:
            program.terminate()
            program.wait(timeout=20)


def _type(driver: Driver, *texts: str) -> None:
    """Type into one field after the other; an empty text leaves a field as it is."""
    for n, text in enumerate(texts):
        if n:
            driver.do("key", "Tab")
        if text:
            driver.do("type", "--delay", "15", text)


def _enter(driver: Driver) -> None:
    driver.settle(0.2)
    driver.do("key", "Return")


def _on_page(driver: Driver, name: str, focused: str = "") -> None:
    """Wait for a page, and for the keyboard in one of its fields."""
    driver.wait(lambda now: now["page"] == name and (not focused or any(
        one["id"] == focused and one["state"] == "focused" for one in now["fields"])))


def _dialog(driver: Driver, title: str, *, typing: bool = True) -> None:
    driver.wait(lambda now: now["dialog"] == title and (not typing or any(
        one["state"] == "focused" for one in now["fields"])))


def _menu(driver: Driver, who: str, entry: str) -> None:
    driver.settle()
    driver.click("buttons", who)
    driver.wait(lambda now: any(one["id"] == entry for one in now["menu"]))
    driver.click("menu", entry)


def _welcome(driver: Driver) -> None:
    """This PC, where its data are, the hospital and its administrator, the first ward."""
    _on_page(driver, "pc")
    driver.click("buttons", "Nurses’ station")
    driver.click("fields", "Name of this PC, for example the ward’s")
    driver.do("key", "ctrl+a")
    _type(driver, STATION)
    _enter(driver)
    _on_page(driver, "connect")
    driver.do("key", "Escape")
    _on_page(driver, "pc")  # looked back
    _enter(driver)
    _on_page(driver, "connect")
    driver.click("buttons", "On this PC alone")
    driver.click("buttons", "Next: hospital")
    _on_page(driver, "administrator", "Name of the hospital")
    _type(driver, HOSPITAL, "", "Uwera", "Alice", "alice", PASSWORDS["alice"], PASSWORDS["alice"])
    _enter(driver)
    _on_page(driver, "ward", "Name of the ward")
    _type(driver, "Surgery", "SURG")
    driver.wait(lambda now: any(one["id"] == "Make 24 beds" for one in now["buttons"]))
    _enter(driver)
    driver.wait(lambda now: now["page"] == "board" and now["ward"] == "Surgery" and len(now["cards"]) == 24)


def _add_person(driver: Driver, username: str, family: str, given: str, role: str) -> str:
    """Add somebody; the code that is to be read to her."""
    _menu(driver, "A. Uwera", "People…")
    _dialog(driver, "People", typing=False)
    driver.click("buttons", "Add a person")
    _dialog(driver, "Add a person")
    _type(driver, username, family, given)
    driver.settle()
    driver.click("buttons", role)
    _enter(driver)
    _dialog(driver, "Code for the password", typing=False)
    code = next(str(text) for text in driver.told()["texts"] if re.fullmatch("[A-Z2-9]{8}", text))
    _enter(driver)
    driver.wait(lambda now: now["dialog"] is None)
    return code


def _lock(driver: Driver) -> None:
    driver.settle()
    driver.do("key", "ctrl+l")
    driver.wait(lambda now: now["page"] == "sign_in")


def _set_password(driver: Driver, username: str, code: str) -> None:
    """The new person comes to the window with her code."""
    driver.settle()
    driver.click("buttons", "I have a code for a new account")
    driver.wait(lambda now: any(one["id"] == "Code from the administrator" for one in now["fields"]))
    driver.click("fields", "User name")
    driver.do("key", "ctrl+a")
    _type(driver, username, code, PASSWORDS[username], PASSWORDS[username])
    _enter(driver)
    driver.wait(lambda now: now["page"] == "board" and now["ward"] == "Surgery")
    _lock(driver)
    driver.settle()
    driver.click("buttons", "Back to sign-in")


def _sign_in(driver: Driver, username: str) -> None:
    driver.settle()
    driver.click("fields", "User name")
    driver.do("key", "ctrl+a")
    _type(driver, username, PASSWORDS[username])
    _enter(driver)
    driver.wait(lambda now: now["page"] == "board" and now["ward"] == "Surgery" and len(now["cards"]) == 24)
    driver.settle()


def _import_lists(driver: Driver) -> None:
    _menu(driver, "A. Uwera", "Import lists…")
    _dialog(driver, "Import lists")
    _type(driver, str(DATA / "edge01"))
    _enter(driver)
    driver.wait(lambda now: any(one["words"] == "Close" for one in now["buttons"]), 60)
    _enter(driver)
    driver.wait(lambda now: now["dialog"] is None)


def _admit(driver: Driver) -> None:
    """A new patient, who waits for a bed."""
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
    driver.wait(lambda now: any(one["words"] == "Admit to the waiting list" for one in now["buttons"]))
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None and "Admitted" in now["last_action"])


def _place_and_discharge(driver: Driver) -> None:
    (waits,) = driver.wait(lambda now: len(now["waiting"]) == 1)["waiting"]
    driver.drag(driver.find("waiting", waits["hospital_number"]), driver.find("cards", "A-102"))
    driver.wait(lambda now: "Placed" in now["last_action"] and not now["waiting"])
    driver.drag(driver.find("cards", "A-102"), driver.find("cards", "B-103"))
    driver.wait(lambda now: "Moved" in now["last_action"])
    driver.click("cards", "B-103")
    driver.do("key", "d")
    driver.wait(lambda now: now["dialog"] == "Discharge")
    driver.do("key", "Return")
    driver.wait(lambda now: now["dialog"] is None and "Discharged" in now["last_action"])


def _clean(driver: Driver) -> None:
    driver.click("cards", "B-103")
    driver.wait(lambda now: now["selected"].startswith("B-103"))
    driver.do("key", "c")
    driver.wait(lambda now: "Clean" in now["last_action"])


def _print(driver: Driver, sheet: Path) -> None:
    driver.do("key", "ctrl+p")
    driver.wait(lambda now: "ccupancy" in now["window"])
    driver.do("key", "Return")
    driver.wait(lambda now: now["window"] == "Save as PDF")
    driver.do("type", "--delay", "10", str(sheet))
    driver.do("key", "Return")
    driver.wait(lambda now: "Saved" in now["notice"])


def test_from_nothing_to_a_printed_sheet(driver: Driver, data: Path, tmp_path: Path) -> None:
    assert not data.exists()
    _welcome(driver)
    codes = {"nina": _add_person(driver, "nina", "Uwase", "Nina", "Nurse"),
             "paul": _add_person(driver, "paul", "Kabera", "Paul", "Support")}
    _import_lists(driver)
    for username, code in codes.items():
        _lock(driver)
        _set_password(driver, username, code)
        _sign_in(driver, username)
    _lock(driver)
    _sign_in(driver, "nina")
    _admit(driver)
    _place_and_discharge(driver)
    _lock(driver)
    _sign_in(driver, "paul")
    _clean(driver)
    _lock(driver)
    _sign_in(driver, "nina")
    sheet = tmp_path / "sheet.pdf"
    _print(driver, sheet)
    text = " ".join(PdfReader(sheet).pages[0].extract_text().split())
    assert HOSPITAL in text
    assert "A-101" in text
    _read_the_end(Store.open(data / "wardbeds.db"))


def _read_what_was_imported(store: Store) -> None:
    """Every bed, who lies in it and who waits as the expected file says; every person as the list says."""
    final = expected("edge01")["final"]
    imported = [ward for ward in export_board(store, IMPORTER)["wards"] if ward["ward"] in final["waiting"]]
    assert {f"{ward['ward']}|{bed['bed_number']}": [bed["status"], bed["patient"] and bed["patient"]["hospital_number"]]
            for ward in imported for bed in ward["beds"]} == final["beds"]
    assert {ward["ward"]: [one["hospital_number"] for one in ward["waiting"]] for ward in imported} == final["waiting"]
    with (DATA / "edge01" / "patients.csv").open(encoding="utf-8", newline="") as lists:
        listed = list(csv.DictReader(lists))
    assert listed
    for one in listed:
        (found,) = reading.search_people(store, IMPORTER, one["hospital_number"], 8)
        person = found.person
        assert (person.hospital_number, person.last_name, person.first_name, person.sex.value,
                str(person.date_of_birth or "")) == tuple(one.values())


def _read_the_end(store: Store) -> None:
    settings = read_settings(store)
    assert (settings.hospital_name, settings.zone, settings.demo) == (HOSPITAL, ZoneInfo("Africa/Kigali"), False)
    staff = {one.username: (one.role, one.status, one.ward_names) for one in accounts.list_users(store, IMPORTER)}
    assert staff["alice"] == (Role.ADMIN, ProfileStatus.ACTIVE, ())
    assert staff["nina"] == (Role.MEDICAL_STAFF, ProfileStatus.ACTIVE, ("Surgery",))
    assert staff["paul"] == (Role.SUPPORT_STAFF, ProfileStatus.ACTIVE, ("Surgery",))
    wards = {one.ward.name: one.ward for one in reading.list_wards(store, IMPORTER)}
    assert set(wards) > {"Surgery"}
    beds = {bed.number: bed for bed in reading.read_board(store, IMPORTER, wards["Surgery"].id).beds}
    assert len(beds) == 24
    assert {number for number, bed in beds.items() if bed.status is not BedStatus.AVAILABLE} == {"A-102"}
    assert beds["A-102"].status is BedStatus.CLEANING  # left by the move, and not cleaned yet
    (found,) = reading.search_people(store, IMPORTER, "Zaninka", 8)
    lines = [(line.action, line.actor_name, line.station) for line in reversed(reading.person_history(
        store, IMPORTER, found.person.patient_id))]
    assert lines == [(action, "Nina Uwase", STATION) for action in ("admitted", "assigned", "moved", "discharged")]
    cleaned = reading.bed_history(store, IMPORTER, beds["B-103"].id)[0]
    assert (cleaned.action, cleaned.actor_name, cleaned.station) == ("cleaned", "Paul Kabera", STATION)
    _read_what_was_imported(store)
    with store.reading() as connection:
        assert check(connection) == []
    store.close()
