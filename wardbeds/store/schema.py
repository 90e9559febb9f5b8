"""The whole schema in one go, and its description for comparing.

A released database is made by the migrations; this is what they must add up to. ``python -m wardbeds.store.schema``
writes the DDL of the newest unreleased revision beside its migration.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_mock_engine
from sqlalchemy.engine import Dialect

from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.settings import data_dir
from wardbeds.store import guards_postgresql, guards_sqlite, roles
from wardbeds.store.tables import metadata
from wardbeds.store.versions import VERSION

_EPOCH = {"sqlite": "1970-01-01T00:00:00.000000Z", "postgresql": "1970-01-01 00:00:00+00"}
SEPARATOR = "\n-- next\n"
MIN_READER, MIN_WRITER = 2, 2
"""The oldest program's schema that may read, and write, in a database of this one."""


def first_rows(dialect: str) -> list[str]:
    """What every database holds from the start: the system's own users, who cannot sign in, house and settings."""
    when = f"'{_EPOCH[dialect]}'"
    rows = [
        "INSERT INTO users (id, username, created_at, updated_at) VALUES "
        f"(1, 'system', {when}, {when}), (2, 'import', {when}, {when})",
        "INSERT INTO profiles (user_id, role, status) VALUES (1, 'admin', 'active'), (2, 'admin', 'active')",
        "INSERT INTO streams (id, kind) VALUES (1, 'house')",
        f"INSERT INTO settings (key, value) VALUES ('hospital_name', ''), ('zone', '{DEFAULT_ZONE}'), ('demo', 'no')",
        f"INSERT INTO schema_version VALUES (1, {VERSION}, {MIN_READER}, {MIN_WRITER})",
    ]
    if dialect == "postgresql":
        rows += ["SELECT setval(pg_get_serial_sequence('users', 'id'), 2)",
                 "SELECT setval(pg_get_serial_sequence('streams', 'id'), 1)"]
    return rows


def statements(dialect: str) -> list[str]:
    """All statements that make an empty database of ours on this engine, in order."""
    made: list[str] = []

    def collect(ddl: Any, *_args: Any, **_kwargs: Any) -> None:
        compiler: Dialect = engine.dialect
        made.append(re.sub(r"[ \t]+\n", "\n", str(ddl.compile(dialect=compiler)).strip()))

    engine = create_mock_engine("sqlite://" if dialect == "sqlite" else "postgresql+psycopg://", collect)
    metadata.create_all(engine, checkfirst=False)
    guards = guards_sqlite if dialect == "sqlite" else guards_postgresql
    return [*made, *guards.STATEMENTS, *first_rows(dialect)]


def create(connection: Connection) -> None:
    """Make the schema in an empty database, in the connection's transaction."""
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "postgresql":
        roles.settle(connection)


_PG_QUERIES = (
    "SELECT 'constraint', conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid <> 0",
    "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger', tgrelid::regclass::text || '.' || tgname, pg_get_triggerdef(oid) || tgenabled::text "
    "FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT 'column', attrelid::regclass::text || '.' || attname, format_type(atttypid, atttypmod) || ' ' || "
    "attnotnull::text || ' ' || attidentity::text || attgenerated::text || ' ' || "
    "coalesce(pg_get_expr(adbin, adrelid), '') FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND "
    "adnum = attnum WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (SELECT oid FROM pg_class WHERE "
    "relnamespace = 'public'::regnamespace AND relkind = 'r')",
    "SELECT 'grant', place || ' ' || coalesce(nullif(granted.grantee, 0)::regrole::text, 'PUBLIC'), privilege_type "
    "FROM (SELECT relname::text AS place, relowner AS owner, coalesce(relacl, acldefault('r', relowner)) AS acl "
    "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' UNION ALL "
    "SELECT relname || '.' || attname, relowner, attacl FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
    "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 UNION ALL "
    "SELECT oid::regprocedure::text, proowner, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace UNION ALL "
    "SELECT 'schema', nspowner, nspacl FROM pg_namespace WHERE nspname = 'public') AS places, "
    "aclexplode(acl) AS granted WHERE granted.grantee <> owner",
)


def describe(connection: Connection) -> set[tuple[str, str, str]]:
    """The schema as (kind, name, definition), alembic's own table left out; equal sets mean equal schemas."""
    if connection.dialect.name == "sqlite":
        queries: tuple[str, ...] = ("SELECT type, tbl_name || '.' || name, coalesce(sql, '') FROM sqlite_master",)
    else:
        queries = _PG_QUERIES
    found = {(row[0], row[1], " ".join(row[2].split())) for query in queries
             for row in connection.exec_driver_sql(query)}
    return {one for one in found if "alembic_version" not in one[1]}


def freeze(revision: str) -> None:
    """Write the DDL files of a revision that has not been released yet."""
    folder = data_dir("migrations") / "versions"
    for dialect in ("sqlite", "postgresql"):
        path = Path(folder, f"{revision}.{dialect}.sql")
        path.write_text(SEPARATOR.join(statements(dialect)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(sys.argv[1])
