"""What is left of the waiting rail where it is folded away: how many wait and leave, and how to open it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.gui import theme
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.controls import Painted, draw_focus, draw_key, key_width, text_width

WIDTH = 44


class RailStub(Painted):
    """A narrow strip; a click opens the rail."""

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._model = model
        self._hidden: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        for signal in (model.waiting_changed, model.counts_changed):
            signal.connect(self._count)
        self._count()
        self.hide()

    def hide_people(self, waiting: int | None) -> None:
        """How many wait, where nobody may be named; None: as the board says."""
        self._hidden = waiting
        self._count()

    def _count(self) -> None:
        self.setAccessibleName(self.tr("Open the waiting list: {words}").format(words=", ".join(self._words())))
        self.setToolTip(self.accessibleName())
        self.update()

    def _words(self) -> tuple[str, str]:
        waiting = len(self._model.waiting) if self._hidden is None else self._hidden
        return (self.tr("Waiting {n}").format(n=waiting),
                self.tr("Leaving {n}").format(n=len(self._model.leaving())))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.hover if self.underMouse() else colours.rail)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colours.line1)
        font = theme.font(14, 600)
        painter.setFont(font)
        y = 16
        for n, words in enumerate(self._words()):
            long = text_width(words, font) + 4
            painter.save()
            painter.translate(self.width(), y)
            painter.rotate(90)
            painter.setPen(colours.ink if n == 0 else colours.ink2)
            painter.drawText(QRectF(0, 0, long, self.width()), Qt.AlignmentFlag.AlignCenter, words)
            painter.restore()
            y += long + 16
        painter.setFont(theme.font(12, 600))
        draw_key(painter, QRectF((self.width() - key_width("F4")) / 2, y, key_width("F4"), 20), "F4")
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 6)
