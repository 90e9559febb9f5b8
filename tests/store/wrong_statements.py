"""Statements that no service would send, and that the database itself must refuse (DESIGN 3): a row each.

Every row is run as the owner of the tables, past the services, on the sound database that :func:`prepare` makes, and
must fail at the statement or at COMMIT, by the guard named (on SQLite by another where one is named). The same rows,
with all guards off, are the plants of ``db check``: what then stands in the database must be found under the names given.

Beds: 1 occupied by patient 1 (stay 1, admission 1), 2 free, 3 free, 4 reserved, 5 to clean, 6 blocked.
Patient 2 was in bed 2 from T10 to T20 (stay 2, admission 2, discharged at T20); patient 3 waits (admission 3).
"""

from __future__ import annotations

from dataclasses import dataclass

NO_NAME = "FOREIGN KEY constraint failed"
"""All that SQLite says of a reference."""

T = "2026-01-01 {:02d}:00:00+00"


@dataclass(frozen=True)
class Wrong:
    """One line of the list."""

    name: str
    statements: tuple[str, ...]
    found: tuple[str, ...]
    refused_by: str
    on_sqlite: str = ""

    def guard(self, *, postgresql: bool) -> str:
        """What refuses it: a constraint's or trigger's name, or the message where the engine tells no name."""
        if postgresql or self.on_sqlite:
            return self.refused_by if postgresql else self.on_sqlite
        return NO_NAME if self.refused_by.startswith("fk_") else self.refused_by


def _at(hour: int) -> str:
    return f"@{hour}@"


_OCCUPY = "patient_id = {p}, status = 'occupied', assigned_at = @9@, version = version + 1"
_TAKE_KEPT = f"UPDATE ward_beds SET {_OCCUPY}, held_for = NULL, held_text = '', held_until = NULL WHERE id = 4"
_STAY = ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
         "VALUES ({p}, {p}, {b}, @9@, 1)")
_NO_MORE_WAITING = "UPDATE admissions SET waiting_ward = NULL WHERE id = 3"
_BLOCK = "UPDATE ward_beds SET status = 'maintenance', blocked_from = '{s}', version = version + 1 WHERE id = {b}"
_GIVE_BACK = "UPDATE ward_beds SET status = '{s}', blocked_from = NULL, version = version + 1 WHERE id = {b}"

