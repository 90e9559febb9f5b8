"""How fast every station sees a change, and whether it sees each."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from tests.torture.hall import ANYWAY, Hall, make_hall
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.requests import PlacePatient, SeenBed, SeenPlace
from wardbeds.services.placing import place_patient
from wardbeds.services.reading import read_board
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.tables import events, streams

ROOT = Path(__file__).parents[2]
P95, PACE = 300.0, 0.9
"""Milliseconds within which 95 of 100 must be seen, and which part of the wished pace must have been reached."""


@dataclass
class Figures:
    """``milliseconds`` from COMMIT being sent to the board of another station showing it."""

    changes: int = 0
    per_second: float = 0.0
    wished: float = 0.0
    feeds: int = 0
    restarts: int = 0
    seen: int = 0
    missed: int = 0
    different: list[str] = field(default_factory=list)
    losses: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def percentile(self, n: int) -> float:
        """The n-th percentile in milliseconds."""
        return statistics.quantiles(self.milliseconds, n=100)[n - 1]

    def times(self) -> str:
        """Median, 95th and 99th percentile, and the most."""
        return " / ".join(f"{one:.0f} ms" for one in (*map(self.percentile, (50, 95, 99)), max(self.milliseconds)))

    def line(self) -> str:
        """The figures in one line."""
        return (f"{self.changes} changes at {self.per_second}/s to {self.feeds} stations, {self.restarts} restarts: "
                f"{self.seen} seen in {self.times()}, {self.missed} missed, {len(self.different)} wrong, "
                f"{self.losses} losses")

    def wrong(self) -> list[str]:
        """What is wrong whatever the machine, in words."""
        return [*self.different, *([f"{self.missed} changes were missed"] if self.missed else [])]

    def broken(self) -> list[str]:
        """All that is not as it should be, times too."""
        slow = [f"p95 is {self.percentile(95):.0f} ms"] if self.percentile(95) >= P95 else []
        late = [f"only {self.per_second} changes a second"] if self.per_second < PACE * self.wished else []
        return self.wrong() + slow + late + ([] if self.restarts else ["no station was restarted"])


@contextmanager
def crew(url: str, folder: Path, feeds: int, processes: int, *options: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that follow; they are there when this begins, and their reports when it ends."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    started = []
    with ExitStack() as stack:
        for first in range(0, feeds, -(-feeds // processes)):
            count = min(-(-feeds // processes), feeds - first)
            started.append(stack.enter_context(subprocess.Popen(
                [sys.executable, "-m", "tests.torture.mirrors", "--url", url, "--folder", str(folder),
                 "--first", str(first), "--count", str(count), *options],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)))
        for one in started:
            assert one.stdout is not None and one.stdout.readline() == "ready\n"
        yield started
        for one in started:
            assert one.stdin is not None
            one.stdin.write("end\n")
            one.stdin.flush()
        for one in started:
            if one.wait(timeout=300):
                raise RuntimeError("the stations of one process broke")


class Mover:
    """Moves people round in their wards; remembers when each COMMIT was sent."""

    def __init__(self, store: Store, hall: Hall, station: str = "mover") -> None:
        self.store, self.hall, self.actor = store, hall, hall.actor(station)
        self.sent: dict[str, float] = {}
        self._last_commit = 0.0
        event.listen(store.engine, "commit", self._note)

    def _note(self, connection: Any) -> None:
        if connection.get_execution_options().get("wardbeds_write"):
            self._last_commit = time.monotonic()

    def move(self, n: int) -> None:
        """Move somebody of the ``n``-th ward into a free bed."""
        ward_id = self.hall.wards[n % len(self.hall.wards)]
        board = read_board(self.store, self.actor, ward_id)
        people = self.hall.people[str(ward_id)]
        patient = people[n // len(self.hall.wards) % len(people)]
        free = [bed for bed in board.beds if bed.status is BedStatus.AVAILABLE]
        lies = next(bed for bed in board.beds if bed.patient_id == patient)
        request = PlacePatient(patient_id=patient, bed=SeenBed.of(free[n % len(free)]), seen=SeenPlace(bed_id=lies.id),
                               override=ANYWAY)
        place_patient(self.store, self.actor, request)
        self.sent[str(request.operation_id)] = self._last_commit

    def at_pace(self, changes: int, per_second: float, between: Callable[[], None] | None = None) -> None:
        """``changes`` moves at an even pace, ``between`` half way to the next; a late one is not made up for by hurry."""
        due = time.monotonic()
        for n in range(changes):
            time.sleep(max(0.0, due - time.monotonic()))
            due = max(due + 1 / per_second, time.monotonic() - 0.5)
            self.move(n)
            if between is not None:
                time.sleep(max(0.0, due - 0.5 / per_second - time.monotonic()))
                between()


def measure(url: str, folder: Path, changes: int, feeds: int, processes: int, *, per_second: float = 20.0,
            restart_every: float = 0.0, heartbeat: float = 4.0, wards: int = 4,
            between: Callable[[], None] | None = None) -> Figures:
    """Make changes in a fresh, migrated database while ``feeds`` stations follow; ``between`` runs between each two."""
    store = Store.open(url)
    try:
        hall = make_hall(store, wards, beds=24, people=16)
        hall.save(folder / "hall.json")
        mover = Mover(store, hall)
        with crew(url, folder, feeds, processes, "--heartbeat", str(heartbeat), "--restart-every", str(restart_every)):
            start = time.monotonic()
            mover.at_pace(changes, per_second, between)
            seconds = time.monotonic() - start
        figures = Figures(changes, round(changes / seconds, 1), per_second, feeds)
        _judge(figures, store, mover.sent, folder)
        return figures
    finally:
        store.close()


def _judge(figures: Figures, store: Store, sent: dict[str, float], folder: Path) -> None:
    with store.reading() as connection:
        rows = connection.execute(select(streams.c.ward_id, events.c.revision, events.c.operation_id)
                                  .join_from(events, streams, streams.c.id == events.c.stream_id)
                                  .order_by(events.c.revision)).all()
        figures.different += [f"db check: {one}" for one in check(connection)]
    by_ward: dict[int, list[tuple[int, str]]] = {}
    for ward_id, revision, operation in rows:
        if operation in sent:
            by_ward.setdefault(ward_id, []).append((revision, operation))
    lives = [life for path in sorted(folder.glob("mirrors-*.json")) for life in json.loads(path.read_text())]
    figures.restarts = len(lives) - figures.feeds
    for life in lives:
        _judge_life(figures, life, by_ward.get(life["ward_id"], []), sent)


def _judge_life(figures: Figures, life: dict[str, Any], made: list[tuple[int, str]], sent: dict[str, float]) -> None:
    """Every change between the first and the last revision of this follower must have come, and each once."""
    told, steps = life["operations"], iter(life["steps"])
    figures.losses += life["losses"]
    if life["wrong"]:
        figures.different.append(f"a station of ward {life['ward_id']} differs in: {life['wrong']}")
    if len(told) != len(set(told)):
        figures.different.append(f"a station of ward {life['ward_id']} was told of a change twice")
    at, shown = 0.0, -1
    for revision, operation in made:
        if not life["first"] < revision <= life["last"]:
            continue
        while shown < revision:
            at, shown = next(steps)
        figures.missed += operation not in told
        figures.seen += 1
        figures.milliseconds.append((at - sent[operation]) * 1000)

