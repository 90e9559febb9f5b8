"""The ward occupancy sheet (UX d): every bed on its line, totals on top, room to write on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPen

from wardbeds import __version__
from wardbeds.domain.beds import Bed, BedStatus, WardBoard, as_of, count
from wardbeds.domain.names import family_text
from wardbeds.gui import icons, words
from wardbeds.gui.board.flags import Flag, find_flags, flag_word
from wardbeds.gui.printing.sheet import BLACK, GREY, MM, WHITE, Pen, Sheet

ROW, HEAD, TOTALS, TABLE_HEAD, FOOT, SIGN = 8.4 * MM, 62.0, 42.0, 30.0, 18.0, 50.0
BED, STATE, NAME, NUMBER, GENDER, ADMITTED, LEAVES = 0.0, 46.0, 102.0, 200.0, 290.0, 326.0, 374.0
_NOTES_WIDTH = 38 * MM


def tr(text: str) -> str:
    """Translate a word of the sheet."""
    return QCoreApplication.translate("OccupancySheet", text)


@dataclass(frozen=True, slots=True)
class _Page:
    beds: tuple[Bed, ...]
    last: bool


class OccupancySheet(Sheet):
    """Painted from a ward's board; names that the asker may not see are already missing there.

    ``old_as_of``: the board was printed without a connection and is as old as this; a black bar says so on each page.
    ``waiting``: how many wait, where they may not be named. ``demo``: the people are invented, and each page says so.
    """

    def __init__(self, board: WardBoard, printed_by: str, hospital: str, zone: ZoneInfo, now: datetime,
                 height: float = 297 * MM - 24 * MM, *, old_as_of: datetime | None = None,
                 waiting: int | None = None, demo: bool = False) -> None:
        words.set_zone(zone)
        self._demo = demo
        self._waiting = len(board.waiting) if waiting is None else waiting
        self._old_as_of = old_as_of
        self._board = board
        self._printed_by = printed_by
        self._hospital = hospital
        self._now = now
        self._beds = [as_of(bed, now) for bed in board.beds]
        self._flags = find_flags(board)
        self._counts = count(self._beds, now)
        self._pages = self._paginate(height)
        self.ward_name = board.ward.name
        self.title = f"{board.ward.name} {tr('Ward occupancy')}"
        self.pages_behind = 0

    def _paginate(self, height: float) -> list[_Page]:
        """Fill pages with whole rows; the last one keeps room for legend and signature."""
        room = height - HEAD - TABLE_HEAD - FOOT
        pages: list[_Page] = []
        rest = list(self._beds)
        while True:
            space = room if pages else room - TOTALS
            if len(rest) * ROW + SIGN <= space:
                pages.append(_Page(tuple(rest), last=True))
                return pages
            taken = min(len(rest), int(space // ROW))
            pages.append(_Page(tuple(rest[:taken]), last=False))
            rest = rest[taken:]

    def page_count(self) -> int:
        return len(self._pages)

    def paint_page(self, pen: Pen, number: int) -> None:
        page = self._pages[number - 1]
        y = self.paint_head(pen, number, tr("Ward occupancy"), old=self._old_as_of)
        if number == 1:
            y = self._totals(pen, y)
        y = self._table_head(pen, y)
        before: Bed | None = None
        for bed in page.beds:
            heavy = before is not None and before.room_id != bed.room_id
            pen.line(0, y, pen.width, y, 1.4 if heavy or before is None else 0.4, BLACK if heavy else GREY)
            self._row(pen, y, bed)
            y += ROW
            before = bed
        pen.line(0, y, pen.width, y, 1.0)
        pen.line(pen.width - _NOTES_WIDTH - 6, y - ROW * len(page.beds), pen.width - _NOTES_WIDTH - 6, y, 0.4, GREY)
        if page.last:
            self._signature(pen, y)
        self.paint_foot(pen)

    def paint_head(self, pen: Pen, number: int, name: str, *, old: datetime | None = None) -> float:
        """What stands on top of a page, here or behind this sheet; returns where the rest begins, in points.

        ``old``: the page shows a board of this age, and a bar says so.
        """
        right = pen.width
        if self._demo:
            pen.watermark(tr("DEMO"))
        if old is not None:
            self._stamp(pen, old)
        else:
            pen.text(0, 9, self._hospital, 9, room=right * 0.6)
            pen.text(0, 32, self._board.ward.name, 19, 700, room=right * 0.58)
        if old is None and self._old_as_of is None:
            pen.text(right, 12, tr("Data as of"), 8.5, right=True)
            pen.text(right, 31, words.moment_text(self._board.as_of), 15, 700, right=True)
        pen.text(0, 49, name, 10.5, 600)
        by = tr("Printed by {name}").format(name=self._printed_by)
        page = tr("Page {n} of {all}").format(n=number, all=self.page_count() + self.pages_behind)
        pen.text(right, 49, f"{by}    {page}", 8.5, right=True, room=right * 0.6)
        pen.line(0, 56, right, 56, 1.8)
        return HEAD

    def _stamp(self, pen: Pen, as_of: datetime) -> None:
        """White on black across the page, in the place of hospital and time: nobody may take this for the present."""
        pen.painter.fillRect(QRectF(0, 0, pen.width, 18), BLACK)
        old = tr("OLD DATA as of {time}").format(time=words.moment_text(as_of))
        pen.text(6, 13.2, old, 12, 700, colour=WHITE, room=pen.width * 0.55)
        hidden = any(bed.status is BedStatus.OCCUPIED and bed.occupant is None for bed in self._beds)
        beside = tr("Names hidden: nobody signed in") if hidden else tr("Printed without a connection")
        pen.text(pen.width - 6, 12.6, beside, 9, 600, colour=WHITE, right=True, room=pen.width * 0.4)
        pen.text(0, 36, self._board.ward.name, 16, 700, room=pen.width * 0.58)
        pen.text(pen.width, 34, self._hospital, 9, right=True, room=pen.width * 0.38)

    def _totals(self, pen: Pen, y: float) -> float:
        counts = self._counts
        percent = counts.occupied_percent
        cells = [(tr("Beds"), counts.beds), (tr("Usable"), counts.usable), (tr("Occupied"), counts.occupied),
                 (tr("Free"), counts.available), (tr("To clean"), counts.cleaning),
                 (tr("Reserved"), counts.reserved), (tr("Blocked"), counts.maintenance),
                 (tr("Waiting"), self._waiting),
                 (tr("Occupied of usable"), "–" if percent is None else f"{percent} %")]
        pen.painter.setPen(QPen(BLACK, 0.6))
        pen.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.painter.drawRoundedRect(QRectF(0, y, pen.width, 34), 3, 3)
        width = pen.width / (len(cells) + 0.6)
        for n, (caption, value) in enumerate(cells):
            if n:
                pen.line(n * width, y, n * width, y + 34, 0.4, GREY)
            room = width - 8 if n < len(cells) - 1 else 1.6 * width - 8
            pen.text(n * width + 5, y + 12, caption, 7.2, room=room)
            pen.text(n * width + 5, y + 28, str(value), 13, 700)
        return y + TOTALS

    @staticmethod
    def _table_head(pen: Pen, y: float) -> float:
        for x, upper, lower in ((BED, "", tr("Bed")), (STATE, "", tr("State")), (NAME, "", tr("Name")),
                                (NUMBER, tr("Hospital No."), tr("Born (age)")), (GENDER, "", tr("Gender")),
                                (ADMITTED, tr("Admitted"), tr("Days")), (LEAVES, tr("Leaves"), tr("Flags"))):
            pen.text(x + 3, y + 15, upper, 7.2, 700)
            pen.text(x + 3, y + 26, lower, 7.2, 700)
        pen.text(pen.width - _NOTES_WIDTH, y + 26, tr("Notes of the round"), 7.2, 700)
        return y + TABLE_HEAD

    def _row(self, pen: Pen, y: float, bed: Bed) -> None:
        first, second = y + 10.3, y + 20.2
        pen.text(BED + 3, y + 15.5, bed.number, 10.5, 700, room=STATE - BED - 6)
        self._state_box(pen, y + (ROW - 4.4 * MM) / 2, bed.status)
        weight = 400 if bed.status is BedStatus.OCCUPIED else 600
        pen.text(STATE + 18, y + 15, words.status_word(bed.status), 7.4, weight, room=NAME - STATE - 20)
        person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
        if person is not None:
            pen.text(NAME + 3, first, family_text(person), 8.6, 700, room=NUMBER - NAME - 6)
            pen.text(NAME + 3, second, person.first_name, 8, room=NUMBER - NAME - 6)
            pen.text(NUMBER + 3, first, person.hospital_number, 8, 600, room=GENDER - NUMBER - 6)
            pen.text(NUMBER + 3, second, words.born_text(person), 7.2, room=GENDER - NUMBER - 6)
            pen.text(GENDER + 3, y + 15, words.sex_word(person.sex), 7.4, room=ADMITTED - GENDER - 6)
        self._stay(pen, first, second, bed)

    def _stay(self, pen: Pen, first: float, second: float, bed: Bed) -> None:
        occupant, room = bed.occupant, LEAVES - ADMITTED - 4
        if occupant is not None:
            admitted = words.until_text(occupant.admitted_at)
            pen.text(ADMITTED + 3, first, admitted, 7.2, room=room)
            pen.text(ADMITTED + 3, second, words.duration_text(occupant.admitted_at, self._now), 8, 700, room=room)
            leaves = "" if occupant.expected_leaving is None else tr("Today") \
                if occupant.expected_leaving == words.today() else words.short_date_text(occupant.expected_leaving)
            pen.text(LEAVES + 2, first, leaves, 7.2, 700, room=pen.width - _NOTES_WIDTH - 10 - LEAVES)
            for n, flag in enumerate(self._flags.get(bed.id, ())):
                icons.draw_lines(pen.painter, flag.value, QRectF(LEAVES + 2 + 11 * n, second - 7.4, 9, 9), BLACK)
        elif bed.hold is not None:
            pen.text(ADMITTED + 3, first, tr("held until"), 7.2, room=room)
            pen.text(ADMITTED + 3, second, words.until_text(bed.hold.until), 8, 700, room=room)
            if bed.hold.text:
                pen.text(NAME + 3, first, bed.hold.text, 8, room=NUMBER - NAME - 6)
        elif bed.status is BedStatus.CLEANING and bed.since is not None:
            since = tr("since {time}").format(time=words.until_text(bed.since))
            pen.text(NAME + 3, first + 4, since, 8, colour=GREY)
        elif bed.status is BedStatus.MAINTENANCE:
            pen.text(NAME + 3, first + 4, words.block_text(bed.block), 8, colour=GREY, room=GENDER - NAME)

    @staticmethod
    def _state_box(pen: Pen, y: float, status: BedStatus) -> None:
        """Filled, hollow, dashed, dots, hatch: the state without any colour."""
        side = 4.4 * MM
        box = QRectF(STATE + 3, y, side, side)
        painter = pen.painter
        outline = QPen(BLACK, 1.0)
        if status is BedStatus.RESERVED:
            outline.setDashPattern([2.2, 1.6])
        painter.setPen(outline)
        painter.setBrush(BLACK if status is BedStatus.OCCUPIED else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
        if status is BedStatus.CLEANING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(BLACK)
            for row in range(3):
                for column in range(3):
                    painter.drawEllipse(QRectF(box.left() + 2.2 + 3.3 * column, box.top() + 2.2 + 3.3 * row, 1.6, 1.6))
        if status is BedStatus.MAINTENANCE:
            painter.save()
            painter.setClipRect(box)
            painter.setPen(QPen(BLACK, 0.7))
            for step in range(-4, 5):
                x = box.left() + step * 3.2
                painter.drawLine(QRectF(x, box.bottom(), 0, 0).topLeft(), QRectF(x + side, box.top(), 0, 0).topLeft())
            painter.restore()

    def _signature(self, pen: Pen, y: float) -> None:
        x = 0.0
        for flag in Flag:
            icons.draw_lines(pen.painter, flag.value, QRectF(x, y + 5, 9, 9), BLACK)
            pen.text(x + 13, y + 12, flag_word(flag), 7.2)
            x += 13 + pen.width_of(flag_word(flag), 7.2) + 16
        y += SIGN - 3
        pen.line(0, y - 12, pen.width * 0.66, y - 12, 0.6)
        pen.line(pen.width * 0.7, y - 12, pen.width, y - 12, 0.6)
        pen.text(0, y - 2, tr("Nurse in charge, name and signature"), 7.4)
        pen.text(pen.width * 0.7, y - 2, tr("Date and time"), 7.4)

    @staticmethod
    def paint_foot(pen: Pen) -> None:
        """What stands at the bottom of each page."""
        y = pen.height - 3
        pen.line(0, y - 10, pen.width, y - 10, 0.4, GREY)
        pen.text(0, y, tr("Confidential: shred after shift"), 7.2, 600)
        pen.text(pen.width, y, f"Wardbeds {__version__}", 7.2, right=True)
