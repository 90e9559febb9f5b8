"""Many stations: every event wakes those who listen (PostgreSQL); the schema says which programs may read and write.

Literal DDL only, never the tables of the program, which change. Expand only: a program made for 0001 loses nothing.

Revision: 0002, after 0001.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_VERSION_TABLE = """CREATE TABLE schema_version (
\tid INTEGER NOT NULL,
\tversion INTEGER NOT NULL,
\tmin_reader INTEGER NOT NULL,
\tmin_writer INTEGER NOT NULL,
\tCONSTRAINT pk_schema_version PRIMARY KEY (id),
\tCONSTRAINT ck_schema_version_one_row CHECK (id = 1),
\tCONSTRAINT ck_schema_version_order CHECK (min_reader <= min_writer AND min_writer <= version)
)"""
_VERSION_ROW = "INSERT INTO schema_version VALUES (1, 2, 2, 2)"
_ADVANCE_STREAM = (
    "CREATE OR REPLACE FUNCTION advance_stream() RETURNS trigger LANGUAGE plpgsql "
    "SET search_path = public, pg_temp AS $$ DECLARE s streams; BEGIN UPDATE streams SET revision = NEW.revision, "
    "head = NEW.hash, last_time = NEW.time WHERE id = NEW.stream_id RETURNING * INTO s; IF s.kind <> 'access' THEN "
    "PERFORM pg_notify('wardbeds', coalesce(s.ward_id, 0) || ' ' || s.revision); END IF; RETURN NEW; END $$")


def upgrade() -> None:
    """Make both in the transaction that the caller holds."""
    connection = op.get_bind()
    connection.exec_driver_sql(_VERSION_TABLE)
    connection.exec_driver_sql(_VERSION_ROW)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_ADVANCE_STREAM)
