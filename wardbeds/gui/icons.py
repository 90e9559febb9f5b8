"""Icons: Lucide drawings in any colour and size, rendered once each."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wardbeds.settings import data_dir


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (data_dir("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, rgba: int, ratio: float) -> QPixmap:
    colour = QColor.fromRgba(rgba)
    stroke = "2.3" if size <= 14 else "2"
    svg = _source(name).replace("currentColor", colour.name()).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of ``size`` logical px."""
    return _pixmap(name, size, colour.rgba(), ratio)


def icon(name: str, size: int, colour: QColor) -> QIcon:
    """The icon for a menu or a button of Qt's own."""
    return QIcon(pixmap(name, size, colour, 2.0))


def draw_lines(painter: QPainter, name: str, at: QRectF, colour: QColor) -> None:
    """Draw the icon into a square as lines, for paper: sharp on any printer."""
    _lines(name, colour.name()).render(painter, at)


@lru_cache(maxsize=64)
def _lines(name: str, colour: str) -> QSvgRenderer:
    """An icon read once: a sheet of a large ward draws hundreds."""
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def draw(painter: QPainter, name: str, at: QRectF, colour: QColor) -> None:
    """Draw the icon into a square."""
    ratio = painter.device().devicePixelRatioF() * max(1.0, painter.worldTransform().m11())
    painter.drawPixmap(QPointF(at.topLeft()), pixmap(name, round(at.width()), colour, round(ratio, 2)))
