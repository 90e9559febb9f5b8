"""Who owns a PostgreSQL database's tables."""

from __future__ import annotations

from sqlalchemy import Connection


def owns_tables(connection: Connection) -> bool:
    """Whether the login of this connection is the owner of our tables (or a superuser), or there are none."""
    return connection.exec_driver_sql(
        "SELECT pg_has_role(current_user, tableowner, 'USAGE') FROM pg_tables "
        "WHERE schemaname = 'public' AND tablename = 'events'").scalar() is not False
