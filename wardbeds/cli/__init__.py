"""The command line (DESIGN 7): the window, and everything that needs none. Qt is imported only for window and paper."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from typing import Any

from wardbeds import __version__
from wardbeds.cli.data import add_export, add_import, add_print
from wardbeds.cli.databases import add_db
from wardbeds.cli.opening import (
    BUG,
    DATA_REFUSED,
    DONE,
    NO_DATABASE,
    NOT_ALLOWED,
    WRONG_SCHEMA,
    WRONG_USE,
    NoPassword,
    WrongUse,
)
from wardbeds.cli.people import add_user_commands
from wardbeds.cli.pictures import add_screenshot, open_window
from wardbeds.domain.errors import Code, OutOfReach, Refused, SchemaMismatch
from wardbeds.domain.sentences import refusal_sentence


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
    add_db(commands.add_parser("db", help="make, upgrade, check, back up a database"), shared)
    add_import(commands, shared)
    add_export(commands.add_parser("export", help="export the board, the census, the events"), shared)
    add_print(commands, shared)
    add_user_commands(commands.add_parser("user", help="accounts"), shared)
    add_screenshot(commands)
    return parser


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
        run: Callable[[argparse.Namespace], int] = getattr(options, "run", open_window)
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
