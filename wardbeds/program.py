"""The program from its first line to its exit code."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from wardbeds.app import Application
from wardbeds.gui.look import take_kept_look
from wardbeds.gui.program_log import start_log


def run(url: str | None, *, demo: bool, station: str, language: str, named: str = "") -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = QApplication(["wardbeds"])
    app.setApplicationName("wardbeds")
    app.setDesktopFileName("wardbeds")
    take_kept_look(app)
    watch = os.environ.get("WARDBEDS_GEOMETRY")
    application = Application(url, demo=demo, station=station, watch=Path(watch) if watch else None,
                              named=named)
    application.show()
    QTimer.singleShot(0, application, lambda: start_log(application.last_saved))
    code = app.exec()
    application.stop()
    return code
