"""Name and time zone of the hospital, in the settings table."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select, text

from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.hospital import Hospital
from wardbeds.domain.times import DEFAULT_ZONE, known_zone
from wardbeds.store.tables import admissions
from wardbeds.store.values import read_values, write_value


def read_hospital(connection: Connection) -> Hospital:
    """As it is kept; a zone that this machine does not know counts as the default, as everywhere."""
    return _hospital(read_values(connection))


def _hospital(values: Mapping[str, str]) -> Hospital:
    zone = values.get("zone", "")
    return Hospital(name=values.get("hospital_name", ""), zone=zone if known_zone(zone) is not None else DEFAULT_ZONE)


def anybody_admitted(connection: Connection) -> bool:
    """Whether there is, or ever was, an admission: then the days have been counted in the zone that is kept."""
    return connection.execute(select(admissions.c.id).limit(1)).first() is not None


def write_hospital(connection: Connection, wanted: Hospital) -> list[str]:
    """Keep another name or zone; returns which of them are new.

    Raises Refused STATE ``zone_fixed`` for another zone once anybody has been admitted, and ``rights_older`` where the
    server's stations may not do this yet.
    """
    values = read_values(connection)
    before = _hospital(values)
    changed = [field for field in ("name", "zone") if getattr(before, field) != getattr(wanted, field)]
    if "zone" in changed and anybody_admitted(connection):
        raise Refused(refuse(Code.STATE, "zone_fixed", field="zone"))
    if changed:
        # A zone that this machine does not know is shown as the default, and stays as it is kept.
        _write(connection, wanted.name, wanted.zone if "zone" in changed else values.get("zone", DEFAULT_ZONE))
    return changed


def _write(connection: Connection, name: str, zone: str) -> None:
    """On PostgreSQL by the owner's function: a station may write no setting itself."""
    if connection.dialect.name != "postgresql":
        write_value(connection, "hospital_name", name)
        write_value(connection, "zone", zone)
        return
    if connection.scalar(text("SELECT to_regprocedure('public.set_hospital(text, text)')")) is None:
        raise Refused(refuse(Code.STATE, "rights_older"))
    if connection.scalar(select(func.set_hospital(name, zone))) != zone:
        raise Refused(refuse(Code.STATE, "zone_fixed", field="zone"))  # somebody was admitted this very moment
