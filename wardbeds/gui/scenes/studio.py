"""The demo hospital with its window, kept off the screen: scenes are played in it, by hand and key as by a nurse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import UndoAction
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.details import WAIT_MILLISECONDS
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks
from wardbeds.gui.verbs import Verb
from wardbeds.services import demo
from wardbeds.services.following import Follower, Wish
from wardbeds.services.undoing import undo_action

PATIENCE = 20_000
NURSE, SUPPORT, ADMIN = "mukamana", "habineza", "uwera"


def popups() -> list[QWidget]:
    """The menus, lists and boxes that are open over a window."""
    kinds = (Qt.WindowType.Popup, Qt.WindowType.Dialog, Qt.WindowType.ToolTip)
    return [one for one in QApplication.topLevelWidgets()
            if one.isVisible() and one.windowType() in kinds and not isinstance(one, PreviewDialog)]


class Studio:
    """A demo hospital with its window, kept off the screen."""

    def __init__(self, folder: Path, size: tuple[int, int], ward: str | None = None, viewer: str | None = None) -> None:
        self.ward, self.viewer = ward or "Internal Medicine A", viewer
        self.store = demo.open_demo(folder / "demo.db")
        self.size = size
        self.folder = folder
        self._leaving: list[Callable[[], object]] = []
        self._deeds: list[tuple[Actor, UUID]] = []
        self.tasks = Tasks()
        self.session = Session(self.store, "station-1", self.tasks)
        self.page = BoardPage(self.session)
        self.page.resize(*size)
        self.page.show()
        self.sign_in(NURSE)
        self._act_once()

    def _act_once(self) -> None:
        """Move somebody without any warning, so that there is a last action, with its Undo."""
        engine, beds = self.page.engine, self.session.model.beds
        for bed in reversed(beds):
            free = [one for one in beds if one.status is BedStatus.AVAILABLE and one.room_id == bed.room_id]
            if bed.status is not BedStatus.OCCUPIED or not free or not engine.pick_up_bed(bed):
                continue
            if engine.verdict(free[0].id).allowed and not engine.verdict(free[0].id).warnings:
                engine.put_down(free[0].id)
                break
            engine.cancel()
        self.settle()
        self.page.selection.select_bed(None)
        self._scroll_back()

    def close(self) -> None:
        """Let go of everything."""
        self.settle()
        self.session.sign_out()
        self.session.stop()
        self.tasks.stop()
        self.page.close()
        self.page.deleteLater()
        self.store.close()

    def settle(self) -> None:
        """Wait until the database has answered and everything is laid out."""
        timer = QElapsedTimer()
        timer.start()
        calm = 0
        while timer.elapsed() < PATIENCE and calm < 4:
            QApplication.processEvents()
            QTest.qWait(3)
            calm = calm + 1 if self.tasks.pending == 0 else 0

    def sign_in(self, username: str) -> None:
        """Change who stands here; a viewer asked for takes the nurse's place."""
        username = self.viewer if self.viewer and username == NURSE else username
        one = next(one for one in demo.ACCOUNTS if one.username == username)
        if self.session.actor is not None and self.session.actor.username == username:
            return
        self.session.sign_out()
        self.session.sign_in(one.username, one.password, lambda refusal: None)
        self.settle()
        self.open_ward(self.ward)

    def open_ward(self, name: str) -> None:
        """Open a ward by name."""
        summary = next(one for one in self.session.wards if one.ward.name == name)
        self.session.open_ward(summary.ward.id)
        self.settle()

    def bed(self, status: BedStatus, number: int = 0) -> Bed:
        """The n-th bed in this state."""
        return [bed for bed in self.session.model.beds if bed.status is status][number]

    def select(self, status: BedStatus, number: int = 0) -> Bed:
        """Select it."""
        bed = self.bed(status, number)
        self.page.selection.select_bed(bed.id)
        self.settle()
        return bed

    def calm(self, username: str = NURSE) -> None:
        """Back to the plain board, of the nurse unless somebody else is to act next."""
        for leave in reversed(self._leaving):
            leave()
        self._leaving.clear()
        for preview in self.page.findChildren(PreviewDialog):
            preview.reject()
        if self.page.dialog is not None:
            self.page.dialog.reject()
        self.page.pilot.abort()
        self.page.notice.hide()
        self.page.strip.clear_filter()
        self.page.rail.show_tab(0)
        self.plug_in()
        self._take_back()
        self.forget()
        self.sign_in(username)
        if self.session.model.board is not None and self.session.model.board.ward.name != self.ward:
            self.open_ward(self.ward)
        self.session.drafts.clear()
        self.page.show_view(0)
        self.page.selection.select_bed(None)
        self.settle()
        self._scroll_back()

    def _scroll_back(self) -> None:
        """The whole board from its top, wherever the selection was before."""
        for view in (self.page.map, self.page.grid, self.page.list):
            view.verticalScrollBar().setValue(view.verticalScrollBar().minimum())
            view.horizontalScrollBar().setValue(view.horizontalScrollBar().minimum())

    def leave_later(self, leave: Callable[[], object]) -> None:
        """What is to be done when the scene is over."""
        self._leaving.append(leave)

    def did(self, actor: Actor, done: Done) -> None:
        """Somebody at another station did this: it is taken back when the scene is over."""
        self._deeds.append((actor, done.operation_id))

    def _take_back(self) -> None:
        for actor, operation_id in reversed(self._deeds):
            undo_action(self.store, actor, UndoAction(undoes=operation_id))
        if self._deeds:
            self.session.reload()
            self.settle()
        self._deeds.clear()

    def wait_until(self, there: Callable[[], bool]) -> None:
        """Wait for what another station did."""
        timer = QElapsedTimer()
        timer.start()
        while not there() and timer.elapsed() < PATIENCE:
            QTest.qWait(15)

    def unplug(self) -> None:
        """The database answers nobody any more."""
        self.session.link.stop()
        QApplication.processEvents()
        self.session.run = self._unreachable  # type: ignore[method-assign,assignment]
        self.session.as_of -= timedelta(minutes=7)
        self.session.link.failed("timeout")

    def _unreachable(self, _job: object, _done: object, _refused: object = None,
                     on_lost: Callable[[Exception], None] | None = None, _on_bug: object = None) -> None:
        if on_lost is not None:
            on_lost(OutOfReach("timeout"))

    def plug_in(self) -> None:
        """The database answers again, if it did not."""
        self.session.__dict__.pop("run", None)
        if not self.session.link._running:
            self._follow_again()
            self.wait_until(lambda: self.session.link.age() < 1)
            self.settle()

    def _follow_again(self) -> None:
        """Listen again from what is shown on, as after a broken connection."""
        session, board = self.session, self.session.model.board
        assert board is not None and session.actor is not None
        session.link._follower = Follower(self.store, session.link._tell)
        session.link.follow(Wish(board.ward.id, board.revision, session.actor.role, session.actor.user_id,
                                 session.station))
        session.link.start()

    def forget(self) -> None:
        """Nothing of what others did, of an outage or of an old program is left."""
        self.session.checking_changed.emit(False)
        self.session.model.set_saving(None)
        self.session.set_may_write(True)
        self.session.catch_up.end()
        self.page.bars.back.hide()
        for _twice in range(2):
            self.page.others.escape()

    def dialog(self, verb: Verb) -> QWidget:
        """Open a verb's dialog for the selection."""
        self.page.do(verb)
        self.settle()
        return self.page

    @property
    def opened(self) -> Dialog:
        """The dialog that is open."""
        assert self.page.dialog is not None
        return self.page.dialog

    def read_on(self) -> None:
        """Wait for what the inspector reads a moment after a selection."""
        QTest.qWait(2 * WAIT_MILLISECONDS)
        self.settle()

    def centre(self, bed: Bed) -> QPoint:
        """The middle of a bed's card on the screen."""
        view = self.page.views.currentWidget()
        assert isinstance(view, BedsView)
        return view.item_rect_global(bed.id).center().toPoint()

    def key(self, text: str) -> QKeyEvent:
        """A press of a letter."""
        return QKeyEvent(QKeyEvent.Type.KeyPress, ord(text), Qt.KeyboardModifier.NoModifier, text)

    def close_popups(self) -> None:
        """Close menus and lists."""
        for one in popups():
            one.close()


Scene = Callable[[Studio], QWidget]
