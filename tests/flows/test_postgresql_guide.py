"""The guide of packaging/postgresql, followed command by command with its own files, on fresh clusters of Debian's server.

Only names and paths are other ones; what cannot be typed in a test (installing packages) is listed and compared.
"""

from __future__ import annotations

import getpass
import grp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.support.hospital import Hospital, make_hospital
from tests.support.postgres import free_port
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.requests import BlockBed, SeenBed, UnblockBed
from wardbeds.services import bed_states
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.migrate import require_fit
from wardbeds.store.trying import find_trouble

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "packaging" / "postgresql"
BLOCK = re.compile(r"^```sh (\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SYSTEM = Path("/usr/lib/postgresql")
INSTALLED = {"apt install postgresql", "apt install postgresql-client",
             "adduser --system --group --home /var/backups/wardbeds wardbeds"}
ADMIN_PASSWORD, STANDBY_PASSWORD = "green-bed-twelve", "quiet-copy-nine"  # invented ones


def patiently(question: Callable[[], bool], what: str) -> None:
    """Ask until it is so; a minute is a failure."""
    for _ in range(600):
        if question():
            return
        time.sleep(0.1)
    raise AssertionError(f"in vain: {what}")


@dataclass
class Computer:
    """One of the two servers: a cluster of its own, with its own folder of settings."""

    name: str
    root: Path
    version: str
    port: int = field(default_factory=free_port)

    @property
    def own(self) -> Path:
        """Its folder."""
        return self.root / self.name

    @property
    def environment(self) -> dict[str, str]:
        """What its root's shell has."""
        return {**os.environ, "PG_CLUSTER_CONF_ROOT": str(self.own / "etc"), "PGHOST": str(self.own / "run"),
                "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}:/usr/sbin:/sbin", "PYTHONPATH": str(ROOT),
                "HOME": str(self.root / "home"), "LC_ALL": "C.UTF-8"}

    def cluster(self, *command: str) -> None:
        """A command of Debian's for its cluster."""
        subprocess.run(command, check=True, env=self.environment, capture_output=True, timeout=120)

    def make(self) -> None:
        """What the package does when it is installed."""
        (self.own / "run").mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(self.own, "postgres", "postgres")
            shutil.chown(self.own / "run", "postgres", "postgres")
        self.cluster("pg_createcluster", self.version, "main", "-p", str(self.port), "-d", str(self.own / "data"),
                     "-l", str(self.own / "log"), "-s", str(self.own / "run"), "--start-conf", "manual",
                     "-e", "UTF8", "--locale", "C", "--", "-U", "postgres")
        self.cluster("pg_ctlcluster", self.version, "main", "start")

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """As the superuser, on the computer itself."""
        with psycopg.connect(host=str(self.own / "run"), port=self.port, user="postgres", dbname="postgres",
                             autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "immediate" as by pulling the plug."""
        subprocess.run(["pg_ctlcluster", self.version, "main", "stop", "-m", mode], env=self.environment,
                       capture_output=True, timeout=120, check=False)


class Guide:
    """The guide's blocks in order, and the computers on which they are typed."""

    def __init__(self, root: Path, version: str) -> None:
        self.root, self.version = root, version
        self.server, self.standby = Computer("beds", root, version), Computer("beds2", root, version)
        self.blocks = [(who, kind, body) for who, kind, body in BLOCK.findall((FOLDER / "README.md").read_text("utf-8"))]
        self.folder = root / "guide"
        shutil.copytree(FOLDER, self.folder)
        self.step_6: list[str] = []
        (root / "home").mkdir()
        (root / "bin").mkdir()
        program = root / "bin" / "wardbeds"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m wardbeds "$@"\n')
        program.chmod(0o755)
        if os.geteuid() != 0:
            with (self.folder / "pg_ident.conf").open("a") as out:
                out.write(f"administrators {getpass.getuser()} postgres\n")

    def next(self, who: str, kind: str = "") -> str:
        """The next block, which must be this one."""
        found = self.blocks.pop(0)
        assert found[:2] == (who, kind), found
        return str(found[2])

    def place(self, text: str) -> str:
        """The text with this test's paths."""
        for old, new in (("/etc/wardbeds", "home/wardbeds"), ("/var/backups/wardbeds", "backups"),
                         ("/usr/local/bin", "bin"), ("/etc/cron.d", "home/cron"), ("/var/lib/postgresql/.pgpass", "pass/.pgpass")):
            text = text.replace(old, str(self.root / new))
        if os.geteuid() != 0:
            own = f"-o {getpass.getuser()} -g {grp.getgrgid(os.getegid()).gr_name}"
            text = text.replace("-o postgres -g postgres", own).replace("runuser -u postgres -- ", "")
        return text

    def names(self, computer: Computer) -> str:
        """Step 1 of the guide for a computer."""
        values = {"VERSION": self.version, "SERVER": "localhost", "STANDBY": "localhost",
                  "CONF": str(computer.own / "etc" / self.version / "main"), "DATA": str(computer.own / "data"),
                  "KEYS": str(self.root / "keys")}
        lines = []
        for line in self._names.splitlines():
            name = line.partition("=")[0]
            lines.append(f"{name}={values.pop(name)}" if name in values else self.place(line))
        assert values == {}
        return "\n".join(lines)

    def read_names(self) -> None:
        """Keep step 1."""
        self._names = self.next("names")

    def run(self, computer: Computer, body: str, typed: str = "", port: int | None = None) -> str:
        """Type a block on a computer; returns what was shown. ``port``: of whom it talks to, if not to itself."""
        script = f"set -eu\n{self.names(computer)}\n{self.place(body)}"
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, input=typed, text=True, capture_output=True,
                              env={**computer.environment, "PGPORT": str(port or computer.port)}, timeout=300,
                              start_new_session=True, check=False)
        assert done.returncode == 0, f"{body}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def url(self, password: str, *, hosts: str = "localhost", ports: str = "", more: str = "") -> str:
        """What a station is told."""
        ca = self.root / "home" / "wardbeds" / "ca.crt"
        return (f"postgresql://wardbeds_station:{password}@/wardbeds?host={hosts}&port={ports or self.server.port}"
                f"&sslmode=verify-full&sslrootcert={ca}{more}")


@pytest.fixture
def guide() -> Iterator[Guide]:
    """Two computers with Debian's PostgreSQL, as the package leaves them."""
    versions = sorted((path.name for path in SYSTEM.glob("*") if (path / "bin" / "postgres").exists()), key=int)
    assert versions, "Debian's PostgreSQL is needed: apt install postgresql (make test installs it)"
    root = Path(tempfile.mkdtemp(prefix="wardbeds-guide-"))
    root.chmod(0o755)
    made = Guide(root, versions[-1])
    made.server.make()
    made.standby.make()
    yield made
    made.server.stop("immediate")
    made.standby.stop("immediate")
    shutil.rmtree(root)


def change(hospital: Hospital, number: str = "N-1") -> str:
    """One acknowledged change of a station; returns its operation id."""
    bed = hospital.bed(number)
    if bed.status is BedStatus.MAINTENANCE:
        done = bed_states.unblock_bed(hospital.store, hospital.nurse, UnblockBed(bed=SeenBed.of(bed)))
    else:
        done = bed_states.block_bed(hospital.store, hospital.nurse, BlockBed(bed=SeenBed.of(bed), reason="test"))
    return str(done.operation_id)


def operations(store: Store) -> set[str]:
    """All operations, after a check of everything."""
    with store.reading() as connection:
        assert check(connection) == []
        return set(connection.exec_driver_sql("SELECT operation_id FROM events").scalars())


@pytest.mark.timeout(600)
def test_the_guide(guide: Guide) -> None:
    server = guide.server
    guide.read_names()
    _set_up_the_server(guide)
    password = _make_the_database(guide)
    _look_at_the_doors(guide, password)
    store = Store.open(guide.url(password, hosts="localhost,localhost", ports=f"{server.port},{guide.standby.port}",
                                 more="&target_session_attrs=read-write"))
    hospital = make_hospital(store)
    _back_up(guide, hospital)
    _copy_to_a_standby(guide, hospital)
    _lose_the_standby(guide, hospital)
    _lose_the_server(guide, hospital)
    _bring_the_old_one_back(guide, hospital)
    assert guide.blocks == []
    store.close()


def _installed(guide: Guide) -> None:
    assert set(guide.next("debian").splitlines()) <= INSTALLED


def _set_up_the_server(guide: Guide) -> None:
    server = guide.server
    _installed(guide)
    for _block in range(2):
        guide.run(server, guide.next("server"))
    with pytest.raises(psycopg.OperationalError, match=r"no encryption|rejects connection"):
        psycopg.connect(host="localhost", port=server.port, user="postgres", dbname="postgres", sslmode="disable")
    asking = guide.next("server", "asks").splitlines()
    for line, word in zip(asking, (ADMIN_PASSWORD, STANDBY_PASSWORD), strict=True):
        guide.run(server, line, f"{word}\n{word}\n")
    guide.run(server, guide.next("server"))
    for name, value in re.findall(r"^(\w+) = '?([^'#\n]*?)'? *(?:#.*)?$", (FOLDER / "wardbeds.conf").read_text("utf-8"),
                                  re.MULTILINE):
        assert server.ask("SELECT setting, applied, error FROM pg_file_settings "
                          f"WHERE name = '{name}' AND sourcefile LIKE '%/wardbeds.conf'") == [(value, True, None)], name
    assert server.ask("SHOW statement_timeout") == [("10s",)]


def _make_the_database(guide: Guide) -> str:
    server = guide.server
    guide.run(server, guide.next("admin", "secret").replace("PASSWORD", ADMIN_PASSWORD))
    shown = guide.run(server, guide.next("admin"))
    assert "Everything holds." in shown
    assert "chief can set a password with the code" in shown
    assert "up to date" in guide.run(server, guide.next("admin"))
    found = re.search(r"wardbeds_station and this password.*\n +(\S+)", shown)
    assert found is not None
    return found[1]


def _look_at_the_doors(guide: Guide, password: str) -> None:
    """Over TLS that was verified, with SCRAM, and in no other way."""
    good = guide.url(password)
    with psycopg.connect(good) as connection:
        assert connection.execute("SELECT ssl, version >= 'TLSv1.2' FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
                                  ).fetchone() == (True, True)
        assert connection.pgconn.used_password
    assert {str(row[0])[:14] for row in guide.server.ask(
        "SELECT rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL")} == {"SCRAM-SHA-256$"}
    other = guide.root / "other"
    subprocess.run([guide.folder / "make-certificates", other, "localhost"], check=True, capture_output=True)
    ca = str(guide.root / "home" / "wardbeds" / "ca.crt")
    for wrong, detail in (
            (good.replace("verify-full", "disable"), "not_let_in"),
            (guide.url("wrong"), "wrong_password"),
            (guide.url(""), "wrong_password"),
            (guide.url(password, hosts="127.0.0.1"), "tls_other_name"),
            (good.replace(ca, f"{other}/ca.crt"), "tls_untrusted"),
            (good.replace(ca, "/nowhere/ca.crt"), "tls_no_file"),
            (good.replace("/wardbeds?", "/nowhere?"), "no_database"),
            (good.replace("/wardbeds?", "/postgres?"), "schema_empty"),
            (good.replace("wardbeds_station", "wardbeds_standby"), "not_let_in"),
            (good.replace("wardbeds_station", "postgres"), "not_let_in")):
        trouble = find_trouble(wrong)
        assert (trouble.detail if trouble is not None else None) == detail, wrong
    assert find_trouble(good) is None


def _back_up(guide: Guide, hospital: Hospital) -> None:
    server = guide.server
    before = {change(hospital) for _ in range(3)}
    _installed(guide)
    cron = guide.next("backup")
    (guide.root / "home" / "cron").mkdir()
    guide.run(server, cron)
    guide.run(server, _cron_job(guide))
    timed = list((guide.root / "backups").glob("wardbeds-*.dump"))
    assert len(timed) == 1
    assert timed[0].stat().st_mode & 0o777 == 0o600
    old = timed[0].with_name("wardbeds-20200101T000000Z.dump")
    old.touch()
    os.utime(old, (0, 0))
    timed[0].unlink()
    guide.run(server, _cron_job(guide))
    assert not old.exists()
    guide.run(server, guide.next("backup"))
    guide.run(server, guide.next("server"))
    assert "Everything holds." in guide.run(server, guide.next("backup"))
    rehearsed = Store.open(f"postgresql://wardbeds_admin:{ADMIN_PASSWORD}@localhost:{server.port}/rehearsal")
    assert before <= operations(rehearsed)
    rehearsed.close()
    guide.run(server, guide.next("server"))
    later = change(hospital)
    shown = guide.run(server, guide.next("backup"))
    assert "Everything holds." in shown
    assert "kept in" in shown
    assert before <= operations(hospital.store)
    assert later not in operations(hospital.store)
    change(hospital)  # the station that was open goes on


def _cron_job(guide: Guide) -> str:
    """The cron file's settings and command, with this server's name."""
    lines = [line for line in (FOLDER / "wardbeds-backup.cron").read_text("utf-8").splitlines()
             if line and not line.startswith("#")]
    settings = [line for line in lines if re.match(r"[A-Z_]+=", line) and not line.startswith("PATH=")]
    job = re.fullmatch(r"15 \* \* \* \* wardbeds (\S+)", lines[-1])
    assert job is not None
    exported = "\n".join(f"export {name}='{value}'" for name, _, value in (line.partition("=") for line in settings))
    return f"{exported}\n{job[1]}".replace("beds.hospital.example", "localhost")


def _synchronous(primary: Computer) -> bool:
    return primary.ask("SELECT sync_state FROM pg_stat_replication WHERE application_name = 'wardbeds_standby'"
                            ) == [("sync",)]


def _copy_to_a_standby(guide: Guide, hospital: Hospital) -> None:
    server, standby = guide.server, guide.standby
    _installed(guide)
    folder = guide.root / "pass"
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    guide.step_6 = [guide.next("standby", "secret").replace("PASSWORD", STANDBY_PASSWORD), guide.next("standby"),
                    guide.next("server")]
    _follow_step_6(guide, server, standby)
    patiently(lambda: _synchronous(server), "a synchronous standby")
    assert re.search(r"wardbeds_standby +\| sync", guide.run(server, guide.next("server", "sync")))
    assert standby.ask("SELECT pg_is_in_recovery()") == [(True,)]
    change(hospital)


def _follow_step_6(guide: Guide, server: Computer, standby: Computer) -> None:
    secret, copy, synchronous = guide.step_6
    guide.run(standby, secret)
    guide.run(standby, copy, port=server.port)
    guide.run(server, synchronous)


def _lose_the_standby(guide: Guide, hospital: Hospital) -> None:
    server, standby = guide.server, guide.standby
    standby.stop("immediate")
    guide.run(server, guide.next("server", "alone"))
    patiently(lambda: server.ask("SHOW synchronous_standby_names") == [("",)], "going on alone")
    change(hospital)
    standby.cluster("pg_ctlcluster", guide.version, "main", "start")
    guide.run(server, "install -m 644 primary.conf $CONF/conf.d/primary.conf\npg_ctlcluster $VERSION main reload")
    patiently(lambda: _synchronous(server), "the standby back")


def _lose_the_server(guide: Guide, hospital: Hospital) -> None:
    acknowledged = {change(hospital) for _ in range(5)}
    guide.server.stop("immediate")
    guide.run(guide.standby, guide.next("standby", "promote"))
    patiently(lambda: guide.standby.ask("SELECT pg_is_in_recovery()") == [(False,)], "a new primary")
    patiently(lambda: _reached(hospital), "the station that was opened at the beginning")
    assert acknowledged <= operations(hospital.store)
    change(hospital)


def _bring_the_old_one_back(guide: Guide, hospital: Hospital) -> None:
    old, new = guide.server, guide.standby
    old.cluster("pg_ctlcluster", guide.version, "main", "start")
    guide.run(old, guide.next("standby", "exchanged"))
    _follow_step_6(guide, new, old)
    patiently(lambda: _synchronous(new), "the old server as a synchronous standby")
    assert old.ask("SELECT pg_is_in_recovery()") == [(True,)]
    change(hospital)
    copied = Store.open(f"postgresql://wardbeds_admin:{ADMIN_PASSWORD}@localhost:{old.port}/wardbeds")
    patiently(lambda: operations(copied) == operations(hospital.store), "all that the new server has")
    copied.close()


def _reached(hospital: Hospital) -> bool:
    """A connection made to the old server is first found to be dead."""
    try:
        require_fit(hospital.store)
    except OutOfReach:
        return False
    return True
