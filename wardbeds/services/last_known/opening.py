"""Opening the last-known board without a server: places at once, people by the password of somebody who was here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wardbeds.domain.beds import WardBoard
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.people import Actor
from wardbeds.services.last_known.file import Sealed, board_file, read_sealed, station_key
from wardbeds.services.last_known.keeping import SALT
from wardbeds.services.last_known.sealing import Damaged, public_of, secret_of, unlock_with
from wardbeds.services.last_known.values import Helper, Places, join
from wardbeds.services.redaction import redact_board

log = logging.getLogger(__name__)
FREE_TRIES, LONGEST_WAIT = 2, 60


@dataclass(frozen=True, slots=True)
class Named:
    """The board with names, as the person who opened it may see it."""

    actor: Actor
    boards: tuple[WardBoard, ...]


class LastKnown:
    """A kept board that has been read and checked. Refuses to guess: each wrong password makes the next wait longer."""

    def __init__(self, sealed: Sealed, places: Places, helpers: tuple[Helper, ...],
                 clock: Callable[[], datetime]) -> None:
        self.places = places
        self._sealed = sealed
        self._helpers = helpers
        self._clock = clock
        self._wrong = 0
        self._not_before = clock()

    def people(self) -> tuple[Actor, ...]:
        """Who can show the names now: signed in at this station within a day, the latest first."""
        now = self._clock()
        may = [one for one in self._helpers if one.still_may(now)]
        return tuple(one.actor for one in sorted(may, key=lambda one: one.signed_in_at, reverse=True))

    def unlock(self, username: str, password: str) -> Named:
        """The board with names. Takes as long for a user name that is not known here.

        Raises Refused ROLE ``wrong_sign_in``, whatever was wrong, or ``wait``; FILE ``damaged``.
        """
        now = self._clock()
        if now < self._not_before:
            seconds = max(1, round((self._not_before - now).total_seconds()))
            raise Refused(refuse(Code.ROLE, "wait", seconds=seconds, field="password"))
        helper = next((one for one in self._helpers if one.still_may(now)
                       and one.actor.username.casefold() == username.strip().casefold()), None)
        secret = secret_of(password, bytes.fromhex(helper.salt) if helper else bytes(SALT))
        if helper is None or public_of(secret).hex() != helper.public:
            self._wrong += 1
            if self._wrong > FREE_TRIES:
                wait = min(2 ** (self._wrong - FREE_TRIES), LONGEST_WAIT)
                self._not_before = self._clock() + timedelta(seconds=wait)
            raise Refused(refuse(Code.ROLE, "wrong_sign_in", field="password"))
        self._wrong = 0
        try:
            people = self._sealed.open_people(unlock_with(secret, bytes.fromhex(helper.locked_key)))
        except Damaged as error:
            raise Refused(refuse(Code.FILE, "damaged")) from error
        house = join(self.places, people)
        return Named(helper.actor, tuple(redact_board(helper.actor.role, board) for board in house.boards))


def open_last_known(folder: Path, url: str,
                    clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> LastKnown | None:
    """The board last kept of the server at ``url``; None where there is none, or none that can be trusted."""
    try:
        station, sealed = station_key(folder), read_sealed(board_file(folder, url))
        if station is None or sealed is None:
            return None
        return LastKnown(sealed, sealed.open_places(station), sealed.open_helpers(station).known, clock)
    except (Damaged, OSError):
        log.warning("the last-known board is damaged and is not shown")
        return None
