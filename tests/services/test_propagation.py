"""Changes at twenty a second, while twenty other stations follow: each sees every change, by its wake-up."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Servers
from tests.torture.propagation import measure


def test_every_station_sees_every_change(servers: Servers, tmp_path: Path) -> None:
    server, name = servers.fresh("pg18")
    figures = measure(server.url(name), tmp_path, changes=300, feeds=20, processes=2, heartbeat=60.0)
    print(figures.told())
    assert figures.missed == 0 and figures.different == []
    assert figures.seen == 300 * 20 / 4  # each station follows one of four wards
