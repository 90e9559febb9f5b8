"""One line of a client's log: what was asked, when, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

DONE, REPEATED, REFUSED, AWAY, BUG = "done", "repeated", "refused", "away", "bug"


@dataclass(frozen=True)
class Record:
    """``start`` and ``end`` in microseconds since 1970, by the machine's clock; ``request`` as JSON has it.

    ``beds``, ``patients`` and ``wards``: what the request is about, for telling who met whom.
    """

    client: int
    kind: str
    operation: str
    start: int
    end: int
    answer: str
    code: str
    detail: str
    params: dict[str, str]
    request: dict[str, Any]
    beds: tuple[int, ...]
    patients: tuple[int, ...]
    wards: tuple[int, ...]

    def line(self) -> str:
        """The record as a line."""
        return json.dumps(asdict(self), separators=(",", ":")) + "\n"

    @property
    def milliseconds(self) -> float:
        """How long the person waited."""
        return (self.end - self.start) / 1000


def read_line(line: str) -> Record:
    """What :meth:`Record.line` wrote."""
    values = json.loads(line)
    return Record(**values | {name: tuple(values[name]) for name in ("beds", "patients", "wards")})


def read_logs(folder: Path) -> Iterator[Record]:
    """All complete lines of all clients; one that a kill cut off has no answer yet and is left out."""
    for path in sorted(folder.glob("client-*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.endswith("\n"):
                    yield read_line(line)
