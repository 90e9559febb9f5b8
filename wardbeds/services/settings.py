"""The hospital's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.domain.times import DEFAULT_ZONE, hospital_day, known_zone
from wardbeds.store.database import Store
from wardbeds.store.values import read_values


@dataclass(frozen=True, slots=True)
class HospitalSettings:
    """What the hospital is called, where it lies in time, and whether this database is a demo."""

    hospital_name: str
    zone: ZoneInfo
    demo: bool


def read_settings(store: Store) -> HospitalSettings:
    """Read the settings; a zone that this machine does not know falls back to the default."""
    with store.reading() as connection:
        values = read_values(connection)
    return HospitalSettings(values.get("hospital_name", ""), _zone(values), values.get("demo") == "yes")


def is_ahead(connection: Any, day: date, now: datetime) -> bool:
    """Whether the day has not begun in the hospital yet: a child born after its midnight is born today."""
    return day >= now.date() and day > hospital_day(now, _zone(read_values(connection)))


def over_faults(connection: Any, day: date | None, now: datetime, field: str) -> list[Refusal]:
    """VALUE ``day_over`` where a day on which something is expected has passed in the hospital."""
    if day is None or day > now.date() or day >= hospital_day(now, _zone(read_values(connection))):
        return []
    return [refuse(Code.VALUE, "day_over", field=field)]


def _zone(values: dict[str, str]) -> ZoneInfo:
    return known_zone(values.get("zone") or DEFAULT_ZONE) or ZoneInfo(DEFAULT_ZONE)
