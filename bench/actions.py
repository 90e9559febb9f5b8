"""A placement and an assignment, again and again, for whoever wants to watch them."""

from __future__ import annotations

import cProfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.hospital import Hospital, make_hospital
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, DischargePatient, Override, PlacePatient, SeenBed, SeenPlace
from wardbeds.domain.stays import Outcome
from wardbeds.services.admitting import admit_patient
from wardbeds.services.leaving import discharge_patient
from wardbeds.services.placing import place_patient
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure

TIMES = 300
ANYWAY = Override(warnings=tuple(Warned), reason="bench")


def _move(hospital: Hospital, profile: cProfile.Profile, n: int) -> None:
    here, there = ("S-1", "S-2") if n % 2 == 0 else ("S-2", "S-1")
    request = PlacePatient(patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds[here]),
                           bed=SeenBed.of(hospital.bed(there)), override=ANYWAY)
    profile.runcall(place_patient, hospital.store, hospital.nurse, request)


def _assign(hospital: Hospital, profile: cProfile.Profile, _n: int) -> None:
    request = AdmitPatient(person=hospital.people[1], ward_id=hospital.wards["South"],
                           bed=SeenBed.of(hospital.bed("S-3")), override=ANYWAY)
    profile.runcall(admit_patient, hospital.store, hospital.nurse, request)
    discharge_patient(hospital.store, hospital.nurse, DischargePatient(
        patient_id=hospital.people[1], seen=SeenPlace(bed_id=hospital.beds["S-3"]), outcome=Outcome.IMPROVED))


def moves_and_assignments(watch: Callable[[], cProfile.Profile]) -> Iterator[tuple[str, cProfile.Profile]]:
    """Each ``TIMES`` times on SQLite, after twenty that do not count."""
    with tempfile.TemporaryDirectory() as home:
        store = Store.open(ensure(Path(home) / "profile.db"))
        hospital = make_hospital(store)
        admit_patient(store, hospital.nurse, AdmitPatient(
            person=hospital.people[0], ward_id=hospital.wards["South"], bed=SeenBed.of(hospital.bed("S-1"))))
        for what, job in (("place a patient", _move), ("an assignment", _assign)):
            for n in range(20):
                job(hospital, cProfile.Profile(), n)
            profile = watch()
            for n in range(TIMES):
                job(hospital, profile, n)
            yield what, profile
        store.close()
