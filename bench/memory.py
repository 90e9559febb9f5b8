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
    """The real window, somebody signed in, a ward of 600 beds, one patient dragged over it."""
    app = QApplication(["bench"])
    from bench.drag import drag_over
    from bench.real_window import signed_in
    from wardbeds.gui import theme

    theme.set_scheme(app, "light")
    with signed_in(600) as page:
        drag_over(page, 60)
        gc.collect()
        print(resident())


def show_nothing() -> None:
    """A bare window."""
    app = QApplication(["bench"])
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    window.resize(1366, 700)
    window.show()
    app.processEvents()
    print(resident())


def _of(code: str) -> float:
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(out.stdout.split()[-1])


def run() -> list[Result]:
    """Both, and what lies between."""
    bare, ours = _of(BARE), _of(OURS)
    return [Result("memory, 600 beds shown", ours, "MB", f"under {BUDGET} MB", ours < BUDGET, bare),
            Result("  of it more than a bare QMainWindow", ours - bare, "MB", "(told)", True, bare)]
