"""Painted controls by the design tokens: button, chip, segments. Sizes follow the font, so that nothing is clipped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import icons, theme
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.scroll_bar import use_slim_bars

HEIGHT = 40


def text_width(text: str, font: QFont) -> int:
    """How wide a text is."""
    return QFontMetrics(font).horizontalAdvance(text)


class Painted(QAbstractButton):
    """A button that paints itself; shows its focus, and the reason where it is disabled."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def allow(self, allowed: bool, reason: str = "") -> None:
        """Enable, or disable with the reason as tooltip."""
        self.setEnabled(allowed)
        self.setToolTip("" if allowed else reason)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def draw_focus(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The ring around what has the focus."""
    painter.setPen(QPen(theme.theme().focus, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)


def key_width(key: str) -> int:
    """How wide the cap of a key is."""
    return max(20, text_width(key, theme.font(12, 600)) + 12)


def draw_key(painter: QPainter, rect: QRectF, key: str) -> None:
    """The cap of a key."""
    colours = theme.theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line2, 1))
    painter.setBrush(colours.raised)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(colours.ink2)
    painter.setFont(theme.font(12, 600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class Button(Painted):
    """A button 40 px high with icon, words and the key that does the same; spread, the key stands at the right."""

    def __init__(self, text: str, icon: str = "", key: str = "", *, primary: bool = False, on_action: bool = False,
                 quiet: bool = False, spread: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._inset = 10 if spread else 12
        self._spread = spread
        self.key = key
        self.primary = primary
        self._on_action = on_action
        self._quiet = quiet
        self._compact = False
        if icon and not text:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the icon only, where there is no room for the words; they stay as tooltip and accessible name."""
        if compact != self._compact:
            self._compact = compact
            self.setToolTip(self.text() if compact and self.isEnabled() else self.toolTip())
            self.updateGeometry()
            self.update()

    def _words(self) -> str:
        return "" if self._compact and self._icon else self.text()

    def _inks(self) -> tuple[QColor, QColor, QColor]:
        """Fill, ink and edge in the present state."""
        colours = theme.theme()
        if not self.isEnabled():
            return (colours.action, colours.action_ink2, colours.action_edge) if self._on_action else (
                colours.sunken, colours.ink_off, colours.line2)
        if self.primary:
            return colours.primary, colours.primary_ink, colours.primary
        if self._quiet:
            nothing = QColor(0, 0, 0, 0)
            return (colours.hover if self.underMouse() else nothing), colours.ink2, nothing
        if self._on_action:
            return colours.action, colours.action_ink, colours.action_edge
        return (colours.hover if self.underMouse() else colours.raised), colours.ink, colours.line3

    def sizeHint(self) -> QSize:
        words = self._words()
        width = 2 * self._inset + (text_width(words, theme.font(14, 600)) if words else 0)
        width += (18 + (8 if words else 0)) if self._icon else 0
        width += 8 + self._key_width() if self.key else 0
        return QSize(max(width, theme.px(32 if self._quiet else HEIGHT)), theme.target(HEIGHT))

    def _key_width(self) -> int:
        return key_width(self.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink, edge = self._inks()
        rect = QRectF(self.rect())
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        content = self.sizeHint().width() - 2 * self._inset
        middle = max(12.0, (rect.width() - content) / 2) if self._words() else (rect.width() - 18) / 2
        x = float(self._inset) if self._spread else middle
        if self._icon:
            icons.draw(painter, self._icon, QRectF(x, rect.center().y() - 9, 18, 18), ink)
            x += 26
        painter.setPen(ink)
        words = self._words()
        if words:
            painter.setFont(theme.font(14, 600))
            painter.drawText(QRectF(x, 0, rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += text_width(words, theme.font(14, 600)) + 8
        if self.key:
            left = rect.width() - self._inset - self._key_width() if self._spread else x
            cap = QRectF(left, rect.center().y() - theme.px(10), self._key_width(), theme.px(20))
            painter.setPen(QPen(edge if not self.primary else ink, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(ink)
            painter.setFont(theme.font(12, 600))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
        if self.hasFocus():
            draw_focus(painter, rect, 8)


class Chip(Painted):
    """A state with its count; pressed it filters. 28 px drawn, 40 px to hit."""

    def __init__(self, status: BedStatus, word: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self.status = status
        self.count = 0
        self._compact = False
        self.setCheckable(True)

    def set_compact(self, compact: bool) -> None:
        """Show icon and count only."""
        if compact != self._compact:
            self._compact = compact
            self.setToolTip(self.text() if compact else "")
            self.updateGeometry()
            self.update()

    def _words(self) -> str:
        return "" if self._compact else self.text()

    def set_count(self, count: int) -> None:
        """Show another count."""
        if count != self.count:
            self.count = count
            self.updateGeometry()
            self.update()
        self.setAccessibleName(f"{self.text()} {count}")

    def sizeHint(self) -> QSize:
        width = 8 + 16 + 6 + text_width(self._words(), theme.font(14)) + 6 + text_width(
            str(self.count), theme.font(15, 700)) + 12
        return QSize(width, theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        state = colours.states[self.status.value]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(28)
        pill = QRectF(1, (self.height() - height) / 2, self.width() - 2, height)
        pen = QPen(state.edge, 1 if self.status in (BedStatus.OCCUPIED, BedStatus.CLEANING, BedStatus.MAINTENANCE)
                   else 2)
        if self.status is BedStatus.RESERVED:
            pen.setDashPattern([3, 2])
        if self.isChecked():
            pen = QPen(colours.focus, 2)
        painter.setPen(pen)
        painter.setBrush(state.fill)
        painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), height / 2, height / 2)
        self.paint_words(painter, BADGES[self.status], state.accent)

    def paint_words(self, painter: QPainter, icon: str, accent: QColor) -> None:
        """Icon, word, count, and the ring of the focus."""
        icons.draw(painter, icon, QRectF(9, self.height() / 2 - 8, 16, 16), accent)
        painter.setPen(theme.theme().ink)
        painter.setFont(theme.font(14))
        painter.drawText(QRectF(31, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._words())
        painter.setFont(theme.font(15, 700))
        painter.drawText(QRectF(0, 0, self.width() - 12, self.height()),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self.count))
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 14)


class MineChip(Chip):
    """The filter for the patients somebody is the responsible nurse of."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(BedStatus.OCCUPIED, word, parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(28)
        pill = QRectF(1, (self.height() - height) / 2, self.width() - 2, height)
        painter.setPen(QPen(colours.focus if self.isChecked() else colours.line3, 2 if self.isChecked() else 1))
        painter.setBrush(colours.focus_soft if self.isChecked() else colours.raised)
        painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), height / 2, height / 2)
        self.paint_words(painter, "user", colours.ink2)


class Segment(Painted):
    """One of a few views."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._compact = False
        self.setCheckable(True)

    def set_compact(self, compact: bool) -> None:
        """Show the icon only."""
        if compact != self._compact:
            self._compact = compact
            self.setToolTip(self.text() if compact else "")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        words = 0 if self._compact else 8 + text_width(self.text(), theme.font(14, 600))
        return QSize(12 + 18 + words + 12, theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        ink = colours.ink if self.isChecked() else colours.ink2
        if self.isChecked():
            painter.setPen(QPen(colours.line3, 1))
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(rect.adjusted(0.5, 3.5, -0.5, -3.5), 6, 6)
        left = (rect.width() - self.sizeHint().width()) / 2 + 12
        icons.draw(painter, self._icon, QRectF(left, rect.center().y() - 9, 18, 18),
                   colours.focus if self.isChecked() else ink)
        painter.setPen(ink)
        painter.setFont(theme.font(14, 600))
        if not self._compact:
            painter.drawText(QRectF(left + 26, 0, rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter,
                             self.text())
        if self.hasFocus():
            draw_focus(painter, rect.adjusted(0, 3, 0, -3), 6)


class Segments(QWidget):
    """A row of segments, one of which is chosen."""

    chosen = Signal(int)

    def __init__(self, items: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 0, 3, 0)  # the whole height of the track is the target
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        for n, (text, icon) in enumerate(items):
            segment = Segment(text, icon, self)
            self._group.addButton(segment, n)
            layout.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def choose(self, number: int) -> None:
        """Choose by program."""
        self._group.button(number).setChecked(True)

    def buttons(self) -> list[QAbstractButton]:
        """The segments."""
        return self._group.buttons()

    def set_compact(self, compact: bool) -> None:
        """Show icons only."""
        for segment in self.findChildren(Segment):
            segment.set_compact(compact)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.theme().line2, 1))
        painter.setBrush(theme.theme().sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class Choice(Painted):
    """A radio box in a frame, 40 px high: the whole frame is the target."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10 + 18 + 8 + text_width(self.text(), theme.font(14, 600)) + 12, theme.target(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        longest = max((text_width(word, theme.font(13, 600)) for word in self.text().split()), default=0)
        half = text_width(self.text(), theme.font(13, 600)) * 3 // 5
        return QSize(min(self.sizeHint().width(), 48 + max(longest, half)), theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, on = QRectF(self.rect()), self.isChecked()
        painter.setPen(QPen(colours.focus if on else colours.line3, 2 if on else 1))
        painter.setBrush(colours.focus_soft if on else colours.raised)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        dot = QRectF(11, rect.center().y() - 8, 16, 16)
        painter.setPen(QPen(colours.focus if on else colours.line3, 5 if on else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot.adjusted(2.5, 2.5, -2.5, -2.5) if on else dot.adjusted(1, 1, -1, -1))
        painter.setPen(colours.ink if self.isEnabled() else colours.ink_off)
        room = QRectF(36, 0, rect.width() - 40, rect.height())
        size = 14 if text_width(self.text(), theme.font(14, 600)) <= room.width() else 13
        painter.setFont(theme.font(size, 600 if on else 400))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        if self.hasFocus():
            draw_focus(painter, rect, 8)


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


class Check(Painted):
    """A box to tick, with its words; 40 px to hit."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(30 + text_width(self.text(), theme.font(14)) + 8, theme.target(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, self.height() / 2 - 10, 20, 20)
        painter.setPen(QPen(colours.focus if self.isChecked() else colours.line3, 2))
        painter.setBrush(colours.focus if self.isChecked() else colours.raised)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if self.isChecked():
            icons.draw(painter, "check", box.adjusted(3, 3, -3, -3), colours.raised)
        painter.setPen(colours.ink if self.isEnabled() else colours.ink_off)
        painter.setFont(theme.font(14))
        painter.drawText(QRectF(30, 0, self.width() - 30, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 6)


def draw_edge(painter: QPainter, rect: QRectF, *, focused: bool) -> None:
    """The edge of a field: visible in both schemes."""
    colours = theme.theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = 2 if focused else 1
    painter.setPen(QPen(colours.focus if focused else colours.line3, width))
    inset = width / 2  # between two rows of pixels a thin line would be half as strong
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 8, 8)


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
