"""What races found, each told again in the order that made it happen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text, update

from tests.conftest import Servers
from tests.services.test_actions import admit, refused
from tests.support.hospital import Hospital, make_hospital
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    DecideDischarge,
    DischargePatient,
    EditAdmission,
    MergePeople,
    RemoveWaiting,
    ReopenAdmission,
    SeenBed,
    SeenPlace,
    UndoAction,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services import admitting, bed_states, editing, leaving, mending, reading, undoing, ward_setup
from wardbeds.store.check import check
from wardbeds.store.database import Again, Store
from wardbeds.store.history import read_body
from wardbeds.store.tables import patients
from wardbeds.store.transaction import Transaction


def _discharge(hospital: Hospital, person: int, bed: str) -> DischargePatient:
    request = DischargePatient(patient_id=hospital.people[person], seen=SeenPlace(bed_id=hospital.beds[bed]),
                               outcome=Outcome.IMPROVED)
    leaving.discharge_patient(hospital.store, hospital.nurse, request)
    return request


def _reopen(hospital: Hospital) -> None:
    mending.reopen_admission(hospital.store, hospital.admin, ReopenAdmission(
        patient_id=hospital.people[0], ward_id=hospital.wards["North"], reason="wrong person"))


def test_a_reopened_patient_waits_where_the_bed_is_out_of_use(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    _discharge(hospital, 0, "N-1")
    layout = ward_setup.read_ward_layout(hospital.store, hospital.admin, hospital.wards["North"])
    rooms = tuple(room.model_copy(update={"numbers": tuple(one for one in room.numbers if one != "N-1")})
                  for room in layout.rooms)
    ward_setup.set_up_ward(hospital.store, hospital.admin, layout.model_copy(update={"rooms": rooms}))
    _reopen(hospital)
    assert [one.person.patient_id for one in hospital.board("North").waiting] == [hospital.people[0]]


def test_a_reopened_admission_is_not_decided(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    leaving.decide_discharge(hospital.store, hospital.nurse, DecideDischarge(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=Outcome.IMPROVED))
    _discharge(hospital, 0, "N-1")
    _reopen(hospital)
    occupant = hospital.bed("N-1").occupant
    assert occupant is not None
    assert occupant.decided_at is None


def test_a_discharge_is_not_undone_for_a_record_that_was_merged_since(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    left = _discharge(hospital, 0, "N-1")
    admit(hospital, 1, "N-2")
    mending.merge_people(hospital.store, hospital.nurse, MergePeople(
        unknown_id=hospital.people[1], known_id=hospital.people[0]))
    _discharge(hospital, 1, "N-2")
    assert refused(undoing.undo_action, hospital.store, hospital.nurse, UndoAction(undoes=left.operation_id)) == (
        Code.STATE, "patient_moved_since")
    with hospital.store.reading() as connection:
        assert not check(connection)


def test_who_asks_for_a_merged_record_reaches_the_person(hospital: Hospital) -> None:
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.FEMALE), ward_id=hospital.wards["North"]))
    waiting = hospital.board().waiting[0]
    mending.merge_people(hospital.store, hospital.nurse, MergePeople(
        unknown_id=waiting.person.patient_id, known_id=hospital.people[0]))
    editing.edit_admission(hospital.store, hospital.nurse, EditAdmission(
        patient_id=hospital.people[0], admission_id=waiting.admission_id, complaint="cough"))
    detail = reading.read_admission(hospital.store, hospital.nurse, waiting.person.patient_id)
    assert detail.complaint == "cough"


def test_an_admission_that_is_taken_back_leaves_nothing_decided(hospital: Hospital) -> None:
    request = AdmitPatient(person=hospital.people[0], ward_id=hospital.wards["North"])
    admitting.admit_patient(hospital.store, hospital.nurse, request)
    leaving.decide_discharge(hospital.store, hospital.nurse, DecideDischarge(
        patient_id=hospital.people[0], seen=SeenPlace(ward_id=hospital.wards["North"]), outcome=Outcome.IMPROVED))
    done = undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=request.operation_id))
    with hospital.store.reading() as connection:
        found = read_body(connection, str(done.operation_id))
    assert found is not None
    assert found[0]["people"][0]["after"]["decided"] is None


def _waits_and_leaves(hospital: Hospital) -> DischargePatient:
    """The first person waits in North and is discharged from the list."""
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"]))
    request = DischargePatient(patient_id=hospital.people[0], outcome=Outcome.IMPROVED,
                               seen=SeenPlace(ward_id=hospital.wards["North"]))
    leaving.discharge_patient(hospital.store, hospital.nurse, request)
    return request


def test_a_discharge_is_not_undone_after_she_came_and_left_again(hospital: Hospital) -> None:
    """She is as absent as the discharge left her, but by somebody else's decision."""
    left = _waits_and_leaves(hospital)
    _reopen(hospital)
    leaving.remove_waiting(hospital.store, hospital.admin, RemoveWaiting(
        patient_id=hospital.people[0], seen=SeenPlace(ward_id=hospital.wards["North"]), reason="went home"))
    assert refused(undoing.undo_action, hospital.store, hospital.nurse, UndoAction(undoes=left.operation_id)) == (
        Code.STATE, "patient_moved_since")
    assert not hospital.board().waiting


