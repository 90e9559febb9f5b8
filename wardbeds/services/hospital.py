"""Naming the hospital, and saying in which time zone it lies, after the first start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from wardbeds.domain.access import Permission, require_fully
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.hospital import ChangeHospital, Hospital
from wardbeds.domain.people import Actor
from wardbeds.services.acting import act
from wardbeds.store import hospital as rows
from wardbeds.store.database import Store
from wardbeds.store.work import Work


@dataclass(frozen=True, slots=True)
class KnownHospital:
    """The hospital as it is; ``zone_fixed`` once anybody has been admitted: days have been counted by then."""

    hospital: Hospital
    zone_fixed: bool


@cache
def _places() -> frozenset[str]:
    """The zones named after places."""
    return frozenset(zone for zone in available_timezones()
                     if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/")))


def offered_zones(known: str) -> list[str]:
    """The zones that a person chooses among, in order: those named after places, UTC, and the one ``known``."""
    return sorted(_places() | {"UTC", known})


def read_hospital(store: Store, actor: Actor) -> KnownHospital:
    """The hospital, in the form in which it can be changed. Needs ``ward:setup`` in full."""
    require_fully(actor.role, Permission.WARD_SETUP)
    with store.reading() as connection:
        return KnownHospital(rows.read_hospital(connection), rows.anybody_admitted(connection))


def change_hospital(store: Store, actor: Actor, request: ChangeHospital) -> Done:
    """Change name or time zone. Needs ``ward:setup`` in full.

    Raises Refused STALE ``hospital_changed`` where it is no longer as it was seen, and STATE ``zone_fixed`` for another
    zone once anybody has been admitted: it would alter the census of days that have been counted.
    """

    def body(work: Work) -> None:
        require_fully(work.role, Permission.WARD_SETUP)  # a ward lead sets up wards, too; this is nobody's own ward
        connection = work.transaction.connection
        if rows.read_hospital(connection) != request.seen:
            raise Refused(refuse(Code.STALE, "hospital_changed"))
        work.draft.more["fields"] = rows.write_hospital(connection, request.wanted)

    return act(store, actor, request, "hospital_changed", body, house=True)
