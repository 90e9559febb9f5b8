"""One station at work: look, choose, ask the service, write down what it answered."""

from __future__ import annotations

import os
import random
import time
import traceback
from pathlib import Path
from typing import Any

from tests.torture.house import House
from tests.torture.mix import SERVICES, UNDOABLE, Attempt, Memory, choose
from tests.torture.record import AWAY, BUG, DONE, REFUSED, REPEATED, Record
from tests.torture.view import View
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import OutOfReach, Refused
from wardbeds.domain.people import Role
from wardbeds.store.database import Store

TWICE = 0.03
"""How often a request is sent twice, as a double click does."""
FRESH = 0.5
"""How often one ward's board is read anew before choosing."""

PEOPLE_EVERY = 8
"""After how many actions the list of people is read anew."""

PAUSE = 0.05
"""Seconds that a patient station waits before it asks again."""


def microseconds() -> int:
    """Now, by the machine's clock."""
    return time.time_ns() // 1000


class Station:
    """A client with its own connections, screen and log. ``patient``: ask again until there is an answer."""

    def __init__(self, number: int, store: Store, house: House, folder: Path, seed: int, *, patient: bool = False) -> None:
        self.number, self.house, self.patient = number, house, patient
        self.chance = random.Random(f"{seed}/{number}")
        self.store = store
        self.name = f"station-{number}"
        self.view = View(self.store, house, house.actor(Role.MEDICAL_STAFF, self.name))
        self.memory = Memory()
        self._log = os.open(folder / f"client-{number}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def step(self) -> None:
        """One action, sometimes sent twice. A patient station that cannot read looks again a little later."""
        try:
            attempt = self._choose()
        except OutOfReach:
            if not self.patient:
                raise
            time.sleep(PAUSE)
            return
        self.ask(attempt)
        if self.chance.random() < TWICE:
            self.ask(attempt)

    def _choose(self) -> Attempt:
        if self.chance.random() < FRESH:
            self._look([self.chance.choice(self.house.wards)])
        if self.memory.tried.total() % PEOPLE_EVERY == 0:
            self.view.read_people()
        return choose(self.view, self.chance, self.memory)

    def ask(self, attempt: Attempt) -> None:
        """Send the request and write the answer down; a patient station asks until it has one."""
        answer = self._ask_once(attempt)
        while answer == AWAY and self.patient:
            time.sleep(PAUSE)
            answer = self._ask_once(attempt)
        if answer == DONE and attempt.kind in UNDOABLE:
            self.memory.done.append(attempt)
        if answer == REFUSED:
            self._look(attempt.wards)

    def _ask_once(self, attempt: Attempt) -> str:
        service, _request = SERVICES[attempt.kind]
        actor = self.house.actor(attempt.role, self.name)
        start = microseconds()
        try:
            done: Done = service(self.store, actor, attempt.request)
        except Refused as error:
            refusal = error.refusal
            return self._write(attempt, start, REFUSED, refusal.code, refusal.detail, dict(refusal.params))
        except OutOfReach as error:
            return self._write(attempt, start, AWAY, type(error).__name__, str(error), {})
        except Exception as error:
            return self._write(attempt, start, BUG, type(error).__name__, traceback.format_exc()[-3000:], {})
        self.view.apply(done)
        return self._write(attempt, start, REPEATED if done.repeated else DONE, "", "", {})

    def _look(self, wards: Any) -> None:
        try:
            self.view.read(wards)
        except OutOfReach:
            if not self.patient:
                raise

    def _write(self, attempt: Attempt, start: int, answer: str, code: str, detail: str, params: dict[str, str]) -> str:
        """One line, in one write, so that a kill leaves whole lines; it is the acknowledgement."""
        record = Record(self.number, attempt.kind, str(attempt.request.operation_id), start, microseconds(), answer,
                        code, detail, params, attempt.request.model_dump(mode="json"), attempt.beds, attempt.patients,
                        attempt.wards)
        os.write(self._log, record.line().encode())
        return answer
