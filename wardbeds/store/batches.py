"""Many rows in one transaction: locks first, a savepoint a row, again as a whole when the world moved (DESIGN 8)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError

from wardbeds.domain.errors import Refusal, Refused
from wardbeds.store.database import Store
from wardbeds.store.prepared import Prepared, send
from wardbeds.store.refusals import refusal_of
from wardbeds.store.tables import events
from wardbeds.store.transaction import Transaction

T = TypeVar("T")
R = TypeVar("R")

_APPLIED = Prepared(select(events.c.revision).where(events.c.operation_id == bindparam("operation")))

ATTEMPTS = 60
"""How often a batch is tried while others hold what it needs."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a batch must lock before its first row."""

    beds: tuple[int, ...] = ()
    patients: tuple[int, ...] = ()
    wards: tuple[int, ...] = ()
    house: bool = False


def run_batch(store: Store, user_id: int, rows: Sequence[T], needs: Callable[[Connection], Needs],
              handle: Callable[[Transaction, T], R]) -> list[R | Refusal]:
    """Handle the rows in one transaction; a refused row is rolled back alone. Returns one answer a row.

    A batch that fails at COMMIT is repeated with each row in a transaction of its own.
    """
    try:
        return run_all(store, lambda connection: _handle_all(connection, user_id, rows, needs, handle))
    except IntegrityError:
        if len(rows) == 1:
            raise
        return [answer for row in rows for answer in run_batch(store, user_id, [row], needs, handle)]


def run_all(store: Store, job: Callable[[Connection], T]) -> T:
    """Run ``job`` in one write transaction with an import's patience: what was done is told from what was not by its
    operation id, or its key."""
    return store.write(job, ATTEMPTS, patience=math.inf)


def _handle_all(connection: Connection, user_id: int, rows: Sequence[T], needs: Callable[[Connection], Needs],
                handle: Callable[[Transaction, T], R]) -> list[R | Refusal]:
    transaction = begin(connection, user_id, needs(connection))
    return [handle_row(transaction, row, handle) for row in rows]


def begin(connection: Connection, user_id: int, wanted: Needs) -> Transaction:
    """Lock what is needed and identify who acts."""
    transaction = Transaction(connection)
    transaction.lock(wanted.beds, wanted.patients, wanted.wards, wanted.house)
    transaction.identify(user_id)
    return transaction


def handle_row(transaction: Transaction, row: T, handle: Callable[[Transaction, T], R]) -> R | Refusal:
    """Handle one row in a savepoint; a refusal rolls back just that."""
    heads = {key: replace(head) for key, head in transaction.heads.items()}
    connection = transaction.connection
    send(connection, "SAVEPOINT one_row")
    try:
        answer = handle(transaction, row)
        if transaction.postgresql:
            send(connection, "SET CONSTRAINTS ALL IMMEDIATE")
            send(connection, "SET CONSTRAINTS ALL DEFERRED")
        send(connection, "RELEASE SAVEPOINT one_row")
        return answer
    except (Refused, IntegrityError) as error:
        send(connection, "ROLLBACK TO SAVEPOINT one_row")
        send(connection, "RELEASE SAVEPOINT one_row")
        transaction.heads = heads
        transaction.last_bed.clear()
        transaction.last_person.clear()
        refusal = error.refusal if isinstance(error, Refused) else refusal_of(error)
        if refusal is None:
            raise
        return refusal


def applied_already(connection: Connection, operation_id: str) -> bool:
    """Whether the database holds the operation."""
    return bool(_APPLIED.rows(connection, operation=operation_id))
