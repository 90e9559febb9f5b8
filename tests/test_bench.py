"""The bench itself runs on a quiet machine only; that all it is made of is still there is seen here."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import bench
from bench.report import Result

ELSEWHERE = "peer_ours"
"""Runs beside the other contestants, whose modules it needs."""
MODULES = [one.name for one in pkgutil.iter_modules(bench.__path__) if one.name != ELSEWHERE]


@pytest.mark.parametrize("name", MODULES)
def test_every_part_of_the_bench_finds_what_it_measures(name: str) -> None:
    importlib.import_module(f"bench.{name}")


def test_a_row_says_ratio_budget_and_verdict() -> None:
    met = Result("search", 20.0, "ms", "under 50 ms", True, 5.0).line()
    assert "4.00 x" in met and "under 50 ms" in met and met.endswith("met")
    assert Result("search", 60.0, "ms", "under 50 ms", False).line().endswith("MISSED")
