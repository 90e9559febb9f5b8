"""Services: rights, times, notes, identity, undo and look-back, each on every engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import ProfileStatus, Role, Sex
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import (
    AdmitPatient,
    DecideDischarge,
    DischargePatient,
    EditAdmission,
    EditIdentity,
    EditNotes,
    EditRemark,
    HoldBed,
    MarkClean,
    NewPerson,
    Override,
    PlacePatient,
    ReleaseHold,
    SeenBed,
    SeenPlace,
    UndoAction,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.services import accounts, admitting, bed_states, editing, leaving, passwords, placing, reading, undoing
from wardbeds.services.exporting import export_board
from wardbeds.store.check import check
from wardbeds.store.history import touches_with_lines


def refused(service: object, *arguments: object) -> tuple[Code, str]:
    with pytest.raises(Refused) as error:
        service(*arguments)  # type: ignore[operator]
    return error.value.refusal.code, error.value.refusal.detail


def admit(hospital: Hospital, person: int, bed: str | None = None, **more: object) -> None:
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[person], ward_id=hospital.wards["North"],
        bed=SeenBed.of(hospital.bed(bed)) if bed else None, **more))


def place(hospital: Hospital, person: int, seen: SeenPlace, bed: str, **more: object) -> PlacePatient:
    return PlacePatient(patient_id=hospital.people[person], seen=seen, bed=SeenBed.of(hospital.bed(bed)),
                        **more)


def test_notes_travel_and_never_reach_the_next_patient(hospital: Hospital) -> None:
    """H16: moved with the patient, kept with the stay, cleared from the bed in the same transaction."""
    admit(hospital, 0, "N-1")
    editing.edit_notes(hospital.store, hospital.nurse, EditNotes(
        bed=SeenBed.of(hospital.bed("N-1")), patient_id=hospital.people[0], seen_notes="",
        seen_shared=False, notes="fasting", shared=True))
    placing.place_patient(hospital.store, hospital.nurse, place(
        hospital, 0, SeenPlace(bed_id=hospital.beds["N-1"]), "S-1"))
    moved = hospital.bed("S-1").occupant
    assert moved is not None
    assert (moved.notes, moved.notes_shared) == ("fasting", True)
    admit(hospital, 1, "N-2")
    leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["S-1"]), outcome=Outcome.IMPROVED))
    placing.place_patient(hospital.store, hospital.nurse, place(
        hospital, 1, SeenPlace(bed_id=hospital.beds["N-2"]), "S-1"))
    assert "fasting" not in str(export_board(hospital.store, hospital.admin))
    then = export_board(hospital.store, hospital.admin, at=moved.since + timedelta(microseconds=1))
    assert next(bed for bed in then["wards"][1]["beds"] if bed["bed_number"] == "S-1")["notes"] == "fasting"
    assert hospital.bed("S-1", hospital.support).occupant.notes == ""  # type: ignore[union-attr]


def test_a_note_for_somebody_who_left_is_stale(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    seen = SeenBed.of(hospital.bed("N-1"))
    leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=Outcome.IMPROVED))
    assert refused(editing.edit_notes, hospital.store, hospital.nurse, EditNotes(
        bed=seen, patient_id=hospital.people[0], seen_notes="", seen_shared=False, notes="x"))[0] is Code.STALE


def test_a_hold_that_was_never_seen_is_not_released(hospital: Hospital) -> None:
    def hold(**what: Any) -> None:
        bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
            bed=SeenBed.of(hospital.bed("N-1")), until=datetime.now(UTC) + timedelta(hours=1), **what))

    def release(seen: SeenBed) -> None:
        bed_states.release_hold(hospital.store, hospital.nurse, ReleaseHold(bed=seen))

    hold(text="surgery")
    seen = SeenBed.of(hospital.bed("N-1"))
    release(seen)
    hold(patient_id=hospital.people[0])
    assert refused(bed_states.release_hold, hospital.store, hospital.nurse, ReleaseHold(bed=seen))[0] is Code.STALE
    held = hospital.bed("N-1").hold
    assert held is not None
    assert held.person is not None
    release(SeenBed.of(hospital.bed("N-1")))
    assert hospital.bed("N-1").hold is None


def test_words_that_changed_meanwhile_are_not_overwritten(hospital: Hospital) -> None:
    """The one who comes second is told, reads what stands there now, and writes again."""
    admit(hospital, 0, "N-1")
    seen = hospital.bed("N-1")

    def remark(said: str, words: str) -> EditRemark:
        return EditRemark(bed=SeenBed.of(seen), seen_remark=said, remark=words)

    def notes(said: str, words: str, *, shared: bool = False) -> EditNotes:
        return EditNotes(bed=SeenBed.of(seen), patient_id=hospital.people[0], seen_notes=said, seen_shared=shared,
                         notes=words)

    ways: list[tuple[Any, Any, str]] = [(editing.edit_remark, remark, "remark_changed"),
                                        (editing.edit_notes, notes, "notes_changed")]
    for service, make, detail in ways:
        service(hospital.store, hospital.nurse, make("", "first"))
        assert refused(service, hospital.store, hospital.nurse, make("", "second")) == (Code.STALE, detail)
        service(hospital.store, hospital.nurse, make("first", "first, second"))
    assert refused(editing.edit_notes, hospital.store, hospital.nurse, notes("first, second", "x", shared=True)) == (
        Code.STALE, "notes_changed")
    bed = hospital.bed("N-1")
    assert (bed.remark, bed.occupant.notes) == ("first, second", "first, second")  # type: ignore[union-attr]


def test_support_staff(hospital: Hospital) -> None:
    """May place where nothing is warned, mark clean and free; not admit, hold, discharge, transfer."""
    admit(hospital, 0)
    admit(hospital, 1)
    seen = SeenPlace(ward_id=hospital.wards["North"])
    placing.place_patient(hospital.store, hospital.support, place(hospital, 0, seen, "N-3"))
    warned = place(hospital, 1, seen, "N-4", override=Override(warnings=(Warned.SEX,), reason="x"))
    assert refused(placing.place_patient, hospital.store, hospital.support, warned) == (Code.ROLE, "needs_nurse")
    assert refused(placing.place_patient, hospital.store, hospital.support, place(
        hospital, 1, seen, "S-1")) == (Code.ROLE, "other_ward")
    for service, request in (
            (admitting.admit_patient, AdmitPatient(person=hospital.people[2], ward_id=hospital.wards["North"])),
            (bed_states.hold_bed, HoldBed(bed=SeenBed.of(hospital.bed("N-1")), text="x",
                                          until=datetime.now(UTC) + timedelta(hours=1))),
            (leaving.discharge_patient, DischargePatient(
                patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-3"]),
                outcome=Outcome.IMPROVED))):
        assert refused(service, hospital.store, hospital.support, request)[0] is Code.ROLE


def test_a_warning_needs_its_reason(hospital: Hospital) -> None:
    admit(hospital, 0, "N-3")
    admit(hospital, 1)
    seen = SeenPlace(ward_id=hospital.wards["North"])
    request = place(hospital, 1, seen, "N-4")
    assert refused(placing.place_patient, hospital.store, hospital.nurse, request) == (Code.VALUE, "needs_reason")
    override = Override(warnings=(Warned.SEX,), reason="no other bed")
    placing.place_patient(hospital.store, hospital.nurse, place(hospital, 1, seen, "N-4", override=override))
    line = reading.bed_history(hospital.store, hospital.nurse, hospital.beds["N-4"])[0]
    assert (line.action, line.reason) == ("assigned", "no other bed")


def test_back_dating(hospital: Hospital) -> None:
    now = datetime.now(UTC)
    request = {"person": hospital.people[0], "ward_id": hospital.wards["North"]}
    for actor, hours, wanted in ((hospital.nurse, 25, (Code.ROLE, "too_late")), (hospital.nurse, -1, (Code.VALUE, "future")),
                                 (hospital.admin, 24 * 8, (Code.ROLE, "too_late"))):
        assert refused(admitting.admit_patient, hospital.store, actor, AdmitPatient(
            **request, happened_at=now - timedelta(hours=hours))) == wanted
    at = now - timedelta(hours=5)
    admit(hospital, 0, "N-1", happened_at=at)
    occupant = hospital.bed("N-1").occupant
    assert occupant is not None
    assert occupant.since == at
    early = DischargePatient(patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]),
                             outcome=Outcome.IMPROVED, happened_at=at - timedelta(minutes=1))
    assert refused(leaving.discharge_patient, hospital.store, hospital.nurse, early) == (Code.STATE, "later_happening")


def test_identity_is_corrected_everywhere(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    wrong = EditIdentity(patient_id=hospital.people[0], seen_hospital_number="T-009", last_name="X")
    assert refused(editing.edit_identity, hospital.store, hospital.nurse, wrong) == (Code.STALE, "person_changed")
    taken = EditIdentity(patient_id=hospital.people[0], seen_hospital_number="T-001", hospital_number="T-002")
    assert refused(editing.edit_identity, hospital.store, hospital.nurse, taken) == (Code.DUP, "hospital_number")
    done = editing.edit_identity(hospital.store, hospital.nurse, EditIdentity(
        patient_id=hospital.people[0], seen_hospital_number="T-001", last_name="Uwamahoro",
        date_of_birth=date(1988, 5, 14)))
    assert done.updates[0].beds[0].occupant.person.last_name == "Uwamahoro"  # type: ignore[union-attr]
    assert reading.search_people(hospital.store, hospital.nurse, "uwamahoro")[0].bed_number == "N-1"
    assert refused(editing.edit_identity, hospital.store, hospital.support, wrong)[0] is Code.ROLE


def test_admission_is_edited(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    leaving = datetime.now(UTC).date() + timedelta(days=3)
    detail = reading.read_admission(hospital.store, hospital.nurse, hospital.people[0])
    editing.edit_admission(hospital.store, hospital.nurse, EditAdmission(
        patient_id=hospital.people[0], admission_id=detail.admission_id, needs=("oxygen",),
        expected_leaving=leaving, attendant_name="Aline", nurse_id=hospital.nurse.user_id))
    again = reading.read_admission(hospital.store, hospital.nurse, hospital.people[0])
    assert (again.needs, again.expected_leaving, again.attendant_name) == (("oxygen",), leaving, "Aline")
    assert again.nurse_name == "Nurse Test"
    assert again.source == detail.source
    editing.edit_remark(hospital.store, hospital.support, EditRemark(
        bed=SeenBed.of(hospital.bed("N-1")), seen_remark="", remark="x"))
    assert hospital.bed("N-1").remark == "x"


def test_a_changed_remark_makes_nothing_stale(hospital: Hospital) -> None:
    """A false "changed by someone else" costs trust: only state and occupant count."""
    admit(hospital, 0)
    request = place(hospital, 0, SeenPlace(ward_id=hospital.wards["North"]), "N-1")
    editing.edit_remark(hospital.store, hospital.support, EditRemark(
        bed=SeenBed.of(hospital.bed("N-1")), seen_remark="", remark="x"))
    placing.place_patient(hospital.store, hospital.nurse, request)
    assert hospital.bed("N-1").patient_id == hospital.people[0]


def test_registering_looks_for_the_same_person(hospital: Hospital) -> None:
    new = NewPerson(last_name="Uwimana", first_name="Klaire", sex=Sex.FEMALE, date_of_birth=date(1981, 6, 1))
    found = reading.find_similar(hospital.store, hospital.nurse, new)
    assert [(one.found.person.hospital_number, one.taken) for one in found] == [("T-001", "")]
    assert reading.next_hospital_number(hospital.store, hospital.nurse) == "CHB-000001"
    taken = NewPerson(last_name="Uwase", sex=Sex.FEMALE, hospital_number="T-001")
    assert refused(admitting.admit_patient, hospital.store, hospital.nurse, AdmitPatient(
        person=taken, ward_id=hospital.wards["North"])) == (Code.DUP, "hospital_number")


def test_undo_is_mine_and_only_while_nothing_changed(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    mine = undoing.last_action(hospital.store, hospital.nurse)
    assert mine is not None
    assert refused(undoing.undo_action, hospital.store, hospital.admin,
                   UndoAction(undoes=mine.operation_id)) == (Code.STATE, "cannot_undo")
    undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=mine.operation_id))
    assert hospital.bed("N-1").status is BedStatus.AVAILABLE
    assert undoing.last_action(hospital.store, hospital.nurse) is None
    assert refused(undoing.undo_action, hospital.store, hospital.nurse,
                   UndoAction(undoes=mine.operation_id)) == (Code.STATE, "nothing_to_undo")
    admit(hospital, 0, "N-1")
    with hospital.store.reading() as connection:
        assert check(connection) == []


def test_an_undone_stay_is_left_out_of_the_past(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    between = datetime.now(UTC)
    mine = undoing.last_action(hospital.store, hospital.nurse)
    assert mine is not None
    undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=mine.operation_id))
    then = export_board(hospital.store, hospital.admin, at=between)
    assert all(bed["patient"] is None for ward in then["wards"] for bed in ward["beds"])


def test_a_child_born_after_midnight_is_admitted_before_it_is_day_in_greenwich(hospital: Hospital) -> None:
    """Half past one in the night of Kigali is still yesterday in UTC."""
    now = datetime.now(UTC)
    night = now.replace(hour=23, minute=30) - timedelta(days=now.time() < time(23, 30))
    today = (night + timedelta(hours=2)).date()
    for born, refusal in ((today, None), (today + timedelta(days=1), (Code.VALUE, "future"))):
        request = AdmitPatient(person=NewPerson(last_name="Uwase", sex=Sex.FEMALE, date_of_birth=born),
                               ward_id=hospital.wards["North"], happened_at=night)
        if refusal:
            assert refused(admitting.admit_patient, hospital.store, hospital.nurse, request) == refusal
        else:
            admitting.admit_patient(hospital.store, hospital.nurse, request)
    child = hospital.board().waiting[0].person
    late = EditIdentity(patient_id=child.patient_id, seen_hospital_number=child.hospital_number,
                        date_of_birth=today, happened_at=night)
    editing.edit_identity(hospital.store, hospital.nurse, late)


def test_a_death_is_not_undone(hospital: Hospital) -> None:
    admit(hospital, 0, "N-1")
    done = leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=Outcome.DECEASED))
    assert refused(undoing.undo_action, hospital.store, hospital.nurse,
                   UndoAction(undoes=done.operation_id)) == (Code.STATE, "cannot_undo")


@pytest.mark.parametrize(("outcome", "undoable"), [(Outcome.DECEASED, False), (Outcome.IMPROVED, True)])
def test_what_cannot_be_undone_is_not_offered(hospital: Hospital, outcome: Outcome, undoable: bool) -> None:
    """Whoever did it learns so at once; whoever reads it again, and the other stations, from the event."""
    admit(hospital, 0, "N-1")
    done = leaving.discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]), outcome=outcome))
    read = undoing.last_action(hospital.store, hospital.nurse)
    with hospital.store.reading() as connection:
        lines = touches_with_lines(connection, hospital.wards["North"], 0, 1000)[1]
    for line in (done.action, read, lines[str(done.operation_id)]):
        assert line is not None
        assert (line.undoable, line.death) == (undoable, not undoable)


def test_a_death_is_not_decided_beforehand(hospital: Hospital) -> None:
    """It would be recorded unasked, with another time, by whoever frees the bed later."""
    admit(hospital, 0, "N-1")
    who = {"patient_id": hospital.people[0], "seen": SeenPlace(bed_id=hospital.beds["N-1"])}
    assert refused(leaving.decide_discharge, hospital.store, hospital.nurse,
                   DecideDischarge(outcome=Outcome.DECEASED, **who)) == (Code.VALUE, "death_decided")
    occupant = hospital.bed("N-1").occupant
    assert occupant is not None and occupant.decided_at is None
    leaving.decide_discharge(hospital.store, hospital.nurse, DecideDischarge(outcome=Outcome.STABLE, **who))


def test_an_expired_hold_is_recorded_by_the_next_writer(hospital: Hospital) -> None:
    until = datetime.now(UTC) - timedelta(hours=1)
    bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(hospital.bed("N-1")), patient_id=hospital.people[2], until=until,
        happened_at=until - timedelta(hours=1)))
    assert export_board(hospital.store, hospital.admin)["wards"][0]["counts"]["available"] == 4
    admit(hospital, 0, "N-1")
    actions = [line.action for line in reading.bed_history(hospital.store, hospital.nurse, hospital.beds["N-1"])]
    assert [one for one in actions if one != "bed_added"] == ["admitted", "hold_ended", "held"]


@pytest.mark.parametrize("status", [status for status in ProfileStatus if status is not ProfileStatus.ACTIVE])
def test_sign_in_by_state(hospital: Hospital, status: ProfileStatus) -> None:
    system = accounts.system_actor("tests")
    accounts.add_user(hospital.store, system, accounts.NewUser("eve", Role.MEDICAL_STAFF, status=status,
                                                               password=PASSWORD))
    code, detail = refused(accounts.sign_in, hospital.store, "eve", PASSWORD, "s")
    assert code is Code.ROLE
    assert detail == {"suspended": "suspended", "pending_verification": "pending"}.get(status, "inactive")
    assert refused(accounts.sign_in, hospital.store, "eve", "wrong", "s") == (Code.ROLE, "wrong_sign_in")


def test_a_pending_account_sets_its_password_with_the_code(hospital: Hospital) -> None:
    system = accounts.system_actor("tests")
    code = accounts.add_user(hospital.store, system, accounts.NewUser("eve", Role.MEDICAL_STAFF))
    assert code is not None
    assert refused(accounts.sign_in, hospital.store, "eve", "anything", "s") == (Code.ROLE, "pending")
    assert refused(accounts.set_first_password, hospital.store, "eve", "WRONGONE", PASSWORD, "s") == (
        Code.ROLE, "wrong_code")
    assert refused(accounts.set_first_password, hospital.store, "eve", code, "eve", "s") == (Code.VALUE, "weak_password")
    actor = accounts.set_first_password(hospital.store, "eve", code, PASSWORD, "s")
    assert actor.username == "eve"
    assert refused(accounts.set_first_password, hospital.store, "eve", code, PASSWORD, "s") == (Code.ROLE, "wrong_code")


def test_an_active_account_without_a_password_can_use_its_code(hospital: Hospital) -> None:
    code = accounts.add_user(hospital.store, accounts.system_actor("tests"), accounts.NewUser(
        "eve", Role.MEDICAL_STAFF, status=ProfileStatus.ACTIVE))
    assert code is not None
    assert accounts.set_first_password(hospital.store, "eve", code, PASSWORD, "s").username == "eve"


@pytest.mark.parametrize("status", [ProfileStatus.SUSPENDED, ProfileStatus.INACTIVE])
def test_a_new_password_opens_no_account_that_was_shut(hospital: Hospital, status: ProfileStatus) -> None:
    """Neither a password nor a code; opened again by an administrator, the code serves."""
    def shut(now: ProfileStatus) -> None:
        accounts.edit_user(hospital.store, hospital.admin, accounts.UserChange(
            "nurse", Role.MEDICAL_STAFF, "Nurse", "Test", ("North",), now))

    shut(status)
    word = "suspended" if status is ProfileStatus.SUSPENDED else "inactive"
    accounts.reset_user(hospital.store, hospital.admin, "nurse", "quite-another-one")
    assert refused(accounts.sign_in, hospital.store, "nurse", "quite-another-one", "s") == (Code.ROLE, word)
    code = accounts.reset_user(hospital.store, hospital.admin, "nurse")
    assert code is not None
    assert refused(accounts.set_first_password, hospital.store, "nurse", code, PASSWORD, "s") == (
        Code.ROLE, "wrong_code")
    assert next(one.status for one in accounts.list_users(hospital.store, hospital.admin)
                if one.username == "nurse") is status
    shut(ProfileStatus.ACTIVE)
    assert accounts.set_first_password(hospital.store, "nurse", code, PASSWORD, "s").username == "nurse"


@pytest.mark.parametrize("meanwhile", ["used", "shut", "anew"])
def test_a_code_that_serves_no_longer_at_the_very_moment(hospital: Hospital, monkeypatch: pytest.MonkeyPatch,
                                                         meanwhile: str) -> None:
    """Read as good, and before it is used somebody else uses it, shuts the account, or gives another code."""
    code = accounts.add_user(hospital.store, accounts.system_actor("tests"), accounts.NewUser(
        "eve", Role.MEDICAL_STAFF, ward_names=("North",)))
    assert code is not None
    real = passwords.hash_password

    def first(password: str) -> str:
        monkeypatch.undo()
        if meanwhile == "used":
            accounts.set_first_password(hospital.store, "eve", code, "quite-another-one", "s")
        elif meanwhile == "shut":
            accounts.edit_user(hospital.store, hospital.admin, accounts.UserChange(
                "eve", Role.MEDICAL_STAFF, "Eve", "Test", ("North",), ProfileStatus.SUSPENDED))
        else:
            accounts.reset_user(hospital.store, hospital.admin, "eve")
        return real(password)

    monkeypatch.setattr(accounts, "hash_password", first)
    assert refused(accounts.set_first_password, hospital.store, "eve", code, PASSWORD, "s") == (Code.ROLE, "wrong_code")
    assert refused(accounts.sign_in, hospital.store, "eve", PASSWORD, "s")[0] is Code.ROLE


def test_a_new_password_for_an_account_in_use(hospital: Hospital) -> None:
    """Given by an administrator it serves at once; a code makes the account wait for its owner."""
    accounts.reset_user(hospital.store, hospital.admin, "nurse", "quite-another-one")
    assert accounts.sign_in(hospital.store, "nurse", "quite-another-one", "s").username == "nurse"
    code = accounts.reset_user(hospital.store, hospital.admin, "nurse")
    assert code is not None
    assert refused(accounts.sign_in, hospital.store, "nurse", "quite-another-one", "s") == (Code.ROLE, "pending")
    assert accounts.set_first_password(hospital.store, "nurse", code, PASSWORD, "s").username == "nurse"


def test_no_default_administrator(hospital: Hospital) -> None:
    for name in ("system", "import", "admin1"):
        assert refused(accounts.sign_in, hospital.store, name, "", "s") == (Code.ROLE, "wrong_sign_in")
    assert not accounts.needs_first_admin(hospital.store)
    assert refused(accounts.create_first_admin, hospital.store, "eve", "E", "Ve", PASSWORD, "s") == (
        Code.STATE, "not_first")


def test_a_suspended_nurse_cannot_act_any_more(hospital: Hospital) -> None:
    from sqlalchemy import text

    with hospital.store.writing() as connection:
        connection.execute(text("UPDATE profiles SET status = 'suspended' WHERE user_id = :id"),
                           {"id": hospital.nurse.user_id})
    request = MarkClean(bed=SeenBed.of(hospital.bed("N-1", hospital.admin)))
    assert refused(bed_states.mark_clean, hospital.store, hospital.nurse, request) == (Code.ROLE, "inactive")


def test_a_hold_is_taken_back_although_the_person_was_admitted_since(hospital: Hospital) -> None:
    """A hold touches the bed alone; where the person is by now does not matter."""
    bed = hospital.bed("N-1")
    held = bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(bed), patient_id=hospital.people[0], until=datetime.now(UTC) + timedelta(hours=1)))
    admit(hospital, 0)
    undoing.undo_action(hospital.store, hospital.nurse, UndoAction(undoes=held.operation_id))
    assert hospital.bed("N-1").hold is None
    waiting = export_board(hospital.store, hospital.admin, "North", datetime.now(UTC))["wards"][0]["waiting"]
    assert [one["patient_id"] for one in waiting] == [hospital.people[0]]
    with hospital.store.reading() as connection:
        assert check(connection) == []


def test_a_new_person_asked_for_again_is_admitted_once(hospital: Hospital) -> None:
    """The second time her national ID stands in its own way: the answer is still the first one's."""
    request = AdmitPatient(ward_id=hospital.wards["North"], person=NewPerson(
        last_name="Uwase", sex=Sex.FEMALE, national_id="1199080012345678"))
    first = admitting.admit_patient(hospital.store, hospital.nurse, request)
    again = admitting.admit_patient(hospital.store, hospital.nurse, request)
    assert (first.repeated, again.repeated, again.patient_id) == (False, True, first.patient_id)
    assert len(hospital.board().waiting) == 1


