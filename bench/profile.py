"""Where the processor's time of an action goes, on SQLite: ``python -m bench.profile``. The disk's is apart."""

from __future__ import annotations

import cProfile
import pstats
import tempfile
import time
from collections import Counter
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
PARTS = (
    ("SQLite itself, COMMIT included", ("'sqlite3.",)),
    ("binding, sending, reading rows", ("store/prepared.py", "store/types.py", "domain/times.py", "isoformat")),
    ("SQLAlchemy: pool, connection, transaction", ("sqlalchemy",)),
    ("the event: body, hash", ("json", "store/events.py", "hash", "domain/changes.py")),
    ("values of rows", ("store/board.py", "store/places.py", "domain/beds.py", "dataclasses", "enum.py")),
    ("rules, services, unit of work", ("wardbeds/",)),
)


def _part(place: tuple[str, int, str]) -> str:
    name = f"{place[0]} {place[2]}"
    return next((part for part, signs in PARTS if any(sign in name for sign in signs)), "Python's own, the rest")


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


def _tell(what: str, profile: cProfile.Profile) -> None:
    spent: Counter[str] = Counter()
    for place, (_calls, _times, own, _total, _callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent[_part(place)] += own
    print(f"{what}: {1000 * spent.total() / TIMES:.2f} ms of the processor each, slowed down by being watched")
    for part, seconds in spent.most_common():
        print(f"  {part:44} {100 * seconds / spent.total():3.0f} %")


def main() -> None:
    """A placement and an assignment, in shares."""
    with tempfile.TemporaryDirectory() as home:
        store = Store.open(ensure(Path(home) / "profile.db"))
        hospital = make_hospital(store)
        admit_patient(store, hospital.nurse, AdmitPatient(
            person=hospital.people[0], ward_id=hospital.wards["South"], bed=SeenBed.of(hospital.bed("S-1"))))
        for what, job in (("place a patient", _move), ("an assignment", _assign)):
            for n in range(20):
                job(hospital, cProfile.Profile(), n)
            profile = cProfile.Profile(time.thread_time)
            for n in range(TIMES):
                job(hospital, profile, n)
            _tell(what, profile)
        store.close()


if __name__ == "__main__":
    main()
