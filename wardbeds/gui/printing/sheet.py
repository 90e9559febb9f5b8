"""Sheets that paint themselves: first laid out into pages, then painted; the same class for preview, printer, PDF.

Sizes are in points (1/72 inch); the painter is scaled once to the device, so that screen, paper and file agree.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from wardbeds.gui import theme

MM = 72 / 25.4
MARGIN = 12 * MM
BLACK, GREY, WHITE, PALE = QColor("#111111"), QColor("#555555"), QColor("#FFFFFF"), QColor("#E4E4E4")
MARK = 190.0
"""Points: how large a watermark is written."""


_FINE = 20
"""Fonts are taken this much larger and scaled down again, so that widths in points are exact."""


@lru_cache(maxsize=256)
def _paper_font(points: float, weight: int) -> tuple[QFont, QFontMetricsF]:
    """The bundled font at a size in points, with its metrics.

    Without alternates and tabular digits: a PDF could not tell which characters their glyphs stand for.
    """
    made = QFont(theme.FAMILY)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("calt"), 0)
    made.setPixelSize(max(1, round(points * _FINE)))
    return made, QFontMetricsF(made)


@lru_cache(maxsize=4096)
def _width(text: str, points: float, weight: int) -> float:
    """How wide a text is, in points. Measured once: most words of a sheet stand in every row."""
    return _paper_font(points, weight)[1].horizontalAdvance(text) / _FINE


class Pen:
    """A painter that counts in points from the page's upper left corner inside the margins."""

    def __init__(self, painter: QPainter, width: float, height: float) -> None:
        self.painter = painter
        self.width = width
        self.height = height

    @staticmethod
    def width_of(text: str, points: float, weight: int = 400) -> float:
        """How wide a text is, in points."""
        return _width(text, points, weight)

    def text(self, x: float, baseline: float, text: str, points: float, weight: int = 400, *,
             colour: QColor = BLACK, right: bool = False, room: float | None = None) -> None:
        """Write a line; in ``room`` points it is made smaller rather than cut."""
        if not text:
            return
        width = self.width_of(text, points, weight)
        if room is not None and width > room:
            points = max(5.5, round(points * room / width - 0.05, 1))
            width = self.width_of(text, points, weight)
        painter = self.painter
        paper = painter.worldTransform()
        painter.translate(x - width if right else x, baseline)
        painter.scale(1 / _FINE, 1 / _FINE)
        painter.setFont(_paper_font(points, weight)[0])
        painter.setPen(colour)
        painter.drawText(0, 0, text)
        painter.setWorldTransform(paper)  # saving everything else, too, costs more than the text

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.5, colour: QColor = BLACK) -> None:
        """Draw a rule."""
        pen = self.painter.pen()
        pen.setColor(colour)
        pen.setWidthF(width)
        pen.setStyle(Qt.PenStyle.SolidLine)
        self.painter.setPen(pen)
        self.painter.drawLine(QRectF(x1, y1, 0, 0).topLeft(), QRectF(x2, y2, 0, 0).topLeft())


    def watermark(self, text: str) -> None:
        """Write pale across the page, below everything that is painted afterwards."""
        painter = self.painter
        painter.save()
        painter.translate(self.width / 2, self.height / 2)
        painter.rotate(-52)
        self.text(-self.width_of(text, MARK, 700) / 2, MARK * 0.36, text, MARK, 700, colour=PALE)
        painter.restore()


class Sheet:
    """The base of all sheets. A subclass says its pages and paints one of them."""

    title = ""

    def page_count(self) -> int:
        """How many pages there are; known before the first is painted."""
        raise NotImplementedError

    def paint_page(self, pen: Pen, number: int) -> None:
        """Paint page ``number``, counted from 1."""
        raise NotImplementedError

    def paint(self, device: QPagedPaintDevice, new_page: Callable[[], bool]) -> int:
        """Paint all pages onto a device whose layout has been set; returns their number. Raises OSError."""
        painter = QPainter()
        if not painter.begin(device):
            raise OSError("the sheet cannot be written")
        try:
            scale = device.logicalDpiX() / 72
            painter.scale(scale, scale)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = device.pageLayout().paintRect(QPageLayout.Unit.Point)
            pages = self.page_count()
            for number in range(1, pages + 1):
                if number > 1 and not new_page():
                    raise OSError("the sheet cannot be written")
                self.paint_page(Pen(painter, area.width(), area.height()), number)
            return pages
        finally:
            painter.end()


def a4() -> QPageLayout:
    """A4 upright with margins of 12 mm."""
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
                       QMarginsF(12, 12, 12, 12), QPageLayout.Unit.Millimeter)


def write_pdf(sheet: Sheet, path: Path) -> int:
    """Write a sheet as a PDF file; returns the number of pages. Raises OSError where it cannot be written."""
    path.touch()
    theme.load_fonts()
    writer = QPdfWriter(str(path))
    writer.setTitle(sheet.title)
    writer.setResolution(300)
    writer.setPageLayout(a4())
    return sheet.paint(writer, writer.newPage)
