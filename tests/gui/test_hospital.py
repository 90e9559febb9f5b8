"""The hospital's dialog, this PC's dialog, and what is seen first after signing in by what the PC is for."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hospital import PASSWORD, Hospital
from tests.support.stations import Colleague
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.hospital import ChangeHospital
from wardbeds.domain.hospital import Hospital as Named
from wardbeds.domain.people import Actor
from wardbeds.gui.dialogs.accounts import StaffDialog
from wardbeds.gui.dialogs.help import AboutDialog
from wardbeds.gui.dialogs.hospital import HospitalDialog
from wardbeds.gui.dialogs.this_pc import ThisPcDialog
from wardbeds.gui.first_screen import first_view, show_first
from wardbeds.gui.kept_views import KeptViews
from wardbeds.opening import open_database
from wardbeds.services.hospital import change_hospital
from wardbeds.services.settings import read_settings
from wardbeds.settings import StationChoice, Use, read_station


def _as(desk: Desk, qtbot: QtBot, username: str) -> Actor:
    desk.session.sign_out()
    with qtbot.waitSignals([desk.session.ward_opened, desk.session.wards_listed]):
        desk.session.sign_in(username, PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    assert desk.session.actor is not None
    return desk.session.actor


def _open(desk: Desk, qtbot: QtBot) -> HospitalDialog:
    desk.page.house.hospital()
    qtbot.waitUntil(lambda: isinstance(desk.page.dialog, HospitalDialog))
    dialog = desk.page.dialog
    assert isinstance(dialog, HospitalDialog)
    return dialog


def _offered(desk: Desk) -> list[str]:
    return [text for text, _action, _why in desk.page.house.actions()]


def test_only_an_administrator_is_offered_it(desk: Desk, qtbot: QtBot) -> None:
    assert "Hospital…" not in _offered(desk)  # a nurse, who sets up her own ward
    _as(desk, qtbot, "support")
    assert "Hospital…" not in _offered(desk)
    _as(desk, qtbot, "admin")
    assert "Hospital…" in _offered(desk)


def test_a_new_name_is_in_force_at_once(desk: Desk, qtbot: QtBot) -> None:
    _as(desk, qtbot, "admin")
    dialog = _open(desk, qtbot)
    assert dialog.zone.isEnabled()
    dialog.name.setText("Hill Hospital")
    dialog.zone.setCurrentText("Africa/Nairobi")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.session.settings is not None and desk.session.settings.hospital_name != "")
    assert desk.page.dialog is None
    kept = read_settings(desk.hospital.store)
    assert (kept.hospital_name, kept.zone) == ("Hill Hospital", ZoneInfo("Africa/Nairobi"))
    assert desk.session.settings == kept
    assert desk.session.zone == kept.zone


def test_the_zone_says_why_it_stays(desk: Desk, qtbot: QtBot) -> None:
    Colleague(desk.hospital).admit(0, "N-1")
    _as(desk, qtbot, "admin")
    dialog = _open(desk, qtbot)
    assert not dialog.zone.isEnabled()
    assert any("patients have been admitted" in one.text() for one in dialog.findChildren(QLabel))
    dialog.name.setText("Hill Hospital")
    dialog.primary.click()
    qtbot.waitUntil(lambda: read_settings(desk.hospital.store).hospital_name == "Hill Hospital")


def test_who_saves_second_is_told_in_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    _as(desk, qtbot, "admin")
    dialog = _open(desk, qtbot)
    change_hospital(desk.hospital.store, desk.hospital.admin, ChangeHospital(
        seen=Named(), wanted=Named(name="Valley Hospital")))
    dialog.name.setText("Hill Hospital")
    with qtbot.waitSignal(desk.session.action_refused):
        dialog.primary.click()
    assert "in the meantime" in dialog.summary.text()
    assert read_settings(desk.hospital.store).hospital_name == "Valley Hospital"


def test_other_stations_hear_of_it(desk: Desk, qtbot: QtBot) -> None:
    """The nurse stays signed in while an administrator elsewhere names the hospital: her next sheet has the name."""
    qtbot.waitUntil(lambda: 0 in desk.session.hearing._revisions)
    change_hospital(desk.hospital.store, desk.hospital.admin, ChangeHospital(
        seen=Named(), wanted=Named(name="Hill Hospital")))
    qtbot.waitUntil(lambda: desk.session.settings is not None
                    and desk.session.settings.hospital_name == "Hill Hospital")


# this PC ----------------------------------------------------------------------------------------------------


def test_this_pc_is_named_anew(desk: Desk, qtbot: QtBot) -> None:
    _as(desk, qtbot, "admin")
    assert "This PC…" not in _offered(desk)  # the command line says where the data are
    desk.session.choice = StationChoice("desk", "postgresql://s@localhost/w", Use.WARD)
    assert "This PC…" in _offered(desk)
    desk.page.house.this_pc()
    dialog = desk.page.dialog
    assert isinstance(dialog, ThisPcDialog)
    dialog.name.setText("  ")
    dialog.primary.click()
    assert "name" in dialog.summary.text()
    dialog.name.setText("office 1")
    dialog.use.choose(Use.ADMINISTRATION)
    with qtbot.waitSignal(desk.session.connection_chosen) as signal:
        dialog.primary.click()
    wanted = StationChoice("office-1", "postgresql://s@localhost/w", Use.ADMINISTRATION)
    assert signal.args == [wanted]
    assert read_station() is not None
    assert read_station()._replace(url=None) == wanted._replace(url=None)  # type: ignore[union-attr]


def test_about_tells_what_the_pc_is_for(desk: Desk) -> None:
    desk.session.choice = StationChoice("desk", None, Use.SUPPORT)
    dialog = AboutDialog(desk.session, desk.page)
    assert any("station-1, Support staff" in one.text() for one in dialog.findChildren(QLabel))


# what is seen first -----------------------------------------------------------------------------------------


def _first(desk: Desk, qtbot: QtBot, use: Use, username: str, file: Path) -> None:
    """Somebody signs in at a PC of this use, as the program lets it happen."""
    desk.session.choice = StationChoice("desk", None, use)
    KeptViews(desk.page, file, "database", first_view(use))
    _as(desk, qtbot, username)
    show_first(desk.page)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)


@pytest.mark.parametrize(("use", "username", "listed", "pressed", "people"), [
    (Use.WARD, "nurse", False, False, False), (Use.WARD, "support", False, False, False),
    (Use.SUPPORT, "support", True, True, False), (Use.SUPPORT, "nurse", True, True, False),
    (Use.ADMINISTRATION, "nurse", False, False, False), (Use.ADMINISTRATION, "admin", False, False, True)])
def test_what_is_seen_first(desk: Desk, qtbot: QtBot, tmp_path: Path, use: Use, username: str, listed: bool,
                            pressed: bool, people: bool) -> None:
    _first(desk, qtbot, use, username, tmp_path / "look.ini")
    page = desk.page
    assert page.views.currentWidget() is (page.list if listed else page.map)
    assert page.strip.filter() == ({BedStatus.CLEANING} if pressed else set())
    assert isinstance(page.dialog, StaffDialog) == people


def test_somebodys_own_choice_of_a_view_wins(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    _first(desk, qtbot, Use.SUPPORT, "support", tmp_path / "look.ini")
    desk.page.choose_view(1)
    _as(desk, qtbot, "admin")
    assert desk.page.views.currentWidget() is desk.page.list
    assert desk.page.strip.filter() == set()  # it went with the one before
    _as(desk, qtbot, "support")
    assert desk.page.views.currentWidget() is desk.page.grid


def test_the_name_is_there_before_anybody_signs_in(small_hospital: Hospital) -> None:
    change_hospital(small_hospital.store, small_hospital.admin, ChangeHospital(
        seen=Named(), wanted=Named(name="Hill Hospital")))
    opened = open_database(small_hospital.store.url, demo=False)
    assert opened.settings.hospital_name == "Hill Hospital"
    assert (opened.first, opened.wards) == (False, True)
    opened.store.close()
