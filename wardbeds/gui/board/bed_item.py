"""One bed's card in the scene of floor plan and grid, and the bed in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wardbeds.domain.beds import Bed
from wardbeds.domain.names import full_name
from wardbeds.gui import theme, words
from wardbeds.gui.board.card import Face, Marks, paint

LOW_DETAIL = 0.45


def describe_bed(bed: Bed, flags: tuple[str, ...] = ()) -> str:
    """A bed in one sentence, for tooltip and screen reader: number, state, and who with which identifiers."""
    parts = [bed.number, words.status_word(bed.status)]
    person = bed.occupant.person if bed.occupant else bed.hold.person if bed.hold else None
    if person is not None:
        parts += [full_name(person), person.hospital_number, words.born_text(person), words.sex_word(person.sex)]
    return ", ".join([*parts, *flags])


class BedItem(QGraphicsItem):
    """One bed's card. It shows; it does not decide."""

    def __init__(self, bed_id: int, rect: QRectF) -> None:
        super().__init__()
        self.bed_id = bed_id
        self.size = rect.size()
        self._bounds = QRectF(-6, -6, rect.width() + 12, rect.height() + 12)
        self.face: Face | None = None
        self.marks = Marks()
        self.setPos(rect.topLeft())

    def show_bed(self, face: Face, marks: Marks) -> None:
        """Show another face or other marks; repaints only where something differs."""
        if (face, marks) != (self.face, self.marks):
            self.face, self.marks = face, marks
            self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.face is None:
            return
        if painter.worldTransform().m11() < LOW_DETAIL:
            painter.fillRect(QRectF(QPointF(0, 0), self.size), theme.theme().states[self.face.status.value].accent)
            return
        paint(painter, self.face, self.marks)
