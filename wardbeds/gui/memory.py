"""Memory: the collector of what is used no more does not stop the window."""

from __future__ import annotations

import gc
from functools import cache

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

COLLECT_MILLISECONDS = 20_000


@cache
def settle_memory() -> None:
    """Keep the collector from stopping the window: what start-up made stays, collect seldom (measured). Once."""
    gc.collect()
    gc.freeze()
    gc.disable()  # a collection in another thread would destroy widgets there, which Qt does not survive
    app = QApplication.instance()
    if app is not None:
        timer = QTimer(app, interval=COLLECT_MILLISECONDS)
        timer.timeout.connect(gc.collect)
        timer.start()
