"""Clients as real processes: ``python -m tests.torture.client --url URL --folder DIR --clients N ...``.

One process loads the program and forks a client for each station, so that fifty start within a second. It obeys the
lines of its standard input: ``run`` (fork; answers with the process ids), and ends at the end of its input.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
import traceback
from pathlib import Path

from tests.torture import plants
from tests.torture.house import House
from tests.torture.station import Station
from wardbeds.store.database import Store


def main() -> None:
    """Obey until the input ends."""
    options = _parser().parse_args()
    house = House.load(options.folder / "house.json")
    plants.plant(options.plant)
    store = Store.open(options.url)
    warm = Station(0, store, house, options.folder, options.seed)
    for _ in range(options.warm):
        warm.step()  # what SQLAlchemy makes of each statement is then there for all
    gc.freeze()
    for number, _line in enumerate(sys.stdin):
        _round(options, store, house, number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.torture.client")
    parser.add_argument("--url", required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where house.json is and logs go")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--actions", type=int, default=10**9, help="of each client")
    parser.add_argument("--warm", type=int, default=60, help="actions of one client alone before the first round")
    parser.add_argument("--pace", type=float, default=0, help="seconds from one action to the next")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patient", action="store_true", help="ask until answered")
    parser.add_argument("--plant", default="", help="a fault on purpose")
    return parser


def _round(options: argparse.Namespace, store: Store, house: House, number: int) -> None:
    """Fork the clients, tell their ids, let them go at once, wait for their ends."""
    gate, opener = os.pipe()
    ids = [_fork(options, store, house, number * options.clients + n, gate, opener)
           for n in range(1, options.clients + 1)]
    os.close(gate)
    _say(ids)
    os.close(opener)
    _say([os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in ids])


def _say(what: list[int]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _fork(options: argparse.Namespace, store: Store, house: House, number: int, gate: int, opener: int) -> int:
    process = os.fork()
    if process:
        return process
    try:
        os.close(opener)
        store.engine.dispose(close=False)  # the parent's connections are the parent's
        _work(options, Station(number, store, house, options.folder, options.seed, patient=options.patient), gate)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def _work(options: argparse.Namespace, station: Station, gate: int) -> None:
    os.read(gate, 1)  # ends when all are there
    start = time.monotonic()
    due = start + options.pace * station.chance.random()
    for _ in range(options.actions):
        if time.monotonic() - start >= options.seconds:
            return
        if options.pace:
            time.sleep(max(0.0, due - time.monotonic()))
            due += options.pace
        station.step()


if __name__ == "__main__":
    main()
