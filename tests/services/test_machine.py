"""Nothing the services do differs from the model: what is refused and why, where everybody is, what each bed is, who
people are, and that each ward touched got exactly one event. The machine is shown to find five planted bugs.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import Servers
from tests.services.machine.editing_rules import some_identity
from tests.services.machine.machine import Machine
from tests.services.machine.model import NORTH, SOUTH
from tests.services.machine.plants import PLANTED, crash
from tests.support.difference import Difference
from tests.support.hospital import make_hospital
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Actor
from wardbeds.store.database import Store

Made = Callable[[], type[Machine]]

def _machine(open_store: Callable[[], Store], nurse: Actor) -> type[Machine]:
    return type("Wards", (Machine,), {"open_store": staticmethod(open_store), "reached": Counter(),
                                      "actors": (nurse, replace(nurse, station="station-2"))})


def _run(machine: type[Machine], examples: int, steps: int = 25) -> None:
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
        report_multiple_bugs=False, phases=[Phase.generate], suppress_health_check=list(HealthCheck)))


@pytest.fixture(scope="module")
def template(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Actor]:
    """A SQLite file with the small hospital, copied for each run of the machine, and its nurse."""
    path = tmp_path_factory.mktemp("machine") / "hospital.db"
    shutil.copyfile(migrated_file, path)
    store = Store.open(path)
    nurse = make_hospital(store).nurse
    store.close()
    return path, nurse


@pytest.fixture
def on_sqlite(template: tuple[Path, Actor], tmp_path: Path) -> Made:
    """The machine on fresh small hospitals on SQLite."""
    count = iter(range(10_000))

    def fresh() -> Store:
        path = tmp_path / f"{next(count)}.db"
        shutil.copyfile(template[0], path)
        return Store.open(path)

    return lambda: _machine(fresh, template[1])


@pytest.fixture(params=["pg18"])
def on_postgresql(request: pytest.FixtureRequest, servers: Servers) -> Made:
    """The machine on fresh small hospitals on PostgreSQL, with the stations' login."""
    server, name = servers.fresh(request.param)
    store = Store.open(server.station_url(name))
    nurse = make_hospital(store).nurse
    store.close()
    count = iter(range(10_000))

    def fresh() -> Store:
        copied = f"{name}_{next(count)}"
        server.run(f"CREATE DATABASE {copied} TEMPLATE {name}")
        return Store.open(server.station_url(copied))

    return lambda: _machine(fresh, nurse)


def test_no_difference_on_sqlite(on_sqlite: Made) -> None:
    _run(on_sqlite(), 14, 4)


def test_no_difference_on_postgresql(on_postgresql: Made) -> None:
    _run(on_postgresql(), 3, 4)


def _renaming() -> int:
    """A seed with which the rule of identities gives somebody a number that nobody has."""
    return next(seed for seed in range(10_000) if some_identity(random.Random(seed)) == {"hospital_number": "N-7"})


def test_every_service_is_asked_and_refuses_a_stale_view(on_sqlite: Made) -> None:
    """No chance: the second station looks, the first acts, the second asks for what it still shows."""
    machine = on_sqlite()()
    machine.see(0)
    machine.see(1)
    machine.block(0, 1)
    machine.admit(1, 0, 1, NORTH, 0)
    machine.unblock(1, 1)
    machine.see(1)
    machine.unblock(0, 1)
    machine.block(1, 1)
    machine.hold(1, 1, 0, "text")
    machine.hold(0, 1, 0, "text")
    machine.release(1, 1)
    machine.release(0, 1)
    machine.admit(0, 0, 2, NORTH, 0)
    machine.see(1)
    machine.place(0, 0, 5)
    machine.clean(1, 2)
    machine.note(1, 2, "x", True)
    machine.place(1, 0, 6)
    for how in ("discharge", "decide", "cancel"):
        machine.end(1, 0, how)
    machine.note(0, 5, "y", False)
    machine.clean(0, 2)
    machine.undo(0)
    machine.end(0, 0, "decide")
    machine.end(1, 0, "left")
    machine.end(0, 0, "left")
    machine.admit(0, 1, None, NORTH, 0)
    machine.see(1)
    machine.end(0, 1, "remove")
    machine.admit(0, 1, None, SOUTH, 0)
    machine.end(1, 1, "remove")
    machine.board_equals_model()
    machine.admission(1, 1, 1)
    machine.admission(0, 1, 1)
    machine.identity(0, 1, _renaming())
    machine.identity(1, 1, 0)
    machine.end(0, 1, "discharge")
    machine.admit(0, 1, 3, NORTH, 0)
    machine.end(0, 1, "cancel")
    machine.see(0)
    machine.admit(0, 0, 4, NORTH, 0)
    machine.admit(0, 1, 5, SOUTH, 0)
    machine.see(1)
    machine.swap(0, 0, 5)
    machine.undo(0)
    machine.place(0, 0, 6)
    machine.swap(1, 0, 5)
    machine.remark(0, 1, "x")
    machine.remark(1, 1, "y")
    machine.board_equals_model()
    machine.teardown()
    done = {name for name, code in machine.reached if code is None}
    stale = {name for name, code in machine.reached if code is Code.STALE}
    assert done == {"undo_action", *stale}
    assert len(done) == 18, done


@pytest.mark.parametrize(("planted", "what", "found", "wanted"), PLANTED, ids=[bug.__name__ for bug, *_ in PLANTED])
def test_finds_a_planted_bug(on_sqlite: Made, planted: Callable[[], Any], what: str, found: object,
                             wanted: object) -> None:
    with planted(), pytest.raises(Difference) as difference:
        _run(on_sqlite(), 30, 4)
    assert (difference.value.what, difference.value.found, difference.value.wanted) == (what, found, wanted)


def test_a_crash_is_no_finding(on_sqlite: Made) -> None:
    with crash(), pytest.raises(AssertionError, match="shows by itself"):
        _run(on_sqlite(), 30, 4)
