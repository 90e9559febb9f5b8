"""The head of the List: words in line with what stands below them, an arrow at the column sorted by."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.board.list_rows import STRIPE
from wardbeds.gui.board.model import Column

HEIGHT = 38


class ListColumns(QHeaderView):
    """The head of the table: words in line with what stands below them, an arrow at the column sorted by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sectionSizeFromContents(self, section: int) -> QSize:
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        left = STRIPE + 12 if section == Column.BED else 10
        return QSize(left + QFontMetrics(theme.font(13, 600)).horizontalAdvance(text) + 26, theme.px(HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = theme.theme()
        painter.fillRect(rect, colours.sunken)
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), colours.line2)
        left = rect.left() + (STRIPE + 12 if section == Column.BED else 10)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        font = theme.font(13, 600)
        painter.setFont(font)
        sorted_by = self.sortIndicatorSection() == section
        painter.setPen(colours.ink if sorted_by else colours.ink2)
        painter.drawText(QRectF(left, rect.top(), rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if sorted_by:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            right = left + QFontMetrics(font).horizontalAdvance(text) + 5
            icons.draw(painter, "chevron-up" if up else "chevron-down",
                       QRectF(right, rect.center().y() - 6.5, 14, 14), colours.ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.theme().sunken)
        painter.end()
        super().paintEvent(event)
