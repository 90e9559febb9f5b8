"""The primary dies, its synchronous standby is promoted by hand, the stations go on: nothing acknowledged is lost."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tests.support.mirror import Mirror
from tests.support.postgres import Server
from tests.support.standby import Standby, kill_hard, make_standby
from tests.torture import engines
from tests.torture.asking import carry_out
from tests.torture.hall import ANYWAY, Hall, make_hall
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import InDoubt, OutOfReach
from wardbeds.domain.requests import PlacePatient, SeenBed, SeenPlace
from wardbeds.services.placing import place_patient
from wardbeds.services.reading import read_board
from wardbeds.store.check import check
from wardbeds.store.database import Store
from wardbeds.store.tables import events

WRITING_AGAIN = 30.0
"""Seconds from the death of the primary that must not be passed."""


@dataclass
class Figures:
    """Seconds are from the kill until a station's first change was acknowledged by the promoted server."""

    failovers: int = 0
    database: str = ""
    stations: int = 0
    acknowledged: int = 0
    lost: int = 0
    told: Counter[str] = field(default_factory=Counter)
    doubts: int = 0
    seconds: list[float] = field(default_factory=list)
    boards: int = 0
    without_standby: str = ""
    wrong: list[str] = field(default_factory=list)

    def broken(self) -> list[str]:
        """What is not as it should be, in words."""
        late = [f"a station was writing again after {one} s" for one in self.seconds if one > WRITING_AGAIN]
        return self.wrong + late + ([f"{self.lost} acknowledged changes are lost"] if self.lost else [])


