"""A key that does not fit what is selected says why not and what to do: no verb is silent, whatever is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.gui.openers import fill
from tests.support.hands import Hands
from tests.support.hospital import PASSWORD
from tests.support.stations import cut, see
from wardbeds.domain.beds import Bed, BedStatus, Hold, Occupant, Waiting
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.people import Person, Role, Sex
from wardbeds.gui import words
from wardbeds.gui.misfit import misfit_text
from wardbeds.gui.verbs import UNKNOWN, Verb, offers

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
UNTIL = Hold(NOW + timedelta(hours=4), None, "surgery")


def _person(last_name: str = "UWIMANA") -> Person:
    return Person(patient_id=1, hospital_number="T-001", last_name=last_name, first_name="Claire", sex=Sex.FEMALE)


def _bed(status: BedStatus, **more: object) -> Bed:
    return replace(Bed(1, 1, "A-101", status, 1, since=NOW), **more)  # type: ignore[arg-type]


def _lying(last_name: str = "UWIMANA", *, decided: bool = False) -> Bed:
    return _bed(BedStatus.OCCUPIED, occupant=Occupant(_person(last_name), 1, NOW, NOW,
                                                      decided_at=NOW if decided else None))


def _waiting(last_name: str = "UWIMANA") -> Waiting:
    return Waiting(_person(last_name), 1, 1, NOW, "clinic")


SELECTED: dict[str, Bed | Waiting] = {
    "free": _bed(BedStatus.AVAILABLE), "held": _bed(BedStatus.RESERVED, hold=UNTIL),
    "to clean": _bed(BedStatus.CLEANING), "to clean and held": _bed(BedStatus.CLEANING, hold=UNTIL),
    "blocked": _bed(BedStatus.MAINTENANCE, block_reason="mattress"),
    "blocked without a reason": _bed(BedStatus.MAINTENANCE), "occupied": _lying(), "unknown": _lying(UNKNOWN),
    "decided": _lying(decided=True), "waits": _waiting(), "unknown waits": _waiting(UNKNOWN)}
ANYWHERE = {("waits", Verb.RESERVE), ("unknown waits", Verb.RESERVE)} | {(what, Verb.ADMIT) for what in SELECTED}
"""These go on whatever is selected: which bed is asked then."""
NOT_OFFERED = [pytest.param(what, verb, id=f"{verb.name.lower()}-{what.replace(' ', '_')}")
               for what, one in SELECTED.items() for verb in Verb
               if (what, verb) not in ANYWHERE and verb not in {offer.verb for offer in offers(
                   Role.ADMIN, one if isinstance(one, Bed) else None, one if isinstance(one, Waiting) else None)}]


def _text(what: str, verb: Verb) -> str:
    one = SELECTED[what]
    return misfit_text(verb, one if isinstance(one, Bed) else None, one if isinstance(one, Waiting) else None)


@pytest.mark.parametrize(("what", "verb"), NOT_OFFERED)
def test_every_verb_that_is_not_offered_says_why(what: str, verb: Verb) -> None:
    text = _text(what, verb)
    assert text != words.refusal_text(refuse(Code.STATE))
    assert text.endswith(".")
    assert not {"{", "}", "…"} & set(text)
    if what not in ("waits", "unknown waits") and verb not in (Verb.ASSIGN, Verb.REMOVE, Verb.MERGE, Verb.LEFT):
        assert "A-101" in text


@pytest.mark.parametrize(("what", "verb", "said"), [
    ("occupied", Verb.BLOCK, "A-101 is occupied by UWIMANA, Claire. Move the patient first."),
    ("occupied", Verb.CLEAN,
     "A-101 is occupied by UWIMANA, Claire. It is to be cleaned when the patient has left."),
    ("occupied", Verb.LEFT,
     "The discharge of UWIMANA, Claire has not been decided yet. A nurse decides it with D."),
    ("free", Verb.CLEAN, "A-101 is clean already: it is free."),
    ("free", Verb.DISCHARGE, "Discharge: nobody lies in A-101. Select a patient first."),
    ("blocked", Verb.RESERVE, "A-101 is blocked: mattress. Unblock it or choose another bed."),
    ("waits", Verb.MOVE, "UWIMANA, Claire waits and is in no bed yet. Place the patient with A first."),
    ("waits", Verb.BLOCK, "Block is for a bed. Select the bed first.")])
def test_what_is_said(what: str, verb: Verb, said: str) -> None:
    assert _text(what, verb) == said


def test_a_held_bed_is_not_held_twice() -> None:
    for what, verb in (("held", Verb.RESERVE), ("held", Verb.BLOCK), ("to clean and held", Verb.RESERVE)):
        assert _text(what, verb).startswith("A-101 is held for surgery until ")
        assert _text(what, verb).endswith("Release the hold first.")


@pytest.fixture
def ward(desk: Desk, qtbot: QtBot) -> Desk:
    """N-1 occupied, N-2 held, N-3 blocked, N-4 free, somebody waits."""
    fill(desk)
    see(desk, qtbot)
    desk.page.window().activateWindow()
    qtbot.waitUntil(desk.page.window().isActiveWindow)
    return desk


@pytest.mark.parametrize(("number", "key", "said"), [
    ("N-1", "b", "N-1 is occupied by UWIMANA, Claire."), ("N-4", "c", "N-4 is clean already"),
    ("N-4", "d", "nobody lies in N-4"), ("N-4", "m", "nobody lies in N-4"), ("N-2", "r", "N-2 is held for"),
    ("N-3", "c", "N-3 is blocked")])
def test_the_key_is_answered_in_the_window(ward: Desk, monkeypatch: pytest.MonkeyPatch, number: str, key: str,
                                           said: str) -> None:
    """In words on the screen, which are announced, too; nothing is asked of the database."""
    announced: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        announced.append(event.message())

    monkeypatch.setattr("wardbeds.gui.notices.QAccessible", SimpleNamespace(updateAccessibility=hear))
    ward.page.selection.select_bed(ward.hospital.beds[number])
    ward.page.focus_board()
    Hands(ward.page).type(key)
    assert said in ward.page.notice.text()
    assert announced == [ward.page.notice.text()]
    assert ward.page.dialog is None
    assert ward.tasks.pending == 0


def test_with_somebody_in_the_hand_a_key_says_so(ward: Desk) -> None:
    ward.page.rail.take(ward.session.model.waiting[0])
    ward.page.focus_board()
    Hands(ward.page).type("d")
    assert "KABERA is in your hand" in ward.page.notice.text()
    assert ward.page.engine.hand is not None
    assert ward.page.dialog is None


def test_who_may_not_is_told_that_first(ward: Desk, qtbot: QtBot) -> None:
    """Not to select something else, which would not help."""
    ward.session.sign_out()
    with qtbot.waitSignal(ward.session.ward_opened):
        ward.session.sign_in("support", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    see(ward, qtbot)
    for bed in (None, ward.hospital.beds["N-1"]):
        ward.page.selection.select_bed(bed)
        ward.page.hush()
        ward.page.do(Verb.RESERVE)
        assert "Your role (support) may not reserve beds" in ward.page.notice.text()


def test_without_a_connection_that_is_said(ward: Desk) -> None:
    cut(ward)
    for bed in (None, ward.hospital.beds["N-1"]):
        ward.page.selection.select_bed(bed)
        ward.page.hush()
        ward.page.do(Verb.BLOCK)
        assert "No connection" in ward.page.notice.text()
