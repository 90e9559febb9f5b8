"""Searching: Enter goes to what is typed, never to what was typed before; who is asked for is found by every word."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.stations import Colleague, see
from wardbeds.gui.dialogs.pick import PickDialog
from wardbeds.gui.verbs import Verb


@pytest.fixture
def two(desk: Desk, qtbot: QtBot) -> Desk:
    """Claire Uwimana in N-1, Eric Mugisha in N-2."""
    for person, bed in ((0, "N-1"), (2, "N-2")):
        Colleague(desk.hospital).admit(person, bed)
    see(desk, qtbot)
    return desk


def test_enter_waits_for_the_answer_to_what_is_typed(two: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    search, session = two.page.command_bar.search, two.session
    search.setText("uwi")
    qtbot.waitUntil(lambda: len(search._targets) == 1)
    asked: list[Any] = []
    real = session.search_people
    monkeypatch.setattr(session, "search_people", lambda text, on_found, limit=8: asked.append((text, on_found)))
    search.setText("mugi")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert search.text() == "mugi"  # not gone to whoever stood there
    assert two.page.selection.bed_id is None
    real(*asked[0])
    qtbot.waitUntil(lambda: two.page.selection.bed_id == two.hospital.beds["N-2"])


@pytest.mark.parametrize(("typed", "found"), [
    ("T-001", ["N-1"]), ("t001", ["N-1"]), ("uwimana claire", ["N-1"]), ("Eric Mug", ["N-2"]), ("n2", ["N-2"]),
    ("claire mugisha", []), ("", ["N-1", "N-2"]), ("laire", [])])
def test_whom_a_verb_is_for_is_found_by_number_and_by_every_word(two: Desk, typed: str, found: list[str]) -> None:
    two.page.do(Verb.MOVE)
    dialog = two.page.dialog
    assert isinstance(dialog, PickDialog)
    dialog.field.setText(typed)
    assert [one.number for one in dialog._shown] == found  # type: ignore[union-attr]
