"""The logins of a PostgreSQL database: an owner nobody signs in as, and the stations', with no more than they need.

The owner (NOLOGIN) has the tables; administrators are members, so that they may upgrade. A station reads everything and
writes just the columns named here. What it may do is set anew by each upgrade, and is part of what the schema test
compares.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from wardbeds.domain.errors import Code, Refused, refuse

OWNER, STATION = "wardbeds_owner", "wardbeds_station"

INSERTED: dict[str, str] = {
    "users": "username email first_name last_name password_hash created_at updated_at",
    "profiles": "user_id phone role status setup_code_hash",
    "patients": "user_id hospital_number sex date_of_birth birth_estimated national_id attendant_name attendant_phone "
                "name_key",
    "wards": "name code location description phone sex_policy age_policy specialty cleaning_step staffed_beds "
             "long_stay_days",
    "rooms": "ward_id name sex_policy",
    "ward_beds": "ward_id room_id bed_number status status_since remark bed_type features blocked_from made_status x y "
                 "created_at updated_at",
    "admissions": "patient_id source source_text complaint needs priority specialty nurse_id doctor_id "
                  "expected_leaving feeds admitted_at admitted_by waiting_ward",
    "bed_stays": "admission_id patient_id bed_id started_at started_by why",
    "ward_staff": "user_id ward_id",
    "streams": "kind ward_id station",
    "events": "stream_id revision time happened_at operation_id action actor_id role station undoes body prev hash",
    "event_subjects": "stream_id revision n patient_id from_bed to_bed",
    "event_texts": "stream_id revision kind text",
}
"""The columns that a service fills when it makes a row; all others have their default."""

UPDATED: dict[str, str] = {
    "users": "username email first_name last_name password_hash updated_at",
    "profiles": "phone role status setup_code_hash",
    "patients": "hospital_number sex date_of_birth birth_estimated national_id attendant_name attendant_phone name_key "
                "merged_into",
    "wards": "name code location description phone is_active sex_policy age_policy specialty cleaning_step "
             "staffed_beds long_stay_days",
    "rooms": "sex_policy",
    "ward_beds": "room_id patient_id status status_since assigned_at notes notes_shared remark is_active bed_type "
                 "features held_for held_text held_until block_reason blocked_from x y version updated_at",
    "admissions": "complaint needs priority specialty nurse_id doctor_id expected_leaving feeds admitted_at "
                  "waiting_ward decided_at decided_by decided_outcome discharged_at discharged_by outcome note",
    "bed_stays": "started_at ended_at ended_by ended_why notes notes_shared",
    "streams": "revision head last_time",
}
"""The columns that a service changes. ``streams`` is moved on by the trigger of an event, which acts as whoever wrote
it; its guard lets nothing through but what an event says."""

FUNCTIONS: dict[str, str] = {
    "leave_ward(integer, integer)":
        "CREATE OR REPLACE FUNCTION leave_ward(member integer, ward integer) RETURNS void LANGUAGE sql "
        "SECURITY DEFINER SET search_path = public, pg_temp AS "
        "$$ DELETE FROM ward_staff WHERE user_id = member AND ward_id = ward $$",
    "set_hospital(text, text)":
        "CREATE OR REPLACE FUNCTION set_hospital(name text, place text) RETURNS text LANGUAGE sql "
        "SECURITY DEFINER SET search_path = public, pg_temp AS "
        "$$ UPDATE settings SET value = name WHERE key = 'hospital_name'; "
        "UPDATE settings SET value = place WHERE key = 'zone' AND NOT EXISTS (SELECT FROM admissions); "
        "SELECT value FROM settings WHERE key = 'zone' $$",
}
"""What a station may do only through a function of the owner's. Of all rows only those that say who works where are
ever deleted; the function takes one of them, where a right to DELETE would take all by one slip. Of the settings only
two are changed, and the zone only before the first admission; returns the zone that is in force."""

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_STATIONS = (
    "SELECT DISTINCT pg_get_userbyid(granted.grantee) FROM pg_attribute, aclexplode(attacl) AS granted "
    "WHERE attrelid = to_regclass('public.events') AND granted.privilege_type = 'INSERT' AND granted.grantee <> 0")


@dataclass(frozen=True, slots=True)
class Logins:
    """What the roles are called; ``station`` None: no station's login. ``password`` None: one is invented."""

    owner: str = OWNER
    station: str | None = STATION
    password: str | None = None


@dataclass(frozen=True, slots=True)
class MadeLogin:
    """A station's login. ``password`` is the invented one, told once; None where it was given or already set."""

    name: str
    password: str | None


