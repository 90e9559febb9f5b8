"""The races, interleavings and kills at full size: each runs, writes its section and returns what is wrong."""

from __future__ import annotations

import random
from pathlib import Path

from tests.torture import engines
from tests.torture.interleave import Tally, Theatre
from tests.torture.kill import Losses, kill_clients, kill_server
from tests.torture.mix import KINDS
from tests.torture.race import race
from tests.torture.report import Row, write_section
from tests.torture.situations import all_pairs
from tests.torture.stage import FileStage, ServerStage, Stage
from tests.torture.verdict import Verdict

ACTIONS, CLIENTS, ROUNDS, MINUTE, PAIRS_MET = 100_000, 50, 200, 60, 50
FILE_CLIENTS = 8
P99 = 500.0
"""Milliseconds that an answer may take at the pace of people, in 99 of 100."""


def run_race(scale: float) -> list[str]:
    """Flat out, on PostgreSQL."""
    with engines.folder() as folder, engines.server() as (server, name):
        each = max(20, round(ACTIONS * scale / CLIENTS))
        verdict = race(server.url(engines.DATABASE), folder / "logs", CLIENTS, "--actions", str(each))
        return _tell(f"Race of {CLIENTS} clients on PostgreSQL", verdict, name, scale)


def run_race_on_a_file(scale: float) -> list[str]:
    """The same of fewer processes on one SQLite file."""
    with engines.folder() as folder, engines.fresh_file(folder) as (url, name):
        each = max(20, round(ACTIONS * scale / FILE_CLIENTS))
        verdict = race(url, folder / "logs", FILE_CLIENTS, "--actions", str(each))
        return _tell(f"Race of {FILE_CLIENTS} processes on one SQLite file", verdict, name, scale)


def _tell(title: str, verdict: Verdict, name: str, scale: float) -> list[str]:
    print(verdict.line(), flush=True)
    refusals = ", ".join(f"{reason} {count}" for reason, count in verdict.refusals.most_common())
    write_section(title, [
        ("actions, 20 beds in 4 wards, 25 people", verdict.actions), ("kinds of action", len(KINDS)),
        ("succeeded", f"{verdict.share:.0%}"), ("two in a bed, or one in two beds", verdict.doubles),
        ("refusals whose reason was not true, unexplained errors, broken invariants", len(verdict.findings)),
        ("the pair of kinds that met least often on a ward, bed or person", _pair(verdict.met)),
        ("the same on one bed or person", _pair(verdict.close)), *_answers(verdict), ("refused with", refusals)], name)
    doubles = [f"{title}: {verdict.doubles} doubles"] if verdict.doubles else []
    rare = [f"{title}: {_pair(verdict.met)} met too seldom"] if scale >= 1 and verdict.met[0] < PAIRS_MET else []
    few = [f"{title}: only {verdict.share:.0%} succeeded"] if verdict.share < 0.3 else []
    return doubles + verdict.findings + rare + few


def _pair(met: tuple[int, tuple[str, str]]) -> str:
    return f"{met[0]} ({met[1][0]}, {met[1][1]})"


def _answers(verdict: Verdict) -> list[Row]:
    return [("answers", ", ".join(f"{kind} {count}" for kind, count in verdict.answers.most_common())),
            ("answered within, median / p95 / p99", " / ".join(f"{verdict.percentile(n):.0f} ms"
                                                              for n in (50, 95, 99)))]


def run_pace(scale: float) -> list[str]:
    """One action a second each, on both engines."""
    seconds = max(10, round(MINUTE * scale))
    with engines.folder() as folder, engines.server() as (server, name):
        wrong = _pace(f"{CLIENTS} clients on PostgreSQL", server.url(engines.DATABASE), folder, CLIENTS, seconds, name)
    with engines.folder() as folder, engines.fresh_file(folder) as (url, name):
        return wrong + _pace(f"{FILE_CLIENTS} processes on one SQLite file", url, folder, FILE_CLIENTS, seconds, name)


def _pace(who: str, url: str, folder: Path, clients: int, seconds: int, name: str) -> list[str]:
    verdict = race(url, folder / "logs", clients, "--pace", "1", "--seconds", str(seconds))
    print(verdict.line(), flush=True)
    write_section(f"{who}, one action a second each", [
        ("actions", verdict.actions), ("succeeded", f"{verdict.share:.0%}"),
        ("p99 below 500 ms", "yes" if verdict.percentile(99) < P99 else "NO"), *_answers(verdict),
        ("wrong", len(verdict.findings))], name)
    slow = [f"{who}, at the pace of people: p99 is {verdict.percentile(99):.0f} ms"] if verdict.percentile(99) >= P99 \
        else []
    return verdict.findings + slow


def run_interleave(scale: float) -> list[str]:
    """Every ordered pair, stopped between statements, on both engines."""
    wrong = []
    with engines.folder() as folder, engines.fresh_file(folder) as (_url, name):
        wrong += _stops("Interleavings on SQLite", FileStage(folder / "ward.db"), name, scale)
    with engines.server(options=("-c", "deadlock_timeout=100ms")) as (server, name):
        wrong += _stops("Interleavings on PostgreSQL", ServerStage(server.url(engines.DATABASE)), name, scale)
    return wrong


def _stops(title: str, stage: Stage, name: str, scale: float) -> list[str]:
    chance = random.Random(1)

    def choose(points: int) -> list[int]:
        every = range(1, points + 1)
        return [stop for stop in every if chance.random() < scale] or [chance.choice(every)]

    with Theatre(stage) as theatre:
        for pair in all_pairs():
            theatre.play(*pair, choose)
    tally: Tally = theatre.tally
    print(tally.line(), flush=True)
    write_section(title, [
        ("ordered pairs of actions on one bed or person", tally.pairs), ("stops between statements", tally.cases),
        ("of these not reached: the action went another way this time", tally.unreached),
        ("violations", len(tally.findings)), ("the second waited for the first", tally.waited),
        ("ended as the first before the second / the second before the first / no telling",
         f"{tally.first_first} / {tally.second_first} / {tally.either}"), ("walks of db check", tally.checks)], name)
    return tally.findings


def run_kill(scale: float) -> list[str]:
    """kill -9 of clients on both engines, and of the server."""
    rounds, wrong = max(5, round(ROUNDS * scale)), []
    with engines.folder() as folder, engines.fresh_file(folder) as (url, name):
        wrong += _lost("kill -9 of clients, SQLite", kill_clients(url, folder / "logs", rounds), name)
    with engines.folder() as folder, engines.server() as (server, name):
        url = server.url(engines.DATABASE)
        wrong += _lost("kill -9 of clients, PostgreSQL", kill_clients(url, folder / "logs", rounds), name)
    with engines.folder() as folder, engines.server() as (server, name):
        losses = kill_server(server, engines.DATABASE, folder / "logs", rounds)
        wrong += _lost("kill -9 of the PostgreSQL server", losses, name)
    return wrong


def _lost(title: str, losses: Losses, name: str) -> list[str]:
    print(losses.line(), flush=True)
    write_section(title, [
        ("rounds", losses.rounds), ("changes acknowledged", losses.acknowledged), ("of these lost", losses.lost),
        ("changes that came through though nobody was answered", losses.unfinished),
        ("asked again with the same operation id", losses.asked_again),
        ("broken invariants (db check after each round), false answers", len(losses.findings))], name)
    return losses.findings + ([f"{title}: {losses.lost} lost"] if losses.lost else [])
