"""A dialog waits for its own answer: what another request of the window meets is not its affair."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from wardbeds.domain.errors import Busy, OutOfReach
from wardbeds.gui.dialogs import bed_state
from wardbeds.gui.dialogs.bed_state import BlockBedDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import bed_states


def _block(desk: Desk) -> BlockBedDialog:
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.BLOCK)
    dialog = desk.page.dialog
    assert isinstance(dialog, BlockBedDialog)
    dialog.reason.choose("mattress")
    return dialog


def _broken(*_: object) -> Any:
    raise ValueError("a fault of ours")


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Blocking a bed waits for this to be called; what is asked for before it is answered first."""
    gate, real = threading.Event(), bed_states.block_bed

    def slow(*given: Any) -> Any:
        gate.wait(20)
        return real(*given)

    monkeypatch.setattr(bed_state, "block_bed", slow)
    return gate.set


def test_anothers_failing_is_not_said_in_a_dialog_that_waits(desk: Desk, qtbot: QtBot,
                                                            held_up: Callable[[], None]) -> None:
    dialog = _block(desk)
    with qtbot.waitSignal(desk.session.failed):
        desk.session.ask(_broken, lambda _x: None)  # asked before: answered while the dialog waits
        dialog.primary.click()
    assert dialog.sending.busy
    assert not dialog.summary.isVisible()
    assert not dialog.primary.isEnabled()
    with qtbot.waitSignal(desk.session.action_done):
        held_up()
    assert desk.hospital.bed("N-1").block_reason == "mattress"
    assert desk.page.dialog is None


@pytest.mark.parametrize(("error", "said"), [
    (ValueError("a fault of ours"), "went wrong"), (Busy("The database is very busy."), "very busy"),
    (OutOfReach("The cable is out."), "cable")])
def test_its_own_failing_is_said_and_it_can_be_tried_again(desk: Desk, qtbot: QtBot, error: Exception,
                                                          said: str) -> None:
    dialog = _block(desk)

    def fail(*_: object) -> Any:
        raise error

    desk.session.link.stop()
    dialog.ask(fail, lambda _x: pytest.fail("answered"))
    assert dialog.sending.busy
    qtbot.waitUntil(lambda: not dialog.sending.busy)
    assert said in dialog.summary.text()
    assert dialog.summary.isVisible()


def test_a_fault_of_its_own_while_saving(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = _block(desk)
    with monkeypatch.context() as patched:
        patched.setattr(bed_state, "block_bed", _broken)
        dialog.primary.click()
        qtbot.waitUntil(lambda: not dialog.sending.busy)
    assert "went wrong" in dialog.summary.text()
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert desk.hospital.bed("N-1").block_reason == "mattress"
