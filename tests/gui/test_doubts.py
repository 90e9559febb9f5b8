"""What nobody knows the end of is asked again once at a time, and a dialog says so only as long as it is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.hospital import Hospital
from tests.support.stations import Colleague, mend, see
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, InDoubt, Refused, refuse
from wardbeds.domain.requests import BlockBed, SeenBed
from wardbeds.gui.dialogs.discharge import DischargeDialog
from wardbeds.gui.doubts import Doubts, Sending
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb


class Road(QObject):
    """Takes what is sent, and answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[Callable[..., Any], ...]] = []

    def run(self, *job_and_answers: Callable[..., Any]) -> None:
        """As the session's."""
        self.sent.append(job_and_answers)

    def lost(self, error: Exception) -> None:
        """As the session's."""

    def say_done(self, number: int) -> None:
        """The n-th that was sent is saved."""
        self.sent[number][1](None)

    def lose(self, number: int) -> None:
        """The answer to the n-th is lost."""
        self.sent[number][3](InDoubt("the answer was lost"))


@pytest.fixture
def road(qapp: QApplication) -> Road:
    return Road()


def _never(*_given: object) -> Done:
    pytest.fail("nobody carries it out here")


def _action(hospital: Hospital, done: list[str], name: str) -> Sending:
    request = BlockBed(bed=SeenBed.of(hospital.bed(name)), reason="mattress")
    return Sending(hospital.nurse, _never, request, lambda _done: done.append(name), lambda _refusal: None,
                   lambda _text: None)


def test_one_that_is_being_asked_again_is_not_asked_twice(road: Road, small_hospital: Hospital) -> None:
    """Whatever another one meets meanwhile."""
    doubts = Doubts(cast("Session", road))
    done: list[str] = []
    first, second, third = (_action(small_hospital, done, name) for name in ("N-1", "N-2", "N-3"))
    doubts.send(first)
    road.lose(0)
    doubts.ask_again()
    doubts.send(second)
    doubts.send(third)
    assert len(road.sent) == 4
    road.say_done(2)
    doubts.ask_again()
    road.lose(3)
    doubts.ask_again()
    assert len(road.sent) == 4
    road.say_done(1)
    doubts.ask_again()
    assert len(road.sent) == 5  # now it is the third one's turn
    road.lose(4)
    doubts.ask_again()
    assert len(road.sent) == 6
    road.say_done(5)
    assert done == ["N-2", "N-1", "N-3"]
    assert not doubts.checking


def test_the_note_is_there_again_after_checking(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def doubtful(*_given: object) -> Done:
        asked.append(1)
        raise InDoubt("the answer was lost") if len(asked) == 1 else Refused(refuse(Code.STALE))

    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    monkeypatch.setattr("wardbeds.gui.dialogs.discharge.discharge_patient", doubtful)
    desk.session.link.stop()
    QApplication.processEvents()
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.DISCHARGE)
    dialog = desk.page.dialog
    assert isinstance(dialog, DischargeDialog)
    note = dialog.foot_note.text()
    assert note
    with qtbot.waitSignal(desk.session.checking_changed):
        dialog.primary.click()
    assert dialog.foot_note.text() == "Checking whether it was saved"
    with qtbot.waitSignal(desk.session.action_refused):
        mend(desk, qtbot)
    assert not dialog.sending.busy
    assert dialog.foot_note.text() == note
    dialog.reject()
