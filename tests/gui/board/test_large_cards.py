"""Cards drawn large: a colour is never alone, and what stands on one of a kind stands on all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QImage, QPainter

from tests.support.boards import make_board
from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.gui import icons, words
from wardbeds.gui.board.card import Marks, make_face, paint
from wardbeds.gui.board.flags import Flag
from wardbeds.gui.board.large_card import make_large_face

SIZES = [(178.0, 88.0, 8), (160.0, 88.0, 10), (240.0, 132.0, 12)]


def _bed(status: BedStatus) -> Bed:
    return next(bed for bed in make_board(1, 6, 0).beds if bed.status is status)


def _dirty(minutes: int) -> Bed:
    return replace(_bed(BedStatus.CLEANING), since=datetime.now(UTC) - timedelta(minutes=minutes))


@pytest.mark.parametrize(("width", "height", "size"), SIZES)
def test_a_bed_that_waits_too_long_has_a_sign_beside_the_red(qapp: object, monkeypatch: pytest.MonkeyPatch,
                                                             width: float, height: float, size: int) -> None:
    face = make_large_face(_dirty(130), (), width, height, size)
    (waits,) = [line for line in face.lines if line.text == "2 h 10"]
    assert waits.icon == "triangle-alert"
    drawn: list[tuple[str, float, float]] = []
    monkeypatch.setattr(icons, "draw", lambda _painter, name, rect, _colour: drawn.append(
        (name, rect.right(), rect.height())))
    image = QImage(int(width), int(height), QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    paint(painter, face, Marks())
    painter.end()
    (sign,) = [one for one in drawn if one[0] == "triangle-alert"]
    assert sign[1] <= waits.start  # the letters begin behind it
    assert sign[2] <= size + 2  # and it is no larger than they are
    assert make_face(_dirty(130), (), 178, 88).lines[-1].icon == "triangle-alert"


def test_a_bed_that_waits_a_little_has_none(qapp: object) -> None:
    assert not any(line.icon for line in make_large_face(_dirty(35), (), 178, 88, 8).lines)


@pytest.mark.parametrize(("width", "height", "size"), SIZES)
@pytest.mark.parametrize("status", [BedStatus.OCCUPIED, BedStatus.RESERVED])
def test_beside_a_name_no_card_has_the_word_whatever_its_flags(qapp: object, status: BedStatus, width: float,
                                                               height: float, size: int) -> None:
    for flags in ((), (Flag.LEAVING,), (Flag.SIMILAR, Flag.LEAVING, Flag.ISOLATION)):
        said = [line.text for line in make_large_face(_bed(status), flags, width, height, size).lines]
        assert words.status_word(status) not in said


@pytest.mark.parametrize("status", [BedStatus.AVAILABLE, BedStatus.CLEANING, BedStatus.MAINTENANCE])
def test_without_a_name_every_card_has_the_word(qapp: object, status: BedStatus) -> None:
    for flags in ((), (Flag.SIMILAR, Flag.LEAVING, Flag.ISOLATION)):
        said = [line.text for line in make_large_face(_bed(status), flags, 160, 88, 10).lines]
        assert said.count(words.status_word(status)) == 1
