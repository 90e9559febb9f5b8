"""Time: UTC inside, the hospital's zone outside, half-open periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Africa/Kigali"
BACK_DATING_STAFF = timedelta(hours=24)
BACK_DATING_ADMIN = timedelta(days=7)


def known_zone(name: str) -> ZoneInfo | None:
    """The time zone of this name; None where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder of zones is no zone
        return None


def utc(moment: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a time without offset."""
    if moment.tzinfo is None:
        raise ValueError("a time needs its offset")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def to_text(moment: datetime) -> str:
    """Fixed-width ISO 8601 in UTC with microseconds and ``Z``; text order is time order."""
    return utc(moment).isoformat(timespec="microseconds")[:-6] + "Z"


def from_text(text: str) -> datetime:
    """Read what :func:`to_text` wrote."""
    return datetime.fromisoformat(text)


def read_local(text: str, zone: tzinfo) -> datetime:
    """Read ISO 8601; without an offset it is hospital time. Returns UTC, raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def local_text(moment: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 with the hospital's offset, to the second unless there are fractions."""
    return moment.astimezone(zone).isoformat()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which ``day`` begins in the hospital, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def hospital_day(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant in the hospital."""
    return moment.astimezone(zone).date()
