"""The dark side of the first start: what has been done, where one is, what comes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wardbeds.gui import icons, theme

WIDTH, PITCH, CIRCLE, LEFT = 264, 48, 28, 28


def step_names(*, with_pc: bool) -> list[str]:
    """The steps in order; without those of the PC where the command line names the database."""
    tr = QCoreApplication.translate
    pc = [tr("Steps", "Language and PC"), tr("Steps", "Connect")]
    return [*(pc if with_pc else []), tr("Steps", "Hospital and administrator"), tr("Steps", "First ward")]


class StepsSide(QWidget):
    """Numbered steps: a tick for what is done, filled where one is, an outline for what comes."""

    def __init__(self, steps: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = steps
        self._current = 0
        self.setFixedWidth(theme.px(WIDTH))
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Mark a step, from 0, as the one where one is."""
        self._current = number
        self.setAccessibleName(self.tr("Step {n} of {all}: {name}").format(
            n=number + 1, all=len(self.steps), name=self.steps[number]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colours.action)
        left, brand = theme.px(LEFT), theme.px(24)
        icons.draw(painter, "bed-single", QRectF(left, theme.px(36), brand, brand), colours.action_ink)
        painter.setPen(colours.action_ink)
        painter.setFont(theme.font(20, 700))
        painter.drawText(QRectF(left + brand + 12, theme.px(34), self.width() - left - brand - 16, theme.px(28)),
                         Qt.AlignmentFlag.AlignVCenter, "Wardbeds")
        for number, name in enumerate(self.steps):
            self._paint_step(painter, number, name, theme.px(96 + PITCH * number))

    def _paint_step(self, painter: QPainter, number: int, name: str, top: int) -> None:
        colours, size, here = theme.theme(), theme.px(CIRCLE), number == self._current
        circle = QRectF(theme.px(LEFT), top, size, size)
        self._paint_circle(painter, number, circle)
        painter.setPen(colours.action_ink if here else colours.action_ink2)
        painter.setFont(theme.font(14, 600 if here else 400))
        room = QRectF(circle.right() + theme.px(12), top - theme.px(6), self.width() - circle.right() - theme.px(20),
                      size + theme.px(12))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, name)

    def _paint_circle(self, painter: QPainter, number: int, circle: QRectF) -> None:
        colours = theme.theme()
        done, here = number < self._current, number == self._current
        soft = QColor(colours.action_ink)
        soft.setAlphaF(0.22)
        painter.setPen(QPen(colours.action_edge, 1) if number > self._current else Qt.PenStyle.NoPen)
        painter.setBrush(colours.action_ink if here else soft if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if done:
            inset = circle.width() * 0.23
            icons.draw(painter, "check", circle.adjusted(inset, inset, -inset, -inset), colours.action_ink)
            return
        painter.setPen(colours.action if here else colours.action_ink2)
        painter.setFont(theme.font(13, 700 if here else 600))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
