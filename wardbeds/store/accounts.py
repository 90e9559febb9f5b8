"""Accounts: reading what sign-in needs, making and changing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from wardbeds.domain.people import ProfileStatus, Role, StaffMember, may_sign_in
from wardbeds.store.tables import profiles, users, ward_staff, wards


@dataclass(frozen=True, slots=True)
class Account:
    """What sign-in looks at."""

    user_id: int
    username: str
    first_name: str
    last_name: str
    user_active: bool
    profile_active: bool
    status: ProfileStatus
    role: Role
    language: str
    password_hash: str | None
    setup_code_hash: str | None
    ward_ids: frozenset[int]


def read_account(connection: Connection, username: str) -> Account | None:
    """The account with this user name, in any case of letters; None if there is none."""
    row = connection.execute(
        select(users.c.id, users.c.username, users.c.first_name, users.c.last_name, users.c.is_active,
               profiles.c.is_active, profiles.c.status, profiles.c.role, profiles.c.language, users.c.password_hash,
               profiles.c.setup_code_hash)
        .join_from(users, profiles, profiles.c.user_id == users.c.id)
        .where(func.lower(users.c.username) == username.strip().lower())).one_or_none()
    if row is None:
        return None
    ward_ids = connection.scalars(select(ward_staff.c.ward_id).where(ward_staff.c.user_id == row[0])).all()
    return Account(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]), ProfileStatus(row[6]), Role(row[7]),
                   row[8], row[9], row[10], frozenset(ward_ids))


def accounts_in_force(connection: Connection, user_ids: Iterable[int]) -> dict[int, tuple[Role, str]]:
    """Of these accounts those that may sign in: their role, and a mark that differs once the account was changed."""
    query = select(users.c.id, profiles.c.role, users.c.updated_at, users.c.is_active, profiles.c.is_active,
                   profiles.c.status).join_from(users, profiles, profiles.c.user_id == users.c.id).where(
        users.c.id.in_(sorted(set(user_ids))))
    return {row[0]: (Role(row[1]), row[2].isoformat()) for row in connection.execute(query)
            if may_sign_in(bool(row[3]), bool(row[4]), ProfileStatus(row[5]))}


def has_people(connection: Connection) -> bool:
    """Whether anybody can sign in at all, or could once a password is set."""
    query = select(users.c.id).join_from(users, profiles, profiles.c.user_id == users.c.id).where(
        users.c.password_hash.is_not(None) | profiles.c.setup_code_hash.is_not(None)).limit(1)
    return connection.scalar(query) is not None


def set_password(connection: Connection, user_id: int, password_hash: str | None, now: Any,
                 status: ProfileStatus | None = None, setup_code_hash: str | None = None) -> None:
    """Write a password's hash and what goes with it."""
    connection.execute(update(users).where(users.c.id == user_id).values(password_hash=password_hash, updated_at=now))
    values: dict[str, Any] = {"setup_code_hash": setup_code_hash}
    if status is not None:
        values["status"] = status.value
    connection.execute(update(profiles).where(profiles.c.user_id == user_id).values(**values))


def claim_code(connection: Connection, user_id: int, setup_code_hash: str) -> bool:
    """Make a pending account active and use its code up; False where it waits no longer, or for another code."""
    return connection.execute(update(profiles).where(
        profiles.c.user_id == user_id, profiles.c.status == ProfileStatus.PENDING.value,
        profiles.c.setup_code_hash == setup_code_hash).values(
        status=ProfileStatus.ACTIVE.value, setup_code_hash=None)).rowcount == 1


def other_admins(connection: Connection, user_id: int) -> int:
    """How many other administrators can sign in."""
    return int(connection.scalar(
        select(func.count()).select_from(users).join(profiles, profiles.c.user_id == users.c.id).where(
            users.c.id != user_id, profiles.c.role == Role.ADMIN.value, users.c.is_active, profiles.c.is_active,
            profiles.c.status == ProfileStatus.ACTIVE.value, users.c.password_hash.is_not(None))) or 0)


def change_account(connection: Connection, user_id: int, now: Any, user: dict[str, Any],
                   profile: dict[str, Any]) -> None:
    """Write columns of an account and its profile."""
    connection.execute(update(users).where(users.c.id == user_id).values(**user, updated_at=now))
    connection.execute(update(profiles).where(profiles.c.user_id == user_id).values(**profile))


def set_wards(connection: Connection, user_id: int, ward_ids: set[int]) -> None:
    """Make these the wards of a member of staff."""
    there = set(connection.scalars(select(ward_staff.c.ward_id).where(ward_staff.c.user_id == user_id)))
    for ward_id in sorted(there - ward_ids):
        _leave_ward(connection, user_id, ward_id)
    joined = [{"user_id": user_id, "ward_id": ward} for ward in sorted(ward_ids - there)]
    if joined:
        connection.execute(ward_staff.insert(), joined)


def _leave_ward(connection: Connection, user_id: int, ward_id: int) -> None:
    """On PostgreSQL by the owner's function: a station may delete nothing itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.leave_ward(user_id, ward_id)))
    else:
        connection.execute(ward_staff.delete().where(ward_staff.c.user_id == user_id, ward_staff.c.ward_id == ward_id))


def read_staff(connection: Connection, ward_id: int | None = None, *, everybody: bool = False) -> list[StaffMember]:
    """Members of staff by name (not patients and caregivers, not the system's own users); of one ward if given."""
    query = (select(users.c.id, users.c.username, users.c.first_name, users.c.last_name, profiles.c.role,
                    profiles.c.status, users.c.is_active, profiles.c.is_active, users.c.email, profiles.c.phone)
             .join_from(users, profiles, profiles.c.user_id == users.c.id)
             .where(profiles.c.role.not_in(["patient"])).order_by(users.c.last_name, users.c.first_name, users.c.id))
    if not everybody:
        query = query.where(profiles.c.role != "caregiver", users.c.username.not_in(["system", "import"]))
    if ward_id is not None:
        query = query.where(users.c.id.in_(select(ward_staff.c.user_id).where(ward_staff.c.ward_id == ward_id)))
    names: dict[int, list[str]] = {}
    for user_id, name in connection.execute(
            select(ward_staff.c.user_id, wards.c.name).join_from(ward_staff, wards).order_by(wards.c.name)):
        names.setdefault(user_id, []).append(name)
    return [StaffMember(row[0], row[1], row[2], row[3], Role(row[4]), ProfileStatus(row[5]),
                        bool(row[6]) and bool(row[7]), row[8], row[9], tuple(names.get(row[0], ())))
            for row in connection.execute(query)]
