"""An assignment beside the same work in Django and straight through the driver, each in a process of its own.

The other contestants are not part of this repository: their folder is ``$WARDBEDS_PEERS``, or ``../shared/peers``
beside the checkout. Without it nothing is compared, and that is said.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.report import Result
from tests.support import postgres

ROOT = Path(__file__).parents[1]
FOLDER = Path(os.environ.get("WARDBEDS_PEERS", ROOT.parent / "shared" / "peers"))
VENV = ROOT / "build" / "peers"
ROUNDS, CYCLES, BEDS = 3, 300, 200
WRITING = ["--mode", "write", "--beds", str(BEDS), "-n", str(CYCLES)]
CONTESTANTS = {"raw": "raw_limits.py", "django-same": "django_peer.py", "ours": ""}


def _python() -> str:
    """An interpreter with what the other contestants need; it is never the product's own."""
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", FOLDER / "requirements.txt"], check=True)
    return str(python)


def _once(name: str, arguments: list[str], python: str) -> float:
    """Median milliseconds of one assignment."""
    command = [sys.executable, "-m", "bench.peer_ours", str(FOLDER)] if name == "ours" else [
        python, str(FOLDER / CONTESTANTS[name]), "--contestant", name]
    done = subprocess.run([*command, *arguments], check=True, capture_output=True, text=True, cwd=ROOT,
                          env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    said = json.loads(done.stdout.strip().splitlines()[-1])
    assert said["verified"], said
    return float(said["assign_p50_us"]) / 1000


def _compare(label: str, arguments: list[str], python: str) -> Result:
    took: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    for number in range(ROUNDS):
        for name in sorted(CONTESTANTS, reverse=bool(number % 2)):  # drift favours nobody
            took[name].append(_once(name, [*arguments, *WRITING], python))
    ours, django, raw = (statistics.median(took[name]) for name in ("ours", "django-same", "raw"))
    return Result(f"an assignment beside django-same, {label} (raw {raw:.2f})", ours, "ms", "ahead of django-same",
                  ours < django, django)


def run() -> list[Result]:
    """Both engines, durable."""
    if not (FOLDER / "django_peer.py").is_file():
        print(f"not compared with Django: there is no folder {FOLDER} (WARDBEDS_PEERS names another)")
        return []
    python = _python()
    with tempfile.TemporaryDirectory() as home:
        found = [_compare("SQLite", ["--db", "sqlite", "--path", f"{home}/peers.db", "--durability", "full"], python)]
    server = postgres.start("pg18", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on")
    try:
        server.run("CREATE DATABASE peers")
        found.append(_compare("PostgreSQL 18", ["--db", "pg", "--path", server.url("peers"), "--durability", "on"],
                              python))
    finally:
        server.stop()
    return found
