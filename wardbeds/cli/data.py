"""Commands that bring data in and out: import, export, paper."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path

from wardbeds.cli.opening import (
    DATA_REFUSED,
    DONE,
    WrongUse,
    actor_of,
    as_json,
    open_fitting,
    require_writable,
    write_out,
)
from wardbeds.domain.times import read_local

EARLIEST_YEAR = 1900
FIRST_ZONE = timezone(timedelta(hours=14))
"""Where each day begins first: what lies ahead there lies ahead in every hospital."""


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser],
               shared: list[argparse.ArgumentParser]) -> None:
    """The arguments of ``import``."""
    imported = commands.add_parser("import", parents=shared, help="import a folder of CSV files")
    imported.add_argument("folder", metavar="FOLDER", type=Path,
                          help="where any of wards, beds, patients, staff and movements.csv are")
    imported.add_argument("--strict", action="store_true", help="all or nothing")
    imported.add_argument("--report", metavar="FILE.json", type=Path, help="write what was done and refused")
    imported.set_defaults(run=_import)


def add_print(commands: argparse._SubParsersAction[argparse.ArgumentParser],
              shared: list[argparse.ArgumentParser]) -> None:
    """The arguments of ``print``."""
    printed = commands.add_parser("print", help="print a sheet into a PDF file").add_subparsers(
        dest="what", required=True, metavar="SHEET", help="which sheet")
    sheet = printed.add_parser("occupancy", parents=shared, help="a ward's occupancy sheet")
    sheet.add_argument("--ward", metavar="W", required=True, help="name of the ward")
    sheet.add_argument("--out", required=True, type=Path, metavar="FILE.pdf", help="where to; replaced if it is there")
    sheet.set_defaults(run=_print_occupancy)


def _import(options: argparse.Namespace) -> int:
    from wardbeds.services.imports.run import NothingToImport, require_files, run_import

    try:
        require_files(options.folder)
    except NothingToImport as error:
        raise WrongUse(str(error)) from error
    require_writable(options.report)
    with closing(open_fitting(options, make=True)) as store:
        actor = actor_of(options, store, importing=True)
        report = run_import(store, actor, options.folder, strict=options.strict, progress=_progress())
    value = report.as_dict()
    if options.report is not None:
        options.out = options.report
        write_out(options, as_json(value))
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


def add_export(parser: argparse.ArgumentParser, shared: list[argparse.ArgumentParser]) -> None:
    """The arguments of ``export``."""
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


def _export_board(options: argparse.Namespace) -> int:
    from wardbeds.services.exporting import export_board
    from wardbeds.services.settings import read_settings
    from wardbeds.services.spreadsheets import board_csv

    if options.at:
        _moment(options.at, FIRST_ZONE)  # what is wrong in every zone is said before the database is asked
    require_writable(options.out)
    with closing(open_fitting(options)) as store:
        actor = actor_of(options, store)
        at = _moment(options.at, read_settings(store).zone) if options.at else None
        value = export_board(store, actor, options.ward, at)
    if options.format == "json":
        write_out(options, as_json(value))
        return DONE
    write_out(options, board_csv(value))
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-02") from None


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
    require_writable(options.out)
    with closing(open_fitting(options)) as store:
        rows = export_census(store, actor_of(options, store), options.first, options.last, options.ward)
    write_out(options, as_json(rows) if options.format == "json" else census_csv(rows))
    return DONE


def _export_events(options: argparse.Namespace) -> int:
    from wardbeds.services.exporting import export_events

    require_writable(options.out)
    with closing(open_fitting(options)) as store:
        actor = actor_of(options, store)
        lines = [json.dumps(one, ensure_ascii=False) + "\n"
                 for one in export_events(store, actor, options.ward, options.since)]
    write_out(options, "".join(lines))
    return DONE


def _print_occupancy(options: argparse.Namespace) -> int:
    from wardbeds.services.sheets import occupancy_data

    require_writable(options.out)
    with closing(open_fitting(options)) as store:
        data = occupancy_data(store, actor_of(options, store), options.ward)
    from wardbeds.gui.printing.command import print_occupancy

    try:
        pages = print_occupancy(data, options.out)
    except OSError as error:
        raise WrongUse(f"{options.out} cannot be written.") from error
    print(f"{pages} page{'' if pages == 1 else 's'} printed to {options.out}")
    return DONE
