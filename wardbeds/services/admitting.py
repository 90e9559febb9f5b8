"""Admitting: a registered person, a new one, or one nobody knows yet; onto a bed or to the waiting list."""

from __future__ import annotations

from datetime import date

from wardbeds.domain.access import Permission, require
from wardbeds.domain.beds import join_codes
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refusal, Refused, refuse
from wardbeds.domain.people import Actor, Sex
from wardbeds.domain.placement import SoftWarning, judge
from wardbeds.domain.requests import AdmitPatient, NewPerson, UnknownPerson
from wardbeds.domain.stays import default_priority
from wardbeds.services.acting import act, stale_bed
from wardbeds.services.placing import hand_of, passed, settle
from wardbeds.services.settings import is_ahead, over_faults
from wardbeds.store.database import Store
from wardbeds.store.places import Place
from wardbeds.store.register import (
    UNKNOWN_NAME,
    is_registered,
    keep_numbers,
    last_unknown,
    next_hospital_number,
    open_admission,
    register_patient,
)
from wardbeds.store.registry import owner_of_national_id
from wardbeds.store.work import Work


def admit_patient(store: Store, actor: Actor, request: AdmitPatient) -> Done:
    """Admit to a ward, onto the bed given or to the ward's waiting list, registering the person where new.

    Needs ``admission:create``. Refused with VALUE (expected to leave on a day that was over when it happened),
    UNKNOWN, DUP, ROLE, STATE ``already_admitted``, STALE, and what placing refuses; registration and admission are one
    transaction.
    """

    def body(work: Work) -> None:
        require(work.role, Permission.ADMISSION_CREATE)
        admit(work, register(work, request), request)

    patients = [request.person] if isinstance(request.person, int) else []
    beds = [request.bed.bed_id] if request.bed is not None else []
    return act(store, actor, request, "admitted", body, beds=beds, patients=patients, wards=[request.ward_id])


def register(work: Work, request: AdmitPatient) -> int:
    """The patient's id, of somebody registered or registered now. Raises Refused VALUE ``future``, DUP."""
    person = request.person
    if isinstance(person, int):
        return person
    connection = work.transaction.connection
    keep_numbers(connection)
    number = next_hospital_number(connection)
    if isinstance(person, UnknownPerson):
        person = _unknown(person, 1 + last_unknown(connection, _sex_name(person.sex)))
    if person.date_of_birth is not None and is_ahead(connection, person.date_of_birth, work.now):
        raise Refused(refuse(Code.VALUE, "future", field="date_of_birth"))
    if person.hospital_number and is_registered(connection, person.hospital_number):
        raise Refused(refuse(Code.DUP, "hospital_number", field="hospital_number"))
    if person.national_id and owner_of_national_id(connection, person.national_id) is not None:
        raise Refused(refuse(Code.DUP, "national_id", field="national_id"))
    patient_id = register_patient(connection, person, person.hospital_number or number, work.draft.time)
    work.draft.more["registered"] = patient_id
    return patient_id


def _sex_name(sex: Sex) -> str:
    return {Sex.MALE: "Male", Sex.FEMALE: "Female"}.get(sex, "Person")


def _unknown(person: UnknownPerson, n: int) -> NewPerson:
    born = date(person.birth_year, 1, 1) if person.birth_year else None
    return NewPerson(last_name=UNKNOWN_NAME, first_name=f"{_sex_name(person.sex)} {n}", sex=person.sex,
                     date_of_birth=born, birth_estimated=born is not None)


def admit(work: Work, patient_id: int, request: AdmitPatient) -> tuple[SoftWarning, ...]:
    """Check and write an admission inside a transaction; returns the warnings that were passed.

    ``admission:create`` lets its holder choose the first bed too: admitting is not assigning (UX b.11).
    """
    place = work.place(patient_id)
    if request.bed is not None:
        work.look_around(request.bed.bed_id, place.hold_bed_id)
    ward = work.ward(request.ward_id)
    bed = work.bed(request.bed.bed_id) if request.bed is not None else None
    require(work.role, Permission.ADMISSION_CREATE)
    faults = _faults(work, place, request)
    warnings: tuple[SoftWarning, ...] = ()
    fresh = Place(place.person, needs=request.needs, specialty=request.specialty, hold_bed_id=place.hold_bed_id,
                  user_id=place.user_id)
    if bed is None or request.bed is None:
        if faults:
            raise Refused(faults[0])
        work.refuse_if_later()
        work.wards_touched.add(ward.id)
        _open(work, fresh, request, ward.id)
        work.subject(place.patient_id, None, None)
        work.remember_person(place, _waiting(fresh, ward.id))
        return warnings
    if bed.ward_id != ward.id:
        raise Refused(refuse(Code.UNKNOWN, "bed", bed=bed.number))
    faults += stale_bed(work, request.bed, bed)
    target = work.target(bed)
    warnings = passed(work, judge(hand_of(work, fresh), target, work.role, work.now), faults, request.override)
    work.look_at_hold(place)
    work.refuse_if_later()
    work.remember_person(place, place)
    _open(work, fresh, request, None)
    settle(work, fresh, target)
    return warnings


def _waiting(place: Place, ward_id: int) -> Place:
    return Place(place.person, place.admission_id, place.admitted_at, ward_id, hold_bed_id=place.hold_bed_id,
                 user_id=place.user_id)


def _faults(work: Work, place: Place, request: AdmitPatient) -> list[Refusal]:
    faults: list[Refusal] = []
    connection, born = work.transaction.connection, place.person.date_of_birth
    if born is not None and not work.imported and is_ahead(connection, born, work.now):
        faults.append(refuse(Code.VALUE, "before_birth", field="happened_at"))
    faults += over_faults(connection, request.expected_leaving, work.now, "expected_leaving")
    if place.admission_id is not None:
        faults.append(refuse(Code.STATE, "already_admitted", field="person"))
    return faults


def _open(work: Work, place: Place, request: AdmitPatient, waiting_ward: int | None) -> None:
    place.admission_id = open_admission(
        work, place.patient_id, source=request.source.value, source_text=request.source_text,
        complaint=request.complaint, needs=join_codes(request.needs),
        priority=(request.priority or default_priority(request.source)).value, specialty=request.specialty,
        nurse_id=request.nurse_id, doctor_id=request.doctor_id, expected_leaving=request.expected_leaving,
        feeds=request.feeds.value if request.feeds else None, waiting_ward=waiting_ward)
    place.admitted_at = work.now
    work.draft.more["source"] = request.source.value
