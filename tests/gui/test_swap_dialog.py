"""Two patients change places: both side by side, what speaks against it, what others do meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.gui.swap_desk import asked, come, lies, put_into, save, settled, take, two_lie
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague, see
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Code, Refused, refuse
from wardbeds.domain.requests import AdmitPatient, EditAdmission, PlacePatient, SeenBed, SeenPlace
from wardbeds.gui.dialogs.happened_at import wall_time
from wardbeds.gui.dialogs.swap import SwapDialog
from wardbeds.gui.dialogs.swap_cards import SwapCard
from wardbeds.gui.dialogs.swap_with import SwapWithDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.editing import edit_admission
from wardbeds.services.placing import place_patient
from wardbeds.services.reading import read_admission
from wardbeds.store.tables import bed_stays


@pytest.fixture
def two(desk: Desk, colleague: Colleague, qtbot: QtBot) -> Desk:
    return two_lie(desk, colleague, qtbot)


# the dialog ------------------------------------------------------------------------------------------------


def test_both_are_shown_side_by_side_and_one_click_says_yes(two: Desk, qtbot: QtBot) -> None:
    dialog = asked(two)
    assert [card.visible_texts() for card in dialog.findChildren(SwapCard)] == [
        ["UWIMANA, Claire", "01-Feb-1981 (45 y)", "Female", "T-001", "Now in N-1", "Goes to N-2"],
        ["KABERA", "02-Feb-1982 (44 y)", "Male", "T-002", "Now in N-2", "Goes to N-1"]]
    assert dialog.primary.text() == "Swap N-1 and N-2"
    assert dialog.checks.texts() == ["No warning for N-2", "No warning for N-1"]
    assert dialog.override.isHidden()
    dialog.reason.setCurrentIndex(2)
    save(two, dialog, qtbot)
    assert lies(two) == {"N-1": "Kabera", "N-2": "Uwimana"}
    with two.store.reading() as connection:
        whys = connection.scalars(bed_stays.select().with_only_columns(bed_stays.c.why).where(
            bed_stays.c.ended_at.is_(None))).all()
    assert whys == ["Isolation"] * 2
    assert two.page.selection.bed_id == two.hospital.beds["N-2"]  # where she went is the bed selected


def test_what_was_done_names_both_and_is_undone_in_one_step(two: Desk, qtbot: QtBot) -> None:
    save(two, asked(two), qtbot)
    strip = two.page.work.last
    for part in ("Swapped", "N-1 ↔ N-2", "UWIMANA, Claire", "T-001", "KABERA", "T-002", "02-Feb-1982"):
        assert part in strip.text()
    assert strip.undo.isEnabled()
    with qtbot.waitSignal(two.session.action_done):
        QTest.keyClick(two.page.map, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(two, qtbot)
    assert lies(two) == {"N-1": "Uwimana", "N-2": "Kabera"}


def test_the_strip_says_the_same_when_it_is_read_again(two: Desk, qtbot: QtBot) -> None:
    """After signing in anew the line comes from the events."""
    save(two, asked(two), qtbot)
    said = two.page.work.last.text()
    two.session.sign_out()
    with qtbot.waitSignal(two.session.last_action_changed), qtbot.waitSignal(two.session.ward_opened):
        two.session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    settled(two, qtbot)
    assert two.page.work.last.text() == said


def test_warnings_of_both_need_one_reason(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """Uwimana would lie with a man where one sex lies; Kabera needs oxygen, which N-1 has not."""
    colleague.move("N-2", "N-3")
    see(two, qtbot)
    put_into(two, colleague, qtbot, "N-4")
    who = read_admission(two.store, two.hospital.admin, two.hospital.people[1])
    edit_admission(two.store, colleague.actor, EditAdmission(
        patient_id=two.hospital.people[1], admission_id=who.admission_id, needs=("oxygen",)))
    see(two, qtbot)
    dialog = asked(two, "N-1", "N-3")
    assert dialog.checks.texts() == ["Room N2 is for male patients", "N-1 has no oxygen",
                                     "The patient was moved less than two hours ago"]
    assert dialog.override.isVisible()
    dialog.reason.setCurrentIndex(1)
    dialog.primary.click()
    assert dialog.fields.errors["override"].text() == "Choose a reason, or go back."
    assert dialog.summary.isVisible()
    assert dialog.reason.currentIndex() == 1  # nothing that was chosen is lost
    assert lies(two) == {"N-1": "Uwimana", "N-3": "Kabera", "N-4": "Mugisha"}
    dialog.override.setCurrentIndex(2)
    save(two, dialog, qtbot)
    assert lies(two) == {"N-1": "Kabera", "N-3": "Uwimana", "N-4": "Mugisha"}


def test_the_key_asks_with_whom(two: Desk, qtbot: QtBot) -> None:
    page = two.page
    page.selection.select_bed(two.hospital.beds["N-1"])
    QTest.keyClick(page.map, Qt.Key.Key_S)
    dialog = page.dialog
    assert isinstance(dialog, SwapWithDialog)
    assert dialog.banner is not None and "T-001" in dialog.banner.visible_texts()
    assert [one.number for one in dialog._shown] == ["N-2"]  # type: ignore[union-attr]
    dialog.primary.click()
    assert isinstance(page.dialog, SwapDialog)
    assert page.dialog.primary.text() == "Swap N-1 and N-2"


def test_with_whom_is_said_what_speaks_against(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.move("N-2", "N-3")
    see(two, qtbot)
    put_into(two, colleague, qtbot, "N-4")
    two.page.selection.select_bed(two.hospital.beds["N-1"])
    two.page.do(Verb.SWAP)
    dialog = two.page.dialog
    assert isinstance(dialog, SwapWithDialog)
    rows: Any = dialog.list._rows.rows
    assert [(row.title, row.warned) for row in rows] == [("N-4", True), ("N-3", True)]  # fewer warnings first
    assert rows[0].detail.endswith("Room N2 is for male patients")


def test_alone_there_is_nobody_to_swap_with(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.SWAP)
    dialog = desk.page.dialog
    assert isinstance(dialog, SwapWithDialog)
    dialog.primary.click()
    assert desk.page.dialog is dialog
    assert dialog.summary.text() == "Nobody and no bed here fits what is typed."


def test_what_was_chosen_is_there_again(two: Desk) -> None:
    dialog = asked(two)
    dialog.reason.setCurrentIndex(3)
    dialog.reject()
    assert asked(two).reason.currentIndex() == 3


def test_it_is_entered_with_its_time(two: Desk, qtbot: QtBot) -> None:
    """As long as nothing later is known: both came at this very minute."""
    dialog = asked(two)
    dialog.at.edit.setDateTime(dialog.at.edit.dateTime().addSecs(-3600))
    dialog.primary.click()
    settled(two, qtbot)
    assert two.page.dialog is dialog
    assert "Something later is already recorded" in dialog.summary.text()
    assert lies(two) == {"N-1": "Uwimana", "N-2": "Kabera"}


# what others do meanwhile ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["N-1", "N-2"])
def test_either_of_them_who_has_gone_ends_it(two: Desk, colleague: Colleague, qtbot: QtBot, who: str) -> None:
    dialog = asked(two)
    colleague.move(who, "N-4")
    see(two, qtbot)
    assert dialog.meanwhile.bar.words.text().endswith(f"The patient is no longer in {who}.")
    assert dialog.meanwhile.bar.close_it.isVisible()
    assert not dialog.primary.isEnabled()
    dialog.meanwhile.bar.close_it.click()
    assert two.page.dialog is None


@pytest.mark.parametrize("who", ["N-1", "N-2"])
def test_what_is_no_hindrance_is_a_choice(two: Desk, colleague: Colleague, qtbot: QtBot, who: str) -> None:
    dialog = asked(two)
    dialog.reason.setCurrentIndex(1)
    colleague.notes(who, "fasting")
    see(two, qtbot)
    assert dialog.meanwhile.bar.mine.isVisible()
    assert not dialog.primary.isEnabled()
    dialog.meanwhile.bar.mine.click()
    assert dialog.reason.currentIndex() == 1
    save(two, dialog, qtbot)
    occupant = two.hospital.bed("N-2" if who == "N-1" else "N-1").occupant
    assert occupant is not None and occupant.notes == "fasting"


@pytest.mark.parametrize("who", ["N-1", "N-2"])
def test_what_nobody_heard_of_is_refused_by_the_database(two: Desk, colleague: Colleague, qtbot: QtBot,
                                                         who: str) -> None:
    dialog = asked(two)
    two.session.link.stop()
    colleague.move(who, "N-4")
    dialog.primary.click()
    settled(two, qtbot)
    qtbot.waitUntil(dialog.meanwhile.bar.isVisible)
    assert dialog.summary.isVisible()
    assert not dialog.primary.isEnabled()
    assert sorted(lies(two).values()) == ["Kabera", "Uwimana"]
    assert "N-4" in lies(two)


def test_a_neighbour_who_comes_meanwhile_is_warned_of(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.move("N-2", "N-3")
    see(two, qtbot)
    dialog = asked(two, "N-1", "N-3")
    dialog.override.setCurrentIndex(1)  # he was moved a moment ago
    assert "Room N2 is for male patients" not in dialog.checks.texts()
    come(two, colleague)
    see(two, qtbot)
    assert dialog.meanwhile.bar.isHidden()
    assert "Room N2 is for male patients" in dialog.checks.texts()
    assert dialog.override.value == ""  # the reason was given for something else


# another ward ----------------------------------------------------------------------------------------------


@pytest.fixture
def across(two: Desk, colleague: Colleague, qtbot: QtBot) -> Desk:
    """Mugisha lies in S-1; Uwimana of N-1 is in the hand, South is open."""
    hospital = two.hospital
    come(two, colleague, "S-1")
    see(two, qtbot)
    take(two, "N-1")
    with qtbot.waitSignal(two.session.ward_opened):
        two.session.open_ward(hospital.wards["South"])
    return two


def test_two_of_two_wards(across: Desk, qtbot: QtBot) -> None:
    assert across.page.engine.ask_swap(across.hospital.beds["S-1"])
    dialog = across.page.dialog
    assert isinstance(dialog, SwapDialog)
    assert dialog.cards.first.visible_texts()[-2:] == ["Now in North N-1", "Goes to South S-1"]
    assert dialog.reason.itemText(1) == "Higher care"
    save(across, dialog, qtbot)
    assert lies(across) == {"N-1": "Mugisha", "N-2": "Kabera", "S-1": "Uwimana"}
    assert "North N-1 ↔ South S-1" in across.page.work.last.text()


def test_who_has_gone_from_the_ward_that_is_not_open_is_refused(across: Desk, colleague: Colleague,
                                                                qtbot: QtBot) -> None:
    across.page.engine.ask_swap(across.hospital.beds["S-1"])
    dialog = across.page.dialog
    assert isinstance(dialog, SwapDialog)
    colleague.move("N-1", "N-4")
    for _try in range(2):
        dialog.primary.click()
        settled(across, qtbot)
        qtbot.waitUntil(dialog.meanwhile.bar.isVisible)
        dialog.meanwhile.bar.new.click()
        settled(across, qtbot)
    assert lies(across) == {"N-4": "Uwimana", "N-2": "Kabera", "S-1": "Mugisha"}


def test_the_ward_that_is_not_open_is_read_again(across: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """Notes were written there: the bed is another version, the patient the same."""
    across.page.engine.ask_swap(across.hospital.beds["S-1"])
    dialog = across.page.dialog
    assert isinstance(dialog, SwapDialog)
    version = dialog._request(()).own.version
    colleague.notes("N-1", "fasting")
    dialog.rebind(None, None, keep=True)
    settled(across, qtbot)
    assert dialog._request(()).own.version > version
    save(across, dialog, qtbot)
    occupant = across.hospital.bed("S-1").occupant
    assert occupant is not None and occupant.notes == "fasting"




def test_warnings_are_those_of_the_time_it_happened(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    """Moved three hours ago, that is no matter now; an hour after it, it was."""
    now, hospital = desk.session.now().replace(second=0, microsecond=0), desk.hospital
    for person, bed in ((0, "N-1"), (1, "N-2")):
        admit_patient(desk.store, colleague.actor, AdmitPatient(
            person=hospital.people[person], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed(bed)),
            happened_at=now - timedelta(hours=5)))
    place_patient(desk.store, colleague.actor, PlacePatient(
        patient_id=hospital.people[0], seen=SeenPlace(bed_id=hospital.beds["N-1"]),
        bed=SeenBed.of(hospital.bed("N-3")), happened_at=now - timedelta(hours=3)))
    see(desk, qtbot)
    dialog = asked(desk, "N-3", "N-2")
    recent = "The patient was moved less than two hours ago"
    assert recent not in dialog.checks.texts()
    dialog.at.edit.setDateTime(wall_time((now - timedelta(hours=2)).astimezone(desk.session.zone)))
    assert recent in dialog.checks.texts()
    assert dialog.override.isVisible()


def test_a_warning_that_only_the_database_knows_can_be_answered(two: Desk, qtbot: QtBot,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = asked(two)
    assert dialog.override.isHidden()

    def wants_reason(*_given: object) -> Done:
        raise Refused(refuse(Code.VALUE, "needs_reason", field="override"))

    with monkeypatch.context() as patched:
        patched.setattr("wardbeds.gui.dialogs.swap.swap_patients", wants_reason)
        with qtbot.waitSignal(two.session.action_refused):
            dialog.primary.click()
    assert dialog.override.isVisible()
    assert dialog.fields.errors["override"].isVisible()


def test_who_was_chosen_stays_chosen_and_nobody_in_her_place(two: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    come(two, colleague)
    see(two, qtbot)
    page = two.page
    page.selection.select_bed(two.hospital.beds["N-1"])
    QTest.keyClick(page.map, Qt.Key.Key_S)
    dialog = page.dialog
    assert isinstance(dialog, SwapWithDialog)
    dialog.list.choose([one.patient_id for one in dialog._shown].index(two.hospital.people[1]))  # type: ignore[union-attr]
    colleague.move("N-2", "N-3")
    see(two, qtbot)
    row = dialog.list.current_row()
    assert dialog._shown[row].patient_id == two.hospital.people[1]  # type: ignore[union-attr]
    colleague.discharge("N-3")
    see(two, qtbot)
    assert dialog.list.current_row() < 0
    assert dialog.summary.text() == "The patient who was chosen is no longer in N-3. Choose again."
    dialog.primary.click()
    assert page.dialog is dialog
