"""The grip of an occupied card: a click on it takes the patient into the hand, the next click puts her on a bed.

The rest of the card selects, so that looking at a patient moves nobody. The grip stands where the bed's sign is; it
shows itself under the pointer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from wardbeds.domain.beds import Bed, BedStatus

if TYPE_CHECKING:
    from wardbeds.gui.board.beds_view import BedsView
    from wardbeds.gui.board.placing import PlacingEngine

WIDTH, HEIGHT = 32.0, 32.0
"""In the card's own pixels: more than the sign, so that it is hit without aiming."""


class Grip:
    """Belongs to Map or Grid."""

    def __init__(self, view: BedsView, engine: PlacingEngine) -> None:
        self._view = view
        self._engine = engine
        self._pressed: int | None = None
        self.shown: int | None = None
        engine.picked_up.connect(lambda _hand: self._show(None))

    def hover(self, at: QPoint | None) -> None:
        """The pointer is here, or has left."""
        bed = self._under(at) if at is not None else None
        self._show(bed.id if bed is not None else None)

    def press(self, at: QPoint) -> None:
        """A button went down; if it comes up here again, that was the click."""
        bed = self._under(at)
        self._pressed = bed.id if bed is not None else None

    def release(self, at: QPoint) -> None:
        """The button came up: take the patient, unless it was a drag that ended elsewhere."""
        bed, pressed, self._pressed = self._under(at), self._pressed, None
        if bed is not None and bed.id == pressed:
            self._engine.pick_up_bed(bed)

    def _under(self, at: QPoint) -> Bed | None:
        """The occupied bed whose grip lies here; none while somebody is in the hand or nothing can be changed."""
        if self._engine.hand is not None or not self._engine.writable:
            return None
        bed_id = self._view.bed_at(at)
        bed = self._view.model.bed_by_id(bed_id) if bed_id is not None else None
        if bed is None or bed.status is not BedStatus.OCCUPIED or bed.occupant is None:
            return None
        item = self._view.item(bed.id)
        place = QRectF(item.size.width() - WIDTH, 0, WIDTH, HEIGHT)
        return bed if place.contains(QPointF(self._view.mapToScene(at)) - item.pos()) else None

    def _show(self, bed_id: int | None) -> None:
        if bed_id == self.shown:
            return
        before, self.shown = self.shown, bed_id
        for one in (before, bed_id):
            if one is not None:
                self._view.show_marks(one)
        if bed_id is None:
            self._view.viewport().unsetCursor()
        else:
            self._view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
