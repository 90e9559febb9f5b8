"""What the discharge asks for depends on the outcome: where to, or when somebody died."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.gui.conftest import Desk, see
from tests.support.forms import required
from tests.support.hands import Hands
from tests.support.stations import Colleague
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.stays import Outcome
from wardbeds.gui.dialogs.discharge import DischargeDialog, PatientLeftDialog
from wardbeds.gui.verbs import Verb
from wardbeds.store.tables import admissions


def _note(desk: Desk) -> str:
    with desk.store.reading() as connection:
        kept = connection.execute(select(admissions.c.outcome, admissions.c.note)).one()
    assert kept.outcome is not None
    return str(kept.note)


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> DischargeDialog:
    Colleague(desk.hospital).admit(0, "N-1")
    see(desk, qtbot)
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.DISCHARGE)
    opened = desk.page.dialog
    assert isinstance(opened, DischargeDialog)
    return opened


def test_the_time_is_required_and_is_called_what_it_is(dialog: DischargeDialog) -> None:
    caption = dialog.fields.captions["happened_at"]
    assert caption.text().startswith("Left at <span")
    dialog.outcome.choose(Outcome.DECEASED)
    assert caption.text().startswith("Time of death <span")
    assert dialog.at.edit.accessibleName() == "Time of death"
    dialog.outcome.choose(Outcome.STABLE)
    assert caption.text().startswith("Left at <span")


def test_where_a_referred_patient_goes_is_kept(desk: Desk, dialog: DischargeDialog, qtbot: QtBot) -> None:
    assert not dialog.facility.isVisible()
    dialog.outcome.choose(Outcome.REFERRED)
    assert dialog.facility.isVisible()
    dialog.facility.setText("CHUK")
    dialog.note.setPlainText("with oxygen")
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert _note(desk) == "to: CHUK; with oxygen"


def test_a_facility_counts_for_a_referral_only(desk: Desk, dialog: DischargeDialog, qtbot: QtBot) -> None:
    dialog.outcome.choose(Outcome.REFERRED)
    dialog.facility.setText("CHUK")
    dialog.outcome.choose(Outcome.IMPROVED)
    assert not dialog.facility.isVisible()
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert _note(desk) == ""


@pytest.mark.parametrize("later", [False, True])
def test_where_a_referred_patient_goes_is_required(desk: Desk, dialog: DischargeDialog, qtbot: QtBot,
                                                   later: bool) -> None:
    """Of a decision, too: who lets the patient go later no longer knows."""
    assert dialog.later is not None
    button = dialog.later if later else dialog.primary
    dialog.outcome.choose(Outcome.REFERRED)
    assert "Referred to" in required(dialog)
    dialog.facility.setText("  ")
    button.click()
    assert not dialog.sending.busy
    assert dialog.fields.errors["facility"].text() == dialog.summary.text() != ""
    assert dialog.facility.wrong
    dialog.facility.setText("CHUK")
    with qtbot.waitSignal(desk.session.action_done):
        button.click()
    with desk.store.reading() as connection:
        assert connection.scalar(select(admissions.c.note)) == "to: CHUK"


def test_another_outcome_needs_no_facility(desk: Desk, dialog: DischargeDialog, qtbot: QtBot) -> None:
    dialog.outcome.choose(Outcome.REFERRED)
    dialog.primary.click()
    assert dialog.summary.isVisible()
    dialog.outcome.choose(Outcome.STABLE)
    assert not dialog.summary.isVisible()
    assert "Referred to" not in required(dialog)
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()


def test_a_death_is_not_decided_beforehand(dialog: DischargeDialog) -> None:
    assert dialog.later is not None
    assert dialog.later.isVisible()
    dialog.outcome.choose(Outcome.DECEASED)
    assert not dialog.later.isVisible()
    dialog.outcome.choose(Outcome.AGAINST_ADVICE)
    assert dialog.later.isVisible()


def test_a_death_has_no_hint_of_medicines(dialog: DischargeDialog) -> None:
    hint = dialog.note.placeholderText()
    assert "medicines" in hint
    dialog.outcome.choose(Outcome.DECEASED)
    assert dialog.note.placeholderText() == ""
    dialog.outcome.choose(Outcome.STABLE)
    assert dialog.note.placeholderText() == hint


def _decided(desk: Desk) -> bool:
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    return bed is not None and bed.occupant is not None and bed.occupant.decided_at is not None


def test_a_bed_that_is_to_be_cleaned_is_not_said_to_be_free(desk: Desk, dialog: DischargeDialog,
                                                            qtbot: QtBot) -> None:
    assert dialog.later is not None
    with qtbot.waitSignal(desk.session.action_done):
        dialog.later.click()
    see(desk, qtbot)
    qtbot.waitUntil(lambda: _decided(desk))
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    desk.page.do(Verb.LEFT)
    left = desk.page.dialog
    assert isinstance(left, PatientLeftDialog)
    assert left.primary.text() == "Release N-1"
    with qtbot.waitSignal(desk.session.action_done):
        left.primary.click()
    assert desk.hospital.bed("N-1").status is BedStatus.CLEANING


def test_where_to_is_said_in_the_readers_words(dialog: DischargeDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialog, "tr", {"to: {facility}": "vers: {facility}"}.get)
    dialog.outcome.choose(Outcome.REFERRED)
    dialog.facility.setText("CHUK")
    assert dialog._said() == "vers: CHUK"


@pytest.mark.parametrize(("outcome", "why_not"), [(Outcome.DECEASED, "A death cannot be undone"), (Outcome.STABLE, "")])
def test_undo_is_offered_where_it_is_possible(desk: Desk, dialog: DischargeDialog, qtbot: QtBot, calm: None,
                                              outcome: Outcome, why_not: str) -> None:
    dialog.outcome.choose(outcome)
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
        if outcome is Outcome.DECEASED:
            dialog.primary.click()
    undo = desk.page.work.last.undo
    assert undo.isVisible()
    assert undo.isEnabled() == (not why_not)
    assert undo.toolTip().startswith(why_not)


def test_a_double_click_records_no_death(desk: Desk, dialog: DischargeDialog, qtbot: QtBot, calm: None) -> None:
    """The question stands where the first click was: clicks that follow at once have not read it."""
    desk.page.window().activateWindow()
    dialog.outcome.choose(Outcome.DECEASED)
    QApplication.setDoubleClickInterval(60_000)
    Hands(desk.page).double_click(dialog.primary.mapToGlobal(dialog.primary.rect().center()))
    assert not dialog.sending.busy
    assert dialog.primary.text() == "Yes, record the death"
    assert dialog.primary.accessibleName() == "Yes, record the death"  # whoever hears it must know, too
    assert dialog.summary.isVisible()
    assert dialog.cancel_button.hasFocus()
    QApplication.setDoubleClickInterval(0)
    with qtbot.waitSignal(desk.session.action_done):
        Hands(desk.page).click(dialog.primary)
    assert desk.hospital.bed("N-1").status is BedStatus.CLEANING
