"""Where things lie that hang on others: the popover at its bed, menus in the window, the clock, the field at fault."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Board, Desk
from tests.support.stations import Colleague, see
from wardbeds.domain.beds import BedStatus
from wardbeds.gui.board import card
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.card import make_face
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.menus import open_at
from wardbeds.gui.verbs import Verb
from wardbeds.gui.wall_clock import WallClock


def test_a_refusal_points_at_its_bed_and_rings_it(desk: Desk, qtbot: QtBot) -> None:
    page, colleague = desk.page, Colleague(desk.hospital)
    colleague.admit(0)
    colleague.block("N-4")
    see(desk, qtbot)
    page.engine.pick_up_waiting(desk.session.model.waiting[0])
    bed = next(one for one in desk.session.model.beds if one.number == "N-4")
    page.engine.put_down(bed.id)
    view = page.views.currentWidget()
    assert isinstance(view, BedsView)
    on_screen = view.item_rect_global(bed.id).toRect()
    card = QRect(page.mapFromGlobal(on_screen.topLeft()), on_screen.size())
    popover = page.popover
    assert popover.isVisible()
    assert popover.ring.isVisible()
    assert popover.ring.geometry().contains(card)
    assert popover._tip is not None
    x, under = popover._tip
    assert card.left() <= popover.x() + x <= card.right()
    assert under is (popover.geometry().center().y() > card.center().y())
    popover.dismiss()
    assert not popover.ring.isVisible()


@pytest.mark.parametrize("above", [False, True])
def test_a_menu_stays_in_its_window(qtbot: QtBot, above: bool) -> None:
    window = QWidget()
    window.resize(500, 400)
    button = QPushButton("…", window)
    button.setGeometry(450, 200, 40, 40)
    menu = QMenu(window)
    for text in ("A rather long line in it", "Another"):
        menu.addAction(text)
    qtbot.addWidget(window)
    window.show()
    open_at(menu, button, above=above)
    corner, top = button.mapToGlobal(QPoint(button.width(), 0)), button.mapToGlobal(QPoint(0, 0)).y()
    assert abs(menu.geometry().right() + 1 - corner.x()) <= 1
    assert (menu.geometry().bottom() < top) if above else (menu.geometry().top() >= top + 40)
    menu.close()
    button.move(10, 200)
    open_at(menu, button, above=above)
    assert abs(menu.geometry().left() - button.mapToGlobal(QPoint(0, 0)).x()) <= 1
    menu.close()


def test_the_clock_goes_while_it_is_seen(qtbot: QtBot) -> None:
    clock = WallClock()
    qtbot.addWidget(clock)
    assert not clock._minute.isActive()
    clock.show()
    assert re.fullmatch(r"\d\d:\d\d, \w+day \d\d-\w{3}-\d{4}", clock.accessibleName())
    assert 0 < clock._minute.remainingTime() <= 60_010
    clock.hide()
    assert not clock._minute.isActive()


def test_the_lists_columns_are_fitted_when_it_is_shown(board: Board) -> None:
    table = board.list
    table.show()
    fitting = table.columnWidth(0)
    table.hide()
    table.setColumnWidth(0, fitting + 70)
    board.model.modelReset.emit()
    assert table.columnWidth(0) == fitting + 70
    table.show()
    assert table.columnWidth(0) == fitting


def test_nobody_found_is_said(desk: Desk, qtbot: QtBot) -> None:
    people = PeopleList(desk.session)
    qtbot.addWidget(people)
    assert people.list.nothing == ""
    people.field.setText("zzzz")
    with qtbot.waitSignal(people.searched):
        people.search()
    assert "Nobody" in people.list.nothing


def test_without_a_ward_nothing_offers_to_admit_or_print(desk: Desk) -> None:
    page = desk.page
    page.ward_shown.on_wards_listed(())
    assert page.command_bar.ward.text() == "No ward yet"
    for button in (page.command_bar.admit, page.command_bar.print):
        assert not button.isEnabled()
        assert button.toolTip() == "There is no ward yet."


def test_the_one_field_at_fault_is_in_sight(desk: Desk, qtbot: QtBot) -> None:
    page = desk.page
    free = next(one for one in desk.session.model.beds if one.status is BedStatus.AVAILABLE)
    page.selection.select_bed(free.id)
    page.resize(1366, 520)
    page.do(Verb.ADMIT)
    dialog = page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.start_unknown()
    dialog.person.sex.choose("male")
    dialog.submit()
    for need in ("monitor", "isolation"):
        dialog.stay.needs[need].click()
    field = dialog.fields.widgets["override"]

    def in_sight() -> bool:
        area = dialog.scroll_area.viewport()
        top = field.mapTo(area, QPoint(0, 0)).y()
        return top >= 0 and top + field.height() <= area.height()

    assert dialog.banner is not None
    assert dialog.banner.person.last_name == "UNKNOWN"
    assert field.isVisible(), "an unknown person, too, is judged before sending"
    qtbot.waitUntil(lambda: not in_sight())
    dialog.submit()
    qtbot.waitUntil(in_sight)


@pytest.mark.parametrize("placing", ["", "allowed", "warned"])
def test_no_words_lie_under_the_sign_of_a_possible_bed(board: Board, monkeypatch: pytest.MonkeyPatch,
                                                       placing: str) -> None:
    held = next(one for one in board.model.beds if one.status is BedStatus.RESERVED)
    face, painted = make_face(held, (), 160, 88), list[str]()
    ends = [line.text for line in face.lines if line.right]
    assert ends
    monkeypatch.setattr(card, "_text", lambda _painter, line: painted.append(line.text))
    image = QImage(160, 88, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    card.paint(painter, face, card.Marks(placing=placing))
    painter.end()
    assert all((end in painted) is (placing == "") for end in ends)
    assert face.lines[0].text in painted
