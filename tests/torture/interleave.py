"""One action is stopped between two of its statements, another one runs, then the first goes on.

What both were told and how things stand afterwards must be as if one had come after the other.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import event

from tests.torture.situations import AGAIN, SITUATIONS, Action, Scene
from tests.torture.stage import ServerStage, Stage, State, read_state
from wardbeds.domain.errors import OutOfReach, Refused
from wardbeds.domain.requests import Request
from wardbeds.store.check import check
from wardbeds.store.database import Store

Answer = tuple[str, ...]
Ending = tuple[Answer, Answer, State]
CHECK_EVERY = 10


@dataclass
class Tally:
    """What was tried and what came out wrong."""

    cases: int = 0
    pairs: int = 0
    waited: int = 0
    first_first: int = 0
    second_first: int = 0
    either: int = 0
    checks: int = 0
    unreached: int = 0
    findings: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures in one line."""
        return (f"{self.cases} stops of {self.pairs} ordered pairs, {self.unreached} not reached: {len(self.findings)} violations; the second waited "
                f"{self.waited} times; as the first before the second {self.first_first}, the second before the first "
                f"{self.second_first}, no telling {self.either}; {self.checks} db checks")


@dataclass(frozen=True)
class Step:
    """One side of a pair, ready to be sent."""

    service: Callable[..., Any]
    actor: Any
    request: Request

    def run(self, store: Store) -> Answer:
        """What the person is told."""
        try:
            self.service(store, self.actor, self.request)
        except Refused as error:
            return ("refused", error.refusal.code.value, error.refusal.detail)
        except OutOfReach as error:
            return ("away", str(error))
        except Exception:
            return ("bug", traceback.format_exc()[-1500:])
        return ("done",)


class Theatre:
    """Runs pairs on a stage; every so many pairs and stops it walks the invariants with ``db check`` too."""

    def __init__(self, stage: Stage, check_every: int = CHECK_EVERY) -> None:
        self.stage, self.tally, self.check_every = stage, Tally(), check_every
        self.pool = ThreadPoolExecutor(1)
        watched = isinstance(stage, ServerStage)
        self.watch = psycopg.connect(stage.url, autocommit=True) if watched else None
        self.points = 0

    def __enter__(self) -> Theatre:
        return self

    def __exit__(self, *_error: object) -> None:
        self.pool.shutdown()
        if self.watch is not None:
            self.watch.close()
        self.stage.close()

    def play(self, name: str, first: str, second: str, choose: Callable[[int], Iterable[int]]) -> None:
        """Both orders, then the stops that ``choose`` picks from the number of statements of the first."""
        serial = [self._serial(name, first, second, turned) for turned in (False, True)]
        self.tally.pairs += 1
        for stop in choose(self.points):
            self.tally.cases += 1
            self._stopped(name, first, second, stop, serial)

    def _steps(self, name: str, first: str, second: str) -> tuple[Step, Step]:
        scene = self.stage.set(name)
        one = _step(scene, SITUATIONS[name].actions[first], "first")
        return one, one if second == AGAIN else _step(scene, SITUATIONS[name].actions[second], "second")

    def _serial(self, name: str, first: str, second: str, turned: bool) -> Ending:
        one, two = self._steps(name, first, second)
        if turned:
            later = two.run(self.stage.second)
            sooner = one.run(self.stage.first)
        else:
            with self._stop_at(-1, lambda: None):
                sooner = one.run(self.stage.first)
            later = two.run(self.stage.second)
        if self.tally.pairs % self.check_every == 0:
            self._check(f"{name}: {first}, {second}, one after the other")
        return sooner, later, read_state(self.stage.first)

    def _stopped(self, name: str, first: str, second: str, stop: int, serial: list[Ending]) -> None:
        one, two = self._steps(name, first, second)
        answers: list[Future[Answer]] = []

        def cut_in() -> None:
            answers.append(self.pool.submit(two.run, self.stage.second))
            self._wait(answers[0])

        with self._stop_at(stop, cut_in):
            sooner = one.run(self.stage.first)
        self.tally.unreached += not answers
        later = answers[0].result() if answers else two.run(self.stage.second)
        if later[0] == "away":
            self.tally.waited += 1
            later = two.run(self.stage.second)
        ending = (sooner, later, read_state(self.stage.first))
        where = f"{name}: {first}, stopped before statement {stop} for {second}"
        self._weigh(where, ending, serial)
        if self.tally.cases % self.check_every == 0:
            self._check(where)

    def _weigh(self, where: str, ending: Ending, serial: list[Ending]) -> None:
        fits = [ending == one for one in serial]
        if not any(fits):
            self.tally.findings.append(f"{where}: {ending}\n  not {serial[0]}\n  nor {serial[1]}")
        self.tally.either += all(fits)
        self.tally.first_first += fits == [True, False]
        self.tally.second_first += fits == [False, True]

    def _check(self, where: str) -> None:
        self.tally.checks += 1
        with self.stage.first.reading() as connection:
            self.tally.findings += [f"{where}: db check says {one}" for one in check(connection)]

    @contextmanager
    def _stop_at(self, stop: int, cut_in: Callable[[], None]) -> Iterator[None]:
        """Call ``cut_in`` before the first station's n-th statement or commit; ``points`` counts them."""
        self.points = 0

        def point(*_any: object, **_more: object) -> None:
            self.points += 1
            if self.points == stop:
                cut_in()

        engine = self.stage.first.engine
        for kind in ("before_cursor_execute", "commit"):
            event.listen(engine, kind, point)
        try:
            yield
        finally:
            for kind in ("before_cursor_execute", "commit"):
                event.remove(engine, kind, point)

    def _wait(self, answer: Future[Answer]) -> None:
        """Until the second has its answer, or waits for a lock that the first holds."""
        while not wait([answer], timeout=None if self.watch is None else 0.005).done:
            if self.watch is not None and self.watch.execute("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
                                    "AND wait_event_type = 'Lock'").fetchone():
                self.tally.waited += 1
                return


def _step(scene: Scene, action: Action, station: str) -> Step:
    return Step(action.service, scene.actor(action.role, "first" if action.own else station), action.request(scene))
