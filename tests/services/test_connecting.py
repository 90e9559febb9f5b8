"""Trying a server, why it cannot be used, and keeping the choice with its password apart."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.conftest import Servers
from tests.support import postgres
from wardbeds import recent, server_secret
from wardbeds.domain.addresses import without_password
from wardbeds.domain.errors import Code
from wardbeds.services.connecting import complete, keep_choice, try_server
from wardbeds.settings import StationChoice, read_station, station_file

URL = "postgresql://wardbeds_station@beds/wardbeds?sslmode=verify-full&sslrootcert=/ca.crt"
SECRET = URL.replace("_station@", "_station:four-green-beds@")


@pytest.fixture
def database(servers: Servers) -> Iterator[tuple[postgres.Server, str]]:
    """A migrated database on PostgreSQL 18."""
    server, name = servers.fresh("pg18")
    yield server, name
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _detail(url: str) -> str | None:
    trouble = try_server(url)
    return None if trouble is None else trouble.detail


def test_what_fits_and_what_does_not(database: tuple[postgres.Server, str]) -> None:
    server, name = database
    good = server.station_url(name)
    assert _detail(good) is None
    assert _detail(good + "_nowhere") == "no_database"
    assert _detail(good.replace("wardbeds_station", "nobody_here")) == "no_login"
    assert _detail(good.replace(str(server.port), str(postgres.free_port()))) == "no_answer"
    assert _detail(good.replace("127.0.0.1", "no-such-host.invalid")) == "no_host"
    assert _detail(good.replace("127.0.0.1", "localhost") + "?sslmode=verify-full&sslrootcert=system") == "tls_missing"
    assert _detail("sqlite:///x.db") == "server_address"


@pytest.mark.parametrize(("statement", "detail"), [
    ("UPDATE alembic_version SET version_num = '0000'", "schema_older"),
    ("UPDATE alembic_version SET version_num = '9999'; "
     "UPDATE schema_version SET version = 9999, min_reader = 9999, min_writer = 9999", "schema_newer"),
    ("DROP TABLE alembic_version", "schema_foreign"),
    ("REVOKE SELECT ON alembic_version FROM wardbeds_station", "not_let_in")])
def test_the_schema_is_looked_at(database: tuple[postgres.Server, str], statement: str, detail: str) -> None:
    import psycopg

    server, name = database
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute(statement.encode())
    assert _detail(server.station_url(name)) == detail


def test_an_empty_database(database: tuple[postgres.Server, str]) -> None:
    server, name = database
    server.run(f"DROP DATABASE {name}")
    server.run(f"CREATE DATABASE {name}")
    assert _detail(server.station_url(name)) == "schema_empty"


def test_the_last_five_are_remembered_without_password() -> None:
    for port in (1, 2, 3, 4, 5, 6, 3):
        recent.note_tried(f"postgresql://s:secret-word@h:{port}/w", "no_answer" if port == 3 else "")
    listed = recent.read_recent()
    assert [one.url for one in listed] == [f"postgresql://s@h:{port}/w?sslmode=verify-full&sslrootcert=system"
                                           for port in (3, 6, 5, 4, 2)]
    assert [one.trouble for one in listed] == ["no_answer", "", "", "", ""]
    assert "secret-word" not in recent.recent_file().read_text(encoding="utf-8")
    recent.recent_file().write_text("nonsense", encoding="utf-8")
    assert recent.read_recent() == []


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.broken = False
        self.asks = threading.Event()

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise OSError("locked")
        self.held[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise OSError("locked")
        return self.held.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class AskingRing(Ring):
    """One that waits for its owner, who is not there."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asks.wait()


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A keyring that works."""
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_the_keyring_keeps_the_password(ring: Ring) -> None:
    keep_choice(StationChoice("pc", SECRET))
    assert list(ring.held.values()) == ["four-green-beds"]
    assert read_station() == StationChoice("pc", URL)
    assert "four-green-beds" not in station_file().read_text(encoding="utf-8")
    assert not server_secret.secret_file().exists()
    assert complete(URL) == SECRET
    keep_choice(StationChoice("pc", URL))  # no password typed: the one kept stays
    assert complete(URL) == SECRET


def test_without_a_keyring_a_file_keeps_it() -> None:
    keep_choice(StationChoice("pc", SECRET))
    path = server_secret.secret_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == {URL: "four-green-beds"}
    assert "four-green-beds" not in station_file().read_text(encoding="utf-8")
    assert complete(URL) == SECRET
    assert complete(SECRET.replace("four", "five")) == SECRET.replace("four", "five")  # one that was given is used
    assert complete("sqlite:///x.db") == "sqlite:///x.db"
    assert complete(None) is None


def test_a_locked_or_silent_keyring_is_given_up(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    ring.broken = True
    assert server_secret.keep(URL, "one") is server_secret.Place.FILE
    assert server_secret.recall(URL) == "one"
    silent = AskingRing()
    keyring.set_keyring(silent)
    monkeypatch.setattr(server_secret, "PATIENCE_SECONDS", 0.2)
    assert server_secret.keep(URL, "two") is server_secret.Place.FILE
    assert server_secret.recall(URL) == "two"
    silent.asks.set()


def test_moving_into_the_keyring_leaves_no_file(ring: Ring) -> None:
    ring.broken = True
    server_secret.keep(URL, "one")
    ring.broken = False
    assert server_secret.keep(URL, "two") is server_secret.Place.KEYRING
    assert not server_secret.secret_file().exists()
    assert server_secret.recall(URL) == "two"


def test_the_keyring_is_not_loaded_before_it_is_needed() -> None:
    code = ("import sys, wardbeds.app, wardbeds.gui.main_window, wardbeds.services.connecting; "
            "sys.exit(any(name.split('.')[0] == 'keyring' for name in sys.modules))")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_refusal_has_its_own_sentence() -> None:
    from wardbeds.domain.sentences import REFUSALS
    from wardbeds.store.trying import _SIGNS

    assert all((Code.OFF, detail) in REFUSALS for _, detail in _SIGNS)
    assert without_password(SECRET) == URL
