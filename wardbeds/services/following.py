"""Following a ward: whatever another station changes arrives here, by the same road as one's own changes.

A follower lives in a thread of its own with a connection of its own. It is woken, compares revisions, reads what is
beyond the one it knows, and tells; at least every few seconds it asks although nobody woke it, which is the heartbeat
that the age of the screen is judged by.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from wardbeds.domain.changes import Happening, News, WardUpdate
from wardbeds.domain.errors import OutOfReach, SchemaMismatch
from wardbeds.domain.people import Role
from wardbeds.services.redaction import redact_board, redact_update
from wardbeds.store import board, history
from wardbeds.store.database import Store
from wardbeds.store.feed import Feed

HEARTBEAT = 4.0
"""Seconds between two questions that nobody was woken for (DESIGN 5)."""
PAUSES = (0.2, 0.5, 1.0, 2.0)
"""Seconds before each further try to connect; the last one goes on."""
MOST_LINES = 50
WHOLE_WARD = frozenset({"ward_added", "ward_changed", "ward_closed", "merged"})
"""Actions that change more than the beds and people they name."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which ward is followed, from which revision on, and for whom."""

    ward_id: int
    revision: int
    role: Role
    user_id: int
    station: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The database does not answer; the sentence is fit for a person."""

    sentence: str


Told = News | Lost


class Follower:
    """Tells ``tell`` of every change, from a thread of its own."""

    def __init__(self, store: Store, tell: Callable[[Told], None], heartbeat: float = HEARTBEAT) -> None:
        self._store = store
        self._feed: Feed | None = None
        self._tell = tell
        self._heartbeat = heartbeat
        self._lock = threading.Lock()
        self._wish: Wish | None = None
        self._stopped = threading.Event()
        self._revisions: dict[int, int] = {}
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._feed = Feed(self._store)
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Listen no longer. A call that is under way in a broken network is not waited for longer than ``timeout``."""
        self._stopped.set()
        if self._feed is not None:
            self._feed.wake()
            self._thread.join(timeout)

    def follow(self, wish: Wish | None) -> None:
        """Follow another ward, or the same from another revision; None: only that the database answers."""
        with self._lock:
            self._wish = wish
        if self._feed is not None:
            self._feed.wake()

    # the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        assert self._feed is not None
        failures = 0
        while not self._stopped.is_set():
            try:
                self._feed.open()
                self._look(self._feed, caught_up=True)
                failures = 0
                self._listen(self._feed)
            except (OutOfReach, SchemaMismatch) as error:
                self._tell(Lost(str(error)))
            except Exception as error:  # a fault of ours: into the log, and on
                log.error("the change feed failed: %s\n%s", type(error).__name__,
                          "".join(traceback.format_tb(error.__traceback__)))
            self._stopped.wait(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1
        self._feed.close()

    def _listen(self, feed: Feed) -> None:
        while not self._stopped.is_set():
            heard = feed.wait(self._heartbeat)
            if self._stopped.is_set():
                return
            with self._lock:
                followed = self._wish.ward_id if self._wish is not None else 0
            if heard and not {0, followed} & heard.keys():
                self._revisions |= heard  # another ward: nothing to read, only to know
                self._tell(News(dict(self._revisions)))
            else:
                self._look(feed)

    def _look(self, feed: Feed, caught_up: bool = False) -> None:
        with self._lock:
            wish = self._wish
        with feed.reading() as connection:
            self._revisions, may_write = feed.revisions(connection)
            news = read_news(connection, wish, self._revisions)
        news = replace(news, may_write=may_write, caught_up=caught_up)
        with self._lock:
            if self._wish is not wish:  # another ward was chosen meanwhile: what was read is not for it
                news = News(news.revisions, may_write=may_write, caught_up=caught_up)
            elif wish is not None and wish.ward_id in self._revisions:
                self._wish = replace(wish, revision=self._revisions[wish.ward_id])
        self._tell(news)


def read_news(connection: Any, wish: Wish | None, revisions: Mapping[int, int]) -> News:
    """What is new in the ward that is wished for, read in the connection's transaction."""
    known = dict(revisions)
    now = known.get(wish.ward_id) if wish is not None else None
    if wish is None or now is None or now == wish.revision:
        return News(known)
    touches = history.touches_since(connection, wish.ward_id, wish.revision) if now > wish.revision else []
    happenings = _happenings(connection, wish, touches)
    if not touches or any(_changes_more(one) for one in touches):
        found = board.read_ward_board(connection, wish.ward_id, datetime.now(UTC))
        if found is None:
            return News(known, happenings=happenings, ward_gone=True)
        return News(known, board=redact_board(wish.role, found), happenings=happenings)
    beds = board.beds_of(connection, wish.ward_id,
                         {bed for one in touches for bed in (one.from_bed, one.to_bed) if bed is not None},
                         {one.patient_id for one in touches if one.patient_id is not None})
    update = WardUpdate(wish.ward_id, now, tuple(beds), tuple(board.read_waiting(connection, wish.ward_id)),
                        datetime.now(UTC), wish.revision)
    return News(known, redact_update(wish.role, update), happenings=happenings)


def _changes_more(touch: history.Touch) -> bool:
    return touch.action in WHOLE_WARD or (touch.patient_id, touch.from_bed, touch.to_bed) == (None, None, None)


def _happenings(connection: Any, wish: Wish, touches: list[history.Touch]) -> tuple[Happening, ...]:
    """One happening an operation; only other people's need their line read."""
    beds: dict[str, list[int]] = {}
    mine = {one.operation_id for one in touches if (one.actor_id, one.station) == (wish.user_id, wish.station)}
    for one in touches:
        beds.setdefault(one.operation_id, []).extend(bed for bed in (one.from_bed, one.to_bed) if bed is not None)
    lines = history.lines_since(connection, wish.ward_id, wish.revision, MOST_LINES) if beds.keys() - mine else {}
    return tuple(Happening(UUID(key), tuple(dict.fromkeys(ids)), lines.get(key), key in mine)
                 for key, ids in beds.items())
