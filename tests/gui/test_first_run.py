"""The first start of a PC, page by page: what it is for, where the data are, who administers them, the first ward."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.hospital import PASSWORD
from wardbeds.domain.beds import RoomSexPolicy, WardSexPolicy
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.hospital import Hospital
from wardbeds.gui.first_run.administrator import AdministratorPage
from wardbeds.gui.first_run.page import StepsPage
from wardbeds.gui.first_run.ward import FirstWardPage
from wardbeds.gui.first_run.welcome import CONNECT, DEMO, HERE, ON_SERVER, PC, WelcomePage
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks
from wardbeds.services import accounts, reading
from wardbeds.services.hospital import read_hospital
from wardbeds.settings import (
    StationChoice,
    Use,
    clean_station,
    read_station,
    station_file,
    write_station,
)
from wardbeds.store.database import Store


def _welcome(qtbot: QtBot, name: str = "pc", **known: object) -> WelcomePage:
    page = WelcomePage(StationChoice(name, **known),  # type: ignore[arg-type]
                       lambda _url, _answer, _fault: pytest.fail("nobody was to be asked"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)  # arrow keys work where the keyboard is
    return page


def _press(widget: QWidget, key: Qt.Key) -> None:
    """A key for what has the focus, as the window hands it on."""
    QTest.keyClick(widget.focusWidget() or widget, key)


# the PC -----------------------------------------------------------------------------------------------------


def test_by_keyboard_alone(qtbot: QtBot) -> None:
    """Arrow keys choose, Enter goes on, Esc goes back."""
    page = _welcome(qtbot)
    assert page.focusWidget() is page.use.cards[Use.WARD]
    _press(page, Qt.Key.Key_Down)
    assert page.use.value == Use.SUPPORT
    _press(page, Qt.Key.Key_Return)
    assert page.part.name == "connect"
    _press(page, Qt.Key.Key_Escape)
    assert page.part.name == "pc"
    _press(page, Qt.Key.Key_Escape)  # nothing lies before it
    assert page.part.name == "pc"
    _press(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.chosen) as signal:
        _press(page, Qt.Key.Key_Return)
    assert signal.args == [StationChoice("pc", None, Use.SUPPORT)]


def _hold(widget: QWidget, key: Qt.Key) -> None:
    """Press a key for what has the focus and keep it down: the keyboard repeats it."""
    QTest.keyPress(widget.focusWidget() or widget, key)
    for _time in range(4):
        repeated = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(widget.focusWidget() or widget, repeated)


def test_enter_held_goes_on_once(qtbot: QtBot) -> None:
    """Else it would choose an embedded database that nobody has thought of."""
    page = _welcome(qtbot)
    _hold(page, Qt.Key.Key_Return)
    assert page.part.name == "connect"
    assert page.go_on.isEnabled()


def test_enter_on_back_goes_back(qtbot: QtBot) -> None:
    page = _welcome(qtbot)
    page.show_part(CONNECT)
    page.back.setFocus()
    _press(page, Qt.Key.Key_Return)
    assert page.part.name == "pc"


def test_without_a_name_it_does_not_go_on(qtbot: QtBot) -> None:
    page = _welcome(qtbot, "pc 7")
    page.name.setText("???")
    page.go_on.click()
    assert page.part.name == "pc"
    assert "name" in page.answer.text()
    assert page.name.wrong
    page.name.setText("Ward A, desk")
    page.go_on.click()
    assert page.answer.text() == ""
    with qtbot.waitSignal(page.chosen) as signal:
        page.go_on.click()
    assert signal.args == [StationChoice("Ward-A-desk")]


def test_the_side_says_how_far_one_is(qtbot: QtBot) -> None:
    page = _welcome(qtbot)
    assert page.side.accessibleName() == "Step 1 of 4: Language and PC"
    page.go_on.click()
    assert page.side.accessibleName() == "Step 2 of 4: Connect"
    page.where.choose(ON_SERVER)
    page.go_on.click()
    assert page.side.accessibleName() == "Step 2 of 4: Connect"  # the server is a part of it


def test_the_button_says_where_it_leads(qtbot: QtBot) -> None:
    page = _welcome(qtbot)
    said = [page.go_on.text()]
    page.show_part(CONNECT)
    for where in (HERE, ON_SERVER, DEMO):
        page.where.choose(where)
        said.append(page.go_on.text())
    assert said == ["Next: connect", "Next: hospital", "Next: the server", "Open the demo"]
    page.show_part(PC)
    assert page.go_on.text() == "Next: connect"


def test_what_is_known_stands_there_already(qtbot: QtBot) -> None:
    page = _welcome(qtbot, "desk", url="postgresql://station@localhost/wardbeds", use=Use.ADMINISTRATION)
    assert (page.name.text(), page.use.value, page.where.value) == ("desk", Use.ADMINISTRATION, ON_SERVER)
    assert page.form.fields["hosts"].text() == "localhost"


def test_a_server_is_tried_before_it_is_kept(qtbot: QtBot) -> None:
    answers = [refuse(Code.OFF, "no_answer"), None]
    page = WelcomePage(StationChoice("pc"), lambda _url, answer, _fault: answer(answers.pop(0)))
    qtbot.addWidget(page)
    page.show()
    page.go_on.click()
    page.where.choose(ON_SERVER)
    page.go_on.click()
    assert page.form.isVisible()
    page.form.show_url("postgresql://station:green@localhost/wardbeds")
    page.go_on.click()
    assert "does not answer" in page.form.answer.text()
    with qtbot.waitSignal(page.chosen) as signal:
        page.go_on.click()
    assert signal.args == [StationChoice("pc", "postgresql://station:green@localhost/wardbeds")]
    page.say("The disk is full.")
    assert page.form.answer.text() == "The disk is full."
    assert page.go_on.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.where.isVisible()
    assert not page.form.isVisible()


def test_the_choice_is_kept_for_its_owner_only(home: Path) -> None:
    assert read_station() is None
    write_station(StationChoice("pc", "postgresql://a@b/c", Use.SUPPORT))
    assert read_station() == StationChoice("pc", "postgresql://a@b/c", Use.SUPPORT)
    assert stat.S_IMODE(station_file().stat().st_mode) == 0o600
    station_file().write_text("nonsense")
    assert read_station() is None
    assert clean_station("  A b/ü?") == "A-b-ü"


@pytest.mark.parametrize("use", [None, "kitchen", 7])
def test_a_pc_that_was_never_asked_is_a_wards(home: Path, use: object) -> None:
    station_file().write_text(json.dumps({"name": "pc", "url": None} | ({"use": use} if use else {})))
    assert read_station() == StationChoice("pc", None, Use.WARD)


# the hospital, its administrator, its first ward -----------------------------------------------------------


@pytest.fixture
def session(sqlite_store: Store, qtbot: QtBot) -> Iterator[Session]:
    """An empty database, nobody signed in."""
    tasks = Tasks()
    made = Session(sqlite_store, "station-1", tasks)
    yield made
    qtbot.waitUntil(lambda: tasks.pending == 0)
    made.stop()
    tasks.stop()


def _shown(qtbot: QtBot, page: StepsPage) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 698)
    page.show()


def _fill(page: AdministratorPage, **texts: str) -> None:
    for name, text in texts.items():
        page.fields[name].setText(text)


def test_the_first_administrator_and_the_hospital(session: Session, qtbot: QtBot) -> None:
    page = AdministratorPage(session, with_pc=False)
    _shown(qtbot, page)
    assert page.zone.currentText() == "Africa/Kigali"
    _fill(page, name="Hill Hospital", username="uwera", last_name="Uwera", password="short", again="shirt")
    page.zone.setCurrentText("Africa/Nairobi")
    page.go_on.click()
    assert "not the same" in page.answer.text()
    assert page.fields["again"].wrong
    _fill(page, again="short")
    page.go_on.click()
    assert not page.go_on.isEnabled()  # twice pressed is sent once
    qtbot.waitUntil(page.go_on.isEnabled)
    assert "eight characters" in page.answer.text()
    _fill(page, password=PASSWORD, again=PASSWORD, last_name="")
    page.go_on.click()
    qtbot.waitUntil(lambda: page.fields["last_name"].wrong)
    _fill(page, last_name="Uwera")
    with qtbot.waitSignal(session.signed_in):
        page.go_on.click()
    assert session.actor is not None
    assert session.actor.role == "admin"
    assert read_hospital(session._store, session.actor).hospital == Hospital(
        name="Hill Hospital", zone="Africa/Nairobi")
    assert session.settings is not None
    assert session.settings.hospital_name == "Hill Hospital"


def test_a_hospital_may_be_named_later(session: Session, qtbot: QtBot) -> None:
    page = AdministratorPage(session, with_pc=True)
    _shown(qtbot, page)
    _fill(page, username="uwera", last_name="Uwera", password=PASSWORD, again=PASSWORD)
    with qtbot.waitSignal(session.signed_in):
        page.go_on.click()
    assert session.actor is not None
    assert read_hospital(session._store, session.actor).hospital == Hospital()


def test_who_comes_second_is_sent_to_sign_in(session: Session, qtbot: QtBot) -> None:
    page = AdministratorPage(session, with_pc=True)
    _shown(qtbot, page)
    accounts.create_first_admin(session._store, "first", "", "First", PASSWORD, "other")
    _fill(page, username="uwera", last_name="Uwera", password=PASSWORD, again=PASSWORD)
    with qtbot.waitSignal(page.too_late) as signal:
        page.go_on.click()
    assert "Sign in instead" in str(signal.args)


@pytest.fixture
def ward_page(session: Session, qtbot: QtBot) -> FirstWardPage:
    """The page for the first ward, an administrator signed in."""
    with qtbot.waitSignal(session.signed_in):
        session.create_first_admin("uwera", "A", "Uwera", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    page = FirstWardPage(session, with_pc=True)
    _shown(qtbot, page)
    return page


def test_a_ward_from_one_line(ward_page: FirstWardPage, session: Session, qtbot: QtBot) -> None:
    assert ward_page.go_on.text() == "Make 24 beds"
    assert ward_page.line.text() == "Rooms A to D, beds A-101 to D-106"
    ward_page.maker.beds.setText("9")
    assert ward_page.go_on.text() == "Make 9 beds"
    ward_page.maker.rooms.setText("2")
    ward_page.maker.pattern.setText("##")
    assert ward_page.line.text() == "Rooms A to B, beds 01 to 09"
    ward_page.go_on.click()
    assert "name" in ward_page.answer.text()
    assert ward_page.ward_name.wrong
    ward_page.ward_name.setText("Surgery")
    ward_page.code.setText("SURG")
    with qtbot.waitSignals([ward_page.left, session.ward_opened]):
        _press(ward_page, Qt.Key.Key_Return)
    board = session.model.board
    assert board is not None
    assert (board.ward.name, board.ward.code, board.ward.sex_policy) == ("Surgery", "SURG", WardSexPolicy.BY_ROOM)
    assert [bed.number for bed in board.beds] == [f"0{n}" for n in range(1, 10)]
    assert {room.sex_policy for room in board.rooms} == {RoomSexPolicy.ANY}


@pytest.mark.parametrize(("beds", "rooms", "pattern"), [("", "4", "##"), ("3", "4", "##"), ("201", "4", "##"),
                                                       ("x", "1", "##")])
def test_what_makes_no_ward_is_told(ward_page: FirstWardPage, session: Session, beds: str, rooms: str,
                                    pattern: str) -> None:
    ward_page.ward_name.setText("Surgery")
    maker = ward_page.maker
    for field, text in ((maker.beds, beds), (maker.rooms, rooms), (maker.pattern, pattern)):
        field.setText(text)
    assert ward_page.go_on.text() == "Make the beds"
    ward_page.go_on.click()
    assert "200 beds" in ward_page.answer.text()
    assert ward_page.focusWidget() is ward_page.maker.beds
    assert session.actor is not None
    assert reading.list_wards(session._store, session.actor) == ()


def test_it_can_be_skipped(ward_page: FirstWardPage, qtbot: QtBot) -> None:
    assert not ward_page.back.isVisible()
    with qtbot.waitSignal(ward_page.left):
        ward_page.skip.click()


def test_enter_on_skip_skips(ward_page: FirstWardPage, session: Session, qtbot: QtBot) -> None:
    ward_page.activateWindow()
    qtbot.waitUntil(ward_page.isActiveWindow)
    ward_page.ward_name.setText("Surgery")
    ward_page.skip.setFocus()
    with qtbot.waitSignal(ward_page.left):
        _press(ward_page, Qt.Key.Key_Return)
    assert session.actor is not None
    assert reading.list_wards(session._store, session.actor) == ()
