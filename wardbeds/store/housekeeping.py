"""Events outside the wards: the house's stream and each station's access stream."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from wardbeds.domain.people import Role
from wardbeds.store.events import Draft, append
from wardbeds.store.transaction import Transaction

SYSTEM_USER = 1
IMPORT_USER = 2


def _record(transaction: Transaction, key: int, user_id: int, role: Role, station: str, action: str,
            more: dict[str, Any] | None) -> None:
    transaction.identify(user_id)
    time = transaction.next_time()
    draft = Draft(str(uuid4()), action, time, time, user_id, role.value, station, more=more or {})
    append(transaction, draft, [transaction.head(key)])


def record_in_house(connection: Connection, user_id: int, role: Role, station: str, action: str,
                    more: dict[str, Any] | None = None) -> None:
    """Write an event about the house itself: accounts, wards, settings."""
    transaction = Transaction(connection)
    transaction.lock(house=True)
    _record(transaction, 0, user_id, role, station, action, more)


def record_access(connection: Connection, user_id: int, role: Role, station: str, action: str,
                  more: dict[str, Any] | None = None) -> None:
    """Write a sign-in, an opening or a print into the station's access stream."""
    transaction = Transaction(connection)
    transaction.lock_access(station)
    _record(transaction, -1, user_id, role, station, action, more)
