"""The List: a real table with every bed and every action, for keyboard and screen reader."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import theme
from wardbeds.gui.board import list_columns
from wardbeds.gui.board.drag import DragPilot, scroll_step
from wardbeds.gui.board.list_order import Order
from wardbeds.gui.board.list_rows import ROW, RowDelegate
from wardbeds.gui.board.model import BED_ID_ROLE, SORT_ROLE, BoardModel, Column
from wardbeds.gui.board.placing import POSSIBLE, PlacingEngine
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.enter import is_enter
from wardbeds.gui.focus_frame import FocusFrame
from wardbeds.gui.scroll_bar import use_slim_bars


class ListView(QTableView):
    """The open ward as a table; sorted by a click on a head or by Ctrl and arrow keys, filters dim."""

    bed_activated = Signal(int)
    notes_requested = Signal(int)
    menu_requested = Signal(QPoint)
    order_changed = Signal()

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
        self.setHorizontalHeader(list_columns.ListColumns(self))
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
        head.setFixedHeight(theme.px(list_columns.HEIGHT))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sortIndicatorChanged.connect(lambda _column, _order: self._on_sorted())
        self.sort_by(Order())
        self.setAccessibleName(self.tr("Beds of this ward"))

    @property
    def order(self) -> Order:
        """By what the rows are sorted."""
        head = self.horizontalHeader()
        return Order(Column(head.sortIndicatorSection()),
                     head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder)

    def sort_by(self, order: Order) -> None:
        """Sort the rows."""
        self.sortByColumn(order.column, Qt.SortOrder.DescendingOrder if order.descending
                          else Qt.SortOrder.AscendingOrder)

    def order_text(self) -> str:
        """By what the rows are sorted, in words."""
        column = str(self._proxy.headerData(self.order.column, Qt.Orientation.Horizontal))
        return (self.tr("Sorted by {column}, descending") if self.order.descending
                else self.tr("Sorted by {column}")).format(column=column)

    def _on_sorted(self) -> None:
        """What is selected stays in sight, and so does the column sorted by."""
        row = max(0, self.currentIndex().row())
        self.scrollTo(self._proxy.index(row, self.order.column))
        self.order_changed.emit()

    def fit_columns(self) -> None:
        """Make every column as wide as its longest text; while the list is not shown, when it is shown next."""
        self._fitted = self.isVisible()
        if not self._fitted:
            return
        self.verticalHeader().setDefaultSectionSize(theme.target(ROW))
        self.horizontalHeader().setFixedHeight(theme.px(list_columns.HEIGHT))
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
        rects = [self.item_rect_global(bed_id) for bed_id, kind in self._delegate.verdicts.items() if kind in POSSIBLE]
        return [rect for rect in rects if not rect.isEmpty()]

    def scroll_at(self, at: QPoint) -> None:
        """Scroll while a patient is held near the upper or lower edge; the nearer, the faster."""
        local, rect, bar = self.viewport().mapFromGlobal(at), self.viewport().rect(), self.verticalScrollBar()
        if rect.contains(local):
            bar.setValue(bar.value() + scroll_step(local.y(), rect.height()))

    def _judge(self, _hand: object = None) -> None:
        """Mark every row with what placing the patient in the hand there would meet."""
        self._delegate.verdicts = self._engine.kinds()
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
        order = self.order.after_key(event)
        if order is not None:
            self.sort_by(order)
            return
        bed_id = self._selection.bed_id
        bed = self.board_model.bed_by_id(bed_id) if bed_id is not None else None
        if event.key() == Qt.Key.Key_Space and bed is not None:
            if self._engine.hand is None:
                self._engine.pick_up_bed(bed)
            else:
                self._engine.put_down(bed.id)
        elif is_enter(event) and bed is not None:
            if self._engine.hand is not None:
                self._engine.put_down(bed.id)
            else:
                self.bed_activated.emit(bed.id)
        elif event.key() == Qt.Key.Key_F2 and bed is not None:
            self.notes_requested.emit(bed.id)
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are verbs here, / and ? have their meaning, too: no search in the table
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
