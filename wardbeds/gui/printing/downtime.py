"""The downtime pack (UX d): the board as it was last known, a form for movements and forms for admissions.

What is written on the forms is entered when the connection is back, each with the time at which it happened.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPen

from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import BLACK, GREY, MM, Pen, Sheet

FORMS = 2
ROW, BOX = 10.5 * MM, 3.6 * MM
TIME, PATIENT, FROM, TO, WHAT, BY, ENTERED = 0.0, 52.0, 232.0, 292.0, 352.0, 432.0, 494.0
"""Where the columns of the movement form begin, in points."""


def tr(text: str) -> str:
    """Translate a word of the pack."""
    return QCoreApplication.translate("DowntimePack", text)


class DowntimePack(Sheet):
    """The occupancy sheet of a board that is not the present one, and behind it what to go on with on paper."""

    def __init__(self, board: OccupancySheet) -> None:
        self._board = board
        board.pages_behind = FORMS
        self.title = f"{board.ward_name} {tr('Downtime pack')}"

    def page_count(self) -> int:
        return self._board.page_count() + FORMS

    def paint_page(self, pen: Pen, number: int) -> None:
        if number <= self._board.page_count():
            self._board.paint_page(pen, number)
        elif number == self.page_count():
            self._admissions(pen, number)
        else:
            self._movements(pen, number)

    def _movements(self, pen: Pen, number: int) -> None:
        y = self._board.paint_head(pen, number, tr("Movements without a connection"))
        for line in (tr("One line for each change, at once, with its time: moved, left, clean, blocked, held."), tr(
                "When the connection is back, enter them from top to bottom with “Happened at”, and tick each.")):
            pen.text(0, y + 10, line, 8.4, room=pen.width)
            y += 13
        y += 22
        columns = ((TIME, tr("Time")), (PATIENT, tr("Patient, Hospital No.")), (FROM, tr("From bed")),
                   (TO, tr("To bed")), (WHAT, tr("What")), (BY, tr("By")), (ENTERED, tr("Entered")))
        for (x, caption), end in zip(columns, [*(x for x, _ in columns[1:]), pen.width], strict=True):
            pen.text(x + 3, y - 4, caption, 7.2, 700, room=end - x - 6)
        top, rows = y, int((pen.height - 24 - y) // ROW)
        for row in range(rows + 1):
            pen.line(0, top + row * ROW, pen.width, top + row * ROW, 1.0 if row in (0, rows) else 0.4,
                     BLACK if row in (0, rows) else GREY)
        for x, _caption in columns[1:]:
            pen.line(x, top, x, top + rows * ROW, 0.4, GREY)
        for row in range(rows):
            self._box(pen, ENTERED + (pen.width - ENTERED - BOX) / 2, top + row * ROW + (ROW - BOX) / 2)
        self._board.paint_foot(pen)

    def _admissions(self, pen: Pen, number: int) -> None:
        y = self._board.paint_head(pen, number, tr("Admissions without a connection"))
        half = (pen.height - 20 - y) / 2
        for n in range(2):
            self._admission(pen, y + n * half, half - 8 * MM)
            if n == 0:
                pen.painter.setPen(QPen(GREY, 0.5, Qt.PenStyle.DashLine))
                pen.painter.drawLine(QRectF(0, y + half - 4 * MM, 0, 0).topLeft(),
                                     QRectF(pen.width, y + half - 4 * MM, 0, 0).topLeft())
        self._board.paint_foot(pen)

    def _admission(self, pen: Pen, y: float, height: float) -> None:
        """One admission: the questions of the Admit dialog in their order."""
        middle, right = pen.width * 0.5, pen.width
        step = height / 10
        lines: tuple[tuple[tuple[str, float, float], ...], ...] = (
            ((tr("Family or Kinyarwanda name"), 0, middle), (tr("Given name"), middle, right)),
            ((tr("Born, or age"), 0, middle), (tr("Hospital No., if there is one"), middle, right)),
            ((tr("Phone"), 0, middle), (tr("National ID"), middle, right)),
            ((tr("Attendant"), 0, middle), (tr("Attendant’s phone"), middle, right)),
            ((tr("Ward and bed"), 0, middle), (tr("Admitted at"), middle, right)),
            ((tr("Reason"), 0, right),),
        )
        for line in lines:
            y += step
            for caption, begin, end in line:
                self._blank(pen, begin, end - (8 if end < right else 0), y, caption)
        for caption, choices in (
                (tr("Gender"), (tr("Female"), tr("Male"), tr("Other"), tr("Not known"))),
                (tr("Comes from"), (tr("Emergency"), tr("Clinic"), tr("Transfer"), tr("Born here"), tr("Other"))),
                (tr("Needs"), (tr("Oxygen"), tr("Monitor"), tr("Isolation"), tr("Infectious"), tr("Cot"),
                               tr("Bariatric bed")))):
            y += step
            self._choices(pen, y, caption, choices)
        y += step
        self._blank(pen, 0, middle - 8, y, tr("By"))
        self._box(pen, middle, y - BOX + 1)
        pen.text(middle + BOX + 5, y, tr("Entered"), 8)

    @staticmethod
    def _blank(pen: Pen, begin: float, end: float, y: float, caption: str) -> None:
        """A caption and a rule to write on."""
        taken = pen.width_of(caption, 8, 600) + 6
        pen.text(begin, y, caption, 8, 600)
        pen.line(begin + taken, y + 1, end, y + 1, 0.5, GREY)

    def _choices(self, pen: Pen, y: float, caption: str, choices: tuple[str, ...]) -> None:
        """A caption and boxes to tick."""
        pen.text(0, y, caption, 8, 600)
        x = 84.0
        room = (pen.width - x) / len(choices)
        for choice in choices:
            self._box(pen, x, y - BOX + 1)
            pen.text(x + BOX + 5, y, choice, 8, room=room - BOX - 10)
            x += room

    @staticmethod
    def _box(pen: Pen, x: float, y: float) -> None:
        pen.painter.setPen(QPen(BLACK, 0.7))
        pen.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.painter.drawRoundedRect(QRectF(x, y, BOX, BOX), 1, 1)
