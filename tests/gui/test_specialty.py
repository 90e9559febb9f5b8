"""A ward's specialty is set in its dialog, a patient's at admission; where they differ, placing needs a reason."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hospital import PASSWORD
from tests.support.stations import Colleague
from wardbeds.domain.beds import Ward
from wardbeds.domain.placement import Warned
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.edit_patient import EditAdmissionDialog
from wardbeds.gui.dialogs.move import PlaceDialog
from wardbeds.gui.dialogs.ward_setup import Part, WardSetupDialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import reading


def _ward(desk: Desk, name: str) -> Ward:
    return next(one.ward for one in reading.list_wards(desk.store, desk.hospital.admin) if one.ward.name == name)


def _sign_in(desk: Desk, qtbot: QtBot, name: str) -> None:
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in(name, PASSWORD, lambda refusal: pytest.fail(str(refusal)))


def _open_setup(desk: Desk, qtbot: QtBot, *, new: bool = False) -> WardSetupDialog:
    (desk.page.house.new_ward if new else desk.page.house.change_ward)()
    qtbot.waitUntil(lambda: isinstance(desk.page.dialog, WardSetupDialog))
    dialog = desk.page.dialog
    assert isinstance(dialog, WardSetupDialog)
    return dialog


def _save(desk: Desk, qtbot: QtBot, dialog: WardSetupDialog) -> None:
    with qtbot.waitSignals([desk.session.action_done, desk.session.ward_opened]):
        dialog.primary.click()


@pytest.fixture
def surgery(desk: Desk, qtbot: QtBot) -> Desk:
    """North is made a surgical ward by its administrator; the nurse is back at the board."""
    _sign_in(desk, qtbot, "admin")
    dialog = _open_setup(desk, qtbot)
    dialog.show_part(Part.MORE)
    dialog.specialty.setText("surgery")
    _save(desk, qtbot, dialog)
    _sign_in(desk, qtbot, "nurse")
    qtbot.waitUntil(lambda: any(one.ward.specialty for one in desk.session.wards))
    return desk


def _find(desk: Desk, qtbot: QtBot) -> AdmitPatientDialog:
    desk.page.do(Verb.ADMIT)
    dialog = desk.page.dialog
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.people.field.setText("T-001")
    dialog.search.people.search()
    qtbot.waitUntil(lambda: dialog.search.people.current() is not None)
    dialog._on_primary()
    assert dialog.step is Step.STAY
    return dialog


def test_a_ward_is_made_with_everything_that_is_asked(desk: Desk, qtbot: QtBot) -> None:
    _sign_in(desk, qtbot, "admin")
    dialog = _open_setup(desk, qtbot, new=True)
    dialog.name.setText("Ophthalmology")
    dialog.show_part(Part.MORE)
    for field, text in ((dialog.specialty, "eyes"), (dialog.location, "Building 2"), (dialog.phone, "0788 123 456"),
                        (dialog.long_stay, "14")):
        field.setText(text)
    dialog.show_part(Part.ROOMS)
    dialog.rooms.rows[0].bed_type.setText("stretcher")
    _save(desk, qtbot, dialog)
    ward = _ward(desk, "Ophthalmology")
    assert (ward.specialty, ward.location, ward.phone, ward.long_stay_days) == (
        "eyes", "Building 2", "+250788123456", 14)
    board = reading.read_board(desk.store, desk.hospital.admin, ward.id)
    assert {bed.bed_type for bed in board.beds if bed.room_name == "A"} == {"stretcher"}
    assert {bed.bed_type for bed in board.beds if bed.room_name != "A"} == {""}


def test_what_is_there_is_shown_and_kept(surgery: Desk, qtbot: QtBot) -> None:
    """Nobody who changes the name takes back what an earlier administrator wrote in the other parts."""
    _sign_in(surgery, qtbot, "admin")
    dialog = _open_setup(surgery, qtbot)
    assert (dialog.specialty.text(), dialog.long_stay.text()) == ("surgery", "7")
    dialog.show_part(Part.ROOMS)
    dialog.rooms.rows[0].bed_type.setText("cot")
    _save(surgery, qtbot, dialog)
    again = _open_setup(surgery, qtbot)
    assert again.rooms.rows[0].bed_type.text() == "cot"
    again.code.setText("NO")
    _save(surgery, qtbot, again)
    assert _ward(surgery, "North").specialty == "surgery"
    rooms = {bed.room_name: bed.bed_type for bed in surgery.hospital.board().beds}
    assert "cot" in rooms.values()


def test_all_that_is_wrong_is_said_and_its_part_is_shown(desk: Desk, qtbot: QtBot) -> None:
    _sign_in(desk, qtbot, "admin")
    dialog = _open_setup(desk, qtbot, new=True)
    dialog.show_part(Part.MORE)
    dialog.long_stay.setText("0")
    dialog.staffed.setText("many")
    dialog.primary.click()
    assert dialog.summary.text().startswith("3 fields")
    for caption in ("Name", "Beds with staff", "Long stay from day"):
        assert caption in dialog.summary.text()
    assert dialog.name.isVisible()
    assert dialog.fields.errors["staffed_beds"].isVisible()
    assert not dialog.fields.errors["long_stay_days"].isVisible()
    dialog.show_part(Part.MORE)
    assert dialog.fields.errors["long_stay_days"].isVisible()
    assert dialog.long_stay.text() == "0"


def test_seven_fields_at_most_and_no_larger_than_a_dialog(desk: Desk, qtbot: QtBot) -> None:
    _sign_in(desk, qtbot, "admin")
    dialog = _open_setup(desk, qtbot, new=True)
    for part in Part:
        dialog.show_part(part)
        assert sum(widget.isVisible() for widget in dialog.fields.widgets.values()) <= 7
        assert dialog.panel.width() <= 720
        assert dialog.panel.height() <= 560


def test_who_is_admitted_is_of_the_wards_specialty(surgery: Desk, qtbot: QtBot) -> None:
    surgery.page.selection.select_bed(surgery.hospital.beds["N-2"])
    dialog = _find(surgery, qtbot)
    assert dialog.stay.specialty.isVisible()
    assert dialog.stay.specialty.value == "surgery"
    assert Warned.SPECIALTY not in dialog.stay.warnings
    dialog.stay.where.ward.setCurrentIndex(dialog.stay.where.ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.stay.where.board.ward.name == "South")
    assert dialog.stay.specialty.value == ""


def test_nobody_is_asked_where_no_ward_has_a_specialty(desk: Desk, qtbot: QtBot) -> None:
    dialog = _find(desk, qtbot)
    assert not dialog.stay.specialty.isVisible()


def test_another_specialty_needs_a_reason(surgery: Desk, qtbot: QtBot) -> None:
    """Admitted to the list of the surgical ward as of medicine, then placed there."""
    _sign_in(surgery, qtbot, "admin")
    surgery.session.open_ward(surgery.hospital.wards["South"])
    qtbot.waitUntil(lambda: surgery.session.ward_id == surgery.hospital.wards["South"])
    setup = _open_setup(surgery, qtbot)
    setup.specialty.setText("internal medicine")
    _save(surgery, qtbot, setup)
    _sign_in(surgery, qtbot, "nurse")
    surgery.session.open_ward(surgery.hospital.wards["North"])
    qtbot.waitUntil(lambda: surgery.session.ward_id == surgery.hospital.wards["North"])
    qtbot.waitUntil(lambda: len({one.ward.specialty for one in surgery.session.wards}) == 2)
    surgery.page.selection.select_bed(None)
    dialog = _find(surgery, qtbot)
    dialog.stay.specialty.setCurrentIndex(dialog.stay.specialty.findData("internal medicine"))
    with qtbot.waitSignal(surgery.session.action_done):
        dialog._on_primary()
    waiting = surgery.session.model.waiting[0]
    assert waiting.specialty == "internal medicine"
    surgery.page.selection.select_waiting(waiting.person.patient_id)
    surgery.page.do(Verb.ASSIGN)
    place = surgery.page.dialog
    assert isinstance(place, PlaceDialog)
    bed = place.chosen()
    assert bed is not None
    assert Warned.SPECIALTY in [one.code for one in place.verdict(bed).warnings]
    place._on_primary()
    assert place.fields.errors["override"].isVisible()
    place.override.setCurrentIndex(1)
    with qtbot.waitSignal(surgery.session.action_done):
        place._on_primary()
    assert surgery.hospital.bed(bed.number).occupant is not None


def test_the_specialty_of_an_admission_is_changed(surgery: Desk, qtbot: QtBot) -> None:
    Colleague(surgery.hospital).admit(0, "N-1")
    see(surgery, qtbot)
    surgery.page.selection.select_bed(surgery.hospital.beds["N-1"])
    surgery.page.do(Verb.ADMISSION)
    qtbot.waitUntil(lambda: surgery.page.dialog is not None)
    dialog = surgery.page.dialog
    assert isinstance(dialog, EditAdmissionDialog)
    assert dialog.specialty.value == ""
    dialog.specialty.choose("surgery")
    with qtbot.waitSignal(surgery.session.action_done):
        dialog._on_primary()
    occupant = surgery.hospital.bed("N-1").occupant
    assert occupant is not None
    assert occupant.specialty == "surgery"
