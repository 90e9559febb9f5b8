"""A field to type into that offers what is usual: what was typed counts, the list only saves typing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.inputs import Field

ARROW = 36
"""Pixels at the right that open the list."""


class _Rows(QStyledItemDelegate):
    """Rows as high as everything that is clicked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.target(40))


class Suggesting(Field):
    """Offers what begins or goes on like what was typed; the arrow, or the key Down, opens all of it."""

    def __init__(self, suggestions: Iterable[str], placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.setTextMargins(12, 0, ARROW, 0)
        self.suggestions = list(dict.fromkeys(one for one in suggestions if one))
        self._completer = QCompleter(QStringListModel(self.suggestions, self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list = QListView()
        self._completer.setPopup(self._list)
        self._list.setFont(theme.font(14))
        self._list.setItemDelegate(_Rows(self._list))
        self.setCompleter(self._completer)

    def show_all(self) -> None:
        """Open the whole list."""
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icons.draw(painter, "chevron-down", self.rect().adjusted(self.width() - 30, (self.height() - 18) // 2, -12,
                                                                 -(self.height() - 18) // 2).toRectF(),
                   theme.theme().ink2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self.show_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.position().x() >= self.width() - ARROW:
            self.show_all()
