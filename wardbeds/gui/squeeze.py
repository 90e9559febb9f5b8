"""A bar that gives up its least important parts, one after the other, where the window is narrow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

Step = Callable[[bool], None]


class SqueezedBar(QWidget):
    """A row of widgets with steps that save room; ``step(True)`` saves it, ``step(False)`` takes it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._steps: list[Step] = []
        self._nothing_left = False

    def set_steps(self, steps: list[Step]) -> None:
        """What is given up, the least important first."""
        self._steps = steps

    def squeeze(self) -> None:
        """Give up as little as the width allows."""
        for step in self._steps:
            step(False)
        self._nothing_left = False
        for step in self._steps:
            self._forget_sizes()
            if self._row.minimumSize().width() <= self.width():
                break
            step(True)
        else:
            self._nothing_left = True
        self._forget_sizes()

    def _forget_sizes(self) -> None:
        """A row forgets its own sizes only, not those of the rows in it."""
        for row in (*self._row.findChildren(QHBoxLayout), self._row):
            row.invalidate()

    def event(self, event: QEvent) -> bool:
        """Whatever in the bar has grown, by words or by a part shown again: there must still be room for all.

        Qt measures all rows anew here. Telling them to forget their sizes would only ask for the next layout, for ever.
        """
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and not self._nothing_left \
                and self._row.minimumSize().width() > self.width():
            self.squeeze()
        return done

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._row.minimumSize().height())

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._row.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self.squeeze()
