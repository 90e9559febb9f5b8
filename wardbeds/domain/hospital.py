"""The hospital itself: what it is called and where it lies in time, as an administrator sets it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from wardbeds.domain.requests import Request, _Frozen
from wardbeds.domain.times import DEFAULT_ZONE, known_zone


def _known_zone(zone: str) -> str:
    if known_zone(zone) is None:
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
