"""The ground of a dialog, which keeps the Tab key inside."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QScrollArea,
    QWidget,
)

from wardbeds.gui import theme
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.ticks import Choice


class Panel(QWidget):
    """The dialog's ground; keeps the Tab key inside."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.theme().line2, 1))
        painter.setBrush(theme.theme().raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)

    def focusNextPrevChild(self, forward: bool) -> bool:
        widgets = [one for one in self.findChildren(QWidget)
                   if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
                   and not isinstance(one, Choices | QScrollArea) and one.focusProxy() is None
                   and (not isinstance(one, Choice) or one.isChecked() or not _any_chosen(one))]
        current = self.window().focusWidget()
        if not widgets:
            return False
        order = _tab_order(widgets)
        at = order.index(current) if current in order else -1
        step = 1 if forward else -1
        following = order[(at + step) % len(order)]
        following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        for area in self.findChildren(QScrollArea):
            if area.isAncestorOf(following):
                area.ensureWidgetVisible(following)
        return True


def _any_chosen(choice: Choice) -> bool:
    """Whether one of its group is chosen: then Tab stops at that one only, arrows go on from there."""
    group = choice.group()
    return group is not None and group.checkedButton() is not None


def _tab_order(widgets: list[QWidget]) -> list[QWidget]:
    """Reading order on the screen: downwards, then to the right."""
    return sorted(widgets, key=lambda one: (one.mapToGlobal(one.rect().topLeft()).y() // 24,
                                            one.mapToGlobal(one.rect().topLeft()).x()))
