"""How old the last answer is, and what becomes of an action whose answer is missing."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from wardbeds.domain.changes import News
from wardbeds.domain.errors import Code, InDoubt, OutOfReach, ProgramTooOld, Refusal, Refused, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import BlockBed, SeenBed
from wardbeds.gui.link import Link, LinkState
from wardbeds.services.bed_states import block_bed
from wardbeds.store.database import Store
from wardbeds.store.versions import TOO_OLD_TO_WRITE


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time by which links are judged."""
    now = [1000.0]
    monkeypatch.setattr("wardbeds.gui.link.time.monotonic", lambda: now[0])
    return now


def test_the_age_of_the_last_answer_is_judged(qtbot: QtBot, sqlite_store: Store, clock: list[float]) -> None:
    link = Link(sqlite_store)
    states: list[LinkState] = []
    link.state_changed.connect(states.append)
    for seconds, expected in ((4.9, LinkState.LIVE), (0.2, LinkState.SLOW), (4.8, LinkState.SLOW),
                              (0.2, LinkState.LOST)):
        clock[0] += seconds
        link.judge()
        assert link.state is expected
    link._on_arrived(News({}))
    link.failed("the cable is out")
    assert states == [LinkState.SLOW, LinkState.LOST, LinkState.LIVE, LinkState.LOST]


def test_an_action_in_doubt_is_checked_until_it_is_known(desk: Desk, qtbot: QtBot) -> None:
    """Never "failed": it is asked again with the same operation id once the database answers."""
    asked: list[object] = []

    def unsure(store: Store, actor: Actor, request: BlockBed) -> object:
        asked.append(request.operation_id)
        if len(asked) == 1:
            block_bed(store, actor, request)
            raise InDoubt("nobody knows")
        return block_bed(store, actor, request)

    request = BlockBed(bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works", operation_id=uuid4())
    refused: list[object] = []
    desk.session.action_refused.connect(lambda *what: refused.append(what))
    with qtbot.waitSignal(desk.session.action_done), qtbot.waitSignals([desk.session.checking_changed] * 2):
        desk.session.perform(unsure, request)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: bool(asked))
    assert asked == [request.operation_id] * 2
    assert not refused
    assert not desk.session.checking
    assert desk.page.notice.text() == ""


def test_what_was_certainly_not_done_is_said_so(desk: Desk, qtbot: QtBot) -> None:
    def unreachable(*_: object) -> object:
        raise OutOfReach("the cable is out")

    request = BlockBed(bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works")
    with qtbot.waitSignal(desk.session.action_refused):
        desk.session.perform(unreachable, request)  # type: ignore[arg-type]
    assert "cannot be reached" in desk.page.notice.text()
    assert not desk.session.checking


def test_what_is_new_after_an_outage_comes_in_order_and_in_a_step_of_its_own(desk: Desk, qtbot: QtBot) -> None:
    link, told, states = Link(desk.store), [], []
    link.told.connect(lambda news: told.append(news.head))
    link.state_changed.connect(lambda state: states.append((state, list(told))))
    link.failed("the cable is out")
    for head in ("a", "b", "c"):
        link._arrived.emit(News({}, head=head))
        assert told == []  # the window draws itself first
    qtbot.waitUntil(lambda: told == ["a", "b", "c"])
    assert states == [(LinkState.LOST, []), (LinkState.LIVE, [])]
    link._arrived.emit(News({}, head="d"))
    assert told[-1] == "d"


def test_a_fault_ends_a_doubt(desk: Desk, qtbot: QtBot) -> None:
    """Asking again would only meet it again, and everything later would wait behind it."""
    asked: list[int] = []

    def faulty(*_: object) -> object:
        asked.append(1)
        raise InDoubt("nobody knows") if len(asked) == 1 else ValueError("a fault of ours")

    request = BlockBed(bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works")
    with qtbot.waitSignals([desk.session.checking_changed] * 2):
        desk.session.perform(faulty, request)  # type: ignore[arg-type]
    assert not desk.session.checking
    assert "Something went wrong" in desk.page.notice.text()
    assert "look whether it is there" in desk.page.notice.text()
    assert "Nothing was changed" not in desk.page.notice.text()
    with qtbot.waitSignal(desk.session.action_done):
        desk.session.perform(block_bed, BlockBed(bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works"))


def test_a_program_that_became_too_old_ends_a_doubt(desk: Desk, qtbot: QtBot) -> None:
    """The service looks whether it was done before it says so: nothing is being checked any more."""
    asked: list[int] = []

    def outdated(*_: object) -> object:
        asked.append(1)
        raise InDoubt("nobody knows") if len(asked) == 1 else ProgramTooOld(TOO_OLD_TO_WRITE)

    request = BlockBed(bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works")
    with qtbot.waitSignals([desk.session.checking_changed] * 2), qtbot.waitSignal(desk.session.action_refused):
        desk.session.perform(outdated, request)  # type: ignore[arg-type]
    assert not desk.session.checking
    assert not desk.session.may_write


def test_a_refusal_whose_dialog_is_gone_is_said_in_the_window(desk: Desk, qtbot: QtBot) -> None:
    gone = QLabel()

    def show(refusal: Refusal) -> None:
        gone.setText(refusal.detail)

    def refusing(*_: object) -> object:
        raise Refused(refuse(Code.STATE, "not_blocked", bed="N-1"))

    request = BlockBed(bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works")
    shiboken6.delete(gone)
    with qtbot.waitSignal(desk.session.action_refused):
        desk.session.perform(refusing, request, on_refused=show)  # type: ignore[arg-type]
    assert desk.page.notice.text()


def test_what_is_done_for_somebody_who_has_left_is_not_the_next_ones_to_undo(desk: Desk, qtbot: QtBot) -> None:
    go = threading.Event()

    def slow(store: Store, actor: Actor, request: BlockBed) -> object:
        go.wait(20)
        return block_bed(store, actor, request)

    with qtbot.waitSignal(desk.session.action_done):
        desk.session.perform(slow, BlockBed(  # type: ignore[arg-type]
            bed=SeenBed.of(desk.hospital.bed("N-1")), reason="works"))
        desk.session.sign_out()
        go.set()
    assert desk.session.last_action is None
