"""Founding a PostgreSQL database: roles, tables and rights in one transaction, all or nothing."""

from __future__ import annotations

from sqlalchemy import Connection

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
