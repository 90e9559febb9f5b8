"""Trying a server's address before it is kept."""

from __future__ import annotations

from wardbeds.domain.errors import OutOfReach, SchemaMismatch
from wardbeds.store.database import Store, is_postgresql
from wardbeds.store.migrate import require_fit


def try_server(url: str) -> str | None:
    """None if the server answers and its database fits this program, else why not, in words for a person."""
    if not is_postgresql(url):
        return "The address of a server begins with postgresql:// and names host and database."
    try:
        store = Store.open(url)
    except (OutOfReach, ValueError) as error:
        return str(error)
    try:
        require_fit(store)
        with store.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
    except (OutOfReach, SchemaMismatch) as error:
        return str(error)
    finally:
        store.close()
    return None
