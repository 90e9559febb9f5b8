"""Mending mistakes: a wrong admission, a wrong discharge, a wrong time, an unknown person who is known after all.

History is never erased: each writes its event, and rows that should not have been keep their place with no length.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from wardbeds.domain.access import Permission, missing, require
from wardbeds.domain.beds import Bed, BedStatus, Occupant
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused, raise_first, refuse
from wardbeds.domain.people import Actor, Role
from wardbeds.domain.requests import CancelAdmission, CorrectTime, MergePeople, ReopenAdmission
from wardbeds.domain.times import BACK_DATING_ADMIN, BACK_DATING_STAFF
from wardbeds.services.acting import act, stale_place
from wardbeds.store import mending, undo
from wardbeds.store.database import Store
from wardbeds.store.mending import Ended, Partner
from wardbeds.store.places import Place, read_place
from wardbeds.store.work import Work

REOPEN_LIMIT = timedelta(days=7)
_NOT_LEFT: dict[str, None] = dict.fromkeys(("discharged_at", "discharged_by", "outcome", "decided_at", "decided_by",
                                            "decided_outcome"))
"""A discharge that should not have been: neither carried out nor decided."""


def cancel_admission(store: Store, actor: Actor, request: CancelAdmission) -> Done:
    """Take an admission back as one that should not have been. Needs ``admission:cancel``; STATE, STALE.

    Its stays keep their rows with no length and no census counts them; the bed goes to cleaning or is free.
    """

    def body(work: Work) -> None:
        place = work.place(request.patient_id)
        require(work.role, Permission.ADMISSION_CANCEL)
        if place.admission_id is None:
            raise Refused(refuse(Code.STATE, "already_gone"))
        raise_first(stale_place(request.seen, place))
        work.release_other_hold(place)
        for stay_id, _bed_id, _start, _end in mending.stays_of(work.transaction.connection, place.admission_id):
            undo.empty_stay(work, stay_id)
        if place.bed_id is not None:
            bed = work.bed(place.bed_id)
            status = BedStatus.CLEANING if work.ward(bed.ward_id).cleaning_step else BedStatus.AVAILABLE
            work.write_bed(bed, replace(bed, status=status, since=work.now, occupant=None))
        undo.cancel_admission(work, place.admission_id)
        work.draft.texts["reason"] = request.reason
        work.draft.more["admission"] = place.admission_id
        work.subject(place.patient_id, place.bed_id, None)
        work.draft.subjects.reverse()
        work.remember_person(place, Place(place.person, user_id=place.user_id))

    return act(store, actor, request, "cancelled", body, patients=[request.patient_id])


def reopen_admission(store: Store, actor: Actor, request: ReopenAdmission) -> Done:
    """Take a discharge back, up to seven days later. For administrators; STATE ``never_admitted``, STALE.

    The patient is in the old bed again if nobody has used it since and she has lain nowhere else, else on the waiting
    list of ``ward_id``.
    """
    with store.reading() as connection:
        ended = mending.last_ended(connection, read_place(connection, request.patient_id).patient_id)
    beds = [ended.bed_id] if ended is not None and ended.bed_id is not None else []

    def body(work: Work) -> None:
        place = work.place(request.patient_id)
        if work.role is not Role.ADMIN:
            raise Refused(missing(work.role, Permission.ADMISSION_CANCEL))
        if place.admission_id is not None:
            raise Refused(refuse(Code.STATE, "already_admitted"))
        found = mending.last_ended(work.transaction.connection, place.patient_id)
        if found is None or work.now - found.discharged_at > REOPEN_LIMIT:
            raise Refused(refuse(Code.STATE, "never_admitted"))
        if ended is None or ended.admission_id != found.admission_id:
            raise Refused(refuse(Code.STALE, "patient_moved"))  # admitted and left again since it was asked for
        work.draft.texts["reason"] = request.reason
        _reopen(work, place, found, work.ward(request.ward_id).id)

    return act(store, actor, request, "reopened", body, patients=[request.patient_id], beds=beds,
               wards=[request.ward_id])


def _old_bed(work: Work, ended: Ended) -> Bed | None:
    """The bed that the person left; None if there was none or it is no longer in use."""
    try:
        return work.bed(ended.bed_id) if ended.bed_id is not None else None
    except Refused:
        return None


def _reopen(work: Work, place: Place, ended: Ended, ward_id: int) -> None:
    bed = _old_bed(work, ended)
    usable = bed is not None and bed.status in (BedStatus.AVAILABLE, BedStatus.CLEANING) and bed.hold is None \
        and not mending.used_since(work.transaction.connection, bed.id, place.patient_id, ended.discharged_at)
    if bed is None or not usable or ended.stay_id is None or ended.started_at is None:
        work.set_admission(ended.admission_id, **_NOT_LEFT, waiting_ward=ward_id)
        work.subject(place.patient_id, None, None)
        work.remember_person(place, replace(place, admission_id=ended.admission_id, waiting_ward=ward_id))
        return
    work.set_admission(ended.admission_id, **_NOT_LEFT, waiting_ward=None)
    notes, shared = undo.reopen_stay(work, ended.stay_id)
    occupant = Occupant(place.person, ended.admission_id, ended.admitted_at, ended.started_at, notes=notes,
                        notes_shared=shared)
    if bed.status is BedStatus.CLEANING:
        bed = work.write_bed(bed, replace(bed, status=BedStatus.AVAILABLE), undoing=True)
    work.write_bed(bed, replace(bed, status=BedStatus.OCCUPIED, since=ended.started_at, occupant=occupant),
                   undoing=True)
    work.subject(place.patient_id, None, bed.id)
    work.remember_person(place, replace(place, admission_id=ended.admission_id, bed_id=bed.id))


def correct_time(store: Store, actor: Actor, request: CorrectTime) -> Done:
    """Correct since when a patient has been in the bed; what it follows from ends then. Needs ``admission:edit``.

    Back at most as far as the role may enter happenings. Raises Refused VALUE, STATE, STALE.
    """

    with store.reading() as connection:
        known = mending.partner_of(connection, read_place(connection, request.patient_id).patient_id)

    def body(work: Work) -> None:
        place = work.place(request.patient_id)
        require(work.role, Permission.ADMISSION_EDIT)
        if place.admission_id is None:
            raise Refused(refuse(Code.STATE, "already_gone"))
        if place.bed_id is None or place.stay_id is None or place.stay_started_at is None:
            raise Refused(refuse(Code.STATE, "not_in_bed"))
        raise_first(stale_place(request.seen, place))
        limit = BACK_DATING_ADMIN if work.role is Role.ADMIN else BACK_DATING_STAFF
        if request.since > work.draft.time:
            raise Refused(refuse(Code.VALUE, "future", field="since"))
        if work.draft.time - request.since > limit:
            raise Refused(refuse(Code.ROLE, "too_late", field="since", role=work.role.value))
        partner = mending.partner_of(work.transaction.connection, place.patient_id)
        if partner is not None and (known is None or partner.patient_id != known.patient_id):
            raise Refused(refuse(Code.STALE, "patient_moved"))  # they changed places since it was asked for
        _shift(work, place, partner, request.since)
        work.draft.texts["reason"] = request.reason

    return act(store, actor, request, "time_corrected", body,
               patients=[request.patient_id, *([known.patient_id] if known is not None else [])])


def _shift(work: Work, place: Place, partner: Partner | None, since: datetime) -> None:
    """Move the stay's start, and with it the ends of what it follows from; of two who changed places, both."""
    assert place.admission_id is not None and place.stay_id is not None and place.stay_started_at is not None
    stays = mending.stays_of(work.transaction.connection, place.admission_id)
    before = next((one for one in stays if one[3] == place.stay_started_at and one[0] != place.stay_id), None)
    ends = [(before[0], before[2])] if before is not None else []
    starts = [place.stay_id]
    if partner is not None:
        ends.append((partner.before_id, partner.before_start))
        starts.append(partner.stay_id)
        if partner.until is not None and since >= partner.until:
            raise Refused(refuse(Code.STATE, "later_happening", at=partner.until.isoformat()))
    if any(since <= start for _stay, start in ends):
        raise Refused(refuse(Code.VALUE, "before_last_stay", field="since"))
    steps = [(stay, {"ended_at": since}) for stay, _start in ends] + [(stay, {"started_at": since}) for stay in starts]
    for stay_id, values in steps if since < place.stay_started_at else reversed(steps):  # never two at one moment
        mending.set_stay(work, stay_id, **values)
    first = stays[0][0] == place.stay_id
    if place.admitted_at is not None and (since < place.admitted_at
                                          or (first and place.admitted_at == place.stay_started_at)):
        work.set_admission(place.admission_id, admitted_at=since)
    _lies_since(work, place, since)
    if partner is not None and partner.until is None:
        _lies_since(work, work.place(partner.patient_id), since)


