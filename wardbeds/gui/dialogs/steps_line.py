"""Where one is in a dialog of several steps: done ones ticked, this one filled, the others to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import text_width

DISC, GAP, RULE = 22, 7, 18


class StepsLine(QWidget):
    """Shows; takes no clicks."""

    def __init__(self, names: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, at: int) -> None:
        """Go to the step counted from 0."""
        self._at = at
        self.setAccessibleName(self.tr("Step {n} of {all}: {name}").format(n=at + 1, all=len(self._names),
                                                                           name=self._names[at]))
        self.update()

    def sizeHint(self) -> QSize:
        names = sum(text_width(name, theme.font(14, 600)) for name in self._names)
        count = len(self._names)
        return QSize(names + count * (theme.px(DISC) + GAP) + (count - 1) * (RULE + 2 * GAP) + 4, theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle, side = 2.0, self.height() / 2, theme.px(DISC)
        for n, name in enumerate(self._names):
            if n:
                painter.fillRect(QRectF(x + GAP, middle, RULE, 1), colours.line3)
                x += RULE + 2 * GAP
            self._disc(painter, QRectF(x, middle - side / 2, side, side), n)
            painter.setFont(theme.font(14, 600 if n == self._at else 400))
            painter.setPen(colours.ink if n == self._at else colours.ink2)
            x += side + GAP
            painter.drawText(QRectF(x, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, name)
            x += text_width(name, theme.font(14, 600))

    def _disc(self, painter: QPainter, rect: QRectF, n: int) -> None:
        colours = theme.theme()
        edge, fill = (colours.success, colours.success_soft) if n < self._at else (colours.focus, colours.focus) \
            if n == self._at else (colours.line3, colours.raised)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if n < self._at:
            icons.draw(painter, "check", rect.adjusted(5, 5, -5, -5), colours.success)
            return
        painter.setFont(theme.font(12, 700))
        painter.setPen(colours.raised if n == self._at else colours.ink2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(n + 1))
