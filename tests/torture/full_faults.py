"""Cuts, bad networks, failovers, propagation and soak at full size: each writes its section, returns what is wrong."""

from __future__ import annotations

import random
import statistics

from tests.support.proxy import Proxy
from tests.support.xserver import x_server
from tests.torture import engines, failover, network, propagation, proxy_cuts, soak
from tests.torture.report import Row, write_section

CUTS, ROUNDS, FAILOVERS, CHANGES, SECONDS, WARM = 1_000, 50, 5, 10_000, 1_800, 120
CROWD = (*engines.DURABLE, "-c", "max_connections=400")


def _tell(title: str, rows: list[Row], wrong: list[str], name: str) -> list[str]:
    write_section(title, [*rows, ("wrong", "; ".join(wrong[:5]) or "nothing")], name)
    return [f"{title}: {one}" for one in wrong]


def run_cuts(scale: float) -> list[str]:
    """The connection is cut at every message of the protocol."""
    rounds, seed = max(10, round(CUTS * scale)), random.randrange(10**6)
    with engines.server() as (server, name):
        figures = proxy_cuts.cut_rounds(server, engines.DATABASE, rounds, seed)
    print(figures, flush=True)
    return _tell("A proxy that cuts at each message", [
        ("actions whose connection was cut (seed)", f"{figures.rounds} ({seed})"), ("cuts", figures.cuts),
        ("told", _counted(figures.told)), ("answers in doubt, asked again with the same operation id", figures.doubts),
        ("done twice", figures.twice), ("false answers", len(figures.false))], figures.broken(), name)


def _counted(told: dict[str, int]) -> str:
    return ", ".join(f"{word} {count}" for word, count in sorted(told.items()))


def run_network(scale: float) -> list[str]:
    """A real window, on an X server, behind a bad cable."""
    rounds = max(3, round(ROUNDS * scale))
    with engines.folder() as folder, engines.server() as (server, name), x_server() as display:
        proxy, url = Proxy(server.port), server.url(engines.DATABASE)
        try:
            with network.stage_behind(url, proxy.url(url), proxy, folder, 1, QT_QPA_PLATFORM="xcb",
                                      DISPLAY=display) as stage:
                figures = network.torment(stage, rounds)
        finally:
            proxy.stop()
    print(figures, flush=True)
    return _tell("A window on a bad network", [
        ("rounds", _counted(figures.rounds)),
        ("how", "a proxy in user space that holds back, delays by 200 ms each way, and lets 10 % of the chunks come late"),
        ("banner after a silent cut, median / most (bound 15 s)", _spread(figures.banner, "s")),
        ("caught up after healing, median / most (bound 10 s)", _spread(figures.caught_up, "s")),
        ("largest gap of a 5 ms timer in the window in each round, median / most (bound 100 ms)",
         _spread(figures.stuck, "ms")),
        ("most work of the window's thread between two ticks, median / most", _spread(figures.worked, "ms")),
        ("actions under way when it broke, told", _counted(figures.told)),
        ("false answers, boards that differ", len(figures.wrong))], figures.broken(), name)


def _spread(values: list[float], unit: str) -> str:
    return f"{statistics.median(values):.1f} / {max(values):.1f} {unit}" if values else "none"


def run_failover(scale: float) -> list[str]:
    """The primary killed, its synchronous standby promoted; then a standby that is away."""
    figures = failover.Figures()
    for _ in range(max(1, round(FAILOVERS * scale))):
        failover.fail_over(figures, seconds=5)
    for impatient in (False, True):
        failover.wait_for_standby(figures, impatient=impatient)
    print(figures, flush=True)
    return _tell("Failover to a synchronous standby", [
        ("failovers", figures.failovers), ("stations at work", figures.stations),
        ("changes acknowledged", figures.acknowledged), ("of these lost", figures.lost),
        ("writing again after the kill, median / most (bound 30 s)", _spread(figures.seconds, "s")),
        ("told", _counted(figures.told)), ("answers in doubt, asked again", figures.doubts),
        ("boards that only looked on, each in the end as the table of the promoted server", figures.boards),
        ("a change while the standby is away", figures.without_standby.removesuffix("; "))],
        figures.broken(), figures.database)


def run_propagation(scale: float) -> list[str]:
    """Changes at 20 a second to 100 stations in four wards, one of which is restarted every second."""
    changes = max(200, round(CHANGES * scale))
    with engines.folder() as folder, engines.server(options=CROWD) as (server, name):
        figures = propagation.measure(server.url(engines.DATABASE), folder, changes, feeds=100, processes=5,
                                      restart_every=5.0)
    print(figures.line(), flush=True)
    return _tell("Changes seen by 100 stations", [
        ("changes", f"{figures.changes} at {figures.per_second}/s"),
        ("stations, each with the program's own feed", figures.feeds),
        ("restarted at random meanwhile", figures.restarts), ("changes seen by a station", figures.seen),
        ("missed", figures.missed), ("boards that differ from the table, changes told twice", len(figures.different)),
        ("from COMMIT being sent until shown, median / p95 / p99 / most (bound p95 300 ms)", figures.times()),
        ("times that a station thought it was cut off", figures.losses)], figures.broken(), name)


def run_soak(scale: float) -> list[str]:
    """Fifty stations at ten actions a second in all."""
    seconds = max(60.0, SECONDS * scale)
    with engines.folder() as folder, engines.server(options=CROWD) as (server, name):
        figures = soak.soak(server.url(engines.DATABASE), folder, seconds, min(WARM, seconds / 10))
    print(figures, flush=True)
    return _tell("Soak: 50 stations", [
        ("seconds after warming up", f"{figures.seconds:.0f} after {figures.warm:.0f}"),
        ("actions a second", f"{figures.per_second:.1f}"), ("told", _counted(figures.told)),
        ("memory of the process that grew most (bound 5 %)", f"{figures.growth:+.1%}"),
        ("memory of each process of ten stations, first and last",
         ", ".join(f"{one[0] / 1024:.0f} -> {one[-1] / 1024:.0f} MiB" for one in figures.kilobytes)),
        ("boards that differ from the table, broken invariants", len(figures.wrong))], figures.broken(), name)
