"""Fifty clients flat out on twenty beds: nothing double, every refusal true; and the judge sees what is not so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import Servers
from tests.torture.mix import KINDS
from tests.torture.pairs import count_pairs, rarest
from tests.torture.race import race
from tests.torture.record import DONE, REFUSED, Record, read_logs
from tests.torture.timeline import Past, read_past
from tests.torture.verdict import Verdict, judge_records
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure


def _sound(verdict: Verdict) -> None:
    print(verdict.line())
    assert not verdict.findings, "\n".join(verdict.findings[:10])
    assert verdict.doubles == 0
    assert verdict.share >= 0.3
    assert verdict.refusals, "nobody met anybody"


def test_fifty_clients_on_postgresql(servers: Servers, tmp_path: Path) -> None:
    server, name = servers.fresh("pg18")
    _sound(race(server.url(name), tmp_path / "logs", 50, "--seconds", "5"))


def test_twelve_clients_on_the_older_postgresql(servers: Servers, tmp_path: Path) -> None:
    server, name = servers.fresh("pg16")
    _sound(race(server.url(name), tmp_path / "logs", 12, "--seconds", "2", "--warm", "10"))


def test_eight_processes_on_one_file(tmp_path: Path) -> None:
    _sound(race(ensure(tmp_path / "ward.db"), tmp_path / "logs", 8, "--seconds", "5"))


@pytest.mark.parametrize(("plant", "said"), [("seen_ignored", "was done "), ("wrong_reason", "DIRTY")])
def test_a_planted_fault_is_seen(tmp_path: Path, plant: str, said: str) -> None:
    verdict = race(ensure(tmp_path / "ward.db"), tmp_path / "logs", 6, "--actions", "40", "--warm", "5",
                   "--plant", plant)
    assert [one for one in verdict.findings if said in one]


Told = tuple[list[Record], Past]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What a few clients were told, and what was."""
    folder = tmp_path_factory.mktemp("told")
    url = ensure(folder / "ward.db")
    race(url, folder / "logs", 4, "--actions", "40", "--warm", "5")
    store = Store.open(url)
    with store.reading() as connection:
        past = read_past(connection)
    store.close()
    return list(read_logs(folder / "logs")), past


def _one(records: list[Record], answer: str, kind: str = "") -> Record:
    return next(one for one in records if one.answer == answer and kind in ("", one.kind))


LIES: dict[str, Callable[[list[Record]], Record]] = {
    "done and not there": lambda records: replace(_one(records, DONE), operation=str(uuid4())),
    "refused and there": lambda records: replace(_one(records, DONE), answer=REFUSED),
    "a reason that nobody knows": lambda records: replace(_one(records, REFUSED), code="ROLE", detail="permission"),
    "a bug": lambda records: replace(_one(records, DONE), answer="bug"),
    "away": lambda records: replace(_one(records, DONE), answer="away", detail="The board is very busy."),
    "a reason that was not so": lambda records: replace(
        _one(records, DONE, "admit_waiting"), operation=str(uuid4()), answer=REFUSED, code="STATE",
        detail="already_decided"),
}


@pytest.mark.parametrize("lie", LIES)
def test_the_judge_sees_a_lie(told: Told, lie: str) -> None:
    records, past = told
    assert not judge_records(records, past)
    forged = LIES[lie](records)
    assert judge_records([one for one in records if one.operation != forged.operation] + [forged], past)


def test_every_reason_is_weighed(told: Told) -> None:
    """A refusal's code and detail exchanged for each other one: most are not so at that moment."""
    records, past = told
    refused = [one for one in records if one.answer == REFUSED and one.request.get("bed")]
    assert refused
    for code in ("OCC", "BLK", "DIRTY", "HELD"):
        forged = [replace(one, code=code, detail="") for one in refused]
        assert judge_records(forged, past), code


def test_kinds_that_meet_are_counted() -> None:
    one = Record(1, "move", "a", 0, 10, DONE, "", "", {}, {}, (1,), (1,), (1,))
    ward, close = count_pairs([
        one, replace(one, client=2, kind="clean", start=5, end=15, patients=()),
        replace(one, client=3, kind="block", start=9, end=20, beds=(2,), patients=()),
        replace(one, client=4, kind="hold", start=11, end=20, beds=(9,), patients=(), wards=(2,))])
    assert ward == {("clean", "move"): 1, ("block", "move"): 1, ("block", "clean"): 1}
    assert close == {("clean", "move"): 1}
    assert rarest(ward, ["clean", "move"])[0] == 0
    assert len(KINDS) > 20
