"""Why a bed is blocked, until when about, and whether maintenance knows: one line that people can read anywhere.

All of it is kept as one text, in the bed and in its events, so that undo, history and older programs beside this one
need nothing more; at the end of the line stands what a program reads again:
``mattress: torn (back 2026-12-01, maintenance told)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LONGEST = 200
"""Letters of the whole line, as long as the bed's column."""

_TOLD = "maintenance told"
_END = re.compile(rf"\s*\((?:back (?P<back>\d{{4}}-\d{{2}}-\d{{2}})(?P<both>, {_TOLD})?|(?P<told>{_TOLD}))\)$")


@dataclass(frozen=True, slots=True)
class Block:
    """Why a bed is out of use. ``back`` None: nobody knows when it can be used again."""

    reason: str
    back: date | None = None
    told: bool = False

    @property
    def text(self) -> str:
        """The line that is kept; :func:`read_block` reads it."""
        said = ", ".join(part for part in (f"back {self.back.isoformat()}" if self.back else "",
                                           _TOLD if self.told else "") if part)
        return f"{self.reason} ({said})" if said else self.reason


def in_own_words(reason: str) -> str:
    """What somebody typed, closed with a full stop where its end would be read as ours."""
    return f"{reason}." if _END.search(reason) else reason


@lru_cache(maxsize=1024)
def read_block(text: str) -> Block:
    """What a kept line says; a text of other origin is all reason."""
    found = _END.search(text)
    if found is None:
        return Block(text)
    try:
        back = date.fromisoformat(found["back"]) if found["back"] else None
    except ValueError:  # a day that no month has: nobody wrote it here
        return Block(text)
    return Block(text[:found.start()], back, bool(found["both"] or found["told"]))
