"""A bug is told of in plain words, with what was saved last, and what is handed on holds no name."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from wardbeds.gui.crash import crash_text, report, tell_of_crash
from wardbeds.gui.program_log import start_log
from wardbeds.settings import log_file

NAME = "UWI" + "MANA"


@pytest.fixture
def log() -> Iterator[None]:
    """The program's own hooks and log, taken away afterwards."""
    before, in_thread, handlers = sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)
    start_log(lambda: "Placed 09:41, A-103")
    yield
    sys.excepthook, threading.excepthook = before, in_thread
    for handler in set(logging.getLogger().handlers) - set(handlers):
        logging.getLogger().removeHandler(handler)
        handler.close()


def _fault() -> None:
    raise ValueError(f"{NAME}, Claire")


def _crash() -> None:
    try:
        _fault()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_it_says_what_was_saved_and_writes_no_name(log: None, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    _crash()
    _crash()
    boxes: list[QMessageBox] = []

    def shown() -> bool:
        boxes[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
        return bool(boxes)

    qtbot.waitUntil(shown)
    assert len(boxes) == 1
    box = boxes[0]
    assert "Your last saved action: Placed 09:41, A-103. Nothing later was saved." in box.text()
    assert str(log_file().parent) in box.text()
    copy = next(one for one in box.findChildren(QPushButton) if one.text() == "Copy diagnostics")
    copy.click()
    assert box.isVisible()
    copied = QApplication.clipboard().text()
    assert copied == box.detailedText()
    assert "crash: ValueError" in copied
    for text in (copied, log_file().read_text(encoding="utf-8"), capsys.readouterr().err):
        assert NAME not in text
    box.reject()
    assert tell_of_crash() is not None
    QApplication.topLevelWidgets()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QMessageBox):
            one.reject()


def test_it_is_told_once(qtbot: QtBot) -> None:
    tell_of_crash()
    tell_of_crash()
    boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    assert len(boxes) == 1
    assert "What was saved is safe" in boxes[0].text()
    boxes[0].close()


def test_a_thread_that_dies_stands_in_the_log(log: None) -> None:
    thread = threading.Thread(target=_fault, name="keeping")
    thread.start()
    thread.join()
    text = log_file().read_text(encoding="utf-8")
    assert "crash in thread keeping: ValueError" in text
    assert NAME not in text


def test_before_anything_was_saved_and_without_a_log() -> None:
    assert "What was saved is safe." in crash_text("")
    assert "no log" in report()
