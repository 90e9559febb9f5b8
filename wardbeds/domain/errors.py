"""Refusals: what the world does not allow, as a code and its parameters.

Codes are contract (DESIGN 4), words are not: ``gui/words`` and ``cli`` put a refusal into a person's language.
A refusal is never a bug; a bug is any other exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why something is refused, in order of precedence where several reasons hold (DESIGN 8)."""

    FILE = "FILE"
    VALUE = "VALUE"
    UNKNOWN = "UNKNOWN"
    DUP = "DUP"
    ROLE = "ROLE"
    STATE = "STATE"
    STALE = "STALE"
    OCC = "OCC"
    BLK = "BLK"
    DIRTY = "DIRTY"
    HELD = "HELD"
    OFF = "OFF"


_RANK = {code: rank for rank, code in enumerate(Code)}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why not.

    ``detail`` is a stable snake_case word that tells cases of one code apart (``STATE`` / ``already_admitted``);
    ``params`` are name-value pairs for the sentence (bed number, patient's name, time as ISO 8601);
    ``field`` names the request's field at fault, if one is.
    """

    code: Code
    detail: str = ""
    params: tuple[tuple[str, str], ...] = ()
    field: str | None = None

    def param(self, name: str, default: str = "") -> str:
        """Return the parameter ``name``, or ``default`` where it was not given."""
        return dict(self.params).get(name, default)


class Refused(Exception):
    """Raised by rules and services; carries the refusal and nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code} {refusal.detail}".strip())
        self.refusal = refusal


def refuse(code: Code, detail: str = "", *, field: str | None = None, **params: object) -> Refusal:
    """Build a refusal; parameter values are turned into text."""
    return Refusal(code, detail, tuple((name, str(value)) for name, value in params.items()), field)


def first_of(refusals: Iterable[Refusal]) -> Refusal | None:
    """Return the refusal that is told when several hold: the first by precedence, ties by order given."""
    return min(refusals, key=lambda refusal: _RANK[refusal.code], default=None)


def raise_first(refusals: Iterable[Refusal]) -> None:
    """Raise :class:`Refused` with the first refusal by precedence; return if there is none."""
    refusal = first_of(refusals)
    if refusal is not None:
        raise Refused(refusal)


class OutOfReach(Exception):
    """The database cannot be reached or does not answer. The sentence in ``args[0]`` is fit for a person."""


class Busy(OutOfReach):
    """The database is there, but others kept it busy for too long. Nothing was changed; another try may succeed."""


class InDoubt(OutOfReach):
    """The answer to a COMMIT was lost: it may be done. Only asking again with the same operation id tells."""


class SchemaMismatch(Exception):
    """The database's schema does not fit this program. The sentence in ``args[0]`` is fit for a person."""


class ProgramTooOld(SchemaMismatch):
    """This program may read in the database, but no longer write. Nothing was changed."""
