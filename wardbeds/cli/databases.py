"""Commands for the database as a whole: make, upgrade, check, tell about, back up, restore."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from wardbeds.cli.opening import (
    CHECK_FAILED,
    DONE,
    WrongUse,
    actor_of,
    as_json,
    database_url,
    open_any,
    open_fitting,
    require_backup_right,
    require_writable,
)


def add_db(parser: argparse.ArgumentParser, shared: list[argparse.ArgumentParser]) -> None:
    """The arguments of ``db``."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="ACTION", help="what to do")
    create = commands.add_parser("create", parents=shared, help="make a new database; on PostgreSQL as administrator")
    create.add_argument("--owner-role", metavar="ROLE", default=None,
                        help="PostgreSQL: who owns the tables (default: wardbeds_owner)")
    create.add_argument("--station-login", metavar="ROLE", default=None,
                        help="PostgreSQL: with which login stations connect (default: wardbeds_station)")
    create.add_argument("--no-station", action="store_true", help="PostgreSQL: make no login for stations")
    create.add_argument("--station-password-stdin", action="store_true",
                        help="PostgreSQL: the login's password from standard input (default: invent one, show it)")
    create.set_defaults(run=_db_create)
    commands.add_parser("upgrade", parents=shared, help="bring an older database up").set_defaults(run=_db_upgrade)
    commands.add_parser("check", parents=shared, help="walk every invariant").set_defaults(run=_db_check)
    info = commands.add_parser("info", parents=shared, help="what the database is and holds")
    info.add_argument("--format", choices=["text", "json"], default="text",
                      help="lines to read, or JSON (default: text)")
    info.set_defaults(run=_db_info)
    backup = commands.add_parser("backup", parents=shared, help="copy the database into a file, while stations work")
    backup.add_argument("file", metavar="FILE", type=Path, help="where to; must not be there yet")
    backup.set_defaults(run=_db_backup)
    restore = commands.add_parser("restore", parents=shared, help="make the database from a backup")
    restore.add_argument("file", metavar="FILE", type=Path, help="what db backup has made")
    restore.add_argument("--replace", action="store_true", help="put it in the place of the one that is there")
    restore.set_defaults(run=_db_restore)


def _db_create(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    login = maintenance.create(database_url(options), _logins(options))
    print("The database has been made.")
    if login is not None and login.password is not None:
        print(f"Stations connect with the login {login.name} and this password, which is shown only now:\n"
              f"    {login.password}")
    elif login is not None:
        print(f"Stations connect with the login {login.name} and its password.")
    return DONE


def _logins(options: argparse.Namespace) -> Any:
    from wardbeds.store.roles import OWNER, STATION, Logins

    password = None
    if options.station_password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise WrongUse("There is no password on standard input.")
    station = None if options.no_station else options.station_login or STATION
    return Logins(options.owner_role or OWNER, station, password)


def _db_upgrade(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    require_backup_right(options)
    done = maintenance.bring_up(database_url(options))
    print("The database has been upgraded." if done else "The database is up to date.")
    return DONE


def _db_check(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    with closing(open_fitting(options)) as store:
        found = maintenance.findings(store, actor_of(options, store))
    for one in found:
        print(f"{one.invariant}: {one.table} {one.row}")
    print(f"{len(found)} broken" if found else "Everything holds.")
    return CHECK_FAILED if found else DONE


def _db_info(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    with closing(open_any(options)) as store:
        if options.user:
            actor_of(options, store)
        found = maintenance.information(store)
    if options.format == "json":
        print(as_json(found), end="")
    else:
        for caption, value in _info_lines(found):
            print(f"{caption + ':':15} {value}")
    return DONE


def _info_lines(found: dict[str, Any]) -> list[tuple[str, object]]:
    """What ``db info`` tells, line by line: its caption and its value."""
    engine = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[found["engine"]]
    fits = found["schema"] == found["program_schema"]
    schema = f"{found['schema']}, " + ("as this program's" if fits else f"this program's is {found['program_schema']}")
    rows = [("Beds" if name == "ward_beds" else name.capitalize().replace("_", " "), count)
            for name, count in found["rows"].items()]
    return [("Hospital", found["hospital_name"] or "not named yet"), ("Demo", "yes" if found["demo"] else "no"),
            ("Database", engine), ("Schema", schema), ("Time zone", found["zone"]), *rows]


def _db_backup(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    require_writable(options.file)
    if options.file.exists():
        raise WrongUse(f"{options.file} is there already. Choose another name.")
    require_backup_right(options)
    maintenance.backup(database_url(options), options.file)
    print(f"The database has been copied to {options.file}.")
    return DONE


def _db_restore(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance
    from wardbeds.store.database import is_postgresql, sqlite_path

    if not is_postgresql(database_url(options)) and sqlite_path(database_url(options)).is_file():
        require_backup_right(options)
    kept = maintenance.restore(database_url(options), options.file, replace=options.replace)
    print(f"The database has been restored from {options.file}.")
    if kept is not None:
        print(f"What was there before is kept in {kept}.")
    return DONE
