"""The clients seen from outside: started, let loose, waited for or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
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
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True, cwd=ROOT, env=environment,
            start_new_session=True)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(timeout=60)
        finally:
            with suppress(ProcessLookupError):  # clients that ask until they are answered would ask for ever
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
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
        """kill -9 of all of them, and wait until they are gone. RuntimeError if one had ended by itself."""
        for one in ids:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        if any(code != -signal.SIGKILL for code in self._read()):
            raise RuntimeError(f"a client broke: {self.said()}")

    def _read(self) -> list[int]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the clients ended: {self.said()}")
        told: list[int] = json.loads(line)
        return told

    def said(self) -> str:
        """The end of what they wrote to standard error."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")[-3000:]


def work_off(url: str, folder: Path, clients: int, *options: str) -> None:
    """One set of clients to its end. Raises RuntimeError with what they said if one of them broke."""
    with Crew(url, folder, clients, *options) as crew:
        crew.start()
        if any(crew.wait()):
            raise RuntimeError(f"a client broke: {crew.said()}")
