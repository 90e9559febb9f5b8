"""A bad network under a real window: it says within 15 s that it is cut off, and is right again 10 s after healing.

What it tells about an action that was under way when the cable was cut must be so as well.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from tests.torture.hall import Hall, make_hall
from tests.torture.propagation import ROOT, Mover
from tests.torture.window import digest
from wardbeds.domain.beds import BedStatus
from wardbeds.services.reading import read_board
from wardbeds.store.database import Store
from wardbeds.store.tables import events

BANNER, CAUGHT_UP, STUCK = 15.0, 10.0, 100.0
"""Seconds, seconds, milliseconds: what must not be passed."""
PATIENCE = 60.0
DELAY, LOSS = 0.2, 0.1


class Cable(Protocol):
    """What lies between the window and the server, for better and worse."""

    delay: float
    loss: float

    def hold(self) -> None: ...
    def heal(self) -> None: ...


@dataclass
class Figures:
    """What came out of it, in seconds and milliseconds; ``wrong`` in words."""

    rounds: Counter[str] = field(default_factory=Counter)
    banner: list[float] = field(default_factory=list)
    caught_up: list[float] = field(default_factory=list)
    stuck: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def broken(self) -> list[str]:
        """What is not as it should be, in words."""
        late = [f"the banner took {one} s" for one in self.banner if one > BANNER]
        slow = [f"catching up took {one} s" for one in self.caught_up if one > CAUGHT_UP]
        stuck = [f"the window was stuck for {one} ms" for one in self.stuck if one >= STUCK]
        return self.wrong + late + slow + stuck


class Window:
    """A watched window in a process of its own, asked and heard by lines."""

    def __init__(self, url: str, station: str, prefix: Sequence[str] = (), **environment: str) -> None:
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "tests.torture.window", "--url", url, "--station", station],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path} | environment)
        self._heard: list[dict[str, Any]] = []
        self._news = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self._heard.append(json.loads(line))
                self._news.notify_all()

    def hear(self, what: str, since: float, **wanted: object) -> dict[str, Any]:
        """The first line of this kind said at ``since`` or later."""
        def find() -> dict[str, Any] | None:
            return next((one for one in self._heard if one["what"] == what and one["at"] >= since
                         and wanted.items() <= one.items()), None)

        with self._news:
            found = self._news.wait_for(find, PATIENCE)
            if found is None:
                raise AssertionError(f"the window never said {what}, but {self._heard[-5:]}")
            return found

    def ask(self, line: str, answer: str) -> dict[str, Any]:
        """Say a line; the answer."""
        since = time.monotonic()
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.hear(answer, since)

    def end(self) -> None:
        """Close it."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()


@dataclass
class Stage:
    """A window behind a bad cable, and others who make changes past it."""

    store: Store
    hall: Hall
    cable: Cable
    window: Window
    mover: Mover
    chance: random.Random
    figures: Figures = field(default_factory=Figures)
    changes: int = 0

    def change(self, times: int = 1) -> None:
        """Others move somebody in the ward that the window shows."""
        for _ in range(times):
            self.mover.move(self.changes * len(self.hall.wards))
            self.changes += 1

    def act(self) -> str:
        """The person at the window moves the last of the ward's people, whom nobody else moves; the operation."""
        ward_id = self.hall.wards[0]
        patient = self.hall.people[str(ward_id)][-1]
        beds = read_board(self.store, self.mover.actor, ward_id).beds
        free = [bed for bed in beds if bed.status is BedStatus.AVAILABLE]
        return str(self.window.ask(f"move {patient} {free[-1].id}", "asked")["operation"])

    def judge_act(self, operation: str) -> None:
        """What the person was told must be so."""
        answer = self.window.hear("told", 0.0, operation=operation)["answer"]
        self.figures.told[answer] += 1
        with self.store.reading() as connection:
            there = connection.scalars(select(events.c.revision).where(events.c.operation_id == operation)).all()
        if len(there) != (answer == "done"):
            self.figures.wrong.append(f"told {answer}, and {len(there)} events are there")

    def heal_and_wait(self) -> None:
        """Mend the cable; the window must show the table and say that it is the present."""
        self.cable.delay = self.cable.loss = 0.0
        self.cable.heal()
        healed = time.monotonic()
        now = digest(read_board(self.store, self.mover.actor, self.hall.wards[0]))
        while time.monotonic() < healed + PATIENCE:
            shown = self.window.ask("board", "board")
            now = digest(read_board(self.store, self.mover.actor, self.hall.wards[0]))
            if shown["online"] and shown["digest"] == now:
                self.figures.caught_up.append(round(shown["at"] - healed, 2))
                return
            time.sleep(0.05)
        self.figures.wrong.append("the window's board never was the table's again")


def silent_cut(stage: Stage) -> None:
    """Nothing passes and nothing ends, for as long as it takes the window to notice, and somewhat longer."""
    stage.change(2)
    start = time.monotonic()
    stage.cable.hold()
    operation = stage.act()
    stage.change(2)
    lost = stage.window.hear("lost", start)
    stage.figures.banner.append(round(lost["at"] - start, 2))
    if not lost["banner"]:
        stage.figures.wrong.append("no banner although the connection is lost")
    time.sleep(stage.chance.uniform(0, 3))
    stage.heal_and_wait()
    stage.judge_act(operation)
    stage.heal_and_wait()


def slow_and_lossy(stage: Stage) -> None:
    """200 ms each way, and a tenth is late by 0.2 to 1.5 s."""
    stage.cable.delay, stage.cable.loss = DELAY, LOSS
    operation = stage.act()
    for _ in range(6):
        stage.change()
        time.sleep(0.4)
    stage.heal_and_wait()
    stage.judge_act(operation)
    stage.heal_and_wait()


def flapping(stage: Stage) -> None:
    """There and gone, every second or so."""
    operation = ""
    for n in range(5):
        stage.cable.hold()
        if n == 1:
            operation = stage.act()
        stage.change()
        time.sleep(stage.chance.uniform(0.1, 1.2))
        stage.cable.heal()
        time.sleep(stage.chance.uniform(0.1, 0.8))
    stage.heal_and_wait()
    stage.judge_act(operation)
    stage.heal_and_wait()


KINDS: tuple[Callable[[Stage], None], ...] = (silent_cut, slow_and_lossy, flapping)


@contextmanager
def stage_behind(url: str, through: str, cable: Cable, folder: Path, seed: int, prefix: Sequence[str] = (),
                 **environment: str) -> Iterator[Stage]:
    """A window that reaches the fresh database at ``url`` by ``through``; the rest is for its process."""
    store = Store.open(url)
    hall = make_hall(store, wards=2, beds=24, people=16)
    hall.save(folder / "hall.json")
    window = Window(through, "watched", prefix, **environment)
    try:
        window.hear("opened", 0.0)
        hurried = Hall(hall.nurse, hall.wards, {ward: people[:-1] for ward, people in hall.people.items()})
        yield Stage(store, hall, cable, window, Mover(store, hurried), random.Random(seed))
    finally:
        cable.heal()
        window.end()
        store.close()


def torment(stage: Stage, rounds: int) -> Figures:
    """``rounds`` rounds, of each kind in turn."""
    stage.heal_and_wait()
    stage.figures.caught_up.clear()
    stage.window.ask("gap", "gap")
    for n in range(rounds):
        kind = KINDS[n % len(KINDS)]
        kind(stage)
        stage.figures.rounds[kind.__name__] += 1
        gap = stage.window.ask("gap", "gap")
        stage.figures.stuck.append(gap["milliseconds"])
        stage.figures.worked.append(gap["worked"])
    return stage.figures

