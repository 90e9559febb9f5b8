"""Large targets: what is clicked is 48 px high at 100 % text, on the board and in dialogs, and nothing is clipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.text_walk import walk
from wardbeds.domain.requests import AdmitPatient, SeenBed
from wardbeds.gui import theme
from wardbeds.gui.chips import Chip
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.inputs import ComboBox, Field, TimeEdit
from wardbeds.gui.segments import Segment
from wardbeds.gui.ticks import Check, Choice
from wardbeds.services import admitting

CLICKED = (Button, Check, Chip, Choice, ComboBox, Field, Segment, TimeEdit)
LARGE, ORDINARY = 48, 40


def _targets(root: QWidget) -> list[QWidget]:
    found = [one for kind in CLICKED for one in root.findChildren(kind) if one.isVisible()]
    return [one for one in found if one.isVisible()]


def _too_low(root: QWidget, least: int) -> list[str]:
    return [f"{type(one).__name__} {one.accessibleName()!r}: {one.height()}" for one in _targets(root)
            if one.height() < least]


@pytest.fixture
def large(desk: Desk, qtbot: QtBot) -> Iterator[Desk]:
    """The nurse's board with large targets, one patient in a bed and one who waits."""
    for n, bed in ((0, "N-1"), (1, None)):
        admitting.admit_patient(desk.store, desk.hospital.nurse, AdmitPatient(
            person=desk.hospital.people[n], ward_id=desk.hospital.wards["North"],
            bed=SeenBed.of(desk.hospital.bed(bed)) if bed else None))
    qtbot.waitUntil(lambda: len(desk.session.model.waiting) == 1)
    desk.page.set_large_targets(True)
    yield desk
    desk.page.set_large_targets(False)


def test_the_board(large: Desk) -> None:
    page = large.page
    page.selection.select_bed(large.hospital.beds["N-1"])
    faults = {}
    for view in range(3):
        page.show_view(view)
        faults[f"view {view}"] = walk(page)
        assert _too_low(page, LARGE) == []
    assert len(_targets(page)) > 15
    assert page.width() <= 1366
    assert page.list.rowHeight(0) >= LARGE
    assert not any(faults.values()), faults


@pytest.mark.parametrize("key", ["m", "d", "e", "i", "t", "n", "r", "b"])
def test_dialogs(large: Desk, qtbot: QtBot, key: str) -> None:
    page = large.page
    page.selection.select_bed(large.hospital.beds["N-3" if key in "nrb" else "N-1"])
    QTest.keyClicks(page.map, key)
    qtbot.waitUntil(lambda: page.dialog is not None and large.tasks.pending == 0)
    dialog = page.dialog
    assert dialog is not None
    assert _too_low(dialog, LARGE) == []
    assert walk(page) == []
    if isinstance(dialog, AdmitPatientDialog):
        dialog.start_new()
        dialog.person.last_name.setText("Mukandayisenga")
        dialog.person.born.setText("14-May-1988")
        dialog.person.sex.choose("female")
        assert walk(page) == []
        assert _too_low(dialog, LARGE) == []
        dialog.submit()
        qtbot.waitUntil(lambda: dialog.step is Step.STAY)
        assert walk(page) == []
        assert _too_low(dialog, LARGE) == []


def test_the_menu_switches_them_on_and_off(desk: Desk) -> None:
    before = {one.accessibleName(): one.height() for one in _targets(desk.page)}
    assert min(before.values()) >= ORDINARY
    desk.page._user_menu()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    action = next(one for one in menu.actions() if one.text() == "Large targets")
    action.trigger()
    menu.close()
    QApplication.processEvents()
    assert theme.large_targets()
    assert _too_low(desk.page, LARGE) == []
    desk.page.set_large_targets(False)
    QApplication.processEvents()
    assert {one.accessibleName(): one.height() for one in _targets(desk.page)} == before
