"""What stood in a person's identity before it was corrected: kept with the event, in one line that is read again.

``last_name=Uwimana; phone=+250788123456``: the fields that changed, each with what it held; nothing where it was empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

FIELDS = ("last_name", "first_name", "sex", "date_of_birth", "hospital_number", "national_id", "phone")
"""What a correction can change, in the order in which it is told."""

_NEXT = re.compile(rf"; (?=(?:{'|'.join(FIELDS)})(?:=|; |$))")


class Before(NamedTuple):
    """A field that was corrected. ``held`` None: what it held is not told here."""

    field: str
    held: str | None


def before_line(held: Mapping[str, str]) -> str:
    """The line that is kept, from what the changed fields held."""
    return "; ".join(f"{name}={held[name]}" for name in FIELDS if name in held)


def read_before(line: str) -> tuple[Before, ...]:
    """What a kept line says; nothing for a text of another origin, as older programs have written."""
    found = []
    for part in _NEXT.split(line):
        name, told, held = part.partition("=")
        if name not in FIELDS:
            return ()
        found.append(Before(name, held if told else None))
    return tuple(found)


def fields_only(line: str) -> str:
    """The same line without what the fields held; empty for a text of another origin, which may hold anything."""
    return "; ".join(one.field for one in read_before(line))
