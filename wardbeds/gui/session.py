"""Who is signed in, which ward is open, and the road from a wish to the database and back to the model."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from wardbeds.domain.beds import Bed, BedWish, Ward, WardBoard, WardSummary
from wardbeds.domain.changes import Done, LastAction
from wardbeds.domain.errors import Code, OutOfReach, Refusal, Refused, SchemaMismatch
from wardbeds.domain.people import Actor, FoundPerson
from wardbeds.domain.requests import PlacePatient, Request, UndoAction
from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.gui import words
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.tasks import Tasks
from wardbeds.services import accounts, finding, reading, undoing
from wardbeds.services.settings import HospitalSettings, read_settings

if TYPE_CHECKING:
    from wardbeds.store.database import Store

R = TypeVar("R", bound=Request)
Service = Callable[["Store", Actor, R], Done]
log = logging.getLogger(__name__)

FEED_MILLISECONDS = 2000


class Session(QObject):
    """The window's only door to the services. Everything runs on the data thread; nothing here waits."""

    signed_in = Signal(object)
    password_given = Signal(object, str)
    signed_out = Signal()
    wards_listed = Signal(object)
    ward_opened = Signal(object)
    ward_updated = Signal(object)
    action_started = Signal(object)
    action_done = Signal(object)
    action_refused = Signal(object, object)
    last_action_changed = Signal()
    connection_lost = Signal(str)
    connection_restored = Signal()
    failed = Signal(str)

    def __init__(self, store: Store, station: str, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self.station = station
        self.actor: Actor | None = None
        self.zone = ZoneInfo(DEFAULT_ZONE)
        self.settings: HospitalSettings | None = None
        self.model = BoardModel(self)
        self.wards: tuple[WardSummary, ...] = ()
        self.last_action: LastAction | None = None
        self.online = True
        self._asking_changes = False
        self._feed = QTimer(self, interval=FEED_MILLISECONDS)
        self._feed.timeout.connect(self.look_for_changes)

    def now(self) -> datetime:
        """The present, in UTC."""
        return datetime.now(UTC)

    @property
    def ward_id(self) -> int | None:
        """The open ward."""
        return self.model.board.ward.id if self.model.board else None

    @property
    def as_of(self) -> datetime:
        """When what is shown was last known to be right."""
        return self.model.board.as_of if self.model.board else self.now()

    @property
    def waiting_unnamed(self) -> int | None:
        """How many wait in the open ward, where they may not be named; None: they are named."""
        return None

    # the road ------------------------------------------------------------------------------------------------

    def run(self, job: Callable[[Store], Any], on_done: Callable[[Any], None],
            on_refused: Callable[[Refusal], None] | None = None) -> None:
        """Run a job on the data thread without anybody being signed in."""

        def failed(error: BaseException) -> None:
            if isinstance(error, Refused):
                self._reached()
                (on_refused or self._refused_read)(error.refusal)
            elif isinstance(error, OutOfReach | SchemaMismatch):
                self._lost(str(error))
            else:
                self._bug(error)

        def done(result: Any) -> None:
            self._reached()
            on_done(result)

        self._tasks.submit(lambda: job(self._store), done, failed)

    def ask(self, job: Callable[[Store, Actor], Any], on_done: Callable[[Any], None],
            on_refused: Callable[[Refusal], None] | None = None) -> None:
        """Read something as the person signed in; an answer for somebody who has left is dropped."""
        actor = self.actor
        if actor is None:
            return

        def done(result: Any) -> None:
            if self.actor is actor and is_there(on_done):
                on_done(result)

        def refused(refusal: Refusal) -> None:
            if on_refused is None:
                self._refused_read(refusal)
            elif is_there(on_refused):
                on_refused(refusal)

        self.run(lambda store: job(store, actor), done, refused)

    def perform(self, service: Service[R], request: R, on_done: Callable[[Done], None] | None = None,
                on_refused: Callable[[Refusal], None] | None = None) -> None:
        """Write something: the service runs, its updates go into the model, the line of the last action changes."""
        actor = self.actor
        if actor is None:
            return
        self.action_started.emit(request)

        def done(result: Done) -> None:
            self._apply(result)
            if on_done is not None:
                on_done(result)
            self.action_done.emit(result)

        def refused(refusal: Refusal) -> None:
            self.model.set_saving(None)
            if refusal.code is Code.STALE:
                self.reload()
            if on_refused is not None:
                on_refused(refusal)
            self.action_refused.emit(request, refusal)

        if isinstance(request, PlacePatient):
            self.model.set_saving(request.bed.bed_id)
        self.run(lambda store: service(store, actor, request), done, refused)

    def undo(self) -> None:
        """Take back the last action of this person at this station."""
        if self.last_action is not None and self.last_action.undoable:
            self.perform(undoing.undo_action, UndoAction(undoes=self.last_action.operation_id))

    def _apply(self, done: Done) -> None:
        self.model.set_saving(None)
        for update in done.updates:
            self.model.apply(update)
            self.ward_updated.emit(update)
        if done.action is not None and not done.action.action.startswith("ward_"):
            self.last_action = done.action
            self.last_action_changed.emit()
        self.list_wards()

    # looking -------------------------------------------------------------------------------------------------

    def search_people(self, text: str, on_found: Callable[[tuple[FoundPerson, ...]], None], limit: int = 8) -> None:
        """Look for people by name, number or phone."""
        self.ask(lambda store, actor: reading.search_people(store, actor, text, limit), on_found)

    def find_beds(self, wish: BedWish, on_found: Callable[[tuple[tuple[Ward, Bed], ...]], None]) -> None:
        """Look for beds that suit, in all wards."""
        self.ask(lambda store, actor: finding.find_beds(store, actor, wish), on_found)

    # signing in ----------------------------------------------------------------------------------------------

    def sign_in(self, username: str, password: str, on_refused: Callable[[Refusal], None]) -> None:
        """Check user name and password, then open the person's ward."""
        self.run(lambda store: _signed_in(store, accounts.sign_in(store, username, password, self.station)),
                 lambda entered: self._entered(entered, password), on_refused)

    def create_first_admin(self, username: str, first_name: str, last_name: str, password: str,
                           on_refused: Callable[[Refusal], None]) -> None:
        """Make the first administrator and sign in."""
        self.run(lambda store: _signed_in(store, accounts.create_first_admin(
            store, username, first_name, last_name, password, self.station)),
                 lambda entered: self._entered(entered, password), on_refused)

    def set_first_password(self, username: str, code: str, password: str,
                           on_refused: Callable[[Refusal], None]) -> None:
        """Set the password of a new account with the administrator's code, and sign in."""
        self.run(lambda store: _signed_in(store, accounts.set_first_password(
            store, username, code, password, self.station)),
                 lambda entered: self._entered(entered, password), on_refused)

    def _entered(self, entered: tuple[Actor, HospitalSettings, LastAction | None], password: str) -> None:
        self.actor, self.settings, self.last_action = entered
        self.zone = self.settings.zone
        words.set_zone(self.zone)
        self.signed_in.emit(self.actor)
        self.last_action_changed.emit()
        self._feed.start()
        self.list_wards(open_one=True)
        self.password_given.emit(self.actor, password)

    def sign_out(self) -> None:
        """Leave; the ward stays chosen for whoever comes next."""
        self.actor = None
        self.last_action = None
        self._feed.stop()
        self.signed_out.emit()

    # wards ---------------------------------------------------------------------------------------------------

    def list_wards(self, *, open_one: bool = False) -> None:
        """Read the wards with their counts."""

        def listed(wards: tuple[WardSummary, ...]) -> None:
            self.wards = wards
            self.wards_listed.emit(wards)
            if open_one and wards:
                known = {summary.ward.id for summary in wards}
                mine = sorted((self.actor.ward_ids if self.actor else frozenset()) & known)
                self.open_ward(self.ward_id if self.ward_id in known and self.ward_id is not None else
                               mine[0] if mine else wards[0].ward.id)

        self.ask(reading.list_wards, listed, lambda _refusal: None)

    def open_ward(self, ward_id: int) -> None:
        """Read a ward and show it."""

        def opened(board: WardBoard) -> None:
            self.model.set_board(board)
            self.ward_opened.emit(board)

        self.ask(lambda store, actor: reading.read_board(store, actor, ward_id), opened)

    def reload(self) -> None:
        """Read the open ward anew."""
        if self.ward_id is not None:
            self.open_ward(self.ward_id)

    def look_for_changes(self) -> None:
        """Ask whether another station changed the open ward since it was read."""
        board = self.model.board
        if board is None or self._asking_changes or self.actor is None:
            return
        self._asking_changes = True

        def answered(update: Any) -> None:
            self._asking_changes = False
            if update is not None:
                if not update.beds and update.waiting == board.waiting:
                    self.reload()  # the ward itself was changed: its rooms or its rules
                    return
                self.model.apply(update)
                self.ward_updated.emit(update)
                self.list_wards()

        def refused(_refusal: Refusal) -> None:
            self._asking_changes = False

        ward_id, since = board.ward.id, board.revision
        self.ask(lambda store, actor: reading.read_changes(store, actor, ward_id, since), answered, refused)

    # trouble -------------------------------------------------------------------------------------------------

    def _reached(self) -> None:
        if not self.online:
            self.online = True
            self.connection_restored.emit()

    def _lost(self, sentence: str) -> None:
        self._asking_changes = False
        self.model.set_saving(None)
        self.online = False
        self.connection_lost.emit(sentence)

    def _refused_read(self, refusal: Refusal) -> None:
        self.failed.emit(words.refusal_text(refusal))

    def _bug(self, error: BaseException) -> None:
        """A fault of ours: all of it into the log, without anybody's name, and a plain word on the screen."""
        self._asking_changes = False
        self.model.set_saving(None)
        place = "".join(traceback.format_tb(error.__traceback__))
        log.error("a job failed: %s\n%s", type(error).__name__, place)
        self.failed.emit(self.tr("Something went wrong in the program. Nothing was changed. Please try again; "
                                 "if it happens again, tell your administrator."))


def is_there(callback: Callable[..., Any]) -> bool:
    """Whether the widgets that a callback belongs to are still there: a dialog may be closed before its answer."""
    cells = [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    return all(isValid(one) for one in [getattr(callback, "__self__", None), *cells] if isinstance(one, QObject))


def _signed_in(store: Store, actor: Actor) -> tuple[Actor, HospitalSettings, LastAction | None]:
    return actor, read_settings(store), undoing.last_action(store, actor)
