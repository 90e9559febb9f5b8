"""The unit of work of one action: what is read under the lock, what is written, and the event that says so."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import bindparam, update

from wardbeds.domain.beds import Bed, BedStatus, Ward, as_of, hold_is_live
from wardbeds.domain.changes import SWAPPED, UNDOABLE, LastAction, place_names
from wardbeds.domain.errors import Code, Refusal, Refused, refuse
from wardbeds.domain.people import Actor, Person, Role
from wardbeds.domain.placement import Target
from wardbeds.domain.stays import GUARDED, TRANSITIONS, Outcome
from wardbeds.domain.times import BACK_DATING_ADMIN, BACK_DATING_STAFF
from wardbeds.store import past
from wardbeds.store.bed_writing import free_bed, occupy_bed, write_bed
from wardbeds.store.board import read_ward
from wardbeds.store.events import HOLD_ENDED, MOVING_ACTIONS, Draft, append, bed_state, person_state
from wardbeds.store.places import Around, Place, read_around, read_bed
from wardbeds.store.prepared import Prepared
from wardbeds.store.tables import admissions
from wardbeds.store.transaction import Transaction


@cache
def _setting(*columns: str) -> Prepared:
    return Prepared(update(admissions).where(admissions.c.id == bindparam("b_id"))
                    .values({name: bindparam(f"v_{name}") for name in columns}))


class Work:
    """One action inside a transaction whose streams are locked.

    ``now`` is when it happened: every rule is judged by that time. ``imported`` work is exempt from the limits of
    back-dating and judged by bed and person as they stood then (DESIGN 8).
    """

    def __init__(self, transaction: Transaction, actor: Actor, operation_id: UUID, action: str,
                 happened_at: datetime | None = None, *, imported: bool = False) -> None:
        assert transaction.role is not None, "identify() comes before any work"
        self.transaction = transaction
        self.actor = actor
        self.role: Role = transaction.role
        self.imported = imported
        self.back_dated = happened_at is not None
        time = transaction.next_time()
        self.now = happened_at or time
        self.draft = Draft(str(operation_id), action, time, self.now, actor.user_id, self.role.value, actor.station)
        self.wards_touched: set[int] = set()
        self.refused_later: Refusal | None = None
        self._beds: dict[int, Bed] = {}
        self._around: Around | None = None
        self._wards: dict[int, Ward] = {}
        self._people: dict[int, Person] = {}
        self._check_time()

    def _check_time(self) -> None:
        if self.now > self.draft.time:
            raise Refused(refuse(Code.VALUE, "future", field="happened_at"))
        limit = BACK_DATING_ADMIN if self.role is Role.ADMIN else BACK_DATING_STAFF
        if not self.imported and self.draft.time - self.now > limit:
            raise Refused(refuse(Code.ROLE, "too_late", field="happened_at", role=self.role.value))

    # reading -------------------------------------------------------------------------------------------------

    def place(self, patient_id: int) -> Place:
        """Where the person is; for an import, where she was at its time. Raises Refused UNKNOWN."""
        place = self.transaction.place(patient_id)
        if self.back_dated and self._later(self.transaction.last_person, place.patient_id, past.last_of_person):
            place = past.place_at(self.transaction.connection, place, self.now) if self.imported else place
        elif self.imported and past.hold_ended_after(self.transaction.connection, place.patient_id, self.now):
            place = past.place_at(self.transaction.connection, place, self.now)
        return place

    def look_around(self, bed_id: int, *others: int | None) -> None:
        """Read a bed with what surrounds it, and some more, in one statement; ``bed`` and ``target`` then use them."""
        self._around = read_around(self.transaction.connection, bed_id, others)

    def bed(self, bed_id: int) -> Bed:
        """The bed; for an import, as it was at its time. Raises Refused UNKNOWN."""
        if bed_id in self._beds:
            return self._beds[bed_id]
        bed = self._around.beds.get(bed_id) if self._around is not None else None
        bed = bed or read_bed(self.transaction.connection, bed_id)
        if not bed.is_active:
            raise Refused(refuse(Code.UNKNOWN, "bed", bed=bed.number))
        if self.back_dated and self._later(self.transaction.last_bed, bed_id, past.last_of_bed):
            bed = past.bed_at(self.transaction.connection, bed, self.now) if self.imported else bed
        self._beds[bed_id] = bed
        return bed

    def _later(self, known: dict[int, datetime | None], key: int, read: Any) -> bool:
        """Whether something happened to the bed or person after this work's time; remembered for the refusal."""
        if key not in known:
            known[key] = read(self.transaction.connection, key)
        last = known[key]
        if last is None or last <= self.now:
            return False
        self.refused_later = refuse(Code.STATE, "later_happening", at=last.isoformat())
        return True

    def target(self, bed: Bed) -> Target:
        """The bed with what surrounds it, which :meth:`look_around` has read."""
        assert self._around is not None
        assert self._around.bed_id == bed.id
        found = self._around.target(bed)
        self._wards[found.ward.id] = found.ward
        return found

    def ward(self, ward_id: int) -> Ward:
        """An active ward. Raises Refused UNKNOWN."""
        if ward_id not in self._wards:
            known = self._around.active_wards if self._around is not None else {}
            found = known.get(ward_id) or read_ward(self.transaction.connection, ward_id)
            if found is None:
                raise Refused(refuse(Code.UNKNOWN, "ward"))
            self._wards[ward_id] = found
        return self._wards[ward_id]

    def refuse_if_later(self) -> None:
        """Raise STATE if bed or person has a happening after this work's time; call when all rules have passed."""
        if self.refused_later is not None:
            raise Refused(self.refused_later)

    # writing -------------------------------------------------------------------------------------------------

    def write_bed(self, before: Bed, after: Bed, *, undoing: bool = False) -> Bed:
        """Write the bed ``after`` over ``before``, which must still be as loaded; returns it with its new version.

        The change of state must be in the table of people's transitions, or of undo's where ``undoing``.
        Raises Again if somebody changed the bed in between.
        """
        _check_transition(before, after, GUARDED if undoing else TRANSITIONS)
        write_bed(self.transaction, self._columns(before, after))
        return self._wrote(before, after)

    def free_bed(self, before: Bed, after: Bed, stay_id: int, why: str) -> Bed:
        """Write the bed, which its occupant leaves, and end the stay, which keeps the notes. Raises Again."""
        assert before.occupant is not None
        _check_transition(before, after, TRANSITIONS)
        free_bed(self.transaction, self._columns(before, after), {
            "s_id": stay_id, "s_ended_at": self.now, "s_ended_by": self.actor.user_id, "s_ended_why": why,
            "s_notes": before.occupant.notes, "s_notes_shared": before.occupant.notes_shared})
        self.draft.more["stay_ended"] = stay_id
        return self._wrote(before, after)

    def occupy_bed(self, before: Bed, after: Bed, admission_id: int, why: str = "") -> Bed:
        """Write the bed, which its new occupant takes, and open her stay. Raises Again."""
        _check_transition(before, after, TRANSITIONS)
        self.draft.more["stay_started"] = occupy_bed(self.transaction, self._columns(before, after), {
            "s_admission_id": admission_id, "s_patient_id": after.patient_id, "s_started_at": self.now,
            "s_started_by": self.actor.user_id, "s_why": why})
        return self._wrote(before, after)

    def _columns(self, before: Bed, after: Bed) -> dict[str, Any]:
        return bed_columns(after) | {"updated_at": self.draft.time, "b_id": before.id, "b_version": before.version}

    def _wrote(self, before: Bed, after: Bed) -> Bed:
        after = replace(after, version=before.version + 1)
        states = self.draft.beds.setdefault(before.id, [bed_state(before), {}])
        states[1] = bed_state(after)
        self._beds[before.id] = after
        self.wards_touched.add(before.ward_id)
        return after

    def remember_person(self, before: Place, after: Place) -> None:
        """Note where a person was and is, for the event; touches a waiting list joined or left."""
        self._people[before.patient_id] = before.person
        states = self.draft.people.setdefault(before.patient_id, [person_state(before), {}])
        states[1] = person_state(after)
        if before.waiting_ward != after.waiting_ward:
            self.wards_touched.update(ward for ward in (before.waiting_ward, after.waiting_ward) if ward is not None)

    def subject(self, patient_id: int | None, from_bed: int | None, to_bed: int | None) -> None:
        """Name who or what this event is about."""
        self.draft.subjects.append((patient_id, from_bed, to_bed))

    def set_admission(self, admission_id: int, **values: Any) -> None:
        """Write columns of an admission."""
        self.transaction.write(_setting(*values), {"b_id": admission_id} | {
            f"v_{name}": value for name, value in values.items()})
        self.draft.more["admission"] = admission_id

    # the event -----------------------------------------------------------------------------------------------

    def expire(self, bed: Bed) -> Bed:
        """Record ``hold_ended`` where the bed's hold has run out by this work's time; the bed as it then is."""
        if bed.hold is None or hold_is_live(bed.hold, self.now):
            return bed
        ended = self._aside(HOLD_ENDED, bed.id, bed.hold.until)
        ended.subject(bed.hold.person.patient_id if bed.hold.person else None, bed.id, None)
        if bed.hold.text:
            ended.draft.texts["held_text"] = bed.hold.text
        after = ended.write_bed(bed, as_of(bed, self.now))
        ended.finish()
        self._beds[bed.id] = after
        return after

    def _aside(self, action: str, key: int, happened_at: datetime) -> Work:
        """A second, earlier event of the same transaction with an operation id of its own."""
        operation_id = uuid5(NAMESPACE_URL, f"{self.draft.operation_id}/{action}/{key}")
        aside = Work(self.transaction, self.actor, operation_id, action, happened_at, imported=True)
        self.draft.time = self.transaction.next_time()
        if not self.back_dated:
            self.now = self.draft.happened_at = self.draft.time
        return aside

    def look_at_hold(self, place: Place) -> None:
        """Read the bed kept for the person, since placing her will free it: later happenings there count as well."""
        if place.hold_bed_id is not None:
            self.bed(place.hold_bed_id)

    def release_other_hold(self, place: Place, keep: int | None = None) -> None:
        """End the hold that is kept for the person, unless it is on the bed ``keep``."""
        if place.hold_bed_id is None or place.hold_bed_id == keep:
            return
        bed = self.bed(place.hold_bed_id)
        self.transaction.head(bed.ward_id)
        if not hold_is_live(bed.hold, self.now):
            self.expire(bed)
            return
        self.write_bed(bed, without_hold(bed, self.now))
        self.subject(place.patient_id, bed.id, None)

    def finish(self, *, house: bool = False, extra_wards: Iterable[int] = ()) -> None:
        """Write the event into the stream of every ward touched; raises Again if one of them was not locked."""
        self._check_subjects()
        wards = self.wards_touched | set(extra_wards)
        heads = [self.transaction.head(ward_id) for ward_id in sorted(wards)]
        if house or not heads:
            heads.append(self.transaction.head(0))
        append(self.transaction, self.draft, heads)
        for known, keys in ((self.transaction.last_bed, self.draft.beds.keys()),
                            (self.transaction.last_person, self.draft.people.keys())):
            for key in keys:
                if key in known:
                    known[key] = max(known[key] or self.now, self.now)

    def line(self) -> LastAction | None:
        """The line for the work strip, where all that is in it was read on the way; None where it must be read."""
        draft = self.draft
        if draft.action not in UNDOABLE or not draft.subjects:
            return None
        patient_id, *bed_ids = draft.subjects[0]
        beds = [self._beds.get(bed_id) for bed_id in bed_ids if bed_id is not None]
        wards = [self._wards.get(bed.ward_id) for bed in beds if bed is not None]
        person = self._people.get(patient_id) if patient_id is not None else None
        if None in beds or (len(beds) > 1 and None in wards) or (patient_id is not None and person is None):
            return None
        names = {bed.id: (bed.number, ward.name if ward else "") for bed, ward in zip(beds, wards, strict=True) if bed}
        (old, old_ward), (new, new_ward) = (names.get(one or 0, ("", "")) for one in bed_ids)
        death = draft.more.get("outcome") == Outcome.DECEASED
        other = self._people.get(draft.subjects[1][0] or 0) if draft.action == SWAPPED else None
        return LastAction(UUID(draft.operation_id), draft.action, draft.happened_at, person,
                          *place_names(old, new, old_ward, new_ward), self.transaction.actor_name, draft.station,
                          undoable=not death, death=death, other=other)

    def _check_subjects(self) -> None:
        """Who and what an event names must be remembered in it, or the past could not be told from it."""
        if self.draft.action in MOVING_ACTIONS:
            for patient_id, *bed_ids in self.draft.subjects:
                assert patient_id is None or patient_id in self.draft.people or self.draft.action == HOLD_ENDED
                assert all(bed_id is None or bed_id in self.draft.beds for bed_id in bed_ids)


