"""A real window that is watched: ``python -m tests.torture.window --url URL --station NAME``.

It signs in, tells what happens to it as JSON lines with the time by the machine's monotonic clock, and obeys lines:
``board`` (what it shows), ``gap`` (the longest time its loop was stuck
since the last asking, and the most it worked at a stretch), ``move PATIENT BED``, ``end``. A timer of 5 ms shows when the loop is stuck.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import threading
import time
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from tests.torture.hall import ANYWAY, PASSWORD
from wardbeds.domain.beds import WardBoard
from wardbeds.domain.errors import Refusal
from wardbeds.domain.requests import PlacePatient, SeenBed, SeenPlace
from wardbeds.gui import theme
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.memory import settle_memory
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks
from wardbeds.services.placing import place_patient
from wardbeds.store.database import Store

TICK = 5


def digest(board: WardBoard) -> str:
    """The whole content of a board, short."""
    return hashlib.sha256(repr((board.ward, board.rooms, board.beds, board.waiting)).encode()).hexdigest()


class Watched(QObject):
    """The board page of one station, and the voice of this process."""

    obeyed = Signal(str)

    def __init__(self, url: str, station: str) -> None:
        super().__init__()
        self.tasks = Tasks()
        self.session = Session(Store.open(url), station, self.tasks)
        self.page = BoardPage(self.session)
        self.page.resize(1366, 768)
        self.page.show()
        self._last, self._gap = time.monotonic(), 0.0
        self._last_work, self._work = time.thread_time(), 0.0
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tell()
        self.obeyed.connect(self._obey)
        self.session.ward_opened.connect(lambda _board: settle_memory())  # as the program does
        self.session.sign_in("anna", PASSWORD, lambda refusal: self._say("refused", code=str(refusal)))

    def _tell(self) -> None:
        session = self.session
        session.ward_opened.connect(lambda board: self._say("opened", revision=board.revision))
        session.connection_lost.connect(lambda _sentence: self._say("lost", banner=self.page.bars.offline.isVisible()))
        session.connection_restored.connect(lambda: self._say("restored", banner=self.page.bars.offline.isVisible()))
        session.caught_up.connect(lambda others: self._say("caught_up", changes=len(others)))
        session.action_done.connect(lambda done: self._say("told", operation=str(done.operation_id), answer="done"))
        session.action_refused.connect(self._on_refused)
        session.failed.connect(lambda sentence: self._say("failed", sentence=sentence))

    def _on_refused(self, request: Any, refusal: Refusal) -> None:
        self._say("told", operation=str(request.operation_id), answer=str(refusal.code))

    def _say(self, what: str, **more: object) -> None:
        print(json.dumps({"at": time.monotonic(), "what": what, **more}), flush=True)

    def _tick(self) -> None:
        now = time.monotonic()
        self._gap = max(self._gap, now - self._last)
        self._last = now
        worked = time.thread_time()
        self._work = max(self._work, worked - self._last_work)
        self._last_work = worked

    def _obey(self, line: str) -> None:
        word, *rest = line.split()
        if word == "board":
            board = self.session.model.board
            assert board is not None
            self._say("board", revision=board.revision, digest=digest(board), online=self.session.online)
        elif word == "gap":
            self._say("gap", milliseconds=round(self._gap * 1000, 1), worked=round(self._work * 1000, 1))
            self._gap = self._work = 0.0
        elif word == "move":
            self._move(int(rest[0]), int(rest[1]))
        else:
            self.session.stop()
            self.tasks.stop()
            QApplication.quit()

    def _move(self, patient_id: int, bed_id: int) -> None:
        board = self.session.model.board
        assert board is not None
        lies = next(bed for bed in board.beds if bed.patient_id == patient_id)
        target = next(bed for bed in board.beds if bed.id == bed_id)
        request = PlacePatient(patient_id=patient_id, bed=SeenBed.of(target), seen=SeenPlace(bed_id=lies.id),
                               override=ANYWAY)
        self._say("asked", operation=str(request.operation_id))
        self.session.perform(place_patient, request)


def main() -> None:
    """Show the window until the input ends."""
    parser = argparse.ArgumentParser("tests.torture.window")
    parser.add_argument("--url", required=True)
    parser.add_argument("--station", default="watched")
    options = parser.parse_args()
    app = QApplication([])
    theme.set_text_scale(app, 100)
    theme.set_scheme(app, "light")
    watched = Watched(options.url, options.station)

    def read() -> None:
        for line in sys.stdin:
            watched.obeyed.emit(line)
        watched.obeyed.emit("end")

    threading.Thread(target=read, daemon=True).start()
    app.exec()


if __name__ == "__main__":
    main()
