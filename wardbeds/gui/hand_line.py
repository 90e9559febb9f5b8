"""Who is in the hand, and what the marks on the beds mean; over a bed, what letting go there would do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.domain.names import full_name
from wardbeds.domain.placement import InHand
from wardbeds.gui import icons, theme
from wardbeds.gui.controls import text_width
from wardbeds.gui.fitting import draw_rows, fit_person

LEFT, DISC = 16, 20


class HandLine(QWidget):
    """The middle of the work strip while a patient is in the hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self._said, self._kind = "", "", ""
        self._swaps = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.hide()

    def take(self, hand: InHand) -> None:
        """Somebody else is in the hand."""
        self._head = self.tr("Placing {name}  {number}").format(
            name=full_name(hand.person), number=hand.person.hospital_number)
        self._swaps = hand.from_bed_id is not None
        self.say("", "")

    def say(self, text: str, kind: str) -> None:
        """What letting go would do, ``kind`` being allowed, warned, swap or refused; nothing: the legend."""
        if (text, kind) == (self._said, self._kind) and self.accessibleName():
            return
        self._said, self._kind = text, kind
        self.setAccessibleName(self.text())
        self.update()
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """The line in words."""
        said = [self._said] if self._said else [words for _mark, words in self._legend()]
        return ", ".join([self._head, *said])

    def _legend(self) -> list[tuple[str, str]]:
        swap = [("swap", self.tr("Swap"))] if self._swaps else []
        return [("allowed", self.tr("Place here")), ("warned", self.tr("Needs a reason")), *swap,
                ("refused", self.tr("Not possible"))]

    def minimumSizeHint(self) -> QSize:
        marks = sum(DISC + 24 + text_width(words, theme.font(13)) for _mark, words in self._legend())
        return QSize(LEFT + marks, theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.theme()
        if self._said:
            left = LEFT + 34
            rows = fit_person(self._head, self._said, self.width() - left)
            ink = {"refused": colours.error, "warned": colours.warning, "swap": colours.ink}.get(
                self._kind, colours.success)
            draw_rows(painter, rows, QRectF(left, 0, self.width() - left, self.height()), colours.ink, ink)
            draw_mark(painter, self._kind or "allowed", QRectF(LEFT, self.height() / 2 - DISC / 2, DISC, DISC))
            return
        half = self.height() / 2
        head = fit_person(self._head, "", self.width() - LEFT)
        draw_rows(painter, head, QRectF(LEFT, 0, self.width() - LEFT, half + 2), colours.ink, colours.ink2)
        x = float(LEFT)
        for mark, words in self._legend():
            draw_mark(painter, mark, QRectF(x, half + (half - DISC) / 2 - 3, DISC, DISC))
            painter.setPen(colours.ink2)
            painter.setFont(theme.font(13))
            painter.drawText(QRectF(x + DISC + 6, half - 3, 300, half), Qt.AlignmentFlag.AlignVCenter, words)
            x += DISC + 24 + text_width(words, theme.font(13))


def draw_mark(painter: QPainter, mark: str, rect: QRectF) -> None:
    """The mark of a bed while somebody is in the hand: plus, triangle, two arrows, no entry."""
    colours = theme.theme()
    free = colours.states["available"]
    edge, ground, name, ink = {
        "allowed": (free.accent, free.accent, "plus", free.glyph),
        "warned": (colours.warning_frame, colours.warning_soft, "triangle-alert", colours.warning),
        "swap": (colours.focus, colours.focus_soft, "repeat-2", colours.ink),
        "refused": (QColor(0, 0, 0, 0), QColor(0, 0, 0, 0), "circle-slash", colours.ink2)}[mark]
    painter.setPen(QPen(edge, 2))
    painter.setBrush(ground)
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    icons.draw(painter, name, rect.adjusted(4, 4, -4, -4) if mark != "refused" else rect.adjusted(2, 2, -2, -2), ink)
