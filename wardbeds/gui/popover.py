"""Why a patient cannot be placed here, beside the bed, with what can be done about it: no bed moves for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHideEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.bed_ring import BedRing
from wardbeds.gui.controls import Button
from wardbeds.gui.fitting import draw_rows, fit_person
from wardbeds.gui.layouts import clear

WIDTH, SHADOW, ICON, GAP = 428, 14, 36, 8
TIP = 10
"""How far the tip that shows the bed sticks out; it lies in the shadow's room."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done about it: its words, its key, and the deed."""

    text: str
    key: str
    act: Callable[[], None]


class PersonBox(QWidget):
    """Who still waits to be placed: name, number, birth date, gender."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._second = "", ""

    def show_person(self, name: str, second: str, width: int) -> None:
        """Show these words in so many px."""
        self._name, self._second = name, second
        self.setAccessibleName(f"{name}, {second}")
        self.setFixedHeight(sum(row.height for row in fit_person(name, second, width - 24)) + 16)
        self.update()

    def text(self) -> str:
        """The words."""
        return f"{self._name}  {self._second}"

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        draw_rows(painter, fit_person(self._name, self._second, self.width() - 24),
                  QRectF(self.rect()).adjusted(12, 0, -12, 0), colours.ink, colours.ink2)


class RefusalPopover(QWidget):
    """Stays until dismissed or until the next action."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps: list[Step] = []
        self.title, self.about = QLabel(), QLabel()
        self.person = PersonBox()
        for label in (self.title, self.about):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SHADOW + 16 + ICON + 14, SHADOW + 14, SHADOW + 16, SHADOW + 16)
        layout.setSpacing(8)
        for widget in (self.title, self.about, self.person):
            layout.addWidget(widget)
        layout.addLayout(self._buttons)
        self.ring = BedRing(parent)
        self._tip: tuple[float, bool] | None = None
        self.hide()

    def say(self, title: str, about: str, person: tuple[str, str], steps: list[Step], beside: QRect,
            area: QRect) -> None:
        """Say what is in the way, beside a bed and inside ``area``, both in the parent's coordinates."""
        self.steps = steps
        for label, text, weight, colour in ((self.title, title, 600, "ink"), (self.about, about, 400, "ink2")):
            label.setText(text)
            label.setFont(theme.font(15 if weight == 600 else 14, weight))
            palette = label.palette()
            palette.setColor(QPalette.ColorRole.WindowText, getattr(theme.theme(), colour))
            label.setPalette(palette)
        self._fill()
        width = min(max(theme.px(WIDTH), self._buttons.sizeHint().width() + ICON + 46), area.width() - 2 * GAP)
        self.person.show_person(*person, width - ICON - 46)
        width += 2 * SHADOW
        self.setAccessibleName(self._words())
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(width))
        self._beside(beside, area)
        self.ring.show_around(beside, area)
        self.show()
        self.raise_()
        self.update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words()))

    def _fill(self) -> None:
        clear(self._buttons)
        for step in self.steps:
            button = Button(step.text, key=step.key)
            button.clicked.connect(step.act)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        other = Button(self.tr("Other bed"), key="Esc", primary=True)
        other.clicked.connect(self.dismiss)
        self._buttons.addWidget(other)

    def _beside(self, bed: QRect, area: QRect) -> None:
        """Below the bed, or above it where there is no room; the bed itself stays in sight."""
        x = max(area.left() - SHADOW + GAP, min(bed.left() - SHADOW, area.right() + 1 - self.width()))
        gap = GAP + TIP
        below, above = bed.bottom() + gap - SHADOW, bed.top() - gap + SHADOW - self.height()
        under = below + self.height() - SHADOW <= area.bottom() or above < area.top() - SHADOW
        wanted = below if under else above
        y = max(area.top() - SHADOW, min(wanted, area.bottom() + SHADOW - self.height()))
        self.move(x, y)
        middle = max(SHADOW + 30.0, min(bed.center().x() - x, self.width() - SHADOW - 30.0))
        self._tip = (middle, under) if y == wanted else None  # where it had to move over the bed it points nowhere

    def press(self, key: str) -> bool:
        """Do what a key stands for, if it stands for one of the steps."""
        step = next((one for one in self.steps if one.key == key), None) if self.isVisible() else None
        if step is None:
            return False
        step.act()
        return True

    def dismiss(self) -> None:
        """Close: another bed is to be chosen."""
        self.hide()

    def text(self) -> str:
        """What is said just now."""
        return self._words() if self.isVisible() else ""

    def _words(self) -> str:
        return f"{self.title.text()}. {self.about.text()}"

    def _outline(self, card: QRectF) -> QPainterPath:
        """The card with the tip that points at the bed."""
        path = QPainterPath()
        path.addRoundedRect(card, 12, 12)
        if self._tip is None:
            return path
        x, under = self._tip
        edge = card.top() if under else card.bottom()
        end = edge - TIP if under else edge + TIP
        tip = QPolygonF([QPointF(x - TIP, edge), QPointF(x, end), QPointF(x + TIP, edge)])
        point = QPainterPath()
        point.addPolygon(tip)
        point.closeSubpath()
        return path.united(point)

    def hideEvent(self, event: QHideEvent) -> None:
        self.ring.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        shade = QColor(colours.scrim)  # a copy: the theme's own colours are never changed
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(SHADOW, 0, -2):
            shade.setAlphaF(0.03)
            painter.setBrush(shade)
            painter.drawRoundedRect(card.adjusted(-spread, -spread / 2, spread, spread), 12, 12)
        painter.setPen(QPen(colours.line2, 1))
        painter.setBrush(colours.raised)
        painter.drawPath(self._outline(card))
        disc = QRectF(card.left() + 16, card.top() + 14, ICON, ICON)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.error_soft)
        painter.drawEllipse(disc)
        icons.draw(painter, "circle-slash", disc.adjusted(8, 8, -8, -8), colours.error)
