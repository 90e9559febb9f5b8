"""``tests/RELIABILITY.md``: the last figures with date, machine and command; each experiment writes its own section."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).parents[1] / "RELIABILITY.md"
HEAD = """# Reliability

Written by `make torture` (`python -m tests.torture`), a section by each experiment; the suite runs the same in small.
Load is the machine's mean over five minutes when the experiment ended, its own included: what else ran beside it makes
times longer. Cuts, delay and loss are made by a proxy in user space between the program and the server: it holds chunks
back, hands them on late, or closes sockets. No packet is dropped in the kernel; a "lost" chunk comes 0.2 to 1.5 s late, as
one that TCP sends again.
"""
Row = tuple[str, object]


def machine(database: str) -> str:
    """Cores, memory, versions, load."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}, {database}, load {os.getloadavg()[1]:.1f}, niceness {os.nice(0)}")


def write_section(title: str, rows: Sequence[Row], database: str, file: Path = FILE) -> None:
    """Put the section in place of the one with the same title, or at the end; the others stay as they are."""
    command = "python -m tests.torture " + " ".join(sys.argv[1:])
    text = "\n".join([
        f"## {title}", "", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {machine(database)} · `{command.strip()}`", "",
        "| what | figure |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)]) + "\n"
    old = file.read_text(encoding="utf-8") if file.is_file() else HEAD
    _head, *sections = re.split(r"(?m)^(?=## )", old)
    kept = {section.partition("\n")[0]: section.rstrip("\n") + "\n" for section in sections}
    kept[f"## {title}"] = text
    file.write_text("\n".join([HEAD, *kept.values()]), encoding="utf-8")
