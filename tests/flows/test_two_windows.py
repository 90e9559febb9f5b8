"""Two real windows with real mice on one PostgreSQL: what one does the other shows; a cable is pulled and put back.

With ``WARDBEDS_PICTURES`` set to a folder, what both screens show at each step is kept there, to be looked at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Servers
from tests.support.cable import Cable
from tests.support.hospital import PASSWORD, Hospital, make_hospital
from tests.support.xserver import Driver, picture, x_server
from wardbeds.domain.requests import AdmitPatient
from wardbeds.services.admitting import admit_patient
from wardbeds.store.database import Store

pytestmark = pytest.mark.native
PATIENT = "T-001"


@contextmanager
def _window(name: str, url: str, folder: Path) -> Iterator[Driver]:
    """A station on a screen of its own, a nurse signed in."""
    home, geometry = folder / name, folder / f"{name}.json"
    home.mkdir()
    with x_server(pixels=home) as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WARDBEDS_GEOMETRY": str(geometry),
                       "WARDBEDS_HOME": str(home)}
        program = subprocess.Popen([sys.executable, "-m", "wardbeds", "--db", url, "--station", name], env=environment)
        try:
            driver = Driver(display, geometry)
            driver.click("fields", "User name")
            driver.do("type", "nurse")
            driver.do("key", "Tab")
            driver.do("type", PASSWORD)
            driver.do("key", "Return")
            driver.wait(lambda now: now["page"] == "board" and now["waiting"], 40)
            yield driver
        finally:
            program.terminate()
            program.wait(timeout=20)


@pytest.fixture
def house(servers: Servers) -> Iterator[tuple[Hospital, str]]:
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    hospital = make_hospital(store)
    admit_patient(store, hospital.nurse, AdmitPatient(person=hospital.people[0], ward_id=hospital.wards["North"]))
    yield hospital, server.url(name)
    store.close()


def _card(now: dict[str, Any], number: str) -> dict[str, Any]:
    found: dict[str, Any] = next(card for card in now["cards"] if card["words"] == number)
    return found


def _keep_pictures(folder: Path, step: str) -> None:
    if "WARDBEDS_PICTURES" in os.environ:
        for name in ("Station-1", "Station-2"):
            target = Path(os.environ["WARDBEDS_PICTURES"], f"{step}_{name}.png")
            assert picture(folder / name).save(str(target)), target


def test_one_window_shows_what_the_other_does(house: tuple[Hospital, str], tmp_path: Path) -> None:
    _hospital, url = house
    host, _, rest = url.rpartition(":")
    port, _, database = rest.partition("/")
    cable = Cable(int(port))
    with ExitStack() as stack:
        stack.callback(cable.close)
        one = stack.enter_context(_window("Station-1", f"{host}:{cable.port}/{database}", tmp_path))
        two = stack.enter_context(_window("Station-2", url, tmp_path))
        two.drag(two.find("waiting", PATIENT), two.find("cards", "N-1"))
        now = one.wait(lambda now: _card(now, "N-1")["hospital_number"] == PATIENT)
        assert _card(now, "N-1")["changed"] == "changed by Station-2"
        one.wait(lambda now: now["selected"].startswith("Station-2: N-1 → UWIMANA, Claire"))
        _keep_pictures(tmp_path, "1_dragged")
        one.do("mousemove", *one.find("cards", "N-1"))
        one.wait(lambda now: not _card(now, "N-1")["changed"])

        cable.cut()
        one.wait(lambda now: now["banner"].startswith("No connection since "), 20)
        two.drag(two.find("cards", "N-1"), two.find("cards", "N-2"))
        two.wait(lambda now: _card(now, "N-2")["hospital_number"] == PATIENT)
        assert _card(one.told(), "N-2")["hospital_number"] is None
        one.settle()
        _keep_pictures(tmp_path, "2_cut")
        cable.mend()
        one.wait(lambda now: not now["banner"] and _card(now, "N-2")["hospital_number"] == PATIENT, 20)
        one.settle()
        _keep_pictures(tmp_path, "3_back")
        one.click("buttons", "Show changes")
        one.wait(lambda now: now["dialog"] == "Changes by others")
        one.do("key", "Escape")

        one.click("cards", "N-4")
        one.do("key", "b")
        one.wait(lambda now: now["dialog"] == "Block N-4")
        two.click("cards", "N-4")
        two.do("key", "b")
        two.wait(lambda now: now["dialog"] == "Block N-4")
        two.click("buttons", "Mattress")
        two.do("key", "Return")
        two.wait(lambda now: now["dialog"] is None and _card(now, "N-4")["state"] == "maintenance")
        now = one.wait(lambda now: any(button["reason"] == "N-4 is now: Blocked." for button in now["buttons"]))
        assert now["dialog"] == "Block N-4"
        one.settle()
        _keep_pictures(tmp_path, "4_meanwhile")
