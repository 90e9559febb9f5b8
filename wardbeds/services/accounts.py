"""Signing in and the accounts behind it (account truth table of DESIGN 3)."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wardbeds.domain.access import Permission, require
from wardbeds.domain.errors import Code, ProgramTooOld, Refused, refuse
from wardbeds.domain.hospital import Hospital
from wardbeds.domain.people import Actor, ProfileStatus, Role, StaffMember, actor_name, may_sign_in
from wardbeds.services.passwords import check_new, hash_password, verify
from wardbeds.store import accounts as rows
from wardbeds.store.accounts import Account
from wardbeds.store.board import read_wards
from wardbeds.store.database import Store
from wardbeds.store.hospital import write_hospital
from wardbeds.store.housekeeping import SYSTEM_USER, record_access, record_in_house
from wardbeds.store.register import insert_user

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}")


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to be made. Without a password it is pending, and the code lets its owner set one."""

    username: str
    role: Role
    first_name: str = ""
    last_name: str = ""
    ward_names: tuple[str, ...] = ()
    status: ProfileStatus | None = None
    password: str | None = None
    email: str = ""
    phone: str = ""


def system_actor(station: str) -> Actor:
    """Who acts when the embedded file's owner works from the command line."""
    return Actor(SYSTEM_USER, "system", "system", Role.ADMIN, station)


def needs_first_admin(store: Store) -> bool:
    """Whether nobody can sign in yet, so that the first start asks for an administrator."""
    with store.reading() as connection:
        return not rows.has_people(connection)


def create_first_admin(store: Store, username: str, first_name: str, last_name: str, password: str,
                       station: str, hospital: Hospital | None = None) -> Actor:
    """Make the first administrator, with a password of the person's choosing, name the hospital, and sign in.

    Raises Refused STATE ``not_first`` if there are people already, VALUE for a bad name or a weak password.
    """
    _check_username(username)
    if not last_name.strip():
        raise Refused(refuse(Code.VALUE, "required", field="last_name"))
    check_new(password, username)
    password_hash = hash_password(password)

    def job(connection: Any) -> None:
        if rows.has_people(connection):
            raise Refused(refuse(Code.STATE, "not_first"))
        insert_user(connection, username, Role.ADMIN, datetime.now(UTC), first_name=first_name.strip(),
                    last_name=last_name.strip(), password_hash=password_hash)
        record_in_house(connection, SYSTEM_USER, Role.ADMIN, station, "user_added")
        changed = write_hospital(connection, hospital) if hospital is not None else []
        if changed:
            record_in_house(connection, SYSTEM_USER, Role.ADMIN, station, "hospital_changed", {"fields": changed})

    store.write(job, repeatable=False)
    return sign_in(store, username, password, station)


def _check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Refused(refuse(Code.VALUE, "bad_username", field="username"))


def _actor(account: Account, station: str) -> Actor:
    name = actor_name(account.first_name, account.last_name, account.username)
    return Actor(account.user_id, account.username, name, account.role, station, account.ward_ids, account.language)


def sign_in(store: Store, username: str, password: str, station: str) -> Actor:
    """Check user name and password. Raises Refused ROLE: ``wrong_sign_in``, ``inactive``, ``suspended``, ``pending``.

    Why an account may not sign in is told only to somebody who knows its password.
    """
    with store.reading() as connection:
        account = rows.read_account(connection, username)
    fits = verify(account.password_hash if account else None, password)
    if account is None or not fits:
        if account is not None and account.status is ProfileStatus.PENDING and account.password_hash is None:
            raise Refused(refuse(Code.ROLE, "pending"))
        raise Refused(refuse(Code.ROLE, "wrong_sign_in"))
    if not may_sign_in(account.user_active, account.profile_active, account.status):
        blocked = {ProfileStatus.SUSPENDED: "suspended", ProfileStatus.PENDING: "pending"}
        raise Refused(refuse(Code.ROLE, blocked.get(account.status, "inactive")))
    with contextlib.suppress(ProgramTooOld):  # a program that may only look still lets people look
        store.write(lambda connection: record_access(connection, account.user_id, account.role, station, "signed_in"))
    return _actor(account, station)


def set_first_password(store: Store, username: str, code: str, password: str, station: str) -> Actor:
    """Set the password of a pending account with the code that an administrator gave, and sign in."""
    with store.reading() as connection:
        account = rows.read_account(connection, username)
    fits = verify(account.setup_code_hash if account else None, code.strip().upper())
    if account is None or not fits or account.status is not ProfileStatus.PENDING:
        raise Refused(refuse(Code.ROLE, "wrong_code"))
    check_new(password, username)
    password_hash = hash_password(password)

    def job(connection: Any) -> None:
        if account.setup_code_hash is None or not rows.claim_code(connection, account.user_id, account.setup_code_hash):
            raise Refused(refuse(Code.ROLE, "wrong_code"))  # used, or shut, or given anew this very moment
        # The account writes its own event, so it had to be active first.
        rows.set_password(connection, account.user_id, password_hash, datetime.now(UTC))
        record_in_house(connection, account.user_id, account.role, station, "user_changed", {"password": "set"})

    store.write(job, repeatable=False)
    return sign_in(store, username, password, station)


