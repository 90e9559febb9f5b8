"""The patient in the hand, drawn over everything: name, number, birth date, gender, and what letting go would do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wardbeds.domain.names import full_name
from wardbeds.domain.people import Person
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.ghost_place import SIDES, choose_side, inside, place
from wardbeds.gui.fitting import Row, draw_rows, fit_person

WIDTH, HEIGHT, REASON, GAP, SHADOW = 288, 64, 56, 4, 10


class Ghost(QWidget):
    """Takes no mouse; is moved by whoever drags."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._person: Person | None = None
        self.reason = ""
        self._kind = ""
        self._side = SIDES[0]
        self._target: QRectF | None = None
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH) + 2 * SHADOW, self._card_height() + GAP + self._reason_height() + 2 * SHADOW)

    def _rows(self) -> list[Row]:
        assert self._person is not None
        person = self._person
        return fit_person(full_name(person), words.second_line(person), theme.px(WIDTH) - 24)

    def _card_height(self) -> int:
        return max(theme.px(HEIGHT), sum(row.height for row in self._rows()) + 12) if self._person else 0

    def _reason_height(self) -> int:
        if not self.reason:
            return 0
        metrics = self.fontMetrics()
        box = metrics.boundingRect(0, 0, theme.px(WIDTH) - 58, 1000, Qt.TextFlag.TextWordWrap, self.reason)
        return max(theme.px(REASON), box.height() + 20)

    def carry(self, person: Person) -> None:
        """Show this patient from now on."""
        self._person = person
        self._side, self._target = SIDES[0], None
        self.say("", "")
        self.show()
        self.raise_()

    def say(self, kind: str, text: str) -> None:
        """Say what letting go here would do, ``kind`` being allowed, warned, swap or refused; nothing: over no bed."""
        self.reason, self._kind = text, kind
        self.setFont(theme.font(13, 600))
        self.resize(self.sizeHint())
        self.update()

    def follow(self, at: QPoint, area: QRectF, target: QRectF | None = None, possible: Sequence[QRectF] = ()) -> None:
        """Move beside the pointer, inside the window, off the bed it is held over; all in the parent's coordinates.

        ``possible`` are beds that should stay seen. The side is chosen anew over another bed, so that it does not hop.
        """
        size, pointer = QSizeF(self.width() - 2 * SHADOW, self.height() - 2 * SHADOW), QPointF(at)
        if target != self._target or not area.contains(place(size, pointer, self._side, target)):
            self._side = choose_side(size, pointer, area, target, possible)
            self._target = target
        box = inside(place(size, pointer, self._side, target), area)
        self.move(int(box.x()) - SHADOW, int(box.y()) - SHADOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._person is None:
            return
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(SHADOW, SHADOW, theme.px(WIDTH), self._card_height())
        shade = QColor(colours.scrim)  # a copy: the theme's own colours are never changed
        for spread in range(SHADOW, 0, -2):
            shade.setAlphaF(0.035)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawRoundedRect(card.adjusted(-spread, -spread / 2, spread, spread), 10, 10)
        painter.setPen(QPen(colours.focus, 2))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(card, 8, 8)
        draw_rows(painter, self._rows(), card.adjusted(12, 0, -12, 0), colours.ink, colours.ink2)
        if self.reason:
            self._paint_reason(painter, QRectF(card.left(), card.bottom() + GAP, card.width(), self._reason_height()))

    def _paint_reason(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.theme()
        fill, frame, ink, icon = {
            "allowed": (colours.success_soft, colours.states["available"].accent, colours.success, "plus"),
            "warned": (colours.warning_soft, colours.warning_frame, colours.warning, "triangle-alert"),
            "swap": (colours.focus_soft, colours.focus, colours.ink, "repeat-2"),
        }.get(self._kind, (colours.raised, colours.line3, colours.ink, "circle-slash"))
        painter.setPen(QPen(frame, 2))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 8, 8)
        icons.draw(painter, icon, QRectF(box.left() + 12, box.center().y() - 9, 18, 18), ink)
        painter.setPen(ink)
        painter.setFont(theme.font(13, 600))
        painter.drawText(box.adjusted(42, 4, -10, -4), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap,
                         self.reason)
