"""Who owns a PostgreSQL database's tables."""

from __future__ import annotations

from sqlalchemy import Connection


def owns_tables(connection: Connection) -> bool:
    """Whether the login of this connection owns our tables, is a member of the role that does, or is a superuser.

    Where there are no tables yet: whether it might make them.
    """
    return bool(connection.exec_driver_sql(
        "SELECT coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class "
        "WHERE oid = to_regclass('public.events')), has_schema_privilege('public', 'CREATE'))").scalar())