def invent_password() -> str:
    """A password to be typed on a keyboard: 25 letters and digits (about 123 bits), none looking like another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(5))


def prepare(connection: Connection, logins: Logins) -> MadeLogin | None:
    """Make the roles where they are missing and give them the place; from here on the connection acts as the owner.

    Raises Refused ROLE unless the login is a superuser, or owns the database and may make roles.
    """
    names = [name for name in (logins.owner, logins.station) if name is not None]
    if any(_NAME.fullmatch(name) is None for name in names):
        raise Refused(refuse(Code.VALUE, "role_name"))
    there = set(connection.scalars(text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)"), {"names": names}))
    _require_administrator(connection, all_there=there.issuperset(names))
    if logins.owner not in there:
        _run(connection, f"CREATE ROLE {logins.owner} NOLOGIN")
    if not connection.scalar(text("SELECT pg_has_role(:name, :how)"), {"name": logins.owner, "how": _set(connection)}):
        options = " WITH INHERIT TRUE, SET TRUE" if _set(connection) == "SET" else ""
        _run(connection, f"GRANT {logins.owner} TO CURRENT_USER{options}")
    made = _station(connection, logins, there=logins.station in there) if logins.station is not None else None
    _open_house(connection, logins)
    _run(connection, f"SET LOCAL ROLE {logins.owner}")
    return made


def _require_administrator(connection: Connection, *, all_there: bool) -> None:
    superuser, makes_roles, owns = connection.execute(text(
        "SELECT rolsuper, rolcreaterole, pg_has_role(datdba, 'USAGE') FROM pg_roles, pg_database "
        "WHERE rolname = current_user AND datname = current_database()")).one()
    if not (superuser or (owns and (makes_roles or all_there))):
        raise Refused(refuse(Code.ROLE, "not_administrator"))


def _set(connection: Connection) -> str:
    """What SET ROLE needs, in the words of pg_has_role: before PostgreSQL 16 any membership was enough."""
    return "SET" if (connection.dialect.server_version_info or (0,)) >= (16,) else "MEMBER"


def _station(connection: Connection, logins: Logins, *, there: bool) -> MadeLogin:
    assert logins.station is not None
    if there and logins.password is None:
        return MadeLogin(logins.station, None)
    password = logins.password or invent_password()
    if not there:
        _run(connection, f"CREATE ROLE {logins.station} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION "
                         "NOBYPASSRLS NOINHERIT")
    _run(connection, f"ALTER ROLE {logins.station} PASSWORD '{_verifier(connection, logins.station, password)}'")
    return MadeLogin(logins.station, None if logins.password else password)


def _verifier(connection: Connection, name: str, password: str) -> str:
    """What the server keeps of a password; made here, so that no log of statements ever holds the password."""
    made: bytes = connection.connection.driver_connection.pgconn.encrypt_password(  # type: ignore[union-attr]
        password.encode(), name.encode(), b"scram-sha-256")
    return made.decode()


def _open_house(connection: Connection, logins: Logins) -> None:
    """Who may enter the database and its schema: the owner to build, the station to look, everybody else not at all."""
    database = connection.dialect.identifier_preparer.quote(str(connection.scalar(text("SELECT current_database()"))))
    statements = [f"REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC",
                  "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                  f"GRANT USAGE, CREATE ON SCHEMA public TO {logins.owner}"]
    if logins.station is not None:
        statements += [f"GRANT CONNECT ON DATABASE {database} TO {logins.station}",
                       f"GRANT USAGE ON SCHEMA public TO {logins.station}"]
    for statement in statements:
        _run(connection, statement)


def act_as_owner(connection: Connection) -> None:
    """In this transaction act as the role that owns the tables, where that is not the login itself.

    Raises Refused ROLE where the login may not.
    """
    owner, member = connection.execute(text(
        "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, :how) FROM pg_class "
        "WHERE oid = to_regclass('public.events')"), {"how": _set(connection)}).one_or_none() or (None, True)
    if not member:
        raise Refused(refuse(Code.ROLE, "not_administrator"))
    if owner is not None and owner != connection.scalar(text("SELECT current_user")):
        _run(connection, f"SET LOCAL ROLE {connection.dialect.identifier_preparer.quote(owner)}")


def stations(connection: Connection) -> set[str]:
    """The logins that may write events: the stations' of this database."""
    owner = connection.scalar(text("SELECT current_user"))
    return set(connection.scalars(text(_STATIONS))) - {owner}


def owned(connection: Connection) -> tuple[list[str], list[str]]:
    """The tables and functions of the schema that belong to whom the connection acts as."""
    tables = connection.scalars(text(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user ORDER BY 1")).all()
    functions = connection.scalars(text(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND proowner = current_user::regrole ORDER BY 1")).all()
    return list(tables), list(functions)


def settle(connection: Connection, more: Iterable[str] = ()) -> None:
    """As the owner: make the functions, take every right from PUBLIC, and give stations (those there are, and
    ``more``) exactly what this program's services need."""
    quote = connection.dialect.identifier_preparer.quote
    for made in FUNCTIONS.values():
        _run(connection, made)
    tables, functions = owned(connection)
    _run(connection, f"REVOKE ALL ON TABLE {', '.join(tables)} FROM PUBLIC")
    _run(connection, f"REVOKE ALL ON FUNCTION {', '.join(functions)} FROM PUBLIC")
    for station in sorted(stations(connection) | set(more)):
        _run(connection, f"REVOKE ALL ON TABLE {', '.join(tables)} FROM {quote(station)}")
        for grant in grants():
            _run(connection, f"GRANT {grant} TO {quote(station)}")
        _run(connection, f"GRANT SELECT ON TABLE {', '.join(tables)} TO {quote(station)}")


def grants() -> list[str]:
    """What a station gets beside reading every table, as GRANT says it."""
    return [*(f"INSERT ({', '.join(columns.split())}) ON TABLE {table}" for table, columns in INSERTED.items()),
            *(f"UPDATE ({', '.join(columns.split())}) ON TABLE {table}" for table, columns in UPDATED.items()),
            *(f"EXECUTE ON FUNCTION {name}" for name in FUNCTIONS)]


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
