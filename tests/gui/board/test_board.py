"""One model, four views: what changes in it is repainted everywhere; placing is the same by drag, click and key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Board
from tests.support.boards import make_board, person
from wardbeds.domain.beds import BedStatus, Occupant
from wardbeds.domain.changes import WardUpdate
from wardbeds.domain.errors import Code
from wardbeds.domain.people import Person, Sex
from wardbeds.domain.requests import PlacePatient
from wardbeds.gui import theme
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.card import Line, name_lines
from wardbeds.gui.board.model import BoardModel, Column
from wardbeds.gui.board.plan import make_lanes, make_plan
from wardbeds.gui.status_strip import StatusStrip

FREE_BED, OCCUPIED_BED, CLEANING_BED = 3, 1, 4


def _update(board: Board, bed_id: int) -> WardUpdate:
    """The free bed gets an occupant, as if another station had placed somebody."""
    bed = board.model.bed_by_id(bed_id)
    shown = board.model.board
    assert bed is not None
    assert shown is not None
    occupant = Occupant(person(77), 77, shown.as_of, shown.as_of)
    return WardUpdate(1, shown.revision + 1, (replace(bed, status=BedStatus.OCCUPIED, occupant=occupant, version=2),),
                      shown.waiting, shown.as_of)


def test_model_keeps_qts_rules(board: Board, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(board.model)  # type: ignore[no-untyped-call]
    tester = QAbstractItemModelTester(board.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    board.model.apply(_update(board, FREE_BED))
    board.model.set_board(make_board(2, 3))
    del tester


def test_one_changed_bed_reaches_map_grid_list_and_counters(board: Board, qtbot: QtBot) -> None:
    strip = StatusStrip(board.model)
    qtbot.addWidget(strip)
    strip.refresh()
    before = strip.chips[1].count
    faces = {view: view.item(FREE_BED).face for view in (board.map, board.grid)}
    changed: list[tuple[int, int]] = []
    board.list.model().dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    board.model.apply(_update(board, FREE_BED))
    for view, face in faces.items():
        after = view.item(FREE_BED).face
        assert after is not None
        assert after != face
        assert any(line.text == person(77).last_name.upper() + "," for line in after.lines)
    assert (FREE_BED - 1, FREE_BED - 1) in changed
    index = board.list.model().index(FREE_BED - 1, Column.NUMBER)
    assert index.data() == person(77).hospital_number
    assert strip.chips[1].count == before + 1


def _painted(window: QWidget, rect: QRectF) -> QImage:
    """What stands on the screen there: only what was repainted differs from before."""
    place = QRect(window.mapFromGlobal(rect.topLeft()).toPoint(), rect.size().toSize())
    return window.screen().grabWindow(window.winId(), place.x(), place.y(), place.width(), place.height()).toImage()


def _renamed(board: Board) -> WardUpdate:
    """Another name for who lies there: nothing but the card changes, no count and no room's label."""
    bed, shown = board.model.bed_by_id(OCCUPIED_BED), board.model.board
    assert bed is not None and bed.occupant is not None
    assert shown is not None
    occupant = replace(bed.occupant, person=replace(bed.occupant.person, last_name="Zaninka"))
    return WardUpdate(1, shown.revision + 1, (replace(bed, occupant=occupant, version=2),), shown.waiting, shown.as_of)


