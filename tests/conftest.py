"""Fixtures of all tests: a database, empty or of a small hospital, on SQLite and on real PostgreSQL 16 and 18."""

from __future__ import annotations

import gc
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.support import postgres
from tests.support.hospital import Hospital, make_hospital
from tests.support.patience import PatientBot
from wardbeds.services import maintenance
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure
from wardbeds.store.migrate import upgrade

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ENGINES = ["sqlite", "pg16", "pg18", *(["pg_url"] if os.environ.get("WARDBEDS_TEST_PG_URL") else [])]


HOSPITAL, SMALL_HOSPITAL = "hospital", "small_hospital"
"""Fixtures; a test that asks for one has its database copied from one with the hospital in it."""


SLOWEST = ("test_scenes", "test_race", "test_texts", "test_import", "test_machine", "test_kill", "test_first_day",
           "test_verb_walk", "test_propagation", "test_downtime", "test_bad_network", "test_postgresql_guide",
           "test_interleave", "test_invariants", "test_actions", "test_cut_connection", "test_two_windows",
           "test_real_mouse", "test_wheel", "test_pictures", "test_connection_lost", "test_meanwhile")
"""Files that one worker takes minutes for: begun last, they would keep all others waiting for their end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest first; the others as they come."""
    items.sort(key=lambda item: SLOWEST.index(item.path.stem) if item.path.stem in SLOWEST else len(SLOWEST))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there by now stays: a collection after each test need not walk over it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own data folder or keyring."""
    monkeypatch.setenv("WARDBEDS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's bot, patient."""
    return PatientBot(request)


class Servers:
    """PostgreSQL servers of this test process, started at first use, each with template databases."""

    def __init__(self) -> None:
        self.running: dict[str, postgres.Server] = {}

    def fresh(self, version: str, template: str = "migrated") -> tuple[postgres.Server, str]:
        """A new database made from a template, migrated or with the small hospital; server and database name."""
        if version not in self.running:
            self.running[version] = _start(version)
        server = self.running[version]
        name = f"t_{uuid.uuid4().hex}"
        server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server, name

    def stop(self) -> None:
        """Stop them all."""
        for server in self.running.values():
            server.stop()


def _start(version: str) -> postgres.Server:
    server = postgres.start(version)
    server.run("CREATE DATABASE migrated")
    maintenance.create(server.url("migrated"))
    server.run(f"CREATE DATABASE {HOSPITAL} TEMPLATE migrated")
    with closing(Store.open(server.url(HOSPITAL))) as store:
        make_hospital(store)
    return server


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The PostgreSQL servers."""
    made = Servers()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    ensure(path)
    return path


@pytest.fixture(scope="session")
def known_hospital(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Hospital]:
    """A SQLite database with the small hospital in it, to be copied, and what is in it: its store is closed."""
    path = tmp_path_factory.mktemp("known") / "hospital.db"
    shutil.copyfile(migrated_file, path)
    with closing(Store.open(f"sqlite:///{path}")) as store:
        return path, make_hospital(store)


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A migrated SQLite database; with the small hospital in it where that is asked for."""
    path, filled = tmp_path / "ward.db", {HOSPITAL, SMALL_HOSPITAL} & set(request.fixturenames)
    shutil.copyfile(request.getfixturevalue("known_hospital")[0] if filled else migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database on each engine in turn; with the small hospital in it where that is asked for."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    elif request.param == "pg_url":
        yield from _on_given_server()
    else:
        template = HOSPITAL if HOSPITAL in request.fixturenames else "migrated"
        server, name = request.getfixturevalue("servers").fresh(request.param, template)
        yield server.url(name)
        server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _on_given_server() -> Iterator[str]:
    import psycopg

    base = os.environ["WARDBEDS_TEST_PG_URL"]
    name = f"t_{uuid.uuid4().hex}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        url = base.rsplit("/", 1)[0] + f"/{name}"
        store = Store.open(url)
        upgrade(store)
        store.close()
        yield url
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The store of :func:`database_url`."""
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def hospital(store: Store, known_hospital: tuple[Path, Hospital], request: pytest.FixtureRequest) -> Hospital:
    """A small hospital on each engine."""
    if request.node.callspec.params.get("database_url") == "pg_url":
        return make_hospital(store)  # that server has no template
    return known_hospital[1].at(store)


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """A store on SQLite only, for tests of what no engine changes."""
    opened = Store.open(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def small_hospital(sqlite_store: Store, known_hospital: tuple[Path, Hospital]) -> Hospital:
    """The small hospital on SQLite only."""
    return known_hospital[1].at(sqlite_store)
