"""A drop into another ward asks why, as the dialog of the verb does; a warning there is passed with its own reason."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.seat import Seat
from wardbeds.domain.placement import Warned
from wardbeds.domain.requests import AdmitPatient, Override, SeenBed
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.services import admitting


def _isolated(seat: Seat) -> None:
    """Somebody in N-1 for whom an ordinary bed is warned of."""
    hospital = seat.desk.hospital
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[0], ward_id=hospital.wards["North"], bed=SeenBed.of(hospital.bed("N-1")),
        needs=("isolation",), override=Override(warnings=(Warned.ISOLATION,), reason="No other bed is free")))


def _drop_in_south(seat: Seat) -> ReasonDialog:
    seat.see()
    desk = seat.desk
    desk.page.engine.pick_up_bed(desk.hospital.bed("N-1"))
    with seat.qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(desk.hospital.wards["South"])
    seat.settle()
    seat.hands.click(seat.card("S-1"))
    dialog = seat.dialog
    assert isinstance(dialog, ReasonDialog)
    seat.qtbot.waitUntil(dialog.cancel_button.hasFocus)
    return dialog


def test_nothing_moves_before_it_is_said_why(seat: Seat) -> None:
    seat.admit(0, "N-1")
    dialog = _drop_in_south(seat)
    assert not dialog.reasons.isVisible()
    seat.hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    assert seat.desk.page.dialog is dialog
    assert "Choose why" in dialog.summary.text()
    assert seat.beds() == {"N-1": "Uwimana"}
    dialog.cancel_button.setFocus()
    seat.enter()
    assert seat.desk.page.dialog is None
    assert seat.beds() == {"N-1": "Uwimana"}


def test_by_keys(seat: Seat) -> None:
    seat.admit(0, "N-1")
    dialog = _drop_in_south(seat)
    seat.by_keys().fill(dialog, "Why", "Isolation")
    seat.settle()
    assert seat.beds() == {"N-1": "cleaning", "S-1": "Uwimana"}
    assert seat.why() == "Isolation"


def test_a_warning_there_needs_its_own_reason(seat: Seat) -> None:
    """One tap never passes a warning."""
    _isolated(seat)
    dialog = _drop_in_south(seat)
    seat.hands.click(dialog.why.buttons["Higher care"])
    seat.settle()
    assert seat.beds() == {"N-1": "Uwimana"}
    seat.hands.click(dialog.primary)
    assert "Choose a reason" in dialog.fields.errors["override"].text()
    seat.hands.click(dialog.reasons.buttons["Clinical decision"])
    assert seat.beds() == {"N-1": "Uwimana"}
    assert dialog.primary.hasFocus()
    seat.hands.click(dialog.primary)
    seat.settle()
    assert seat.beds() == {"N-1": "cleaning", "S-1": "Uwimana"}
    assert seat.why() == "Higher care"
