"""Texts that must never be cut, in whatever room there is: one line, smaller, or broken over more lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter

from wardbeds.gui import theme

SMALLEST = 12


LEAST_LETTERS = 3
"""Fewer letters of a broken word are not left alone on a line."""


def break_text(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines no wider than ``width``: between words, and within one that is too long."""
    lines, rest = [], text
    while rest and measure(rest) > width:
        cut = len(rest)
        while cut > 1 and measure(rest[:cut]) > width:
            cut -= 1
        space = rest.rfind(" ", 0, cut + 1)
        cut = space if space > 0 else _within_word(rest, cut)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest] if rest else lines


def _within_word(rest: str, cut: int) -> int:
    """Where to break a word that is too long, so that no letter or two of it stand alone."""
    left = len(rest.partition(" ")[0]) - cut
    return max(1, cut - (LEAST_LETTERS - left)) if 0 < left < LEAST_LETTERS and cut > 2 * LEAST_LETTERS else cut


def shorten(lines: list[str], most: int, width: float, measure: Callable[[str], float]) -> list[str]:
    """The first ``most`` lines; where more are left out than there is room for, an ellipsis says so."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + "…") > width:
        last = last[:-1]
    return [*lines[:most - 1], last + "…"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its text, size and weight in the tokens' px, and whether it belongs to the second part."""

    text: str
    size: int
    weight: int
    second: bool

    @property
    def font(self) -> QFont:
        """The font at the text size in force; identifiers are unmistakable."""
        return theme.font(self.size, self.weight, identifier=self.second)

    @property
    def height(self) -> int:
        """How high the line is in px."""
        return QFontMetrics(self.font).height()


def _wide(text: str, size: int, weight: int, second: bool) -> float:
    return QFontMetricsF(theme.font(size, weight, identifier=second)).horizontalAdvance(text)


def fit_person(name: str, second: str, width: float) -> list[Row]:
    """A name over its identifiers, as large as fits on two lines, else at 12 px on as many as it takes."""
    for first_size, second_size in ((14, 13), (13, SMALLEST)):
        if _wide(name, first_size, 600, False) <= width and _wide(second, second_size, 400, True) <= width:
            return [Row(name, first_size, 600, False), *([Row(second, second_size, 400, True)] if second else [])]
    rows = [Row(part, SMALLEST, 600, False)
            for part in break_text(name, width, lambda text: _wide(text, SMALLEST, 600, False))]
    parts = [part for part in second.split("  ") if part]
    line = ""
    for part in parts:
        longer = f"{line}  {part}" if line else part
        if line and _wide(longer, SMALLEST, 400, True) > width:
            rows.append(Row(line, SMALLEST, 400, True))
            line = part
        else:
            line = longer
    if line:
        rows += [Row(piece, SMALLEST, 400, True)
                 for piece in break_text(line, width, lambda text: _wide(text, SMALLEST, 400, True))]
    return rows


def needed_width(name: str, second: str, height: float, smallest: int, largest: int) -> int:
    """The least width, in steps, at which name and identifiers fit into ``height`` px."""
    for width in range(smallest, largest, 24):
        if sum(row.height for row in fit_person(name, second, width)) <= height:
            return width
    return largest


def draw_rows(painter: QPainter, rows: list[Row], rect: QRectF, ink: QColor, ink2: QColor) -> None:
    """Draw lines under each other, centred in height."""
    total = sum(row.height for row in rows)
    gap = 3 if len(rows) == 2 and total + 3 <= rect.height() else 0
    y = rect.center().y() - (total + gap * (len(rows) - 1)) / 2
    for row in rows:
        painter.setFont(row.font)
        painter.setPen(ink2 if row.second else ink)
        painter.drawText(QRectF(rect.x(), y, rect.width() + 2, row.height), Qt.AlignmentFlag.AlignVCenter, row.text)
        y += row.height + gap