def _settle() -> None:
    """Let everything be painted that waits for it."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("name", ["map", "grid", "list"])
def test_a_changed_bed_is_painted_anew_where_it_is_shown(board: Board, qtbot: QtBot, name: str) -> None:
    for one in ("map", "grid", "list"):
        getattr(board, one).setVisible(one == name)
    _settle()
    rect = getattr(board, name).item_rect_global(OCCUPIED_BED)
    before = _painted(board.window, rect)
    assert not before.isNull()
    board.model.apply(_renamed(board))
    qtbot.waitUntil(lambda: _painted(board.window, rect) != before)


def test_a_changed_count_is_painted_anew(board: Board, qtbot: QtBot) -> None:
    strip = StatusStrip(board.model)
    qtbot.addWidget(strip)
    strip.resize(1366, 60)
    strip.refresh()
    strip.show()
    qtbot.waitExposed(strip)
    _settle()
    chip = strip.chips[1]
    rect = QRectF(chip.mapToGlobal(chip.rect().topLeft()), chip.size())
    before = _painted(strip, rect)
    assert not before.isNull()
    board.model.apply(_update(board, FREE_BED))
    qtbot.waitUntil(lambda: _painted(strip, rect) != before)


def test_an_older_update_is_passed_over(board: Board) -> None:
    update = replace(_update(board, FREE_BED), revision=1)
    board.model.apply(update)
    bed = board.model.bed_by_id(FREE_BED)
    assert bed is not None
    assert bed.status is BedStatus.AVAILABLE


def _centre(view: BedsView, bed_id: int) -> QPoint:
    return view.viewport().mapFromGlobal(view.item_rect_global(bed_id).center().toPoint())


def _drag(view: BedsView, source: int, target: int) -> None:
    start, end = _centre(view, source), _centre(view, target)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for n in range(1, 6):
        QTest.mouseMove(view.viewport(), start + (end - start) * n / 5)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


@pytest.mark.parametrize("name", ["map", "grid"])
def test_drag_asks_for_a_move(board: Board, qtbot: QtBot, name: str) -> None:
    view: BedsView = getattr(board, name)
    board.map.setVisible(name == "map")
    board.grid.setVisible(name == "grid")
    with qtbot.waitSignal(board.engine.place_requested) as asked:
        _drag(view, OCCUPIED_BED, FREE_BED)
    request = asked.args[0]
    assert isinstance(request, PlacePatient)
    assert (request.seen.bed_id, request.bed.bed_id) == (OCCUPIED_BED, FREE_BED)
    assert board.engine.hand is None
    assert not board.pilot.ghost.isVisible()


def test_drag_from_the_rail(board: Board, qtbot: QtBot) -> None:
    card = board.rail.cards[0]
    start = card.rect().center()
    end = card.mapFromGlobal(board.map.item_rect_global(FREE_BED).center().toPoint())
    with qtbot.waitSignal(board.engine.place_requested) as asked:
        QTest.mousePress(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for n in range(1, 6):
            QTest.mouseMove(card, start + (end - start) * n / 5)
        assert board.pilot.ghost.isVisible()
        assert "Place in" in board.pilot.ghost.reason
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert asked.args[0].seen.ward_id == 1


def test_a_refusal_is_said_before_letting_go_and_nothing_moves(board: Board, qtbot: QtBot) -> None:
    start, end = _centre(board.map, OCCUPIED_BED), _centre(board.map, CLEANING_BED)
    view = board.map.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, start + QPoint(20, 0))
    QTest.mouseMove(view, end)
    assert "not clean" in board.pilot.ghost.reason
    assert board.map.item(CLEANING_BED).marks.placing == "refused"
    assert board.map.item(FREE_BED).marks.placing == "allowed"
    with qtbot.waitSignal(board.engine.place_refused) as refused, qtbot.assertNotEmitted(board.engine.place_requested):
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert refused.args[0].code is Code.DIRTY
    assert board.engine.hand is None
    assert board.map.item(FREE_BED).marks.placing == ""


def test_escape_brings_the_patient_back(board: Board, qtbot: QtBot) -> None:
    view, start = board.map.viewport(), _centre(board.map, OCCUPIED_BED)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, start + QPoint(30, 0))
    assert board.pilot.active
    with qtbot.assertNotEmitted(board.engine.place_requested):
        board.pilot.abort()
    assert board.engine.hand is None


def test_click_click(board: Board, qtbot: QtBot) -> None:
    QTest.mouseClick(board.rail.cards[1], Qt.MouseButton.LeftButton)
    assert board.engine.hand is not None
    with qtbot.waitSignal(board.engine.place_requested) as asked:
        QTest.mouseClick(board.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                         _centre(board.map, FREE_BED))
    assert asked.args[0].patient_id == board.rail.cards[1].waiting.person.patient_id


@pytest.mark.parametrize("name", ["map", "grid", "list"])
def test_keyboard_alone(board: Board, qtbot: QtBot, name: str) -> None:
    view = getattr(board, name)
    for one in (board.map, board.grid, board.list):
        one.setVisible(one is view)
    view.setFocus()
    board.selection.select_bed(OCCUPIED_BED)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert board.engine.hand is not None
    board.selection.select_bed(FREE_BED)
    with qtbot.waitSignal(board.engine.place_requested):
        QTest.keyClick(view, Qt.Key.Key_Space)


def test_arrows_walk_to_the_nearest_bed(board: Board) -> None:
    board.map.setFocus()
    board.selection.select_bed(1)
    QTest.keyClick(board.map, Qt.Key.Key_Right)
    assert board.selection.bed_id == 2
    QTest.keyClick(board.map, Qt.Key.Key_Down)
    assert board.selection.bed_id == 5
    QTest.keyClick(board.map, Qt.Key.Key_Left)
    assert board.selection.bed_id == 4


def test_filters_dim_and_never_hide(board: Board) -> None:
    board.map.set_filter(frozenset({BedStatus.CLEANING}))
    assert board.map.item(FREE_BED).marks.dimmed
    assert board.map.item(FREE_BED).isVisible()
    assert not board.map.item(CLEANING_BED).marks.dimmed


def test_names_are_never_cut(qtbot: QtBot) -> None:
    long = Person(1, "X", "Mukandayisengabirwaneza" + "abcdefghij" * 4, "Jean Baptiste Marie Vianney", Sex.MALE)
    for one in (long, replace(long, last_name="Kabera", first_name=""), person(1)):
        lines = name_lines(one, 138)
        shown = "".join(text for text, _size, _weight in lines).replace(" ", "").replace(",", "")
        assert shown == (one.last_name.upper() + one.first_name).replace(" ", "")
        assert all(size >= 12 for _text, size, _weight in lines)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(1, 9), st.integers(500, 1900))
def test_a_plan_made_by_itself_is_sound(rooms: int, per_room: int, width: int) -> None:
    """Every bed lies in its own room, cards and rooms do not overlap, in the plan and in the grid."""
    made = make_board(rooms, per_room, 0)
    plan = make_plan(made.rooms, made.beds, width)
    assert set(plan.cards) == {bed.id for bed in made.beds}
    rects = {room.room_id: room.rect for room in plan.rooms}
    for bed in made.beds:
        assert rects[bed.room_id].contains(plan.cards[bed.id])
    cards, walls = list(plan.cards.values()), list(rects.values())
    assert not any(a.intersects(b) for n, a in enumerate(cards) for b in cards[:n])
    assert not any(a.intersects(b) for n, a in enumerate(walls) for b in walls[:n])
    lanes, grid = make_lanes(made.rooms, made.beds, width)
    assert len(lanes) == rooms
    boxes = list(grid.values())
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 115, 130])
def test_texts_of_cards_stay_inside(board: Board, qapp: QApplication, scheme: str, percent: int) -> None:
    """No line of a card reaches over its edge, left or right; the letters on the screen grow with the text size."""
    theme.set_scheme(qapp, scheme)
    theme.set_text_scale(qapp, percent)
    rights = 0
    for view in (board.map, board.grid):
        view.rebuild()
        for bed in board.model.beds:
            face = view.item(bed.id).face
            assert face is not None
            for line in face.lines:
                left, right = _reach(line)
                assert 0 <= left < right <= face.width
                assert line.baseline <= face.height
                assert line.size * view.scaling >= 12 * percent / 100 - 0.1
                rights += line.right
    assert rights


def _reach(line: Line) -> tuple[float, float]:
    """From where to where a line is painted."""
    width = QFontMetricsF(theme.scene_font(line.size, line.weight)).horizontalAdvance(line.text)
    return (line.x - width, line.x) if line.right else (line.x, line.start + width)


@pytest.mark.parametrize("zoom", [0.5, 0.65, 0.72])
def test_letters_stay_readable_when_the_board_is_drawn_small(board: Board, zoom: float) -> None:
    """12 px on the screen, whatever the zoom; the level changes with hysteresis."""
    board.map.set_zoom(zoom)
    for bed in board.model.beds:
        face = board.map.item(bed.id).face
        assert face is not None
        assert all(line.size * zoom >= 11.9 for line in face.lines)
        assert face.lines[0].text == bed.number
        assert max(line.baseline for line in face.lines) <= 88
        if bed.occupant is not None:
            shown = "".join(line.text for line in face.lines[1:])
            assert shown.startswith(bed.occupant.person.last_name.upper()[:6])
    board.map.set_zoom(0.82)
    assert not _says_stay(board)  # still small on the way back up
    board.map.set_zoom(1.0)
    assert _says_stay(board)
    board.map.set_zoom(0.78)
    assert _says_stay(board)  # and still whole on the way down


def _says_stay(board: Board) -> bool:
    """Whether cards show the length of stay, at the right: a small one does not."""
    faces = [board.map.item(bed.id).face for bed in board.model.beds if bed.occupant is not None]
    return any(line.right for face in faces if face is not None for line in face.lines)


@pytest.mark.parametrize("zoom", [1.3, 1.5, 2.0])
def test_a_large_card_says_everything_inside_its_edge(board: Board, zoom: float) -> None:
    """From 1.3 on: both identifiers, birth date and state in words, 12 px and more, nothing over the edge."""
    board.map.set_zoom(zoom)
    for bed in board.model.beds:
        face = board.map.item(bed.id).face
        assert face is not None
        texts = " ".join(line.text for line in face.lines)
        for line in face.lines:
            left, right = _reach(line)
            assert line.size * zoom >= 11.9
            assert 0 <= left < right <= face.width
            assert line.baseline <= face.height
        if bed.occupant is not None:
            assert bed.occupant.person.hospital_number in texts
            assert str(bed.occupant.person.date_of_birth.year if bed.occupant.person.date_of_birth else "") in texts
    board.map.set_zoom(1.27)
    assert board.model.beds[0].occupant is None or _says_number(board)  # hysteresis
    board.map.set_zoom(1.0)
    assert not _says_number(board)


def _says_number(board: Board) -> bool:
    bed = next(bed for bed in board.model.beds if bed.occupant is not None)
    face = board.map.item(bed.id).face
    assert face is not None and bed.occupant is not None
    return bed.occupant.person.hospital_number in " ".join(line.text for line in face.lines)


def test_a_board_without_wards_is_calm(qtbot: QtBot) -> None:
    model = BoardModel()
    assert model.rowCount() == 0
    assert model.counts().occupied_percent is None
    assert QRect().isEmpty()
