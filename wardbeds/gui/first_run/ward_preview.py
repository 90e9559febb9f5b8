"""What a ward will look like before it is made: its rooms as dashed outlines with a place for each bed."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.domain.ward_layout import RoomLayout
from wardbeds.gui import theme
from wardbeds.gui.controls import text_width

HEIGHT, GAP, PAD = 256, 14, 6
MOST_ROOMS = 24
"""With more rooms a picture says less than the line below it."""


class WardPreview(QWidget):
    """Rooms side by side in two rows, as on the plan: the corridor runs between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms: tuple[RoomLayout, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_rooms(self, rooms: tuple[RoomLayout, ...]) -> None:
        """Show other rooms; none where what was typed makes none."""
        self._rooms = rooms if len(rooms) <= MOST_ROOMS else ()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(110))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.canvas)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if not self._rooms:
            return
        columns = ceil(len(self._rooms) / 2)
        width = (self.width() - GAP * (columns + 1)) / columns
        height = (self.height() - 3 * GAP) / 2
        for number, room in enumerate(self._rooms):
            row, column = divmod(number, columns)
            self._paint_room(painter, room, QRectF(GAP + column * (width + GAP), GAP + row * (height + GAP),
                                                   width, height))

    def _paint_room(self, painter: QPainter, room: RoomLayout, rect: QRectF) -> None:
        colours = theme.theme()
        pen = QPen(colours.line3, 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colours.floor)
        painter.drawRoundedRect(rect, 4, 4)
        rows = 2 if len(room.numbers) > 2 else 1
        columns = ceil(len(room.numbers) / rows)
        inner = rect.adjusted(PAD, PAD, -PAD, -PAD)
        width, height = (inner.width() - PAD * (columns - 1)) / columns, (inner.height() - PAD * (rows - 1)) / rows
        for number, bed in enumerate(room.numbers):
            row, column = divmod(number, columns)
            self._paint_bed(painter, bed, QRectF(inner.left() + column * (width + PAD),
                                                 inner.top() + row * (height + PAD), width, height))

    @staticmethod
    def _paint_bed(painter: QPainter, number: str, rect: QRectF) -> None:
        colours = theme.theme()
        painter.setPen(QPen(colours.line2, 1))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(rect, 3, 3)
        font = theme.font(12, 600)
        if text_width(number, font) <= rect.width() - 4 and rect.height() >= theme.px(16):
            painter.setPen(colours.ink2)
            painter.setFont(font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number)
