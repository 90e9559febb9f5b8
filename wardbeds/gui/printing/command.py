"""Printing without a window: what ``wardbeds print`` calls."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication

from wardbeds.domain.beds import WardBoard
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import write_pdf


def print_occupancy(board: WardBoard, printed_by: str, hospital: str, zone: ZoneInfo, now: datetime,
                    out: Path, *, demo: bool = False) -> int:
    """Write the occupancy sheet as PDF; returns the number of pages. Needs no display. Raises OSError."""
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        print_occupancy.app = QApplication(["wardbeds"])  # type: ignore[attr-defined]  # kept as long as the program
    return write_pdf(OccupancySheet(board, printed_by, hospital, zone, now, demo=demo), out)