class Worker(threading.Thread):
    """A station that moves one patient of its ward to and fro, and remembers what it was told and when."""

    def __init__(self, url: str, hall: Hall, ward_id: int, n: int) -> None:
        super().__init__(daemon=True)
        self.store, self.actor, self.ward_id = Store.open(url), hall.actor(f"station-{n}"), ward_id
        self.patient = hall.people[str(ward_id)][n]
        self.told: list[tuple[float, str, Any]] = []
        self.doubts = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Work until it is over."""
        while not self.over.is_set():
            try:
                request = next_move(self.store, self.actor, self.ward_id, self.patient)
            except OutOfReach:
                time.sleep(0.2)
                continue
            told, doubts = carry_out(place_patient, self.store, self.actor, request, pause=0.2)
            self.doubts += doubts
            self.told.append((time.monotonic(), str(request.operation_id), told))
            time.sleep(0.05)
        self.store.close()


def next_move(store: Store, actor: Any, ward_id: int, patient: int) -> PlacePatient:
    """The next move of the patient, as the board shows it now."""
    board = read_board(store, actor, ward_id)
    lies = next(bed for bed in board.beds if bed.patient_id == patient)
    free = [bed for bed in board.beds if bed.status is BedStatus.AVAILABLE]
    return PlacePatient(patient_id=patient, bed=SeenBed.of(free[patient % len(free)]), seen=SeenPlace(bed_id=lies.id),
                        override=ANYWAY)


@contextmanager
def pair(figures: Figures) -> Iterator[tuple[Server, Standby, str, Hall]]:
    """A primary with its synchronous standby, the URL that names both, and what is in the database."""
    with engines.server() as (server, name):
        figures.database = name
        url = server.url(engines.DATABASE)
        store = Store.open(url)
        hall = make_hall(store, wards=4, beds=12, people=4)
        store.close()
        standby = make_standby(server)
        try:
            yield server, standby, url.replace(f":{server.port}/", f":{server.port},127.0.0.1:{standby.port}/"), hall
        finally:
            standby.stop()


def fail_over(figures: Figures, seconds: float) -> None:
    """Stations at work for so long before and after the primary dies."""
    with pair(figures) as (server, standby, url, hall):
        workers = [Worker(url, hall, ward, n) for ward in hall.wards for n in range(3)]
        boards = Store.open(url)
        watching = {ward: Mirror(boards, hall.actor(f"board-{ward}"), ward) for ward in hall.wards}
        for one in workers:
            one.start()
        time.sleep(seconds)
        kill_hard(server)
        killed = time.monotonic()
        standby.promote()
        end = killed + 2 * WRITING_AGAIN
        while time.monotonic() < end and not all(_first_after(one, killed) for one in workers):
            time.sleep(0.1)
        time.sleep(seconds)
        for one in workers:
            one.over.set()
        for one in workers:
            one.join(timeout=90)
        promoted = server.url(engines.DATABASE).replace(f":{server.port}/", f":{standby.port}/")
        _judge(figures, workers, killed, promoted)
        _judge_boards(figures, watching, promoted)
        boards.close()


def _first_after(worker: Worker, killed: float) -> float | None:
    """When this station first began and ended a change on the promoted server."""
    return next((at for at, _operation, told in [*worker.told] if at > killed and isinstance(told, Done)), None)


def _judge(figures: Figures, workers: list[Worker], killed: float, url: str) -> None:
    figures.failovers += 1
    figures.stations = len(workers)
    figures.doubts += sum(one.doubts for one in workers)
    store = Store.open(url)
    with store.reading() as connection:
        there = set(connection.scalars(select(events.c.operation_id)))
        figures.wrong += [f"db check: {one}" for one in check(connection)]
    store.close()
    for worker in workers:
        first = _first_after(worker, killed)
        figures.seconds.append(round(first - killed, 2) if first is not None else float("inf"))
        for _at, operation, told in worker.told:
            figures.told[type(told).__name__] += 1
            figures.acknowledged += isinstance(told, Done)
            figures.lost += isinstance(told, Done) and operation not in there
            if not isinstance(told, Done) and operation in there:
                figures.wrong.append(f"told {told}, and it is there")


def _judge_boards(figures: Figures, watching: dict[int, Mirror], url: str) -> None:
    """Who only looks hears of the promoted server, too: by the end each board is the table there."""
    store = Store.open(url)
    for ward_id, mirror in watching.items():
        table = read_board(store, mirror.actor, ward_id)
        figures.boards += 1
        if not mirror.wait_for(lambda one, table=table: (one.board.beds, one.board.waiting)  # type: ignore[misc]
                               == (table.beds, table.waiting), WRITING_AGAIN):
            figures.wrong.append(f"the board of ward {ward_id} is not the table of the promoted server")
        if not mirror.losses:
            figures.wrong.append(f"the board of ward {ward_id} was never cut off")
        mirror.stop()
    store.close()


@contextmanager
def impatience(server: Server) -> Iterator[None]:
    """Somebody breaks off every wait for the standby: the server then says that COMMIT is done, with a warning."""
    over = threading.Event()

    def cancel() -> None:
        while not over.wait(0.1):
            server.run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")

    thread = threading.Thread(target=cancel)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def wait_for_standby(figures: Figures, *, impatient: bool) -> None:
    """Without its standby the primary may not acknowledge: in doubt until the standby is back.

    The server's own limit for a statement does not end this wait; the watchdog of calls does, or an administrator.
    """
    with pair(figures) as (server, standby, _url, hall):
        store = Store.open(server.url(engines.DATABASE))
        actor, ward_id = hall.actor("station-1"), hall.wards[0]
        request = next_move(store, actor, ward_id, hall.people[str(ward_id)][0])
        standby.stop()
        try:
            with impatience(server) if impatient else nullcontext():
                place_patient(store, actor, request)
            figures.wrong.append("acknowledged although no standby has it")
        except InDoubt:
            standby.start()
            told, _doubts = carry_out(place_patient, store, actor, request)
            figures.without_standby += f"in doubt, then {'done' if isinstance(told, Done) else told}; "
            if not isinstance(told, Done) or not told.repeated:
                figures.wrong.append(f"told {told} once the standby was back")
        store.close()

