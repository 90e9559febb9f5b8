"""Edits: the bed's remark, the occupant's notes, the admission's particulars, a person's identity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wardbeds.domain.access import Permission, require
from wardbeds.domain.beds import join_codes
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, Refused, raise_first, refuse
from wardbeds.domain.identity import before_line
from wardbeds.domain.names import name_key
from wardbeds.domain.people import Actor
from wardbeds.domain.requests import EditAdmission, EditIdentity, EditNotes, EditRemark
from wardbeds.services.acting import act, stale_bed
from wardbeds.services.settings import is_ahead, over_faults
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.register import is_registered, patient_username, update_person
from wardbeds.store.registry import owner_of_national_id
from wardbeds.store.search import find_one
from wardbeds.store.work import Work


def edit_remark(store: Store, actor: Actor, request: EditRemark) -> Done:
    """Change the remark about the bed. Needs ``remark:write``; UNKNOWN, STALE if it no longer says what was seen."""

    return act(store, actor, request, "remark_edited", lambda work: write_remark(work, request),
               beds=[request.bed.bed_id])


def write_remark(work: Work, request: EditRemark) -> None:
    """Change the remark inside a transaction."""
    bed = work.bed(request.bed.bed_id)
    require(work.role, Permission.REMARK_WRITE)
    if bed.remark != request.seen_remark:
        raise Refused(refuse(Code.STALE, "remark_changed", bed=bed.number))
    work.write_bed(bed, replace(bed, remark=request.remark))
    work.subject(None, None, bed.id)


def edit_notes(store: Store, actor: Actor, request: EditNotes) -> Done:
    """Change the occupant's notes. Needs ``notes:write``; STALE if another patient lies there now (H16), or if they
    no longer say what was seen.
    """

    return act(store, actor, request, "notes_edited", lambda work: write_notes(work, request),
               beds=[request.bed.bed_id], patients=[request.patient_id])


def write_notes(work: Work, request: EditNotes) -> None:
    """Change the notes inside a transaction."""
    bed = work.bed(request.bed.bed_id)
    require(work.role, Permission.NOTES_WRITE)
    stale = stale_bed(work, request.bed, bed)
    if stale or bed.occupant is None or bed.patient_id != request.patient_id:
        raise Refused(stale[0] if stale else refuse(Code.STALE, "patient_moved", bed=bed.number))
    if (bed.occupant.notes, bed.occupant.notes_shared) != (request.seen_notes, request.seen_shared):
        raise Refused(refuse(Code.STALE, "notes_changed", bed=bed.number))
    work.write_bed(bed, replace(bed, occupant=replace(bed.occupant, notes=request.notes,
                                                      notes_shared=request.shared)))
    work.subject(request.patient_id, None, bed.id)


_ADMISSION_FIELDS = ("complaint", "priority", "specialty", "nurse_id", "doctor_id", "expected_leaving", "feeds")


def edit_admission(store: Store, actor: Actor, request: EditAdmission) -> Done:
    """Change the particulars of an open admission.

    Needs ``admission:edit``; STATE ``already_gone``, STALE, VALUE (expected to leave on a day that is over).
    """

    def body(work: Work) -> None:
        place = work.place(request.patient_id)
        require(work.role, Permission.ADMISSION_EDIT)
        if place.admission_id is None:
            raise Refused(refuse(Code.STATE, "already_gone"))
        if place.admission_id != request.admission_id:
            raise Refused(refuse(Code.STALE, "patient_moved"))
        raise_first(over_faults(work.transaction.connection, request.expected_leaving, work.now, "expected_leaving"))
        given = request.model_fields_set
        values: dict[str, Any] = {name: getattr(request, name) for name in _ADMISSION_FIELDS if name in given}
        for name in ("complaint", "specialty"):
            if name in values:
                values[name] = values[name] or ""
        if "needs" in given:
            values["needs"] = join_codes(request.needs or ())
        if values:
            work.set_admission(place.admission_id, **values)
        attendant: dict[str, Any] = {name: getattr(request, name) or ""
                                     for name in ("attendant_name", "attendant_phone") if name in given}
        update_person(work.transaction.connection, place.patient_id, place.user_id, work.draft.time, {}, {}, attendant)
        work.draft.more["fields"] = sorted({*values, *attendant})
        _touch(work, place)

    return act(store, actor, request, "admission_edited", body, patients=[request.patient_id])


def edit_identity(store: Store, actor: Actor, request: EditIdentity) -> Done:
    """Correct who a person is. Needs ``patient:edit``; VALUE, DUP, STALE if the hospital number is not the one seen."""

    def body(work: Work) -> None:
        place = work.place(request.patient_id)
        require(work.role, Permission.PATIENT_EDIT)
        user, profile, patient = _identity_columns(request, place)
        raise_first(_identity_faults(work, request, place, patient))
        if patient.get("hospital_number", place.person.hospital_number) != place.person.hospital_number:
            user["username"] = patient_username(patient["hospital_number"])
        work.draft.texts["before"] = _before(work, place, {**user, **profile, **patient})
        update_person(work.transaction.connection, place.patient_id, place.user_id, work.draft.time, user, profile,
                      patient)
        work.draft.more["fields"] = sorted({*user, *profile, *patient} - {"name_key"})
        _touch(work, place)
        if place.hold_bed_id is not None:  # its card says for whom it is kept
            work.subject(None, None, place.hold_bed_id)
            work.wards_touched.add(work.bed(place.hold_bed_id).ward_id)

    return act(store, actor, request, "identity_edited", body, patients=[request.patient_id], house=True)


def _identity_faults(work: Work, request: EditIdentity, place: Place, patient: dict[str, Any]) -> list[Refusal]:
    connection, faults = work.transaction.connection, []
    number, national_id = patient.get("hospital_number"), patient.get("national_id")
    if request.date_of_birth is not None and is_ahead(connection, request.date_of_birth, work.now):
        faults.append(refuse(Code.VALUE, "future", field="date_of_birth"))
    if number not in (None, place.person.hospital_number) and is_registered(connection, number):
        faults.append(refuse(Code.DUP, "hospital_number", field="hospital_number"))
    if national_id and owner_of_national_id(connection, national_id) not in (None, place.patient_id):
        faults.append(refuse(Code.DUP, "national_id", field="national_id"))
    if place.person.hospital_number != request.seen_hospital_number:
        faults.append(refuse(Code.STALE, "person_changed"))
    return faults


def _before(work: Work, place: Place, changed: dict[str, Any]) -> str:
    """What the identity was, for its history: only what changed."""
    person = place.person
    born = person.date_of_birth.isoformat() if person.date_of_birth else ""
    held = {"last_name": person.last_name, "first_name": person.first_name, "sex": person.sex.value,
            "date_of_birth": born, "hospital_number": person.hospital_number}
    asked = changed.keys() & {"phone", "national_id"}
    known = find_one(work.transaction.connection, place.patient_id) if asked else None
    if known is not None:
        held |= {"phone": known.phone, "national_id": known.national_id}
    differ = {name: text for name, text in held.items() if name in changed and text != str(changed[name] or "")}
    if born and person.birth_estimated and "date_of_birth" in differ:
        differ["date_of_birth"] = f"~{born}"
    return before_line(differ)


def _identity_columns(request: EditIdentity, place: Place) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    given: dict[str, Any] = {name: getattr(request, name) for name in request.model_fields_set}
    user: dict[str, Any] = {name: given[name] or "" for name in ("last_name", "first_name") if name in given}
    if "last_name" in user and not user["last_name"]:
        del user["last_name"]
    profile: dict[str, Any] = {"phone": given["phone"] or ""} if "phone" in given else {}
    patient: dict[str, Any] = {name: given[name] for name in ("date_of_birth", "birth_estimated", "hospital_number")
               if given.get(name) is not None or (name == "date_of_birth" and name in given)}
    if given.get("sex") is not None:
        patient["sex"] = given["sex"].value
    if "national_id" in given:
        patient["national_id"] = given["national_id"] or None
    if user:
        person = place.person
        patient["name_key"] = name_key(user.get("last_name", person.last_name),
                                       user.get("first_name", person.first_name))
    return user, profile, patient


def _touch(work: Work, place: Place) -> None:
    """Make the person's ward read her again: through her bed, or its waiting list."""
    work.subject(place.patient_id, None, place.bed_id)
    if place.bed_id is not None:
        work.wards_touched.add(work.bed(place.bed_id).ward_id)
    if place.waiting_ward is not None:
        work.wards_touched.add(place.waiting_ward)