def test_a_discharge_is_undone_after_a_new_admission_was_taken_back(hospital: Hospital) -> None:
    left = _waits_and_leaves(hospital)
    again = AdmitPatient(person=hospital.people[0], ward_id=hospital.wards["South"])
    admitting.admit_patient(hospital.store, hospital.nurse, again)
    for operation in (again.operation_id, left.operation_id):
        undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=operation))
    assert [one.person.patient_id for one in hospital.board("North").waiting] == [hospital.people[0]]


def test_a_decision_is_not_undone_that_somebody_else_made_anew(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    decide = DecideDischarge(patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]),
                             outcome=Outcome.IMPROVED)
    leaving.decide_discharge(hospital.store, hospital.nurse, decide)
    _discharge(hospital, 0, "N-1")
    _reopen(hospital)
    leaving.decide_discharge(hospital.store, hospital.admin, DecideDischarge(
        patient_id=hospital.people[0], seen=decide.seen, outcome=Outcome.REFERRED))
    assert refused(undoing.undo_action, hospital.store, hospital.nurse, UndoAction(undoes=decide.operation_id)) == (
        Code.STATE, "patient_moved_since")


def test_who_lay_elsewhere_since_is_reopened_on_the_list(hospital: Hospital) -> None:
    """Her second admission ended on the list and counts as cancelled; what she lay in a bed in it does not go away."""
    admit(hospital, 0, "N-1")
    _discharge(hospital, 0, "N-1")
    admit(hospital, 0, "N-2")
    _discharge(hospital, 0, "N-2")
    bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(hospital.bed("N-2")), reason="works"))
    _reopen(hospital)
    leaving.remove_waiting(hospital.store, hospital.nurse, RemoveWaiting(
        patient_id=hospital.people[0], seen=SeenPlace(ward_id=hospital.wards["North"]), reason="went home"))
    _reopen(hospital)
    assert [one.person.patient_id for one in hospital.board("North").waiting] == [hospital.people[0]]
    with hospital.store.reading() as connection:
        assert not check(connection)


WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def _somebody_waits(store: Store) -> bool:
    with store.reading() as connection:
        return bool(connection.scalar(WAITING))


def test_who_was_merged_while_one_waited_for_her_is_locked_as_well(servers: Servers) -> None:
    """Else a bed is kept for the surviving record while somebody else discharges it."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    gone, survivor = make_hospital(store).people[:2]

    def act() -> int:
        with store.writing() as connection:
            transaction = Transaction(connection)
            transaction.lock(patients=[gone])
            return transaction.place(gone).patient_id

    with ThreadPoolExecutor() as pool:
        with store.writing() as merging:
            Transaction(merging).lock(patients=[gone, survivor])
            merging.execute(update(patients).where(patients.c.id == gone).values(merged_into=survivor))
            waiting = pool.submit(act)
            while not _somebody_waits(store):
                assert not waiting.done()
        with pytest.raises(Again):
            waiting.result()
    assert act() == survivor
    store.close()
