"""Two real windows on one PostgreSQL: what the mouse does in one is seen in the other; one loses its cable."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.conftest import Servers
from tests.support.hospital import PASSWORD, make_hospital
from tests.support.proxy import Proxy
from tests.support.xserver import Driver, picture, x_server
from wardbeds.domain.requests import AdmitPatient, SeenBed
from wardbeds.services.admitting import admit_patient
from wardbeds.store.database import Store

pytestmark = pytest.mark.native


class Screen(Driver):
    """A program on a display of its own."""

    def __init__(self, display: str, folder: Path) -> None:
        super().__init__(display, folder / "geometry.json")
        self.folder = folder

    def sign_in(self, username: str) -> None:
        """Sign in and wait for the board."""
        self.click("fields", "User name")
        self.do("type", username)
        self.do("key", "Tab")
        self.do("type", PASSWORD)
        self.do("key", "Return")
        self.wait(lambda now: now["page"] == "board" and now["ward"] == "North" and now["cards"])

    def wait_for_patient(self, number: str, bed: str) -> None:
        """Wait until the patient is seen in the bed."""
        self.wait(lambda now: any((card["words"], card["hospital_number"]) == (bed, number) for card in now["cards"]))

    def save(self, name: str) -> None:
        """Keep what is on the screen."""
        self.settle()
        assert picture(self.folder).save(str(self.folder / f"{name}.png"))


@contextmanager
def program(url: str, folder: Path, station: str) -> Iterator[Screen]:
    """The program as a person starts it at that station."""
    folder.mkdir()
    with x_server(pixels=folder) as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "WARDBEDS_HOME": str(folder),
                       "WARDBEDS_GEOMETRY": str(folder / "geometry.json")}
        started = subprocess.Popen([sys.executable, "-m", "wardbeds", "--db", url, "--station", station],
                                   env=environment)
        try:
            yield Screen(display, folder)
        finally:
            started.terminate()
            started.wait(timeout=20)


@pytest.fixture
def screens(servers: Servers, tmp_path: Path) -> Iterator[tuple[Screen, Screen, Proxy]]:
    """One window straight at the server, one at the end of a cable that can be unplugged; one lies in N-1, one waits."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    hospital = make_hospital(store)
    admit_patient(store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1"))))
    admit_patient(store, hospital.nurse, AdmitPatient(person=hospital.people[2], ward_id=hospital.wards["North"]))
    store.close()
    proxy = Proxy(server.port)
    with ExitStack() as stack:
        stack.callback(proxy.stop)
        yield (stack.enter_context(program(server.url(name), tmp_path / "one", "desk-1")),
               stack.enter_context(program(proxy.url(server.url(name)), tmp_path / "other", "desk-2")), proxy)


def test_the_other_window_sees_it_and_says_when_it_cannot(screens: tuple[Screen, Screen, Proxy]) -> None:
    one, other, cable = screens
    one.sign_in("nurse")
    other.sign_in("admin")
    one.drag(one.find("cards", "N-1"), one.find("cards", "N-3"))
    one.wait_for_patient("T-001", "N-3")
    other.wait_for_patient("T-001", "N-3")
    one.save("moved")
    other.save("seen")

    cable.unplug()
    told = other.wait(lambda now: now["banner"], seconds=60)
    assert "No connection since" in told["banner"]
    assert any(button["reason"].startswith("No connection") for button in told["buttons"])
    one.drag(one.find("waiting", "T-003"), one.find("cards", "N-2"))
    one.wait_for_patient("T-003", "N-2")
    other.save("cut")
    assert any(card["hospital_number"] == "T-003" for card in other.told()["waiting"])

    cable.plug_in()
    other.wait(lambda now: not now["banner"], seconds=60)
    other.wait_for_patient("T-003", "N-2")
    assert one.told()["banner"] == ""
    other.save("back")
