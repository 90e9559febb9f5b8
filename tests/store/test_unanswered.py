"""The answer to COMMIT is lost: what may be asked again is, what would meet its own work is not, and it is said so."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import RootTransaction

from tests.conftest import Servers
from tests.support.hospital import make_hospital
from wardbeds.domain.errors import InDoubt, ProgramTooOld
from wardbeds.domain.people import Role
from wardbeds.domain.requests import BlockBed, SeenBed
from wardbeds.services import accounts
from wardbeds.services.accounts import NewUser
from wardbeds.services.bed_states import block_bed
from wardbeds.store import database
from wardbeds.store.database import LOOK_FIRST, Store, Unanswered, raise_world
from wardbeds.store.versions import VERSION


@pytest.fixture
def unanswered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first COMMIT is done, and nobody hears of it; counts the COMMITs."""
    commits: list[int] = []

    def commit(_connection: Connection, transaction: RootTransaction) -> None:
        transaction.commit()
        commits.append(1)
        if len(commits) == 1:
            raise Unanswered

    monkeypatch.setattr(database, "_commit_at_server", commit)
    return commits


def test_an_account_is_made_once_and_nobody_is_told_that_it_was_there(servers: Servers,
                                                                     request: pytest.FixtureRequest) -> None:
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    hospital = make_hospital(store)
    commits = request.getfixturevalue("unanswered")
    with pytest.raises(InDoubt, match="Look whether it is there"):
        accounts.add_user(store, hospital.admin, NewUser(
            username="gatera", role=Role.MEDICAL_STAFF, first_name="Paul", last_name="Gatera"))
    assert len(commits) == 1
    assert sum(one.username == "gatera" for one in accounts.list_users(store, hospital.admin)) == 1
    store.close()


def test_what_does_the_same_twice_is_asked_again(servers: Servers, request: pytest.FixtureRequest) -> None:
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    commits = request.getfixturevalue("unanswered")
    assert store.write(lambda connection: connection.exec_driver_sql("SELECT 7").scalar()) == 7
    assert len(commits) == 2
    store.close()


def test_what_was_saved_is_known_although_the_program_became_too_old_meanwhile(
        servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its COMMIT was not answered, and asked again it may not write any more: what it saved is there all the same."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    hospital = make_hospital(store)
    request = BlockBed(bed=SeenBed.of(hospital.bed("N-1")), reason="works")

    def commit(_connection: Connection, transaction: RootTransaction) -> None:
        transaction.commit()
        with psycopg.connect(server.url(name), autocommit=True) as owner:
            owner.execute("UPDATE schema_version SET version = %s, min_writer = %s", [VERSION + 1, VERSION + 1])
        raise Unanswered

    monkeypatch.setattr(database, "_commit_at_server", commit)
    monkeypatch.setattr(store, "settle", lambda: None)  # which would need another COMMIT
    done = block_bed(store, hospital.nurse, request)
    assert done.repeated
    with pytest.raises(ProgramTooOld):
        block_bed(store, hospital.nurse, BlockBed(bed=SeenBed.of(hospital.bed("N-2")), reason="works"))
    store.close()


def test_upgrades_and_restores_say_so_too() -> None:
    with pytest.raises(InDoubt) as told:
        raise_world(Unanswered())
    assert str(told.value) == LOOK_FIRST
