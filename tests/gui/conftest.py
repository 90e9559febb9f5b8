"""The window's parts, off-screen, on board values or on a real SQLite database."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.boards import make_board
from tests.support.hands import Hands
from tests.support.hospital import PASSWORD, Hospital
from tests.support.stations import Colleague
from wardbeds import app
from wardbeds.domain.people import Role
from wardbeds.gui import theme
from wardbeds.gui.board.drag import DragPilot
from wardbeds.gui.board.floor_plan import FloorPlanView
from wardbeds.gui.board.grid_view import GridView
from wardbeds.gui.board.list_view import ListView
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.placing import PlacingEngine
from wardbeds.gui.board.rail import WaitingRail
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks
from wardbeds.store.database import Store

TESTS = Path(__file__).parents[1]
APP = Path(app.__file__)
WINDOW = APP.parent / "gui"
PICTURES = (WINDOW / "screenshots.py", *(WINDOW / "scenes").glob("*.py"))
"""They make the house whose pictures they draw, and act as its other stations."""


@pytest.fixture(autouse=True)
def _collect_in_this_thread() -> Iterator[None]:
    """A collection in another thread would destroy widgets there, which Qt does not survive; so the program, too."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def _no_query_in_the_windows_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The window never asks the database itself; tests may."""
    asked: list[str] = []
    for name in ("reading", "writing"):
        monkeypatch.setattr(Store, name, _spied(getattr(Store, name), asked))
    yield
    assert not asked, f"the window's own thread asked the database: {asked}"


def _spied(real: Callable[..., Any], asked: list[str]) -> Callable[..., Any]:
    def spied(*args: Any, **options: Any) -> Any:
        if threading.current_thread() is threading.main_thread():
            asked.extend(_asking_window(sys._getframe(1)))
        return real(*args, **options)

    return spied


def _asking_window(frame: FrameType | None) -> list[str]:
    """Which place in the window asks, unless a test or the pictures' maker stands between."""
    while frame is not None:
        place = Path(frame.f_code.co_filename)
        if place.is_relative_to(TESTS) or place in PICTURES:
            return []
        if place.is_relative_to(WINDOW) or place == APP:
            return [f"{place.name}:{frame.f_lineno} {frame.f_code.co_name}"]
        frame = frame.f_back
    return []


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    QCursor.setPos(0, 0)  # where another test left it, a move to the same place would be none
    theme.set_text_scale(qapp, 100)
    theme.set_scheme(qapp, "light")
    yield
    theme.set_text_scale(qapp, 100)
    theme.set_scheme(qapp, "light")


@pytest.fixture
def calm(qapp: QApplication) -> Iterator[None]:
    """No click counts as the second half of a double click, however fast a test clicks."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(before)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, empty."""
    monkeypatch.setenv("WARDBEDS_HOME", str(tmp_path))
    return tmp_path


@dataclass
class Board:
    """The board's views around one model, without a session."""

    window: QWidget
    model: BoardModel
    selection: Selection
    engine: PlacingEngine
    pilot: DragPilot
    map: FloorPlanView
    grid: GridView
    list: ListView
    rail: WaitingRail


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    """Map, grid, list and rail of 24 beds."""
    window = QWidget()
    window.resize(1366, 700)
    model = BoardModel(window)
    selection, engine = Selection(window), PlacingEngine(model, window)
    engine.role = Role.MEDICAL_STAFF
    pilot = DragPilot(window, engine, model)
    made = Board(window, model, selection, engine, pilot,
                 FloorPlanView(model, selection, engine, pilot, window),
                 GridView(model, selection, engine, pilot, window),
                 ListView(model, selection, engine, pilot, window),
                 WaitingRail(model, selection, engine, pilot, window))
    made.rail.setGeometry(0, 0, 228, 700)
    for view in (made.map, made.grid, made.list):
        view.setGeometry(228, 0, 1138, 700)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made.grid.hide()
    made.list.hide()
    model.set_board(make_board())
    return made


@dataclass
class Desk:
    """A nurse at the board of a real database."""

    hospital: Hospital
    session: Session
    page: BoardPage
    tasks: Tasks

    @property
    def store(self) -> Store:
        """The database."""
        return self.hospital.store


@pytest.fixture
def desk(qtbot: QtBot, small_hospital: Hospital) -> Iterator[Desk]:
    """The board page, signed in as the nurse, the ward North open."""
    tasks = Tasks()
    session = Session(small_hospital.store, "station-1", tasks)
    page = BoardPage(session)
    page.resize(1366, 700)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(session.ward_opened):
        session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    yield Desk(small_hospital, session, page, tasks)
    session.sign_out()
    session.stop()
    tasks.stop()


@pytest.fixture
def colleague(desk: Desk) -> Colleague:
    """Another station on the desk's database."""
    return Colleague(desk.hospital)


@pytest.fixture
def hold_up(desk: Desk) -> Iterator[Callable[[], Callable[[], None]]]:
    """Call it, and nothing is answered until what it returns is called."""
    gates: list[threading.Event] = []

    def hold() -> Callable[[], None]:
        gate = threading.Event()
        gates.append(gate)
        desk.session.run(lambda _store: gate.wait(20), lambda _done: None)
        return gate.set

    yield hold
    for gate in gates:
        gate.set()


@pytest.fixture
def seat(desk: Desk, qtbot: QtBot) -> Any:
    """Somebody at that desk, with hands."""
    from tests.support.seat import Seat  # which needs this module

    desk.page.window().activateWindow()
    return Seat(desk, Hands(desk.page), qtbot)


def see(desk: Desk, qtbot: QtBot) -> None:
    """Wait until the window has learned what others did."""
    revision = desk.hospital.board().revision
    qtbot.waitUntil(lambda: desk.session.model.board is not None and desk.session.model.board.revision >= revision)
