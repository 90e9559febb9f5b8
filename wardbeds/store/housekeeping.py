"""Events outside the wards: the house's stream and each station's access stream."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from wardbeds.domain.people import Role
from wardbeds.store.events import Draft, append
from wardbeds.store.transaction import Transaction

SYSTEM_USER = 1
IMPORT_USER = 2


def _record(transaction: Transaction, key: int, user_id: int, role: Role, station: str, action: str,
            more: dict[str, Any] | None, operation_id: UUID | None = None,
            happened_at: datetime | None = None) -> None:
    transaction.identify(user_id)
    time = transaction.next_time()
    draft = Draft(str(operation_id or uuid4()), action, time, min(happened_at or time, time), user_id, role.value,
                  station, more=more or {})
    append(transaction, draft, [transaction.head(key)])


def record_in_house(connection: Connection, user_id: int, role: Role, station: str, action: str,
                    more: dict[str, Any] | None = None) -> None:
    """Write an event about the house itself: accounts, wards, settings."""
    transaction = Transaction(connection)
    transaction.lock(house=True)
    _record(transaction, 0, user_id, role, station, action, more)


def lock_access(connection: Connection, station: str) -> None:
    """Hold the station's access stream until the end of the transaction."""
    Transaction(connection).lock_access(station)


def record_access(connection: Connection, user_id: int, role: Role, station: str, action: str,
                  more: dict[str, Any] | None = None, *, operation_id: UUID | None = None,
                  happened_at: datetime | None = None) -> None:
    """Write a sign-in, an opening or a print into the station's access stream; ``happened_at``: where not just now."""
    transaction = Transaction(connection)
    transaction.lock_access(station)
    _record(transaction, -1, user_id, role, station, action, more, operation_id, happened_at)
