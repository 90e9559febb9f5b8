"""Which card lies at a point of the scene, looked up by tiles: a house of 600 beds is asked several times a move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF

TILE = 128
"""Pixels of the scene: a card touches a few tiles, a tile a few cards."""


class Places:
    """The cards as they were laid out."""

    def __init__(self, rects: Mapping[int, QRectF]) -> None:
        self._tiles: dict[tuple[int, int], list[tuple[int, QRectF]]] = defaultdict(list)
        for bed_id, rect in rects.items():
            for tile in _touched(rect):
                self._tiles[tile].append((bed_id, rect))

    def at(self, point: QPointF) -> int | None:
        """The bed whose card covers this point, the first laid out where two do; None beside all cards."""
        tile = int(point.x() // TILE), int(point.y() // TILE)
        return next((bed_id for bed_id, rect in self._tiles.get(tile, ()) if rect.contains(point)), None)


def _touched(rect: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(rect.left() // TILE), int(rect.right() // TILE) + 1):
        for row in range(int(rect.top() // TILE), int(rect.bottom() // TILE) + 1):
            yield column, row
