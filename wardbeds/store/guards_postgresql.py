"""Guards of the PostgreSQL schema: the same promises as on SQLite, as exclusion constraints and trigger functions.

No extension is needed: a bed's id as a one-element range makes the exclusion work with plain GiST.
"""

from __future__ import annotations

from wardbeds.domain.stays import GUARDED
from wardbeds.store import bed_guards

_LEGAL = ", ".join(f"'{old}>{new}'" for old, new in sorted(GUARDED))


def _refuse(name: str) -> str:
    return f"RAISE EXCEPTION USING MESSAGE = '{name}', ERRCODE = '23514', CONSTRAINT = '{name}';"


def _function(name: str, body: str) -> str:
    return (f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS "
            f"$$ BEGIN {body} RETURN NEW; END $$")


def _when(condition: str, name: str) -> str:
    return f"IF {condition} THEN {_refuse(name)} END IF; "


def _exclude(key: str) -> str:
    return (f"ALTER TABLE bed_stays ADD CONSTRAINT ex_bed_stays_{key} EXCLUDE USING gist "
            f"(int4range({key}_id, {key}_id, '[]') WITH &&, tstzrange(started_at, ended_at, '[)') WITH &&)")


def _never(table: str, events: str, kind: str) -> list[str]:
    name = f"tr_{table}_no_{kind}"
    each = "STATEMENT" if kind == "truncate" else "ROW"
    return [f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_refuse(name)} END $$",
            f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"]


CHANNEL = "wardbeds"
"""Where stations listen. A notification is only the wake-up: "WARD REVISION", the house being ward 0."""

ADVANCE_STREAM = (
    "CREATE FUNCTION advance_stream() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS "
    "$$ DECLARE s streams; BEGIN UPDATE streams SET revision = NEW.revision, head = NEW.hash, last_time = NEW.time "
    "WHERE id = NEW.stream_id RETURNING * INTO s; IF s.kind <> 'access' THEN "
    f"PERFORM pg_notify('{CHANNEL}', coalesce(s.ward_id, 0) || ' ' || s.revision); END IF; RETURN NEW; END $$")

_APPEND_ONLY = ("events", "event_subjects", "event_texts")
_KEPT = ("bed_stays", "admissions", "patients", "streams")

STATEMENTS: tuple[str, ...] = (
    _exclude("bed"), _exclude("patient"),
    _function("guard_ward_beds_update",
              _when(f"OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN ({_LEGAL})",
                    "tr_ward_beds_transition")
              + _when("NEW.version <> OLD.version + 1", "tr_ward_beds_version")
              + _when("NEW.made_status <> OLD.made_status OR NEW.created_at <> OLD.created_at OR NEW.id <> OLD.id",
                      "tr_ward_beds_origin")
              + "".join(_when(condition, name) for name, condition in bed_guards.CHANGES)),
    "CREATE TRIGGER guard_ward_beds_update BEFORE UPDATE ON ward_beds FOR EACH ROW "
    "EXECUTE FUNCTION guard_ward_beds_update()",
    _function("guard_ward_beds_insert",
              _when("NEW.status <> NEW.made_status OR NEW.version <> 1", "tr_ward_beds_made")),
    "CREATE TRIGGER guard_ward_beds_insert BEFORE INSERT ON ward_beds FOR EACH ROW "
    "EXECUTE FUNCTION guard_ward_beds_insert()",
    _function("guard_bed_stays",
              _when("NEW.ended_at IS NULL AND (SELECT discharged_at FROM admissions WHERE id = NEW.admission_id) "
                    "IS NOT NULL", "tr_bed_stays_admission")),
    "CREATE TRIGGER guard_bed_stays AFTER INSERT OR UPDATE ON bed_stays FOR EACH ROW "
    "EXECUTE FUNCTION guard_bed_stays()",
    _function("guard_admissions",
              _when("NEW.discharged_at IS NOT NULL AND EXISTS (SELECT 1 FROM bed_stays "
                    "WHERE admission_id = NEW.id AND ended_at IS NULL)", "tr_admissions_open_stay")),
    "CREATE TRIGGER guard_admissions AFTER UPDATE OF discharged_at ON admissions FOR EACH ROW "
    "EXECUTE FUNCTION guard_admissions()",
    "CREATE FUNCTION guard_events() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS "
    "$$ DECLARE s streams; BEGIN SELECT * INTO s FROM streams WHERE id = NEW.stream_id FOR UPDATE; "
    + _when("NEW.revision <> s.revision + 1", "tr_events_gap") + _when("NEW.prev <> s.head", "tr_events_prev")
    + _when("NEW.hash <> encode(sha256(convert_to(NEW.prev || NEW.body, 'UTF8')), 'hex')", "tr_events_hash")
    + _when("NEW.time <= s.last_time", "tr_events_time") + "RETURN NEW; END $$",
    "CREATE TRIGGER guard_events BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION guard_events()",
    ADVANCE_STREAM,
    "CREATE TRIGGER advance_stream AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION advance_stream()",
    _function("guard_streams",
              _when("NEW.revision < OLD.revision", "tr_streams_lowered")
              + _when("(NEW.revision, NEW.head, NEW.last_time) IS DISTINCT FROM "
                      "(OLD.revision, OLD.head, OLD.last_time) AND NOT EXISTS (SELECT 1 FROM events WHERE "
                      "stream_id = NEW.id AND revision = NEW.revision AND hash = NEW.head AND time = NEW.last_time)",
                      "tr_streams_event")),
    "CREATE TRIGGER guard_streams BEFORE UPDATE ON streams FOR EACH ROW EXECUTE FUNCTION guard_streams()",
    *(statement for table in _APPEND_ONLY for kind in ("update", "delete")
      for statement in _never(table, kind.upper(), kind)),
    *(statement for table in _KEPT for statement in _never(table, "DELETE", "delete")),
    *(statement for table in (*_APPEND_ONLY, *_KEPT) for statement in _never(table, "TRUNCATE", "truncate")),
)
