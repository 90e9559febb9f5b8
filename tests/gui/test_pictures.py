"""Twelve screens beside stored pictures. A changed word is no fault here, a moved or lost part is."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from wardbeds.gui.screenshots import draw

STORED = Path(__file__).parents[1] / "data" / "screenshots"
LIGHT = ("map", "grid", "list", "drag_allowed", "admit_stay", "move", "discharge", "details", "ward_new", "sign_in")
DARK = ("map", "discharge")
WIDTH = 342
TILE, MOST = 12, 11.0
"""A tile's side in points of the small picture, and how far its colours may be off: another hour or date makes up to 5,
a part that is gone 15 and more."""


CLOCKS = {"sign_in": QRect(12, 138, 86, 30)}
"""Where a small picture shows the hour in large figures, which are others each time."""


def _small(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
        WIDTH, Qt.TransformationMode.SmoothTransformation)


def difference(one: QImage, other: QImage) -> dict[tuple[int, int], float]:
    """Mean difference of red, green and blue in each tile of two pictures, by its place."""
    assert one.size() == other.size(), (one.size(), other.size())
    pictures = [image.convertToFormat(QImage.Format.Format_RGB888) for image in (one, other)]
    first, second = (bytes(image.constBits()) for image in pictures)
    line, found = pictures[0].bytesPerLine(), {}
    for top, left in product(range(0, one.height(), TILE), range(0, one.width(), TILE)):
        right, rows = min(one.width(), left + TILE), range(top, min(one.height(), top + TILE))
        gaps = [abs(first[n] - second[n]) for row in rows for n in range(row * line + 3 * left, row * line + 3 * right)]
        found[left, top] = sum(gaps) / len(gaps)
    return found


def test_screens_look_as_stored(qapp: QApplication, tmp_path: Path) -> None:
    storing = bool(os.environ.get("WARDBEDS_STORE_PICTURES"))
    wrong = {}
    for scheme, names in (("light", LIGHT), ("dark", DARK)):
        for path in draw(tmp_path, (1366, 768), scheme, names):
            now, stored = _small(QImage(str(path))), STORED / path.name
            if storing:
                STORED.mkdir(parents=True, exist_ok=True)
                now.save(str(stored))
            tiles = difference(now, _small(QImage(str(stored))))
            clock = CLOCKS.get(path.name.partition("_1366")[0], QRect())
            if off := {tile: round(gap, 1) for tile, gap in tiles.items()
                       if gap > MOST and not clock.intersects(QRect(*tile, TILE, TILE))}:
                wrong[path.name] = off
    assert not wrong, f"tiles that differ, by their place in a picture {WIDTH} points wide: {wrong}"


LOST = {"command bar": QRect(0, 0, WIDTH, 13), "chips": QRect(0, 13, 200, 10), "rail": QRect(0, 24, 57, 120),
        "a card": QRect(63, 28, 40, 22), "what was done last": QRect(0, 152, 58, 15), "status bar": QRect(0, 168, 100, 6)}
"""Parts of the stored map, in its small size."""


@pytest.mark.parametrize("part", LOST)
def test_the_comparison_sees_a_lost_part(part: str) -> None:
    image = _small(QImage(str(STORED / "map_1366_light.png")))
    broken, rect = image.copy(), LOST[part]
    painter = QPainter(broken)
    painter.fillRect(rect, QColor("#FFFFFF"))
    painter.end()
    assert max(difference(image, broken).values()) > MOST


def test_the_comparison_sees_colours() -> None:
    image = _small(QImage(str(STORED / "map_1366_light.png")))
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    assert max(difference(image, grey).values()) > MOST


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_LOGGING_RULES", "qt.qpa.*=false")
