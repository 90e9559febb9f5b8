"""What a look at one scene finds: pale texts, icons and edges, and what takes the keyboard without saying its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit, QScrollArea, QScrollBar, QWidget

from tests.support.text_walk import Painting, contrast, covered, ground, name_of, seen
from wardbeds.gui import icons
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.first_run.cards import Cards
from wardbeds.gui.ticks import Check, Choice

LEAST = 3.0
REACH = 24
"""How many px from its left side the edge of a control, or of the box in it, must be found."""

Drawn = tuple[QWidget, QRect, QColor]


@contextmanager
def drawn_icons() -> Iterator[list[Drawn]]:
    """Note every icon that is painted at full strength: on which widget, where, in which colour."""
    found: list[Drawn] = []
    with Painting.watched() as painting:
        real = icons.draw

        def draw(painter: QPainter, name: str, at: QRectF, colour: QColor) -> Any:
            widget = painting.widget
            if widget is not None and painter.opacity() == 1 and widget.isEnabled():
                found.append((widget, painter.worldTransform().mapRect(at).toRect(), QColor(colour)))
            return real(painter, name, at, colour)

        icons.draw = draw
        try:
            yield found
        finally:
            icons.draw = real


def icon_faults(root: QWidget, image: QImage, drawn: list[Drawn]) -> Iterator[str]:
    """Icons that do not stand out 3 to 1 from what is behind them."""
    for widget, at, colour in drawn:
        if not seen(widget) or not widget.rect().contains(at):
            continue
        rect = at.translated(widget.mapTo(root, QPoint(0, 0)))
        if not root.rect().contains(rect) or covered(root, rect, widget):
            continue
        ratio = contrast(colour, ground(image, rect))
        if ratio < LEAST:
            yield f"icon {colour.name()} on {ground(image, rect).name()} in {name_of(widget)}: {ratio:.1f}"


def edge_faults(root: QWidget, image: QImage) -> Iterator[str]:
    """Controls whose edge, or box, does not stand out 3 to 1 from what they lie on."""
    for widget in root.findChildren(QWidget):
        if not _has_edge(widget) or not widget.isVisible() or not widget.isEnabled() or not seen(widget):
            continue
        at = widget.mapTo(root, QPoint(0, widget.height() // 2))
        if not root.rect().contains(QRect(at.x() - 3, at.y(), REACH + 3, 1)):
            continue
        outside = image.pixelColor(at.x() - 3, at.y())
        best = max(contrast(image.pixelColor(at.x() + n, at.y()), outside) for n in range(-1, REACH))
        if best < LEAST:
            yield f"edge of {name_of(widget)}: {best:.1f}"


def _has_edge(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit):
        return not isinstance(widget.parentWidget(), QComboBox | QDateTimeEdit)
    return isinstance(widget, QComboBox | Choice | Check) or (isinstance(widget, Button) and not widget._quiet)


def nameless(root: QWidget) -> Iterator[str]:
    """What takes the keyboard and tells a screen reader no name."""
    for widget in [root, *root.findChildren(QWidget)]:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if not takes or isinstance(widget, QScrollBar) or widget.focusProxy() is not None:
            continue
        if isinstance(widget.parentWidget(), QComboBox | QDateTimeEdit) or isinstance(widget, Choices | Cards) \
                or type(widget) is QScrollArea:  # they pass the keyboard on, or only scroll
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            yield f"{type(widget).__name__} in {name_of(widget.parentWidget() or widget)} has no name"
