"""Names on cards at every zoom and text size: whole wherever they fit in 12 px letters, never silently cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Board
from tests.support.boards import make_board
from wardbeds.domain.beds import Bed, Hold, WardBoard
from wardbeds.domain.people import Person
from wardbeds.gui import theme
from wardbeds.gui.board.card import FLAG_PITCH, Face, Line
from wardbeds.gui.board.zoomed_view import ZOOMS
from wardbeds.gui.fitting import break_text

SIXTY = "Nyiramukandayisengabirwanezabatangana Mukandutiyeuwimanahaba"
NAMES = (("Mukandayisenga", "Immaculée"), ("Kabera", ""), (SIXTY, ""), (SIXTY, SIXTY), ("M" * 60, "W" * 60))


def _named(shown: WardBoard, last: str, first: str) -> WardBoard:
    def name(one: Person) -> Person:
        return replace(one, last_name=last, first_name=first)

    def rename(bed: Bed) -> Bed:
        if bed.occupant is not None:
            return replace(bed, occupant=replace(bed.occupant, person=name(bed.occupant.person)))
        if bed.hold is not None and bed.hold.person is not None:
            return replace(bed, hold=Hold(bed.hold.until, name(bed.hold.person)))
        return bed

    return replace(shown, beds=tuple(rename(bed) for bed in shown.beds))


def _right(line: Line) -> float:
    wide = QFontMetricsF(theme.scene_font(line.size, line.weight)).horizontalAdvance(line.text)
    return line.x if line.right else line.start + wide


def _check(face: Face, zoom: float) -> str:
    """Everything inside the edge and readable; returns what stands below the number."""
    for line in face.lines:
        assert line.baseline <= face.height - 2, line
        assert _right(line) <= face.width - 2, line
        assert line.size * zoom >= 11.9, line
    badge, number = face.width - 7 - 25, _right(face.lines[0])
    if face.flags:
        assert number <= badge - FLAG_PITCH * len(face.flags) + 5
    left = [line for line in face.lines if not line.right]
    for one in (line for line in face.lines if line.right):
        wide = QFontMetricsF(theme.scene_font(one.size, one.weight)).horizontalAdvance(one.text)
        assert all(_right(line) <= one.x - wide for line in left if line.baseline == one.baseline)
    return " ".join(line.text for line in left[1:])


@pytest.mark.parametrize("percent", [100, 115, 130])
@pytest.mark.parametrize(("last", "first"), NAMES, ids=["one", "single", "sixty", "both", "widest"])
def test_no_name_is_cut_in_silence(board: Board, qapp: QApplication, percent: int, last: str, first: str) -> None:
    theme.set_text_scale(qapp, percent)
    board.model.set_board(_named(make_board(), last, first))
    family = last.upper().replace(" ", "")
    for view in (board.map, board.grid):
        for zoom in ZOOMS:
            view.set_zoom(zoom)
            for bed in (bed for bed in board.model.beds if bed.patient_id or (bed.hold and bed.hold.person)):
                face = view.item(bed.id).face
                assert face is not None
                said = _check(face, view.scaling).replace(" ", "")
                assert family in said or ("…" in said and len(last) > 20), (zoom, said)


def test_mukandayisenga_stands_whole_with_the_ward_fitted(board: Board, qapp: QApplication) -> None:
    for percent in (100, 115, 130):
        theme.set_text_scale(qapp, percent)
        board.model.set_board(_named(make_board(), "Mukandayisenga", "Immaculée"))
        board.map.fit()
        face = board.map.item(board.model.beds[0].id).face
        assert face is not None
        text = _check(face, board.map.scaling)
        assert "MUKANDAYISENGA" in text.replace(" ", "")
        assert "…" not in text


def test_a_broken_word_leaves_no_letter_alone() -> None:
    assert break_text("HATEGEKIMANA", 11, len) == ["HATEGEKIM", "ANA"]
    assert break_text("HATEGEKIMANA", 12, len) == ["HATEGEKIMANA"]
    assert break_text("UWERA DIANE", 7, len) == ["UWERA", "DIANE"]
