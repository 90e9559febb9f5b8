"""The settings table: few keys, short values."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from wardbeds.store.tables import settings


def read_values(connection: Connection) -> dict[str, str]:
    """All settings by key."""
    return {key: value for key, value in connection.execute(select(settings.c.key, settings.c.value))}


def write_value(connection: Connection, key: str, value: str) -> None:
    """Set one setting."""
    if not connection.execute(update(settings).where(settings.c.key == key).values(value=value)).rowcount:
        connection.execute(settings.insert().values(key=key, value=value))