WRONG: tuple[Wrong, ...] = (
    Wrong("bed occupied without patient",
          ("UPDATE ward_beds SET status = 'occupied', version = version + 1 WHERE id = 2",),
          ("ck_ward_beds_occupied_with_patient",), "ck_ward_beds_occupied_with_patient"),
    Wrong("patient without occupied",
          ("UPDATE ward_beds SET patient_id = 3, assigned_at = @9@, version = version + 1 WHERE id = 2",),
          ("ck_ward_beds_occupied_with_patient",), "ck_ward_beds_occupied_with_patient"),
    Wrong("second bed for one patient",
          (f"UPDATE ward_beds SET {_OCCUPY.format(p=1)} WHERE id = 2",), ("uq_ward_beds_patient_id",),
          "uq_ward_beds_patient_id"),
    Wrong("stay without bed",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
           "VALUES (3, 3, 3, @9@, 1)",), ("fk_bed_stays_open_bed",), "fk_bed_stays_open_bed"),
    Wrong("bed without stay",
          (f"UPDATE ward_beds SET {_OCCUPY.format(p=3)} WHERE id = 2",), ("fk_ward_beds_open_stay",),
          "fk_ward_beds_open_stay"),
    Wrong("second open stay of a bed",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
           "VALUES (3, 3, 1, @9@, 1)",), ("uq_bed_stays_open_bed",), "uq_bed_stays_open_bed"),
    Wrong("second open stay of a patient",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) "
           "VALUES (1, 1, 3, @9@, 1)",), ("uq_bed_stays_open_patient",), "uq_bed_stays_open_patient"),
    Wrong("overlap closed with closed, per bed",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by) "
           "VALUES (3, 3, 2, @15@, @22@, 'moved', 1)",), ("ex_bed_stays_bed",), "ex_bed_stays_bed"),
    Wrong("overlap closed with open, per bed",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by) "
           "VALUES (3, 3, 1, @9@, @10@, 'moved', 1)",), ("ex_bed_stays_bed",), "ex_bed_stays_bed"),
    Wrong("overlap closed with closed, per patient",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by) "
           "VALUES (2, 2, 3, @15@, @22@, 'moved', 1)",), ("ex_bed_stays_patient",), "ex_bed_stays_patient"),
    Wrong("overlap closed with open, per patient",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by) "
           "VALUES (1, 1, 3, @9@, @10@, 'moved', 1)",), ("ex_bed_stays_patient",), "ex_bed_stays_patient"),
    Wrong("overlap made by an update",
          ("UPDATE bed_stays SET started_at = @7@, ended_at = @9@, bed_id = 1 WHERE id = 2",), ("ex_bed_stays_bed",),
          "ex_bed_stays_bed"),
    Wrong("end before start",
          ("UPDATE bed_stays SET ended_at = @9@ WHERE id = 2",), ("ck_bed_stays_end_after_start",),
          "ck_bed_stays_end_after_start"),
    Wrong("second open admission",
          ("INSERT INTO admissions (patient_id, source, admitted_at, admitted_by, waiting_ward) "
           "VALUES (3, 'other', @9@, 1, 1)",), ("uq_admissions_open",), "uq_admissions_open"),
    Wrong("stay of another person's admission",
          ("INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, ended_at, ended_why, started_by) "
           "VALUES (2, 3, 3, @1@, @2@, 'moved', 1)",), ("fk_bed_stays_admission",), "fk_bed_stays_admission"),
    Wrong("stay of an admission that has ended",
          ("UPDATE bed_stays SET ended_at = NULL, ended_why = NULL WHERE id = 2",
           f"UPDATE ward_beds SET {_OCCUPY.format(p=2)} WHERE id = 2"), ("tr_bed_stays_admission",),
          "tr_bed_stays_admission", "tr_bed_stays_admission_update"),
    Wrong("transition reserved to to clean",
          ("UPDATE ward_beds SET status = 'cleaning', version = version + 1 WHERE id = 4",), ("bed_as_events_say",),
          "tr_ward_beds_transition"),
    Wrong("transition reserved to blocked",
          ("UPDATE ward_beds SET status = 'maintenance', blocked_from = 'available', held_until = NULL, "
           "held_text = '', version = version + 1 WHERE id = 4",), ("bed_as_events_say",), "tr_ward_beds_transition"),
    Wrong("transition blocked to occupied",
          (f"UPDATE ward_beds SET {_OCCUPY.format(p=3)}, blocked_from = NULL, block_reason = '' WHERE id = 6",
           "INSERT INTO bed_stays (admission_id, patient_id, bed_id, started_at, started_by) VALUES (3, 3, 6, @9@, 1)",
           "UPDATE admissions SET waiting_ward = NULL WHERE id = 3"), ("bed_as_events_say",),
          "tr_ward_beds_transition"),
    Wrong("transition occupied to blocked",
          ("UPDATE bed_stays SET ended_at = @9@, ended_why = 'moved' WHERE id = 1",
           "UPDATE ward_beds SET patient_id = NULL, assigned_at = NULL, status = 'maintenance', "
           "blocked_from = 'available', version = version + 1 WHERE id = 1",
           "UPDATE admissions SET waiting_ward = 1 WHERE id = 1"), ("bed_as_events_say",), "tr_ward_beds_transition"),
    Wrong("reserved by a text, taken by somebody",
          (_TAKE_KEPT.format(p=3), _STAY.format(p=3, b=4), _NO_MORE_WAITING), ("bed_as_events_say",),
          "tr_ward_beds_held"),
    Wrong("reserved for one, taken by another",
          ("UPDATE ward_beds SET held_for = 2, held_text = '', version = version + 1 WHERE id = 4",
           _TAKE_KEPT.format(p=3), _STAY.format(p=3, b=4), _NO_MORE_WAITING), ("bed_as_events_say",),
          "tr_ward_beds_held"),
    Wrong("blocked when free, given back to clean", (_GIVE_BACK.format(s="cleaning", b=6),), ("bed_as_events_say",),
          "tr_ward_beds_unblocked"),
    Wrong("blocked when to clean, given back as free",
          (_BLOCK.format(s="cleaning", b=5), _GIVE_BACK.format(s="available", b=5)), ("bed_as_events_say",),
          "tr_ward_beds_unblocked"),
    Wrong("blocked when to clean, as if free", (_BLOCK.format(s="available", b=5),), ("bed_as_events_say",),
          "tr_ward_beds_blocked"),
    Wrong("blocked when free, as if to clean", (_BLOCK.format(s="cleaning", b=3),), ("bed_as_events_say",),
          "tr_ward_beds_blocked"),
    Wrong("blocked, and then as if before to clean",
          ("UPDATE ward_beds SET blocked_from = 'cleaning', version = version + 1 WHERE id = 6",), ("bed_version",),
          "tr_ward_beds_blocked"),
    Wrong("one patient for another in one step",
          ("UPDATE bed_stays SET ended_at = @9@, ended_why = 'moved' WHERE id = 1",
           f"UPDATE ward_beds SET {_OCCUPY.format(p=3)} WHERE id = 1", _STAY.format(p=3, b=1), _NO_MORE_WAITING,
           "UPDATE admissions SET waiting_ward = 1 WHERE id = 1"), ("bed_as_events_say",), "tr_ward_beds_occupant"),
    Wrong("version not raised",
          ("UPDATE ward_beds SET status = 'maintenance', blocked_from = 'available' WHERE id = 2",),
          ("bed_as_events_say",), "tr_ward_beds_version"),
    Wrong("version raised by two",
          ("UPDATE ward_beds SET remark = 'x', version = version + 2 WHERE id = 1",), ("bed_version",),
          "tr_ward_beds_version"),
    Wrong("version lowered", ("UPDATE ward_beds SET version = version - 1 WHERE id = 1",), ("bed_version",),
          "tr_ward_beds_version"),
    Wrong("occupied bed made inactive",
          ("UPDATE ward_beds SET is_active = false, version = version + 1 WHERE id = 1",),
          ("ck_ward_beds_inactive_empty",), "ck_ward_beds_inactive_empty"),
    Wrong("reserved bed made inactive",
          ("UPDATE ward_beds SET is_active = false, version = version + 1 WHERE id = 4",),
          ("ck_ward_beds_inactive_empty",), "ck_ward_beds_inactive_empty"),
    Wrong("bed with history deleted", ("DELETE FROM ward_beds WHERE id = 2",), ("fk_bed_stays_bed_id",),
          "fk_bed_stays_bed_id"),
    Wrong("room with history deleted", ("DELETE FROM rooms WHERE id = 1",), ("fk_ward_beds_room",),
          "fk_ward_beds_room"),
    Wrong("ward with history deleted", ("DELETE FROM wards WHERE id = 1",), ("fk_ward_beds_ward_id",),
          "fk_rooms_ward_id"),
    Wrong("user with history deleted", ("DELETE FROM users WHERE id = 1",), ("fk_profiles_user_id",),
          "fk_profiles_user_id"),
    Wrong("patient deleted", ("DELETE FROM patients WHERE id = 3",), ("fk_admissions_patient_id",),
          "tr_patients_no_delete"),
    Wrong("stay deleted", ("DELETE FROM bed_stays WHERE id = 1",), ("fk_ward_beds_open_stay",),
          "tr_bed_stays_no_delete"),
    Wrong("admission deleted", ("DELETE FROM admissions WHERE id = 2",), ("fk_bed_stays_admission",),
          "tr_admissions_no_delete"),
    Wrong("event changed", ("UPDATE events SET body = '{}' WHERE stream_id = 2 AND revision = 1",), ("events_hash",),
          "tr_events_no_update"),
    Wrong("event's actor changed", ("UPDATE events SET action = 'moved' WHERE stream_id = 2 AND revision = 1",),
          ("events_hash",), "tr_events_no_update"),
    Wrong("last event deleted",
          ("DELETE FROM event_subjects WHERE stream_id = 2 AND revision = (SELECT max(revision) FROM events)",
           "DELETE FROM events WHERE stream_id = 2 AND revision = (SELECT max(revision) FROM events)"),
          ("streams_head",), "tr_events_no_delete"),
    Wrong("event deleted in between",
          ("DELETE FROM event_subjects WHERE stream_id = 2 AND revision = 2",
           "DELETE FROM events WHERE stream_id = 2 AND revision = 2"), ("events_without_gap",),
          "tr_event_subjects_no_delete"),
    Wrong("event with a gap", ("@event gap@",), ("events_without_gap",), "tr_events_gap"),
    Wrong("repeated operation", ("@event repeated@",), ("uq_events_operation_id_stream_id",),
          "uq_events_operation_id_stream_id"),
    Wrong("wrong hash", ("@event hash@",), ("events_hash",), "tr_events_hash"),
    Wrong("wrong prev", ("@event prev@",), ("events_chained",), "tr_events_prev"),
    Wrong("revision lowered", ("UPDATE streams SET revision = 1 WHERE id = 2",), ("streams_head",),
          "tr_streams_lowered", "tr_streams_event"),
    Wrong("revision raised without event", ("UPDATE streams SET revision = revision + 1 WHERE id = 2",),
          ("streams_head",), "tr_streams_event"),
    Wrong("bed number twice",
          ("INSERT INTO ward_beds (ward_id, room_id, bed_number, status_since, created_at, updated_at) "
           "VALUES (1, 1, '1', @1@, @1@, @1@)",), ("uq_ward_beds_ward_id_bed_number",),
          "uq_ward_beds_ward_id_bed_number"),
    Wrong("51 characters",
          ("INSERT INTO ward_beds (ward_id, room_id, bed_number, status_since, created_at, updated_at) "
           f"VALUES (1, 1, '{'x' * 51}', @1@, @1@, @1@)",), ("ck_ward_beds_bed_number_length",),
          "value too long for type character varying(50)", "ck_ward_beds_bed_number_length"),
    Wrong("unknown role", ("UPDATE profiles SET role = 'king' WHERE user_id = 1",), ("ck_profiles_role",),
          "ck_profiles_role"),
    Wrong("unknown account status", ("UPDATE profiles SET status = 'asleep' WHERE user_id = 1",),
          ("ck_profiles_status",), "ck_profiles_status"),
    Wrong("unknown bed status",
          ("UPDATE ward_beds SET status = 'dirty', version = version + 1 WHERE id = 2",), ("ck_ward_beds_status",),
          "tr_ward_beds_transition"),
    Wrong("bed made in an unknown state",
          ("INSERT INTO ward_beds (ward_id, room_id, bed_number, status, status_since, created_at, updated_at) "
           "VALUES (1, 1, '9', 'dirty', @1@, @1@, @1@)",), ("ck_ward_beds_status",), "tr_ward_beds_made"),
    Wrong("unknown outcome", ("UPDATE admissions SET outcome = 'healed' WHERE id = 2",), ("ck_admissions_outcome",),
          "ck_admissions_outcome"),
    Wrong("hold without end",
          ("UPDATE ward_beds SET held_until = NULL, version = version + 1 WHERE id = 4",),
          ("ck_ward_beds_hold_with_end",), "ck_ward_beds_hold_with_end"),
    Wrong("reserved without hold",
          ("UPDATE ward_beds SET status = 'reserved', version = version + 1 WHERE id = 3",),
          ("ck_ward_beds_reserved_with_hold",), "ck_ward_beds_reserved_with_hold"),
    Wrong("note of nobody", ("UPDATE ward_beds SET notes = 'x', version = version + 1 WHERE id = 3",),
          ("ck_ward_beds_notes_with_patient",), "ck_ward_beds_notes_with_patient"),
)
