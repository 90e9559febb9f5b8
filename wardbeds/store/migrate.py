"""Bringing a database to the newest schema, and telling whether it is there.

alembic is imported only when a migration is due: whether one is, plain SQL tells in a millisecond.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from wardbeds.domain.errors import SchemaMismatch
from wardbeds.settings import data_dir
from wardbeds.store import roles
from wardbeds.store.database import Store, raise_world
from wardbeds.store.versions import TOO_OLD_TO_READ, VERSION, require_reader

HEAD = f"{VERSION:04}"


def current_revision(connection: Connection) -> str | None:
    """The schema revision of the database; None for an empty one.

    Raises SchemaMismatch where there are tables, but none of ours.
    """
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found is not None:
            return str(found)
    if names - {"alembic_version"}:
        raise SchemaMismatch("This database holds something else: it was not made by Wardbeds. Choose another one.")
    return None


def require_fit(store: Store) -> bool:
    """Whether this program may write in the database. Raises SchemaMismatch where it may not even read."""
    with store.reading() as connection:
        revision = current_revision(connection)
        if revision is None:
            raise SchemaMismatch("This database is empty. Make the tables with: wardbeds db create")
        if revision < HEAD:
            raise SchemaMismatch("This database is older than this program. Upgrade it with: wardbeds db upgrade")
        return revision == HEAD or require_reader(connection)


def upgrade(store: Store) -> bool:
    """Run the migrations that are missing, in one transaction; returns whether there were any.

    They may take as long as they need. Raises OutOfReach, SchemaMismatch; Busy where stations do not let go of a table
    within the time that every writer waits for a lock. Then nothing has changed.
    """
    try:
        with store.writing(unhurried=True) as connection:
            revision = current_revision(connection)
            if revision is not None and revision > HEAD:
                raise SchemaMismatch(TOO_OLD_TO_READ)
            if revision == HEAD:
                return False
            if store.postgresql:
                roles.act_as_owner(connection)
            migrate(connection)
            if store.postgresql:
                roles.settle(connection)
            _check_foreign_keys(connection)
            return True
    except Exception as error:
        raise_world(error)
        raise


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision in the transaction of the caller."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(data_dir("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise SchemaMismatch("The upgrade was stopped: rows would point to nothing. Nothing was changed.")