def _check_transition(before: Bed, after: Bed, allowed: Container[tuple[BedStatus, BedStatus]]) -> None:
    if before.status is not after.status and (before.status, after.status) not in allowed:
        raise AssertionError(f"no way from {before.status} to {after.status}")


def without_hold(bed: Bed, now: datetime) -> Bed:
    """The bed once nobody has it held: a reserved one is free from ``now`` on, one to clean stays so."""
    if bed.status is BedStatus.RESERVED:
        return replace(bed, status=BedStatus.AVAILABLE, since=now, hold=None)
    return replace(bed, hold=None)


def bed_columns(bed: Bed) -> dict[str, Any]:
    """The columns that actions write, from a bed value."""
    occupant, hold = bed.occupant, bed.hold
    return {
        "status": bed.status.value, "status_since": bed.since,
        "patient_id": bed.patient_id, "assigned_at": occupant.since if occupant else None,
        "notes": occupant.notes if occupant else "", "notes_shared": bool(occupant and occupant.notes_shared),
        "held_for": hold.person.patient_id if hold and hold.person else None,
        "held_text": hold.text if hold else "", "held_until": hold.until if hold else None,
        "block_reason": bed.block_reason, "blocked_from": bed.blocked_from.value if bed.blocked_from else None,
        "remark": bed.remark,
    }
