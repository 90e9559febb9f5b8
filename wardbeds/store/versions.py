"""Which schema this program was made for, and what an older program may still do on a newer one.

Stations are updated one by one. The database says which is the oldest program that may read, and write, in it
(``schema_version``); a program that is too old to write shows the board and says why it changes nothing.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from wardbeds.domain.errors import ProgramTooOld, SchemaMismatch
from wardbeds.store.tables import schema_version

VERSION = 3
"""The number of this program's newest migration."""

TOO_OLD_TO_READ = "This database was made by a newer Wardbeds. Please update this program."
TOO_OLD_TO_WRITE = ("This database was made for a newer Wardbeds. You can look and print; "
                    "to change anything, update this program.")


def require_reader(connection: Connection) -> bool:
    """Whether this program may also write in a newer database. Raises SchemaMismatch if it may not even read."""
    row = connection.execute(select(schema_version.c.min_reader, schema_version.c.min_writer)).one_or_none()
    if row is None:
        raise SchemaMismatch(TOO_OLD_TO_READ)
    check_reader(row[0])
    return may_write(row[1])


def check_reader(min_reader: int | None) -> None:
    """Raise SchemaMismatch where a newer program at least is asked for to read."""
    if min_reader is not None and min_reader > VERSION:
        raise SchemaMismatch(TOO_OLD_TO_READ)


def may_write(min_writer: int | None) -> bool:
    """Whether this program may write where ``min_writer`` is asked for; a database being made asks for none."""
    return min_writer is None or min_writer <= VERSION


def require_writer(min_writer: int | None) -> None:
    """Raise ProgramTooOld unless this program may write."""
    if not may_write(min_writer):
        raise ProgramTooOld(TOO_OLD_TO_WRITE)
