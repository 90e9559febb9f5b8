"""The occupancy sheet as PDF, beside a plain page with the same words, a line a bed."""

from __future__ import annotations

import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtGui import QPainter, QPdfWriter

from bench.report import Result, timed
from tests.support.boards import make_board
from wardbeds.domain.beds import Bed, WardBoard
from wardbeds.domain.names import full_name
from wardbeds.gui import words
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import a4, write_pdf

LINES_OF_A_PAGE, PITCH = 36, 80
TIMES = 7


def occupancy(rooms: int, per_room: int) -> OccupancySheet:
    """The sheet of a ward made for it."""
    board = make_board(rooms, per_room, 0)
    return OccupancySheet(board, "bench", "bench", ZoneInfo("Africa/Kigali"), datetime.now(UTC))


def _line(bed: Bed) -> str:
    person = bed.occupant.person if bed.occupant else None
    said = [bed.number, words.status_word(bed.status)]
    return "  ".join([*said, full_name(person), person.hospital_number, words.born_text(person),
                      words.sex_word(person.sex)] if person else said)


def _plain(board: WardBoard, path: Path) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(300)
    writer.setPageLayout(a4())
    painter = QPainter(writer)
    for n, bed in enumerate(board.beds):
        if n and n % LINES_OF_A_PAGE == 0:
            writer.newPage()
        painter.drawText(0, PITCH * (n % LINES_OF_A_PAGE + 1), _line(bed))
    painter.end()


def run() -> list[Result]:
    """40 and 1,000 beds."""
    found = []
    for beds, rooms, per_room, budget in ((40, 10, 4, 50.0), (1000, 100, 10, 500.0)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sheet.pdf"
            board = make_board(rooms, per_room, 0)
            took: dict[str, list[float]] = {"sheet": [], "plain": []}
            for _turn in range(TIMES):
                took["plain"] += timed(lambda board=board, path=path: _plain(board, path), 1)
                took["sheet"] += timed(lambda rooms=rooms, per_room=per_room, path=path: write_pdf(
                    occupancy(rooms, per_room), path), 1)
            value, floor = (statistics.median(took[name][1:]) for name in ("sheet", "plain"))
        found.append(Result(f"occupancy sheet, {beds:,} beds", value, "ms", f"under {budget:.0f} ms", value < budget,
                            floor))
    return found
