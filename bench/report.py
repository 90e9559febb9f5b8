"""What a benchmark says: a figure, what it is measured against, and whether the budget holds."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One row. ``floor``: the same measured on what cannot be beaten; ``budget`` in words, ``held`` judged."""

    what: str
    value: float
    unit: str
    budget: str
    held: bool
    floor: float | None = None

    def line(self) -> str:
        """The row as text."""
        ratio = f"{self.value / self.floor:8.2f} x" if self.floor else " " * 10
        floor = f"{self.floor:10.2f}" if self.floor else " " * 10
        fate = "met" if self.held else "MISSED"
        return f"{self.what:52} {self.value:10.2f} {self.unit:4} {floor} {ratio}  {self.budget:34} {fate}"


def timed(job: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each run."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        found.append((time.perf_counter() - start) * 1000)
    return found


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def machine() -> str:
    """Where and under which load this ran."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}"
