"""The sign-in page: Enter presses what the keyboard is on, and whoever stands here hears why nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.errors import Busy, OutOfReach
from wardbeds.gui.dialogs.help import HelpDialog
from wardbeds.gui.session import Session
from wardbeds.gui.sign_in import Form, SignInPage
from wardbeds.gui.tasks import Tasks
from wardbeds.services import accounts

RETURN = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, small_hospital: Hospital) -> Iterator[SignInPage]:
    """Nobody is signed in."""
    tasks = Tasks()
    session = Session(small_hospital.store, "station-1", tasks)
    made = SignInPage(session, [])
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.ready()
    yield made
    qtbot.waitUntil(lambda: tasks.pending == 0)
    session.sign_out()
    session.stop()
    tasks.stop()


def _fill(form: Form) -> None:
    for field in form.fields.values():
        field.setText(PASSWORD)


def _coded(page: SignInPage) -> Form:
    """The form for a new account, open and filled in."""
    page.switch.click()
    _fill(page.code_form)
    return page.code_form


def test_enter_signs_in(page: SignInPage, qtbot: QtBot) -> None:
    page.form.fields["username"].setText("nurse")
    page.form.fields["password"].setText(PASSWORD)
    with qtbot.waitSignal(page._session.signed_in):
        QTest.keyClick(page.form.fields["password"], RETURN)


def test_enter_held_tries_a_password_once(page: SignInPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a wrong one, typed once, closes the account for a while."""
    tried: list[str] = []

    def refuses(username: str, _password: str, _on_refused: object) -> None:
        tried.append(username)
        page.form.refuse("")

    monkeypatch.setattr(page._session, "sign_in", refuses)
    _fill(page.form)
    QTest.keyPress(page.form.fields["password"], RETURN)
    for _time in range(4):
        QApplication.sendEvent(page.form.fields["password"], QKeyEvent(
            QEvent.Type.KeyPress, RETURN, Qt.KeyboardModifier.NoModifier, "\r", autorep=True))
    assert len(tried) == 1


def test_enter_presses_the_button_that_the_keyboard_is_on(page: SignInPage) -> None:
    page.switch.setFocus()
    QTest.keyClick(page.switch, RETURN)
    assert page.code_form.isVisible()
    assert page.form.error.text() == ""  # nor was anything sent


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("error", [OutOfReach("The cable is out."), Busy("The database is busy."), ZeroDivisionError()],
                         ids=["lost", "busy", "fault"])
def test_what_has_no_answer_is_told_where_it_was_sent(page: SignInPage, qtbot: QtBot, error: BaseException,
                                                      monkeypatch: pytest.MonkeyPatch, *, coded: bool) -> None:
    def fails(*_: object) -> object:
        raise error

    for name in ("sign_in", "set_first_password"):
        monkeypatch.setattr(accounts, name, fails)
    form = _coded(page) if coded else page.form
    _fill(form)
    form.button.click()
    assert not form.button.isEnabled()
    qtbot.waitUntil(form.button.isEnabled)
    assert form.error.isVisible()
    assert form.error.text() == str(error) or "Something went wrong" in form.error.text()


def test_what_goes_wrong_at_the_board_is_no_matter_of_this_page(page: SignInPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._session.signed_in):
        page._session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    page._session.failed.emit("The database is busy.")
    assert page.form.error.text() == ""


def test_f1_helps_and_leaves_what_was_typed(page: SignInPage, qtbot: QtBot) -> None:
    field = page.form.fields["username"]
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "nurse")
    QTest.keyClick(field, Qt.Key.Key_F1)
    shown = page.findChild(HelpDialog)
    assert shown is not None
    qtbot.waitUntil(shown.primary.hasFocus)
    assert any("Type your user name" in one.text() for one in shown.findChildren(QLabel))
    QTest.keyClick(shown.primary, RETURN)
    assert not shown.isVisible()
    assert field.hasFocus()
    assert page.form.text("username") == "nurse"
    assert not page.form.error.isVisible()  # that Enter has sent nothing
