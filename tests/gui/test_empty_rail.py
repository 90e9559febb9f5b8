"""An empty waiting list says that it is well and offers the admission, to those who may, while it can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hospital import PASSWORD
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.requests import AdmitPatient
from wardbeds.gui.board.rail_empty import RailEmpty
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.services import admitting


def _empty(desk: Desk) -> RailEmpty | None:
    return next((one for one in desk.page.rail.findChildren(RailEmpty) if one.isVisible()), None)


def _button(desk: Desk, qtbot: QtBot) -> Button:
    qtbot.waitUntil(lambda: _empty(desk) is not None)
    empty = _empty(desk)
    assert empty is not None
    assert empty.admit is not None
    return empty.admit


def test_it_offers_the_admission_until_somebody_waits(desk: Desk, qtbot: QtBot) -> None:
    QTest.mouseClick(_button(desk, qtbot), Qt.MouseButton.LeftButton)
    assert isinstance(desk.page.dialog, AdmitPatientDialog)
    desk.page.dialog.reject()
    hospital = desk.hospital
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"]))
    see(desk, qtbot)
    assert _empty(desk) is None
    desk.page.rail.show_tab(1)
    qtbot.waitUntil(lambda: _empty(desk) is not None)
    shown = _empty(desk)
    assert shown is not None
    assert shown.admit is None  # nobody leaves: nothing is to be done about that


def test_without_a_connection_it_says_why_not(desk: Desk, qtbot: QtBot) -> None:
    def unreachable(*_: object) -> object:
        raise OutOfReach("the cable is out")

    desk.session.link.stop()
    with qtbot.waitSignal(desk.session.connection_lost):
        desk.session.ask(unreachable, lambda _x: None)
    assert not _button(desk, qtbot).isEnabled()
    assert "connection" in _button(desk, qtbot).toolTip()


def test_a_role_that_may_not_admit_reads_whom_to_ask(desk: Desk, qtbot: QtBot) -> None:
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in("support", PASSWORD, lambda _refusal: None)
    assert not _button(desk, qtbot).isEnabled()
    assert "role" in _button(desk, qtbot).toolTip()
