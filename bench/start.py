"""From nothing to the first painted window and to a usable board, beside a bare QMainWindow."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

from bench.report import Result

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(["bare"])
class Window(QMainWindow):
    def paintEvent(self, event):
        print(time.time())
        QTimer.singleShot(0, app.quit)
window = Window()
window.resize(1366, 700)
window.show()
app.exec()
"""

OURS = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from wardbeds.app import Application
from wardbeds.gui import theme
app = QApplication(["wardbeds"])
theme.set_scheme(app, "light", with_fonts=False)
ours = Application(None, demo=True, station="bench")
ours.frame.skeleton.painted.connect(lambda: print(time.time(), flush=True))
def ready():
    ours.session.ward_opened.connect(usable)
    ours.session.sign_in("mukamana", "demo-nurse", lambda refusal: None)
    print(time.time(), flush=True)
def usable(board):
    app.processEvents()
    print(time.time(), flush=True)
    ours.stop()
    QTimer.singleShot(0, app.quit)
ours.ready.connect(ready)
ours.show()
app.exec()
"""


def _times(code: str, home: str) -> list[float]:
    import time
    start = time.time()
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                         env={**os.environ, "WARDBEDS_HOME": home})
    return [(float(line) - start) * 1000 for line in out.stdout.split()]


def run() -> list[Result]:
    """Medians of seven starts, after one that makes the demo."""
    with tempfile.TemporaryDirectory() as home:
        _times(OURS, home)
        bare = statistics.median(_times(BARE, home)[0] for _ in range(7))
        ours = [_times(OURS, home) for _ in range(7)]
    first = statistics.median(one[0] for one in ours)
    signed = statistics.median(one[1] for one in ours)
    usable = statistics.median(one[1] + (one[2] - one[1]) for one in ours)
    return [Result("start to the first painted window", first, "ms", "1.2 x a bare QMainWindow", first <= 1.2 * bare,
                   bare),
            Result("start to the sign-in page", signed, "ms", "(told)", True, bare),
            Result("start to a usable board, password check included", usable, "ms", "under 1,500 ms",
                   usable < 1500, bare)]
