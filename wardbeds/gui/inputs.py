"""What is typed into or chosen from: a line, a list, a time, a few lines; each with an edge that is seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit, QPlainTextEdit, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import HEIGHT, text_width
from wardbeds.gui.scroll_bar import use_slim_bars


def draw_edge(painter: QPainter, rect: QRectF, *, focused: bool) -> None:
    """The edge of a field: visible in both schemes."""
    colours = theme.theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = 2 if focused else 1
    painter.setPen(QPen(colours.focus if focused else colours.line3, width))
    inset = width / 2  # between two rows of pixels a thin line would be half as strong
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 8, 8)


class Field(QLineEdit):
    """A line to type in, 40 px high; an error colours its frame."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setFrame(False)
        self.setTextMargins(12, 0, 12, 0)
        self.wrong = False

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as the one at fault."""
        self.wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.target(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colours.error if self.wrong else colours.focus if self.hasFocus() else colours.line3
        width = 2 if self.hasFocus() or self.wrong else 1
        painter.setPen(QPen(edge, width))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)


class ComboBox(QComboBox):
    """A list to choose from, with an edge that is seen; the wheel does not change it by accident."""

    def sizeHint(self) -> QSize:
        words = max((text_width(self.itemText(n), theme.font(14)) for n in range(self.count())), default=60)
        return QSize(12 + words + 40, theme.target(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(320)), theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.raised if self.isEnabled() else colours.sunken)
        painter.drawRoundedRect(rect, 8, 8)
        draw_edge(painter, rect, focused=self.hasFocus())
        painter.setPen(colours.ink if self.isEnabled() else colours.ink_off)
        painter.setFont(theme.font(14))
        painter.drawText(rect.adjusted(13, 0, -36, 0), Qt.AlignmentFlag.AlignVCenter, self.currentText())
        icons.draw(painter, "chevron-down", QRectF(rect.right() - 30, rect.center().y() - 9, 18, 18), colours.ink2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TimeEdit(QDateTimeEdit):
    """Date and time, with an edge that is seen; arrow keys change the part that the cursor is in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setButtonSymbols(QDateTimeEdit.ButtonSymbols.NoButtons)
        line = self.lineEdit()
        line.setTextMargins(36, 0, 10, 0)
        palette = line.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)  # the edge below it is ours
        line.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.theme().raised)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        draw_edge(painter, QRectF(self.rect()), focused=self.hasFocus())
        icons.draw(painter, "clock", QRectF(12, self.height() / 2 - 9, 18, 18), theme.theme().ink2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TextBox(QPlainTextEdit):
    """A box for a few lines; Tab leaves it."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        use_slim_bars(self)
        self.setPlaceholderText(placeholder)
        self.document().setDocumentMargin(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_edge(QPainter(self.viewport()), QRectF(self.viewport().rect()), focused=self.hasFocus())
