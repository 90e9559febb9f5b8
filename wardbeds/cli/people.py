"""Commands for accounts."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from wardbeds.cli.opening import DONE, actor_of, as_json, open_fitting
from wardbeds.domain.people import ProfileStatus, Role


def add_user_commands(parser: argparse.ArgumentParser, shared: list[argparse.ArgumentParser]) -> None:
    """The arguments of ``user``."""
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


def _password(options: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None


def _user_add(options: argparse.Namespace) -> int:
    from wardbeds.services.accounts import NewUser, add_user

    with closing(open_fitting(options, make=True)) as store:
        wards = tuple(name.strip() for name in options.wards.split(";") if name.strip())
        code = add_user(store, actor_of(options, store), NewUser(
            options.name, Role(options.role), options.first, options.last, wards,
            ProfileStatus(options.status) if options.status else None, _password(options)))
    print(f"{options.name} can set a password with the code {code}." if code else f"{options.name} has been added.")
    return DONE


def _user_reset(options: argparse.Namespace) -> int:
    from wardbeds.services.accounts import reset_user

    with closing(open_fitting(options)) as store:
        code = reset_user(store, actor_of(options, store), options.name, _password(options))
    print(f"{options.name} can set a password with the code {code}." if code else "The password has been set.")
    return DONE


def _user_list(options: argparse.Namespace) -> int:
    from wardbeds.services.accounts import list_users

    with closing(open_fitting(options)) as store:
        people = list_users(store, actor_of(options, store))
    rows = [{"username": one.username, "first_name": one.first_name, "last_name": one.last_name,
             "role": one.role.value, "status": one.status.value, "is_active": one.is_active,
             "wards": list(one.ward_names)} for one in people]
    if options.format == "json":
        print(as_json(rows), end="")
    else:
        for row in rows:
            name = f"{row['first_name']} {row['last_name']}".strip()
            print(f"{row['username']:20} {row['role']:16} {row['status']:22} {name}")
    return DONE
