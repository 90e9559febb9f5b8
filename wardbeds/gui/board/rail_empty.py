"""What the rail shows where its list is empty: that this is well, how somebody comes here, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Button
from wardbeds.gui.labels import text_label

DISC, ICON, INSET = 56, 26, 12


class Disc(QWidget):
    """An icon on a soft green disc."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(DISC), theme.px(DISC))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, side, icon = theme.theme(), theme.px(DISC), theme.px(ICON)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.success_soft)
        painter.drawEllipse(QRectF((self.width() - side) / 2, 0, side, side))
        picture = QRectF((self.width() - icon) / 2, (side - icon) / 2, icon, icon)
        icons.draw(painter, self._icon, picture, colours.success)


class RailEmpty(QWidget):
    """Icon, title and words; for the waiting list a button too."""

    admit_requested = Signal()

    def __init__(self, icon: str, title: str, about: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = width - 2 * INSET
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(INSET, theme.px(40), INSET, 0)
        layout.setSpacing(8)
        layout.addWidget(Disc(icon, self))
        layout.addSpacing(10)
        for text, size, weight, colour in ((title, 15, 600, "ink"), (about, 13, 400, "ink2")):
            label = text_label(text, size, weight, colour)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        self.admit: Button | None = None

    def offer_admission(self, why_not: str) -> None:
        """Add the button that admits; ``why_not`` says why it cannot be pressed, if that is so."""
        self.admit = Button(self.tr("Admit a patient"), "plus", "N")
        if self.admit.sizeHint().width() > self._room:
            self.admit.set_icon("")  # words before pictures where both have no room
        self.admit.allow(not why_not, why_not)
        self.admit.clicked.connect(self.admit_requested)
        self._column.addSpacing(6)
        self._column.addWidget(self.admit, 0, Qt.AlignmentFlag.AlignHCenter)
