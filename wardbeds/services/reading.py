"""The reads the screens need: frozen values, redacted for the role that asks."""

from __future__ import annotations

from datetime import UTC, datetime

from wardbeds.domain.access import Permission, can_fully, require
from wardbeds.domain.beds import Bed, WardBoard, WardSummary, as_of, count
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.names import fold, similar_names
from wardbeds.domain.people import Actor, Duplicate, FoundPerson, StaffMember
from wardbeds.domain.requests import NewPerson
from wardbeds.domain.stays import AdmissionDetail, Details, HistoryLine
from wardbeds.services.redaction import redact_bed_lines, redact_board
from wardbeds.store import admission, board, history, search
from wardbeds.store.accounts import read_staff
from wardbeds.store.database import Store
from wardbeds.store.register import next_hospital_number as next_number


def list_wards(store: Store, actor: Actor) -> tuple[WardSummary, ...]:
    """Every active ward by name, with its counts. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    now = datetime.now(UTC)
    with store.reading() as connection:
        beds = board.read_beds(connection, board.ALL_BEDS)
        waiting = board.read_waiting(connection)
        wards = board.read_wards(connection)
    return tuple(
        WardSummary(ward, count([bed for bed in beds if bed.ward_id == ward.id], now),
                    sum(one.ward_id == ward.id for one in waiting))
        for ward in wards)


def read_board(store: Store, actor: Actor, ward_id: int) -> WardBoard:
    """One ward's board. Needs ``board:read``; raises Refused UNKNOWN ``ward``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        found = board.read_ward_board(connection, ward_id, datetime.now(UTC))
    if found is None:
        raise Refused(refuse(Code.UNKNOWN, "ward"))
    return redact_board(actor.role, found)


def kept_beds(store: Store, actor: Actor) -> dict[int, tuple[str, Bed]]:
    """For whom a bed is kept just now: by patient id the ward's name and the bed. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    now = datetime.now(UTC)
    with store.reading() as connection:
        beds = [as_of(bed, now) for bed in board.read_beds(connection, board.KEPT_BEDS)]
        names = {ward.id: ward.name for ward in board.read_wards(connection)}
    return {bed.hold.person.patient_id: (names.get(bed.ward_id, ""), bed) for bed in beds
            if bed.hold is not None and bed.hold.person is not None}


def search_people(store: Store, actor: Actor, text: str, limit: int = 20) -> tuple[FoundPerson, ...]:
    """People by name in any order, number or phone, the likeliest first. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        return tuple(search.search(connection, text, limit))


def find_similar(store: Store, actor: Actor, new: NewPerson) -> tuple[Duplicate, ...]:
    """Registered people that ``new`` could be: the same number or national id, or a similar name and birth year.

    A year that comes from a guess at the age may be two years off. Needs ``admission:create``. Who has a number or id
    of ``new`` comes first, then the likeliest; five at most.
    """
    require(actor.role, Permission.ADMISSION_CREATE)
    letters = {name[0] for name in (fold(new.last_name), fold(new.first_name)) if name}
    spread = 2 if new.birth_estimated else 1
    born = new.date_of_birth
    years = set(range(born.year - spread, born.year + spread + 1)) if born is not None else set()
    with store.reading() as connection:
        owners = search.owners(connection, new.hospital_number, new.national_id)
        near = search.people_near(connection, set() if years else letters, years)
    known = {one.person.patient_id for one in owners.values()}
    similar = [one for one in near if similar_names(one.person, new) and one.person.patient_id not in known]
    similar.sort(key=lambda one: (fold(one.person.last_name) != fold(new.last_name),
                                  fold(one.person.first_name) != fold(new.first_name), one.person.patient_id))
    return (*(Duplicate(one, field) for field, one in owners.items()), *map(Duplicate, similar))[:5]


def read_admission(store: Store, actor: Actor, patient_id: int) -> AdmissionDetail:
    """A person's open admission. Needs ``board:read``; raises Refused STATE ``already_gone``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        found = admission.read_admission(connection, patient_id)
    if found is None:
        raise Refused(refuse(Code.STATE, "already_gone"))
    return admission.without_notes(found) if not can_fully(actor.role, Permission.NOTES_READ) else found


def read_details(store: Store, actor: Actor, bed_id: int | None, patient_id: int | None,
                 limit: int = 30) -> Details:
    """What the details of a bed and its occupant, or of a waiting patient, show. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        found = admission.read_admission(connection, patient_id) if patient_id is not None else None
        person = history.person_history(connection, patient_id, limit) if patient_id is not None else ()
        bed = history.bed_history(connection, bed_id, limit) if bed_id is not None else ()
    if found is not None and not can_fully(actor.role, Permission.NOTES_READ):
        found = admission.without_notes(found)
    return Details(found, person, redact_bed_lines(bed))


def next_hospital_number(store: Store, actor: Actor) -> str:
    """The number a new person would get. Needs ``admission:create``."""
    require(actor.role, Permission.ADMISSION_CREATE)
    with store.reading() as connection:
        return next_number(connection)


def list_staff(store: Store, actor: Actor, ward_id: int | None = None) -> tuple[StaffMember, ...]:
    """Members of staff, of one ward if given. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        return tuple(read_staff(connection, ward_id))


def bed_history(store: Store, actor: Actor, bed_id: int, limit: int = 50) -> tuple[HistoryLine, ...]:
    """What happened to a bed, the latest first. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        return redact_bed_lines(history.bed_history(connection, bed_id, limit))


def person_history(store: Store, actor: Actor, patient_id: int, limit: int = 50) -> tuple[HistoryLine, ...]:
    """What happened to a person, the latest first. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    with store.reading() as connection:
        return history.person_history(connection, patient_id, limit)
