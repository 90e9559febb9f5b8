"""How long the window's thread is held up while the network is cut, slow, lossy and flapping; one round of each.

`make torture` does the same fifty times on an X server.
"""

from __future__ import annotations

from bench.report import Result
from tests.support.proxy import Proxy
from tests.torture import engines
from tests.torture.network import KINDS, STUCK, stage_behind, torment


def run() -> list[Result]:
    """A window in a process of its own, behind a proxy."""
    with engines.folder() as folder, engines.server() as (server, _name):
        proxy, url = Proxy(server.port), server.url(engines.DATABASE)
        try:
            with stage_behind(url, proxy.url(url), proxy, folder, 1) as stage:
                figures = torment(stage, len(KINDS))
        finally:
            proxy.stop()
    longest = max(figures.stuck)
    return [Result("the window's thread held up on a bad network", longest, "ms", "under 100 ms", longest < STUCK),
            Result("  of that, its own work at most", max(figures.worked), "ms", "(told)", not figures.wrong)]
