"""The first schema: people, wards, beds, admissions, stays, streams and events, with all guards.

The DDL lies beside this file, one file an engine, frozen: it never follows later changes of the tables.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make everything in the transaction that the caller holds."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0001_first.{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n-- next\n"):
        connection.exec_driver_sql(statement.strip())
