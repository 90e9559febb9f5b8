"""The command line (DESIGN 7): the window, and everything that needs none. Qt is imported only for window and paper."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

from wardbeds import __version__
from wardbeds.domain.access import Permission, require
from wardbeds.domain.errors import Code, OutOfReach, Refused, SchemaMismatch
from wardbeds.domain.people import Actor, ProfileStatus, Role
from wardbeds.domain.sentences import refusal_sentence
from wardbeds.domain.times import read_local
from wardbeds.settings import clean_station, default_station, embedded_database

EARLIEST_YEAR = 1900
FIRST_ZONE = timezone(timedelta(hours=14))
"""Where each day begins first: what lies ahead there lies ahead in every hospital."""

DONE, BUG, WRONG_USE, DATA_REFUSED, NO_DATABASE, NOT_ALLOWED, WRONG_SCHEMA, CHECK_FAILED = 0, 1, 2, 3, 4, 5, 6, 7


class WrongUse(Exception):
    """The call cannot be carried out as it is written; the sentence says why."""


class NoPassword(Exception):
    """A user was named, and nobody says the password."""


def _common(top: bool) -> argparse.ArgumentParser:
    """Options that every command takes, before or after its name."""
    common = argparse.ArgumentParser(add_help=False)
    missing: Any = None if top else argparse.SUPPRESS
    common.add_argument("--db", metavar="URL", default=missing,
                        help="database: a path, sqlite:///PATH or postgresql://... (default: the embedded file)")
    common.add_argument("--user", metavar="NAME", default=missing,
                        help="act as this user; the password comes from WARDBEDS_PASSWORD or is asked for")
    common.add_argument("--station", metavar="NAME", default=missing, help="name of this station")
    common.add_argument("--debug", action="store_true", default=False if top else argparse.SUPPRESS,
                        help="show a traceback where something fails")
    return common


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser("wardbeds", parents=[_common(True)],
                                     description="The bed board of a hospital ward. Without a command: the window.")
    parser.add_argument("--version", action="version", version=f"wardbeds {__version__}")
    parser.add_argument("--demo", action="store_true", help="open an invented hospital, with a database of its own")
    parser.add_argument("--lang", choices=["en"], default="en", help="language of the window")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND",
                                       help="what to do; each has a --help of its own")
    shared = [_common(False)]
    _add_db(commands.add_parser("db", help="make, upgrade, check, back up a database"), shared)
    imported = commands.add_parser("import", parents=shared, help="import a folder of CSV files")
    imported.add_argument("folder", metavar="FOLDER", type=Path,
                          help="where any of wards, beds, patients, staff and movements.csv are")
    imported.add_argument("--strict", action="store_true", help="all or nothing")
    imported.add_argument("--report", metavar="FILE.json", type=Path, help="write what was done and refused")
    imported.set_defaults(run=_import)
    _add_export(commands.add_parser("export", help="export the board, the census, the events"), shared)
    printed = commands.add_parser("print", help="print a sheet into a PDF file").add_subparsers(
        dest="what", required=True, metavar="SHEET", help="which sheet")
    sheet = printed.add_parser("occupancy", parents=shared, help="a ward's occupancy sheet")
    sheet.add_argument("--ward", metavar="W", required=True, help="name of the ward")
    sheet.add_argument("--out", required=True, type=Path, metavar="FILE.pdf", help="where to; replaced if it is there")
    sheet.set_defaults(run=_print_occupancy)
    _add_user(commands.add_parser("user", help="accounts"), shared)
    pictures = commands.add_parser("screenshot", help="draw a screen of the demo into a PNG file")
    pictures.add_argument("screen", nargs="?", metavar="SCREEN", help="its name, or 'all'; --list shows them")
    pictures.add_argument("--list", action="store_true", help="list the screens")
    pictures.add_argument("--out", type=Path, metavar="FILE.png", help="where to; for 'all' a folder")
    pictures.add_argument("--size", action="append", metavar="1366x768", type=_size,
                          help="size of the window; for 'all' may be given several times (default: 1366x768)")
    pictures.add_argument("--theme", action="append", choices=["light", "dark"],
                          help="its colours; for 'all' may be given twice (default: light)")
    pictures.add_argument("--lang", choices=["en"], default="en", help="language of the window")
    pictures.add_argument("--ward", metavar="W", help="show this ward of the demo")
    pictures.add_argument("--as", dest="viewer", metavar="USER", help="signed in as this person of the demo")
    pictures.set_defaults(run=_screenshot)
    return parser


def _add_db(parser: argparse.ArgumentParser, shared: list[argparse.ArgumentParser]) -> None:
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


def _add_export(parser: argparse.ArgumentParser, shared: list[argparse.ArgumentParser]) -> None:
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT", help="what to export")
    board = commands.add_parser("board", parents=shared, help="all beds and who waits, now or at an earlier time")
    board.add_argument("--ward", metavar="W", help="this ward only (default: all)")
    board.add_argument("--at", metavar="TIME", help="ISO 8601; without offset it is hospital time")
    board.set_defaults(run=_export_board)
    census = commands.add_parser("census", parents=shared, help="the midnight census of days")
    census.add_argument("--from", dest="first", metavar="DAY", required=True, type=_day,
                        help="first day, as 2026-03-02")
    census.add_argument("--to", dest="last", metavar="DAY", required=True, type=_day,
                        help="last day, counted too; today at the latest")
    census.add_argument("--ward", metavar="W", help="this ward only (default: all)")
    census.set_defaults(run=_export_census)
    for one in (board, census):
        one.add_argument("--format", choices=["json", "csv"], default="json",
                         help="JSON, or a table for a spreadsheet (default: json)")
    log = commands.add_parser("events", parents=shared, help="the events of a ward or the house, a JSON object a line")
    which = log.add_mutually_exclusive_group(required=True)
    which.add_argument("--ward", metavar="W", help="what happened in this ward")
    which.add_argument("--house", action="store_true", help="accounts and people's details, which belong to no ward")
    log.add_argument("--since", metavar="REVISION", type=int, default=0,
                     help="only what came after this revision (default: from the start)")
    log.set_defaults(run=_export_events)
    for one in (board, census, log):
        one.add_argument("--out", metavar="FILE", type=Path, help="where to (default: standard output)")


def _add_user(parser: argparse.ArgumentParser, shared: list[argparse.ArgumentParser]) -> None:
    commands = parser.add_subparsers(dest="what", required=True, metavar="ACTION", help="what to do")
    add = commands.add_parser("add", parents=shared, help="make an account")
    add.add_argument("name", metavar="NAME", help="user name to sign in with")
    add.add_argument("--role", required=True, choices=[role.value for role in Role if role is not Role.PATIENT],
                     help="what the person may do")
    add.add_argument("--first", metavar="F", default="", help="given name")
    add.add_argument("--last", metavar="L", default="", help="family or Kinyarwanda name")
    add.add_argument("--wards", default="", metavar='"A;B"', help="wards the person works in, with ; in between")
    add.add_argument("--status", choices=[status.value for status in ProfileStatus],
                     help="active may sign in (default: active, or pending where no password is given)")
    add.set_defaults(run=_user_add)
    reset = commands.add_parser("reset", parents=shared, help="a new password, or a code for one")
    reset.add_argument("name", metavar="NAME", help="user name of the account")
    reset.set_defaults(run=_user_reset)
    for one in (add, reset):
        one.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    listed = commands.add_parser("list", parents=shared, help="all accounts")
    listed.add_argument("--format", choices=["text", "json"], default="text",
                        help="lines to read, or JSON (default: text)")
    listed.set_defaults(run=_user_list)


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it as 1366x768")
    return int(width), int(height)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-02") from None


# databases and people ----------------------------------------------------------------------------------------


def _url(options: argparse.Namespace) -> str:
    url = str(options.db) if options.db else f"sqlite:///{embedded_database()}"
    if "://" in url and not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise WrongUse(f"{url} is no address of a database. Give a path, sqlite:///PATH or postgresql://...")
    return url


def _open(options: argparse.Namespace, *, make: bool = False) -> Any:
    """The store, of a schema that fits. ``make``: the default embedded file is made if it is not there."""
    from wardbeds.store.embedded import ensure
    from wardbeds.store.migrate import require_fit

    if make and not options.db:
        ensure(embedded_database())
    store = _open_any(options)
    try:
        require_fit(store)
    except Exception:
        store.close()
        raise
    return store


def _open_any(options: argparse.Namespace) -> Any:
    """The store, of any schema; without ``--user`` only for its owner (DESIGN 7)."""
    from wardbeds.services.maintenance import require_owner
    from wardbeds.store.database import Store

    store = Store.open(_url(options))
    try:
        if not options.user:
            require_owner(store)
    except Exception:
        store.close()
        raise
    return store


def _station(options: argparse.Namespace) -> str:
    return clean_station(options.station or "") or default_station()


def _actor(options: argparse.Namespace, store: Any, *, importing: bool = False) -> Actor:
    """Who acts: the user named, or for the database's owner the system (an import: its own user)."""
    from wardbeds.services.accounts import sign_in, system_actor
    from wardbeds.store.housekeeping import IMPORT_USER

    if options.user:
        return sign_in(store, options.user, _asked_password(options.user), _station(options))
    if importing:
        return Actor(IMPORT_USER, "import", "import", Role.ADMIN, _station(options))
    return system_actor(_station(options))


