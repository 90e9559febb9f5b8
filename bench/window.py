"""Frames while dragging, one bed's repaint, the sheet, the window's memory."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from bench.report import Result, p95, timed
from tests.support.boards import make_board
from wardbeds.domain.people import Role
from wardbeds.gui import theme
from wardbeds.gui.board.card import Marks, make_face, paint
from wardbeds.gui.board.drag import DragPilot
from wardbeds.gui.board.floor_plan import FloorPlanView
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.placing import PlacingEngine
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import write_pdf


def _frames(rooms: int, per_room: int) -> list[float]:
    window = QWidget()
    window.resize(1366, 700)
    model = BoardModel(window)
    selection, engine = Selection(window), PlacingEngine(model, window)
    engine.role = Role.MEDICAL_STAFF
    pilot = DragPilot(window, engine, model)
    view = FloorPlanView(model, selection, engine, pilot, window)
    view.setGeometry(0, 0, 1366, 700)
    window.show()
    model.set_board(make_board(rooms, per_room, 3))
    QApplication.processEvents()
    engine.pick_up_waiting(model.waiting[0])
    pilot.begin(window.mapToGlobal(QPoint(100, 100)))
    steps = [QPoint(60 + (n * 37) % 1240, 40 + (n * 23) % 600) for n in range(240)]
    at = iter(steps)

    def frame() -> None:
        pilot.move(window.mapToGlobal(next(at)))
        QApplication.processEvents()

    found = timed(frame, len(steps))
    pilot.abort()
    window.close()
    window.deleteLater()
    return found[20:]


def _repaint() -> float:
    image = QImage(180, 100, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    face = make_face(make_board().beds[0], (), 160, 88)
    paint(painter, face, Marks())
    found = timed(lambda: paint(painter, face, Marks()), 2000)
    painter.end()
    return statistics.median(found)


def _sheet(rooms: int, per_room: int) -> float:
    board = make_board(rooms, per_room, 0)
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        sheet = OccupancySheet(board, "bench", "bench", ZoneInfo("Africa/Kigali"), now)
        return statistics.median(timed(lambda: write_pdf(sheet, path), 5))


def _memory() -> float:
    """The largest resident set, in MB, of a process that shows a ward of 600 beds."""
    code = "from bench.window import show_600; show_600()"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(out.stdout.split()[-1]) / 1024


def show_600() -> None:
    """Show 600 beds in a process of its own and print the largest resident set in KB."""
    app = QApplication(["bench", "-platform", "offscreen"])
    theme.set_scheme(app, "light")
    _frames(100, 6)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def run() -> list[Result]:
    """All of it."""
    found = []
    for beds, rooms in ((60, 10), (600, 100)):
        value = p95(_frames(rooms, 6))
        found.append(Result(f"frame while dragging, {beds} cards, p95", value, "ms", "under 16 ms", value < 16))
    value = _repaint()
    found.append(Result("one bed repainted", value, "ms", "under 0.1 ms", value < 0.1))
    for beds, rooms, per_room, budget in ((40, 10, 4, 50.0), (1000, 100, 10, 500.0)):
        value = _sheet(rooms, per_room)
        found.append(Result(f"occupancy sheet, {beds} beds", value, "ms", f"under {budget:.0f} ms", value < budget))
    value = _memory()
    found.append(Result("memory, 600 beds shown", value, "MB", "under 200 MB", value < 200))
    return found
