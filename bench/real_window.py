"""The program's own window on the demo, signed in, with a ward of as many beds as are asked for; and a bare one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tests.support.boards import make_board
from wardbeds.app import Application
from wardbeds.domain.beds import WardBoard
from wardbeds.gui.main_window import BoardPage

SIZE = 1366, 700
BEDS_IN_A_ROOM = 6
PATIENCE = 120.0
"""Seconds."""


def until(there: Callable[[], object]) -> None:
    """Let the event loop run until something is there."""
    end = monotonic() + PATIENCE
    while not there():
        if monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()


def ward_of(beds: int) -> WardBoard:
    """A ward of so many beds, most of them occupied, and three who wait."""
    return make_board(beds // BEDS_IN_A_ROOM, BEDS_IN_A_ROOM, 3)


@contextmanager
def signed_in(beds: int) -> Iterator[BoardPage]:
    """The real window on the demo; the ward's values are made here."""
    with window_of(None, "mukamana", "demo-nurse") as page:
        board = ward_of(beds)
        page.session.model.set_board(board)
        page.session.ward_opened.emit(board)
        show_whole(page)
        yield page


def show_whole(page: BoardPage) -> None:
    """As many cards in sight as there can be."""
    page.map.fit()
    QApplication.processEvents()


@contextmanager
def window_of(url: str | None, username: str, password: str) -> Iterator[BoardPage]:
    """The real window with everything that runs beside it: feed, clock, keeping; on a database, or on the demo."""
    before = os.environ.get("WARDBEDS_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["WARDBEDS_HOME"] = home
        program = Application(url, demo=url is None, station="bench")
        try:
            program.show()
            until(lambda: program.session is not None)
            session, page = program.session, program.board
            assert session is not None and page is not None
            session.sign_in(username, password, lambda refusal: print(refusal))
            until(lambda: session.model.board is not None)
            program.frame.showNormal()  # the screen of a machine without one is smaller
            program.frame.setGeometry(0, 0, *SIZE)
            yield page
        finally:
            program.stop()
            program.frame.hide()
            program.frame.deleteLater()
            QApplication.processEvents()
            if before is None:
                del os.environ["WARDBEDS_HOME"]
            else:
                os.environ["WARDBEDS_HOME"] = before


class _Bare(QWidget):
    """Paints one colour and one line at every move of the mouse: what any window must do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._at = ""
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._at = str(event.position())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.drawText(20, 20, self._at)


def bare_window() -> QMainWindow:
    """A window as large, with nothing in it but a widget that repaints itself whole."""
    window = QMainWindow()
    window.setCentralWidget(_Bare(window))
    window.setGeometry(0, 0, *SIZE)
    window.show()
    QApplication.processEvents()
    return window