def _lies_since(work: Work, place: Place, since: datetime) -> None:
    assert place.bed_id is not None
    bed = work.bed(place.bed_id)
    assert bed.occupant is not None
    work.write_bed(bed, replace(bed, since=since, occupant=replace(bed.occupant, since=since)))
    work.subject(place.patient_id, None, bed.id)
    work.remember_person(place, place)


def merge_people(store: Store, actor: Actor, request: MergePeople) -> Done:
    """Make one record of two. The one that is admitted stays, with the known person's identity. Not undoable.

    Needs ``patient:edit``; STATE ``both_admitted``, ``same_person``.
    """

    def body(work: Work) -> None:
        require(work.role, Permission.PATIENT_EDIT)
        unknown, known = work.place(request.unknown_id), work.place(request.known_id)
        if unknown.patient_id == known.patient_id:
            raise Refused(refuse(Code.STATE, "same_person"))
        if unknown.admission_id is not None and known.admission_id is not None:
            raise Refused(refuse(Code.STATE, "both_admitted"))
        connection = work.transaction.connection
        survivor, gone = (unknown, known) if unknown.admission_id is not None else (known, unknown)
        work.release_other_hold(gone)
        if survivor is unknown:
            mending.exchange_identities(connection, survivor.patient_id, gone.patient_id, work.draft.time)
        mending.mark_merged(connection, gone.patient_id, survivor.patient_id)
        work.draft.more |= {"survivor": survivor.patient_id, "gone": gone.patient_id}
        if request.reason:
            work.draft.texts["reason"] = request.reason
        work.subject(survivor.patient_id, None, survivor.bed_id)
        if survivor.bed_id is not None:
            work.wards_touched.add(work.bed(survivor.bed_id).ward_id)
        if survivor.waiting_ward is not None:
            work.wards_touched.add(survivor.waiting_ward)

    return act(store, actor, request, "merged", body, patients=[request.unknown_id, request.known_id], house=True)
