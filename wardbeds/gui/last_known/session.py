"""The board page's session while there is no server: it answers from the kept board, and refuses every change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.beds import Bed, BedWish, Ward, WardBoard, WardSummary, count
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, Refused, refuse
from wardbeds.domain.people import Actor, FoundPerson
from wardbeds.domain.times import DEFAULT_ZONE, known_zone
from wardbeds.gui import words
from wardbeds.gui.presence import is_there
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks
from wardbeds.services.finding import suitable
from wardbeds.services.last_known.opening import LastKnown, Named
from wardbeds.services.last_known.searching import search_boards
from wardbeds.services.settings import HospitalSettings

if TYPE_CHECKING:
    from wardbeds.store.database import Store


class LastKnownSession(Session):
    """Shows the kept wards without names; with names while somebody who was here has shown the password."""

    names_changed = Signal()

    def __init__(self, known: LastKnown, station: str, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(cast("Store", None), station, tasks, parent)  # every road to it is closed below
        self.known = known
        house = known.places.house
        self.settings = HospitalSettings(house.hospital, _zone(house.zone), demo=False)
        self.zone = self.settings.zone
        words.set_zone(self.zone)
        self._boards: dict[int, WardBoard] = {}
        self._take(house.boards)

    def _take(self, boards: tuple[WardBoard, ...]) -> None:
        self._boards = {board.ward.id: board for board in boards}

    @property
    def online(self) -> bool:
        return False

    @property
    def waiting_unnamed(self) -> int | None:
        ids = [board.ward.id for board in self.known.places.house.boards]
        if self.actor is not None or self.ward_id not in ids:
            return None
        return self.known.places.waiting[ids.index(self.ward_id)]

    # names ---------------------------------------------------------------------------------------------------

    def show_names(self, username: str, password: str, on_refused: Callable[[Refusal], None]) -> None:
        """Show the names if the password is that of somebody who was signed in here within a day.

        ``on_refused`` belongs to the dialog that asks; once that is closed no name appears any more.
        """

        def named(found: Named) -> None:
            if is_there(on_refused):
                self._named(found)

        def failed(error: BaseException) -> None:
            if not isinstance(error, Refused):
                self.tell_of_bug(error)
            elif is_there(on_refused):
                on_refused(error.refusal)

        self._tasks.submit(lambda: self.known.unlock(username, password), named, failed)

    def _named(self, named: Named) -> None:
        self.actor = named.actor
        self._take(named.boards)
        self.reload()
        self.names_changed.emit()

    def hide_names(self) -> None:
        """Forget the names until the next password."""
        if self.actor is None:
            return
        self.actor = None
        self._take(self.known.places.house.boards)
        self.reload()
        self.names_changed.emit()

    # answers from the kept board -----------------------------------------------------------------------------

    def list_wards(self, *, open_one: bool = False) -> None:
        now = self.now()
        waits = dict(zip((board.ward.id for board in self.known.places.house.boards), self.known.places.waiting,
                         strict=True))
        self.wards = tuple(WardSummary(board.ward, count(board.beds, now), waits[board.ward.id])
                           for board in self._boards.values())
        self.wards_listed.emit(self.wards)
        if open_one and self._boards:
            theirs = [ward_id for actor in self.known.people() for ward_id in sorted(actor.ward_ids)
                      if ward_id in self._boards]
            self.open_ward(theirs[0] if theirs else next(iter(self._boards)))

    def open_ward(self, ward_id: int, on_opened: Callable[[], None] | None = None) -> None:
        board = self._boards.get(ward_id)
        if board is not None:
            self.model.set_board(board)
            self.ward_opened.emit(board)
            if on_opened is not None:
                on_opened()

    def search_people(self, text: str, on_found: Callable[[tuple[FoundPerson, ...]], None], limit: int = 8) -> None:
        on_found(search_boards(self._boards.values(), text, limit))

    def find_beds(self, wish: BedWish, on_found: Callable[[tuple[tuple[Ward, Bed], ...]], None]) -> None:
        if self.actor is not None:
            on_found(suitable(self._boards.values(), wish, self.actor, self.now()))

    # what cannot be done -------------------------------------------------------------------------------------

    def run(self, job: Callable[[Store], Any], on_done: Callable[[Any], None],
            on_refused: Callable[[Refusal], None] | None = None,
            on_lost: Callable[[Exception], None] | None = None,
            on_bug: Callable[[BaseException], None] | None = None) -> None:
        if on_refused is not None:
            on_refused(refuse(Code.OFF))
        else:
            self.failed.emit(words.refusal_text(refuse(Code.OFF)))

    def ask(self, job: Callable[[Store, Actor], Any], on_done: Callable[[Any], None],
            on_refused: Callable[[Refusal], None] | None = None,
            on_failed: Callable[[str], None] | None = None) -> None:
        self.run(lambda _store: None, on_done, on_refused)

    def perform(self, service: Any, request: Any, on_done: Callable[[Done], None] | None = None,
                on_refused: Callable[[Refusal], None] | None = None,
                on_failed: Callable[[str], None] | None = None) -> None:
        if on_refused is not None:
            on_refused(refuse(Code.OFF))
        self.action_refused.emit(request, refuse(Code.OFF))


def _zone(name: str) -> ZoneInfo:
    return known_zone(name) or ZoneInfo(DEFAULT_ZONE)
