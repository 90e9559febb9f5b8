"""An action stopped between its statements while another one runs: as if one had come after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import Servers
from tests.torture import plants
from tests.torture.interleave import Theatre
from tests.torture.situations import SITUATIONS, all_pairs
from tests.torture.stage import FileStage, ServerStage, Stage
from wardbeds.store.embedded import ensure

EACH = {"sqlite": 50, "pg18": 50, "pg16": 12}


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A stage on the engine that the test names."""
    if request.param == "sqlite":
        ensure(tmp_path / "ward.db")
        yield FileStage(tmp_path / "ward.db")
        return
    servers: Servers = request.getfixturevalue("servers")
    server, name = servers.fresh(request.param)
    yield ServerStage(server.url(name))
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("stage", EACH, indirect=True)
def test_as_if_one_after_the_other(stage: Stage, request: pytest.FixtureRequest) -> None:
    """A part of all pairs, each with one stop; ``make torture`` takes all pairs and all stops."""
    count = EACH[request.node.callspec.params["stage"]]
    pairs = all_pairs()
    with Theatre(stage) as theatre:
        for n in range(count):
            pair = pairs[n * len(pairs) // count]
            theatre.play(*pair, lambda points, n=n: [1 + 7 * n % points])  # type: ignore[misc]
    print(theatre.tally.line())
    assert not theatre.tally.findings, "\n".join(theatre.tally.findings[:5])
    assert theatre.tally.first_first and theatre.tally.second_first
    assert theatre.tally.waited
    assert not theatre.tally.unreached


TWO_WARDS = (("hold", "admit North"), ("register", "register South"))
"""One person in two wards at once, and two new people in two wards: no ward's lock keeps these apart."""


def _two_wards(theatre: Theatre) -> None:
    for first, second in TWO_WARDS:
        theatre.play("gone", first, second, lambda points: range(1, points + 1))


@pytest.mark.parametrize("stage", ["pg18"], indirect=True)
def test_two_wards_and_one_person(stage: Stage) -> None:
    with Theatre(stage) as theatre:
        _two_wards(theatre)
    assert not theatre.tally.findings, "\n".join(theatre.tally.findings[:5])


@pytest.mark.parametrize("stage", ["pg18"], indirect=True)
def test_people_that_are_not_locked_are_seen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    plants.wards_only(monkeypatch)
    with Theatre(stage) as theatre:
        _two_wards(theatre)
    for first, _second in TWO_WARDS:
        assert [one for one in theatre.tally.findings if f"gone: {first}" in one]


def test_every_pair_is_listed() -> None:
    kinds = sum(len(one.actions) for one in SITUATIONS.values())
    assert kinds > 80
    assert len(all_pairs()) == sum(len(one.actions) * (len(one.actions) + 1) for one in SITUATIONS.values())


@pytest.mark.parametrize("stage", ["pg18"], indirect=True)
def test_an_event_written_apart_is_seen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with Theatre(stage) as theatre:
        theatre.stage.set("lying")
        plants.event_apart(monkeypatch)
        theatre.play("lying", "remark", "notes", lambda points: range(1, points + 1))
    assert theatre.tally.findings


@pytest.mark.parametrize("stage", ["pg18"], indirect=True)
def test_a_patient_in_two_beds_is_seen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without locks, on a copy of the schema without what keeps a patient in one bed."""
    with Theatre(stage, check_every=1) as theatre:
        theatre.stage.set("waiting")
        with stage.first.engine.begin() as connection:
            for statement in ("ALTER TABLE ward_beds DROP CONSTRAINT uq_ward_beds_patient_id",
                              "ALTER TABLE bed_stays DROP CONSTRAINT uq_bed_stays_open_patient",
                              "ALTER TABLE bed_stays DROP CONSTRAINT ex_bed_stays_patient",
                              "ALTER TABLE events DROP CONSTRAINT pk_events CASCADE",
                              "ALTER TABLE event_subjects DROP CONSTRAINT pk_event_subjects CASCADE",
                              "ALTER TABLE event_texts DROP CONSTRAINT pk_event_texts CASCADE",
                              "ALTER TABLE events DISABLE TRIGGER USER", "ALTER TABLE streams DISABLE TRIGGER USER"):
                connection.execute(text(statement))
        plants.no_locks(monkeypatch)
        theatre.play("waiting", "assign", "assign away", lambda points: range(1, points + 1))
    assert [one for one in theatre.tally.findings if "uq_ward_beds_patient_id" in one]
