"""kill -9 of clients and of the server: nothing acknowledged is lost; and a loss would be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import Server
from tests.torture import engines
from tests.torture.kill import Losses, kill_clients, kill_server

CLIENTS = 3


def _nothing_lost(losses: Losses) -> None:
    print(losses.line())
    assert losses.lost == 0
    assert not losses.findings, "\n".join(losses.findings[:10])
    assert losses.rounds == 5
    assert losses.acknowledged


@pytest.fixture
def file_url(tmp_path: Path) -> Iterator[str]:
    """A SQLite file."""
    with engines.fresh_file(tmp_path) as (url, _name):
        yield url


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that keeps what it acknowledges, unless a database says otherwise; it writes late what it may."""
    with engines.server(options=(*engines.DURABLE, "-c", "wal_writer_delay=10s")) as (running, _name):
        for copy in ("second", "third"):
            running.run(f"CREATE DATABASE {copy} TEMPLATE {engines.DATABASE}")
        yield running


def test_clients_killed_on_one_file(file_url: str, tmp_path: Path) -> None:
    _nothing_lost(kill_clients(file_url, tmp_path / "logs", 5))


def test_clients_killed_on_postgresql(server: Server, tmp_path: Path) -> None:
    _nothing_lost(kill_clients(server.url(engines.DATABASE), tmp_path / "logs", 5, CLIENTS))


def test_server_killed(server: Server, tmp_path: Path) -> None:
    losses = kill_server(server, "second", tmp_path / "logs", 5, CLIENTS)
    _nothing_lost(losses)
    assert losses.asked_again


def test_an_answer_without_a_commit_is_seen(file_url: str, tmp_path: Path) -> None:
    losses = kill_clients(file_url, tmp_path / "logs", 1, 1, 1, "--plant", "never_committed", "--warm", "0")
    assert losses.lost


def test_a_server_that_acknowledges_what_it_has_not_written_is_seen(server: Server, tmp_path: Path) -> None:
    server.run("ALTER DATABASE third SET synchronous_commit = off")
    assert kill_server(server, "third", tmp_path / "logs", 1, CLIENTS).lost
