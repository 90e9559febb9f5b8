"""Closing the window and going over to another database: the window waits for no thread, whatever the network does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.hospital import PASSWORD, make_hospital
from wardbeds.app import Application
from wardbeds.domain.errors import InDoubt
from wardbeds.domain.requests import BlockBed, SeenBed
from wardbeds.gui.keeping import Keeping
from wardbeds.settings import StationChoice
from wardbeds.store.database import Store
from wardbeds.store.embedded import ensure


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that the window's thread waited for."""
    waited: list[str] = []
    join = threading.Thread.join

    def noted(thread: threading.Thread, timeout: float | None = None) -> None:
        if threading.current_thread() is threading.main_thread():
            waited.append(thread.name)
        join(thread, timeout)

    monkeypatch.setattr(threading.Thread, "join", noted)
    return waited


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """The program with a nurse at work."""
    url = ensure(tmp_path / "ward.db")
    store = Store.open(url)
    make_hospital(store)
    store.close()
    application = Application(url, demo=False, station="ward-a")
    qtbot.addWidget(application.frame)
    with qtbot.waitSignal(application.ready, timeout=20_000):
        application.show()
    assert application.session is not None
    with qtbot.waitSignal(application.session.ward_opened):
        application.session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    yield application
    application.stop()


def test_the_window_closes_at_once_and_its_threads_end_afterwards(opened: Application, waits: list[str]) -> None:
    assert opened.session is not None
    feed, data = opened.session.link._follower._thread, opened.session._tasks._thread
    assert feed.is_alive()
    opened.frame.close()
    assert waits == []
    opened.stop()
    assert sorted(waits) == ["data", "feed"]
    assert not feed.is_alive()
    assert not data.is_alive()


def test_what_is_being_saved_is_finished_after_the_window_has_gone(opened: Application) -> None:
    release, saved = threading.Event(), threading.Event()
    assert opened.session is not None

    def save(_store: Store) -> None:
        release.wait(20)
        saved.set()

    opened.session.run(save, lambda _none: pytest.fail("nobody is there to hear it"))
    opened.frame.close()
    assert not saved.is_set()
    release.set()
    opened.stop()
    assert saved.is_set()


def test_a_doubt_is_not_closed_away_in_silence(opened: Application, qtbot: QtBot) -> None:
    """The second try closes: whoever must leave, leaves, and knows."""
    def unsure(*_: object) -> object:
        raise InDoubt("nobody knows")

    session, board = opened.session, opened.board
    assert session is not None and board is not None
    bed = session.model.beds[0]
    with qtbot.waitSignal(session.checking_changed):
        session.perform(unsure, BlockBed(bed=SeenBed.of(bed), reason="works"))  # type: ignore[arg-type]
    opened.frame.close()
    assert opened.frame.isVisible()
    assert "Close the window once more" in board.notice.text()
    session.checking_changed.emit(False)  # it was found out, and another change is in doubt: that is said anew
    opened.frame.close()
    assert opened.frame.isVisible()
    opened.frame.close()
    assert not opened.frame.isVisible()


def test_a_doubt_is_told_where_one_looks(opened: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made the change has signed out: the board that would tell of it is not on the screen."""
    session, sign_in = opened.session, opened.sign_in
    assert session is not None and sign_in is not None
    session.sign_out()
    monkeypatch.setattr(type(session), "checking", True)
    opened.frame.close()
    assert opened.frame.isVisible()
    assert "Close the window once more" in sign_in.note.text()
    opened.frame.close()
    assert not opened.frame.isVisible()


def test_a_window_that_cannot_tell_of_a_doubt_closes(opened: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would stay open for no reason that anybody sees."""
    monkeypatch.setattr(type(opened.session), "checking", True)
    opened.frame.pages.setCurrentWidget(opened.frame.skeleton)
    opened.frame.close()
    assert not opened.frame.isVisible()


def test_what_keeps_the_board_goes_with_its_session(opened: Application, qtbot: QtBot, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDBEDS_HOME", str(tmp_path / "home"))
    assert opened._store is not None
    opened._keep(opened._store, "postgresql://beds/wardbeds")
    kept = opened._keeping
    assert kept is not None
    with qtbot.waitSignals([opened.ready, kept.destroyed], timeout=20_000):
        opened._open_choice(StationChoice("pc"))
    assert opened.findChildren(Keeping) == []


def test_going_over_to_another_database_waits_for_nothing(opened: Application, waits: list[str], qtbot: QtBot,
                                                          tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDBEDS_HOME", str(tmp_path / "home"))
    before = opened.session
    with qtbot.waitSignal(opened.ready, timeout=20_000):
        opened._open_choice(StationChoice("pc"))
    assert waits == []
    assert opened.session is not before
