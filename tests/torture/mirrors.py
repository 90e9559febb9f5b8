"""Many stations without windows in one process: ``python -m tests.torture.mirrors --url URL --folder DIR ...``.

Each has its own store, as a station has, and the product's follower. The process says ``ready``, follows until a line
comes in, and writes down what each of them saw, and whether its board is the table's.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.support.mirror import Mirror
from tests.torture.hall import Hall
from wardbeds.domain.beds import WardBoard
from wardbeds.domain.changes import News
from wardbeds.services.reading import read_board
from wardbeds.store.database import Store

PATIENCE = 60.0


@dataclass
class Life:
    """What one follower saw from its start to its end: when its board stood at which revision, and each operation."""

    ward_id: int
    first: int = 0
    steps: list[tuple[float, int]] = field(default_factory=list)
    operations: list[str] = field(default_factory=list)
    losses: int = 0
    wrong: str = ""
    last: int = 0


class Follower:
    """A station that follows one ward and writes down when it saw what."""

    def __init__(self, url: str, hall: Hall, ward_id: int, station: str, heartbeat: float) -> None:
        self.store = Store.open(url)
        self.actor = hall.actor(station)
        self.life = Life(ward_id)
        self.mirror = Mirror(self.store, self.actor, ward_id, heartbeat, self._note)
        self.life.first = self.mirror.first_revision

    def _note(self, board: WardBoard, news: News) -> None:
        if news.update is not None or news.board is not None:
            self.life.steps.append((time.monotonic(), board.revision))
        self.life.operations += [str(one.operation_id) for one in news.happenings]

    def end(self, *, compare: bool) -> Life:
        """Follow no longer; compare the board with the tables where nothing changes any more."""
        if compare:
            now = read_board(self.store, self.actor, self.life.ward_id)
            self.mirror.wait_for(lambda one: one.board.revision >= now.revision, PATIENCE)
            self.life.wrong = difference(self.mirror.board, now)
        self.mirror.stop()
        self.life.losses = len(self.mirror.losses)
        self.life.last = self.mirror.board.revision
        self.store.close()
        return self.life


def difference(shown: WardBoard, now: WardBoard) -> str:
    """In what a board differs from the table's; empty where it does not."""
    return " ".join(name for name in ("ward", "rooms", "beds", "waiting", "revision")
                    if getattr(shown, name) != getattr(now, name))


def main() -> None:
    """Follow until a line comes in."""
    options = _parser().parse_args()
    hall = Hall.load(options.folder / "hall.json")
    wards = [hall.wards[n % len(hall.wards)] for n in range(options.first, options.first + options.count)]

    def start(n: int) -> Follower:
        return Follower(options.url, hall, wards[n], f"mirror-{options.first + n}", options.heartbeat)

    followers = [start(n) for n in range(options.count)]
    ended: list[Life] = []
    print("ready", flush=True)
    over = threading.Event()

    def wait_for_line() -> None:
        sys.stdin.readline()
        over.set()

    threading.Thread(target=wait_for_line, daemon=True).start()
    chance = random.Random(options.first)
    while not over.wait(options.restart_every or None):
        n = chance.randrange(options.count)
        ended.append(followers[n].end(compare=False))
        followers[n] = start(n)
    ended += [one.end(compare=True) for one in followers]
    target = options.folder / f"mirrors-{options.first}.json"
    target.write_text(json.dumps([asdict(one) for one in ended]), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.torture.mirrors")
    parser.add_argument("--url", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0, help="number of the first station")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--heartbeat", type=float, default=4.0)
    parser.add_argument("--restart-every", type=float, default=0, help="seconds; 0: never")
    return parser


if __name__ == "__main__":
    main()
