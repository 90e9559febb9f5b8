"""What happened in the demo's wards: who lies where since when, who left, who waits, what was noted."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from wardbeds.domain.beds import BedStatus
from wardbeds.domain.people import Actor, Sex
from wardbeds.domain.requests import AdmitPatient, DecideDischarge, EditNotes, EditRemark, SeenBed, SeenPlace
from wardbeds.domain.stays import Feeds, Outcome, Source
from wardbeds.services import bed_states
from wardbeds.services.admitting import admit
from wardbeds.services.demo_people import COMPLAINTS, NOTES, REMARKS, People
from wardbeds.services.editing import write_notes, write_remark
from wardbeds.services.leaving import decide, discharge
from wardbeds.services.placing import place_in_bed
from wardbeds.store.transaction import Transaction
from wardbeds.store.work import Work


@dataclass(frozen=True, slots=True)
class Plan:
    """A ward of the demo. ``free``: every how manieth bed is left free; 0: none, the ward is full.

    Beds are counted from 0: ``moved``: from which to which somebody was moved a short while ago; ``going``: whose
    discharge is decided; ``unknown``: where somebody lies whom nobody knows.
    """

    name: str
    code: str
    rooms: tuple[tuple[str, str, int], ...]
    cleaning_step: bool = True
    age_policy: str = "any"
    specialty: str = ""
    free: int = 8
    attendants: bool = False
    staffed: int | None = None
    features: str = "oxygen"
    moved: tuple[int, int] | None = None
    going: tuple[int, ...] = ()
    unknown: int | None = None


@dataclass(slots=True)
class Staff:
    """Who is responsible for the patients of a ward, by user id."""

    nurses: tuple[int, ...]
    doctor: int | None = None


@dataclass(slots=True)
class DemoWard:
    """What filling a ward needs. ``chance`` decides who lies where; ``more`` what is known besides."""

    transaction: Transaction
    actor: Actor
    chance: random.Random
    now: datetime
    people: People
    plan: Plan
    staff: Staff
    ward_id: int
    beds: list[tuple[int, str]]
    more: random.Random = field(default_factory=lambda: random.Random(20260204))  # noqa: S311  (the same each time)
    lying: dict[int, int] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, int]:
        """How old the ward's patients are."""
        return {"PED": (0, 14), "MAT": (17, 41)}.get(self.plan.code, (18, 86))

    def work(self, action: str, before: timedelta) -> Work:
        """A piece of work that happened some time ago."""
        return Work(self.transaction, self.actor, uuid4(), action, self.now - before, imported=True)


def _seen(bed_id: int) -> SeenBed:
    return SeenBed(bed_id=bed_id, version=0, status=BedStatus.AVAILABLE)


def _admit(ward: DemoWard, bed_id: int | None, sex: Sex, before: timedelta, source: Source, **more: Any) -> int:
    attended = ward.plan.attendants or ward.more.random() < 0.67
    patient_id = ward.people.register(sex, more.pop("years", ward.years), more.pop("family", ""),
                                      before + timedelta(minutes=10), attended=attended)
    leaving = more.pop("leaving", None)
    work = ward.work("admitted", before)
    admit(work, patient_id, AdmitPatient(
        person=patient_id, ward_id=ward.ward_id, bed=_seen(bed_id) if bed_id is not None else None, source=source,
        specialty=more.pop("specialty", ward.plan.specialty), complaint=ward.more.choice(COMPLAINTS[ward.plan.code]),
        feeds=ward.more.choice((Feeds.FAMILY, Feeds.FAMILY, Feeds.KITCHEN, Feeds.CHARITY)), **more,
        expected_leaving=ward.now.date() + timedelta(days=leaving) if leaving is not None else None))
    work.finish()
    return patient_id


