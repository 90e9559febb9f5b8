"""Naming the hospital, and saying in which time zone it lies, after the first start."""

from __future__ import annotations

from dataclasses import dataclass

from wardbeds.domain.access import Grant, Permission, missing, require
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.hospital import ChangeHospital, Hospital
from wardbeds.domain.people import Actor, Role
from wardbeds.services.acting import act
from wardbeds.store import hospital as rows
from wardbeds.store.database import Store
from wardbeds.store.work import Work


@dataclass(frozen=True, slots=True)
class KnownHospital:
    """The hospital as it is; ``zone_fixed`` once anybody has been admitted: days have been counted by then."""

    hospital: Hospital
    zone_fixed: bool


def read_hospital(store: Store, actor: Actor) -> KnownHospital:
    """The hospital, in the form in which it can be changed. Needs ``ward:setup`` in full."""
    _require(actor.role)
    with store.reading() as connection:
        return KnownHospital(rows.read_hospital(connection), rows.anybody_admitted(connection))


def change_hospital(store: Store, actor: Actor, request: ChangeHospital) -> Done:
    """Change name or time zone. Needs ``ward:setup`` in full.

    Raises Refused STALE ``hospital_changed`` where it is no longer as it was seen, and STATE ``zone_fixed`` for another
    zone once anybody has been admitted: it would alter the census of days that have been counted.
    """

    def body(work: Work) -> None:
        _require(work.role)
        connection = work.transaction.connection
        if rows.read_hospital(connection) != request.seen:
            raise Refused(refuse(Code.STALE, "hospital_changed"))
        work.draft.more["fields"] = rows.write_hospital(connection, request.wanted)

    return act(store, actor, request, "hospital_changed", body, house=True)


def _require(role: Role) -> None:
    """A ward lead sets up wards, too, but the hospital is nobody's own ward."""
    if require(role, Permission.WARD_SETUP) is not Grant.YES:
        raise Refused(missing(role, Permission.WARD_SETUP))
