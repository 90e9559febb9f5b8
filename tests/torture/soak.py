"""Fifty stations at ten actions a second for half an hour: every board stays the table's, and memory stays where it is.

The stations are processes of ten threads each; every thread is a station: its own store, its own follower, its own
actions by what its board shows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.mirror import Mirror
from tests.torture.hall import ANYWAY, Hall, make_hall
from tests.torture.mirrors import difference
from tests.torture.propagation import ROOT
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import OutOfReach, Refused
from wardbeds.domain.requests import BlockBed, MarkClean, PlacePatient, SeenBed, SeenPlace, UnblockBed
from wardbeds.gui.memory import settle_memory
from wardbeds.services.bed_states import block_bed, mark_clean, unblock_bed
from wardbeds.services.placing import place_patient
from wardbeds.services.reading import read_board
from wardbeds.store.check import check
from wardbeds.store.database import Store

GROWTH = 0.05
"""Which part of its memory a process may gain between warming up and the end."""
STATIONS, EACH, PER_SECOND, WARDS = 50, 10, 10.0, 5
PACE = 0.9
"""Which part of the wished actions a second must have been reached."""


@dataclass
class Figures:
    """``kilobytes`` by process: after warming up, and ten times until the end."""

    seconds: float = 0.0
    warm: float = 0.0
    told: Counter[str] = field(default_factory=Counter)
    kilobytes: list[list[int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Actions a second of all stations together."""
        return self.told.total() / (self.seconds + self.warm)

    @property
    def growth(self) -> float:
        """The part of its memory that the process which grew most gained."""
        return max(one[-1] / one[0] - 1 for one in self.kilobytes)

    def broken(self) -> list[str]:
        """What is not as it should be, in words."""
        grown = [f"memory grew by {self.growth:.1%}"] if self.growth >= GROWTH else []
        few = [f"only {self.per_second:.1f} actions a second"] if self.per_second < PACE * PER_SECOND else []
        return self.wrong + grown + few


class Station:
    """One station at work."""

    def __init__(self, url: str, hall: Hall, n: int) -> None:
        self.store, self.hall = Store.open(url), hall
        self.ward_id = hall.wards[n % len(hall.wards)]
        self.actor = hall.actor(f"station-{n}")
        self.chance = random.Random(n)
        self.told: Counter[str] = Counter()
        self.mirror = Mirror(self.store, self.actor, self.ward_id, note=lambda _board, _news: None)

    def act(self) -> None:
        """Do one thing that the board offers: move somebody, or take a bed out of use, or back."""
        try:
            self._act()
            self.told["done"] += 1
        except Refused as refused:  # another station was first
            self.told[str(refused.refusal.code)] += 1
        except OutOfReach as error:
            self.told[type(error).__name__] += 1

    def _act(self) -> None:
        beds = self.mirror.board.beds
        bed = self.chance.choice([one for one in beds if one.status is not BedStatus.OCCUPIED])
        lying = [one for one in beds if one.status is BedStatus.OCCUPIED and one.patient_id is not None]
        if bed.status is BedStatus.MAINTENANCE:
            unblock_bed(self.store, self.actor, UnblockBed(bed=SeenBed.of(bed)))
        elif bed.status is BedStatus.CLEANING:
            mark_clean(self.store, self.actor, MarkClean(bed=SeenBed.of(bed)))
        elif self.chance.random() < 0.2:
            block_bed(self.store, self.actor, BlockBed(bed=SeenBed.of(bed), reason="mattress"))
        else:
            source = self.chance.choice(lying)
            assert source.patient_id is not None
            place_patient(self.store, self.actor, PlacePatient(
                patient_id=source.patient_id, bed=SeenBed.of(bed), seen=SeenPlace(bed_id=source.id), override=ANYWAY))

    def work(self, until: float, pace: float) -> None:
        """One action every ``pace`` seconds or so."""
        due = time.monotonic()
        while (due := due + self.chance.uniform(0.5, 1.5) * pace) < until:
            time.sleep(max(0.0, due - time.monotonic()))
            self.act()

    def end(self) -> str:
        """Stop; in what the board differs from the table, empty where it does not."""
        now = read_board(self.store, self.actor, self.ward_id)
        self.mirror.wait_for(lambda one: one.board.revision >= now.revision, 60)
        differs = difference(self.mirror.board, now)
        self.mirror.stop()
        self.store.close()
        return differs


def resident() -> int:
    """Memory of this process in kilobytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def main() -> None:
    """Ten stations in one process: ``--first N --seconds S --warm S``."""
    parser = argparse.ArgumentParser("tests.torture.soak")
    parser.add_argument("--url", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--warm", type=float, default=120)
    options = parser.parse_args()
    hall = Hall.load(options.folder / "hall.json")
    stations = [Station(options.url, hall, n) for n in range(options.first, options.first + EACH)]
    settle_memory()
    end = time.monotonic() + options.warm + options.seconds
    threads = [threading.Thread(target=one.work, args=(end, STATIONS / PER_SECOND)) for one in stations]
    for one in threads:
        one.start()
    time.sleep(options.warm)
    samples = [resident()]
    while time.monotonic() < end:
        time.sleep(max(0.0, min(options.seconds / 10, end - time.monotonic())))
        samples.append(resident())
    for one in threads:
        one.join()
    print(json.dumps({"kilobytes": samples, "told": sum((one.told for one in stations), Counter())}), flush=True)
    sys.stdin.readline()  # until all processes have stopped working
    print(json.dumps([differs for one in stations if (differs := one.end())]), flush=True)


def soak(url: str, folder: Path, seconds: float, warm: float) -> Figures:
    """Let them work for so long after warming up, in the fresh database at ``url``; the figures."""
    store = Store.open(url)
    try:
        make_hall(store, WARDS, beds=30, people=18).save(folder / "hall.json")
        figures = _run(url, folder, seconds, warm)
        with store.reading() as connection:
            figures.wrong += [f"db check: {one}" for one in check(connection)]
        return figures
    finally:
        store.close()


def _run(url: str, folder: Path, seconds: float, warm: float) -> Figures:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    processes = [subprocess.Popen(
        [sys.executable, "-m", "tests.torture.soak", "--url", url, "--folder", str(folder), "--first", str(first),
         "--seconds", str(seconds), "--warm", str(warm)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
        for first in range(0, STATIONS, EACH)]
    figures = Figures(seconds, warm)
    for one in processes:
        assert one.stdout is not None
        first = json.loads(one.stdout.readline())
        figures.kilobytes.append(first["kilobytes"])
        figures.told.update(first["told"])
    for one in processes:  # only now: a board is compared when nobody changes it any more
        out, _errors = one.communicate("end\n", timeout=300)
        figures.wrong += [f"a board differs from the table's in: {differs}" for differs in json.loads(out)]
    return figures


if __name__ == "__main__":
    main()
