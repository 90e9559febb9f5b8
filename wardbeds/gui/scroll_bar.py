"""A slim scroll bar by the design tokens: no arrows, a handle that darkens under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from wardbeds.gui import theme

THICK, HANDLE = 14, 8


class ScrollBar(QScrollBar):
    """Fusion's scroll bar in every reaction, painted without its buttons."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None, *, thick: int = THICK,
                 ground: str = "sunken") -> None:
        super().__init__(orientation, parent)
        self._thick, self._ground = thick, ground
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        long = super().sizeHint()
        return QSize(self._thick, long.height()) if self.orientation() is Qt.Orientation.Vertical else QSize(
            long.width(), self._thick)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = QRectF(self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option,
                                                    QStyle.SubControl.SC_ScrollBarSlider, self))
        thin = min(HANDLE, self._thick - 2)
        edge = (self._thick - thin) / 2
        handle = handle.adjusted(edge, 0, -edge, 0) if self.orientation() is Qt.Orientation.Vertical \
            else handle.adjusted(0, edge, 0, -edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), getattr(colours, self._ground))
        if self.minimum() == self.maximum():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ink3 if self.isSliderDown() or self.underMouse() else colours.line3)
        painter.drawRoundedRect(handle, thin / 2, thin / 2)


def use_slim_bars(area: QAbstractScrollArea, *, thick: int = THICK, ground: str = "sunken") -> None:
    """Give an area our scroll bars, so many px thick, on a ground of the theme; its policies stay."""
    area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area, thick=thick, ground=ground))
    area.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, area))
