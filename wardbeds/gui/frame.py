"""The window's frame: painted at once, long before the data libraries are loaded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QBrush, QCloseEvent, QColor, QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from wardbeds.gui import theme
from wardbeds.gui.demo_edge import DemoEdge

MARK = " – DEMO"


class Skeleton(QWidget):
    """The outline of the board, shown while the program loads."""

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        _fill(painter, colours.canvas, QRectF(self.rect()))
        _fill(painter, colours.chrome, QRectF(0, 0, self.width(), 92),
              QRectF(0, self.height() - 88, self.width(), 88))
        _fill(painter, colours.rail, QRectF(0, 92, 228, self.height() - 180))
        beds = QPainterPath()
        for row in range(max(1, (self.height() - 200) // 106)):
            for column in range(max(1, (self.width() - 250) // 166)):
                beds.addRoundedRect(QRectF(240 + column * 166, 104 + row * 106, 160, 88), 6, 6)
        painter.fillPath(beds, _brush(colours.floor))
        if self._first:
            self._first = False
            self.painted.emit()


def _fill(painter: QPainter, colour: QColor, *places: QRectF) -> None:
    path = QPainterPath()
    for place in places:
        path.addRect(place)
    painter.fillPath(path, _brush(colour))


def _brush(colour: QColor) -> QBrush:
    """A brush by way of a palette.

    One made of a colour, like ``fillRect`` and pens, has all enums of ``Qt`` made first: 14 ms before the first frame
    (measured).
    """
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, colour)
    return palette.window()


class Frame(QMainWindow):
    """Holds one page at a time: skeleton, sign-in, board."""

    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        """Asked when somebody closes the window; who says no has told why."""
        self._edge: DemoEdge | None = None
        self.setWindowTitle(title)
        self.pages = QStackedWidget(self)
        self.skeleton = Skeleton(self)
        self.pages.addWidget(self.skeleton)
        self.setCentralWidget(self.pages)
        self.setMinimumSize(1024, 620)
        self.resize(1366, 700)

    def mark_demo(self, demo: bool) -> None:
        """Say around the window and in its title that the people in it are invented, or no longer."""
        if demo and self._edge is None:
            self._edge = DemoEdge(self)
        elif not demo and self._edge is not None:
            self._edge.hide()
            self._edge.deleteLater()
            self._edge = None
        self.setWindowTitle(self.windowTitle().removesuffix(MARK))

    def show_page(self, page: QWidget) -> None:
        """Show a page, added at its first showing."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def setWindowTitle(self, title: str) -> None:
        super().setWindowTitle(title + MARK if self._edge is not None else title)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)
