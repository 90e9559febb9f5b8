"""Sheets that were printed without a server: noted in the station's folder, recorded once the server is there.

A file a print, without a patient's name in it. It is removed only after the record is safe, and the record carries the
note's operation id: whoever is killed in between records nothing twice.
"""

from __future__ import annotations

import contextlib
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from wardbeds.domain.errors import Refused
from wardbeds.domain.people import Role
from wardbeds.services.last_known.file import board_file, write_whole
from wardbeds.store.batches import applied_already
from wardbeds.store.database import Store
from wardbeds.store.housekeeping import SYSTEM_USER, lock_access, record_access

log = logging.getLogger(__name__)


class NotedPrint(BaseModel):
    """Who printed which ward's sheet at this station, and when (UTC)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_id: int
    role: Role
    station: str
    ward_id: int
    printed_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    operation_id: UUID = Field(default_factory=uuid4)


def note_print(folder: Path, url: str, noted: NotedPrint) -> None:
    """Keep the note until the server at ``url`` can be told. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{_stem(url)}{noted.operation_id}.json", noted.model_dump_json().encode())


def record_noted(store: Store, folder: Path, url: str) -> int:
    """Record what was noted for the server at ``url``; returns how many prints. Raises OutOfReach, ProgramTooOld."""
    recorded = 0
    for path in sorted(folder.glob(f"{_stem(url)}*.json")):
        try:
            noted = NotedPrint.model_validate_json(path.read_bytes())
        except OSError:  # another window has just recorded it, or it can be read the next time
            continue
        except ValidationError:
            log.warning("the note of a print is damaged and is put aside")
            with contextlib.suppress(FileNotFoundError):
                path.replace(path.with_suffix(".bad"))
            continue
        recorded += _record(store, noted)
        path.unlink(missing_ok=True)
    return recorded


def _record(store: Store, noted: NotedPrint) -> bool:
    """Whether it was not recorded before. Who may not act any more has printed all the same: the system says so."""
    try:
        return store.write(lambda connection: _once(connection, noted, noted.user_id, noted.role))
    except Refused:
        return store.write(lambda connection: _once(connection, noted, SYSTEM_USER, Role.ADMIN))


def _once(connection: Any, noted: NotedPrint, user_id: int, role: Role) -> bool:
    lock_access(connection, noted.station)  # two windows of one PC may come with the same note
    if applied_already(connection, str(noted.operation_id)):
        return False
    more = {"ward": noted.ward_id, "sheet": "occupancy", "offline": True}
    if user_id != noted.user_id:
        more["by"] = noted.user_id
    record_access(connection, user_id, role, noted.station, "sheet_printed", more,
                  operation_id=noted.operation_id, happened_at=noted.printed_at)
    return True


def _stem(url: str) -> str:
    return f"{board_file(Path(), url).stem.replace('last_known', 'printed')}_"