def test_no_two_unknown_people_have_one_name(hospital: Hospital) -> None:
    """Also where one of them is known by now."""
    for _ in range(2):
        admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=UnknownPerson(sex=Sex.MALE), ward_id=hospital.wards["North"]))
    first = hospital.board().waiting[0].person
    editing.edit_identity(hospital.store, hospital.nurse, EditIdentity(
        patient_id=first.patient_id, seen_hospital_number=first.hospital_number, last_name="Kabera", first_name=""))
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=UnknownPerson(sex=Sex.MALE), ward_id=hospital.wards["North"]))
    assert [one.person.first_name for one in hospital.board().waiting] == ["", "Male 2", "Male 3"]


def test_a_corrected_name_reaches_the_bed_that_is_kept_for_it(hospital: Hospital) -> None:
    admit(hospital, 0)
    bed_states.hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(hospital.bed("S-1")), patient_id=hospital.people[0], until=datetime.now(UTC) + timedelta(hours=1)))
    done = editing.edit_identity(hospital.store, hospital.nurse, EditIdentity(
        patient_id=hospital.people[0], seen_hospital_number="T-001", last_name="Uwera"))
    told = {update.ward_id: update for update in done.updates}
    assert set(told) == {hospital.wards["North"], hospital.wards["South"]}
    held = [bed.hold.person.last_name for bed in told[hospital.wards["South"]].beds if bed.hold and bed.hold.person]
    assert held == ["Uwera"]
    lines = reading.person_history(hospital.store, hospital.nurse, hospital.people[0])
    assert [line.action for line in lines].count("identity_edited") == 1
