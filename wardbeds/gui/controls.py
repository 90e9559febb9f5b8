"""Controls painted by the design tokens: what all share, and the button. Sizes follow the font: nothing is clipped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from wardbeds.gui import icons, theme

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

    def setText(self, text: str) -> None:
        """Show another text; a screen reader reads it, too, unless the button was given a name of its own."""
        if self.accessibleName() == self.text():
            self.setAccessibleName(text)
        super().setText(text)

    def allow(self, allowed: bool, reason: str = "") -> None:
        """Enable, or disable with the reason as tooltip."""
        self.setEnabled(allowed)
        self.setToolTip("" if allowed else reason)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Compactable(Painted):
    """One that can leave its words away where it is narrow; they are its tooltip then."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.compact = False
        self.setCheckable(True)

    def set_compact(self, compact: bool) -> None:
        """Leave the words away, or show them."""
        if compact != self.compact:
            self.compact = compact
            self.setToolTip(self.text() if compact else "")
            self.updateGeometry()
            self.update()


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
