"""Dragging inside the window with plain mouse events: no QDrag, so that tests, timers and the board go on (UX F11)."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from wardbeds.gui.board.ghost import Ghost
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.placing import Outlook, PlacingEngine

THRESHOLD = 8
EDGE, TICK = 32, 16
FLY_BACK = 120


def scroll_step(near: int, length: int) -> int:
    """How far to scroll in one tick when the pointer is ``near`` px from the start of ``length``: nothing but within
    32 px of an end, the nearer to it, the faster; negative towards the start."""
    depth = max(EDGE - near, EDGE - (length - near))
    if depth <= 0:
        return 0
    step = 4 + 20 * depth // EDGE
    return step if near > length - near else -step


class DropTarget(Protocol):
    """A view that beds can be found in."""

    def isVisible(self) -> bool: ...
    def bed_at_global(self, at: QPoint) -> int | None: ...
    def scroll_at(self, at: QPoint) -> None: ...
    def item_rect_global(self, bed_id: int) -> QRectF: ...
    def possible_rects_global(self) -> list[QRectF]: ...


class DragPilot(QObject):
    """Carries the ghost from press to release and asks the engine what each place would mean."""

    moved = Signal(QPoint)
    judged = Signal(str, str)
    """The kind of what letting go here would do, and the words."""
    ended = Signal()

    def __init__(self, window: QWidget, engine: PlacingEngine, model: BoardModel) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._model = model
        self.ghost = Ghost(window)
        self._targets: list[DropTarget] = []
        self._start = QPoint()
        self._at = QPoint()
        self._over: int | None = None
        self._judged_at: int | None = None
        self._possible: list[QRectF] = []
        self.active = False
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._scroll)
        self._back = QPropertyAnimation(self.ghost, b"pos", self)
        self._back.setDuration(FLY_BACK)
        self._back.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._back.finished.connect(self.ghost.hide)
        engine.put_back.connect(self._gone)

    def add_target(self, target: DropTarget) -> None:
        """Let this view take drops while it is visible."""
        self._targets.append(target)

    @staticmethod
    def far_enough(start: QPoint, now: QPoint) -> bool:
        """Whether a press has become a drag."""
        return (now - start).manhattanLength() > THRESHOLD

    def begin(self, start: QPoint) -> None:
        """Start dragging what the engine has in its hand; ``start`` is in global coordinates."""
        if self._engine.hand is None:
            return
        self._back.stop()
        self._start, self.active = start, True
        self._judged_at, self._possible = None, []
        self._window.installEventFilter(self)
        self._window.grabMouse()  # the card it began on may go, when another ward is opened on the way
        self.ghost.carry(self._engine.hand.person)
        self.move(start)
        self._timer.start()

    def move(self, at: QPoint) -> None:
        """The pointer is here now (global)."""
        if not self.active:
            return
        self._at = at
        bed_id = self._over = self._bed_at(at)
        bed = self._model.bed_by_id(bed_id) if bed_id is not None else None
        if bed is not None and self._engine.hand is not None and bed.id != self._engine.hand.from_bed_id:
            outlook = self._engine.outlook(bed)
        else:
            outlook = Outlook()
        self.ghost.say(*outlook)
        self.judged.emit(*outlook)
        self._carry_ghost(at, bed_id)
        self.moved.emit(at)

    def _carry_ghost(self, at: QPoint, bed_id: int | None) -> None:
        """Beside the pointer, off the bed under it."""
        target, possible = None, self._possible
        view = next((one for one in self._targets if one.isVisible()), None)
        if bed_id is not None and view is not None:
            target = self._here(view.item_rect_global(bed_id))
            if bed_id != self._judged_at:  # which beds could be covered is asked once a bed, not once a pixel
                self._judged_at = bed_id
                possible = self._possible = [self._here(one) for one in view.possible_rects_global()]
        else:
            self._judged_at = None
        self.ghost.follow(self._window.mapFromGlobal(at), QRectF(self._window.rect()), target, possible)

    def _here(self, rect: QRectF) -> QRectF:
        """A rectangle of the screen in the window's coordinates."""
        return QRectF(self._window.mapFromGlobal(rect.topLeft()), rect.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While dragging, the mouse belongs to the window."""
        if not self.active or not isinstance(event, QMouseEvent):
            return False
        at = event.globalPosition().toPoint()
        if event.type() is QEvent.Type.MouseMove:
            self.move(at)
        elif event.type() is QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
            self.drop(at)
        else:
            return False
        return True

    def _bed_at(self, at: QPoint) -> int | None:
        found = [target.bed_at_global(at) for target in self._targets if target.isVisible()]
        return next((one for one in found if one is not None), None)

    def drop(self, at: QPoint) -> None:
        """Let go here (global). Over no bed, or the own one, the patient goes back; over somebody with whom she can
        change places, who was named beside the hand, the two are shown: one drag, and one click says yes."""
        if not self.active:
            return
        self._stop()
        bed_id = self._bed_at(at)
        hand = self._engine.hand
        own = bed_id is None or hand is None or bed_id == hand.from_bed_id
        if not own and bed_id is not None and self._engine.ask_swap(bed_id):
            self.ghost.hide()
        elif own or bed_id is None or self._engine.put_down(bed_id, keep=False).refusal is not None:
            self._fly_back()
            self._engine.cancel()
        else:
            self.ghost.hide()

    def abort(self) -> None:
        """Esc: fly back, nothing has happened."""
        if self.active:
            self._stop()
            self._fly_back()
        self._engine.cancel()

    def _stop(self) -> None:
        self.active = False
        self._timer.stop()
        self._window.removeEventFilter(self)
        self._window.releaseMouse()
        self.ended.emit()

    def _gone(self) -> None:
        if self.active:
            self._stop()
            self.ghost.hide()

    def _fly_back(self) -> None:
        if QApplication.platformName() == "offscreen":
            self.ghost.hide()
            return
        self._back.setStartValue(self.ghost.pos())
        self._back.setEndValue(self._window.mapFromGlobal(self._start))
        self._back.start()

    def _scroll(self) -> None:
        for target in self._targets:
            if target.isVisible():
                target.scroll_at(self._at)
        if self._bed_at(self._at) != self._over:
            self.move(self._at)  # another bed has come under the pointer that stands still
