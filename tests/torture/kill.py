"""kill -9 of clients and of the server while they work: what was acknowledged is there afterwards, whole."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from tests.support.postgres import Server
from tests.torture.crew import Crew
from tests.torture.house import House, make_house
from tests.torture.record import AWAY, DONE, REPEATED, read_logs
from tests.torture.verdict import judge_run
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.tables import events

_DONE = b'"answer":"done"'
PATIENCE = 120.0
"""Seconds within which clients must get on with their work."""


@dataclass
class Losses:
    """What was acknowledged, what of it is missing, and everything else that is wrong."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    unfinished: int = 0
    asked_again: int = 0
    findings: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures in one line."""
        return (f"{self.rounds} rounds, {self.acknowledged} changes acknowledged, {self.lost} lost, "
                f"{self.unfinished} came through without an answer, "
                f"{self.asked_again} times asked again, {len(self.findings)} findings")


@contextmanager
def _house(url: str, folder: Path) -> Iterator[tuple[Store, House]]:
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(url)
    try:
        house = make_house(store)
        house.save(folder / "house.json")
        yield store, house
    finally:
        store.close()


def kill_clients(url: str, folder: Path, rounds: int, clients: int = 4, seed: int = 1, *options: str) -> Losses:
    """Each round a set of clients is killed at a random moment of its work."""
    losses, chance = Losses(), random.Random(seed)
    with _house(url, folder) as (store, house), Crew(url, folder, clients, "--warm", "10", "--seed", str(seed), *options) as crew:
        progress = Progress(folder)
        for _ in range(rounds):
            ids = crew.start()
            progress.wait(chance.randint(clients, 4 * clients))
            time.sleep(chance.random() * 0.03)
            crew.kill(ids)
            _count(losses, store, folder)
        _judge(losses, store, house, folder)
    return losses


def kill_server(server: Server, database: str, folder: Path, rounds: int, clients: int = 4, seed: int = 1) -> Losses:
    """The same clients go on through the deaths of their server, asking again what had no answer."""
    losses, chance, url = Losses(), random.Random(seed), server.url(database)
    with _house(url, folder) as (store, house), Crew(url, folder, clients, "--warm", "10", "--seed", str(seed), "--patient") as crew:
        server.run("CHECKPOINT")
        progress = Progress(folder)
        ids = crew.start()
        for _ in range(rounds):
            progress.wait(chance.randint(clients, 4 * clients))
            time.sleep(chance.random() * 0.03)
            server.kill()
            server.start_again()
            store.engine.dispose()
            _count(losses, store, folder)
        progress.wait(clients)
        crew.kill(ids)
        _judge(losses, store, house, folder)
    return losses


class Progress:
    """How many changes the clients' logs acknowledge so far; reads only what is new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done = 0
        self._read: dict[Path, int] = {}

    def look(self) -> int:
        """Count on."""
        for path in self.folder.glob("client-*.jsonl"):
            offset = self._read.get(path, 0)
            if path.stat().st_size > offset:
                with path.open("rb") as file:
                    file.seek(offset)
                    new = file.read()
                self.done += new.count(_DONE)
                self._read[path] = offset + len(new)
        return self.done

    def wait(self, more: int) -> None:
        """Until so many changes more are acknowledged."""
        wanted, end = self.look() + more, time.monotonic() + PATIENCE
        while self.look() < wanted:
            if time.monotonic() > end:
                raise RuntimeError("the clients do not get on")
            time.sleep(0.005)


def _count(losses: Losses, store: Store, folder: Path) -> None:
    """Hold what was acknowledged so far against the events, and walk the invariants.

    The logs are read before the database: what is written in between may not be missed.
    """
    acknowledged = {one.operation for one in read_logs(folder) if one.answer in (DONE, REPEATED)}
    with store.reading(unhurried=True) as connection:
        there = set(connection.scalars(select(events.c.operation_id)))
        losses.findings += [f"round {losses.rounds}: db check says {one}" for one in check(connection)]
    losses.rounds += 1
    losses.acknowledged = len(acknowledged)
    losses.lost = len(acknowledged - there)


def _judge(losses: Losses, store: Store, house: House, folder: Path) -> None:
    """At the end everything that a race is judged by, and how many changes came through unanswered."""
    losses.findings += judge_run(store, house, folder, away=True).findings
    answered = {one.operation for one in read_logs(folder)}
    losses.asked_again = sum(one.answer == AWAY for one in read_logs(folder))
    with store.reading() as connection:
        stations = connection.execute(select(events.c.operation_id).where(
            events.c.station.like("station-%"), events.c.action != "hold_ended").distinct())
        losses.unfinished = sum(row[0] not in answered for row in stations)
