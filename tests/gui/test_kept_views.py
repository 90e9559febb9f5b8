"""Map, Grid or List and the zoom of each ward are there again after a restart, for the same person only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.hospital import PASSWORD, Hospital
from wardbeds.gui.kept_views import KeptViews
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.session import Session
from wardbeds.gui.tasks import Tasks


@contextmanager
def window(hospital: Hospital, qtbot: QtBot, file: Path, user: str = "nurse") -> Iterator[BoardPage]:
    """A start of the program, somebody signed in."""
    tasks = Tasks()
    session = Session(hospital.store, "station-1", tasks)
    page = BoardPage(session)
    page.resize(1366, 700)
    KeptViews(page, file, hospital.store.url)
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(session.ward_opened):
        session.sign_in(user, PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    yield page
    qtbot.waitUntil(lambda: tasks.pending == 0)
    session.sign_out()
    session.stop()
    tasks.stop()
    page.close()
    page.deleteLater()


def test_view_and_zoom_are_there_again_after_a_restart(small_hospital: Hospital, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "look.ini"
    with window(small_hospital, qtbot, file) as page:
        page.map.zoom_step(1)
        page.map.zoom_step(1)
        page.grid.zoom_step(-1)
        chosen = page.map.zoom, page.grid.zoom
        page.choose_view(1)
        other = next(one.ward.id for one in page.session.wards if one.ward.id != page.session.ward_id)
        with qtbot.waitSignal(page.session.ward_opened):
            page.session.open_ward(other)
        assert page.grid.zoom != chosen[1]
    with window(small_hospital, qtbot, file) as page:
        assert (page.map.zoom, page.grid.zoom) == chosen
        assert page.views.currentWidget() is page.grid
    with window(small_hospital, qtbot, file, user="admin") as page:
        assert page.views.currentWidget() is page.map
        assert page.map.zoom != chosen[0]
    assert "nurse" not in file.read_text(encoding="utf-8").casefold()


def test_a_file_written_by_hand_stops_nothing(small_hospital: Hospital, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "look.ini"
    with window(small_hospital, qtbot, file) as page:
        page.map.zoom_step(1)
        page.choose_view(2)
        qtbot.waitUntil(lambda: file.exists() and "view=2" in file.read_text(encoding="utf-8"))
    text = file.read_text(encoding="utf-8")
    lines = [line.split("=")[0] + "=nonsense" if "=" in line else line for line in text.splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    with window(small_hospital, qtbot, file) as page:
        assert page.views.currentWidget() is page.map
        assert page.map.zoom == page.map.starting_zoom()
