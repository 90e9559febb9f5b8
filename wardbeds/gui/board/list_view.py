"""The List: a real table with every bed and every action, for keyboard and screen reader."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QTableView, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import icons, theme
from wardbeds.gui.board.card import BADGES, CORNER
from wardbeds.gui.board.changes import Changes
from wardbeds.gui.board.drag import DragPilot, scroll_step
from wardbeds.gui.board.flags import Flag
from wardbeds.gui.board.model import BED_ID_ROLE, FLAGS_ROLE, SORT_ROLE, STATUS_ROLE, BoardModel, Column
from wardbeds.gui.board.placing import PlacingEngine
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.focus_frame import FocusFrame
from wardbeds.gui.hand_line import draw_mark
from wardbeds.gui.scroll_bar import use_slim_bars

ROW, HEAD, STRIPE, MARK = 40, 38, 8, 24
Index = QModelIndex | QPersistentModelIndex


class Head(QHeaderView):
    """The head of the table: words in line with what stands below them, an arrow at the column sorted by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sectionSizeFromContents(self, section: int) -> QSize:
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        left = STRIPE + 12 if section == Column.BED else 10
        return QSize(left + QFontMetrics(theme.font(13, 600)).horizontalAdvance(text) + 26, theme.px(HEAD))

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
        painter.drawText(room, one_line, text)
        return
    painter.drawText(room, one_line, family + ",")
    wide = QFontMetrics(painter.font()).horizontalAdvance(family + ", ")
    painter.setFont(theme.font(14))
    painter.drawText(room.adjusted(wide, 0, 0, 0), one_line, given)


