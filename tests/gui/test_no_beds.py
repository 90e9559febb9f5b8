"""A ward without beds says so and how it gets some; whoever waits there is still shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hospital import PASSWORD
from wardbeds.domain.requests import AdmitPatient
from wardbeds.domain.ward_layout import SetUpWard
from wardbeds.gui.dialogs.ward_setup import WardSetupDialog
from wardbeds.services.admitting import admit_patient
from wardbeds.services.ward_setup import set_up_ward

if TYPE_CHECKING:
    from tests.support.hospital import Hospital


def _bare_ward(hospital: Hospital) -> int:
    """A ward without any room."""
    set_up_ward(hospital.store, hospital.admin, SetUpWard(name="East"))
    with hospital.store.reading() as connection:
        found = connection.exec_driver_sql("SELECT id FROM wards WHERE name = 'East'").scalar_one()
    admit_patient(hospital.store, hospital.admin, AdmitPatient(person=hospital.people[0], ward_id=found))
    return int(found)


def _sign_in(desk: Desk, qtbot: QtBot, name: str) -> None:
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in(name, PASSWORD, lambda refusal: pytest.fail(str(refusal)))


def test_it_says_so_and_opens_the_ward_set_up(desk: Desk, qtbot: QtBot) -> None:
    ward = _bare_ward(desk.hospital)
    _sign_in(desk, qtbot, "admin")
    page = desk.page
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(ward)
    assert page.views.currentWidget() is page.no_wards
    assert page.no_wards.words.text() == "East has no beds yet"
    assert page.rail.isVisible()
    assert len(page.rail.cards) == 1
    page.no_wards.make.click()
    qtbot.waitUntil(lambda: isinstance(page.dialog, WardSetupDialog))
    assert page.dialog is not None
    page.dialog.reject()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(desk.hospital.wards["North"])
    assert page.views.currentWidget() is page.map
    assert page.strip.isVisible()


def test_a_nurse_reads_whom_to_ask(desk: Desk, qtbot: QtBot) -> None:
    ward = _bare_ward(desk.hospital)
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(ward)
    assert desk.page.no_wards.isVisible()
    assert not desk.page.no_wards.make.isVisible()
    assert "administrator" in desk.page.no_wards.hint.text()
