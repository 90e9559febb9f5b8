"""The mix of actions: every kind that a person can do, each with what the screen shows as its subject."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.torture.house import PEOPLE
from tests.torture.view import View
from wardbeds.domain.beds import Bed, BedStatus, as_of
from wardbeds.domain.people import Role, Sex
from wardbeds.domain.placement import Warned
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
    Override,
    PlacePatient,
    RecordLeft,
    ReleaseHold,
    RemoveWaiting,
    ReopenAdmission,
    Request,
    SeenBed,
    SwapPatients,
    UnblockBed,
    UndoAction,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.domain.ward_layout import SetUpWard
from wardbeds.services import admitting, bed_states, editing, leaving, mending, placing, swapping, undoing, ward_setup

ANYWAY = Override(warnings=tuple(Warned), reason="race")
MOST_NEW = 7
BLIND = 0.12
"""How often a bed is taken without looking whether it is fit."""


@dataclass
class Attempt:
    """A request about to be sent, with what it is about."""

    kind: str
    request: Request
    role: Role = Role.MEDICAL_STAFF
    beds: tuple[int, ...] = ()
    patients: tuple[int, ...] = ()
    wards: tuple[int, ...] = ()


@dataclass
class Memory:
    """What a station did: how often each kind, and what it could take back."""

    tried: Counter[str] = field(default_factory=Counter)
    done: list[Attempt] = field(default_factory=list)


Maker = Callable[[View, random.Random, Memory], Attempt | None]
MAKERS: dict[str, Maker] = {}
SERVICES: dict[str, tuple[Callable[..., Any], type[Request]]] = {}


def kind(name: str, service: Callable[..., Any], request: type[Request]) -> Callable[[Maker], Maker]:
    """Register how a kind of action is made and by which service it is carried out."""
    def register(maker: Maker) -> Maker:
        MAKERS[name] = maker
        SERVICES[name] = (service, request)
        return maker
    return register


def choose(view: View, chance: random.Random, memory: Memory) -> Attempt:
    """An action that the screen offers: of three kinds drawn the one that this station tried least."""
    while True:
        drawn = sorted(chance.sample(sorted(MAKERS), 3), key=memory.tried.__getitem__)
        for name in drawn:
            attempt = MAKERS[name](view, chance, memory)
            if attempt is not None:
                memory.tried[name] += 1
                return attempt


def _beds(view: View, chance: random.Random, *wanted: BedStatus, ward: int | None = None, away: int | None = None,
          held: bool | None = False) -> Bed | None:
    """A bed in one of the states, in a ward or away from one; ``held``: with a hold, without, or either."""
    now = datetime.now(UTC)
    found = [bed for bed in view.beds.values() if (ward is None or bed.ward_id == ward) and bed.ward_id != away]
    if chance.random() >= BLIND:
        found = [bed for bed in (as_of(bed, now) for bed in found)
                 if bed.status in wanted and (held is None or (bed.hold is not None) == held)]
    return chance.choice(found) if found else None


def _one(chance: random.Random, people: Any) -> int | None:
    people = sorted(people)
    return chance.choice(people) if people else None


def _on_bed(name: str, view: View, bed: Bed | None, make: Callable[[SeenBed], Request]) -> Attempt | None:
    if bed is None:
        return None
    seen = SeenBed.of(view.beds[bed.id])
    people = (bed.patient_id,) if bed.patient_id is not None else ()
    return Attempt(name, make(seen), beds=(bed.id,), patients=people, wards=(bed.ward_id,))


def _on_person(name: str, view: View, patient_id: int | None, make: Callable[[int], Request]) -> Attempt | None:
    if patient_id is None:
        return None
    bed, ward = view.lying().get(patient_id), view.ward_of(patient_id)
    return Attempt(name, make(patient_id), beds=(bed.id,) if bed else (), patients=(patient_id,),
                   wards=(ward,) if ward else ())


def _place(name: str, view: View, chance: random.Random, people: Any, *, far: bool) -> Attempt | None:
    patient_id = _one(chance, people)
    if patient_id is None:
        return None
    ward = view.ward_of(patient_id)
    bed = _beds(view, chance, BedStatus.AVAILABLE, ward=None if far else ward, away=ward if far else None)
    held = [one for one in view.beds.values() if one.hold and one.hold.person
            and one.hold.person.patient_id == patient_id and one.status is BedStatus.RESERVED]
    if held and not far and chance.random() < 0.5:
        bed = held[0]
    seen = view.place(patient_id)
    attempt = _on_bed(name, view, bed, lambda target: PlacePatient(
        patient_id=patient_id, seen=seen, bed=target, override=ANYWAY))
    if attempt is not None:
        attempt.patients = (patient_id,)
        attempt.beds += (seen.bed_id,) if seen.bed_id is not None else ()
        attempt.wards = tuple({*attempt.wards, *([ward] if ward else [])})
    return attempt


@kind("assign", placing.place_patient, PlacePatient)
def _assign(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _place("assign", view, chance, view.waiting, far=chance.random() < 0.2)


@kind("move", placing.place_patient, PlacePatient)
def _move(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _place("move", view, chance, view.lying(), far=False)


@kind("transfer", placing.place_patient, PlacePatient)
def _transfer(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _place("transfer", view, chance, view.lying(), far=True)


@kind("swap", swapping.swap_patients, SwapPatients)
def _swap(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    """Two who lie somewhere, mostly in the same ward."""
    lying = view.lying()
    first = _one(chance, lying)
    own = lying[first] if first is not None else None
    near = chance.random() < 0.8
    second = _one(chance, [one for one, bed in lying.items() if own is not None and one != first
                           and (not near or bed.ward_id == own.ward_id)])
    if first is None or second is None or own is None:
        return None
    bed = lying[second]
    return Attempt("swap", SwapPatients(patient_id=first, own=SeenBed.of(own), bed=SeenBed.of(bed), override=ANYWAY),
                   beds=(own.id, bed.id), patients=(first, second), wards=tuple({own.ward_id, bed.ward_id}))


@kind("admit", admitting.admit_patient, AdmitPatient)
def _admit(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    patient_id = _one(chance, view.absent())
    if patient_id is None:
        return None
    attempt = _on_bed("admit", view, _beds(view, chance, BedStatus.AVAILABLE), lambda seen: AdmitPatient(
        person=patient_id, ward_id=view.beds[seen.bed_id].ward_id, bed=seen, override=ANYWAY))
    if attempt is not None:
        attempt.patients = (patient_id,)
    return attempt


@kind("admit_waiting", admitting.admit_patient, AdmitPatient)
def _admit_waiting(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    patient_id, ward = _one(chance, view.absent()), chance.choice(view.house.wards)
    if patient_id is None:
        return None
    return Attempt("admit_waiting", AdmitPatient(person=patient_id, ward_id=ward), patients=(patient_id,),
                   wards=(ward,))


@kind("register", admitting.admit_patient, AdmitPatient)
def _register(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    if len(view.people) >= PEOPLE + MOST_NEW:
        return None
    ward = chance.choice(view.house.wards)
    return Attempt("register", AdmitPatient(person=UnknownPerson(sex=Sex.MALE), ward_id=ward), wards=(ward,))


@kind("merge", mending.merge_people, MergePeople)
def _merge(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    unknown, known = _one(chance, _here(view) if chance.random() < 0.8 else view.people), _one(chance, view.absent())
    if unknown is None or known is None or len(view.people) <= PEOPLE:
        return None
    attempt = _on_person("merge", view, unknown, lambda one: MergePeople(unknown_id=one, known_id=known))
    if attempt is not None:
        attempt.patients = (unknown, known)
    return attempt


@kind("reopen", mending.reopen_admission, ReopenAdmission)
def _reopen(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    patient_id, ward = _one(chance, view.absent()), chance.choice(view.house.wards)
    if patient_id is None:
        return None
    return Attempt("reopen", ReopenAdmission(patient_id=patient_id, ward_id=ward, reason="wrong person"), Role.ADMIN,
                   patients=(patient_id,), wards=(ward,))


def _here(view: View) -> set[int]:
    return view.lying().keys() | view.waiting.keys()


@kind("decide", leaving.decide_discharge, DecideDischarge)
def _decide(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    people = [one for one in _here(view) if one in view.waiting or not _decided(view, one)]
    return _on_person("decide", view, _one(chance, people), lambda one: DecideDischarge(
        patient_id=one, seen=view.place(one), outcome=Outcome.IMPROVED))


def _decided(view: View, patient_id: int) -> bool:
    bed = view.lying().get(patient_id)
    return bed is not None and bed.occupant is not None and bed.occupant.decided_at is not None


@kind("left", leaving.record_left, RecordLeft)
def _left(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    people = [one for one in view.lying() if _decided(view, one) or chance.random() < BLIND]
    return _on_person("left", view, _one(chance, people), lambda one: RecordLeft(
        patient_id=one, seen=view.place(one)))


@kind("discharge", leaving.discharge_patient, DischargePatient)
def _discharge(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_person("discharge", view, _one(chance, _here(view)), lambda one: DischargePatient(
        patient_id=one, seen=view.place(one), outcome=Outcome.STABLE))


@kind("remove", leaving.remove_waiting, RemoveWaiting)
def _remove(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_person("remove", view, _one(chance, view.waiting), lambda one: RemoveWaiting(
        patient_id=one, seen=view.place(one), reason="went home"))


@kind("cancel", mending.cancel_admission, CancelAdmission)
def _cancel(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_person("cancel", view, _one(chance, _here(view)), lambda one: CancelAdmission(
        patient_id=one, seen=view.place(one), reason="wrong person"))


@kind("time", mending.correct_time, CorrectTime)
def _time(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    patient_id = _one(chance, view.lying())
    if patient_id is None:
        return None
    occupant = view.lying()[patient_id].occupant
    assert occupant is not None
    now = datetime.now(UTC)
    since = occupant.since + (now - occupant.since) * chance.choice([-0.2, 0.3, 0.5])
    return _on_person("time", view, patient_id, lambda one: CorrectTime(
        patient_id=one, seen=view.place(one), since=since, reason="late entry"))


@kind("clean", bed_states.mark_clean, MarkClean)
def _clean(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_bed("clean", view, _beds(view, chance, BedStatus.CLEANING, held=None), lambda seen: MarkClean(bed=seen))


@kind("block", bed_states.block_bed, BlockBed)
def _block(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_bed("block", view, _beds(view, chance, BedStatus.AVAILABLE, BedStatus.CLEANING),
                   lambda seen: BlockBed(bed=seen, reason="mattress"))


@kind("unblock", bed_states.unblock_bed, UnblockBed)
def _unblock(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_bed("unblock", view, _beds(view, chance, BedStatus.MAINTENANCE), lambda seen: UnblockBed(bed=seen))


@kind("hold", bed_states.hold_bed, HoldBed)
def _hold(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    patient_id = _one(chance, view.people)
    until = datetime.now(UTC) + chance.choice([timedelta(milliseconds=400), timedelta(seconds=3), timedelta(hours=2)])
    attempt = _on_bed("hold", view, _beds(view, chance, BedStatus.AVAILABLE, BedStatus.CLEANING), lambda seen: HoldBed(
        bed=seen, patient_id=patient_id, until=until))
    if attempt is not None and patient_id is not None:
        attempt.patients = (patient_id,)
    return attempt


@kind("release", bed_states.release_hold, ReleaseHold)
def _release(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    bed = _beds(view, chance, BedStatus.RESERVED, BedStatus.CLEANING, held=True)
    return _on_bed("release", view, bed, lambda seen: ReleaseHold(bed=seen))


@kind("remark", editing.edit_remark, EditRemark)
def _remark(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    return _on_bed("remark", view, _beds(view, chance, *BedStatus, held=None),
                   lambda seen: EditRemark(bed=seen, seen_remark=view.beds[seen.bed_id].remark, remark=f"remark {chance.randrange(1000)}"))


@kind("notes", editing.edit_notes, EditNotes)
def _notes(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    bed = view.lying().get(_one(chance, view.lying()) or 0)
    occupant = bed.occupant if bed is not None else None
    return _on_bed("notes", view, bed, lambda seen: EditNotes(
        bed=seen, patient_id=seen.patient_id or 0, seen_notes=occupant.notes if occupant else "",
        seen_shared=bool(occupant and occupant.notes_shared), notes=f"notes of {seen.patient_id}"))


@kind("admission", editing.edit_admission, EditAdmission)
def _admission(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    ids = {one: waiting.admission_id for one, waiting in view.waiting.items()}
    ids |= {one: bed.occupant.admission_id for one, bed in view.lying().items() if bed.occupant}
    return _on_person("admission", view, _one(chance, ids), lambda one: EditAdmission(
        patient_id=one, admission_id=ids[one], complaint=f"complaint {chance.randrange(1000)}"))


@kind("identity", editing.edit_identity, EditIdentity)
def _identity(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    people = {one.person.patient_id: one.person for one in view.waiting.values()}
    people |= {one: bed.occupant.person for one, bed in view.lying().items() if bed.occupant}
    return _on_person("identity", view, _one(chance, people), lambda one: EditIdentity(
        patient_id=one, seen_hospital_number=people[one].hospital_number, phone=f"07{chance.randrange(10**8):08d}"))


@kind("layout", ward_setup.set_up_ward, SetUpWard)
def _layout(view: View, chance: random.Random, _memory: Memory) -> Attempt | None:
    """Take the ward's spare bed into use, or out of it."""
    n = chance.randrange(len(view.house.wards))
    ward, spare = view.house.wards[n], f"{n + 1}-spare"
    now = reading_layout(view, ward)
    there = any(spare in room.numbers for room in now.rooms)
    rooms = [room.model_copy(update={"numbers": tuple(one for one in room.numbers if one != spare)})
             for room in now.rooms]
    if not there:
        rooms[-1] = rooms[-1].model_copy(update={"numbers": (*rooms[-1].numbers, spare)})
    changed = SetUpWard(**now.model_dump(exclude={"operation_id", "rooms"}), rooms=tuple(rooms))
    return Attempt("layout", changed, Role.ADMIN, beds=(view.house.spare[n],), wards=(ward,))


def reading_layout(view: View, ward: int) -> SetUpWard:
    """The ward's layout as it is set up now."""
    return ward_setup.read_ward_layout(view.store, view.house.actor(Role.ADMIN, view.actor.station), ward)


UNDOABLE = frozenset(MAKERS) - {"remark", "notes", "admission", "identity", "layout", "merge", "time", "cancel",
                                "reopen"}


@kind("undo", undoing.undo_action, UndoAction)
def _undo(_view: View, chance: random.Random, memory: Memory) -> Attempt | None:
    """Take back the last action, or, as a finger that taps twice does, one that was taken back before."""
    if not memory.done:
        return None
    last = memory.done[-1] if chance.random() < BLIND else memory.done.pop()
    return Attempt("undo", UndoAction(undoes=UUID(str(last.request.operation_id))), beds=last.beds,
                   patients=last.patients, wards=last.wards)


KINDS = tuple(sorted(MAKERS))
