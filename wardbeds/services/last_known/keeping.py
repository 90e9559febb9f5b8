"""Keeping the last-known board while the server answers: who signed in here, and the file written anew."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wardbeds.domain.people import Actor
from wardbeds.services.last_known.file import (
    Sealed,
    board_file,
    read_sealed,
    remove_leftovers,
    station_key,
    write_whole,
)
from wardbeds.services.last_known.reading import HouseRead, read_house
from wardbeds.services.last_known.sealing import Damaged, lock_for, new_key, public_of, secret_of
from wardbeds.services.last_known.values import Helper, Helpers, sees_names, split
from wardbeds.store.database import Store

log = logging.getLogger(__name__)
SALT = 16


class Keeper:
    """Writes one server's board into the station's folder. Used by one thread at a time; holds no secret."""

    def __init__(self, folder: Path, url: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._path = board_file(folder, url)
        self._clock = clock
        self._mine: dict[int, Helper] = {}
        self._before: HouseRead | None = None
        self._seen: tuple[tuple[int, int, int] | None, tuple[Helper, ...]] = (None, ())
        remove_leftovers(self._path)

    def remember(self, actor: Actor, password: str) -> None:
        """Let this person, who has just signed in, see the names for a day. Takes as long as a password must."""
        if not sees_names(actor.role):
            return
        salt = os.urandom(SALT)
        public = public_of(secret_of(password, salt))
        self._mine[actor.user_id] = Helper(actor, self._clock(), salt.hex(), public.hex())
        self._before = None

    def keep(self, store: Store, near: int | None = None) -> bool:
        """Look for what is new, above all in the ward ``near``, and write it; whether there was anything to write.

        Raises OutOfReach, OSError.
        """
        read = read_house(store, {one.actor.user_id for one in self._helpers()}, self._before, near)
        if read is None:
            return False
        self.write(read)
        self._before = read
        return True

    def write(self, read: HouseRead) -> None:
        """Write the house as it was read, with a new key for everybody who may still see it. Raises OSError."""
        station = station_key(self._folder, make=True)
        if station is None:
            raise OSError("the station's key cannot be read")
        places, people = split(read.house)
        data_key = new_key()
        known = tuple(replace(one, locked_key=lock_for(bytes.fromhex(one.public), data_key).hex())
                      for one in self._still_allowed(read))
        sealed = Sealed.make(station, data_key, Helpers(known), places, people if known else None)
        write_whole(self._path, sealed.pack())

    def _still_allowed(self, read: HouseRead) -> list[Helper]:
        """Who signed in within a day and whose account has not been changed since; with the role of today."""
        now, found = self._clock(), []
        for one in self._helpers():
            kept = _as_of_today(one, read)
            if kept is None or not kept.still_may(now):
                self._mine.pop(one.actor.user_id, None)
                continue
            found.append(kept)
            if one.actor.user_id in self._mine:
                self._mine[one.actor.user_id] = kept
        return found

    def _helpers(self) -> list[Helper]:
        """Those of the file, which another window may have written, and our own; of two the later sign-in."""
        latest = {one.actor.user_id: one for one in self._in_file()}
        for user_id, one in self._mine.items():
            if user_id not in latest or latest[user_id].signed_in_at <= one.signed_in_at:
                latest[user_id] = one
        return sorted(latest.values(), key=lambda one: one.actor.user_id)

    def _in_file(self) -> tuple[Helper, ...]:
        """Who is in the file; opened again only when it is another one."""
        stamp = _stamp(self._path)
        if stamp is None or stamp != self._seen[0]:
            self._seen = (stamp, self._open_helpers())
        return self._seen[1]

    def _open_helpers(self) -> tuple[Helper, ...]:
        try:
            station, sealed = station_key(self._folder), read_sealed(self._path)
            return sealed.open_helpers(station).known if sealed is not None and station is not None else ()
        except (Damaged, OSError):
            log.warning("the last-known board cannot be read and is written anew")
            return ()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells one whole write of the file from the next: each makes a new file. None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _as_of_today(one: Helper, read: HouseRead) -> Helper | None:
    """With the role of today; None once the account may not sign in or was changed since the sign-in here."""
    if one.actor.user_id not in read.asked:  # another window at this station let somebody in since we asked
        return one
    role, mark = read.accounts.get(one.actor.user_id, (None, ""))
    if role is None or not sees_names(role) or one.mark not in ("", mark):
        return None
    return replace(one, actor=replace(one.actor, role=role), mark=mark)
