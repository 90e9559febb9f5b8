"""What the board looks like: how large a ward is drawn, flags beside a bed number, marks in the List."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Board
from tests.support.boards import make_board
from wardbeds.domain.beds import Ward
from wardbeds.gui.board.card import FLAG_PITCH, MORE_ROOM, line_width, make_face
from wardbeds.gui.board.drag import EDGE, scroll_step
from wardbeds.gui.board.flags import Flag
from wardbeds.gui.board.plan import make_plan

FREE_BED, OCCUPIED_BED = 3, 1


def test_a_small_ward_is_drawn_as_large_as_fits_and_a_chosen_zoom_is_kept_for_its_ward(board: Board) -> None:
    assert board.map.zoom == 1.0
    small = replace(make_board(1, 6), ward=Ward(2, "ICU", "Intensive Care"))
    board.model.set_board(small)
    assert 1.1 < board.map.zoom <= 1.25
    rect = board.map.content_rect()
    assert board.map.viewport().rect().contains(board.map.mapFromScene(rect).boundingRect().adjusted(1, 1, -1, -1))
    board.map.set_zoom(1.0)
    board.map.fit()
    assert board.map.zoom > 1.1
    board.map.zoom_step(-1)
    chosen = board.map.zoom
    board.model.set_board(make_board())
    assert board.map.zoom == 1.0
    board.model.set_board(small)
    assert board.map.zoom == chosen


@pytest.mark.parametrize("number", ["A-101", "ICU-101", "P3-108", "INTMED-1104"])
@pytest.mark.parametrize("flags", [tuple(Flag)[:n] for n in range(5)])
def test_flags_stand_beside_the_number_and_those_left_out_are_counted(
        board: Board, number: str, flags: tuple[Flag, ...]) -> None:
    bed = board.model.bed_by_id(OCCUPIED_BED)
    assert bed is not None
    face = make_face(replace(bed, number=number), flags, 160, 88)
    assert len(face.flags) + face.more_flags == len(flags)
    assert face.flags == flags[:len(face.flags)]
    left = 160 - 7 - 23 - FLAG_PITCH * len(face.flags) - (MORE_ROOM if face.more_flags else 0)
    assert left >= 16 + line_width(number, 15, 700) or not face.flags


def test_toilets_and_station_fit_beside_two_rooms_on_a_small_screen(board: Board) -> None:
    shown = make_board()
    plan = make_plan(shown.rooms, shown.beds, 1118)
    assert [one.kind for one in plan.services[:3]] == ["wc", "wc", "station"]
    assert plan.outline.width() <= 1118
    assert all(not service.rect.intersects(room.rect) for service in plan.services for room in plan.rooms)


def test_the_list_marks_where_the_patient_in_the_hand_may_go(board: Board) -> None:
    board.map.hide()
    board.list.show()
    before = board.list.grab().toImage()
    board.engine.pick_up_waiting(board.model.waiting[0])
    assert board.list.itemDelegate().verdicts[FREE_BED] == "allowed"  # type: ignore[attr-defined]
    assert board.list.itemDelegate().verdicts[OCCUPIED_BED] == "refused"  # type: ignore[attr-defined]
    assert board.list.grab().toImage() != before
    board.engine.cancel()
    assert board.list.itemDelegate().verdicts == {}  # type: ignore[attr-defined]


def test_the_list_scrolls_while_a_patient_is_held_near_its_edge(board: Board) -> None:
    board.map.hide()
    board.list.setGeometry(228, 0, 1138, 300)
    board.list.show()
    view, bar = board.list.viewport(), board.list.verticalScrollBar()
    board.list.scroll_at(view.mapToGlobal(QPoint(200, view.height() - 4)))
    assert bar.value() > 0
    board.list.scroll_at(view.mapToGlobal(QPoint(200, 2)))
    board.list.scroll_at(view.mapToGlobal(QPoint(200, view.height() // 2)))
    assert bar.value() == 0


def test_the_nearer_to_the_edge_the_faster() -> None:
    assert [scroll_step(near, 500) for near in (EDGE + 1, 250, 500 - EDGE - 1)] == [0, 0, 0]
    assert -24 <= scroll_step(0, 500) < scroll_step(EDGE - 1, 500) < 0
    assert 0 < scroll_step(500 - EDGE + 1, 500) < scroll_step(500, 500) <= 24


def test_what_is_said_follows_the_board_that_scrolls_under_a_still_pointer(board: Board) -> None:
    board.model.set_board(make_board(8, 6))
    board.engine.pick_up_waiting(board.model.waiting[0])
    view = board.map.viewport()
    start = board.map.item_rect_global(FREE_BED).center().toPoint()
    board.pilot.begin(start)
    at = QPoint(start.x(), view.mapToGlobal(QPoint(0, view.height() - 4)).y())
    board.pilot.move(at)
    board.pilot._timer.stop()
    seen = {(board.map.bed_at_global(at), board.pilot.ghost.reason)}
    for _tick in range(60):
        board.pilot._scroll()
        bed = board.model.bed_by_id(board.map.bed_at_global(at) or -1)
        seen.add((bed.id if bed else None, board.pilot.ghost.reason))
        assert board.pilot.ghost.reason.startswith(bed.number) if bed and board.engine.verdict(bed.id).refusal else True
        assert bed is not None or board.pilot.ghost.reason == ""
    assert len(seen) > 2
    board.pilot.abort()


def test_the_rail_stays_where_it_is_when_its_cards_are_made_anew(board: Board) -> None:
    board.model.set_board(make_board(4, 6, waiting=14))
    board.rail.show_tab(0)
    for _round in range(3):  # layouts settle level by level
        QApplication.processEvents()
    card = board.rail.cards[3]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    board.engine.cancel()
    bar = board.rail._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    before, patient = bar.value(), card.waiting.person.patient_id
    board.model.counts_changed.emit()
    QApplication.processEvents()
    focused = [one.waiting.person.patient_id for one in board.rail.cards if one.hasFocus()]
    assert focused == [patient]
    assert board.selection.patient_id == patient
    assert bar.value() == before
