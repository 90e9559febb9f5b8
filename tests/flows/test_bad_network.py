"""A real window on a cable that is cut silently, slow, lossy and flapping: it says so, and it is right again."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Servers
from tests.support.proxy import Proxy
from tests.torture.network import stage_behind, torment


def test_a_window_on_a_bad_cable(servers: Servers, tmp_path: Path) -> None:
    server, name = servers.fresh("pg18")
    proxy = Proxy(server.port)
    with stage_behind(server.url(name), proxy.url(server.url(name)), proxy, tmp_path, seed=1) as stage:
        figures = torment(stage, rounds=3)
    proxy.stop()
    print(vars(figures))
    assert figures.wrong == []
    assert len(figures.banner) == 1 and figures.told.total() == 3
    assert len(figures.caught_up) == 6
