"""Reads every visible text of a window: what is clipped, what lies on something else, what is too small to hit.

Texts that our own widgets paint are caught at the painter; those of Qt's widgets are measured from the widget.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, QTranslator
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QStaticText, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QGraphicsItem,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

SLACK = 2.0
TARGET = 24


class Longer(QTranslator):
    """A language that is 35 % longer than English; placeholders and marks of form stay."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return longer(source) if context != "QDateTimeEdit" else ""


def longer(text: str) -> str:
    """The same text, 35 % longer, in letters with accents; ``{placeholders}`` and tags are kept."""
    parts = re.split(r"(\{[^}]*\}|<[^>]*>|&[a-z]+;)", text)
    letters = sum(len(part) for part in parts[::2])
    if not any(char.isalpha() for part in parts[::2] for char in part):
        return text
    accented = "".join(part if n % 2 else part.translate(str.maketrans("aeiouAEIOU", "àéîôûÀÉÎÔÛ"))
                       for n, part in enumerate(parts))
    extra = max(1, round(letters * 0.35))
    filler = ("nde ko mu " * 20)[:extra - 1].rstrip()
    return f"{accented} {filler}" if len(filler) > 2 else accented + "n" * extra


@contextmanager
def language(made: QTranslator | None) -> Iterator[None]:
    """A language in force for a while."""
    if made is not None:
        QCoreApplication.installTranslator(made)
    try:
        yield
    finally:
        if made is not None:
            QCoreApplication.removeTranslator(made)


@dataclass(frozen=True)
class Painted:
    """One text as it was painted: where it was meant to be, and where its letters are."""

    widget: QWidget
    text: str
    box: QRectF | None
    ink: QRectF
    colour: QColor
    pale: bool


_original, _original_static = QPainter.drawText, QPainter.drawStaticText


class Painting(QObject):
    """Knows which widget is being painted."""

    widget: QWidget | None = None

    @classmethod
    @contextmanager
    def watched(cls) -> Iterator[Painting]:
        """One that looks on while something is painted."""
        app, made = QApplication.instance(), cls()
        assert app is not None
        app.installEventFilter(made)
        try:
            yield made
        finally:
            app.removeEventFilter(made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widget = watched
        return False


@contextmanager
def recording() -> Iterator[list[Painted]]:
    """Note every text that our widgets paint."""
    found: list[Painted] = []
    painting = Painting()

    def draw_text(painter: QPainter, *args: Any) -> Any:
        if painting.widget is not None:
            found.append(_measure(painter, painting.widget, args))
        return _original(painter, *args)

    def draw_static(painter: QPainter, at: QPointF, text: QStaticText) -> Any:
        if painting.widget is not None:
            ascent = QFontMetricsF(painter.font()).ascent()
            found.append(_measure(painter, painting.widget, (QPointF(at.x(), at.y() + ascent), text.text())))
        return _original_static(painter, at, text)

    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(painting)
    QPainter.drawStaticText = draw_static  # type: ignore[method-assign,assignment]
    QPainter.drawText = draw_text  # type: ignore[method-assign,assignment]
    try:
        yield found
    finally:
        QPainter.drawText = _original  # type: ignore[method-assign]
        QPainter.drawStaticText = _original_static  # type: ignore[method-assign]
        app.removeEventFilter(painting)


def _measure(painter: QPainter, widget: QWidget, args: tuple[Any, ...]) -> Painted:
    metrics = QFontMetricsF(painter.font())
    to_widget = painter.worldTransform()
    text = next(arg for arg in reversed(args) if isinstance(arg, str))
    look = (QColor(painter.pen().color()), painter.opacity() < 1 or not widget.isEnabled())
    first = args[0]
    if isinstance(first, QRectF | QRect):
        box = QRectF(first)
        flags = 0 if isinstance(args[1], str) else int(getattr(args[1], "value", args[1]))
        ink = metrics.boundingRect(box, flags, text)
        return Painted(widget, text, to_widget.mapRect(box), to_widget.mapRect(ink), *look)
    point = QPointF(first) if not isinstance(first, int | float) else QPointF(first, args[1])
    rect = QRectF(point.x(), point.y() - metrics.ascent(), metrics.horizontalAdvance(text), metrics.height())
    return Painted(widget, text, None, to_widget.mapRect(rect), *look)


@contextmanager
def uncached(root: QWidget) -> Iterator[None]:
    """Let items paint on their widget: one that paints into its cache tells nothing, or places within the cache."""
    items = [item for view in root.findChildren(QGraphicsView) for item in view.scene().items()
             if item.cacheMode() is not QGraphicsItem.CacheMode.NoCache]
    for item in items:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        yield
    finally:
        for item in items:
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)


