"""The first start of a PC: its name, and where the data are."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.support.postgres import free_port
from wardbeds.app import Application
from wardbeds.domain.errors import Code, refuse
from wardbeds.gui.crash import tell_of_crash
from wardbeds.gui.first_run import FirstRunPage
from wardbeds.settings import StationChoice, clean_station, read_station, station_file, write_station


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARDBEDS_HOME", str(tmp_path))
    return tmp_path


def test_here_alone(qtbot: QtBot) -> None:
    page = FirstRunPage("pc 7", lambda _url, _answer: pytest.fail("nobody was to be asked"))
    qtbot.addWidget(page)
    page.show()
    page.name.setText("???")
    page.go_on.click()
    assert "name" in page.answer.text()
    page.name.setText("Ward A, desk")
    with qtbot.waitSignal(page.chosen) as signal:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert signal.args == [StationChoice("Ward-A-desk")]


def test_a_server_is_tried_before_it_is_kept(qtbot: QtBot) -> None:
    answers = [refuse(Code.OFF, "no_answer"), None]
    page = FirstRunPage("pc", lambda _url, answer: answer(answers.pop(0)))
    qtbot.addWidget(page)
    page.show()
    page.where.choose("server")
    page.go_on.click()
    assert page.form.isVisible()
    page.form.show_url("postgresql://station:green@localhost/wardbeds")
    page.go_on.click()
    assert "does not answer" in page.form.answer.text()
    with qtbot.waitSignal(page.chosen) as signal:
        page.go_on.click()
    assert signal.args == [StationChoice("pc", "postgresql://station:green@localhost/wardbeds")]
    page.refuse("The disk is full.")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.name.isVisible()
    assert not page.form.isVisible()


def test_the_choice_is_kept_for_its_owner_only(home: Path) -> None:
    assert read_station() is None
    write_station(StationChoice("pc", "postgresql://a@b/c"))
    assert read_station() == StationChoice("pc", "postgresql://a@b/c")
    assert stat.S_IMODE(station_file().stat().st_mode) == 0o600
    station_file().write_text("nonsense")
    assert read_station() is None
    assert clean_station("  A b/ü?") == "A-b-ü"


def test_the_program_asks_once_and_goes_on(home: Path, qtbot: QtBot) -> None:
    first = Application(None, demo=False, station="pc")
    qtbot.addWidget(first.frame)
    with qtbot.waitSignal(first.asked):
        first.show()
    assert first.first_run is not None
    assert first.frame.focusWidget() is first.first_run.go_on  # Enter goes on
    with qtbot.waitSignal(first.ready, timeout=20_000):
        first.first_run.go_on.click()
    assert first.sign_in is not None
    assert first.frame.pages.currentWidget() is first.sign_in
    first.stop()
    second = Application(None, demo=False, station="other")
    qtbot.addWidget(second.frame)
    with qtbot.waitSignal(second.ready, timeout=20_000):
        second.show()
    assert second.first_run is None
    assert second._station == "pc"
    second.stop()


def test_a_server_that_has_moved_can_be_chosen_anew(home: Path, qtbot: QtBot) -> None:
    write_station(StationChoice("pc", f"postgresql://wardbeds@127.0.0.1:{free_port()}/wardbeds?sslmode=disable"))
    made = Application(None, demo=False, station="pc")
    qtbot.addWidget(made.frame)
    made.show()
    qtbot.waitUntil(lambda: bool(made.frame.findChildren(QMessageBox)))
    box = made.frame.findChildren(QMessageBox)[0]
    with qtbot.waitSignal(made.asked):
        next(one for one in box.buttons() if one.text() == "Connection…").click()
    page = made.first_run
    assert page is not None
    qtbot.waitUntil(lambda: made.frame.pages.currentWidget() is page)
    assert page.step == 1
    assert page.form.fields["hosts"].text() == "127.0.0.1"
    assert page.form.answer.text() == box.text()
    page.back.click()
    page.where.choose("here")
    with qtbot.waitSignal(made.ready):
        page.go_on.click()
    assert made.sign_in is not None
    assert made.frame.pages.currentWidget() is made.sign_in
    made.stop()


def test_a_crash_is_told_in_plain_words_once(home: Path, qtbot: QtBot) -> None:
    tell_of_crash()
    tell_of_crash()
    boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    assert len(boxes) == 1
    assert "What was saved is safe" in boxes[0].text()
    boxes[0].close()
