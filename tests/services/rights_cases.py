"""Every service that needs a right, each with a request that would be carried out, and who may send it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.roles import NEXT_DAY, House
from wardbeds.domain.access import Permission, can, can_fully
from wardbeds.domain.beds import BedWish
from wardbeds.domain.changes import Done
from wardbeds.domain.hospital import ChangeHospital, Hospital
from wardbeds.domain.people import Actor, ProfileStatus, Role, Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    CancelAdmission,
    CorrectTime,
    DecideDischarge,
    DischargePatient,
    EditAdmission,
    EditIdentity,
    EditNotes,
    EditRemark,
    HoldBed,
    MarkClean,
    MergePeople,
    NewPerson,
    PlacePatient,
    RecordLeft,
    ReleaseHold,
    RemoveWaiting,
    ReopenAdmission,
    SwapPatients,
    UnblockBed,
)
from wardbeds.domain.stays import Outcome
from wardbeds.domain.ward_layout import CloseWard, RoomLayout, SetUpWard
from wardbeds.services import (
    accounts,
    admitting,
    bed_states,
    editing,
    exporting,
    finding,
    hospital,
    leaving,
    maintenance,
    mending,
    placing,
    reading,
    sheets,
    swapping,
    ward_setup,
)
from wardbeds.services.imports import run
from wardbeds.services.imports.report import Report

P = Permission
SOMEBODY = NewPerson(last_name="Gasana", sex=Sex.MALE)


@dataclass(frozen=True)
class Case:
    """``permission`` is what a refusal names; ``roles``, who may: with it at all, unless the case says otherwise."""

    name: str
    permission: Permission
    call: Callable[[House, Actor], Any]
    roles: frozenset[Role]


def _case(name: str, permission: Permission, call: Callable[[House, Actor], Any],
          roles: frozenset[Role] | None = None) -> Case:
    return Case(name, permission, call, frozenset(r for r in Role if can(r, permission)) if roles is None else roles)


def _fully(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role in Role if can_fully(role, permission))


def _act(service: Callable[..., Done], make: Callable[[House], Any]) -> Callable[[House, Actor], Done]:
    return lambda house, actor: service(house.store, actor, make(house))


def _read(service: Callable[..., Any], *args: object) -> Callable[[House, Actor], Any]:
    return lambda house, actor: service(house.store, actor, *args)


def _admit(bed: str | None) -> Callable[[House], AdmitPatient]:
    return lambda house: AdmitPatient(person=house.people["known"], ward_id=house.hospital.wards["North"],
                                      bed=house.seen(bed) if bed else None)


def _place(who: str, frm: str | None, to: str) -> Callable[[House], PlacePatient]:
    return lambda house: PlacePatient(patient_id=house.people[who], bed=house.seen(to),
                                      seen=house.lies(frm) if frm else house.waits())


def _swap(house: House) -> SwapPatients:
    return SwapPatients(patient_id=house.people["lying"], own=house.seen("N-1"), bed=house.seen("S-1"))


def _notes(house: House) -> EditNotes:
    return EditNotes(bed=house.seen("N-1"), patient_id=house.people["lying"], seen_notes="", seen_shared=False,
                     notes="sleeps badly")


def _admission(house: House) -> EditAdmission:
    who = house.people["lying"]
    known = reading.read_admission(house.store, house.hospital.admin, who)
    return EditAdmission(patient_id=who, admission_id=known.admission_id, complaint="fever")


def _time(house: House) -> CorrectTime:
    return CorrectTime(patient_id=house.people["lying"], seen=house.lies("N-1"), reason="late entry",
                       since=datetime.now(UTC) - timedelta(hours=1))


def _ward(name: str) -> Callable[[House, Actor], Done]:
    def call(house: House, actor: Actor) -> Done:
        shown = ward_setup.read_ward_layout(house.store, house.hospital.admin, house.hospital.wards[name])
        return ward_setup.set_up_ward(house.store, actor, shown.model_copy(update={"phone": "0788 123 456"}))

    return call


def _new_ward(_house: House) -> SetUpWard:
    return SetUpWard(name="West", rooms=(RoomLayout(name="A", numbers=("W-1",)),))


def _import(house: House, actor: Actor) -> Report:
    return run.run_import(house.store, actor, _folder(house))


def _folder(house: House) -> Path:
    folder = Path(house.store.url.removeprefix("sqlite:///")).with_name("lists")
    folder.mkdir(exist_ok=True)
    (folder / "wards.csv").write_text("ward\nImported\n", encoding="utf-8")
    return folder


BED_ACTIONS = [
    _case("admitted", P.ADMISSION_CREATE, _act(admitting.admit_patient, _admit("N-2"))),
    _case("assigned", P.BED_ASSIGN, _act(placing.place_patient, _place("waiting", None, "N-2"))),
    _case("moved", P.BED_ASSIGN, _act(placing.place_patient, _place("lying", "N-1", "N-2"))),
    _case("swapped", P.BED_SWAP, _act(swapping.swap_patients, _swap)),
    _case("discharge_decided", P.DISCHARGE_DECIDE, _act(leaving.decide_discharge, lambda house: DecideDischarge(
        patient_id=house.people["lying"], seen=house.lies("N-1"), outcome=Outcome.IMPROVED))),
    _case("left", P.DISCHARGE_LEAVE, _act(leaving.record_left, lambda house: RecordLeft(
        patient_id=house.people["decided"], seen=house.lies("S-1")))),
    _case("discharged", P.DISCHARGE_DECIDE, _act(leaving.discharge_patient, lambda house: DischargePatient(
        patient_id=house.people["lying"], seen=house.lies("N-1"), outcome=Outcome.IMPROVED))),
    _case("removed", P.ADMISSION_CANCEL, _act(leaving.remove_waiting, lambda house: RemoveWaiting(
        patient_id=house.people["waiting"], seen=house.waits(), reason="went home"))),
    _case("cleaned", P.BED_CLEAN, _act(bed_states.mark_clean, lambda house: MarkClean(bed=house.seen("N-3")))),
    _case("blocked", P.BED_BLOCK, _act(bed_states.block_bed, lambda house: BlockBed(
        bed=house.seen("N-2"), reason="mattress"))),
    _case("unblocked", P.BED_BLOCK, _act(bed_states.unblock_bed, lambda house: UnblockBed(bed=house.seen("S-2")))),
    _case("held", P.BED_HOLD, _act(bed_states.hold_bed, lambda house: HoldBed(
        bed=house.seen("N-2"), text="theatre", until=datetime.now(UTC) + NEXT_DAY))),
    _case("hold_released", P.BED_HOLD, _act(bed_states.release_hold, lambda house: ReleaseHold(
        bed=house.seen("S-4")))),
]
"""Those that undo takes back, by the name of their action."""

OTHER_ACTIONS = [
    _case("admit to the list", P.ADMISSION_CREATE, _act(admitting.admit_patient, _admit(None))),
    _case("transfer", P.BED_ASSIGN, _act(placing.place_patient, _place("lying", "N-1", "S-3")),
          _fully(P.BED_ASSIGN) & _fully(P.BED_TRANSFER)),
    _case("cancel", P.ADMISSION_CANCEL, _act(mending.cancel_admission, lambda house: CancelAdmission(
        patient_id=house.people["lying"], seen=house.lies("N-1"), reason="wrong person"))),
    _case("reopen", P.ADMISSION_CANCEL, _act(mending.reopen_admission, lambda house: ReopenAdmission(
        patient_id=house.people["gone"], ward_id=house.hospital.wards["South"], reason="wrong person")),
        frozenset({Role.ADMIN})),
    _case("correct time", P.ADMISSION_EDIT, _act(mending.correct_time, _time)),
    _case("merge", P.PATIENT_EDIT, _act(mending.merge_people, lambda house: MergePeople(
        unknown_id=house.people["unknown"], known_id=house.people["known"]))),
    _case("remark", P.REMARK_WRITE, _act(editing.edit_remark, lambda house: EditRemark(
        bed=house.seen("N-2"), seen_remark="", remark="by the window"))),
    _case("notes", P.NOTES_WRITE, _act(editing.edit_notes, _notes)),
    _case("admission", P.ADMISSION_EDIT, _act(editing.edit_admission, _admission)),
    _case("identity", P.PATIENT_EDIT, _act(editing.edit_identity, lambda house: EditIdentity(
        patient_id=house.people["lying"], seen_hospital_number="T-001", phone="0788 123 456"))),
    _case("new ward", P.WARD_SETUP, _act(ward_setup.set_up_ward, _new_ward), _fully(P.WARD_SETUP)),
    _case("own ward", P.WARD_SETUP, _ward("North")),
    _case("another ward", P.WARD_SETUP, _ward("South"), _fully(P.WARD_SETUP)),
    _case("close ward", P.WARD_SETUP, _act(ward_setup.close_ward, lambda house: CloseWard(
        ward_id=house.hospital.wards["East"])), _fully(P.WARD_SETUP)),
    _case("hospital", P.WARD_SETUP, _act(hospital.change_hospital, lambda _house: ChangeHospital(
        seen=Hospital(), wanted=Hospital(name="Hill Hospital"))), _fully(P.WARD_SETUP)),
    _case("add account", P.USERS_MANAGE, _read(accounts.add_user, accounts.NewUser("keza", Role.CHEF,
                                                                                   last_name="Keza"))),
    _case("edit account", P.USERS_MANAGE, _read(accounts.edit_user, accounts.UserChange(
        "nurse", Role.CHEF, "Nurse", "Test", (), ProfileStatus.ACTIVE))),
    _case("reset account", P.USERS_MANAGE, _read(accounts.reset_user, "nurse")),
]

IMPORT = _case("import", P.DATA_IMPORT, _import)
"""Apart: it answers row by row."""

READS = [
    _case("wards", P.BOARD_READ, _read(reading.list_wards)),
    _case("board", P.BOARD_READ, lambda house, actor: reading.read_board(house.store, actor,
                                                                         house.hospital.wards["North"])),
    _case("search", P.BOARD_READ, _read(reading.search_people, "kabera")),
    _case("similar", P.ADMISSION_CREATE, _read(reading.find_similar, SOMEBODY)),
    _case("an admission", P.BOARD_READ, lambda house, actor: reading.read_admission(house.store, actor,
                                                                                    house.people["lying"])),
    _case("details", P.BOARD_READ, lambda house, actor: reading.read_details(
        house.store, actor, house.hospital.beds["N-1"], house.people["lying"])),
    _case("next number", P.ADMISSION_CREATE, _read(reading.next_hospital_number)),
    _case("staff", P.BOARD_READ, _read(reading.list_staff)),
    _case("bed's history", P.BOARD_READ, lambda house, actor: reading.bed_history(house.store, actor,
                                                                                  house.hospital.beds["N-1"])),
    _case("person's history", P.BOARD_READ, lambda house, actor: reading.person_history(house.store, actor,
                                                                                        house.people["lying"])),
    _case("find a bed", P.BOARD_READ, _read(finding.find_beds, BedWish())),
    _case("ward's layout", P.WARD_SETUP, lambda house, actor: ward_setup.read_ward_layout(
        house.store, actor, house.hospital.wards["North"])),
    _case("the hospital", P.WARD_SETUP, _read(hospital.read_hospital), _fully(P.WARD_SETUP)),
    _case("accounts", P.USERS_MANAGE, _read(accounts.list_users)),
    _case("export the board", P.DATA_EXPORT, _read(exporting.export_board)),
    _case("export the census", P.DATA_EXPORT, _read(exporting.export_census, date(2026, 1, 1), date(2026, 1, 2))),
    _case("export the events", P.AUDIT_READ, lambda house, actor: list(exporting.export_events(
        house.store, actor, "North"))),
    _case("print", P.SHEET_PRINT, _read(sheets.occupancy_data, "North"), _fully(P.SHEET_PRINT)),
    _case("what is broken", P.AUDIT_READ, _read(maintenance.findings)),
    _case("look at an import", P.DATA_IMPORT, lambda house, actor: run.preview_import(actor, _folder(house))),
]
