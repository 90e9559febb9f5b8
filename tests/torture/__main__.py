"""The full sizes: ``python -m tests.torture [race|pace|...|soak|all] [--scale 0.1]``; writes RELIABILITY.md.

Ends with 1 if anything was wrong. ``--scale`` makes every size smaller; what was really run stands in the report.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.torture.full_faults import run_cuts, run_failover, run_network, run_propagation, run_soak
from tests.torture.full_races import run_interleave, run_kill, run_pace, run_race, run_race_on_a_file

EXPERIMENTS: dict[str, Callable[[float], list[str]]] = {
    "race": run_race, "race-file": run_race_on_a_file, "pace": run_pace, "interleave": run_interleave, "kill": run_kill,
    "cuts": run_cuts, "network": run_network, "failover": run_failover, "propagation": run_propagation,
    "soak": run_soak}


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser("python -m tests.torture")
    parser.add_argument("what", nargs="?", choices=[*EXPERIMENTS, "all"], default="all")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the runs, 1 for the full one")
    options = parser.parse_args()
    wrong: list[str] = []
    for name, experiment in EXPERIMENTS.items():
        if options.what in (name, "all"):
            print(f"{name} ...", flush=True)
            wrong += experiment(options.scale)
    print("\n".join(wrong[:50]) or "nothing is wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
