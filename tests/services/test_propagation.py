"""Changes at twenty a second, while a hundred other stations follow: each sees every change, by its wake-up."""

from __future__ import annotations

from pathlib import Path

from tests.torture import engines
from tests.torture.propagation import measure


def test_every_station_sees_every_change(tmp_path: Path) -> None:
    """Some are restarted meanwhile: these miss only what happened while they were away."""
    with engines.server(options=("-c", "max_connections=400")) as (server, _name):
        figures = measure(server.url(engines.DATABASE), tmp_path, changes=300, feeds=100, processes=2,
                          restart_every=3.0, heartbeat=60.0)
    print(figures.line())
    assert figures.wrong() == []
    assert figures.restarts
    assert figures.seen >= (100 - figures.restarts) * 300 / 4  # each station follows one of four wards
