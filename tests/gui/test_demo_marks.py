"""Nobody takes the demo for the hospital: a striped frame, the title, and every printed page."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.hospital import Hospital
from wardbeds.domain.people import Role
from wardbeds.gui.demo_edge import WIDE
from wardbeds.gui.frame import Frame
from wardbeds.gui.printing.command import print_occupancy
from wardbeds.services import accounts, demo
from wardbeds.services.sheets import occupancy_data
from wardbeds.store.database import Store


def _colours(frame: Frame, y: int) -> set[int]:
    picture = frame.grab().toImage()
    return {picture.pixel(x, y) for x in range(20, frame.width() - 20)}


def test_the_frame_is_striped_and_the_title_says_demo_whatever_is_shown(qtbot: QtBot) -> None:
    frame = Frame("Wardbeds")
    qtbot.addWidget(frame)
    page = QPushButton("press")
    frame.show_page(page)
    frame.show()
    qtbot.waitExposed(frame)
    plain = _colours(frame, 1)
    frame.mark_demo(True)
    frame.setWindowTitle("North – Wardbeds")
    assert frame.windowTitle() == "North – Wardbeds – DEMO"
    for width in (1366, 1100):
        frame.resize(width, 700)
        for y in (1, frame.height() - 2):
            assert len(_colours(frame, y)) > len(plain)
        assert _colours(frame, WIDE + 2) == _colours(frame, WIDE + 6)  # nothing of it reaches inside
    with qtbot.waitSignal(page.clicked):
        QTest.mouseClick(frame.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                         page.mapTo(frame, QPoint(1, page.height() // 2)))
    frame.mark_demo(False)
    assert frame.windowTitle() == "North – Wardbeds"
    assert _colours(frame, 1) == plain


def _text(store: Store, ward: str, path: Path) -> list[str]:
    actor = next(one for one in demo.ACCOUNTS if one.role is Role.ADMIN)
    data = occupancy_data(store, accounts.sign_in(store, actor.username, actor.password, "x"), ward)
    print_occupancy(data, path)
    return [page.extract_text() for page in PdfReader(path).pages]


def test_every_page_of_the_demo_says_so(sqlite_store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    demo.fill(sqlite_store)
    pages = _text(sqlite_store, "Internal Medicine A", tmp_path / "sheet.pdf")
    assert len(pages) == 2
    assert all("DEMO" in page for page in pages)


def test_a_hospitals_page_does_not(small_hospital: Hospital, tmp_path: Path, qtbot: QtBot) -> None:
    data = occupancy_data(small_hospital.store, small_hospital.nurse, "North")
    assert not data.demo
    print_occupancy(data, tmp_path / "s.pdf")
    assert "DEMO" not in "".join(page.extract_text() for page in PdfReader(tmp_path / "s.pdf").pages)