def fill_ward(ward: DemoWard) -> None:
    """Most beds occupied, some to clean, blocked, held or free, and some people who wait."""
    full = ward.plan.free == 0
    for n, (bed_id, policy) in enumerate(ward.beds):
        if n % 11 == 1:
            _remark(ward, bed_id, REMARKS[n // 11 % len(REMARKS)])
        if not full and n % ward.plan.free == 2:
            continue
        sex = {"male": Sex.MALE, "female": Sex.FEMALE}.get(policy, ward.chance.choice((Sex.MALE, Sex.FEMALE)))
        kind = -1 if full else n % 12
        if n == ward.plan.unknown:
            ward.lying[n] = _unknown(ward, bed_id)
        elif kind == 4:
            _left(ward, bed_id, sex, minutes=35 if n < 8 else 130)
        elif kind == 5:
            _blocked(ward, bed_id, "used by attendant" if ward.plan.attendants else "mattress")
        elif kind == 3:
            _held(ward, bed_id, sex)
        elif kind != 9 or ward.plan.code == "ICU":
            ward.lying[n] = _lies(ward, bed_id, sex, n, last=n == len(ward.beds) - 1)
    if ward.plan.moved is not None:
        old, new = ward.plan.moved
        _moved(ward, ward.lying[old], ward.beds[new][0], minutes=40)
    for n in ward.plan.going:
        _going(ward, ward.lying[n], ward.beds[n][0])
    _waiting(ward)


def _moved(ward: DemoWard, patient_id: int, bed_id: int, minutes: int) -> None:
    work = ward.work("moved", timedelta(minutes=minutes))
    place_in_bed(work, patient_id, _seen(bed_id), moving=True)
    work.finish()


def _going(ward: DemoWard, patient_id: int, bed_id: int) -> None:
    work = ward.work("discharge_decided", timedelta(minutes=ward.more.randint(20, 100)))
    decide(work, DecideDischarge(patient_id=patient_id, seen=SeenPlace(bed_id=bed_id), outcome=Outcome.IMPROVED))
    work.finish()


def _lies(ward: DemoWard, bed_id: int, sex: Sex, n: int, *, last: bool) -> int:
    chance = ward.chance
    since = timedelta(hours=chance.choice((3, 9, 26, 30, 50, 75, 120, 190, 300, 560)), minutes=chance.randint(0, 50))
    if n % 2 == 0:
        _earlier(ward, bed_id, sex, since + timedelta(hours=2))
    lying = len(ward.lying)
    patient_id = _admit(
        ward, bed_id, sex, since, chance.choice((Source.EMERGENCY, Source.PLANNED, Source.CLINIC)),
        leaving=0 if n % 7 == 6 else 3 if n % 4 == 0 else None,
        nurse_id=ward.staff.nurses[lying % 3] if lying % 3 < len(ward.staff.nurses) else None,
        doctor_id=ward.staff.doctor if lying % 2 == 0 else None,
        needs=("infectious", "isolation") if last or n == 7 else ("isolation",) if n == 11 else ())
    if lying % 4 == 2:
        _note(ward, bed_id, patient_id, *NOTES[lying // 4 % len(NOTES)], before=since - timedelta(minutes=30))
    return patient_id


def _unknown(ward: DemoWard, bed_id: int) -> int:
    work = ward.work("admitted", timedelta(hours=3))
    patient_id, request = ward.people.unknown(work, ward.ward_id)
    admit(work, patient_id, request.model_copy(update={"bed": _seen(bed_id), "nurse_id": ward.staff.nurses[0]}))
    work.finish()
    return patient_id


def _note(ward: DemoWard, bed_id: int, patient_id: int, text: str, shared: bool, before: timedelta) -> None:
    work = ward.work("notes_edited", before)
    write_notes(work, EditNotes(bed=_seen(bed_id), patient_id=patient_id, seen_notes="", seen_shared=False,
                                notes=text, shared=shared))
    work.finish()


def _remark(ward: DemoWard, bed_id: int, text: str) -> None:
    work = ward.work("remark_edited", timedelta(days=40))
    write_remark(work, EditRemark(bed=_seen(bed_id), seen_remark="", remark=text))
    work.finish()


def _earlier(ward: DemoWard, bed_id: int, sex: Sex, before: timedelta) -> None:
    """Somebody who lay in the bed before and went home."""
    patient_id = _admit(ward, bed_id, sex, before + timedelta(days=4), Source.PLANNED)
    work = ward.work("discharged", before)
    discharge(work, patient_id, Outcome.IMPROVED, None)
    work.finish()
    if ward.plan.cleaning_step:
        work = ward.work("cleaned", before - timedelta(minutes=40))
        bed_states.clean(work, _seen(bed_id))
        work.finish()


def _left(ward: DemoWard, bed_id: int, sex: Sex, minutes: int) -> None:
    patient_id = _admit(ward, bed_id, sex, timedelta(days=3), Source.PLANNED)
    work = ward.work("discharged", timedelta(minutes=minutes))
    discharge(work, patient_id, Outcome.IMPROVED, None)
    work.finish()


def _blocked(ward: DemoWard, bed_id: int, reason: str) -> None:
    work = ward.work("blocked", timedelta(hours=5))
    bed_states.block(work, _seen(bed_id), reason)
    work.finish()


def _held(ward: DemoWard, bed_id: int, sex: Sex) -> None:
    patient_id = _admit(ward, None, sex, timedelta(minutes=50), Source.CLINIC)
    work = ward.work("held", timedelta(minutes=40))
    bed_states.hold(work, _seen(bed_id), patient_id, "", ward.now + timedelta(hours=4))
    work.finish()


def _waiting(ward: DemoWard) -> None:
    """Those who wait, such that every warning of placing comes up somewhere."""
    for minutes, source, more in (
            (200, Source.EMERGENCY, {"needs": ("monitor",)}), (50, Source.TRANSFER, {"specialty": "neurology"}),
            (25, Source.CLINIC, {"needs": ("isolation",), "family": "Uwimana"})):
        sex = Sex.FEMALE if ward.plan.code == "MAT" else ward.chance.choice((Sex.MALE, Sex.FEMALE))
        _admit(ward, None, sex, timedelta(minutes=minutes), source, **more)
    if ward.plan.code == "IM-A":
        _admit(ward, None, Sex.MALE, timedelta(minutes=15), Source.EMERGENCY, years=(6, 12))
