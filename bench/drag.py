"""Frames while a patient is dragged over the real window, beside a bare widget that repaints itself whole; the largest
gap of a 5 ms timer meanwhile; one bed's repaint."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field

from PySide6.QtCore import QEventLoop, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.real_window import SIZE, bare_window, signed_in
from bench.report import Result, p95, timed
from tests.support.boards import make_board
from wardbeds.gui.board.card import Marks, make_face, paint
from wardbeds.gui.main_window import BoardPage

STEPS, WARM = 240, 20
MOVE_EVERY, BEAT = 16, 5
"""Milliseconds: as often as a mouse moves on a screen of 60 Hz, and of the timer that must not be held up."""


@dataclass
class Ride:
    """Milliseconds: of each move until everything it changed was painted, by the clock and of the processor; between
    the beats of the timer."""

    frames: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)


def ride(window: QWindow, steps: int = STEPS) -> Ride:
    """Move the mouse over a window, a step in every frame, the event loop running."""
    found, loop = Ride(), QEventLoop()
    way = iter([QPoint(260 + (n * 37) % (SIZE[0] - 300), 120 + (n * 23) % (SIZE[1] - 220)) for n in range(steps)])
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        found.gaps.append((now - last) * 1000)
        last = now

    def move() -> None:
        at = next(way, None)
        if at is None:
            loop.quit()
            return
        start, worked = time.perf_counter(), time.thread_time()
        QTest.mouseMove(window, at)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        found.frames.append((time.perf_counter() - start) * 1000)
        found.worked.append((time.thread_time() - worked) * 1000)

    moves, beats = QTimer(interval=MOVE_EVERY), QTimer(interval=BEAT)
    for timer, act in ((moves, move), (beats, beat)):
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(act)
        timer.start()
    loop.exec()
    for timer in (moves, beats):
        timer.stop()
    warm = min(WARM, steps // 2)
    found.frames, found.worked, found.gaps = found.frames[warm:], found.worked[warm:], found.gaps[4:]
    return found


def drag_over(page: BoardPage, steps: int = STEPS) -> Ride:
    """Take the first who waits from the rail and carry her over the board; Esc at the end."""
    window = page.window().windowHandle()
    card = page.rail.cards[0]

    def at(point: QPoint) -> QPoint:
        return page.window().mapFromGlobal(card.mapToGlobal(point))

    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(QPoint(30, 20)))
    QTest.mouseMove(window, at(QPoint(70, 40)))
    assert page.pilot.active
    found = ride(window, steps)
    assert page.pilot.active
    page.pilot.abort()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(QPoint(70, 40)))
    return found


def _floor(window: QWidget) -> Ride:
    handle = window.windowHandle()
    assert handle is not None
    return ride(handle)


def _over(beds: int) -> list[Result]:
    """In turns: the bare window, the real one, the bare one again."""
    bare = bare_window()
    before = _floor(bare)
    bare.hide()
    with signed_in(beds) as page:
        ours = drag_over(page)
    bare.show()
    after = _floor(bare)
    bare.deleteLater()
    value, floor = p95(ours.frames), p95(before.frames + after.frames)
    return [Result(f"frame while dragging, {beds} cards, p95", value, "ms", "under 16 ms", value < 16, floor),
            Result("  of the processor, p95: what a busy machine leaves", p95(ours.worked), "ms", "(told)", True,
                   p95(before.worked + after.worked)),
            Result("  the window's thread held up at most", max(ours.gaps), "ms", "under 100 ms", max(ours.gaps) < 100,
                   max(before.gaps + after.gaps))]


def _repaint() -> Result:
    """One card, beside a rectangle with three lines of text as anybody would draw it."""
    image = QImage(180, 100, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    face = make_face(make_board().beds[0], (), 160, 88)

    def plain() -> None:
        painter.fillRect(QRectF(0, 0, 160, 88), Qt.GlobalColor.white)
        for line in face.lines[:3]:
            painter.drawText(QPoint(16, int(line.baseline)), line.text)

    for job in (plain, lambda: paint(painter, face, Marks())):
        timed(job, 50)
    floor = timed(plain, 2000)
    value = statistics.median(timed(lambda: paint(painter, face, Marks()), 2000))
    painter.end()
    return Result("one bed repainted", value, "ms", "under 0.1 ms", value < 0.1, statistics.median(floor))


def run() -> list[Result]:
    """60 and 600 cards, and one."""
    return [*_over(60), *_over(600), _repaint()]
