"""Esc in what an administrator sets up keeps what was typed, as long as nobody has changed the same meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.gui.openers import busy_ward, open_it
from wardbeds.domain.beds import RoomSexPolicy
from wardbeds.domain.ward_layout import SetUpWard
from wardbeds.gui.dialogs.ward_setup import WardSetupDialog
from wardbeds.services.ward_setup import read_ward_layout, set_up_ward


@pytest.fixture
def house(desk: Desk, qtbot: QtBot) -> Desk:
    """An administrator."""
    return busy_ward(desk, qtbot)


def _open(desk: Desk, qtbot: QtBot, name: str) -> Any:
    dialog = open_it(desk, qtbot, "", name)
    people = getattr(dialog, "people", None)
    qtbot.waitUntil(lambda: desk.tasks.pending == 0 and (people is None or people.settled or not people.field.text()))
    return dialog


def _ward(dialog: Any) -> None:
    dialog.code.setText("NO")
    dialog.location.setText("Building 2")
    dialog.staffed.setText("x")  # what cannot be saved is kept, too


def _rooms(dialog: Any) -> None:
    row = dialog.rooms.rows[0]
    row.name.setText("")
    row.numbers.setText("N-1, N-2, N-9")
    row.policy.setCurrentIndex(row.policy.findData(RoomSexPolicy.MALE.value))
    row.set_feature("oxygen", on=True)
    row.bed_type.setText("adjustable")
    dialog.rooms.add_room.click()
    dialog.rooms.rows[-1].numbers.setText("N-77")


def _account(dialog: Any) -> None:
    dialog.first_name.setText("Claire")
    box = next(iter(dialog.wards.values()))
    box.setChecked(not box.isChecked())


def _reopen(dialog: Any) -> None:
    dialog.people.field.setText("uwim")
    dialog.reason.setText("the wrong bed was clicked")


@pytest.mark.parametrize(("name", "fill", "fields"), [
    ("change_ward", _ward, {"code", "location", "staffed_beds"}), ("change_ward", _rooms, {"rooms"}),
    ("new_ward", _rooms, {"rooms"}), ("account", _account, {"first_name", "ward_North"}),
    ("reopen", _reopen, {"person", "reason"}),
])
def test_what_was_typed_is_there_again(house: Desk, qtbot: QtBot, name: str, fill: Callable[[Any], None],
                                       fields: set[str]) -> None:
    dialog = _open(house, qtbot, name)
    assert dialog.typed() == {}
    fill(dialog)
    qtbot.waitUntil(lambda: house.tasks.pending == 0)
    people = getattr(dialog, "people", None)
    qtbot.waitUntil(lambda: people is None or people.settled)
    typed = dialog.typed()
    assert set(typed) == fields
    dialog.reject()
    again = _open(house, qtbot, name)
    assert again is not dialog
    assert again.typed() == typed


def test_rooms_put_back_are_saved_as_they_were_typed(house: Desk, qtbot: QtBot) -> None:
    dialog = _open(house, qtbot, "change_ward")
    _rooms(dialog)
    dialog.rooms.rows[0].name.setText("N")
    wanted = dialog.rooms.value()
    dialog.reject()
    again = _open(house, qtbot, "change_ward")
    assert again.rooms.value() == wanted
    assert again.rooms.rows[0].numbers.accessibleName() == "Beds of room N"
    with qtbot.waitSignal(house.session.action_done):
        again.primary.click()
    layout = read_ward_layout(house.store, house.hospital.admin, house.hospital.wards["North"])
    assert {number for room in layout.rooms for number in room.numbers} >= {"N-9", "N-77"}
    assert {room.name: room.features for room in layout.rooms}["N"] == ("oxygen",)


def test_nothing_is_put_over_what_another_has_changed_meanwhile(house: Desk, qtbot: QtBot) -> None:
    dialog = _open(house, qtbot, "change_ward")
    assert isinstance(dialog, WardSetupDialog)
    _ward(dialog)
    dialog.reject()
    layout = read_ward_layout(house.store, house.hospital.admin, house.hospital.wards["North"])
    set_up_ward(house.store, house.hospital.admin, layout.model_copy(update={
        "location": "Building 3", "operation_id": SetUpWard(name="x").operation_id}))
    again = _open(house, qtbot, "change_ward")
    assert again.location.text() == "Building 3"
    assert again.typed() == {}
