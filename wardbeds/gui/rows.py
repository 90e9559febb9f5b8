"""A list to choose from: a title, and what tells it apart from the others under it, never cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import draw_focus
from wardbeds.gui.scroll_bar import use_slim_bars

DETAIL = int(Qt.ItemDataRole.UserRole) + 10
ICON = DETAIL + 1
EDGE = 4
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
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
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
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line1)
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), colours.focus)
        warned = bool(index.data(WARNED))
        name = str(index.data(ICON) or "")
        if name:
            icons.draw(painter, name, QRectF(rect.left() + 13, rect.top() + 8, 18, 18),
                       colours.warning if warned else colours.ink2)
        title, detail = self._boxes(int(rect.width()), index)
        at = option.rect.topLeft()
        painter.setPen(colours.ink if option.state & QStyle.StateFlag.State_Enabled else colours.ink2)
        painter.setFont(theme.font(14, 600))
        painter.drawText(title.translated(at), int(FLAGS), str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        painter.setPen(colours.warning if warned else colours.ink2)
        painter.setFont(theme.font(13))
        painter.drawText(detail.translated(at), int(FLAGS), str(index.data(DETAIL) or ""))
        painter.restore()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its title, what tells it apart, an icon's name, whether it warns, and what it stands for."""

    title: str
    detail: str = ""
    icon: str = ""
    warned: bool = False
    data: Any = None
    why_not: str = ""
    """Why it cannot be chosen; the row is there so that nobody looks for it elsewhere."""


class RowModel(QAbstractListModel):
    """The rows. No item objects: wrappers of list items that Qt deletes later have crashed the interpreter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        detail = "\n".join(part for part in (row.detail, row.why_not) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.title, row.detail, row.why_not) if part)
        return {int(Qt.ItemDataRole.DisplayRole): row.title, DETAIL: detail, ICON: row.icon,
                WARNED: row.warned}.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be chosen is neither by click nor by keys."""
        if index.isValid() and self.rows[index.row()].why_not:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def reset(self, rows: list[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def append(self, row: Row) -> None:
        """Add a row at the end."""
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
        self.rows.append(row)
        self.endInsertRows()


class RowList(QListView):
    """A list of two-line rows with an edge that is seen; the keyboard mostly stays in the field above it."""

    row_changed = Signal(int)
    row_clicked = Signal(int)
    row_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setFrameShadow(QFrame.Shadow.Plain)
        self.setLineWidth(EDGE)
        self.nothing = ""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_slim_bars(self, thick=10, ground="raised")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_changed.emit(now.row()))
        self.clicked.connect(lambda index: self.row_clicked.emit(index.row()))
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))

    def add(self, title: str, detail: str = "", *, icon: str = "", warned: bool = False, data: Any = None,
            why_not: str = "") -> None:
        """Add a row."""
        self._rows.append(Row(title, detail, icon, warned, data, why_not))

    def clear(self) -> None:
        """Show none."""
        self._rows.reset([])

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows.rows)

    def full_height(self) -> int:
        """How high the list is with all its rows."""
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * self.frameWidth()

    def current_row(self) -> int:
        """The row that is chosen, -1 for none."""
        return self.currentIndex().row()

    def current(self) -> Row | None:
        """What is chosen."""
        row = self.current_row()
        return self._rows.rows[row] if 0 <= row < self.count() else None

    def choose(self, row: int) -> None:
        """Choose a row, as near as there is one that can be chosen."""
        possible = [n for n, one in enumerate(self._rows.rows) if not one.why_not]
        if possible:
            self.setCurrentIndex(self._rows.index(min(possible, key=lambda n: abs(n - row)), 0))

    def choose_none(self) -> None:
        """Choose no row; the first step goes to the first."""
        self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Go up or down."""
        self.choose(self.current_row() + by)

    def event(self, event: QEvent) -> bool:
        """The edge, with the corners of a field, in place of Qt's frame; it says where the keyboard is."""
        if event.type() is not QEvent.Type.Paint:
            return super().event(event)
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line3, 1))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 8)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count() or not self.nothing:
            return
        painter = QPainter(self.viewport())
        painter.setPen(theme.theme().ink2)
        painter.setFont(theme.font(14))
        painter.drawText(QRectF(self.viewport().rect()).adjusted(16, 12, -16, -12),
                         Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
