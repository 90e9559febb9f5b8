"""Each of the nine soft warnings in the demo hospital, by real mouse drags: who may go on, and that the reason is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.hands import Count, Hands, recorded
from wardbeds.domain.beds import Bed, WardBoard
from wardbeds.domain.people import Actor, Role
from wardbeds.domain.placement import InHand, Warned, judge
from wardbeds.gui.board.targets import target_in
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks
from wardbeds.services import accounts, demo, reading
from wardbeds.services.exporting import export_events
from wardbeds.store.database import Store

REASON = "Clinical decision"


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    demo.open_demo(path).close()
    return path


@dataclass
class Ward:
    """A window on a demo of its own."""

    store: Store
    session: Session
    page: BoardPage
    tasks: Tasks
    admin: Actor
    qtbot: QtBot

    def sign_in(self, role: Role, ward_id: int) -> None:
        """Somebody of this role, with this ward open."""
        account = next(one for one in demo.ACCOUNTS if one.role is role)
        with self.qtbot.waitSignal(self.session.ward_opened):
            self.session.sign_in(account.username, account.password, lambda refusal: pytest.fail(str(refusal)))
        with self.qtbot.waitSignal(self.session.ward_opened):
            self.session.open_ward(ward_id)
        self.page.show_view(1)
        self.settle()

    def settle(self) -> None:
        """Wait until the database has answered and everything is laid out."""
        self.qtbot.waitUntil(lambda: self.tasks.pending == 0)
        for _round in range(3):
            QApplication.processEvents()

    def place_of(self, hand: InHand) -> QPoint:
        """Where on the screen the patient is pressed."""
        if hand.from_bed_id is not None:
            return self.page.grid.item_rect_global(hand.from_bed_id).center().toPoint()
        card = next(one for one in self.page.rail.cards if one.waiting.person.patient_id == hand.person.patient_id)
        self.page.rail._scroll.ensureWidgetVisible(card)
        self.settle()
        return card.mapToGlobal(QPoint(40, 20))

    def drag(self, hand: InHand, bed: Bed) -> Count:
        """Carry somebody onto a bed with the mouse; returns what it took."""
        self.page.grid.fit()
        self.settle()
        hands = Hands(self.page)
        start, end = self.place_of(hand), self.page.grid.item_rect_global(bed.id).center().toPoint()
        with recorded() as count:
            hands.press(start)
            for n in range(1, 6):
                hands.move(start + (end - start) * n / 5)
            self.ghost_said = self.page.pilot.ghost.reason
            hands.release(end)
        return count

    def events(self) -> list[dict[str, object]]:
        """What has been written about the open ward."""
        board = self.session.model.board
        assert board is not None
        return list(export_events(self.store, self.admin, board.ward.name))


@pytest.fixture
def ward(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Ward]:
    path = tmp_path / "demo.db"
    shutil.copyfile(demo_file, path)
    store, tasks = Store.open(path), Tasks()
    session = Session(store, "station-1", tasks)
    page = BoardPage(session)
    page.resize(1366, 700)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    yield Ward(store, session, page, tasks, accounts.sign_in(store, "uwera", "demo-admin", "test"), qtbot)
    session.sign_out()
    session.stop()
    tasks.stop()
    store.close()


def _hands(board: WardBoard) -> list[InHand]:
    waiting = [InHand(one.person, one.needs, one.specialty, None, one.ward_id) for one in board.waiting]
    return waiting + [InHand(bed.occupant.person, bed.occupant.needs, bed.occupant.specialty, bed.id, bed.ward_id,
                             bed.occupant.moved_at) for bed in board.beds if bed.occupant is not None]


def _find(ward: Ward, code: Warned) -> tuple[int, InHand, Bed]:
    """Whom to drag where in which ward, so that there is this warning and no other."""
    now = datetime.now(UTC)
    for one in reading.list_wards(ward.store, ward.admin):
        board = reading.read_board(ward.store, ward.admin, one.ward.id)
        for hand in _hands(board):
            for bed in board.beds:
                verdict = judge(hand, target_in(board, bed, now), Role.MEDICAL_STAFF, now)
                if verdict.allowed and [warning.code for warning in verdict.warnings] == [code]:
                    return one.ward.id, hand, bed
    raise AssertionError(f"the demo has nobody for {code}")


@pytest.mark.parametrize(("code", "role"), [*((code, Role.MEDICAL_STAFF) for code in Warned), (Warned.SEX, Role.ADMIN)])
def test_a_drag_and_one_tap_place_her_and_the_reason_is_kept(ward: Ward, code: Warned, role: Role) -> None:
    ward_id, hand, bed = _find(ward, code)
    ward.sign_in(role, ward_id)
    before = len(ward.events())
    count = ward.drag(hand, bed)
    assert "needs a reason" in ward.ghost_said
    dialog = ward.page.dialog
    assert isinstance(dialog, ReasonDialog)
    assert count.drags == 1
    hands = Hands(ward.page)
    ward.settle()
    with recorded() as taps, ward.qtbot.waitSignal(ward.session.action_done):
        hands.click(dialog.reasons.buttons[REASON])
    assert taps.actions == 1
    event = ward.events()[before]
    assert event["action"] in ("assigned", "moved")
    assert event["reason"] == REASON
    assert code.value in str(event["body"])
    assert event["role"] == role.value
    assert ward.page.dialog is None


@pytest.mark.parametrize("code", list(Warned))
def test_support_staff_reads_that_it_needs_a_nurse_and_nothing_moves(ward: Ward, code: Warned) -> None:
    ward_id, hand, bed = _find(ward, code)
    ward.sign_in(Role.SUPPORT_STAFF, ward_id)
    before = len(ward.events())
    ward.drag(hand, bed)
    ward.settle()
    assert "nurse" in ward.ghost_said
    assert ward.page.dialog is None
    assert ward.page.engine.hand is None
    assert len(ward.events()) == before