class ListView(QTableView):
    """The open ward as a table; sorted by a click on a head, filters dim."""

    bed_activated = Signal(int)
    notes_requested = Signal(int)
    menu_requested = Signal(QPoint)

    def __init__(self, model: BoardModel, selection: Selection, engine: PlacingEngine, pilot: DragPilot,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board_model = model
        self._selection = selection
        self._engine = engine
        self._pilot = pilot
        self._press: QPoint | None = None
        self._filter: frozenset[BedStatus] = frozenset()
        self._only: frozenset[int] | None = None
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSortRole(SORT_ROLE)
        self._proxy.setDynamicSortFilter(True)
        self._proxy.setSourceModel(model)
        self.setModel(self._proxy)
        self._delegate = RowDelegate(model.changes, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(Head(self))
        self._corner = QWidget(self)
        self._corner.setAutoFillBackground(True)
        self.setCornerWidget(self._corner)
        self._set_up()
        self.focus_frame = FocusFrame(self)
        selection.changed.connect(self._on_selection_changed)
        engine.picked_up.connect(self._judge)
        engine.put_back.connect(self._judge)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        model.modelReset.connect(self.fit_columns)
        model.dataChanged.connect(self._on_data_changed)
        model.changes.changed.connect(self._on_changes)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: model.changes.see(index.data(BED_ID_ROLE)))
        pilot.add_target(self)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        use_slim_bars(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.target(ROW))
        head = self.horizontalHeader()
        head.setFixedHeight(theme.px(HEAD))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.sortByColumn(Column.BED, Qt.SortOrder.AscendingOrder)
        self.setAccessibleName(self.tr("Beds of this ward"))

    def fit_columns(self) -> None:
        """Make every column as wide as its longest text; while the list is not shown, when it is shown next."""
        self._fitted = self.isVisible()
        if not self._fitted:
            return
        self.verticalHeader().setDefaultSectionSize(theme.target(ROW))
        self.horizontalHeader().setFixedHeight(theme.px(HEAD))
        self.resizeColumnsToContents()
        palette = self._corner.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.theme().sunken)
        self._corner.setPalette(palette)
        self._dim()

    _fitted = False

    def set_filter(self, states: frozenset[BedStatus], only: frozenset[int] | None = None) -> None:
        """Dim the rows of other states."""
        self._filter, self._only = states, only
        self._dim()

    def _on_data_changed(self) -> None:
        self._dim()
        if self._engine.hand is not None:  # a bed may have been taken meanwhile
            self._judge()

    def _dim(self) -> None:
        beds = self.board_model.beds
        self._delegate.dimmed = frozenset(
            bed.id for bed in beds if (self._filter and bed.status not in self._filter)
            or (self._only is not None and bed.id not in self._only))
        self.viewport().update()

    def _on_changes(self, beds: frozenset[int]) -> None:
        """Marks of what others changed: only those rows are painted."""
        for row in (self.board_model.row_of(bed_id) for bed_id in beds):
            top = self.visualRect(self._proxy.mapFromSource(self.board_model.index(row, 0)))
            self.viewport().update(QRect(0, top.top(), self.viewport().width(), top.height()))

    def bed_at_global(self, at: QPoint) -> int | None:
        """The bed of the row under a point of the screen."""
        local = self.viewport().mapFromGlobal(at)
        index = self.indexAt(local) if self.viewport().rect().contains(local) else QModelIndex()
        return index.data(BED_ID_ROLE) if index.isValid() else None

    def item_rect_global(self, bed_id: int) -> QRectF:
        """Where the part of a bed's row that is in sight is on the screen; empty where none is."""
        index = self._proxy.mapFromSource(self.board_model.index(self.board_model.row_of(bed_id), 0))
        rect = self.visualRect(index)
        rect.setLeft(0)
        rect.setRight(self.viewport().width() - 1)
        rect = rect.intersected(self.viewport().rect())
        return QRectF(self.viewport().mapToGlobal(rect.topLeft()), rect.size()) if not rect.isEmpty() else QRectF()

    def possible_rects_global(self) -> list[QRectF]:
        """Where on the screen the rows of the beds are that the patient in the hand could have."""
        rects = [self.item_rect_global(bed_id) for bed_id, kind in self._delegate.verdicts.items() if kind != "refused"]
        return [rect for rect in rects if not rect.isEmpty()]

    def hover_bed(self, bed_id: int | None) -> None:
        """A patient is held over this bed."""

    def scroll_at(self, at: QPoint) -> None:
        """Scroll while a patient is held near the upper or lower edge; the nearer, the faster."""
        local, rect, bar = self.viewport().mapFromGlobal(at), self.viewport().rect(), self.verticalScrollBar()
        if rect.contains(local):
            bar.setValue(bar.value() + scroll_step(local.y(), rect.height()))

    def _judge(self, _hand: object = None) -> None:
        """Mark every row with what placing the patient in the hand there would meet."""
        verdicts = {}
        for bed in self.board_model.beds if self._engine.hand is not None else ():
            verdict = self._engine.verdict(bed.id)
            verdicts[bed.id] = "refused" if verdict.refusal else "warned" if verdict.warnings else "allowed"
        self._delegate.verdicts = verdicts
        self.viewport().update()

    def _on_current_changed(self, current: QModelIndex) -> None:
        bed_id = current.data(BED_ID_ROLE) if current.isValid() else None
        if bed_id is not None:
            self._selection.select_bed(bed_id)

    def _on_selection_changed(self) -> None:
        row = self.board_model.row_of(self._selection.bed_id) if self._selection.bed_id is not None else -1
        if row < 0:
            self.clearSelection()
            return
        index = self._proxy.mapFromSource(self.board_model.index(row, 0))
        if index.row() != self.currentIndex().row() or not self.selectionModel().isRowSelected(index.row()):
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bed_id = self._selection.bed_id
        bed = self.board_model.bed_by_id(bed_id) if bed_id is not None else None
        if event.key() == Qt.Key.Key_Space and bed is not None:
            if self._engine.hand is None:
                self._engine.pick_up_bed(bed)
            else:
                self._engine.put_down(bed.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bed is not None:
            if self._engine.hand is not None:
                self._engine.put_down(bed.id)
            else:
                self.bed_activated.emit(bed.id)
        elif event.key() == Qt.Key.Key_F2 and bed is not None:
            self.notes_requested.emit(bed.id)
        elif event.text() and event.text().isalnum():
            event.ignore()  # letters are verbs here, not a search in the table
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bed_id = self.bed_at_global(event.globalPosition().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        if self._engine.hand is not None and not left:
            self._pilot.abort()
            return
        if self._engine.hand is not None and not self._pilot.active:
            if bed_id is not None:
                self._engine.put_down(bed_id)
            return
        super().mousePressEvent(event)
        self._press = event.globalPosition().toPoint() if left and bed_id is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._pilot.active:
            self._pilot.move(at)
        elif event.buttons() & Qt.MouseButton.LeftButton:  # Qt would select the rows that the pointer passes
            self._begin_drag(self._press, at)
        else:
            super().mouseMoveEvent(event)

    def _begin_drag(self, press: QPoint | None, at: QPoint) -> None:
        """Far enough from the press, the patient of the row comes into the hand; an empty bed has nobody."""
        if press is None or not self._pilot.far_enough(press, at):
            return
        self._press = None
        bed = self.board_model.bed_by_id(self._selection.bed_id) if self._selection.bed_id is not None else None
        if bed is not None and self._engine.pick_up_bed(bed):
            self._pilot.begin(press)
            self._pilot.move(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self._pilot.active and event.button() is Qt.MouseButton.LeftButton:
            self._pilot.drop(event.globalPosition().toPoint())
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._selection.bed_id is not None and self._engine.hand is None:
            self.bed_activated.emit(self._selection.bed_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._selection.bed_id is not None and self._engine.hand is None:
            self.menu_requested.emit(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        if not self._fitted:
            self.fit_columns()
        super().showEvent(event)
