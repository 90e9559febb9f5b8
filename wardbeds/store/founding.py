"""Founding a PostgreSQL database: roles, tables and rights in one transaction, all or nothing."""

from __future__ import annotations

from sqlalchemy import Connection, text

from wardbeds.domain.errors import SchemaMismatch
from wardbeds.store import roles
from wardbeds.store.database import Store, raise_world
from wardbeds.store.migrate import current_revision, migrate


def found(store: Store, logins: roles.Logins) -> roles.MadeLogin | None:
    """Make owner, station's login and all tables in an empty database; returns the station's login.

    Raises SchemaMismatch where there are tables already, Refused ROLE where the login may not, OutOfReach.
    """
    try:
        with store.writing() as connection:
            if current_revision(connection) is not None:
                raise SchemaMismatch("This database has been made already. Nothing was changed.")
            return build(connection, logins)
    except Exception as error:
        raise_world(error)
        raise


def build(connection: Connection, logins: roles.Logins) -> roles.MadeLogin | None:
    """The same in the caller's transaction, which acts as the owner from then on."""
    made = roles.prepare(connection, logins)
    migrate(connection)
    roles.settle(connection, [made.name] if made is not None else [])
    return made


def renew(store: Store) -> None:
    """Set the rights of the stations there are anew, as this program needs them."""
    try:
        with store.writing() as connection:
            roles.act_as_owner(connection)
            roles.settle(connection)
    except Exception as error:
        raise_world(error)
        raise


def prepare_again(connection: Connection) -> set[str]:
    """Make an empty database ready for a restore: the owner, and the usual station's login if the server has it.

    Returns the stations' logins; the connection acts as the owner from then on.
    """
    there = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": roles.STATION})
    made = roles.prepare(connection, roles.Logins(station=roles.STATION if there else None))
    return {made.name} if made is not None else set()
