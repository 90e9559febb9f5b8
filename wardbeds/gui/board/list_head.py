"""The line above the List: how much of the ward is shown in full, by which filter, in which order, and the keys of a
table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wardbeds.gui import theme
from wardbeds.gui.controls import draw_key, key_width, text_width


class ListHead(QWidget):
    """Says what the filter leaves, always: a table that silently lacks rows would be a trap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown, self._about, self._order = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, shown: int, total: int, filtered: str, order: str) -> None:
        """Show how many beds of how many are in full strength; ``filtered`` names the filter, if there is one,
        ``order`` says by what the rows are sorted. Another filter or order is read aloud; another count alone is not.
        """
        before = self._about, self._order
        self._shown = self.tr("Showing {n} of {all} beds").format(n=shown, all=total)
        self._about = self.tr("Filter: {filter}").format(filter=filtered) if filtered else \
            self.tr("No filter. Press a state above to filter.")
        self._order = order
        self.setAccessibleName(self.text())
        self.update()
        if self.isVisible() and (self._about, self._order) != before:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))

    def text(self) -> str:
        """The line in words."""
        return f"{self._shown}. {self._about.removesuffix('.')}. {self._order}."

    def _keys(self) -> list[tuple[str, str]]:
        return [("F2", self.tr("Edit notes")), ("Shift+F10", self.tr("All actions")), ("Ctrl+Arrow", self.tr("Sort"))]

    def sizeHint(self) -> QSize:
        return QSize(320, theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.chrome)
        painter.setPen(colours.ink)
        painter.setFont(theme.font(14, 600))
        painter.drawText(QRectF(20, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._shown)
        left = 20 + text_width(self._shown, theme.font(14, 600)) + 16
        end = left
        painter.setPen(colours.ink2)
        painter.setFont(theme.font(14))
        for part in (self._order, self._about):
            width = text_width(part, theme.font(14))
            if end + width > self.width():
                break
            painter.drawText(QRectF(end, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, part)
            end += width + 24
        x = self.width() - 16
        for key, word in reversed(self._keys()):
            x -= text_width(word, theme.font(13)) + 8 + key_width(key) + 16
            if x < end:
                break
            draw_key(painter, QRectF(x, self.height() / 2 - 10, key_width(key), 20), key)
            painter.setPen(colours.ink2)
            painter.setFont(theme.font(13))
            painter.drawText(QRectF(x + key_width(key) + 8, 0, self.width(), self.height()),
                             Qt.AlignmentFlag.AlignVCenter, word)
