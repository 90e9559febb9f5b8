"""Two patients change places: what the hand is told, what is asked, what is refused, what is said afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.gui.swap_desk import asked, card, lies, put_into, save, settled, take, two_lie
from tests.support.hands import Hands
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague, see
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.changes import Happening
from wardbeds.domain.requests import SeenBed, SwapPatients
from wardbeds.gui import words
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.swap import SwapDialog
from wardbeds.gui.history import HistoryRow
from wardbeds.gui.verbs import Verb, offers
from wardbeds.services.reading import bed_history, person_history
from wardbeds.services.swapping import swap_patients


@pytest.fixture
def two(desk: Desk, colleague: Colleague, qtbot: QtBot) -> Desk:
    return two_lie(desk, colleague, qtbot)


# in the hand -----------------------------------------------------------------------------------------------


def test_the_hand_is_told_with_whom(two: Desk) -> None:
    hands, page = Hands(two.page), two.page
    start, over = card(two, "N-1"), card(two, "N-2")
    hands.press(start)
    hands.move(start + QPoint(20, 20))
    hands.move(over)
    assert (page.pilot.ghost.reason, page.pilot.ghost._kind) == ("Swap with KABERA", "swap")
    assert page.work.hand.text().endswith("Swap with KABERA")
    assert page.engine.kinds() == {two.hospital.beds[number]: kind for number, kind in (
        ("N-1", "refused"), ("N-2", "swap"), ("N-3", "allowed"), ("N-4", "allowed"))}
    hands.release(over)
    assert isinstance(page.dialog, SwapDialog)
    assert page.engine.hand is None
    assert lies(two) == {"N-1": "Uwimana", "N-2": "Kabera"}


def test_the_hand_is_told_that_a_reason_is_needed(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """Kabera lies with Mugisha in a room of one sex."""
    colleague.move("N-2", "N-3")
    see(two, qtbot)
    put_into(two, colleague, qtbot, "N-4")
    take(two, "N-1")
    two.page.selection.select_bed(two.hospital.beds["N-3"])
    assert two.page.work.hand.text().endswith(
        "Swap with KABERA needs a reason: Room N2 is for male patients; The patient was moved less than two hours ago")
    assert two.page.work.hand._kind == "warned"


def test_a_click_over_a_patient_offers_it_and_keeps_the_hand(two: Desk) -> None:
    page = two.page
    take(two, "N-1")
    page.engine.put_down(two.hospital.beds["N-2"])
    assert page.popover.text() == ("N-2 is occupied by KABERA. Let the two change places, or choose another bed.")
    assert [(step.text, step.key) for step in page.popover.steps] == [("Swap", "S")]
    assert page.engine.hand is not None
    assert page.dialog is None
    QTest.keyClick(page.map, Qt.Key.Key_S)
    assert isinstance(page.dialog, SwapDialog)
    assert page.engine.hand is None
    assert not page.popover.isVisible()


def test_who_waits_changes_places_with_nobody(two: Desk) -> None:
    page = two.page
    page.rail.take(two.session.model.waiting[0])
    assert page.engine.outlook(two.session.model.beds[0]).text.startswith("N-1 is occupied by UWIMANA, Claire.")
    assert page.engine.kinds()[two.hospital.beds["N-1"]] == "refused"
    page.engine.put_down(two.hospital.beds["N-1"])
    assert page.popover.isVisible()
    assert page.popover.steps == []
    assert not page.engine.ask_swap(two.hospital.beds["N-1"])
    hands = Hands(page)
    page.engine.cancel()
    hands.drag(page.rail.cards[0].mapToGlobal(QPoint(40, 20)), card(two, "N-1"))
    assert page.dialog is None
    assert page.engine.hand is None
    assert page.popover.text() == "N-1 is occupied by UWIMANA, Claire. Choose another bed."  # a drag, too, is told why


def test_the_keys_of_a_refusal_end_where_somebody_goes_on_to_another_bed(two: Desk, colleague: Colleague,
                                                                          qtbot: QtBot) -> None:
    """After a drag nobody is in the hand any more: C means the bed that is selected now."""
    page, beds = two.page, two.hospital.beds
    for number in ("N-1", "N-2"):
        colleague.discharge(number)
    see(two, qtbot)
    settled(two, qtbot)
    assert page.engine.pick_up_waiting(two.session.model.waiting[0])
    page.engine.put_down(beds["N-1"], keep=False)  # as a drag does
    assert page.engine.hand is None
    assert page.popover.isVisible()
    assert [step.key for step in page.popover.steps][:1] == ["C"]
    page.selection.select_bed(beds["N-2"])
    assert not page.popover.isVisible()
    with qtbot.waitSignal(two.session.action_done):
        QTest.keyClick(page.map, Qt.Key.Key_C)
    assert two.hospital.bed("N-1").status is BedStatus.CLEANING
    assert two.hospital.bed("N-2").status is BedStatus.AVAILABLE


def test_nobody_changes_places_with_herself(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """A colleague has moved her while she was in the hand."""
    take(two, "N-1")
    colleague.move("N-1", "N-3")
    see(two, qtbot)
    assert two.page.engine.hand is not None
    assert not two.page.engine.ask_swap(two.hospital.beds["N-3"])


def test_a_dialog_that_comes_late_does_not_take_the_patient_out_of_the_hand(two: Desk, qtbot: QtBot) -> None:
    page = two.page
    page.selection.select_bed(two.hospital.beds["N-1"])
    QTest.keyClick(page.map, Qt.Key.Key_I)  # it reads first
    take(two, "N-1")
    qtbot.waitUntil(lambda: two.tasks.pending == 0)
    assert page.dialog is None
    assert page.engine.hand is not None
    qtbot.waitUntil(lambda: not page.findChildren(EditAdmissionDialog))


def test_support_staff_reads_why_not(two: Desk, qtbot: QtBot) -> None:
    two.session.sign_out()
    with qtbot.waitSignal(two.session.ward_opened):
        two.session.sign_in("support", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    page = two.page
    hands = Hands(page)
    hands.drag(card(two, "N-1"), card(two, "N-2"))
    assert page.dialog is None
    assert page.popover.text() == ("N-2 is occupied by KABERA. Your role (support) may not swap patients. "
                                   "Ask a colleague who may.")
    assert page.popover.steps == []
    page.keys.escape()
    page.selection.select_bed(two.hospital.beds["N-1"])
    offer = next(one for one in page.offers() if one.verb is Verb.SWAP)
    assert offer.reason == "Your role (support) may not swap patients. Ask a colleague who may."
    QTest.keyClick(page.map, Qt.Key.Key_S)
    assert page.dialog is None
    assert offer.reason in page.notice.text()


def test_only_a_bed_with_somebody_in_it_offers_it(two: Desk) -> None:
    assert two.session.actor is not None
    with_it = {bed.number for bed in two.session.model.beds
               if Verb.SWAP in {one.verb for one in offers(two.session.actor.role, bed, None)}}
    assert with_it == {"N-1", "N-2"}
    waiting = two.session.model.waiting[0]
    assert Verb.SWAP not in {one.verb for one in offers(two.session.actor.role, None, waiting)}


# what is said of it ----------------------------------------------------------------------------------------


def test_another_station_names_both(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    hospital = two.hospital
    first, second = hospital.bed("N-1"), hospital.bed("N-2")
    assert first.patient_id is not None
    swap_patients(two.store, colleague.actor, SwapPatients(
        patient_id=first.patient_id, own=SeenBed.of(first), bed=SeenBed.of(second)))
    see(two, qtbot)
    line = two.page.others.line
    assert line is not None
    assert words.others_text(line) == "Station 2: Swapped N-1 ↔ N-2 UWIMANA, Claire and KABERA"
    for part in ("T-001", "T-002", "01-Feb-1981", "02-Feb-1982"):
        assert part in words.others_full_text(line)


def test_a_dialog_about_either_of_them_is_concerned(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    save(two, asked(two), qtbot)
    line = two.session.last_action
    assert line is not None
    happening = Happening(line.operation_id, (), line, mine=False)
    concerned = [Subject(Verb.NOTES, None, person).concerns(happening) for person in two.hospital.people]
    assert concerned == [True, True, False]


def test_the_history_tells_each_of_them_and_both_beds(two: Desk, qtbot: QtBot) -> None:
    save(two, asked(two), qtbot)
    first, second = two.hospital.people[:2]
    for person, way, other in ((first, ("swapped", "N-1", "N-2"), "with KABERA"),
                               (second, ("swapped", "N-2", "N-1"), "with UWIMANA, Claire")):
        line, before = person_history(two.store, two.hospital.nurse, person)[:2]
        assert (line.action, line.from_place, line.to_place) == way
        row = HistoryRow(line, first=True, last=False, with_person=False)
        qtbot.addWidget(row)
        assert [child.text() for child in row.findChildren(type(two.page.popover.title))][1] == other
        assert before.other is None
    lines = bed_history(two.store, two.hospital.nurse, two.hospital.beds["N-1"])
    row = HistoryRow(lines[0], first=True, last=False, with_person=True)
    qtbot.addWidget(row)
    said = [child.text() for child in row.findChildren(type(two.page.popover.title))]
    assert said[0] in ("Swapped N-1 → N-2", "Swapped N-2 → N-1")
    undone = HistoryRow(replace(lines[0], undone=True), first=True, last=False, with_person=True)
    qtbot.addWidget(undone)
    assert undone.findChildren(type(two.page.popover.title))[0].text().endswith("(undone)")
