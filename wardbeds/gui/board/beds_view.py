"""What floor plan and grid share: a scene with one item a bed, selection, placing by mouse and keyboard, zoom."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QToolTip,
    QWidget,
)

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.gui import theme
from wardbeds.gui.board.bed_item import BedItem, describe_bed
from wardbeds.gui.board.card import Face, Marks, make_face, make_small_face
from wardbeds.gui.board.drag import DragPilot, scroll_step
from wardbeds.gui.board.flags import flag_word
from wardbeds.gui.board.grip import Grip
from wardbeds.gui.board.large_card import make_large_face
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.panning import Panning
from wardbeds.gui.board.places import Places
from wardbeds.gui.board.placing import POSSIBLE, PlacingEngine
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.board.zoomed_view import MARGIN, ZoomedView
from wardbeds.gui.enter import is_enter
from wardbeds.gui.fitting import SMALLEST
from wardbeds.gui.focus_frame import FocusFrame
from wardbeds.gui.scroll_bar import use_slim_bars

SMALL_BELOW, LARGE_FROM, HYSTERESIS = 0.8, 1.3, 0.05
SEEN = 12
"""Pixels that are seen around what is selected."""


class BedsView(ZoomedView):
    """The base of floor plan and grid. Subclasses lay out cards and ground in :meth:`lay_out`."""

    bed_activated = Signal(int)
    clean_requested = Signal(int)
    menu_requested = Signal(QPoint)

    def __init__(self, model: BoardModel, selection: Selection, engine: PlacingEngine, pilot: DragPilot,
                 parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._selection = selection
        self._engine = engine
        self._pilot = pilot
        self._items: dict[int, BedItem] = {}
        self._places = Places({})
        self._filter: frozenset[BedStatus] = frozenset()
        self._only: frozenset[int] | None = None
        self._press: QPoint | None = None
        self._verdicts: dict[int, str] = {}
        self._make_face: Callable[..., Face] = make_face
        self._letters: tuple[int, ...] = (SMALLEST,)
        scene = QGraphicsScene(self)
        self.setScene(scene)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        use_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState, False)
        self.setMouseTracking(True)
        model.modelReset.connect(self.rebuild)
        model.dataChanged.connect(self._on_model_changed)
        model.changes.changed.connect(self._on_changes)
        selection.changed.connect(self._on_selection_changed)
        engine.picked_up.connect(self._on_hand_changed)
        engine.put_back.connect(self._on_hand_changed)
        pilot.add_target(self)
        self.focus_frame = FocusFrame(self)
        self._grip = Grip(self, engine)
        self._panning = Panning(self)

    # laying out ----------------------------------------------------------------------------------------------

    def lay_out(self, width: float) -> dict[int, QRectF]:
        """Add the ground to the scene and say where each bed's card lies. For subclasses."""
        raise NotImplementedError

    def forget_ground(self) -> None:
        """Drop what was kept of the ground before the scene deletes it. For subclasses."""

    def side_margin(self) -> int:
        """How far from the left and right edge what is selected is brought. For subclasses."""
        return SEEN

    def rebuild(self) -> None:
        """Lay everything out anew: another ward, another width, another scheme."""
        scene = self.scene()
        self._items.clear()
        self._places = Places({})
        self.forget_ground()
        scene.clear()
        self.setBackgroundBrush(theme.theme().canvas)
        if self.model.board is None:
            return
        self.zoom_to_choice()
        # Laid out for zoom 1, whatever the zoom: beds keep their places when the board is drawn smaller or larger.
        rects = self.lay_out(self.layout_width())
        self._places = Places(rects)
        for bed_id, rect in rects.items():
            item = self._items[bed_id] = BedItem(bed_id, rect)
            scene.addItem(item)
        scene.setSceneRect(scene.itemsBoundingRect().adjusted(0, -MARGIN, 0, MARGIN))
        self._judge_all()
        self._keep_painted(self._engine.hand is not None)
        self.refresh()

    def layout_width(self) -> float:
        """The width that the board is laid out for, in px at zoom 1."""
        return max(200.0, (self.viewport().width() - 6) / (self.scaling / self.zoom))

    def refresh(self, rows: range | None = None) -> None:
        """Prepare the faces of some rows (default: all) and show them."""
        for row in rows if rows is not None else range(self.model.rowCount()):
            bed = self.model.bed(row)
            item = self._items.get(bed.id)
            if item is not None:
                face = self._make_face(bed, self.model.flags_of(bed.id), item.size.width(), item.size.height(),
                                       *self._letters)
                item.show_bed(face, self._marks(bed))
        self.repainted.emit()

    def _marks(self, bed: Bed) -> Marks:
        hidden = (bool(self._filter) and bed.status not in self._filter) or (
            self._only is not None and bed.id not in self._only)
        return Marks(selected=self._selection.bed_id == bed.id, saving=self.model.saving == bed.id, dimmed=hidden,
                     placing=self._verdicts.get(bed.id, ""), changed=bed.id in self.model.changes.beds,
                     outline=self.model.changes.strength(bed.id), grip=self._grip.shown == bed.id)

    def _on_changes(self, beds: frozenset[int]) -> None:
        """Marks of what others changed: only those cards are painted."""
        for bed_id in beds:
            self.show_marks(bed_id)

    def show_marks(self, bed_id: int) -> None:
        """Paint one card anew if what is drawn over it is another."""
        item, bed = self._items.get(bed_id), self.model.bed_by_id(bed_id)
        if item is not None and item.face is not None and bed is not None:
            item.show_bed(item.face, self._marks(bed))

    def _describe(self, bed: Bed) -> str:
        """A bed for tooltip and screen reader, with its flags and who changed it."""
        said = self.model.changes.said_of(bed.id)
        flags = tuple(flag_word(flag) for flag in self.model.flags_of(bed.id))
        return describe_bed(bed, (*flags, said) if said else flags)

    def _remark(self) -> None:
        for bed in self.model.beds:
            item = self._items.get(bed.id)
            if item is not None and item.face is not None:
                item.show_bed(item.face, self._marks(bed))
        self.repainted.emit()

    def set_filter(self, states: frozenset[BedStatus], only: frozenset[int] | None = None) -> None:
        """Dim the beds of other states, and those not among ``only``; none is ever hidden."""
        self._filter, self._only = states, only
        self._remark()

    def item_rect_global(self, bed_id: int) -> QRectF:
        """Where a bed's card is on the screen."""
        item = self._items[bed_id]
        polygon = self.mapFromScene(item.mapRectToScene(QRectF(QPointF(0, 0), item.size)))
        rect = polygon.boundingRect().intersected(self.viewport().rect())
        return QRectF(QPointF(self.viewport().mapToGlobal(rect.topLeft())), rect.size())

    def possible_rects_global(self) -> list[QRectF]:
        """Where on the screen the beds are that the patient in the hand could have."""
        seen = self.mapToScene(self.viewport().rect()).boundingRect()  # of a large house only a few are in sight
        possible = [self._items[bed_id] for bed_id, kind in self._verdicts.items()
                    if kind in POSSIBLE and bed_id in self._items]
        return [self.item_rect_global(item.bed_id) for item in possible
                if seen.intersects(QRectF(item.pos(), item.size))]

    def item(self, bed_id: int) -> BedItem:
        """The item of a bed."""
        return self._items[bed_id]

    # placing -------------------------------------------------------------------------------------------------

    def _judge_all(self) -> None:
        self._verdicts = self._engine.kinds()

    def _on_hand_changed(self, _hand: object = None) -> None:
        self._judge_all()
        self._keep_painted(self._engine.hand is not None)
        waiting = self._engine.hand is not None and not self._pilot.active
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if waiting else Qt.CursorShape.ArrowCursor)
        self._remark()

    def _keep_painted(self, kept: bool) -> None:
        """While a patient is carried the ghost uncovers cards at every move, and near an edge all of them scroll: each
        is painted once then and copied from there on. Otherwise nothing is kept: zooming would paint it anew."""
        mode = QGraphicsItem.CacheMode.DeviceCoordinateCache if kept else QGraphicsItem.CacheMode.NoCache
        for item in self._items.values():
            item.setCacheMode(mode)

    def bed_at_global(self, at: QPoint) -> int | None:
        """The bed under a point of the screen."""
        local = self.viewport().mapFromGlobal(at)
        return self.bed_at(local) if self.viewport().rect().contains(local) else None

    def bed_at(self, at: QPoint) -> int | None:
        """The bed whose card lies at a place of the viewport."""
        return self._places.at(self.mapToScene(at))

    def scroll_at(self, at: QPoint) -> None:
        """Scroll while a patient is held near the edge; the nearer, the faster."""
        local, rect = self.viewport().mapFromGlobal(at), self.viewport().rect()
        if not rect.contains(local):
            return
        for bar, near, length in ((self.verticalScrollBar(), local.y(), rect.height()),
                                  (self.horizontalScrollBar(), local.x(), rect.width())):
            bar.setValue(bar.value() + scroll_step(near, length))

    @property
    def carrying(self) -> bool:
        """Whether a patient is being dragged just now."""
        return self._pilot.active

    def pick_up_or_put_down(self) -> None:
        """Space: take the selected bed's patient, or put the one in the hand down here."""
        bed = self.model.bed_by_id(self._selection.bed_id) if self._selection.bed_id is not None else None
        if bed is None:
            return
        if self._engine.hand is None:
            self._engine.pick_up_bed(bed)
        else:
            self._engine.put_down(bed.id)

    # selection -----------------------------------------------------------------------------------------------

    def _on_selection_changed(self) -> None:
        self._remark()
        bed = self.model.bed_by_id(self._selection.bed_id) if self._selection.bed_id is not None else None
        if bed is not None and bed.id in self._items:
            self.ensureVisible(self._items[bed.id], self.side_margin(), SEEN)
            self.setAccessibleDescription(self._describe(bed))

    def _on_model_changed(self, first: object, last: object, roles: list[int] | None = None) -> None:
        if not roles:  # else a mark, which has its own road
            self._on_data_changed(first, last)

    def _on_data_changed(self, first: object, last: object) -> None:
        if self._engine.hand is not None:
            self._judge_all()
        self.refresh(range(first.row(), last.row() + 1))  # type: ignore[attr-defined]

    def _step(self, key: int) -> None:
        """Select the nearest bed in the direction of an arrow key."""
        current = self._items.get(self._selection.bed_id or -1)
        if current is None:
            if self.model.beds:
                self._selection.select_bed(self.model.beds[0].id)
            return
        dx, dy = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1),
                  Qt.Key.Key_Down: (0, 1)}[Qt.Key(key)]
        best: tuple[float, int] | None = None
        for item in self._items.values():
            way = item.pos() - current.pos()
            along, aside = way.x() * dx + way.y() * dy, abs(way.x() * dy) + abs(way.y() * dx)
            if along > 1:
                best = min(best or (1e9, 0), (along + 3 * aside, item.bed_id))
        if best is not None:
            self._selection.select_bed(best[1])

    def _select_end(self, *, last: bool) -> None:
        """Home and End: the first or last bed of the room."""
        bed = self.model.bed_by_id(self._selection.bed_id or -1)
        same = [one for one in self.model.beds if bed is None or one.room_id == bed.room_id]
        if same:
            self._selection.select_bed(same[-1 if last else 0].id)

    # size ----------------------------------------------------------------------------------------------------

    def choose_level(self) -> None:
        """Below 0.8 of the tokens' size cards say less, from 1.3 on more, always in letters that can be read.

        Hysteresis, so that nothing flickers at the border. A larger text size alone is no reason to say more.
        """
        drawn = self.scaling * 100 / theme.text_scale()
        small = SMALL_BELOW + (HYSTERESIS if self._make_face is make_small_face else -HYSTERESIS)
        large = LARGE_FROM - (HYSTERESIS if self._make_face is make_large_face else 0)
        if self.scaling < small:
            level: tuple[Callable[..., Face], tuple[int, ...]] = make_small_face, (math.ceil(SMALLEST / self.scaling),)
        elif drawn >= large:
            level = make_large_face, (math.ceil(SMALLEST / drawn),)
        else:
            level = make_face, (max(SMALLEST, math.ceil(SMALLEST / self.scaling)),)
        if level != (self._make_face, self._letters):
            self._make_face, self._letters = level
            self.refresh()

    # Qt ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.RightButton and self._engine.hand is not None:
            self._pilot.abort()
            return
        bed_id = self.bed_at(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton:
            self._selection.select_bed(bed_id)
            return
        if self._engine.hand is not None and not self._pilot.active:
            if bed_id is not None:
                self._engine.put_down(bed_id)
            return
        self._selection.select_bed(bed_id)
        self._press = event.globalPosition().toPoint() if bed_id is not None else None
        self._grip.press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._pilot.active:
            self._pilot.move(at)
        elif self._press is not None and self._pilot.far_enough(self._press, at):
            bed = self.model.bed_by_id(self._selection.bed_id) if self._selection.bed_id is not None else None
            if bed is not None and self._engine.pick_up_bed(bed):
                self._pilot.begin(self._press)
                self._on_hand_changed()
                self._pilot.move(at)
            self._press = None
        else:
            self._grip.hover(event.position().toPoint())
        if not self._pilot.active and self._press is None and self.model.changes.beds:
            self.model.changes.see(self.bed_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self._pilot.active and event.button() is Qt.MouseButton.LeftButton:
            self._pilot.drop(event.globalPosition().toPoint())
        elif event.button() is Qt.MouseButton.LeftButton:
            self._grip.release(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        bed_id = self.bed_at(event.position().toPoint())
        if bed_id is not None and self._engine.hand is None:
            self.bed_activated.emit(bed_id)

    def contextMenuEvent(self, event: object) -> None:
        if self._engine.hand is None and self._selection.bed_id is not None:
            self.menu_requested.emit(event.globalPos())  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(key)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._select_end(last=key == Qt.Key.Key_End)
        elif is_enter(event) and self._selection.bed_id is not None:
            if self._engine.hand is not None:
                self._engine.put_down(self._selection.bed_id)
            else:
                self.bed_activated.emit(self._selection.bed_id)
        elif event.text() in ("+", "=", "-", "0") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            {"-": lambda: self.zoom_step(-1), "0": self.fit}.get(event.text(), lambda: self.zoom_step(1))()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._selection.bed_id is None and self._selection.patient_id is None and self.model.beds \
                and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._selection.select_bed(self.model.beds[0].id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_step(1 if event.angleDelta().y() > 0 else -1, event.position().toPoint())
            return
        super().wheelEvent(event)
        self.repainted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.rebuild()

    def viewportEvent(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            bed_id = self.bed_at(event.pos())
            bed = self.model.bed_by_id(bed_id) if bed_id is not None else None
            if bed is not None:
                QToolTip.showText(event.globalPos(), self._grip.says(bed) or self._describe(bed), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)  # type: ignore[arg-type]
