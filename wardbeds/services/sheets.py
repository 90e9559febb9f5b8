"""What a printed sheet needs, and the record that it was printed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wardbeds.domain.access import Permission, require_fully
from wardbeds.domain.beds import WardBoard
from wardbeds.domain.errors import Code, ProgramTooOld, Refused, refuse
from wardbeds.domain.people import Actor, Role
from wardbeds.services.reading import read_board
from wardbeds.services.settings import read_settings
from wardbeds.store.board import read_wards
from wardbeds.store.database import Store
from wardbeds.store.housekeeping import record_access


@dataclass(frozen=True, slots=True)
class OccupancyData:
    """The occupancy sheet's input."""

    board: WardBoard
    printed_by: str
    """The person's name, or the station's where nobody is signed in."""
    role: Role | None
    hospital: str
    zone: ZoneInfo
    now: datetime
    demo: bool = False


def record_print(store: Store, actor: Actor, ward_id: int) -> None:
    """Record in the station's access stream that somebody printed a ward's occupancy sheet."""
    with contextlib.suppress(ProgramTooOld):  # a program that may only look still prints
        store.write(lambda connection: record_access(connection, actor.user_id, actor.role, actor.station,
                                                     "sheet_printed", {"ward": ward_id, "sheet": "occupancy"}))


def occupancy_data(store: Store, actor: Actor, ward: str | int) -> OccupancyData:
    """Read a ward (by name or id) for its occupancy sheet, and record the print in the station's access stream.

    Needs ``sheet:print`` without limits; raises Refused ROLE, UNKNOWN ``ward``.
    """
    require_fully(actor.role, Permission.SHEET_PRINT)
    with store.reading() as connection:
        found = [one for one in read_wards(connection) if ward in (one.id, one.name)]
    if not found:
        raise Refused(refuse(Code.UNKNOWN, "ward", field="ward"))
    board = read_board(store, actor, found[0].id)
    settings = read_settings(store)
    record_print(store, actor, found[0].id)
    return OccupancyData(board, actor.display_name, actor.role, settings.hospital_name, settings.zone,
                         datetime.now(UTC), settings.demo)
