"""What the real window takes of memory with 600 beds, beside a bare QMainWindow: each in a process of its own."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench.report import Result

OURS = "from bench.memory import show_600; show_600()"
BARE = "from bench.memory import show_nothing; show_nothing()"
BUDGET = 200


def resident() -> float:
    """MB of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 ** 2


def show_600() -> None:
    """The real window, somebody signed in, a ward of 600 beds, one patient dragged over it; printed at each step."""
    _say("Python and Qt, no window")
    app = QApplication(["bench"])
    from bench.drag import drag_over
    from bench.real_window import signed_in, ward_of
    from wardbeds.gui import theme

    _say("the program's own modules and libraries")
    theme.set_scheme(app, "light")
    with signed_in(60) as page:
        _say("the window, signed in, 60 beds")
        page.session.model.set_board(ward_of(600))
        page.map.fit()
        app.processEvents()
        _say("600 beds")
        drag_over(page, 60)
        gc.collect()
        _say("a patient dragged over them")


def _say(what: str) -> None:
    print(f"{what}: {resident():.1f}", flush=True)


def show_nothing() -> None:
    """A bare window."""
    app = QApplication(["bench"])
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    window.resize(1366, 700)
    window.show()
    app.processEvents()
    _say("a bare window")


def _of(code: str) -> list[tuple[str, float]]:
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = [line.rpartition(": ") for line in out.stdout.splitlines() if ": " in line]
    return [(what, float(value)) for what, _colon, value in lines]


def steps() -> list[tuple[str, float]]:
    """What is resident, step by step, and a bare window's for comparison."""
    return [*_of(BARE), *_of(OURS)]


def run() -> list[Result]:
    """Both, and what lies between."""
    bare, ours = _of(BARE)[-1][1], _of(OURS)[-1][1]
    return [Result("memory, 600 beds shown", ours, "MB", f"under {BUDGET} MB", ours < BUDGET, bare),
            Result("  of it more than a bare QMainWindow", ours - bare, "MB", "(told)", True, bare)]
