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

from wardbeds.domain.changes import Happening, LastAction, News, WardUpdate
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
AT_LEAST = 50
"""So many events are asked for at least: others may have been written since the revision that was told."""
WHOLE_WARD = frozenset({"ward_added", "ward_changed", "ward_closed", "merged"})
"""Actions that change more than the beds and people they name."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which ward is followed, from which revision on (with the hash of its event, where known), and for whom."""

    ward_id: int
    revision: int
    role: Role
    user_id: int
    station: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """The database does not answer; the sentence is fit for a person. ``too_old``: to this program never again."""

    sentence: str
    too_old: bool = False


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
        self._may_write = True
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._feed = Feed(self._store)
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Listen no longer. A call that is under way in a broken network is not waited for longer than ``timeout``
        seconds; with 0 the thread ends by and by, which may be waited for in another call.
        """
        self._stopped.set()
        if self._feed is not None:
            self._feed.wake()
            if timeout > 0:
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
                self._look(self._feed)
                failures = 0
                self._listen(self._feed)
            except (OutOfReach, SchemaMismatch) as error:
                self._tell(Lost(str(error), isinstance(error, SchemaMismatch)))
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
            if not heard or 0 in heard:  # nobody knows what is new, or it concerns the whole house
                self._look(feed)
                continue
            self._revisions |= {ward: max(now, self._revisions.get(ward, 0)) for ward, now in heard.items()}
            self._look(feed, told=True)

    def _look(self, feed: Feed, *, told: bool = False) -> None:
        """Read what is new; ``told``: the wake-up said how far the wards are, so that nobody needs to ask first."""
        with self._lock:
            wish = self._wish
        if told and (wish is None or self._revisions.get(wish.ward_id, 0) <= wish.revision):
            self._tell(News(dict(self._revisions), may_write=self._may_write))  # of another ward, or known already
            return
        head = None
        with feed.reading() as connection:
            if not told:
                self._revisions, hashes, self._may_write = feed.heads(connection)
                head = hashes.get(wish.ward_id) if wish is not None else None
            news = read_news(connection, wish, self._revisions, head)
        self._revisions = dict(news.revisions)
        news = replace(news, may_write=self._may_write)
        with self._lock:
            if self._wish is not wish:  # another ward was chosen meanwhile: what was read is not for it
                news = News(news.revisions, may_write=self._may_write)
            elif wish is not None and wish.ward_id in self._revisions:
                self._wish = replace(wish, revision=self._revisions[wish.ward_id], head=news.head or wish.head)
        self._tell(news)


def read_news(connection: Any, wish: Wish | None, revisions: Mapping[int, int], head: str | None = None) -> News:
    """What is new in the ward that is wished for, read in the connection's transaction.

    ``revisions`` may lag behind the transaction, not run ahead of it: those of the news are as new as what was read.
    ``head`` is the hash of the ward's last event, where it was read too. What does not go on from the event that the
    wish knows is another past: a backup was restored, and the whole board is read.
    """
    known = dict(revisions)
    now = known.get(wish.ward_id) if wish is not None else None
    if wish is None or now is None:
        return News(known)
    if now == wish.revision:
        return News(known) if not wish.head or head in (None, wish.head) else _whole(connection, wish, known, ())
    touches, lines = _read_touches(connection, wish, now)
    now = known[wish.ward_id] = max([now, *(one.revision for one in touches)])
    happenings = _happenings(wish, touches, lines)
    if not _goes_on(wish, touches) or any(_changes_more(one) for one in touches):
        return _whole(connection, wish, known, happenings)
    beds = board.beds_of(connection, wish.ward_id,
                         {bed for one in touches for bed in (one.from_bed, one.to_bed) if bed is not None},
                         {one.patient_id for one in touches if one.patient_id is not None})
    update = WardUpdate(wish.ward_id, now, tuple(beds), tuple(board.read_waiting(connection, wish.ward_id)),
                        datetime.now(UTC), wish.revision)
    return News(known, redact_update(wish.role, update), happenings=happenings, head=touches[-1].hash)


def _goes_on(wish: Wish, touches: list[history.Touch]) -> bool:
    """Whether the first event follows the one that the wish knows."""
    return bool(touches) and wish.head in ("", touches[0].prev)


def _whole(connection: Any, wish: Wish, known: dict[int, int], happenings: tuple[Happening, ...]) -> News:
    found = board.read_ward_board(connection, wish.ward_id, datetime.now(UTC))
    if found is None:
        return News(known, happenings=happenings, ward_gone=True)
    known[wish.ward_id] = found.revision
    return News(known, board=redact_board(wish.role, found), happenings=happenings, head=found.head)


def _read_touches(connection: Any, wish: Wish, now: int) -> tuple[list[history.Touch], dict[str, LastAction]]:
    """What happened since the revision of the wish, and the lines about it."""
    if now < wish.revision:
        return [], {}
    return history.touches_with_lines(connection, wish.ward_id, wish.revision, max(now - wish.revision, AT_LEAST))


def _is_mine(wish: Wish, touch: history.Touch) -> bool:
    return (touch.actor_id, touch.station) == (wish.user_id, wish.station)


def _changes_more(touch: history.Touch) -> bool:
    return touch.action in WHOLE_WARD or (touch.patient_id, touch.from_bed, touch.to_bed) == (None, None, None)


def _happenings(wish: Wish, touches: list[history.Touch], lines: Mapping[str, LastAction]) -> tuple[Happening, ...]:
    """One happening an operation."""
    beds: dict[str, list[int]] = {}
    mine = {one.operation_id for one in touches if _is_mine(wish, one)}
    for one in touches:
        beds.setdefault(one.operation_id, []).extend(bed for bed in (one.from_bed, one.to_bed) if bed is not None)
    return tuple(Happening(UUID(key), tuple(dict.fromkeys(ids)), lines.get(key), key in mine)
                 for key, ids in beds.items())