def _asked_password(name: str) -> str:
    """The password from the environment, else from whoever sits there. Raises NoPassword where nobody does."""
    password = os.environ.get("WARDBEDS_PASSWORD")
    if password is not None:
        return password
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", getpass.GetPassWarning)
            return getpass.getpass(f"Password of {name}: ")
    except EOFError:
        raise NoPassword(f"The password of {name} is missing. Put it into WARDBEDS_PASSWORD.") from None


def _require_writable(path: Path | None) -> None:
    """Say so before anything is done where a file can surely not be written."""
    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise WrongUse(f"{path} cannot be written: choose a file in a folder that exists.")


def _write(options: argparse.Namespace, text: str) -> None:
    if options.out is None:
        sys.stdout.write(text)
        return
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"{options.out} cannot be written: {error.strerror}.") from error


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


# commands ----------------------------------------------------------------------------------------------------


def _db_create(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    login = maintenance.create(_url(options), _logins(options))
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

    with closing(_open_any(options)) as store:
        if options.user:
            require(_actor(options, store).role, Permission.BACKUP_RUN)
    done = maintenance.bring_up(_url(options))
    print("The database has been upgraded." if done else "The database is up to date.")
    return DONE


def _db_check(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    with closing(_open(options)) as store:
        found = maintenance.findings(store, _actor(options, store))
    for one in found:
        print(f"{one.invariant}: {one.table} {one.row}")
    print(f"{len(found)} broken" if found else "Everything holds.")
    return CHECK_FAILED if found else DONE


def _db_info(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance

    with closing(_open_any(options)) as store:
        if options.user:
            _actor(options, store)
        found = maintenance.information(store)
    if options.format == "json":
        print(_as_json(found), end="")
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

    _require_writable(options.file)
    if options.file.exists():
        raise WrongUse(f"{options.file} is there already. Choose another name.")
    with closing(_open_any(options)) as store:
        if options.user:
            require(_actor(options, store).role, Permission.BACKUP_RUN)
    maintenance.backup(_url(options), options.file)
    print(f"The database has been copied to {options.file}.")
    return DONE


def _db_restore(options: argparse.Namespace) -> int:
    from wardbeds.services import maintenance
    from wardbeds.store.database import is_postgresql, sqlite_path

    if not is_postgresql(_url(options)) and sqlite_path(_url(options)).is_file():
        with closing(_open_any(options)) as store:
            if options.user:
                require(_actor(options, store).role, Permission.BACKUP_RUN)
    kept = maintenance.restore(_url(options), options.file, replace=options.replace)
    print(f"The database has been restored from {options.file}.")
    if kept is not None:
        print(f"What was there before is kept in {kept}.")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from wardbeds.services.imports.run import NothingToImport, require_files, run_import

    try:
        require_files(options.folder)
    except NothingToImport as error:
        raise WrongUse(str(error)) from error
    _require_writable(options.report)
    with closing(_open(options, make=True)) as store:
        actor = _actor(options, store, importing=True)
        report = run_import(store, actor, options.folder, strict=options.strict, progress=_progress())
    value = report.as_dict()
    if options.report is not None:
        options.out = options.report
        _write(options, _as_json(value))
    print(f"{report.applied} applied, {report.updated} updated, {report.unchanged} unchanged, "
          f"{len(report.refused)} refused, {len(report.warnings)} warnings")
    for one in value["refused"][:20]:
        print(f"{one['file']} row {one['row']}: {one['code']}: {one['reason']}", file=sys.stderr)
    if len(report.refused) > 20:
        print(f"... and {len(report.refused) - 20} more: see --report", file=sys.stderr)
    return DATA_REFUSED if report.refused else DONE


def _progress() -> Callable[[str, int, int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(file: str, done: int, everything: int) -> None:
        end = "\n" if done >= everything else ""
        print(f"\r{file}: {done} of {everything}", end=end, file=sys.stderr, flush=True)

    return show


def _export_board(options: argparse.Namespace) -> int:
    from wardbeds.services.exporting import export_board
    from wardbeds.services.settings import read_settings
    from wardbeds.services.spreadsheets import board_csv

    if options.at:
        _moment(options.at, FIRST_ZONE)  # what is wrong in every zone is said before the database is asked
    _require_writable(options.out)
    with closing(_open(options)) as store:
        actor = _actor(options, store)
        at = _moment(options.at, read_settings(store).zone) if options.at else None
        value = export_board(store, actor, options.ward, at)
    if options.format == "json":
        _write(options, _as_json(value))
        return DONE
    _write(options, board_csv(value))
    return DONE


def _moment(text: str, zone: tzinfo) -> datetime:
    """A time that has come in ``zone``. Raises WrongUse."""
    try:
        found = read_local(text, zone)
    except (ValueError, OverflowError):
        raise WrongUse(f"{text!r} is not a time. Write it as 2026-03-02T08:30:00.") from None
    if found > datetime.now(UTC):
        raise WrongUse(f"{text} lies in the future.")
    return found


def _require_days(first: date, last: date) -> None:
    """Raise WrongUse for days that no hospital's census can have."""
    if first > last:
        raise WrongUse(f"{first} lies after {last}. Turn --from and --to round.")
    if first.year < EARLIEST_YEAR:
        raise WrongUse(f"{first} lies too far back.")
    if last > datetime.now(FIRST_ZONE).date():
        raise WrongUse(f"{last} lies in the future.")


def _export_census(options: argparse.Namespace) -> int:
    from wardbeds.services.exporting import export_census
    from wardbeds.services.spreadsheets import census_csv

    _require_days(options.first, options.last)
    _require_writable(options.out)
    with closing(_open(options)) as store:
        rows = export_census(store, _actor(options, store), options.first, options.last, options.ward)
    _write(options, _as_json(rows) if options.format == "json" else census_csv(rows))
    return DONE


def _export_events(options: argparse.Namespace) -> int:
    from wardbeds.services.exporting import export_events

    _require_writable(options.out)
    with closing(_open(options)) as store:
        actor = _actor(options, store)
        lines = [json.dumps(one, ensure_ascii=False) + "\n"
                 for one in export_events(store, actor, options.ward, options.since)]
    _write(options, "".join(lines))
    return DONE


def _screenshot(options: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from wardbeds.gui.screenshots import SCENES, draw, draw_one
    from wardbeds.services import demo

    if options.list:
        print("\n".join(SCENES))
        return DONE
    if options.screen is None or options.out is None:
        raise WrongUse("Name a screen and a file: wardbeds screenshot SCREEN --out FILE.png; --list shows the screens.")
    for value, known, kind in ((options.screen, {*SCENES, "all"}, "screen"),
                               (options.viewer, {one.username for one in demo.ACCOUNTS}, "account of the demo"),
                               (options.ward, demo.WARD_NAMES, "ward of the demo")):
        if value is not None and value not in known:
            raise WrongUse(f"There is no {kind} {value!r}. There are: {', '.join(sorted(known))}.")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(["wardbeds"])
    sizes, themes = options.size or [(1366, 768)], options.theme or ["light"]
    if options.screen == "all":
        written = [path for size in sizes for scheme in themes for path in draw(options.out, size, scheme)]
        print(f"{len(written)} pictures in {options.out}")
    else:
        draw_one(options.screen, options.out, sizes[-1], themes[-1], ward=options.ward, viewer=options.viewer)
    del app
    return DONE


def _print_occupancy(options: argparse.Namespace) -> int:
    from wardbeds.services.sheets import occupancy_data

    _require_writable(options.out)
    with closing(_open(options)) as store:
        data = occupancy_data(store, _actor(options, store), options.ward)
    from wardbeds.gui.printing.command import print_occupancy

    try:
        pages = print_occupancy(data.board, data.printed_by, data.hospital, data.zone, data.now, options.out,
                                demo=data.demo)
    except OSError as error:
        raise WrongUse(f"{options.out} cannot be written.") from error
    print(f"{pages} page{'' if pages == 1 else 's'} printed to {options.out}")
    return DONE


def _password(options: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None


def _user_add(options: argparse.Namespace) -> int:
    from wardbeds.services.accounts import NewUser, add_user

    with closing(_open(options, make=True)) as store:
        wards = tuple(name.strip() for name in options.wards.split(";") if name.strip())
        code = add_user(store, _actor(options, store), NewUser(
            options.name, Role(options.role), options.first, options.last, wards,
            ProfileStatus(options.status) if options.status else None, _password(options)))
    print(f"{options.name} can set a password with the code {code}." if code else f"{options.name} has been added.")
    return DONE


def _user_reset(options: argparse.Namespace) -> int:
    from wardbeds.services.accounts import reset_user

    with closing(_open(options)) as store:
        code = reset_user(store, _actor(options, store), options.name, _password(options))
    print(f"{options.name} can set a password with the code {code}." if code else "The password has been set.")
    return DONE


def _user_list(options: argparse.Namespace) -> int:
    from wardbeds.services.accounts import list_users

    with closing(_open(options)) as store:
        people = list_users(store, _actor(options, store))
    rows = [{"username": one.username, "first_name": one.first_name, "last_name": one.last_name,
             "role": one.role.value, "status": one.status.value, "is_active": one.is_active,
             "wards": list(one.ward_names)} for one in people]
    if options.format == "json":
        print(_as_json(rows), end="")
    else:
        for row in rows:
            name = f"{row['first_name']} {row['last_name']}".strip()
            print(f"{row['username']:20} {row['role']:16} {row['status']:22} {name}")
    return DONE


def _window(options: argparse.Namespace) -> int:
    if options.demo and options.db:
        raise WrongUse("--demo has a database of its own: leave --db out.")
    from wardbeds.app import run

    return run(options.db, demo=options.demo, station=_station(options), language=options.lang,
               named=options.station or "")


# the end -----------------------------------------------------------------------------------------------------


def _code_of(error: Exception) -> int:
    match error:
        case WrongUse():
            return WRONG_USE
        case NoPassword():
            return NOT_ALLOWED
        case OutOfReach():
            return NO_DATABASE
        case SchemaMismatch():
            return WRONG_SCHEMA
        case Refused():
            return {Code.ROLE: NOT_ALLOWED, Code.UNKNOWN: WRONG_USE, Code.VALUE: WRONG_USE}.get(
                error.refusal.code, DATA_REFUSED)
    return BUG


def _sentence(error: Exception, options: argparse.Namespace) -> str:
    if type(error) is OutOfReach and options.db:
        return _why_out_of_reach(str(options.db)) or str(error)
    if isinstance(error, Refused):
        return refusal_sentence(error.refusal)
    if _code_of(error) == BUG:
        return f"Something went wrong in the program ({type(error).__name__}). Run it again with --debug to see where."
    return str(error)


def _why_out_of_reach(url: str) -> str:
    """What a try tells more exactly than that a server does not answer; empty where it tells nothing."""
    from wardbeds.store.database import is_postgresql
    from wardbeds.store.trying import find_trouble

    trouble = find_trouble(url) if is_postgresql(url) else None
    known = trouble is not None and not trouble.detail.startswith(("schema", "no_connection"))
    return refusal_sentence(trouble) if trouble is not None and known else ""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code of DESIGN 7."""
    options = build_parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = getattr(options, "run", _window)
        return run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        print(f"wardbeds: {_sentence(error, options)}", file=sys.stderr)
        return _code_of(error)


