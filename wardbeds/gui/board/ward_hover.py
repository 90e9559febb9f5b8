"""Another ward while a patient is in the hand: hold her over the ward selector, then over a ward (UX b.6)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget

from wardbeds.gui import theme
from wardbeds.gui.board.drag import DragPilot
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session

HOLD = 600
"""Milliseconds: long enough not to happen on the way past."""


class WardHover(QObject):
    """Watches the drag; opens the list of wards, then the ward."""

    def __init__(self, page: QWidget, selector: QWidget, session: Session, pilot: DragPilot) -> None:
        super().__init__(page)
        self._page = page
        self._selector = selector
        self._session = session
        self.list = RowList(page)
        self.list.hide()
        self._over = -1
        self._timer = QTimer(self, singleShot=True, interval=HOLD)
        self._timer.timeout.connect(self._held)
        pilot.moved.connect(self._moved)
        pilot.ended.connect(self._ended)

    def _place_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())

    def _moved(self, at: QPoint) -> None:
        """What the pointer is over: -1 nothing, 0 the selector, else the row, from 1."""
        over = -1
        if self.list.isVisible() and self._place_of(self.list).contains(at):
            row = self.list.indexAt(self.list.viewport().mapFromGlobal(at)).row()
            over = row + 1 if row >= 0 else -2
            if row >= 0:
                self.list.choose(row)
        elif self._place_of(self._selector).contains(at):
            over = 0
        elif self.list.isVisible():
            self.list.hide()
        if over != self._over:
            self._over = over
            if over >= 0 and not (over == 0 and self.list.isVisible()):
                self._timer.start()
            else:
                self._timer.stop()

    def _held(self) -> None:
        if self._over == 0:
            self._show()
        elif self._over > 0:
            summary = self._session.wards[self._over - 1]
            self.list.hide()
            self._over = -1
            self._session.open_ward(summary.ward.id)

    def _show(self) -> None:
        self.list.clear()
        for one in self._session.wards:
            self.list.add(one.ward.name, self.tr("{free} free of {beds}").format(
                free=one.counts.available, beds=one.counts.beds), icon="map")
        corner = self._page.mapFromGlobal(self._place_of(self._selector).bottomLeft())
        self.list.setGeometry(corner.x(), corner.y() + 4, max(self._selector.width(), theme.px(320)), 100)
        self.list.show()
        self.list.resize(self.list.width(), min(self.list.full_height(), self._page.height() - corner.y() - 20))
        self.list.raise_()

    def _ended(self) -> None:
        self._timer.stop()
        self._over = -1
        self.list.hide()
