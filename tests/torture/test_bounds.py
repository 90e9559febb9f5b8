"""A figure that is not met ends ``python -m tests.torture`` with 1 and stands in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture import __main__ as program
from tests.torture import failover, full_races, network, propagation, proxy_cuts, report, soak
from tests.torture.verdict import Verdict

Bounds = list[str]


def _cuts(**wrong: object) -> Bounds:
    return proxy_cuts.Figures(**{"rounds": 9, "cuts": 9} | wrong).broken()  # type: ignore[arg-type]


def _network(**wrong: object) -> Bounds:
    return network.Figures(**{"banner": [14.9], "caught_up": [9.9], "stuck": [99.9]} | wrong  # type: ignore[arg-type]
                           ).broken()


def _failover(**wrong: object) -> Bounds:
    return failover.Figures(**{"seconds": [29.9]} | wrong).broken()  # type: ignore[arg-type]


def _propagation(**wrong: object) -> Bounds:
    return propagation.Figures(**{"per_second": 19.9, "wished": 20.0, "restarts": 1,  # type: ignore[arg-type]
                                  "milliseconds": [299.0] * 100} | wrong).broken()


def _soak(**wrong: object) -> Bounds:
    figures = soak.Figures(100.0, 0.0, kilobytes=[[1000, 1049]])
    figures.told["done"] = 990
    vars(figures).update(wrong)
    return figures.broken()


CASES: list[tuple[Callable[..., Bounds], dict[str, object], str]] = [
    (_cuts, {"cuts": 8}, "only 8 cuts"), (_cuts, {"twice": 1}, "twice"), (_cuts, {"false": ["told"]}, "told"),
    (_network, {"banner": [3.0, 15.1]}, "banner"), (_network, {"caught_up": [10.1]}, "catching up"),
    (_network, {"stuck": [5.0, 100.0]}, "stuck"), (_network, {"wrong": ["never"]}, "never"),
    (_failover, {"seconds": [30.1]}, "writing again"), (_failover, {"seconds": [float("inf")]}, "writing again"),
    (_failover, {"lost": 1}, "lost"), (_failover, {"wrong": ["told"]}, "told"),
    (_propagation, {"milliseconds": [10.0] * 94 + [300.0] * 6}, "p95"), (_propagation, {"missed": 1}, "missed"),
    (_propagation, {"different": ["beds"]}, "beds"), (_propagation, {"restarts": 0}, "restarted"),
    (_propagation, {"per_second": 17.9}, "a second"),
    (_soak, {"kilobytes": [[1000, 1000], [1000, 1050]]}, "memory"), (_soak, {"wrong": ["beds"]}, "beds"),
    (_soak, {"seconds": 120.0}, "a second"),
]


@pytest.mark.parametrize("judge", [_cuts, _network, _failover, _propagation, _soak])
def test_figures_just_within_their_bounds_pass(judge: Callable[..., Bounds]) -> None:
    assert judge() == []


@pytest.mark.parametrize(("judge", "wrong", "said"), CASES)
def test_a_figure_that_is_not_met_is_named(judge: Callable[..., Bounds], wrong: dict[str, object], said: str) -> None:
    (told,) = judge(**wrong)
    assert said in told


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report of its own."""
    path = tmp_path / "RELIABILITY.md"
    monkeypatch.setattr(report.write_section, "__defaults__", (path,))
    return path


RACES: list[tuple[float, dict[str, object], str]] = [
    (1.0, {"met": (49, ("admit", "move"))}, "met too seldom"), (0.5, {"met": (0, ("admit", "move"))}, ""),
    (1.0, {"doubles": 1}, "1 doubles"), (1.0, {"findings": ["a bug"]}, "a bug"), (0.1, {"answers": Counter(done=29)}, "29%")]


@pytest.mark.parametrize(("scale", "wrong", "said"), RACES)
def test_the_race_has_its_bounds(written: Path, scale: float, wrong: dict[str, object], said: str) -> None:
    verdict = Verdict(100, Counter(done=30), met=(50, ("admit", "move")), milliseconds=[1.0] * 100)
    assert full_races._tell("Race", verdict, "an engine", scale) == []
    vars(verdict).update(wrong)
    assert said in " ".join(full_races._tell("Race", verdict, "an engine", scale))


@pytest.mark.parametrize(("wrong", "code"), [([], 0), (["two in one bed"], 1)])
def test_the_exit_code_tells(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: list[str],
                             code: int) -> None:
    ran: list[tuple[str, float]] = []

    def experiment(name: str) -> Callable[[float], list[str]]:
        def run(scale: float) -> list[str]:
            ran.append((name, scale))
            return wrong
        return run

    monkeypatch.setattr(program, "EXPERIMENTS", {name: experiment(name) for name in program.EXPERIMENTS})
    monkeypatch.setattr("sys.argv", ["torture", "--scale", "0.5"])
    assert program.main() == code
    assert ran == [(name, 0.5) for name in program.EXPERIMENTS]
    assert (wrong[0] if wrong else "nothing is wrong") in capsys.readouterr().out


def test_a_section_takes_the_place_of_the_one_before(written: Path) -> None:
    for rounds in (1, 2):
        for title in ("One", "Two"):
            report.write_section(title, [("rounds", rounds)], "an engine")
    text = written.read_text(encoding="utf-8")
    assert text.startswith(report.HEAD)
    assert text.count("## One") == text.count("## Two") == 1
    assert text.count("| rounds | 2 |") == 2 and "| rounds | 1 |" not in text
