"""The first start of a PC as a whole, and the starts after it: what is asked, what is opened, what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.support.hospital import PASSWORD
from tests.support.postgres import free_port
from wardbeds.app import Application
from wardbeds.domain.people import Role
from wardbeds.gui.first_run.administrator import AdministratorPage
from wardbeds.gui.first_run.page import StepsPage
from wardbeds.gui.first_run.ward import FirstWardPage
from wardbeds.gui.first_run.welcome import CONNECT, DEMO, HERE, WelcomePage
from wardbeds.services.noted_prints import NotedPrint, note_print
from wardbeds.settings import (
    StationChoice,
    Use,
    read_station,
    user_data_folder,
    write_station,
)

Start = Callable[..., Application]


@pytest.fixture
def start(home: Path, qtbot: QtBot) -> Iterator[Start]:
    """Starts the program at this PC, and ends it in any case."""
    started: list[Application] = []

    def begin(url: str | None = None, station: str = "pc") -> Application:
        made = Application(url, demo=False, station=station)
        started.append(made)
        qtbot.addWidget(made.frame)
        return made

    yield begin
    qtbot.waitUntil(lambda: all(made._tasks is None or made._tasks.pending == 0 for made in started))
    for made in started:
        made.stop()


def _page(made: Application) -> StepsPage:
    assert made.first_run is not None
    assert made.first_run.page is not None
    assert made.frame.pages.currentWidget() is made.first_run.page
    return made.first_run.page


def _begin(made: Application, qtbot: QtBot) -> WelcomePage:
    with qtbot.waitSignal(made.asked):
        made.show()
    page = _page(made)
    assert isinstance(page, WelcomePage)
    return page


def test_from_this_pc_to_the_first_ward(start: Start, qtbot: QtBot) -> None:
    made = start()
    page = _begin(made, qtbot)
    page.use.choose(Use.SUPPORT)
    page.go_on.click()
    with qtbot.waitSignal(made.ready, timeout=20_000):
        page.go_on.click()
    assert read_station() == StationChoice("pc", None, Use.SUPPORT)
    administrator = _page(made)
    assert isinstance(administrator, AdministratorPage)
    assert administrator.side.accessibleName() == "Step 3 of 4: Hospital and administrator"
    for name, text in (("name", "Hill Hospital"), ("username", "uwera"), ("last_name", "Uwera"), ("password", PASSWORD),
                       ("again", PASSWORD)):
        administrator.fields[name].setText(text)
    assert made.session is not None
    with qtbot.waitSignal(made.session.signed_in):
        administrator.go_on.click()
    ward = _page(made)
    assert isinstance(ward, FirstWardPage)
    ward.ward_name.setText("Surgery")
    with qtbot.waitSignal(made.session.ward_opened):
        ward.go_on.click()
    assert made.board is not None
    assert made.first_run is None
    assert made.frame.pages.currentWidget() is made.board
    assert [made.frame.pages.widget(n) for n in range(made.frame.pages.count())] == [made.frame.skeleton, made.board]


def test_the_second_start_asks_nothing(start: Start, qtbot: QtBot) -> None:
    write_station(StationChoice("pc", None, Use.ADMINISTRATION))
    made = start(station="other")
    with qtbot.waitSignal(made.ready, timeout=20_000):
        made.show()
    assert made._station == "pc"
    assert made.session is not None
    assert made.session.use is Use.ADMINISTRATION
    page = _page(made)
    assert page.part.name == "administrator"  # nobody finished it the first time
    with qtbot.waitSignal(made.asked):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    back = _page(made)
    assert isinstance(back, WelcomePage)
    assert (back.part.name, back.name.text(), back.use.value) == ("connect", "pc", Use.ADMINISTRATION)
    with qtbot.waitSignal(made.ready, timeout=20_000):
        back.go_on.click()
    assert _page(made).part.name == "administrator"


def test_with_a_database_of_ones_own_the_pc_is_not_asked(start: Start, qtbot: QtBot, sqlite_url: str) -> None:
    made = start(sqlite_url)
    with qtbot.waitSignal(made.ready, timeout=20_000):
        made.show()
    page = _page(made)
    assert page.side.accessibleName() == "Step 1 of 2: Hospital and administrator"
    assert not page.back.isVisible()


def test_looking_around_keeps_nothing(start: Start, qtbot: QtBot) -> None:
    made = start()
    page = _begin(made, qtbot)
    page.show_part(CONNECT)
    page.where.choose(DEMO)
    with qtbot.waitSignal(made.ready, timeout=60_000):
        page.go_on.click()
    assert made.sign_in is not None
    assert made.frame.pages.currentWidget() is made.sign_in
    assert made.sign_in.accounts
    assert "DEMO" in made.frame.windowTitle()
    assert read_station() is None


def test_nothing_of_the_server_is_recorded_in_the_demo(start: Start, qtbot: QtBot) -> None:
    """A print noted while the server was away waits for that server, also if somebody looks around meanwhile."""
    url = f"postgresql://wardbeds@127.0.0.1:{free_port()}/wardbeds?sslmode=disable"
    write_station(StationChoice("pc", url))
    note_print(user_data_folder(), url, NotedPrint(user_id=1, role=Role.MEDICAL_STAFF, station="pc", ward_id=1))
    made = start()
    page = _server_asked(made, qtbot)
    page.back.click()
    page.where.choose(DEMO)
    with qtbot.waitSignal(made.ready, timeout=60_000):
        page.go_on.click()
    tasks = made._tasks
    assert tasks is not None
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert len(list(user_data_folder().glob("printed_*.json"))) == 1
    assert made.sign_in is not None
    assert made.sign_in.note.text() == ""  # nobody is "connected"


def _server_asked(made: Application, qtbot: QtBot) -> WelcomePage:
    """The page that asks for the server, since the one that is known does not answer."""
    made.show()
    qtbot.waitUntil(lambda: bool(made.frame.findChildren(QMessageBox)))
    box = made.frame.findChildren(QMessageBox)[0]
    with qtbot.waitSignal(made.asked):
        next(one for one in box.buttons() if one.text() == "Connection…").click()
    page = _page(made)
    assert isinstance(page, WelcomePage)
    assert page.form.answer.text() == box.text()
    return page


def test_a_server_that_has_moved_can_be_chosen_anew(start: Start, qtbot: QtBot) -> None:
    write_station(StationChoice("pc", f"postgresql://wardbeds@127.0.0.1:{free_port()}/wardbeds?sslmode=disable"))
    made = start()
    page = _server_asked(made, qtbot)
    assert page.part.name == "server"
    assert page.form.fields["hosts"].text() == "127.0.0.1"
    page.back.click()
    page.where.choose(HERE)
    with qtbot.waitSignal(made.ready):
        page.go_on.click()
    assert _page(made).part.name == "administrator"


def test_a_fault_at_the_start_is_told_and_can_be_looked_up(start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
                                                           caplog: pytest.LogCaptureFixture) -> None:
    fault = ZeroDivisionError("with something of the URL")

    def wrong(_url: str | None, *, demo: bool) -> None:
        raise fault

    monkeypatch.setattr("wardbeds.loading.open_database", wrong)
    write_station(StationChoice("pc"))
    made = start()
    made.show()
    qtbot.waitUntil(lambda: bool(made.frame.findChildren(QMessageBox)))
    box = made.frame.findChildren(QMessageBox)[0]
    assert "could not start (ZeroDivisionError)" in box.text()
    assert "Try again" not in [one.text() for one in box.buttons()]  # it would only meet the same fault
    assert "ZeroDivisionError" in caplog.text
    assert "something of the URL" not in caplog.text


def test_a_test_of_the_server_that_goes_wrong_itself_is_told(start: Start, qtbot: QtBot,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_url: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wardbeds.services.connecting.try_server", wrong)
    write_station(StationChoice("pc", f"postgresql://wardbeds@127.0.0.1:{free_port()}/wardbeds?sslmode=disable"))
    page = _server_asked(start(), qtbot)
    page.form.test.click()
    qtbot.waitUntil(page.form.test.isEnabled)
    assert "Something went wrong in the program" in page.form.answer.text()
