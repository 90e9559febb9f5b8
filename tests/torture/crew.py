"""The clients seen from outside: started, let loose, waited for or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Crew:
    """A process that forks the clients; each round is a new set of them."""

    def __init__(self, url: str, folder: Path, clients: int, *options: str) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        self.errors = (folder / "crew.err").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.client", "--url", url, "--folder", str(folder),
             "--clients", str(clients), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True, cwd=ROOT, env=environment)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()
        self.errors.close()

    def start(self) -> list[int]:
        """Fork a set of clients; returns their process ids. They work as soon as all are there."""
        assert self.process.stdin is not None
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        return self._read()

    def wait(self) -> list[int]:
        """The exit codes of the set, when all have ended."""
        return self._read()

    def kill(self, ids: list[int]) -> None:
        """kill -9 of all of them, and wait until they are gone."""
        for one in ids:
            os.kill(one, signal.SIGKILL)
        self._read()

    def _read(self) -> list[int]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            raise RuntimeError(f"the clients ended: {self.errors.read().decode(errors='replace')[-3000:]}")
        told: list[int] = json.loads(line)
        return told


def work_off(url: str, folder: Path, clients: int, *options: str) -> None:
    """One set of clients to its end. Raises RuntimeError with what they said if one of them broke."""
    with Crew(url, folder, clients, *options) as crew:
        crew.start()
        codes = crew.wait()
        if any(codes):
            crew.errors.seek(0)
            raise RuntimeError(f"a client broke: {crew.errors.read().decode(errors='replace')[-3000:]}")
