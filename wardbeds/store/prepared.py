"""Statements of the hot path, compiled once for each engine and sent as text from then on.

SQLAlchemy looks a statement up, binds it and wraps its rows anew at each execution. That takes longer than SQLite
needs to carry it out (measured: 25 to 45 us against 2 to 20), and an action sends more than a dozen. So the text goes
straight to SQLite's cursor, whose errors become SQLAlchemy's as ever; to a server it goes by SQLAlchemy's road, which
watches the network. Listeners for ``before_cursor_execute`` hear of each statement on both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Float, Insert, Numeric, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from wardbeds.domain.times import from_text, to_text
from wardbeds.store.types import UtcTime

Statement = Select[Any] | Insert | Update | Delete
Values = Mapping[str, Any]
Row = Sequence[Any]
_Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement for one engine and one length of each of its lists."""

    text: str
    constants: dict[str, Any]
    binders: tuple[tuple[str, _Change], ...]
    pick: Callable[[dict[str, Any]], Any]
    readers: tuple[tuple[int, _Change], ...]

    def bind(self, values: Values) -> Any:
        """The parameters as the driver wants them."""
        bound = {**self.constants, **values}
        for name, change in self.binders:
            if bound[name] is not None:
                bound[name] = change(bound[name])
        return self.pick(bound)

    def read(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with the types of their columns."""
        return [self._read(list(row)) for row in rows] if self.readers else list(rows)

    def _read(self, row: list[Any]) -> Row:
        for place, change in self.readers:
            if row[place] is not None:
                row[place] = change(row[place])
        return row


class Prepared:
    """One Core statement whose parameters are all named; those named in ``lists`` take any number of integers."""

    def __init__(self, statement: Statement, *lists: str) -> None:
        self.statement, self.lists = statement, lists
        self._forms: dict[tuple[str, tuple[int, ...]], _Form] = {}

    def rows(self, connection: Connection, **values: Any) -> list[Row]:
        """Execute; all rows that come back. Raises SQLAlchemy's errors."""
        form, values = self._form(connection, values)
        return form.read(send(connection, form.text, form.bind(values))[0])

    def row(self, connection: Connection, **values: Any) -> Row | None:
        """Execute; the only row, or None. Raises SQLAlchemy's errors."""
        found = self.rows(connection, **values)
        assert len(found) <= 1, "at most one row was expected"
        return found[0] if found else None

    def run(self, connection: Connection, values: Values | Sequence[Values]) -> int:
        """Execute, once for each of several sets of values; how many rows were written. Raises SQLAlchemy's errors."""
        many = [values] if isinstance(values, Mapping) else values
        form, _ = self._form(connection, {})
        bound = [form.bind(one) for one in many]
        return send(connection, form.text, bound if len(bound) > 1 else bound[0])[1]

    def _form(self, connection: Connection, values: dict[str, Any]) -> tuple[_Form, dict[str, Any]]:
        sizes = []
        for name in self.lists:
            given = _padded(values.pop(name))
            sizes.append(len(given))
            values.update({f"{name}_{n}": one for n, one in enumerate(given, 1)})
        key = connection.dialect.name, tuple(sizes)
        form = self._forms.get(key)
        if form is None:
            counts = dict(zip(self.lists, sizes, strict=True))
            form = self._forms[key] = _compile(self.statement, connection.dialect, counts)
        return form, values


def _padded(given: Iterable[int]) -> list[int | None]:
    """A list of 1, 2, 4, 8 ... values with the same members, so that few forms serve all; an empty one holds NULL."""
    found: list[int | None] = [*given] or [None]
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))


def _compile(statement: Statement, dialect: Dialect, sizes: dict[str, int]) -> _Form:
    compiled: Any = statement.compile(dialect=dialect)
    blank = {name: None for name, bind in compiled.binds.items() if bind.required}
    state = compiled.construct_expanded_state({**blank, **{name: [0] * size for name, size in sizes.items()}})
    names = tuple(state.positiontup or state.parameters)
    pick = _picker(names) if dialect.positional else lambda bound: {name: bound[name] for name in names}
    constants = {name: value for name, value in state.parameters.items() if value is not None}
    binders = tuple((name, change) for name, bind in compiled.binds.items() if name in names
                    and (change := _binder(bind.type, dialect)) is not None)
    readers = tuple((n, change) for n, column in enumerate(statement.exported_columns)
                    if (change := _reader(column.type, dialect)) is not None)
    return _Form(state.statement, constants, binders, pick, readers)


def _picker(names: tuple[str, ...]) -> Callable[[dict[str, Any]], Any]:
    if len(names) < 2:
        return lambda bound: tuple(bound[name] for name in names)
    return itemgetter(*names)


def _binder(kind: TypeEngine[Any], dialect: Dialect) -> _Change | None:
    """What makes the driver's values of ours, NULL apart."""
    if isinstance(kind, UtcTime) and dialect.name == "sqlite":
        return to_text
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> _Change | None:
    """What makes the column's values of the driver's, NULL apart; numbers come as they are."""
    if isinstance(kind, UtcTime) and dialect.name == "sqlite":
        return from_text
    return None if isinstance(kind, Numeric | Float) else kind.dialect_impl(dialect).result_processor(dialect, None)


def send(connection: Connection, text: str, values: Any = ()) -> tuple[Sequence[Row], int]:
    """Execute a text as the driver understands it; the rows that come back, and how many were written."""
    if connection.dialect.name != "sqlite":
        done = connection.exec_driver_sql(text, values)
        return done.fetchall() if done.returns_rows else [], done.rowcount
    if not connection.in_transaction():
        connection.begin()
    return send_to_sqlite(connection, text, values)


def send_to_sqlite(connection: Connection, text: str, values: Any = ()) -> tuple[list[Row], int]:
    """Execute, several times for a list of values; rows and count as above. Raises what SQLAlchemy would.

    The cursor is closed at once: one that lives on in a traceback keeps a closed connection's file open.
    """
    many = isinstance(values, list)
    driver: Any = connection.connection.driver_connection
    cursor: sqlite3.Cursor = driver.cursor()
    for listener in connection.dispatch.before_cursor_execute:
        text, values = listener(connection, cursor, text, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(text, values)
        return cursor.fetchall(), cursor.rowcount
    except sqlite3.Error as error:
        raise DBAPIError.instance(text, values, error, sqlite3.Error, dialect=connection.dialect) from error
    finally:
        cursor.close()
