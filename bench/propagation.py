"""From a commit in one process to the board of another, beside a bare LISTEN/NOTIFY between two processes.

Both are timed from the moment COMMIT is sent, in turns, at the same server. The floor's other end does nothing but
take the time; a station reads what changed and has it in its board.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.report import Result, p95
from tests.torture import engines
from tests.torture.propagation import measure

CHANGES = 150
CROWD, PROCESSES = 100, 4
LISTEN = """
import sys, time, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    connection.execute("LISTEN bench")
    print("ready", flush=True)
    heard = []
    for notification in connection.notifies():
        now = time.monotonic()
        if notification.payload == "end":
            break
        heard.append(now)
print(*heard)
"""


class Floor:
    """Notifies a listener in a process of its own; ``milliseconds`` is filled when the block around it ends."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._sent: list[float] = []
        self.milliseconds: list[float] = []

    def notify(self, payload: str = "") -> None:
        """Notify in a transaction, and remember when its COMMIT was sent."""
        self._connection.execute("SELECT pg_notify('bench', %s)", [payload])
        self._sent.append(time.monotonic())
        self._connection.commit()

    def compare(self, heard: list[float]) -> None:
        """When the other process had it; each notification comes once and in order."""
        self.milliseconds = [(there - here) * 1000 for here, there in zip(self._sent[:-1], heard, strict=True)]


@contextmanager
def listening(url: str) -> Iterator[Floor]:
    """The floor, with its listener running."""
    command = [sys.executable, "-c", LISTEN, url]
    with psycopg.connect(url) as connection, subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "ready\n"
        floor = Floor(connection)
        yield floor
        floor.notify("end")
        floor.compare([float(one) for one in other.stdout.read().split()])


def _one_station(url: str, folder: Path) -> list[Result]:
    with listening(url) as floor:
        seen = measure(url, folder, CHANGES, feeds=1, processes=1, heartbeat=60.0, wards=1, between=floor.notify)
    value, bare = seen.percentile(95), p95(floor.milliseconds)
    return [Result("commit to another process's board, median", statistics.median(seen.milliseconds), "ms", "(told)",
                   seen.missed == 0, statistics.median(floor.milliseconds)),
            Result("  the same, p95, floor: bare LISTEN/NOTIFY", value, "ms", "under 300 ms, none missed",
                   value < 300 and seen.missed == 0, bare)]


def _crowd(url: str, folder: Path) -> Result:
    seen = measure(url, folder, CHANGES, feeds=CROWD, processes=PROCESSES, per_second=10.0, heartbeat=60.0)
    value = seen.percentile(95)
    return Result(f"  the same, p95, {CROWD} other stations at once", value, "ms", "under 300 ms, none missed",
                  value < 300 and seen.missed == 0)


def run() -> list[Result]:
    """One other station, then a hundred, on PostgreSQL."""
    found = []
    with tempfile.TemporaryDirectory() as one, engines.server() as (server, _name):
        found += _one_station(server.url(engines.DATABASE), Path(one))
    many_connections = (*engines.DURABLE, "-c", "max_connections=400")
    with tempfile.TemporaryDirectory() as many, engines.server(options=many_connections) as (server, _name):
        found.append(_crowd(server.url(engines.DATABASE), Path(many)))
    return found