class _Layouts(QObject):
    """Knows whether anything was laid out."""

    busy = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.busy = self.busy or event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize)
        return False


def settle() -> None:
    """Layouts settle level by level; an answer that comes in between begins it anew."""
    app, layouts = QApplication.instance(), _Layouts()
    assert app is not None
    app.installEventFilter(layouts)
    try:
        for n in range(50):
            layouts.busy = False
            QApplication.processEvents()
            if n >= 2 and not layouts.busy:
                return
    finally:
        app.removeEventFilter(layouts)


def walk(root: QWidget) -> list[str]:
    """What is wrong with the texts and targets under a widget, in words; empty where all is well."""
    settle()
    with uncached(root), recording() as painted:
        root.grab()
    return walked(root, painted)


def walked(root: QWidget, painted: list[Painted]) -> list[str]:
    """The same, of what was painted of the root."""
    return sorted({*_painted_faults(painted), *_widget_faults(root)})


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2 between two colours, 1 to 21."""
    def luminance(colour: QColor) -> float:
        parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
                 for value in (colour.redF(), colour.greenF(), colour.blueF())]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ground(image: QImage, rect: QRect) -> QColor:
    """The commonest colour of a part of a picture: what the letters stand on."""
    rect = rect.intersected(image.rect())
    counted = Counter(image.pixel(x, y) for y in range(rect.top(), rect.bottom() + 1, 2)
                      for x in range(rect.left(), rect.right() + 1, 2))
    return QColor(counted.most_common(1)[0][0]) if counted else QColor("white")


def contrast_faults(root: QWidget, least: float = 4.5) -> list[str]:
    """Texts that are hard to read: painted ones and labels, against what is really behind them."""
    settle()
    with recording() as painted:
        image = root.grab().toImage()
    return pale_texts(root, image, painted, least)


def pale_texts(root: QWidget, image: QImage, painted: list[Painted], least: float = 4.5) -> list[str]:
    """The same of a picture that was made of the root, with what was painted for it."""
    wrong = []
    for one in painted:
        if one.pale or not one.text.strip() or not seen(one.widget):
            continue
        at = one.widget.mapTo(root, QPoint(0, 0))
        rect = one.ink.translated(at.x(), at.y()).toRect()
        if root.rect().contains(rect) and one.widget.rect().contains(one.ink.toRect()) \
                and not covered(root, rect, one.widget):
            ratio = contrast(one.colour, ground(image, rect))
            if ratio < least:
                wrong.append(f"{name_of(one.widget)}: {one.text!r} {one.colour.name()} {ratio:.1f}")
    for label in root.findChildren(QLabel):
        if label.isVisible() and label.text() and label.isEnabled() and seen(label):
            rect = QRect(label.mapTo(root, QPoint(0, 0)), label.size())
            ratio = contrast(label.palette().color(label.foregroundRole()), ground(image, rect))
            if root.rect().contains(rect) and ratio < least:
                wrong.append(f"label {label.text()!r} {ratio:.1f}")
    return sorted(set(wrong))


def seen(widget: QWidget) -> bool:
    """Whether nothing lies over the widget and no scroll area cuts it off."""
    return not widget.visibleRegion().isEmpty() and widget.visibleRegion().boundingRect() == widget.rect()


def covered(root: QWidget, rect: QRect, widget: QWidget) -> bool:
    """Whether something else lies over a part of a widget."""
    for at in (rect.center(), rect.topLeft(), rect.bottomRight()):
        top = root.childAt(at)
        if top is not None and top is not widget and not top.isAncestorOf(widget) and not widget.isAncestorOf(top):
            return True
    return False


def name_of(widget: QWidget) -> str:
    return f"{type(widget).__name__}({widget.accessibleName() or widget.objectName()})"


def _owner(widget: QWidget) -> QWidget:
    """The view that a viewport belongs to, else the widget."""
    parent = widget.parentWidget()
    return parent if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget else widget


def _painted_faults(painted: list[Painted]) -> Iterator[str]:
    last: dict[tuple[int, str, float, float], Painted] = {}
    for one in painted:
        if one.text.strip():
            last[id(one.widget), one.text, one.ink.x(), one.ink.y()] = one
    texts = list(last.values())
    for one in texts:
        room = QRectF(one.widget.rect())
        if _rolled_out(_owner(one.widget), one.ink, room):
            continue
        if not room.adjusted(-1, -SLACK, 1, SLACK).contains(one.ink):
            yield f"outside {name_of(_owner(one.widget))}: {one.text!r} {_spill(one.ink, room)}"
        if one.box is not None and not one.box.adjusted(-SLACK, -4, SLACK, 4).contains(one.ink):
            yield f"larger than its place in {name_of(_owner(one.widget))}: {one.text!r} {_spill(one.ink, one.box)}"
    for n, one in enumerate(texts):
        for other in texts[n + 1:]:
            if one.widget is other.widget:
                shared = one.ink.intersected(other.ink)
                if shared.width() > SLACK and shared.height() > 5:
                    yield f"overlap in {name_of(_owner(one.widget))}: {one.text!r} and {other.text!r}"


def _rolled_out(owner: QWidget, ink: QRectF, room: QRectF) -> bool:
    """Whether a text lies beyond its view only where the view can be scrolled to it."""
    view = owner.parentWidget() if isinstance(owner, QHeaderView) else owner  # a head rolls with its table
    if not isinstance(view, QAbstractScrollArea) or room.contains(ink):
        return False
    wide = ink.left() < room.left() or ink.right() > room.right()
    tall = ink.top() < room.top() or ink.bottom() > room.bottom()
    return (not wide or _scrolls(view.horizontalScrollBar())) and (not tall or _scrolls(view.verticalScrollBar()))


def _scrolls(bar: QScrollBar) -> bool:
    return bar.maximum() > bar.minimum()


def _spill(ink: QRectF, room: QRectF) -> str:
    over = (room.left() - ink.left(), ink.right() - room.right(), room.top() - ink.top(), ink.bottom() - room.bottom())
    return "by " + "/".join(f"{max(0.0, value):.0f}" for value in over) + " (left/right/top/bottom)"


def _visible(root: QWidget) -> list[QWidget]:
    return [one for one in [root, *root.findChildren(QWidget)] if one.isVisible() and not one.isWindow()]


def _in_scroll_area(widget: QWidget) -> QAbstractScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def _widget_faults(root: QWidget) -> Iterator[str]:
    widgets = _visible(root)
    for widget in widgets:
        yield from _text_faults(widget)
        yield from _place_faults(widget, root)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and min(widget.width(), widget.height()) < TARGET \
                and not isinstance(_parent_control(widget), QComboBox | QDateTimeEdit):
            yield f"target under {TARGET} px: {name_of(widget)} {widget.width()}x{widget.height()}"
        yield from _sibling_faults(widget)


def _parent_control(widget: QWidget) -> QWidget | None:
    return widget.parentWidget()


def _text_faults(widget: QWidget) -> Iterator[str]:
    metrics = QFontMetricsF(widget.font())
    if isinstance(widget, QLabel) and widget.text():
        margins = widget.contentsMargins()
        room = widget.width() - margins.left() - margins.right()
        document = QTextDocument()
        document.setDefaultFont(widget.font())
        document.setDocumentMargin(0)
        (document.setHtml if "<" in widget.text() else document.setPlainText)(widget.text())
        if widget.wordWrap():
            document.setTextWidth(room)
        needed = document.size()
        if needed.width() > room + SLACK or document.idealWidth() > room + SLACK:
            yield f"label clipped: {widget.text()!r} needs {needed.width():.0f}, has {room}"
        if needed.height() > widget.height() - margins.top() - margins.bottom() + 4:
            yield f"label clipped in height: {widget.text()!r} needs {needed.height():.0f}, has {widget.height()}"
    elif isinstance(widget, QLineEdit) and not isinstance(widget.parentWidget(), QDateTimeEdit | QComboBox):
        text = widget.placeholderText() if not widget.text() else ""
        margins = widget.textMargins()
        room = widget.width() - margins.left() - margins.right() - 4
        if metrics.horizontalAdvance(text) > room + SLACK:
            yield f"hint clipped: {text!r} needs {metrics.horizontalAdvance(text):.0f}, has {room}"
    elif isinstance(widget, QComboBox):
        if metrics.horizontalAdvance(widget.currentText()) > widget.width() - 30:
            yield f"choice clipped: {widget.currentText()!r}"
    elif isinstance(widget, QDateTimeEdit):
        if metrics.horizontalAdvance(widget.text()) > widget.width() - 28:
            yield f"time clipped: {widget.text()!r} in {widget.width()}"
    elif isinstance(widget, QPlainTextEdit) and not widget.toPlainText():
        bounds = metrics.boundingRect(QRectF(0, 0, widget.viewport().width() - 20, 10_000),
                                      int(Qt.TextFlag.TextWordWrap.value), widget.placeholderText())
        if bounds.height() > widget.viewport().height() - 8:
            yield f"hint clipped: {widget.placeholderText()!r}"
    elif isinstance(widget, QTableView):
        head, model = widget.horizontalHeader(), widget.model()
        head_metrics = QFontMetricsF(head.font())
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal))
            if head_metrics.horizontalAdvance(title) > head.sectionSize(column):
                yield f"column head clipped: {title!r} in {head.sectionSize(column)}"


def _place_faults(widget: QWidget, root: QWidget) -> Iterator[str]:
    """What lies outside the widget that holds it cannot be seen."""
    parent = widget.parentWidget()
    if widget is root or parent is None or isinstance(parent, QGraphicsView | QComboBox | QDateTimeEdit):
        return
    area = parent.parentWidget()
    if isinstance(area, QScrollArea) and widget.width() > parent.width() + 1 \
            and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        yield f"wider than its scroll area: {name_of(widget)} {widget.width()} of {parent.width()}"
    if isinstance(widget, QAbstractSlider) or isinstance(parent, QAbstractSlider | QAbstractScrollArea):
        return
    rolled = _in_scroll_area(widget)
    if rolled is not None and rolled.viewport() is parent:
        return
    if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()) and widget.width() and widget.height():
        size = f"{parent.width()}x{parent.height()}"
        yield f"outside its parent: {name_of(widget)} {widget.geometry().getRect()} in {name_of(parent)} {size}"


def _sibling_faults(widget: QWidget) -> Iterator[str]:
    """Neighbours of one layout must not lie on each other."""
    layout = widget.layout()
    if layout is None:
        return
    held = [one for one in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if one.isVisible() and not one.isWindow() and _laid(layout, one)]
    for n, one in enumerate(held):
        for other in held[n + 1:]:
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > SLACK and shared.height() > SLACK:
                yield f"overlap: {name_of(one)} {one.geometry().getRect()} and {name_of(other)} {other.geometry().getRect()}"


def _laid(layout: QLayout, widget: QWidget) -> bool:
    """Whether a layout, or one inside it, places the widget. Not asked of its items: their wrappers outlive them, and
    are taken for what comes to lie at their address."""
    return layout.indexOf(widget) >= 0 or any(
        _laid(inner, widget) for inner in layout.children() if isinstance(inner, QLayout))
