"""A hold that ran out by its hour is told in words: once, to who is signed in, and after what is still to be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.stations import Colleague, see
from wardbeds.domain.requests import HoldBed, SeenBed
from wardbeds.gui import words
from wardbeds.gui.verbs import Verb
from wardbeds.services.bed_states import hold_bed

LATER = timedelta(hours=3)


@pytest.fixture
def kept(desk: Desk, qtbot: QtBot) -> Desk:
    """N-1 is held for the third person, N-2 for surgery, both for two hours."""
    Colleague(desk.hospital).hold("N-1", 2)
    hold_bed(desk.store, desk.hospital.nurse, HoldBed(
        bed=SeenBed.of(desk.hospital.bed("N-2")), text="surgery", until=datetime.now(UTC) + timedelta(hours=2)))
    see(desk, qtbot)
    return desk


def _texts(desk: Desk) -> list[str]:
    """What is said of the two holds."""
    ends = [desk.hospital.bed(number).hold for number in ("N-1", "N-2")]
    assert ends[0] is not None and ends[1] is not None
    return [f"The hold of N-1 for MUGISHA, Eric ended at {words.until_text(ends[0].until)}.",
            f"The hold of N-2 for surgery ended at {words.until_text(ends[1].until)}."]


def _pass(desk: Desk) -> None:
    desk.session.model.clock = lambda: datetime.now(UTC) + LATER
    desk.session.model.pass_time()


def test_it_is_told_once(kept: Desk) -> None:
    texts = _texts(kept)
    _pass(kept)
    assert kept.page.notice.text() == " ".join(texts)
    kept.page.hush()
    kept.session.model.pass_time()
    assert kept.page.notice.text() == ""


def test_a_refusal_is_read_first(kept: Desk) -> None:
    texts = _texts(kept)
    kept.page.notice.say("This cannot be undone any more.")
    _pass(kept)
    assert kept.page.notice.text() == "This cannot be undone any more."
    kept.page.notice.dismiss.click()
    assert kept.page.notice.text() == " ".join(texts)
    kept.page.notice.dismiss.click()
    assert kept.page.notice.text() == ""


def test_nobody_is_told_who_has_signed_out(kept: Desk) -> None:
    kept.page.notice.say("This cannot be undone any more.")
    _pass(kept)
    kept.session.sign_out()
    assert kept.page.notice.text() == ""


def test_it_is_told_too_where_the_ward_is_read_again_first(kept: Desk, qtbot: QtBot) -> None:
    texts = _texts(kept)
    kept.session.model.clock = lambda: datetime.now(UTC) + LATER
    with qtbot.waitSignal(kept.session.ward_opened):
        kept.session.reload()
    assert kept.page.notice.text() == " ".join(texts)


def test_it_is_told_too_where_the_bed_is_changed_first(kept: Desk, qtbot: QtBot) -> None:
    """Only of that bed; the clock tells of the other."""
    texts = _texts(kept)
    kept.session.model.clock = lambda: datetime.now(UTC) + LATER
    Colleague(kept.hospital).remark("N-1", "creaks")
    see(kept, qtbot)
    assert kept.page.notice.text() == texts[0]
    kept.page.hush()
    kept.session.model.pass_time()
    assert kept.page.notice.text() == texts[1]


def test_a_hold_that_is_released_is_not_said_to_have_run_out(kept: Desk, qtbot: QtBot) -> None:
    kept.page.selection.select_bed(kept.hospital.beds["N-1"])
    with qtbot.waitSignal(kept.session.action_done):
        kept.page.do(Verb.RELEASE)
    _pass(kept)
    assert "N-1" not in kept.page.notice.text()
    assert "N-2" in kept.page.notice.text()
