"""The keys of the board, in the work strip of a wide window: there the inspector shows what is selected."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.gui import theme
from wardbeds.gui.controls import draw_key, key_width, text_width

LEFT, BETWEEN = 16, 28


class HintLine(QWidget):
    """As many hints as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(", ".join(f"{key}: {word}" for key, word in self._hints()))
        self.hide()

    def _hints(self) -> list[tuple[str, str]]:
        return [("↑ ↓ ← →", self.tr("Nearest bed")), ("Space", self.tr("Pick up or put down")),
                ("N", self.tr("Admit")), ("F4", self.tr("Waiting list")), ("Ctrl P", self.tr("Ward sheet")),
                ("?", self.tr("All keys"))]

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x, middle, high = LEFT, self.height() / 2, theme.px(20)
        for key, word in self._hints():
            cap, wide = key_width(key), text_width(word, theme.font(14))
            if x + cap + 10 + wide > self.width():
                return
            draw_key(painter, QRectF(x, middle - high / 2, cap, high), key)
            painter.setPen(theme.theme().ink2)
            painter.setFont(theme.font(14))
            painter.drawText(QRectF(x + cap + 10, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += cap + 10 + wide + BETWEEN
