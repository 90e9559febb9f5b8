"""Printing without a window: what ``wardbeds print`` calls."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from wardbeds.gui import words
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import write_pdf
from wardbeds.services.sheets import OccupancyData


def print_occupancy(data: OccupancyData, out: Path) -> int:
    """Write the occupancy sheet as PDF; returns the number of pages. Needs no display. Raises OSError."""
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        print_occupancy.app = QApplication(["wardbeds"])  # type: ignore[attr-defined]  # kept as long as the program
    by = words.signed_text(data.printed_by, data.role)
    return write_pdf(OccupancySheet(data.board, by, data.hospital, data.zone, data.now, demo=data.demo), out)
