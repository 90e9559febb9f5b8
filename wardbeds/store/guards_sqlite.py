"""Guards of the SQLite schema: what checks and unique constraints cannot say, as triggers.

The text of each RAISE is the guard's name, which ``store/refusals`` and the tests know.
"""

from __future__ import annotations

from wardbeds.domain.stays import GUARDED
from wardbeds.store import bed_guards

_LEGAL = ", ".join(f"'{old}>{new}'" for old, new in sorted(GUARDED))


def _trigger(name: str, when: str, on: str, condition: str) -> str:
    return f"CREATE TRIGGER {name} {when} ON {on} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{name}'); END"


def _overlap(key: str, event: str) -> str:
    """No two periods of one bed, or of one patient, overlap; half-open, and a period of no length overlaps nothing."""
    name = f"ex_bed_stays_{key}"
    return (
        f"CREATE TRIGGER {name}_{event.split()[0].lower()} AFTER {event} ON bed_stays "
        f"WHEN NEW.ended_at IS NULL OR NEW.ended_at > NEW.started_at BEGIN SELECT RAISE(ABORT, '{name}') "
        f"WHERE EXISTS (SELECT 1 FROM bed_stays AS o WHERE o.{key}_id = NEW.{key}_id AND o.id <> NEW.id "
        "AND (o.ended_at IS NULL OR o.ended_at > o.started_at) "
        "AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at) "
        "AND (o.ended_at IS NULL OR NEW.started_at < o.ended_at)); END")


def _append_only(table: str) -> list[str]:
    return [_trigger(f"tr_{table}_no_update", "BEFORE UPDATE", table, "1"),
            _trigger(f"tr_{table}_no_delete", "BEFORE DELETE", table, "1")]


_GONE = "(SELECT discharged_at FROM admissions WHERE id = NEW.admission_id) IS NOT NULL"

STATEMENTS: tuple[str, ...] = (
    _trigger("tr_ward_beds_transition", "BEFORE UPDATE OF status", "ward_beds",
             f"OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN ({_LEGAL})"),
    _trigger("tr_ward_beds_version", "BEFORE UPDATE", "ward_beds", "NEW.version <> OLD.version + 1"),
    _trigger("tr_ward_beds_made", "BEFORE INSERT", "ward_beds", "NEW.status <> NEW.made_status OR NEW.version <> 1"),
    _trigger("tr_ward_beds_origin", "BEFORE UPDATE", "ward_beds",
             "NEW.made_status <> OLD.made_status OR NEW.created_at <> OLD.created_at OR NEW.id <> OLD.id"),
    *(_trigger(name, "BEFORE UPDATE", "ward_beds", condition) for name, condition in bed_guards.CHANGES),
    _overlap("bed", "INSERT"), _overlap("bed", "UPDATE OF started_at, ended_at, bed_id"),
    _overlap("patient", "INSERT"), _overlap("patient", "UPDATE OF started_at, ended_at, patient_id"),
    _trigger("tr_bed_stays_admission_insert", "AFTER INSERT", "bed_stays", f"NEW.ended_at IS NULL AND {_GONE}"),
    _trigger("tr_bed_stays_admission_update", "AFTER UPDATE", "bed_stays", f"NEW.ended_at IS NULL AND {_GONE}"),
    _trigger("tr_admissions_open_stay", "AFTER UPDATE OF discharged_at", "admissions",
             "NEW.discharged_at IS NOT NULL AND EXISTS "
             "(SELECT 1 FROM bed_stays WHERE admission_id = NEW.id AND ended_at IS NULL)"),
    _trigger("tr_events_gap", "BEFORE INSERT", "events",
             "NEW.revision <> (SELECT revision + 1 FROM streams WHERE id = NEW.stream_id)"),
    _trigger("tr_events_prev", "BEFORE INSERT", "events",
             "NEW.prev <> (SELECT head FROM streams WHERE id = NEW.stream_id)"),
    _trigger("tr_events_hash", "BEFORE INSERT", "events", "NEW.hash <> sha256(NEW.prev || NEW.body)"),
    _trigger("tr_events_time", "BEFORE INSERT", "events",
             "NEW.time <= (SELECT last_time FROM streams WHERE id = NEW.stream_id)"),
    "CREATE TRIGGER tr_events_advance AFTER INSERT ON events BEGIN UPDATE streams SET revision = NEW.revision, "
    "head = NEW.hash, last_time = NEW.time WHERE id = NEW.stream_id; END",
    _trigger("tr_streams_lowered", "BEFORE UPDATE", "streams", "NEW.revision < OLD.revision"),
    _trigger("tr_streams_event", "BEFORE UPDATE", "streams",
             "(NEW.revision <> OLD.revision OR NEW.head <> OLD.head OR NEW.last_time IS NOT OLD.last_time) "
             "AND NOT EXISTS (SELECT 1 FROM events WHERE stream_id = NEW.id AND revision = NEW.revision "
             "AND hash = NEW.head AND time = NEW.last_time)"),
    *_append_only("events"), *_append_only("event_subjects"), *_append_only("event_texts"),
    *(_trigger(f"tr_{table}_no_delete", "BEFORE DELETE", table, "1")
      for table in ("bed_stays", "admissions", "patients", "streams")),
)
