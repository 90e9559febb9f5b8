"""Backup and restore of a PostgreSQL database, while stations are at work, by the server's own tools.

A restore takes nothing but rows from the file: tables, guards and rights are made by this program. All of it happens in
one transaction that ends only when every invariant and the chains of events have been checked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from wardbeds.domain.errors import OutOfReach, SchemaMismatch
from wardbeds.store import roles
from wardbeds.store.backup_sqlite import claim
from wardbeds.store.check import check
from wardbeds.store.database import Store, raise_world
from wardbeds.store.founding import prepare_again
from wardbeds.store.migrate import HEAD, current_revision, migrate
from wardbeds.store.postgresql import parameters_for_tools
from wardbeds.store.tables import metadata

_DATA = re.compile(r"^\d+; \d+ \d+ TABLE DATA public (\w+) ", re.MULTILINE)
_COPY = re.compile(rb"COPY public\.(\w+) \(([\w, \"]+)\) FROM stdin;\n")
_CHUNK = 1000
_BUILT_UPON = "2BP01"


def find_tool(name: str) -> str:
    """Where pg_dump or pg_restore is: in the folder WARDBEDS_PG_BIN, else on the path. Raises OutOfReach."""
    found = shutil.which(name, path=os.environ.get("WARDBEDS_PG_BIN") or None)
    if found is None:
        raise OutOfReach(f"{name} is not on this computer. Install the package postgresql-client, or name the folder "
                         "it is in: WARDBEDS_PG_BIN=/usr/lib/postgresql/18/bin")
    return found


def back_up(store: Store, target: Path) -> None:
    """Write the database into a new file in pg_dump's custom format, as it is at one instant.

    Raises OutOfReach, SchemaMismatch, FileExistsError; where it fails there is no file.
    """
    with store.reading() as connection:
        if current_revision(connection) is None:
            raise SchemaMismatch("This database is empty: there is nothing to back up.")
        server = int(str(connection.scalar(text("SHOW server_version_num")))) // 10_000
    tool = find_tool("pg_dump")
    _require_version(tool, server)
    claim(target)
    try:
        _run([tool, "--format=custom", "--no-password", f"--file={target}", "--schema=public",
              f"--dbname={_without_password(store.url)}"], store.url)
        archived_tables(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _require_version(tool: str, server: int) -> None:
    """pg_dump reads servers of its own version and older ones."""
    told = re.search(r"(\d+)", _run([tool, "--version"]))
    if told is not None and int(told[1]) < server:
        raise OutOfReach(f"pg_dump on this computer is version {told[1]}, too old for a server of version {server}. "
                         f"Install the package postgresql-client-{server}, or name its folder in WARDBEDS_PG_BIN.")


def _without_password(url: str) -> str:
    """The connection's parameters without the password: a command line can be read by everybody on the computer."""
    from psycopg.conninfo import make_conninfo

    return make_conninfo("", **{name: value for name, value in parameters_for_tools(url).items() if name != "password"})


def _environment(url: str | None) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict

    password = conninfo_to_dict(url).get("password") if url is not None else None
    return {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(password)} if password else {})}


