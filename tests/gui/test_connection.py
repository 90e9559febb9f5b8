"""The connection form and its dialog: parts and address agree, what fails is told at its field, what fits is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.conftest import Servers
from tests.gui.conftest import Desk
from tests.support.hospital import make_hospital
from wardbeds.app import Application
from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.domain.people import Role
from wardbeds.gui.connection_form import ConnectionForm
from wardbeds.gui.dialogs.connection import ConnectionDialog
from wardbeds.gui.first_run.welcome import CONNECT, ON_SERVER, WelcomePage
from wardbeds.recent import Tried, read_recent
from wardbeds.settings import StationChoice, read_station, write_station
from wardbeds.store.database import Store

SERVER = "postgresql://station@beds,beds2:6000/wardbeds?sslmode=verify-full&sslrootcert=/ca.crt&target_session_attrs=read-write"


@pytest.fixture
def form(qtbot: QtBot) -> ConnectionForm:
    """A form whose server refuses the password."""
    made = ConnectionForm(lambda _url, answer, _fault: answer(refuse(Code.OFF, "wrong_password")),
                          [Tried(SERVER, "2026-03-02T08:30:00+00:00"),
                           Tried("postgresql://s@old/w", "2026-03-01T08:30:00+00:00", "no_host")])
    qtbot.addWidget(made)
    made.show()
    return made


def _type(form: ConnectionForm, name: str, text: str) -> None:
    form.fields[name].clear()
    QTest.keyClicks(form.fields[name], text)


def test_parts_make_the_address(form: ConnectionForm) -> None:
    for name, text in (("hosts", "beds, beds2:6000"), ("database", "wardbeds"), ("login", "station"),
                       ("ca_file", "/ca.crt"), ("password", "green")):
        _type(form, name, text)
    assert form.fields["url"].text() == SERVER  # without the password
    assert form.url == SERVER.replace("station@", "station:green@")


def test_the_address_makes_the_parts(form: ConnectionForm) -> None:
    _type(form, "url", "postgresql://s:pw@a:6001,b:6001/w?sslmode=verify-full&sslrootcert=/x.crt&application_name=y")
    assert [form.fields[name].text() for name in ("hosts", "port", "database", "login", "password", "ca_file")] == [
        "a, b", "6001", "w", "s", "pw", "/x.crt"]
    assert "application_name=y" in form.url
    _type(form, "hosts", "localhost")
    assert not form.fields["ca_file"].isEnabled()
    assert "sslmode" not in form.url


def test_what_is_missing_or_wrong_is_told_at_its_field(form: ConnectionForm) -> None:
    form.test.click()
    assert form.fields["hosts"].wrong
    _type(form, "hosts", "beds")
    _type(form, "database", "wardbeds")
    form.test.click()
    assert form.fields["login"].wrong
    _type(form, "login", "station")
    _type(form, "port", "x")
    form.test.click()
    assert "address of a server" in form.answer.text()
    _type(form, "port", "5432")
    form.test.click()
    assert "password" in form.answer.text()
    assert form.fields["password"].wrong
    assert form.focusWidget() is form.fields["password"]


def test_a_recent_server_is_taken_over_without_its_password(form: ConnectionForm) -> None:
    assert [form.recent.itemText(row) for row in (1, 2)] == ["beds, beds2 · wardbeds – worked", "old · w – did not work"]
    _type(form, "password", "left over")
    form.recent.activated.emit(2)
    assert (form.fields["hosts"].text(), form.password) == ("old", "")
    assert "no computer of this name" in form.answer.text()
    form.recent.activated.emit(1)
    assert form.url == SERVER


# while a server is being asked --------------------------------------------------------------------------------


class SlowServer:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answer: Callable[..., None] = pytest.fail
        self.fault: Callable[..., None] = pytest.fail

    def ask(self, url: str, answer: Callable[[Refusal | None], None], fault: Callable[[BaseException], None]) -> None:
        """As :data:`TryServer`."""
        self.asked.append(url)
        self._answer, self.fault = answer, fault

    def fits(self) -> None:
        """Answer what was asked last."""
        self._answer(None)


@pytest.fixture
def slow() -> SlowServer:
    return SlowServer()


@pytest.fixture
def welcome(qtbot: QtBot, slow: SlowServer) -> WelcomePage:
    """The page of the first start, with a server filled in."""
    page = WelcomePage(StationChoice("pc"), slow.ask)
    qtbot.addWidget(page)
    page.show()
    page.mend("postgresql://station@localhost/wardbeds", "")
    return page


def test_a_form_that_is_gone_hears_no_answer(slow: SlowServer, caplog: pytest.LogCaptureFixture) -> None:
    form = ConnectionForm(slow.ask, [])
    form.show_url(SERVER)
    form.test.click()
    delete(form)
    slow.fits()
    slow.fault(ZeroDivisionError())
    assert "ZeroDivisionError" in caplog.text


def test_who_went_back_meanwhile_is_not_taken_along(qtbot: QtBot, welcome: WelcomePage, slow: SlowServer) -> None:
    welcome.go_on.click()
    welcome.back.click()
    with qtbot.assertNotEmitted(welcome.chosen):
        slow.fits()
    assert welcome.number == CONNECT
    welcome.go_on.click()
    assert welcome.form.test.isEnabled()
    assert welcome.form.answer.text() == ""
    welcome.go_on.click()
    with qtbot.waitSignal(welcome.chosen):
        slow.fits()


def test_an_answer_about_what_was_changed_since_is_none(qtbot: QtBot, welcome: WelcomePage, slow: SlowServer) -> None:
    welcome.go_on.click()
    _type(welcome.form, "database", "other")
    assert welcome.form.test.isEnabled()
    with qtbot.assertNotEmitted(welcome.chosen):
        slow.fits()
    assert welcome.form.answer.text() == ""


def test_the_server_that_answered_is_the_one_that_is_kept(qtbot: QtBot, welcome: WelcomePage, slow: SlowServer) -> None:
    welcome.go_on.click()
    welcome.form.fields["database"].setText("other")  # not by hand, so that the answer is still awaited
    with qtbot.waitSignal(welcome.chosen) as signal:
        slow.fits()
    assert signal.args is not None
    assert [signal.args[0].url] == slow.asked


def test_connect_while_a_test_runs_goes_on_with_its_answer(qtbot: QtBot, welcome: WelcomePage,
                                                           slow: SlowServer) -> None:
    welcome.form.test.click()
    welcome.go_on.click()
    with qtbot.waitSignal(welcome.chosen):
        slow.fits()
    assert len(slow.asked) == 1


@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError(28, "No space left on device")],
                         ids=lambda error: type(error).__name__)
def test_a_test_that_goes_wrong_itself_is_told(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
                                               caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    def wrong(_url: str) -> None:
        raise error

    monkeypatch.setattr("wardbeds.gui.dialogs.connection.try_server", wrong)
    dialog = ConnectionDialog(desk.session, desk.page, StationChoice("pc", SERVER.replace("station@", "station:green@")))
    dialog.open()
    dialog.form.test.click()
    qtbot.waitUntil(dialog.form.test.isEnabled)
    assert "Something went wrong in the program" in dialog.form.answer.text()
    assert not dialog.summary.isVisible()  # nothing was to be kept
    assert type(error).__name__ in caplog.text
    assert "green" not in caplog.text


def test_a_dialog_that_is_gone_hears_of_no_full_disk(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_choice: StationChoice) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wardbeds.gui.dialogs.station_choice.keep_choice", full)
    dialog = ConnectionDialog(desk.session, desk.page)
    dialog.open()
    dialog.primary.click()
    delete(dialog)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


# the dialog, and a real server --------------------------------------------------------------------------------


@pytest.fixture
def server_url(servers: Servers) -> Iterator[str]:
    """A hospital on a server, as a station reaches it."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.station_url(name))
    make_hospital(store)
    store.close()
    yield server.station_url(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_dialog_tries_keeps_and_tells(desk: Desk, qtbot: QtBot, server_url: str) -> None:
    dialog = ConnectionDialog(desk.session, desk.page)
    dialog.open()
    assert dialog.where.value == "here"
    assert not dialog.form.isVisible()
    dialog.where.choose("server")
    dialog.form.show_url(server_url.replace("wardbeds_station", "nobody_here"))
    with qtbot.waitSignal(dialog.form.tested):
        dialog.primary.click()
    assert "does not know this login" in dialog.form.answer.text()
    assert read_station() is None
    dialog.form.show_url(server_url.replace("_station", "_station:green"))
    with qtbot.waitSignal(desk.session.connection_chosen) as signal:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert signal.args is not None
    assert "green" in signal.args[0].url
    assert read_station() == StationChoice("station-1", server_url)
    assert [one.trouble for one in read_recent()] == ["", "no_login"]


def test_only_an_administrator_finds_it_in_the_menu(desk: Desk) -> None:
    def offered() -> bool:
        return any(action == desk.page.house.connection for _, action, _ in desk.page.house.actions())

    assert not offered()
    desk.session.actor = desk.hospital.admin
    assert desk.hospital.admin.role is Role.ADMIN
    assert offered()


def test_the_program_goes_over_to_the_server_at_once(qtbot: QtBot, tmp_path: Path, server_url: str,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDBEDS_HOME", str(tmp_path))
    write_station(StationChoice("pc"))
    application = Application(None, demo=False, station="pc")
    qtbot.addWidget(application.frame)
    with qtbot.waitSignal(application.ready, timeout=20_000):
        application.show()
    assert application.first_run is not None
    assert application.first_run.asks_administrator  # nobody works here yet
    assert application.first_run.page is not None
    with qtbot.waitSignal(application.asked):
        application.first_run.page.back.click()
    page = application.first_run.page
    assert isinstance(page, WelcomePage)
    page.where.choose(ON_SERVER)
    page.go_on.click()
    page.form.show_url(server_url)
    with qtbot.waitSignal(application.ready, timeout=20_000):
        page.go_on.click()
    assert application.first_run is None
    assert application.sign_in is not None
    assert application.sign_in.form.isVisible()  # the server's people
    assert application._url == server_url
    application.stop()
    application._store.close()


def test_a_disk_that_cannot_be_written_is_told(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_choice: StationChoice) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wardbeds.services.connecting.write_station", full)
    dialog = ConnectionDialog(desk.session, desk.page)
    dialog.open()
    with qtbot.waitSignal(desk.tasks.idle):
        dialog.primary.click()
    assert "No space left" in dialog.summary.text()
    assert dialog.primary.isEnabled()
