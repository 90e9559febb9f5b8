"""Situations on one bed and one person, and everything that people could do in each of them just then.

P is the person; Q waits in ward North, R was never here. North (N1 to N3) cleans after each patient, South (S1, S2)
does not. Every request is made from the screen as it was before anybody acted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from wardbeds.domain.beds import Bed
from wardbeds.domain.changes import Done
from wardbeds.domain.people import Actor, Role, Sex
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
    NewPerson,
    Override,
    PlacePatient,
    RecordLeft,
    ReleaseHold,
    RemoveWaiting,
    ReopenAdmission,
    Request,
    SeenBed,
    SeenPlace,
    SwapPatients,
    UnblockBed,
    UndoAction,
    UnknownPerson,
)
from wardbeds.domain.stays import Outcome
from wardbeds.domain.ward_layout import SetUpWard
from wardbeds.services import (
    accounts,
    admitting,
    bed_states,
    editing,
    leaving,
    mending,
    placing,
    reading,
    setup,
    swapping,
    undoing,
    ward_setup,
)
from wardbeds.store import registry
from wardbeds.store.batches import Needs, begin, run_all
from wardbeds.store.database import Store
from wardbeds.store.register import insert_user

ANYWAY = Override(warnings=tuple(Warned), reason="at once")
NORTH, SOUTH, P, Q, R = 1, 2, 1, 2, 3
N1, N2, N3, S1, S2 = range(1, 6)
SECONDS = timedelta(seconds=1)

Service = Callable[[Store, Actor, Any], Done]


@dataclass
class Scene:
    """A prepared situation: who acts, the screens, and the operation that undo would take back."""

    nurse: int
    chief: int
    beds: dict[int, Bed] = field(default_factory=dict)
    admissions: dict[int, int] = field(default_factory=dict)
    places: dict[int, SeenPlace] = field(default_factory=dict)
    layouts: dict[int, Any] = field(default_factory=dict)
    last: UUID | None = None

    def actor(self, role: Role, station: str) -> Actor:
        """Somebody of the role, at a station."""
        return Actor(self.chief if role is Role.ADMIN else self.nurse, role.value, role.value, role, station)

    def look(self, store: Store) -> None:
        """Read the screens."""
        nurse = self.actor(Role.MEDICAL_STAFF, "first")
        for ward in (NORTH, SOUTH):
            board = reading.read_board(store, nurse, ward)
            self.beds |= {bed.id: bed for bed in board.beds}
            for one in board.waiting:
                self.places[one.person.patient_id] = SeenPlace(ward_id=ward)
                self.admissions[one.person.patient_id] = one.admission_id
            self.layouts[ward] = ward_setup.read_ward_layout(store, self.actor(Role.ADMIN, "first"), ward)
        for bed in self.beds.values():
            if bed.occupant is not None:
                self.places[bed.occupant.person.patient_id] = SeenPlace(bed_id=bed.id)
                self.admissions[bed.occupant.person.patient_id] = bed.occupant.admission_id


@dataclass(frozen=True)
class Action:
    """What somebody does in a scene. ``own``: only the station that did the last thing can."""

    service: Service
    request: Callable[[Scene], Request]
    role: Role = Role.MEDICAL_STAFF
    own: bool = False


@dataclass(frozen=True)
class Situation:
    """How it comes about, and what can be done in it by name."""

    build: Callable[[Store, Scene], None]
    actions: dict[str, Action]


def make_people(store: Store) -> Scene:
    """Two wards, five beds, P, Q and R; Q waits in North."""
    actor, scene = accounts.system_actor("setup"), Scene(0, 0)

    def build(connection: Any) -> None:
        transaction = begin(connection, actor.user_id, Needs(house=True))
        now = datetime.now(UTC)
        scene.nurse = insert_user(connection, "nurse", Role.MEDICAL_STAFF, now)
        scene.chief = insert_user(connection, "chief", Role.ADMIN, now)
        for name, step, count in (("North", True, 3), ("South", False, 2)):
            ward = setup.add_ward(transaction, actor, {"name": name, "cleaning_step": step, "sex_policy": "any"})
            room = registry.insert_room(transaction, ward, "A", "any")
            for n in range(1, count + 1):
                setup.add_bed(transaction, actor, {"ward_id": ward, "room_id": room, "bed_number": f"{name[0]}{n}"})
        for n, name in enumerate("PQR", 1):
            setup.add_person(transaction, actor, NewPerson(last_name=f"{name}{name}{name}", sex=Sex.FEMALE,
                                                           date_of_birth=date(1980, n, n), hospital_number=f"I-{n}"))

    run_all(store, build)
    _do(store, scene, admitting.admit_patient, AdmitPatient(person=Q, ward_id=NORTH))
    return scene


def _do(store: Store, scene: Scene, service: Service, request: Request, role: Role = Role.MEDICAL_STAFF) -> None:
    service(store, scene.actor(role, "first"), request)
    scene.last = request.operation_id
    scene.look(store)


def _waits(store: Store, scene: Scene) -> None:
    _do(store, scene, admitting.admit_patient, AdmitPatient(person=P, ward_id=NORTH))


def _lies(store: Store, scene: Scene) -> None:
    _waits(store, scene)
    _do(store, scene, placing.place_patient, place(P, N1)(scene))


def _both_lie(store: Store, scene: Scene) -> None:
    """P in N1, Q in N2."""
    _lies(store, scene)
    _do(store, scene, placing.place_patient, place(Q, N2)(scene))


def _swapped(store: Store, scene: Scene) -> None:
    """P in N2, Q in N1, which undo takes back."""
    _both_lie(store, scene)
    _do(store, scene, swapping.swap_patients, swap(P, N1, N2)(scene))


def _lies_decided(store: Store, scene: Scene) -> None:
    _lies(store, scene)
    _do(store, scene, leaving.decide_discharge, decide(scene))


def _left(store: Store, scene: Scene, bed: int) -> None:
    _waits(store, scene)
    _do(store, scene, placing.place_patient, place(P, bed)(scene))
    _do(store, scene, leaving.discharge_patient, discharge(scene))
    del scene.places[P]


def _blocked(store: Store, scene: Scene) -> None:
    scene.look(store)
    _do(store, scene, bed_states.block_bed, block(N1)(scene))


def _held(store: Store, scene: Scene) -> None:
    _waits(store, scene)
    _do(store, scene, bed_states.hold_bed, hold(N1, P)(scene))


def _ran_out(store: Store, scene: Scene) -> None:
    _waits(store, scene)
    until = datetime.now(UTC) + timedelta(milliseconds=300)
    _do(store, scene, bed_states.hold_bed, HoldBed(bed=SeenBed.of(scene.beds[N1]), patient_id=P, until=until))
    time.sleep(max(0.0, (until - datetime.now(UTC)) / SECONDS + 0.001))


# requests ----------------------------------------------------------------------------------------------------

Make = Callable[[Scene], Request]


def place(person: int, bed: int) -> Make:
    return lambda scene: PlacePatient(patient_id=person, seen=scene.places[person], bed=SeenBed.of(scene.beds[bed]),
                                      override=ANYWAY)


def swap(person: int, own: int, bed: int) -> Make:
    return lambda scene: SwapPatients(patient_id=person, own=SeenBed.of(scene.beds[own]),
                                      bed=SeenBed.of(scene.beds[bed]), override=ANYWAY)


def admit(person: int, bed: int) -> Make:
    return lambda scene: AdmitPatient(person=person, ward_id=scene.beds[bed].ward_id,
                                      bed=SeenBed.of(scene.beds[bed]), override=ANYWAY)


def hold(bed: int, person: int) -> Make:
    return lambda scene: HoldBed(bed=SeenBed.of(scene.beds[bed]), patient_id=person,
                                 until=datetime.now(UTC) + timedelta(hours=1))


def block(bed: int) -> Make:
    return lambda scene: BlockBed(bed=SeenBed.of(scene.beds[bed]), reason="mattress")


def decide(scene: Scene) -> Request:
    return DecideDischarge(patient_id=P, seen=scene.places[P], outcome=Outcome.IMPROVED)


def discharge(scene: Scene) -> Request:
    return DischargePatient(patient_id=P, seen=scene.places[P], outcome=Outcome.STABLE)


def close_bed(bed: int) -> Make:
    def make(scene: Scene) -> Request:
        layout, number = scene.layouts[scene.beds[bed].ward_id], scene.beds[bed].number
        rooms = tuple(room.model_copy(update={"numbers": tuple(one for one in room.numbers if one != number)})
                      for room in layout.rooms)
        return SetUpWard(**layout.model_dump(exclude={"operation_id", "rooms"}), rooms=rooms)
    return make


def _place(person: int, bed: int) -> Action:
    return Action(placing.place_patient, place(person, bed))


def _admit(person: int, bed: int) -> Action:
    return Action(admitting.admit_patient, admit(person, bed))


def _swap(person: int, own: int, bed: int) -> Action:
    return Action(swapping.swap_patients, swap(person, own, bed))


def _hold(bed: int, person: int) -> Action:
    return Action(bed_states.hold_bed, hold(bed, person))


def _block(bed: int) -> Action:
    return Action(bed_states.block_bed, block(bed))


def _close(bed: int) -> Action:
    return Action(ward_setup.set_up_ward, close_bed(bed), Role.ADMIN)


def _remark(bed: int) -> Action:
    return Action(editing.edit_remark, lambda scene: EditRemark(
        bed=SeenBed.of(scene.beds[bed]), seen_remark=scene.beds[bed].remark, remark="squeaks"))


def _merge(unknown: int, known: int) -> Action:
    return Action(mending.merge_people, lambda _scene: MergePeople(unknown_id=unknown, known_id=known))


_DISCHARGE = Action(leaving.discharge_patient, discharge)
_DECIDE = Action(leaving.decide_discharge, decide)
_LEFT = Action(leaving.record_left, lambda scene: RecordLeft(patient_id=P, seen=scene.places[P]))
_REMOVE = Action(leaving.remove_waiting, lambda scene: RemoveWaiting(patient_id=P, seen=scene.places[P], reason="x"))
_CANCEL = Action(mending.cancel_admission, lambda scene: CancelAdmission(
    patient_id=P, seen=scene.places[P], reason="x"))
_ADMISSION = Action(editing.edit_admission, lambda scene: EditAdmission(
    patient_id=P, admission_id=scene.admissions[P], complaint="cough"))
_IDENTITY = Action(editing.edit_identity, lambda _scene: EditIdentity(
    patient_id=P, seen_hospital_number="I-1", phone="0788000000"))
_NOTES = Action(editing.edit_notes, lambda scene: EditNotes(
    bed=SeenBed.of(scene.beds[N1]), patient_id=P, seen_notes="", seen_shared=False, notes="n"))
_TIME = Action(mending.correct_time, lambda scene: CorrectTime(
    patient_id=P, seen=scene.places[P], since=datetime.now(UTC) - timedelta(hours=1), reason="late"))
_UNDO = Action(undoing.undo_action, lambda scene: UndoAction(undoes=scene.last or UUID(int=0)), own=True)
_CLEAN = Action(bed_states.mark_clean, lambda scene: MarkClean(bed=SeenBed.of(scene.beds[N1])))
_UNBLOCK = Action(bed_states.unblock_bed, lambda scene: UnblockBed(bed=SeenBed.of(scene.beds[N1])))
_RELEASE = Action(bed_states.release_hold, lambda scene: ReleaseHold(bed=SeenBed.of(scene.beds[N1])))
_REOPEN = Action(mending.reopen_admission, lambda _scene: ReopenAdmission(patient_id=P, ward_id=NORTH, reason="x"),
                 Role.ADMIN)
_ADMIT_WAITING = Action(admitting.admit_patient, lambda _scene: AdmitPatient(person=P, ward_id=SOUTH))
_REGISTER = Action(admitting.admit_patient, lambda _scene: AdmitPatient(
    person=UnknownPerson(sex=Sex.MALE), ward_id=NORTH))
_REGISTER_SOUTH = Action(admitting.admit_patient, lambda _scene: AdmitPatient(
    person=UnknownPerson(sex=Sex.MALE), ward_id=SOUTH))

SITUATIONS: dict[str, Situation] = {
    "lying": Situation(_lies, {
        "move": _place(P, N2), "transfer": _place(P, S1), "discharge": _DISCHARGE, "decide": _DECIDE,
        "cancel": _CANCEL, "remark": _remark(N1), "notes": _NOTES, "admission": _ADMISSION, "identity": _IDENTITY,
        "time": _TIME, "undo": _UNDO, "assign Q": _place(Q, N2), "admit R": _admit(R, N2), "hold": _hold(N2, P),
        "hold for Q": _hold(S1, Q), "block": _block(N2), "merge": _merge(P, R), "close bed": _close(N2)}),
    "both lie": Situation(_both_lie, {
        "swap": _swap(P, N1, N2), "swap by Q": _swap(Q, N2, N1), "move": _place(P, N3), "transfer Q": _place(Q, S1),
        "discharge": _DISCHARGE, "decide": _DECIDE, "cancel": _CANCEL, "notes": _NOTES, "time": _TIME, "undo": _UNDO,
        "hold": _hold(N3, P), "hold away for Q": _hold(S1, Q), "merge": _merge(P, R), "remark": _remark(N2)}),
    "swapped": Situation(_swapped, {
        "swap back": _swap(P, N2, N1), "undo": _UNDO, "move": _place(P, N3), "transfer Q": _place(Q, S1),
        "discharge": _DISCHARGE, "cancel": _CANCEL, "hold": _hold(N3, P), "merge": _merge(P, R)}),
    "decided": Situation(_lies_decided, {
        "left": _LEFT, "discharge": _DISCHARGE, "move": _place(P, N2), "transfer": _place(P, S1), "cancel": _CANCEL,
        "notes": _NOTES, "undo": _UNDO, "merge": _merge(P, R), "hold": _hold(S1, P)}),
    "waiting": Situation(_waits, {
        "assign": _place(P, N1), "assign away": _place(P, S1), "discharge": _DISCHARGE, "decide": _DECIDE,
        "remove": _REMOVE, "cancel": _CANCEL, "hold": _hold(N1, P), "hold away": _hold(S1, P), "block": _block(N1),
        "assign Q": _place(Q, N1), "admit R": _admit(R, N1), "remark": _remark(N1), "admission": _ADMISSION,
        "identity": _IDENTITY, "undo": _UNDO, "merge": _merge(P, R), "close bed": _close(N1)}),
    "gone": Situation(lambda store, scene: _left(store, scene, S1), {
        "admit": _admit(P, S1), "admit North": _admit(P, N1), "admit waiting": _ADMIT_WAITING, "reopen": _REOPEN,
        "hold": _hold(S1, P), "hold North": _hold(N1, P), "assign Q": _place(Q, S1), "block": _block(S1),
        "undo": _UNDO, "merge": _merge(Q, P), "identity": _IDENTITY, "close bed": _close(S1), "register": _REGISTER,
        "register South": _REGISTER_SOUTH}),
    "dirty": Situation(lambda store, scene: _left(store, scene, N1), {
        "clean": _CLEAN, "block": _block(N1), "hold": _hold(N1, Q), "remark": _remark(N1), "undo": _UNDO,
        "reopen": _REOPEN, "close bed": _close(N1), "admit R": _admit(R, N1)}),
    "blocked": Situation(_blocked, {
        "unblock": _UNBLOCK, "remark": _remark(N1), "undo": _UNDO, "close bed": _close(N1), "assign Q": _place(Q, N1),
        "hold": _hold(N1, P)}),
    "held": Situation(_held, {
        "assign": _place(P, N1), "assign away": _place(P, S1), "release": _RELEASE, "discharge": _DISCHARGE,
        "remove": _REMOVE, "cancel": _CANCEL, "undo": _UNDO, "assign Q": _place(Q, N1), "hold": _hold(S1, P),
        "merge": _merge(P, R), "block": _block(N1)}),
    "hold ran out": Situation(_ran_out, {
        "assign": _place(P, N1), "assign Q": _place(Q, N1), "hold for Q": _hold(N1, Q), "hold": _hold(S1, P),
        "block": _block(N1), "release": _RELEASE, "undo": _UNDO, "close bed": _close(N1)}),
}
AGAIN = "the same again"
"""The second is the first once more, with its operation id, as a double click sends it."""


def all_pairs() -> list[tuple[str, str, str]]:
    """Situation, first action, second action: every ordered pair."""
    return [(name, first, second) for name, situation in SITUATIONS.items()
            for first in situation.actions for second in (*situation.actions, AGAIN)]
