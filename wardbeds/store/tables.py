"""The tables (DESIGN 3). Checks and uniqueness stand here; guards that need triggers stand in ``guards_*``.

Every constraint has a name, because ``store/refusals`` maps names to refusal codes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from wardbeds.domain.beds import AgePolicy, BedStatus, Priority, RoomSexPolicy, WardSexPolicy
from wardbeds.domain.people import ProfileStatus, Role, Sex
from wardbeds.domain.stays import Feeds, Outcome, Source
from wardbeds.store.types import UtcTime

metadata = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
})


def _one_of(column: str, codes: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _id() -> Column[Any]:
    return Column("id", Integer, Identity(), primary_key=True, autoincrement=True)


def _text(name: str, length: int) -> Column[Any]:
    """A text column that is empty rather than null."""
    return Column(name, String(length), nullable=False, server_default="")


def _flag(name: str, default: bool) -> Column[Any]:
    return Column(name, Boolean(name=name, create_constraint=False), nullable=False,
                  server_default=text("true" if default else "false"))


users = Table(
    "users", metadata,
    _id(),
    Column("username", String(150), nullable=False, unique=True),
    _text("email", 254), _text("first_name", 60), _text("last_name", 60),
    _flag("is_active", True),
    Column("password_hash", String(200)),
    Column("created_at", UtcTime, nullable=False), Column("updated_at", UtcTime, nullable=False),
    CheckConstraint("username <> ''", name="username_given"),
)

profiles = Table(
    "profiles", metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    _text("phone", 32),
    Column("role", String(20), nullable=False), Column("status", String(24), nullable=False),
    _flag("is_active", True),
    Column("language", String(8), nullable=False, server_default="en"),
    Column("ward_id", ForeignKey("wards.id")),
    Column("setup_code_hash", String(200)),
    _one_of("role", Role), _one_of("status", ProfileStatus),
)

patients = Table(
    "patients", metadata,
    _id(),
    Column("user_id", ForeignKey("users.id"), nullable=False, unique=True),
    Column("hospital_number", String(32), nullable=False, unique=True),
    Column("sex", String(8), nullable=False),
    Column("date_of_birth", Date),
    _flag("birth_estimated", False),
    Column("national_id", String(32), unique=True),
    _text("attendant_name", 120), _text("attendant_phone", 32),
    Column("name_key", String(130), nullable=False, index=True),
    Column("merged_into", ForeignKey("patients.id")),
    _one_of("sex", Sex),
    CheckConstraint("hospital_number <> ''", name="hospital_number_given"),
    CheckConstraint("merged_into IS NULL OR merged_into <> id", name="not_merged_into_self"),
)

wards = Table(
    "wards", metadata,
    _id(),
    _text("code", 16),
    Column("name", String(100), nullable=False, unique=True),
    _text("location", 200), _text("description", 500), _text("phone", 32),
    _flag("is_active", True),
    Column("sex_policy", String(8), nullable=False, server_default="any"),
    Column("age_policy", String(8), nullable=False, server_default="any"),
    _text("specialty", 60),
    _flag("cleaning_step", True), _flag("extra_places", False),
    Column("staffed_beds", Integer),
    Column("long_stay_days", Integer, nullable=False, server_default="7"),
    Column("lock_minutes", Integer, nullable=False, server_default="5"),
    _one_of("sex_policy", WardSexPolicy), _one_of("age_policy", AgePolicy),
    CheckConstraint("name <> ''", name="name_given"),
    CheckConstraint("staffed_beds >= 0", name="staffed_beds"),
)

rooms = Table(
    "rooms", metadata,
    _id(),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("name", String(50), nullable=False),
    Column("sex_policy", String(8), nullable=False, server_default="any"),
    Column("x", Float), Column("y", Float), Column("width", Float), Column("height", Float),
    UniqueConstraint("ward_id", "name"),
    UniqueConstraint("id", "ward_id"),
    _one_of("sex_policy", RoomSexPolicy),
)

ward_beds = Table(
    "ward_beds", metadata,
    _id(),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("room_id", Integer),
    Column("bed_number", String(50), nullable=False),
    Column("patient_id", ForeignKey("patients.id"), unique=True),
    Column("status", String(12), nullable=False, server_default="available"),
    Column("status_since", UtcTime, nullable=False),
    Column("assigned_at", UtcTime),
    Column("notes", Text, nullable=False, server_default=""),
    _flag("notes_shared", False),
    Column("remark", Text, nullable=False, server_default=""),
    _flag("is_active", True),
    _text("bed_type", 60), _text("features", 300),
    Column("held_for", ForeignKey("patients.id"), unique=True),
    _text("held_text", 200),
    Column("held_until", UtcTime),
    _text("block_reason", 200),
    Column("blocked_from", String(12)),
    Column("made_status", String(12), nullable=False, server_default="available"),
    Column("x", Float), Column("y", Float),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", UtcTime, nullable=False), Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("ward_id", "bed_number"),
    UniqueConstraint("id", "patient_id"),
    ForeignKeyConstraint(["room_id", "ward_id"], ["rooms.id", "rooms.ward_id"], name="fk_ward_beds_room"),
    ForeignKeyConstraint(["id", "patient_id"], ["bed_stays.open_bed", "bed_stays.open_patient"],
                         name="fk_ward_beds_open_stay", deferrable=True, initially="DEFERRED", use_alter=True),
    _one_of("status", BedStatus),
    CheckConstraint("(status = 'occupied') = (patient_id IS NOT NULL)", name="occupied_with_patient"),
    CheckConstraint("(assigned_at IS NULL) = (patient_id IS NULL)", name="assigned_at"),
    CheckConstraint("patient_id IS NOT NULL OR (notes = '' AND NOT notes_shared)", name="notes_with_patient"),
    CheckConstraint("is_active OR status NOT IN ('occupied', 'reserved')", name="inactive_empty"),
    CheckConstraint("(held_until IS NOT NULL) = (held_for IS NOT NULL OR held_text <> '')", name="hold_with_end"),
    CheckConstraint("held_for IS NULL OR held_text = ''", name="hold_for_one"),
    CheckConstraint("status <> 'reserved' OR held_until IS NOT NULL", name="reserved_with_hold"),
    CheckConstraint("held_until IS NULL OR status IN ('reserved', 'cleaning')", name="hold_on_free_bed"),
    CheckConstraint("(status = 'maintenance') = (blocked_from IS NOT NULL)", name="blocked_from"),
    CheckConstraint("blocked_from IN ('available', 'cleaning')", name="blocked_from_state"),
    CheckConstraint("status = 'maintenance' OR block_reason = ''", name="block_reason"),
    CheckConstraint("made_status IN ('available', 'maintenance')", name="made_status"),
    CheckConstraint("length(bed_number) BETWEEN 1 AND 50", name="bed_number_length"),
    CheckConstraint("version >= 1", name="version"),
)

admissions = Table(
    "admissions", metadata,
    _id(),
    Column("patient_id", ForeignKey("patients.id"), nullable=False),
    Column("source", String(12), nullable=False),
    _text("source_text", 200),
    Column("complaint", Text, nullable=False, server_default=""),
    _text("needs", 300),
    Column("priority", String(12), nullable=False, server_default="routine"),
    _text("specialty", 60),
    Column("nurse_id", ForeignKey("users.id")), Column("doctor_id", ForeignKey("users.id")),
    Column("expected_leaving", Date),
    Column("feeds", String(8)),
    Column("admitted_at", UtcTime, nullable=False),
    Column("admitted_by", ForeignKey("users.id"), nullable=False),
    Column("waiting_ward", ForeignKey("wards.id")),
    Column("decided_at", UtcTime), Column("decided_by", ForeignKey("users.id")),
    Column("decided_outcome", String(16)),
    Column("discharged_at", UtcTime), Column("discharged_by", ForeignKey("users.id")),
    Column("outcome", String(16)),
    Column("note", Text, nullable=False, server_default=""),
    UniqueConstraint("id", "patient_id"),
    _one_of("source", Source), _one_of("priority", Priority), _one_of("feeds", Feeds), _one_of("outcome", Outcome),
    _one_of("decided_outcome", Outcome),
    CheckConstraint("(discharged_at IS NULL) = (outcome IS NULL)", name="discharged_with_outcome"),
    CheckConstraint("(decided_at IS NULL) = (decided_outcome IS NULL)", name="decided_with_outcome"),
    CheckConstraint("discharged_at >= admitted_at", name="discharged_after_admitted"),
    CheckConstraint("discharged_at IS NULL OR waiting_ward IS NULL", name="gone_not_waiting"),
    Index("uq_admissions_open", "patient_id", unique=True,
          sqlite_where=text("discharged_at IS NULL"), postgresql_where=text("discharged_at IS NULL")),
    Index("ix_admissions_waiting_ward", "waiting_ward",
          sqlite_where=text("waiting_ward IS NOT NULL"), postgresql_where=text("waiting_ward IS NOT NULL")),
    Index("ix_admissions_patient_id", "patient_id"),
)

bed_stays = Table(
    "bed_stays", metadata,
    _id(),
    Column("admission_id", Integer, nullable=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False),
    Column("bed_id", ForeignKey("ward_beds.id"), nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("started_by", ForeignKey("users.id"), nullable=False),
    Column("ended_by", ForeignKey("users.id")),
    Column("ended_why", String(12)),
    _text("why", 200),
    Column("notes", Text, nullable=False, server_default=""),
    _flag("notes_shared", False),
    Column("open_bed", Integer, Computed("CASE WHEN ended_at IS NULL THEN bed_id END", persisted=True), unique=True),
    Column("open_patient", Integer, Computed("CASE WHEN ended_at IS NULL THEN patient_id END", persisted=True),
           unique=True),
    UniqueConstraint("open_bed", "open_patient"),
    ForeignKeyConstraint(["admission_id", "patient_id"], ["admissions.id", "admissions.patient_id"],
                         name="fk_bed_stays_admission"),
    ForeignKeyConstraint(["open_bed", "open_patient"], ["ward_beds.id", "ward_beds.patient_id"],
                         name="fk_bed_stays_open_bed", deferrable=True, initially="DEFERRED"),
    CheckConstraint("ended_at >= started_at", name="end_after_start"),
    CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended_with_why"),
    CheckConstraint("ended_why IN ('moved', 'discharged', 'undone')", name="ended_why"),
    CheckConstraint("ended_at IS NOT NULL OR (notes = '' AND NOT notes_shared)", name="notes_when_ended"),
    Index("ix_bed_stays_bed_id", "bed_id", "started_at"),
    Index("ix_bed_stays_patient_id", "patient_id", "started_at"),
    Index("ix_bed_stays_admission_id", "admission_id"),
)

ward_staff = Table(
    "ward_staff", metadata,
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    PrimaryKeyConstraint("user_id", "ward_id"),
)

streams = Table(
    "streams", metadata,
    _id(),
    Column("kind", String(8), nullable=False),
    Column("ward_id", ForeignKey("wards.id"), unique=True),
    Column("station", String(64), unique=True),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("head", String(64), nullable=False, server_default="0" * 64),
    Column("last_time", UtcTime),
    CheckConstraint("kind IN ('ward', 'house', 'access')", name="kind"),
    CheckConstraint("(kind = 'ward') = (ward_id IS NOT NULL)", name="ward"),
    CheckConstraint("(kind = 'access') = (station IS NOT NULL)", name="station"),
    CheckConstraint("revision >= 0", name="revision"),
)

events = Table(
    "events", metadata,
    Column("stream_id", ForeignKey("streams.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("happened_at", UtcTime, nullable=False),
    Column("operation_id", String(36), nullable=False),
    Column("action", String(32), nullable=False),
    Column("actor_id", ForeignKey("users.id"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("station", String(64), nullable=False),
    Column("undoes", String(36)),
    Column("body", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("stream_id", "revision"),
    UniqueConstraint("operation_id", "stream_id"),
    _one_of("role", Role),
    CheckConstraint("revision >= 1", name="revision"),
    CheckConstraint("length(operation_id) = 36", name="operation_id"),
    CheckConstraint("happened_at <= time", name="happened_before"),
    Index("ix_events_undoes", "undoes",
          sqlite_where=text("undoes IS NOT NULL"), postgresql_where=text("undoes IS NOT NULL")),
    Index("ix_events_actor", "actor_id", "station", "time"),
)

event_subjects = Table(
    "event_subjects", metadata,
    Column("stream_id", Integer, nullable=False), Column("revision", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("patient_id", ForeignKey("patients.id"), index=True),
    Column("from_bed", ForeignKey("ward_beds.id"), index=True),
    Column("to_bed", ForeignKey("ward_beds.id"), index=True),
    PrimaryKeyConstraint("stream_id", "revision", "n"),
    ForeignKeyConstraint(["stream_id", "revision"], ["events.stream_id", "events.revision"],
                         name="fk_event_subjects_event"),
)

event_texts = Table(
    "event_texts", metadata,
    Column("stream_id", Integer, nullable=False), Column("revision", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("stream_id", "revision", "kind"),
    ForeignKeyConstraint(["stream_id", "revision"], ["events.stream_id", "events.revision"],
                         name="fk_event_texts_event"),
)

settings = Table(
    "settings", metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

schema_version = Table(
    "schema_version", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("min_reader", Integer, nullable=False),
    Column("min_writer", Integer, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("min_reader <= min_writer AND min_writer <= version", name="order"),
)
"""The schema's version, and the oldest schema a program may have been made for that still reads, and writes, here."""
