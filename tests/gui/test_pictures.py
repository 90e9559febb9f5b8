"""Twelve screens beside stored pictures. A changed word is no fault here, a moved or lost part is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from wardbeds.gui.screenshots import draw

STORED = Path(__file__).parents[1] / "data" / "screenshots"
LIGHT = ("map", "grid", "list", "drag_allowed", "admit_stay", "move", "discharge", "details", "ward_new", "sign_in")
DARK = ("map", "discharge")
WIDTH = 342
MEAN, PIXEL, SHARE = 4.0, 48, 0.05


def _small(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
        WIDTH, Qt.TransformationMode.SmoothTransformation)


def difference(one: QImage, other: QImage) -> tuple[float, float]:
    """Mean difference of the grey values, and the share of points that differ much."""
    assert one.size() == other.size(), (one.size(), other.size())
    grey = [image.convertToFormat(QImage.Format.Format_Grayscale8) for image in (one, other)]
    rows = []
    for image in grey:
        bits, line = bytes(image.constBits()), image.bytesPerLine()
        rows.append([bits[y * line:y * line + image.width()] for y in range(image.height())])
    gaps = [abs(a - b) for first, second in zip(*rows, strict=True) for a, b in zip(first, second, strict=True)]
    return sum(gaps) / len(gaps), sum(gap > PIXEL for gap in gaps) / len(gaps)


def test_screens_look_as_stored(qapp: QApplication, tmp_path: Path) -> None:
    storing = bool(os.environ.get("WARDBEDS_STORE_PICTURES"))
    wrong = {}
    for scheme, names in (("light", LIGHT), ("dark", DARK)):
        for path in draw(tmp_path, (1366, 768), scheme, names):
            now, stored = _small(QImage(str(path))), STORED / path.name
            if storing:
                STORED.mkdir(parents=True, exist_ok=True)
                now.save(str(stored))
            mean, share = difference(now, _small(QImage(str(stored))))
            if mean > MEAN or share > SHARE:
                wrong[path.name] = (round(mean, 2), round(share, 4))
    assert not wrong, f"mean difference and share of changed points: {wrong}"


def test_the_comparison_sees_a_lost_part() -> None:
    image = QImage(str(STORED / "map_1366_light.png"))
    broken = image.copy()
    painter = QPainter(broken)
    painter.fillRect(0, broken.height() - 24, broken.width(), 24, QColor("#E7EBF0"))  # the work strip gone
    painter.end()
    mean, share = difference(image, broken)
    assert mean > MEAN or share > SHARE


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_LOGGING_RULES", "qt.qpa.*=false")
