"""What other stations do is marked on every view, said in words, and gone when it was looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Board, Desk
from tests.support.stations import Colleague, see
from wardbeds.domain.requests import BlockBed, SeenBed
from wardbeds.gui import theme
from wardbeds.gui.board.bed_item import BedItem
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.card import Face, Marks, make_face, paint
from wardbeds.gui.board.changes import SECONDS, Changes
from wardbeds.gui.board.model import Column
from wardbeds.services.bed_states import block_bed

FREE_BED = 3


class Clock:
    """A time that stands still until it is put on."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock(board: Board, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(board.model.changes, "_clock", made)
    return made


def _accessible(desk: Desk, number: str) -> str:
    row = desk.session.model.row_of(desk.hospital.beds[number])
    index = desk.page.list.model().mapFromSource(desk.session.model.index(row, Column.BED))  # type: ignore[attr-defined]
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_change_by_another_station_is_marked_and_said(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    bed_id = desk.hospital.beds["N-1"]
    for view in (desk.page.map, desk.page.grid):
        assert view.item(bed_id).marks.changed
        assert view.item(bed_id).marks.outline > 0
        assert not view.item(desk.hospital.beds["N-2"]).marks.changed
    assert _accessible(desk, "N-1") == "N-1, changed by Station 2"
    assert _accessible(desk, "N-2") == "N-2"
    shown = desk.page.work.line
    assert shown._name == "Station 2: N-1 → UWIMANA, Claire"
    assert "N. Test" in shown._second
    assert "T-001" in shown.text()
    assert "Station 2" not in desk.page.foot.text()


def test_a_second_window_of_the_same_person_on_this_pc_is_another_one(desk: Desk, qtbot: QtBot) -> None:
    """Same name, same station: what it did is marked here, and what is done here is not."""
    hospital, session = desk.hospital, desk.session
    assert session.actor is not None
    block_bed(hospital.store, session.actor, BlockBed(bed=SeenBed.of(hospital.bed("N-1")), reason="works"))
    see(desk, qtbot)
    assert desk.page.map.item(hospital.beds["N-1"]).marks.changed
    with qtbot.waitSignal(session.action_done):
        session.perform(block_bed, BlockBed(bed=SeenBed.of(hospital.bed("N-2")), reason="works"))
    see(desk, qtbot)
    assert not desk.page.map.item(hospital.beds["N-2"]).marks.changed


def test_it_says_what_was_done(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    said = []
    for act in ("admit", "move", "block"):
        if act == "admit":
            colleague.admit(0, "N-1")
        elif act == "move":
            colleague.move("N-1", "N-2")
        else:
            colleague.block("N-3")
        see(desk, qtbot)
        said.append(desk.page.work.line._name)
    assert said == ["Station 2: N-1 → UWIMANA, Claire", "Station 2: N-1 → N-2 UWIMANA, Claire",
                    "Station 2: Blocked N-3"]


def test_ones_own_change_is_no_news(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    assert bed is not None
    with qtbot.waitSignal(desk.session.action_done):
        desk.session.perform(block_bed, BlockBed(bed=SeenBed.of(bed), reason="mattress"))
    colleague.block("N-2")
    see(desk, qtbot)
    assert desk.session.model.changes.beds == {desk.hospital.beds["N-2"]}


def test_with_a_selection_the_foot_says_it(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-4"])
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    assert desk.page.foot.text().startswith("Station 2: N-1 → UWIMANA, Claire")
    assert "T-001" in desk.page.foot.words.toolTip()
    desk.page.strip.chips[0].setChecked(True)
    assert desk.page.foot.text().startswith("Showing 3 of 4, filter: Free, Station 2")
    desk.page.selection.select_bed(None)
    assert "Station 2" not in desk.page.foot.text()
    assert "Station 2" in desk.page.work.line.text()


def test_looking_at_a_bed_takes_the_mark_away(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    for number in ("N-1", "N-2", "N-3"):
        colleague.block(number)
    see(desk, qtbot)
    changes, beds = desk.session.model.changes, desk.hospital.beds
    assert changes.beds == {beds["N-1"], beds["N-2"], beds["N-3"]}
    view = desk.page.map
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    centre = view.viewport().mapFromGlobal(view.item_rect_global(beds["N-1"]).center().toPoint())
    for at in (centre + QPoint(4, 4), centre):
        QTest.mouseMove(view.viewport(), at)
    qtbot.waitUntil(lambda: changes.beds == {beds["N-2"], beds["N-3"]})
    assert not view.item(beds["N-1"]).marks.changed
    desk.page.selection.select_bed(beds["N-2"])
    assert "changed by Station 2" in view.accessibleDescription()
    assert changes.beds == {beds["N-3"]}
    desk.page.show_view(2)
    row = desk.page.list.model().mapFromSource(  # type: ignore[attr-defined]
        desk.session.model.index(desk.session.model.row_of(beds["N-3"]), 0))
    for at in (desk.page.list.visualRect(row).center() + QPoint(4, 4), desk.page.list.visualRect(row).center()):
        QTest.mouseMove(desk.page.list.viewport(), at)
    qtbot.waitUntil(lambda: not changes.beds)


def test_marks_outlast_zoom_and_view_but_not_the_ward(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.block("N-1")
    see(desk, qtbot)
    bed_id = desk.hospital.beds["N-1"]
    desk.page.map.set_zoom(1.5)
    desk.page.show_view(1)
    desk.page.show_view(0)
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.reload()
    assert desk.page.map.item(bed_id).marks.changed
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(desk.hospital.wards["South"])
    assert not desk.session.model.changes.beds
    assert not desk.session.model.changes.running
    assert "Station 2" not in desk.page.work.line.text()


def test_escape_twice_means_all_seen(desk: Desk, colleague: Colleague, qtbot: QtBot,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(desk.page.others, "clock", clock)
    colleague.block("N-1")
    see(desk, qtbot)
    changes = desk.session.model.changes
    desk.page.notice.say("something")
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert desk.page.notice.text() == ""
    clock.time += 1.5
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert changes.beds
    clock.time += 0.5
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert not changes.beds
    assert desk.page.work.line.text() == "Select a bed or a patient"
    assert not desk.page.map.item(desk.hospital.beds["N-1"]).marks.changed


def test_the_outline_fades_in_four_seconds_and_then_nothing_runs(board: Board, clock: Clock) -> None:
    changes = board.model.changes
    assert not changes.running
    changes.mark([FREE_BED], "Station 2")
    seen = [board.map.item(FREE_BED).marks.outline]
    while clock.time < 100.0 + SECONDS:
        assert changes.running
        clock.time += 0.5
        changes.fade()
        seen.append(board.map.item(FREE_BED).marks.outline)
    assert seen == sorted(seen, reverse=True)
    assert (seen[0], seen[4], seen[-1]) == (1.0, 0.5, 0.0)
    assert not changes.running
    assert board.map.item(FREE_BED).marks.changed


def test_with_less_motion_it_stays_and_goes(board: Board, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = board.model.changes
    monkeypatch.setattr(changes, "_reduced", lambda: True)
    changes.mark([FREE_BED], "Station 2")
    assert changes._timer.interval() > 1000 * SECONDS
    clock.time += SECONDS - 0.1
    changes.fade()
    assert board.map.item(FREE_BED).marks.outline == 1.0
    clock.time += 0.2
    changes.fade()
    assert board.map.item(FREE_BED).marks.outline == 0.0
    assert not changes.running


def test_only_what_fades_is_painted(board: Board, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    monkeypatch.setattr(BedItem, "update", lambda item: painted.append(item.bed_id))
    faces: list[int] = []
    monkeypatch.setattr(BedsView, "refresh", lambda *_: faces.append(1))
    board.model.changes.mark([FREE_BED], "Station 2")
    for _step in range(5):
        clock.time += 0.3
        board.model.changes.fade()
    assert set(painted) == {FREE_BED}
    assert len(painted) == 2 * 6  # map and grid
    assert not faces


def test_a_mark_that_went_early_stops_the_timer(clock: Clock) -> None:
    changes = Changes(clock=clock, reduced=lambda: False)
    changes.mark([1, 2], "Station 2")
    changes.see(1)
    assert changes.running
    changes.see(2)
    assert not changes.running
    changes.mark([], "Station 2")
    assert not changes.running


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_corner_is_drawn_in_the_colour_of_the_focus(board: Board, scheme: str) -> None:
    theme._Look.theme = {"light": theme.LIGHT, "dark": theme.DARK}[scheme]
    face = make_face(board.model.bed(0), (), 160, 88)
    plain, marked = _drawn(face, Marks()), _drawn(face, Marks(changed=True))
    assert marked.pixelColor(156, 84) == theme.theme().focus
    assert plain.pixelColor(156, 84) != theme.theme().focus
    differing = [(x, y) for x in range(160) for y in range(88) if plain.pixel(x, y) != marked.pixel(x, y)]
    assert min(x for x, _y in differing) >= 160 - 13
    assert min(y for _x, y in differing) >= 88 - 13


def _drawn(face: Face, marks: Marks) -> QImage:
    image = QImage(160, 88, QImage.Format.Format_RGB32)
    image.fill(theme.theme().floor)
    painter = QPainter(image)
    painter.translate(QPointF(0, 0))
    paint(painter, face, marks)
    painter.end()
    return image
