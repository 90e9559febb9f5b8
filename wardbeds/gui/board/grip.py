"""What a click on a card's sign does: it takes the patient of an occupied bed into the hand, and the next click puts
her on a bed; a bed to clean is done.

The rest of the card selects, so that looking at a bed changes nothing. The sign shows itself under the pointer as what
it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.gui.verbs import Verb, verb_text

if TYPE_CHECKING:
    from wardbeds.gui.board.beds_view import BedsView
    from wardbeds.gui.board.placing import PlacingEngine

WIDTH, HEIGHT = 32.0, 32.0
"""In the card's own pixels: more than the sign, so that it is hit without aiming."""


ACTIVE = (BedStatus.OCCUPIED, BedStatus.CLEANING)
"""The states whose sign does something."""


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
        """The button came up: take the patient, or the bed is clean, unless it was a drag that ended elsewhere."""
        bed, pressed, self._pressed = self._under(at), self._pressed, None
        if bed is None or bed.id != pressed:
            return
        if bed.status is BedStatus.CLEANING:
            self._show(None)
            self._view.clean_requested.emit(bed.id)
        else:
            self._engine.pick_up_bed(bed)

    def says(self, bed: Bed) -> str:
        """What a click here does, in words; empty where the sign is not under the pointer."""
        return verb_text(Verb.CLEAN) if self.shown == bed.id and bed.status is BedStatus.CLEANING else ""

    def _under(self, at: QPoint) -> Bed | None:
        """The bed whose sign lies here and does something; none while somebody is in the hand or nothing can be
        changed."""
        if self._engine.hand is not None or not self._engine.writable:
            return None
        bed_id = self._view.bed_at(at)
        bed = self._view.model.bed_by_id(bed_id) if bed_id is not None else None
        if bed is None or bed.status not in ACTIVE or (bed.status is BedStatus.OCCUPIED and bed.occupant is None):
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
            bed = self._view.model.bed_by_id(bed_id)
            clean = bed is not None and bed.status is BedStatus.CLEANING
            self._view.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if clean else Qt.CursorShape.OpenHandCursor)
