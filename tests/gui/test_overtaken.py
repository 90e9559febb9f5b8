"""Somebody was faster: the notice says who, what and when, and shows where to look; the bed's own refusals stand in the
List, too, and say since when a bed is to be cleaned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hands import Hands
from tests.support.stations import Colleague, see
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.requests import DischargePatient, PlacePatient, SeenBed, SeenPlace
from wardbeds.domain.stays import Outcome
from wardbeds.domain.times import to_text
from wardbeds.gui import overtaken, words
from wardbeds.gui.dialogs.bed_state import ReserveBedDialog
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient


@pytest.fixture
def deaf(desk: Desk, colleague: Colleague, qtbot: QtBot) -> Desk:
    """Somebody waits, somebody lies in N-1, N-2 is to be cleaned; from now on nothing of others is heard."""
    colleague.admit(0, "N-2")
    colleague.discharge("N-2")
    colleague.admit(0, "N-1")
    colleague.admit(1)
    see(desk, qtbot)
    desk.page.window().activateWindow()
    qtbot.waitUntil(desk.page.window().isActiveWindow)
    desk.session.link.stop()
    return desk


def _place(deaf: Desk, number: str, qtbot: QtBot) -> None:
    """Who waits, on a bed that is not what it seems."""
    deaf.page.rail.take(deaf.session.model.waiting[0])
    with qtbot.waitSignals([deaf.session.action_refused, deaf.session.ward_opened]):
        deaf.page.engine.put_down(deaf.hospital.beds[number])
    qtbot.waitUntil(lambda: deaf.tasks.pending == 0)


def test_who_took_the_bed_is_said_and_the_bed_shown(deaf: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(2, "N-4")
    _place(deaf, "N-4", qtbot)
    said = deaf.page.notice.text()
    assert said.startswith("Somebody changed N-4 in the meantime: Admitted N-4 MUGISHA")
    since = deaf.hospital.bed("N-4").since
    assert since is not None
    for part in (words.time_text(since), "Station 2", "Look at the board and choose again."):
        assert part in said
    Hands(deaf.page).click(deaf.page.notice.act)
    assert deaf.page.notice.act.text() == "Show me"
    assert deaf.page.selection.bed_id == deaf.hospital.beds["N-4"]


def test_a_patient_who_has_gone_elsewhere_is_shown_where_she_is(deaf: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    place_patient(deaf.store, colleague.actor, PlacePatient(
        patient_id=deaf.hospital.people[1], seen=SeenPlace(ward_id=deaf.hospital.wards["North"]),
        bed=SeenBed.of(deaf.hospital.bed("N-3"))))
    _place(deaf, "N-4", qtbot)
    assert "no longer where you saw her: Placed N-3 KABERA" in deaf.page.notice.text()
    deaf.page.notice.act.click()
    assert deaf.page.selection.bed_id == deaf.hospital.beds["N-3"]


def test_a_patient_who_has_left_is_not_looked_for_in_vain(deaf: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """The bed she was meant for is shown."""
    discharge_patient(deaf.store, colleague.actor, DischargePatient(
        patient_id=deaf.hospital.people[1], seen=SeenPlace(ward_id=deaf.hospital.wards["North"]),
        outcome=Outcome.IMPROVED))
    deaf.page.rail.take(deaf.session.model.waiting[0])
    with qtbot.waitSignal(deaf.session.action_refused):
        deaf.page.engine.put_down(deaf.hospital.beds["N-4"])
    deaf.session.reload()
    qtbot.waitUntil(lambda: deaf.tasks.pending == 0)
    deaf.page.notice.act.click()
    assert deaf.page.selection.bed_id == deaf.hospital.beds["N-4"]


def test_what_happened_long_before_is_not_blamed(deaf: Desk, colleague: Colleague, qtbot: QtBot,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overtaken, "LATELY", timedelta(0))
    colleague.admit(2, "N-4")
    _place(deaf, "N-4", qtbot)
    assert deaf.page.notice.text() == \
        "Somebody changed N-4 in the meantime. Look at the board and choose again."


def test_the_next_notice_has_no_button_of_the_one_before(deaf: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(2, "N-4")
    _place(deaf, "N-4", qtbot)
    assert deaf.page.notice.act.isVisible()
    deaf.page.notice.say("Copied.", "success")
    assert not deaf.page.notice.act.isVisible()


def test_in_the_list_a_refusal_stands_at_its_row_with_what_can_be_done(deaf: Desk, qtbot: QtBot) -> None:
    page, bed = deaf.page, deaf.hospital.beds["N-2"]
    page.show_view(2)
    page.rail.take(deaf.session.model.waiting[0])
    page.selection.select_bed(bed)
    page.focus_board()
    hands = Hands(page)
    hands.key(Qt.Key.Key_Return)
    assert [(step.text, step.key) for step in page.popover.steps] == [
        ("Clean done", "C"), ("Hold for this patient", "R")]
    assert page.popover.isVisible()
    row = page.list.item_rect_global(bed).toRect()
    shown = page.popover.geometry().translated(page.mapToGlobal(page.rect().topLeft()))
    assert not shown.adjusted(13, 13, -13, -13).intersects(row)
    hands.type("r")
    assert isinstance(page.dialog, ReserveBedDialog)
    assert page.dialog.who.value == str(deaf.hospital.people[1])


def test_it_is_said_since_when_a_bed_is_to_be_cleaned() -> None:
    since = datetime.now(UTC) - timedelta(minutes=35, seconds=20)
    assert words.refusal_text(refuse(Code.DIRTY, bed="A-105", since=to_text(since))) == \
        "A-105 is not clean yet. It was left 35 min ago. Mark it clean or choose another bed."
    assert words.refusal_text(refuse(Code.DIRTY, bed="A-105", since="")) == \
        "A-105 is not clean yet. Mark it clean or choose another bed."
