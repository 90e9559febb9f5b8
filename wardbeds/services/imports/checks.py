"""Reading single values of a record, or saying which column is at fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.times import read_local
from wardbeds.services.imports.reading import Record

EARLIEST_BIRTH = 1870
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def text(record: Record, column: str, length: int, *, required: bool = False) -> str:
    """A text of limited length. Raises Refused VALUE."""
    value = record.get(column)
    if required and not value:
        raise Refused(refuse(Code.VALUE, "required", field=column))
    if len(value) > length:
        raise Refused(refuse(Code.VALUE, "too_long", field=column, length=length))
    return value


def one_of(record: Record, column: str, choices: Iterable[str], *, required: bool = False) -> str:
    """One of the known codes, or empty. Raises Refused VALUE."""
    value = text(record, column, 200, required=required)
    listed = list(choices)
    if value and value not in listed:
        raise Refused(refuse(Code.VALUE, "not_one_of", field=column, choices=", ".join(listed)))
    return value


def number(record: Record, column: str) -> float | None:
    """A finite number, or None. Raises Refused VALUE."""
    value = record.get(column)
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        found = float("nan")
    if not abs(found) < 1e6:
        raise Refused(refuse(Code.VALUE, "bad_number", field=column))
    return found


def contact(record: Record, column: str, length: int, read: Callable[[str], str]) -> str:
    """What ``read`` makes of a text, its form checked, or empty. Raises Refused VALUE ``bad_`` and the column."""
    try:
        return read(text(record, column, length))
    except ValueError:
        raise Refused(refuse(Code.VALUE, f"bad_{column}", field=column)) from None


def birth_date(record: Record, column: str, today: date) -> date | None:
    """A date of birth, not ahead and not impossibly far back, or None. Raises Refused VALUE."""
    value = record.get(column)
    if not value:
        return None
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        found = date.fromisoformat(value)
    except ValueError:
        raise Refused(refuse(Code.VALUE, "bad_date", field=column)) from None
    if found > today or found.year < EARLIEST_BIRTH:
        raise Refused(refuse(Code.VALUE, "future" if found > today else "bad_date", field=column))
    return found


def moment(record: Record, column: str, zone: ZoneInfo, value: str | None = None) -> datetime:
    """An instant in UTC. Raises Refused VALUE."""
    try:
        found = read_local(record.get(column) if value is None else value, zone)
    except (ValueError, OverflowError):
        raise Refused(refuse(Code.VALUE, "bad_time", field=column)) from None
    if found.year < 1900:
        raise Refused(refuse(Code.VALUE, "bad_time", field=column))
    return found.astimezone(UTC)
