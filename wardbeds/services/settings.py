"""The hospital's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from wardbeds.domain.times import DEFAULT_ZONE
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
    try:
        zone = ZoneInfo(values.get("zone") or DEFAULT_ZONE)
    except (KeyError, ValueError):
        zone = ZoneInfo(DEFAULT_ZONE)
    return HospitalSettings(values.get("hospital_name", ""), zone, values.get("demo") == "yes")
