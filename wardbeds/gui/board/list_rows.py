"""The rows of the List, painted cell by cell: stripe, state with its icon, text; only horizontal lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import icons, theme
from wardbeds.gui.board.card import BADGES, CORNER
from wardbeds.gui.board.changes import Changes
from wardbeds.gui.board.flags import Flag
from wardbeds.gui.board.model import BED_ID_ROLE, FLAGS_ROLE, STATUS_ROLE, Column
from wardbeds.gui.hand_line import draw_mark

ROW, STRIPE, MARK = 40, 8, 24
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: stripe, state with its icon, text; only horizontal lines."""

    dimmed: frozenset[int] = frozenset()
    verdicts: dict[int, str] = {}  # noqa: RUF012 - replaced as a whole, never changed

    def __init__(self, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes = changes

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        colours = theme.theme()
        rect = QRectF(option.rect)
        status = BedStatus(index.data(STATUS_ROLE))
        state = colours.states[status.value]
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colours.focus_soft if chosen else colours.raised)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line2)
        column, bed_id = Column(index.column()), index.data(BED_ID_ROLE)
        placing = self.verdicts.get(bed_id, "")
        if bed_id in self.dimmed or placing == "refused":
            painter.setOpacity(0.38)
        left = rect.left() + 10
        if column is Column.BED:
            painter.fillRect(QRectF(rect.left(), rect.top(), STRIPE, rect.height() - 1), state.accent)
            if self._changes.said_of(index.data(BED_ID_ROLE)):
                _draw_corner(painter, QPointF(rect.left() + STRIPE, rect.bottom()))
            left += STRIPE + 2
        if column is Column.STATE:
            _draw_badge(painter, QRectF(left, rect.center().y() - 11, 22, 22), status)
            left += 30
        painter.setFont(self.font_of(column, index))
        painter.setPen(state.word if column is Column.STATE else colours.ink)
        room = QRectF(left, rect.top(), rect.right() - left - 4, rect.height())
        if column is Column.FLAGS:
            _draw_flags(painter, room, index.data(FLAGS_ROLE))
        else:
            _draw_text(painter, room, str(index.data(Qt.ItemDataRole.DisplayRole) or ""), column)
        painter.setOpacity(1.0)
        if column is Column.STATE and placing:
            draw_mark(painter, placing, QRectF(rect.right() - MARK - 4, rect.center().y() - MARK / 2, MARK, MARK))
        outline = 1.0 if chosen else self._changes.strength(index.data(BED_ID_ROLE))
        if outline:
            painter.setOpacity(outline)
            _draw_frame(painter, rect, column)
        painter.restore()

    @staticmethod
    def font_of(column: Column, index: Index | None = None) -> QFont:
        """The font of a column; what stands out of the ordinary is heavier."""
        if column is Column.BED:
            return theme.font(15, 700)
        heavy = column is Column.NAME or (index is not None and (
            (column is Column.STATE and index.data(STATUS_ROLE) != BedStatus.OCCUPIED.value)
            or (column is Column.LEAVING and Flag.LEAVING in index.data(FLAGS_ROLE))))
        return theme.font(14, 600 if heavy else 400, identifier=column is Column.NUMBER)

    def sizeHint(self, option: Option, index: Index) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.column() == Column.FLAGS:
            return QSize(20 + 22 * len(index.data(FLAGS_ROLE)), theme.target(ROW))
        extra = {Column.BED: STRIPE + 24, Column.STATE: 48 + MARK}.get(Column(index.column()), 22)
        width = QFontMetrics(self.font_of(Column(index.column()), index)).horizontalAdvance(text)
        return QSize(width + extra, theme.target(ROW))


def _draw_badge(painter: QPainter, rect: QRectF, status: BedStatus) -> None:
    """The state's badge as on the cards: Occupied stays quiet."""
    state = theme.theme().states[status.value]
    if status is BedStatus.OCCUPIED:
        icons.draw(painter, BADGES[status], rect.adjusted(2, 2, -2, -2), state.accent)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(state.accent)
    painter.drawRoundedRect(rect, 5, 5)
    icons.draw(painter, BADGES[status], rect.adjusted(4, 4, -4, -4), state.glyph)


def _draw_frame(painter: QPainter, rect: QRectF, column: Column) -> None:
    """The frame of the chosen row, drawn cell by cell."""
    painter.setPen(QPen(theme.theme().focus, 2))
    for y in (rect.top() + 1, rect.bottom() - 1):
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right() + 1, y))
    ends = {Column.BED: rect.left() + 1, Column.NOTE: rect.right() - 1}
    if column in ends:
        painter.drawLine(QPointF(ends[column], rect.top() + 1), QPointF(ends[column], rect.bottom() - 1))


def _draw_corner(painter: QPainter, at: QPointF) -> None:
    """Another station changed the bed of this row: the corner beside the stripe is filled."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.theme().focus)
    painter.drawPolygon([at, at + QPointF(CORNER, 0), at + QPointF(0, -CORNER)])
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_flags(painter: QPainter, room: QRectF, flags: tuple[Flag, ...]) -> None:
    """Flags as on the cards; their words are the cell's tooltip and what a screen reader says."""
    colours = theme.theme()
    for n, flag in enumerate(flags):
        colour = colours.warning if flag in (Flag.ISOLATION, Flag.SIMILAR) else colours.ink2
        icons.draw(painter, flag.value, QRectF(room.left() + 22 * n, room.center().y() - 8, 16, 16), colour)


def _draw_text(painter: QPainter, room: QRectF, text: str, column: Column) -> None:
    """A cell's words; of a name the family's part is bold."""
    one_line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    family, comma, given = text.partition(", ")
    if column is not Column.NAME or not comma:
        painter.drawText(room, one_line, _shortened(painter, text, room))
        return
    wide = QFontMetrics(painter.font()).horizontalAdvance(family + ", ")
    painter.drawText(room, one_line, _shortened(painter, family + ",", room))
    painter.setFont(theme.font(14))
    rest = room.adjusted(wide, 0, 0, 0)
    painter.drawText(rest, one_line, _shortened(painter, given, rest))


def _shortened(painter: QPainter, text: str, room: QRectF) -> str:
    """What there is room for, with a mark where it is not the whole, which is in the cell's tooltip."""
    metrics = QFontMetrics(painter.font())
    if metrics.horizontalAdvance(text) <= room.width():
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(room.width())))
