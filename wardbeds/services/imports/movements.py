"""The rows of movements.csv: each goes through the service that a nurse uses, judged by its own time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from wardbeds.domain.access import Permission, require
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code, Refusal, Refused, first_of, refuse
from wardbeds.domain.people import Actor
from wardbeds.domain.placement import SoftWarning
from wardbeds.domain.requests import AdmitPatient, SeenBed
from wardbeds.domain.stays import DISCHARGE_OUTCOMES, Outcome, read_source
from wardbeds.domain.times import to_text
from wardbeds.services import bed_states
from wardbeds.services.admitting import admit
from wardbeds.services.imports import checks
from wardbeds.services.imports.reading import Record
from wardbeds.services.leaving import discharge
from wardbeds.services.placing import place_in_bed
from wardbeds.store.places import Place
from wardbeds.store.transaction import Transaction
from wardbeds.store.work import Work

ACTIONS = {"admit": "admitted", "assign": "assigned", "move": "moved", "discharge": "discharged", "clean": "cleaned",
           "block": "blocked", "unblock": "unblocked", "reserve": "held", "release_hold": "hold_released"}

_COLUMNS = {"person": "hospital_number", "happened_at": "at"}
"""What the services' requests call otherwise than the file."""

_NEEDS = {
    "admit": ("hospital_number", "ward"), "assign": ("hospital_number", "ward", "bed_number"),
    "move": ("hospital_number", "ward", "bed_number"), "discharge": ("hospital_number", "detail"),
    "clean": ("ward", "bed_number"), "block": ("ward", "bed_number", "detail"), "unblock": ("ward", "bed_number"),
    "reserve": ("hospital_number", "ward", "bed_number", "detail"), "release_hold": ("ward", "bed_number"),
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement, read; what it names is known."""

    record: Record
    at: datetime
    event: str
    operation_id: UUID
    patient_id: int | None
    ward_id: int | None
    bed_id: int | None
    until: datetime | None = None


@dataclass(slots=True)
class Known:
    """What the house holds, by the keys of the files."""

    wards: dict[str, int] = field(default_factory=dict)
    beds: dict[tuple[str, str], int] = field(default_factory=dict)
    patients: dict[str, int] = field(default_factory=dict)


def operation_id(at: datetime, record: Record) -> UUID:
    """The same row has the same operation id, wherever and whenever it is imported (DESIGN 8)."""
    parts = [to_text(at), *(record.get(name) for name in ("event", "hospital_number", "ward", "bed_number", "detail"))]
    return uuid5(NAMESPACE_URL, "wardbeds:movement:" + "\x1f".join(parts))


def read_movement(record: Record, known: Known, now: datetime, zone: ZoneInfo) -> Movement:
    """Read a record. Raises Refused with the first fault: VALUE before UNKNOWN."""
    record.check()
    event = checks.one_of(record, "event", ACTIONS, required=True)
    at = checks.moment(record, "at", zone)
    if at > now:
        raise Refused(refuse(Code.VALUE, "future", field="at"))
    for column in _NEEDS[event]:
        if not record.get(column):
            raise Refused(refuse(Code.VALUE, "required", field=column))
    until = _read_detail(record, event, at, zone)
    number, ward, bed = record.get("hospital_number"), record.get("ward"), record.get("bed_number")
    faults = []
    if number and number not in known.patients:
        faults.append(refuse(Code.UNKNOWN, "person", field="hospital_number"))
    if ward and ward not in known.wards:
        faults.append(refuse(Code.UNKNOWN, "ward", field="ward"))
    elif bed and (ward, bed) not in known.beds:
        faults.append(refuse(Code.UNKNOWN, "bed", field="bed_number"))
    fault = first_of(faults)
    if fault is not None:
        raise Refused(fault)
    return Movement(record, at, event, operation_id(at, record), known.patients.get(number), known.wards.get(ward),
                    known.beds.get((ward, bed)) if bed else None, until)


def _read_detail(record: Record, event: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Check what the detail must be for this event; returns the end of a hold."""
    if event == "discharge":
        checks.one_of(record, "detail", DISCHARGE_OUTCOMES, required=True)
    checks.text(record, "detail", 200)
    if event != "reserve":
        return None
    until = checks.moment(record, "detail", zone)
    if until <= at:
        raise Refused(refuse(Code.VALUE, "until_past", field="detail"))
    return until


def apply(transaction: Transaction, actor: Actor, movement: Movement) -> tuple[SoftWarning, ...]:
    """Carry out a movement inside a transaction; returns the warnings that it would have met. Raises Refused."""
    try:
        return _apply(transaction, actor, movement)
    except Refused as error:
        raise Refused(in_columns(error.refusal)) from error


def _apply(transaction: Transaction, actor: Actor, movement: Movement) -> tuple[SoftWarning, ...]:
    require(transaction.role or actor.role, Permission.DATA_IMPORT)
    work = Work(transaction, actor, movement.operation_id, ACTIONS[movement.event], movement.at, imported=True)
    warnings = _carry_out(work, movement)
    work.finish()
    return warnings


def in_columns(refusal: Refusal) -> Refusal:
    """The refusal of a service, its field as the file names it."""
    return replace(refusal, field=_COLUMNS.get(refusal.field or "", refusal.field))


def _seen(bed_id: int | None) -> SeenBed:
    """A row of a file saw nothing."""
    return SeenBed(bed_id=bed_id or 0, version=0, status=BedStatus.AVAILABLE)


def _carry_out(work: Work, movement: Movement) -> tuple[SoftWarning, ...]:
    detail, seen = movement.record.get("detail"), _seen(movement.bed_id)
    patient_id = movement.patient_id or 0
    match movement.event:
        case "admit":
            source, source_text = read_source(detail)
            return admit(work, patient_id, AdmitPatient(
                person=patient_id, ward_id=movement.ward_id or 0, bed=seen if movement.bed_id else None,
                source=source, source_text=source_text))
        case "assign" | "move":
            return place_in_bed(work, patient_id, seen, moving=movement.event == "move")
        case "discharge":
            discharge(work, patient_id, Outcome(detail), None, faults=lambda place: _not_as_seen(work, movement, place))
        case "clean":
            bed_states.clean(work, seen)
        case "block":
            bed_states.block(work, seen, detail)
        case "unblock":
            bed_states.unblock(work, seen)
        case "reserve":
            bed_states.hold(work, seen, patient_id, "", movement.until or movement.at)
        case "release_hold":
            bed_states.release(work, seen)
    return ()


def _not_as_seen(work: Work, movement: Movement, place: Place) -> list[Refusal]:
    """STALE where the ward or bed given with a discharge is not where the person is; names the column that differs."""
    ward_id = place.waiting_ward if place.bed_id is None else work.bed(place.bed_id).ward_id
    if movement.ward_id not in (None, ward_id):
        return [refuse(Code.STALE, "patient_moved", field="ward")]
    if movement.bed_id not in (None, place.bed_id):
        return [refuse(Code.STALE, "patient_moved", field="bed_number")]
    return []
