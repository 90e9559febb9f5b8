"""A list to choose from: a title, and what tells it apart from the others under it, never cut."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from wardbeds.gui import icons, theme

DETAIL = int(Qt.ItemDataRole.UserRole) + 10
ICON = DETAIL + 1
WARNED = DETAIL + 2
Index = QModelIndex | QPersistentModelIndex
FLAGS = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class TwoLineDelegate(QStyledItemDelegate):
    """Paints title and detail; both wrap where they are long."""

    def _boxes(self, width: int, index: Index) -> tuple[QRect, QRect]:
        left = theme.px(38) if index.data(ICON) else 12
        room = max(60, width - left - 10)
        title = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        detail = str(index.data(DETAIL) or "")
        measured = []
        for text, font in ((title, theme.font(14, 600)), (detail, theme.font(13))):
            measured.append(QFontMetrics(font).boundingRect(QRect(0, 0, room, 2000), int(FLAGS), text).height()
                            if text else 0)
        top = QRect(left, 7, room, measured[0])
        return top, QRect(left, 8 + measured[0], room, measured[1])

    def sizeHint(self, option: Option, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        title, detail = self._boxes(width, index)
        return QSize(100, max(theme.px(34), 14 + title.height() + (1 + detail.height() if detail.height() else 0)))

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        colours = theme.theme()
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colours.focus_soft if chosen else colours.hover if hovered else colours.raised)
        painter.setPen(QPen(colours.line1, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), colours.focus)
        warned = bool(index.data(WARNED))
        name = str(index.data(ICON) or "")
        if name:
            icons.draw(painter, name, QRectF(rect.left() + 13, rect.top() + 8, 18, 18),
                       colours.warning if warned else colours.ink2)
        title, detail = self._boxes(int(rect.width()), index)
        at = option.rect.topLeft()
        painter.setPen(colours.ink)
        painter.setFont(theme.font(14, 600))
        painter.drawText(title.translated(at), int(FLAGS), str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        painter.setPen(colours.warning if warned else colours.ink2)
        painter.setFont(theme.font(13))
        painter.drawText(detail.translated(at), int(FLAGS), str(index.data(DETAIL) or ""))
        painter.restore()


class RowList(QListWidget):
    """A list of two-line rows with an edge that is seen; the keyboard stays in the field above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.theme().line3)
        self.setPalette(palette)

    def add(self, title: str, detail: str = "", *, icon: str = "", warned: bool = False,
            data: Any = None) -> QListWidgetItem:
        """Add a row; ``data`` is kept as the user's role."""
        item = QListWidgetItem(title)
        item.setData(DETAIL, detail)
        item.setData(ICON, icon)
        item.setData(WARNED, warned)
        item.setData(Qt.ItemDataRole.UserRole, data)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (title, detail) if part))
        self.addItem(item)
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
