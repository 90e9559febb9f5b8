"""The waiting rail's cards: who waits, who leaves today; and its tabs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.domain.beds import Bed, Priority, Waiting
from wardbeds.domain.names import full_name
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.card import name_lines
from wardbeds.gui.controls import Painted, draw_focus, text_width
from wardbeds.gui.enter import is_enter
from wardbeds.gui.fitting import Row, draw_rows, fit_person

if TYPE_CHECKING:
    from wardbeds.gui.board.rail import WaitingRail

WIDTH, CARD_HEIGHT = 228, 94
SOURCE_ICONS = {"emergency": "ambulance", "clinic": "stethoscope", "transfer": "arrow-right-left", "born_here": "baby"}


class WaitingCard(QWidget):
    """One who waits."""

    def __init__(self, waiting: Waiting, held: Bed | None, rail: WaitingRail) -> None:
        super().__init__(rail)
        self.waiting = waiting
        self._held = held
        self._rail = rail
        self._press: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        person = waiting.person
        about = f"{full_name(person)}, {person.hospital_number}, {words.born_text(person)}, {self._source()}"
        self.setAccessibleName(about)
        self.setToolTip(about)

    def _source(self) -> str:
        if self._held is not None and self._held.hold is not None:
            return words.tr("{bed} held until {time}").format(
                bed=self._held.number, time=words.until_text(self._held.hold.until))
        waited = words.waited_text(self.waiting.since, datetime.now(UTC))
        return words.tr("{source}, {time}").format(source=words.source_word(self.waiting.source), time=waited)

    def sizeHint(self) -> QSize:
        lines = len(self._names()) + (0 if self._number_fits() else 1)
        return QSize(theme.px(self._rail.base_width) - 16, theme.px(CARD_HEIGHT + 18 * max(0, lines - 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    def _names(self) -> list[tuple[str, int, int]]:
        return name_lines(self.waiting.person, self._rail.base_width - 76)

    def _meta(self) -> str:
        person = self.waiting.person
        return f"{words.sex_word(person.sex)} {words.age_text(person.date_of_birth)}".strip()

    def _number_fits(self) -> bool:
        """Whether gender, age and hospital number stand on one line."""
        room = theme.px(self._rail.base_width - 56)
        return text_width(self._meta(), theme.font(12)) + 10 + text_width(
            self.waiting.person.hospital_number, theme.font(12, 400, identifier=True)) <= room

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        person = self.waiting.person
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        in_hand = self._rail.in_hand(person.patient_id)
        chosen = self._rail.is_selected(person.patient_id)
        pen = QPen(colours.line3 if in_hand else colours.focus if chosen or self.hasFocus() else colours.line2,
                   2 if in_hand or chosen or self.hasFocus() else 1)
        if in_hand:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(colours.focus_soft if chosen and not in_hand else colours.rail if in_hand else colours.raised)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        y = theme.px(22)
        for text, size, weight in self._names():
            painter.setFont(theme.font(size, weight))
            painter.setPen(colours.ink)
            painter.drawText(12, y, text)
            y += theme.px(18)
        painter.setFont(theme.font(12))
        painter.setPen(colours.ink2)
        if in_hand:
            painter.drawText(QRectF(12, y - 12, rect.width() - 20, rect.height() - y + 8),
                             Qt.TextFlag.TextWordWrap, self.tr("In your hand. Esc brings the card back."))
            return
        icons.draw(painter, "grip-vertical", QRectF(rect.right() - 24, 10, 16, 16), colours.ink3)
        y = int(rect.height()) - theme.px(35)
        x = 12
        if self._number_fits():
            painter.drawText(x, y, self._meta())
            x += text_width(self._meta(), theme.font(12)) + 10
        else:
            painter.drawText(x, y - theme.px(17), self._meta())
        painter.setFont(theme.font(12, 400, identifier=True))
        painter.drawText(x, y, person.hospital_number)
        self._paint_source(painter, rect)

    def _paint_source(self, painter: QPainter, rect: QRectF) -> None:
        colours = theme.theme()
        urgent = self.waiting.priority is not Priority.ROUTINE
        ink = colours.error if urgent else colours.ink2
        name = "triangle-alert" if urgent else SOURCE_ICONS.get(self.waiting.source, "clock")
        if self._held is not None:
            ink, name = colours.states["reserved"].word, "bookmark"
        y = rect.height() - theme.px(26)
        painter.setPen(QPen(colours.line1, 1))
        painter.drawLine(12, int(y), int(rect.width()) - 12, int(y))
        icons.draw(painter, name, QRectF(12, y + theme.px(6), 14, 14), ink)
        painter.setPen(ink)
        painter.setFont(theme.font(12, 600))
        painter.drawText(QRectF(32, y + 1, rect.width() - 40, theme.px(24)), Qt.AlignmentFlag.AlignVCenter,
                         self._source())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = event.globalPosition().toPoint()
            self._rail.pressed(self.waiting)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._press = self._rail.dragged(self.waiting, self._press, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._press is not None
        self._press = None
        self._rail.released(self.waiting, event.globalPosition().toPoint(), clicked=clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space or is_enter(event):
            self._rail.take(self.waiting)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        self._rail.focused(self.waiting)
        self._rail.show_card(self)
        self.update()


class LeavingCard(Painted):
    """One who leaves today: a click selects the bed."""

    def __init__(self, bed: Bed, parent: QWidget) -> None:
        person = bed.occupant.person if bed.occupant else None
        super().__init__(full_name(person) if person else "", parent)
        self._bed = bed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH) - 16, theme.px(40) + sum(row.height for row in self._rows()))

    def _rows(self) -> list[Row]:
        """The name and, for who looks twice, the number and age."""
        if self._bed.occupant is None:
            return []
        person = self._bed.occupant.person
        return fit_person(full_name(person), f"{words.age_text(person.date_of_birth)}  {person.hospital_number}",
                          theme.px(WIDTH) - 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(QPen(colours.focus if self.hasFocus() else colours.line2, 2 if self.hasFocus() else 1))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(colours.ink)
        painter.setFont(theme.font(15, 700))
        painter.drawText(12, theme.px(24), self._bed.number)
        icons.draw(painter, "log-out", QRectF(rect.right() - 28, theme.px(10), 16, 16), colours.ink2)
        draw_rows(painter, self._rows(), QRectF(12, theme.px(30), rect.width() - 20, rect.height() - theme.px(36)),
                  colours.ink, colours.ink2)


class RailTab(Painted):
    """A tab of the rail, underlined while chosen."""

    def show_text(self, text: str, chosen: bool) -> None:
        """Show words with their count."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), theme.font(14, 600)) + 18, theme.target(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setPen(colours.ink if self.isChecked() else colours.ink2)
        painter.setFont(theme.font(14, 600))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(QRectF(8, self.height() - 3, self.width() - 16, 3), colours.focus)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 6)
