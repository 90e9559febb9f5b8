"""Lines of words in dialogs: coloured, on a soft ground, or below a field that is wrong."""

from __future__ import annotations

import types

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QLabel,
    QWidget,
)

from wardbeds.gui import icons, theme


class InfoLine(QLabel):
    """Words on a soft ground; ``kind`` is info, warning or error."""

    _ICONS = types.MappingProxyType({"info": "info", "warning": "triangle-alert", "error": "triangle-alert"})

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self._kind = kind
        self.setWordWrap(True)
        self.setFont(theme.font(14, 600 if kind == "error" else 400))
        self.setContentsMargins(44, 10, 12, 10)
        if kind == "error":
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.WindowText, theme.theme().error)
            self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = {"warning": colours.warning_frame, "error": colours.error}.get(self._kind)
        painter.setPen(QPen(frame, 1) if frame is not None else Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, f"{self._kind}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icons.draw(painter, self._ICONS[self._kind], QRectF(14, self.height() / 2 - 9, 18, 18),
                   getattr(colours, self._kind))
        painter.end()
        super().paintEvent(event)

    def set_kind(self, kind: str) -> None:
        """Say it as information or as a warning."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())


def info_line(text: str, kind: str = "info") -> InfoLine:
    """A line of information, a warning or an error on a soft ground."""
    return InfoLine(text, kind)


class Line(QWidget):
    """A hairline across the dialog."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.theme().line1)


class FieldError(QLabel):
    """What is wrong with a field, below it, with an icon: red is never alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setFont(theme.font(13, 600))
        self.setContentsMargins(22, 0, 0, 0)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.theme().error)
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, "triangle-alert", QRectF(1, theme.px(9) - 7.5, 15, 15), theme.theme().error)
        painter.end()
        super().paintEvent(event)