def _run(command: list[str], url: str | None = None) -> str:
    done = subprocess.run(command, env=_environment(url), capture_output=True, text=True, errors="replace",  # noqa: S603
                          stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise OutOfReach(f"{Path(command[0]).name} failed: {_last_line(done.stderr)}")
    return done.stdout


def _last_line(errors: str) -> str:
    told = [line.partition("error: ")[2] or line for line in errors.splitlines() if line.strip()]
    return (told or ["without saying why"])[-1].rstrip(".") + "."


def archived_tables(source: Path) -> list[str]:
    """The tables whose rows a backup holds. Raises SchemaMismatch where it is none of ours."""
    try:
        names = _DATA.findall(_run([find_tool("pg_restore"), "--list", str(source)]))
    except OutOfReach as error:
        if "unsupported version" in str(error):
            raise OutOfReach("This backup was made with a newer pg_dump. Install the package postgresql-client of the "
                             "same version, or name its folder in WARDBEDS_PG_BIN.") from error
        if "failed:" in str(error):
            raise SchemaMismatch(f"{source} is not a sound backup of Wardbeds. Nothing was changed.") from error
        raise
    if "alembic_version" not in names or "events" not in names:
        raise SchemaMismatch(f"{source} is not a backup of Wardbeds. Nothing was changed.")
    return names


def restore(store: Store, source: Path, *, replace: bool) -> Path | None:
    """Fill an empty database from a backup, or put the backup in the place of what is there.

    Returns where the database that was there is kept: it is backed up first, with all writers held, so that nothing is
    lost. Raises OutOfReach, Refused ROLE, SchemaMismatch; then nothing has changed.
    """
    tables = archived_tables(source)
    revision = _archived_revision(source)
    if revision > HEAD:
        raise SchemaMismatch(f"{source} was made by a newer Wardbeds. Update this program first.")
    try:
        with store.writing(unhurried=True) as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
            there = current_revision(connection)
            if there is not None and not replace:
                raise SchemaMismatch("This database is not empty. Add --replace to put the backup in its place.")
            kept, stations = (None, prepare_again(connection)) if there is None else _clear(connection, store, source)
            migrate(connection, revision)
            _fill(connection, source, tables)
            if revision < HEAD:
                migrate(connection)
            roles.settle(connection, stations)
            if check(connection):
                raise SchemaMismatch(f"{source} is not a sound backup of Wardbeds. Nothing was changed.")
            return kept
    except Exception as error:
        if getattr(getattr(error, "orig", None), "sqlstate", None) == _BUILT_UPON:
            raise SchemaMismatch("Something else in this database, a view for example, builds on its tables. Drop that "
                                 "first. Nothing was changed.") from error
        raise_world(error)
        raise


def _archived_revision(source: Path) -> str:
    with _rows(source, "alembic_version") as (_columns, rows):
        return b"".join(rows).decode().strip()


def _clear(connection: Connection, store: Store, source: Path) -> tuple[Path, set[str]]:
    """Hold all writers, keep what is there in a file, drop it; returns the file and the stations' logins."""
    roles.act_as_owner(connection)
    stations = roles.stations(connection)
    tables, functions = roles.owned(connection)
    first = ["streams", *(name for name in tables if name != "streams")]  # as every writer does
    connection.exec_driver_sql(f"LOCK TABLE {', '.join(first)} IN EXCLUSIVE MODE")
    kept = source.absolute().with_name(
        f"{connection.scalar(text('SELECT current_database()'))}-replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.dump")
    back_up(store, kept)
    connection.exec_driver_sql(f"DROP TABLE {', '.join(tables)}")
    connection.exec_driver_sql(f"DROP FUNCTION {', '.join(functions)}")
    return kept, stations


def _fill(connection: Connection, source: Path, archived: list[str]) -> None:
    """Load the rows with the guards of single steps off; checks, keys and exclusions hold all the same."""
    import psycopg

    tables = [name for name in roles.owned(connection)[0] if name != "alembic_version"]
    if set(tables) != set(archived) - {"alembic_version"}:
        raise SchemaMismatch(f"{source} is not a backup of Wardbeds. Nothing was changed.")
    order = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    for name in tables:
        connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)}")
    try:
        for name in sorted(tables, key=lambda name: order.get(name, len(order))):
            _load(connection, source, name)
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except (psycopg.IntegrityError, psycopg.DataError, psycopg.ProgrammingError) as error:
        raise SchemaMismatch(f"{source} is not a sound backup of Wardbeds. Nothing was changed.") from error
    except psycopg.OperationalError as error:
        raise OutOfReach("The connection was lost. Nothing was changed; try again.") from error
    for name in tables:
        connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        if name in order and metadata.tables[name].autoincrement_column is not None:
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608
                                       f"greatest(max(id), 1), max(id) IS NOT NULL) FROM {name}")


def _load(connection: Connection, source: Path, name: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    with _rows(source, name) as (columns, rows), driver.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for chunk in rows:
            copy.write(chunk)


class _rows:  # noqa: N801  (used as a context manager)
    """The rows of one table of a backup in COPY's text format, in chunks, with the names of their columns."""

    def __init__(self, source: Path, name: str) -> None:
        self._name = name
        self._process = subprocess.Popen(  # noqa: S603
            [find_tool("pg_restore"), "--data-only", "--schema=public", f"--table={name}", "--file=-", str(source)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=_environment(None))

    def __enter__(self) -> tuple[str, Iterator[bytes]]:
        out = self._process.stdout
        assert out is not None
        for line in out:
            head = _COPY.fullmatch(line)
            if head is not None and head[1].decode() == self._name:
                return head[2].decode(), self._chunks(out)
        raise SchemaMismatch("The backup is damaged. Nothing was changed.")

    @staticmethod
    def _chunks(out: IO[bytes]) -> Iterator[bytes]:
        held: list[bytes] = []
        for line in out:
            if line == b"\\.\n":
                yield b"".join(held)
                return
            held.append(line)
            if len(held) == _CHUNK:
                yield b"".join(held)
                held.clear()
        raise SchemaMismatch("The backup is cut off. Nothing was changed.")

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()
