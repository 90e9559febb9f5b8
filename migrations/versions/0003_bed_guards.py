"""A bed's change is guarded beyond its pair of states: for whom it was kept, what it was before, who lies in it.

Literal DDL only, never the tables of the program, which change. Expand only: no program ever wrote what is refused now,
so those made for 0002 go on reading and writing.

Revision: 0003, after 0002.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_SQLITE = (
    "CREATE TRIGGER tr_ward_beds_held BEFORE UPDATE ON ward_beds WHEN OLD.status = 'reserved' "
    "AND NEW.status = 'occupied' AND (OLD.held_for IS NULL OR NEW.patient_id <> OLD.held_for) "
    "BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_held'); END",
    "CREATE TRIGGER tr_ward_beds_unblocked BEFORE UPDATE ON ward_beds WHEN OLD.status = 'maintenance' "
    "AND NEW.status IN ('available', 'cleaning') AND NEW.status <> OLD.blocked_from "
    "BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_unblocked'); END",
    "CREATE TRIGGER tr_ward_beds_blocked BEFORE UPDATE ON ward_beds WHEN NEW.status = 'maintenance' "
    "AND (OLD.status IN ('available', 'cleaning') AND NEW.blocked_from <> OLD.status "
    "OR OLD.status = 'maintenance' AND NEW.blocked_from <> OLD.blocked_from) "
    "BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_blocked'); END",
    "CREATE TRIGGER tr_ward_beds_occupant BEFORE UPDATE ON ward_beds WHEN NEW.patient_id <> OLD.patient_id "
    "BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_occupant'); END",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION guard_ward_beds_update() RETURNS trigger LANGUAGE plpgsql "
    "SET search_path = public, pg_temp AS $$ BEGIN "
    "IF OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN ("
    "'available>cleaning', 'available>maintenance', 'available>occupied', 'available>reserved', "
    "'cleaning>available', 'cleaning>maintenance', 'cleaning>occupied', 'cleaning>reserved', "
    "'maintenance>available', 'maintenance>cleaning', 'maintenance>reserved', 'occupied>available', "
    "'occupied>cleaning', 'occupied>reserved', 'reserved>available', 'reserved>occupied') THEN "
    "RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_transition', ERRCODE = '23514', "
    "CONSTRAINT = 'tr_ward_beds_transition'; END IF; "
    "IF NEW.version <> OLD.version + 1 THEN RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_version', "
    "ERRCODE = '23514', CONSTRAINT = 'tr_ward_beds_version'; END IF; "
    "IF NEW.made_status <> OLD.made_status OR NEW.created_at <> OLD.created_at OR NEW.id <> OLD.id THEN "
    "RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_origin', ERRCODE = '23514', "
    "CONSTRAINT = 'tr_ward_beds_origin'; END IF; "
    "IF OLD.status = 'reserved' AND NEW.status = 'occupied' "
    "AND (OLD.held_for IS NULL OR NEW.patient_id <> OLD.held_for) THEN "
    "RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_held', ERRCODE = '23514', CONSTRAINT = 'tr_ward_beds_held'; END IF; "
    "IF OLD.status = 'maintenance' AND NEW.status IN ('available', 'cleaning') AND NEW.status <> OLD.blocked_from THEN "
    "RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_unblocked', ERRCODE = '23514', "
    "CONSTRAINT = 'tr_ward_beds_unblocked'; END IF; "
    "IF NEW.status = 'maintenance' AND (OLD.status IN ('available', 'cleaning') AND NEW.blocked_from <> OLD.status "
    "OR OLD.status = 'maintenance' AND NEW.blocked_from <> OLD.blocked_from) THEN "
    "RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_blocked', ERRCODE = '23514', "
    "CONSTRAINT = 'tr_ward_beds_blocked'; END IF; "
    "IF NEW.patient_id <> OLD.patient_id THEN RAISE EXCEPTION USING MESSAGE = 'tr_ward_beds_occupant', "
    "ERRCODE = '23514', CONSTRAINT = 'tr_ward_beds_occupant'; END IF;  RETURN NEW; END $$",
)


def upgrade() -> None:
    """Make them in the transaction that the caller holds."""
    connection = op.get_bind()
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("UPDATE schema_version SET version = 3")