def new_code() -> str:
    """A code to be read out and typed once: eight characters that are not taken for each other."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(8))


def add_user(store: Store, actor: Actor, new: NewUser) -> str | None:
    """Make an account. Returns the code for the first password, or None where a password was given.

    Needs ``users:manage``; raises Refused VALUE, DUP ``username``, UNKNOWN ``ward``.
    """
    _check_username(new.username)
    if new.password is not None:
        check_new(new.password, new.username)
    code = new_code() if new.password is None else None

    def job(connection: Any) -> None:
        if rows.read_account(connection, new.username) is not None:
            raise Refused(refuse(Code.DUP, "username", field="username", username=new.username))
        status = new.status or ProfileStatus.ACTIVE
        if status is ProfileStatus.ACTIVE and not new.password:
            status = ProfileStatus.PENDING  # active without a password could neither sign in nor use the code
        user_id = insert_user(
            connection, new.username, new.role, datetime.now(UTC), first_name=new.first_name,
            last_name=new.last_name, email=new.email, phone=new.phone, status=status.value,
            password_hash=hash_password(new.password) if new.password else None,
            setup_code_hash=hash_password(code) if code else None)
        rows.set_wards(connection, user_id, ward_ids(connection, new.ward_names))
        record_in_house(connection, actor.user_id, actor.role, actor.station, "user_added")

    _managed(store, actor, job)
    return code


@dataclass(frozen=True, slots=True)
class UserChange:
    """An account as it shall be; the user name stays."""

    username: str
    role: Role
    first_name: str
    last_name: str
    ward_names: tuple[str, ...]
    status: ProfileStatus
    email: str = ""
    phone: str = ""


def edit_user(store: Store, actor: Actor, change: UserChange) -> None:
    """Change an account's names, role, wards or status. Needs ``users:manage``; UNKNOWN ``user``.

    Raises Refused STATE ``last_admin`` where nobody could manage accounts any more.
    """
    if not change.last_name.strip():
        raise Refused(refuse(Code.VALUE, "required", field="last_name"))

    def job(connection: Any) -> None:
        account = rows.read_account(connection, change.username)
        if account is None or account.username in ("system", "import"):
            raise Refused(refuse(Code.UNKNOWN, "user", username=change.username))
        stays_admin = change.role is Role.ADMIN and change.status is ProfileStatus.ACTIVE
        if not stays_admin and rows.other_admins(connection, account.user_id) == 0 and account.role is Role.ADMIN:
            raise Refused(refuse(Code.STATE, "last_admin", field="status"))
        status = change.status
        if status is ProfileStatus.ACTIVE and account.password_hash is None:
            status = ProfileStatus.PENDING
        rows.change_account(connection, account.user_id, datetime.now(UTC), {
            "first_name": change.first_name.strip(), "last_name": change.last_name.strip(), "email": change.email},
            {"role": change.role.value, "status": status.value, "phone": change.phone})
        rows.set_wards(connection, account.user_id, ward_ids(connection, change.ward_names))
        record_in_house(connection, actor.user_id, actor.role, actor.station, "user_changed",
                        {"user": account.user_id})

    _managed(store, actor, job)


def reset_user(store: Store, actor: Actor, username: str, password: str | None = None) -> str | None:
    """Give an account a new password, or without one a code and the state pending. Needs ``users:manage``.

    An account that was suspended or closed stays so: a forgotten password opens no door that was shut on purpose.
    """
    if password is not None:
        check_new(password, username)
    code = new_code() if password is None else None

    def job(connection: Any) -> None:
        account = rows.read_account(connection, username)
        if account is None or account.username in ("system", "import"):
            raise Refused(refuse(Code.UNKNOWN, "user", username=username))
        status = ProfileStatus.ACTIVE if password else ProfileStatus.PENDING
        shut = account.status in (ProfileStatus.SUSPENDED, ProfileStatus.INACTIVE)
        rows.set_password(connection, account.user_id, hash_password(password) if password else None,
                          datetime.now(UTC), None if shut else status, hash_password(code) if code else None)
        record_in_house(connection, actor.user_id, actor.role, actor.station, "user_reset")

    _managed(store, actor, job)
    return code


def list_users(store: Store, actor: Actor) -> tuple[StaffMember, ...]:
    """All accounts but those of patients. Needs ``users:manage``."""
    require(actor.role, Permission.USERS_MANAGE)
    with store.reading() as connection:
        return tuple(rows.read_staff(connection, everybody=True))


def ward_ids(connection: Any, names: Iterable[str]) -> set[int]:
    """Ids of the wards with these names. Raises Refused UNKNOWN ``ward``."""
    names = [name for name in names if name]
    found = {ward.name: ward.id for ward in read_wards(connection, names=names)} if names else {}
    for name in names:
        if name not in found:
            raise Refused(refuse(Code.UNKNOWN, "ward", field="wards", ward=name))
    return set(found.values())


def _managed(store: Store, actor: Actor, job: Callable[[Any], None]) -> None:
    """Run a change of accounts in one transaction, once the actor's right stands in the database."""

    def checked(connection: Any) -> None:
        account = rows.read_account(connection, actor.username)
        if account is None or not may_sign_in(account.user_active, account.profile_active, account.status):
            raise Refused(refuse(Code.ROLE, "inactive"))
        require(account.role, Permission.USERS_MANAGE)
        job(connection)

    store.write(checked, repeatable=False)


