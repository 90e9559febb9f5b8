"""Who is signed in, which ward is open, and the road from a wish to the database and back to the model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.beds import Bed, BedWish, Ward, WardBoard, WardSummary
from wardbeds.domain.changes import Done, LastAction
from wardbeds.domain.errors import Busy, Code, OutOfReach, ProgramTooOld, Refusal, Refused, SchemaMismatch
from wardbeds.domain.hospital import Hospital
from wardbeds.domain.people import Actor, FoundPerson
from wardbeds.domain.requests import Request, UndoAction
from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.gui import words
from wardbeds.gui.awaited import Awaited
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.catch_up import CatchUp
from wardbeds.gui.doubts import Doubts, Sending
from wardbeds.gui.faults import log_fault
from wardbeds.gui.hearing import Hearing
from wardbeds.gui.link import Link, LinkState
from wardbeds.gui.presence import is_there
from wardbeds.gui.tasks import Tasks
from wardbeds.services import accounts, finding, reading, undoing
from wardbeds.services.settings import HospitalSettings, read_settings
from wardbeds.settings import StationChoice, Use

if TYPE_CHECKING:
    from wardbeds.store.database import Store

R = TypeVar("R", bound=Request)
Service = Callable[["Store", Actor, R], Done]


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
    connection_slow = Signal()
    connection_lost = Signal(str)
    connection_restored = Signal()
    heard = Signal()
    slow_changed = Signal(bool)
    others_changed = Signal(object)
    caught_up = Signal(object)
    checking_changed = Signal(bool)
    rights_changed = Signal()
    failed = Signal(str)
    connection_chosen = Signal(object)
    printed_offline = Signal(object)

    def __init__(self, store: Store, station: str, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._tasks, self.station = store, tasks, station
        self.choice: StationChoice | None = None
        self.actor: Actor | None = None
        self.zone = ZoneInfo(DEFAULT_ZONE)
        self.settings: HospitalSettings | None = None
        self.model = BoardModel(self)
        self.wards: tuple[WardSummary, ...] = ()
        self.last_action: LastAction | None = None
        self.drafts: dict[str, dict[str, Any]] = {}
        self.may_write = True
        self.catch_up = CatchUp(self)
        self.link = Link(store, self)
        self.hearing = Hearing(self)
        self.link.state_changed.connect(self._on_link)
        self._heard_at: datetime | None = None
        self.doubts = Doubts(self)
        self.doubts.checking_changed.connect(self.checking_changed)
        self.awaited = Awaited(self)
        self.awaited.slow_changed.connect(self.slow_changed)

    @property
    def use(self) -> Use:
        """What this PC is used for."""
        return self.choice.use if self.choice is not None else Use.WARD

    @property
    def online(self) -> bool:
        """Whether the database is there: what is shown is the present, and can be changed."""
        return self.link.state is not LinkState.LOST

    @property
    def checking(self) -> bool:
        """Whether it is not known yet if something was saved."""
        return self.doubts.checking

    def read_only_reason(self) -> str:
        """Why nothing can be changed now; empty where it can."""
        if not self.online:
            return self.tr("No connection: the board is read-only.")
        if not self.may_write:
            return self.tr("This program is older than the database: you can look and print. Please update it.")
        return ""

    def stop(self, seconds: float = 10) -> None:
        """Listen no longer to other stations; the thread is waited for at most so long, with 0 not at all."""
        self.hearing.stop()
        self.awaited.end()
        self.model.stop_clock()
        self.link.stop(seconds)

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
        return self._heard_at or (self.model.board.as_of if self.model.board else self.now())

    @as_of.setter
    def as_of(self, moment: datetime) -> None:
        self._heard_at = moment

    @property
    def waiting_unnamed(self) -> int | None:
        """How many wait in the open ward, where they may not be named; None: they are named."""
        return None

    # the road ------------------------------------------------------------------------------------------------

    def run(self, job: Callable[[Store], Any], on_done: Callable[[Any], None],
            on_refused: Callable[[Refusal], None] | None = None,
            on_lost: Callable[[Exception], None] | None = None,
            on_bug: Callable[[BaseException], None] | None = None) -> None:
        """Run a job on the data thread without anybody being signed in."""

        def failed(error: BaseException) -> None:
            self.awaited.answer()
            if isinstance(error, Refused):
                self.link.answered()
                (on_refused or self._refused_read)(error.refusal)
            elif isinstance(error, ProgramTooOld):
                self.set_may_write(False)
                (on_lost or (lambda error: self.failed.emit(str(error))))(error)
            elif isinstance(error, Busy) and on_lost is None:
                self.failed.emit(str(error))
            elif isinstance(error, OutOfReach | SchemaMismatch):
                (on_lost or self.lost)(error)
            else:
                (on_bug or self.tell_of_bug)(error)

        def done(result: Any) -> None:
            self.awaited.answer()
            self.link.answered()
            on_done(result)

        self.awaited.ask()
        self._tasks.submit(lambda: job(self._store), done, failed)

    def aside(self, job: Callable[[], Any], on_done: Callable[[Any], None],
              on_failed: Callable[[BaseException], None]) -> None:
        """Run on the data thread what is not about this database, and whose failing says nothing about it."""
        self._tasks.submit(job, on_done, lambda error: on_failed(error) if is_there(on_failed) else None)

    def ask(self, job: Callable[[Store, Actor], Any], on_done: Callable[[Any], None],
            on_refused: Callable[[Refusal], None] | None = None,
            on_failed: Callable[[str], None] | None = None) -> None:
        """Read something as the person signed in; an answer for somebody who has left is dropped.

        ``on_failed`` hears in words that this job, and no other, has no answer.
        """
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

        def lost(error: BaseException) -> None:
            text = self._lost_read(error)
            if on_failed is not None and is_there(on_failed):
                on_failed(text)

        if on_failed is None:
            self.run(lambda store: job(store, actor), done, refused)
        else:
            self.run(lambda store: job(store, actor), done, refused, lost, lost)

    def _lost_read(self, error: BaseException) -> str:
        """What reading met instead of an answer, in words; whoever shows the connection is told as well."""
        if isinstance(error, Busy | ProgramTooOld):
            self.failed.emit(str(error))
        elif isinstance(error, OutOfReach | SchemaMismatch):
            self.lost(error)
        else:
            return self.tell_of_bug(error)
        return str(error)

    def perform(self, service: Service[R], request: R, on_done: Callable[[Done], None] | None = None,
                on_refused: Callable[[Refusal], None] | None = None,
                on_failed: Callable[[str], None] | None = None) -> None:
        """Write something: the service runs, its updates go into the model, the line of the last action changes.

        ``on_failed`` hears in words that this request, and no other, met a fault of the program.
        """
        actor = self.actor
        if actor is None:
            return
        self.action_started.emit(request)
        self.hearing.remember(request.operation_id)

        def done(result: Done) -> None:
            self._apply(result, actor)
            self.catch_up.entered(request.happened_at)
            if on_done is not None and is_there(on_done):
                on_done(result)
            self.action_done.emit(result)

        def refused(refusal: Refusal) -> None:
            self.model.set_saving(None)
            if refusal.code is Code.STALE:
                self.reload()
            if on_refused is not None and is_there(on_refused):
                on_refused(refusal)
            self.action_refused.emit(request, refusal)

        def failed(text: str) -> None:
            if on_failed is not None and is_there(on_failed):
                on_failed(text)

        sending = Sending(actor, service, request, done, refused, failed)
        self.model.set_saving(sending.bed_id)
        self.doubts.send(sending)

    def undo(self) -> None:
        """Take back the last action of this person at this station."""
        if self.last_action is not None and self.last_action.undoable:
            self.perform(undoing.undo_action, UndoAction(undoes=self.last_action.operation_id))

    def _apply(self, done: Done, actor: Actor) -> None:
        """Show what was done; the line of the last action belongs to whoever did it."""
        self.model.set_saving(None)
        for update in done.updates:
            self.model.apply(update)
            self.ward_updated.emit(update)
        if self.actor == actor and done.action is not None and not done.action.action.startswith("ward_"):
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
                           on_refused: Callable[[Refusal], None], hospital: Hospital | None = None) -> None:
        """Make the first administrator, name the hospital, and sign in."""
        self.run(lambda store: _signed_in(store, accounts.create_first_admin(
            store, username, first_name, last_name, password, self.station, hospital)),
                 lambda entered: self._entered(entered, password), on_refused)

    def set_first_password(self, username: str, code: str, password: str,
                           on_refused: Callable[[Refusal], None]) -> None:
        """Set the password of a new account with the administrator's code, and sign in."""
        self.run(lambda store: _signed_in(store, accounts.set_first_password(
            store, username, code, password, self.station)),
                 lambda entered: self._entered(entered, password), on_refused)

    def _entered(self, entered: tuple[Actor, HospitalSettings, LastAction | None], password: str) -> None:
        self.actor, settings, self.last_action = entered
        self.take_settings(settings)
        self.signed_in.emit(self.actor)
        self.last_action_changed.emit()
        self.link.start()
        self.list_wards(open_one=True)
        self.password_given.emit(self.actor, password)

    def take_settings(self, settings: HospitalSettings) -> None:
        """What the hospital is called and where it lies, from now on."""
        self.settings = settings
        self.zone = settings.zone
        words.set_zone(self.zone)

    def read_settings(self) -> None:
        """Read anew what the hospital is called: somebody has changed it."""
        self.run(read_settings, self.take_settings, lambda _refusal: None, lambda _error: None)

    def sign_out(self) -> None:
        """Leave; the ward stays chosen for whoever comes next."""
        self.actor = None
        self.last_action = None
        self.link.follow(None)
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

    def open_ward(self, ward_id: int, on_opened: Callable[[], None] | None = None) -> None:
        """Read a ward and show it; ``on_opened`` is called then, and never if it cannot be read."""

        def opened(board: WardBoard) -> None:
            self.model.set_board(board)
            self.hearing.follow(board)
            self.ward_opened.emit(board)
            if on_opened is not None:
                on_opened()

        self.ask(lambda store, actor: reading.read_board(store, actor, ward_id), opened)

    def reload(self) -> None:
        """Read the open ward anew."""
        if self.ward_id is not None:
            self.open_ward(self.ward_id)

    # trouble -------------------------------------------------------------------------------------------------

    def set_may_write(self, may: bool) -> None:
        """Hear whether this program is new enough to change anything."""
        if may != self.may_write:
            self.may_write = may
            self.rights_changed.emit()

    def _on_link(self, state: LinkState) -> None:
        if state is LinkState.LOST:
            self.hearing.missed()
            self.connection_lost.emit(self.link.sentence)
        elif state is LinkState.SLOW:
            self.connection_slow.emit()
        else:
            self.connection_restored.emit()

    def lost(self, error: Exception) -> None:
        """The database is out of reach: what is shown is no longer the present."""
        if not self.checking:
            self.model.set_saving(None)
        known = not self.online
        self.link.failed(str(error), too_old=isinstance(error, SchemaMismatch))
        if known:  # whoever asked this time wants to hear it too
            self.connection_lost.emit(str(error))

    def _refused_read(self, refusal: Refusal) -> None:
        self.failed.emit(words.refusal_text(refusal))

    def tell_of_bug(self, error: BaseException, *, doubted: bool = False) -> str:
        """A fault of ours, into the log and in plain words on the screen, which are returned; ``doubted`` as there."""
        self.model.set_saving(None)
        log_fault("a job failed", error)
        text = words.fault_text(doubted=doubted)
        self.failed.emit(text)
        return text


def _signed_in(store: Store, actor: Actor) -> tuple[Actor, HospitalSettings, LastAction | None]:
    return actor, read_settings(store), undoing.last_action(store, actor)
