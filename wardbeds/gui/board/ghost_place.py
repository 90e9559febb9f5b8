"""Where the ghost opens: inside the window, never over the bed it is held over, rather over few possible beds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

ASIDE, BELOW, CLEAR = 14, 18, 6
"""Pixels from the pointer to the ghost, and from the bed to the ghost."""


@dataclass(frozen=True, slots=True)
class Side:
    """To which side of the pointer, and whether above or below it."""

    left: bool = False
    above: bool = False


SIDES = (Side(), Side(left=True), Side(above=True), Side(left=True, above=True))
"""The likeliest first."""


def place(size: QSizeF, at: QPointF, side: Side, target: QRectF | None) -> QRectF:
    """The ghost on one side of the pointer; over a bed it keeps off the whole bed."""
    x = at.x() - ASIDE - size.width() if side.left else at.x() + ASIDE
    top, bottom = at.y() - BELOW, at.y() + BELOW
    if target is not None:
        top, bottom = min(top, target.top() - CLEAR), max(bottom, target.bottom() + CLEAR)
    return QRectF(QPointF(x, top - size.height() if side.above else bottom), size)


def choose_side(size: QSizeF, at: QPointF, area: QRectF, target: QRectF | None, possible: Iterable[QRectF]) -> Side:
    """The side where the ghost fits into ``area`` and covers the fewest possible beds."""
    rects = list(possible)

    def badness(side: Side) -> tuple[bool, int]:
        box = place(size, at, side, target)
        return not area.contains(box), sum(box.intersects(one) for one in rects)

    return min(SIDES, key=badness)


def inside(box: QRectF, area: QRectF) -> QRectF:
    """The same box, moved into ``area`` as far as it goes."""
    x = max(area.left(), min(box.left(), area.right() - box.width()))
    y = max(area.top(), min(box.top(), area.bottom() - box.height()))
    return QRectF(QPointF(x, y), box.size())
