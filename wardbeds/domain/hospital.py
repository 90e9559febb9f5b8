"""The hospital itself: what it is called and where it lies in time, as an administrator sets it."""

from __future__ import annotations

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, StringConstraints

from wardbeds.domain.requests import Request, _Frozen
from wardbeds.domain.times import DEFAULT_ZONE


@cache
def zones() -> frozenset[str]:
    """Every time zone that this machine knows, by its name, as ``Africa/Kigali``."""
    return frozenset(available_timezones())


def offered_zones(known: str) -> list[str]:
    """The zones that a person chooses among, in order: those named after places, UTC, and the one ``known``."""
    places = {zone for zone in zones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/"))}
    return sorted(places | {"UTC", known})


def _known_zone(zone: str) -> str:
    if zone not in zones():
        raise ValueError("no such time zone")
    return zone


def _readable(name: str) -> str:
    if not name.isprintable():
        raise ValueError("a name holds no control characters")
    return name


HospitalName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_readable)]
ZoneName = Annotated[str, AfterValidator(_known_zone)]


class Hospital(_Frozen):
    """Its name, which may be empty as long as nobody gave one, and the name of its time zone."""

    name: HospitalName = ""
    zone: ZoneName = DEFAULT_ZONE


class ChangeHospital(Request):
    """Name the hospital, or say in which zone it lies. ``seen``: how it stood on the screen."""

    seen: Hospital
    wanted: Hospital
