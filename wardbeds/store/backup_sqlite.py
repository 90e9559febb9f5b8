"""Backup and restore of a SQLite database, while programs are at work on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from wardbeds.domain.errors import OutOfReach, SchemaMismatch
from wardbeds.store.check import check
from wardbeds.store.database import Store, prepare_sqlite
from wardbeds.store.embedded import safe_copy
from wardbeds.store.migrate import HEAD, current_revision, upgrade

PATIENCE_MILLISECONDS = 30_000


def claim(target: Path) -> None:
    """Make an empty file that only its owner can read. Raises FileExistsError, OutOfReach."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise OutOfReach(f"The copy {target} could not be written: {error.strerror}.") from error


def back_up(path: Path, target: Path) -> None:
    """Copy the database into a new file and check the copy. Raises OutOfReach, FileExistsError."""
    if not path.is_file():
        raise OutOfReach(f"There is no database at {path}.")
    claim(target)
    try:
        _copy(path, target, "DELETE")  # one file, that can be read from a medium that cannot be written
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def restore(path: Path, source: Path) -> Path | None:
    """Put a backup in the place of the database at ``path``, checked and upgraded first.

    Returns where the database that was there is kept. Raises OutOfReach, SchemaMismatch (nothing is changed).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.restoring")
    made.unlink(missing_ok=True)
    claim(made)
    try:
        _copy(source, made)
        _require_sound(made, source)
        if path.exists():
            return _replace(made, path)
        claim(path)
        _copy(made, path)
        return None
    finally:
        for name in ("", "-wal", "-shm"):
            Path(f"{made}{name}").unlink(missing_ok=True)


def _require_sound(made: Path, source: Path) -> None:
    refused = SchemaMismatch(f"{source} is not a sound backup of Wardbeds. Nothing was changed.")
    with closing(Store.open(made)) as store:
        try:
            revision = _revision(store)
            if revision is None:
                raise refused
            if revision > HEAD:
                raise SchemaMismatch(f"{source} was made by a newer Wardbeds. Update this program first.")
            upgrade(store)
            with store.reading() as connection:
                if check(connection):
                    raise refused
        except DatabaseError as error:
            raise refused from error


def _revision(store: Store) -> str | None:
    try:
        with store.reading() as connection:
            return current_revision(connection)
    except SchemaMismatch:  # tables, but none of ours
        return None


def _replace(source: Path, path: Path) -> Path:
    """Copy over a database that others may have open; returns the copy of what was there.

    The first page written locks all other writers out until the end; only then is the old state copied, so that
    nothing acknowledged is in neither.
    """
    kept: list[Path] = []

    def keep(_status: int, _remaining: int, _total: int) -> None:
        if not kept:
            kept.append(safe_copy(path, "replaced"))

    _copy(source, path, pages=1, progress=keep)
    return kept[0]


def _copy(source: Path, target: Path, journal: str = "WAL", *, pages: int = -1,
          progress: Callable[[int, int, int], object] | None = None) -> None:
    """Through SQLite's own backup: a consistent state, whatever others write meanwhile."""
    patience = PATIENCE_MILLISECONDS / 1000
    with (closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=patience)) as origin,
          closing(sqlite3.connect(target, timeout=patience)) as copy):
        try:
            prepare_sqlite(copy, PATIENCE_MILLISECONDS)
            origin.backup(copy, pages=pages, progress=progress)
            copy.execute(f"PRAGMA journal_mode={journal}")
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.Error as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise SchemaMismatch(f"{source} is not a sound database. Nothing was changed.") from error
            raise OutOfReach(f"The copy {target} could not be written: {error}.") from error
    if not sound:
        raise OutOfReach(f"The copy {target} is damaged. Try again with another disk.")
