"""The window on a real database: sign in, act by every way, and what happens when it is not allowed or not there."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk, see
from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.access import Permission, missing
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.contacts import read_phone
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.people import Role
from wardbeds.domain.requests import AdmitPatient, BlockBed, PlacePatient, SeenBed, SeenPlace
from wardbeds.gui import theme, verbs
from wardbeds.gui.dialogs.admit import AdmitPatientDialog, Step
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.typed import read_date
from wardbeds.gui.frame import Frame
from wardbeds.gui.geometry import GeometryFile
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.session import Session
from wardbeds.gui.sign_in import SignInPage
from wardbeds.gui.tasks import Tasks
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting, bed_states, placing
from wardbeds.store.database import Store


def _admit(desk: Desk, person: int, bed: str | None = None) -> None:
    hospital = desk.hospital
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[person], ward_id=hospital.wards["North"],
        bed=SeenBed.of(hospital.bed(bed)) if bed else None))


def _select(desk: Desk, number: str) -> None:
    desk.page.selection.select_bed(desk.hospital.beds[number])


def _press(desk: Desk, key: str) -> Dialog:
    QTest.keyClicks(desk.page.map, key)
    assert desk.page.dialog is not None
    return desk.page.dialog


def test_another_stations_change_is_learned(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0, "N-1")
    see(desk, qtbot)
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    assert bed is not None
    assert bed.status is BedStatus.OCCUPIED
    assert desk.page.strip.chips[1].count == 1


def test_drag_move_discharge_and_undo(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0)
    see(desk, qtbot)
    card = desk.page.rail.cards[0]
    target = desk.page.map.item_rect_global(desk.hospital.beds["N-1"]).center().toPoint()
    start, end = card.rect().center(), card.mapFromGlobal(target)
    with qtbot.waitSignal(desk.session.action_done):
        QTest.mousePress(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for n in range(1, 5):
            QTest.mouseMove(card, start + (end - start) * n / 4)
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[0]
    assert "Placed" in desk.page.work.last.text()
    assert "T-001" in desk.page.work.last.text()
    _select(desk, "N-1")
    dialog = _press(desk, "m")
    QTest.keyClicks(dialog.panel.window().focusWidget() or dialog, "")
    dialog.number.setText("n3")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-3").patient_id == desk.hospital.people[0]
    assert desk.hospital.bed("N-1").status is BedStatus.CLEANING
    _select(desk, "N-3")
    dialog = _press(desk, "d")
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-3").status is BedStatus.CLEANING
    with qtbot.waitSignal(desk.session.action_done):
        desk.page.work.last.undo.click()
    assert desk.hospital.bed("N-3").patient_id == desk.hospital.people[0]


def test_admit_a_registered_patient_by_keys(desk: Desk, qtbot: QtBot) -> None:
    _select(desk, "N-2")
    dialog = _press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    QTest.keyClicks(dialog.search.people.field, "uwima")
    with qtbot.waitSignal(dialog.search.people.searched):
        pass
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.step is Step.STAY
    assert dialog.banner is not None
    assert "T-001" in dialog.banner.visible_texts()
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-2").patient_id == desk.hospital.people[0]
    assert desk.page.dialog is None


def test_admit_a_new_patient_and_see_the_duplicate(desk: Desk, qtbot: QtBot) -> None:
    dialog = _press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.people.field.setText("Uwimana Clare")
    dialog.search.new.click()
    assert dialog.person.last_name.text() == "Uwimana"
    dialog.person.sex.choose("female")
    dialog.person.born.setText("1-Feb-1981")
    dialog.person.look_for_similar()
    qtbot.waitUntil(lambda: dialog.person.alike.isVisible())
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "same person" in dialog.summary.text()
    dialog.person.alike.different.click()
    qtbot.waitUntil(lambda: dialog.person.alike.found is None)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.step is Step.STAY
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [one.person.first_name for one in desk.hospital.board().waiting] == ["Clare"]


def test_admit_somebody_unknown(desk: Desk, qtbot: QtBot) -> None:
    dialog = _press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.unknown.click()
    dialog.person.sex.choose("male")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    waiting = desk.hospital.board().waiting[0].person
    assert (waiting.last_name, waiting.first_name) == ("UNKNOWN", "Male 1")


def test_errors_stand_at_the_field_and_nothing_typed_is_lost(desk: Desk, qtbot: QtBot) -> None:
    dialog = _press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.new.click()
    dialog.person.last_name.setText("Uwase 7")
    dialog.person.sex.choose("female")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.person.last_name.wrong
    assert dialog.summary.isVisible()
    assert dialog.person.last_name.text() == "Uwase 7"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.page.dialog is None
    again = _press(desk, "n")
    assert isinstance(again, AdmitPatientDialog)
    assert again.person.last_name.text() == "Uwase 7"
    again.person.last_name.clear()
    again.reject()


def test_block_reserve_notes_and_clean(desk: Desk, qtbot: QtBot) -> None:
    _select(desk, "N-4")
    dialog = _press(desk, "b")
    dialog.reason.choose("mattress")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-4").block_reason == "mattress"
    with qtbot.waitSignal(desk.session.action_done):
        desk.page.do(Verb.UNBLOCK)
    dialog = _press(desk, "r")
    dialog.who.choose("text")  # type: ignore[attr-defined]
    dialog.text.setText("back from surgery")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    held = desk.hospital.bed("N-4")
    assert held.hold is not None
    assert held.hold.text == "back from surgery"
    dialog = _press(desk, "e")
    dialog.remark.setPlainText("creaks")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        dialog._on_primary()
    assert desk.hospital.bed("N-4").remark == "creaks"


def test_a_stale_screen_is_told_and_reads_again(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0)
    see(desk, qtbot)
    waiting = desk.session.model.waiting[0]
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    assert bed is not None
    request = PlacePatient(patient_id=waiting.person.patient_id, seen=SeenPlace(ward_id=waiting.ward_id),
                           bed=SeenBed.of(bed))
    placing.place_patient(desk.store, desk.hospital.admin, request.model_copy(update={
        "operation_id": PlacePatient.model_fields["operation_id"].default_factory(),  # type: ignore[misc,call-arg]
        "bed": SeenBed.of(desk.hospital.bed("N-2"))}))
    with qtbot.waitSignals([desk.session.action_refused, desk.session.ward_opened]):
        desk.session.perform(placing.place_patient, request)
    assert "no longer where you saw her" in desk.page.notice.text()
    assert desk.session.model.waiting == ()


def test_lost_connection_makes_the_board_read_only(desk: Desk, qtbot: QtBot) -> None:
    def unreachable(*_: object) -> object:
        raise OutOfReach("the cable is out")

    desk.session.link.stop()
    with qtbot.waitSignal(desk.session.connection_lost):
        desk.session.ask(unreachable, lambda _x: None)
    _select(desk, "N-1")
    assert "No connection" in desk.page.bars.offline.text()
    assert all(not offer.allowed for offer in desk.page.offers())
    with qtbot.waitSignal(desk.session.connection_restored):
        desk.session.list_wards()
    assert desk.page.bars.offline.text() == ""


def test_a_bug_is_said_plainly_and_logged_without_names(desk: Desk, qtbot: QtBot,
                                                        caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> object:
        raise ValueError(f"UWI{'MANA'}, Claire")

    with qtbot.waitSignal(desk.session.failed):
        desk.session.ask(broken, lambda _x: None)
    assert "went wrong" in desk.page.notice.text()
    assert "ValueError" in caplog.text
    assert "UWIMANA" not in caplog.text


def test_no_query_on_the_windows_thread(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection is made on the data thread, through a whole round of actions."""
    threads: set[str] = set()
    for name in ("reading", "writing"):
        real = getattr(Store, name)

        def spied(store: Store, real: object = real) -> object:
            threads.add(threading.current_thread().name)
            return real(store)  # type: ignore[operator]

        monkeypatch.setattr(Store, name, spied)
    _select(desk, "N-1")
    with qtbot.waitSignal(desk.session.action_done):
        desk.session.perform(bed_states.block_bed, _block(desk))
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.reload()
    assert threads == {"data"}


def _block(desk: Desk) -> BlockBed:
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    assert bed is not None
    return BlockBed(bed=SeenBed.of(bed), reason="mattress")


def _as_support(desk: Desk, qtbot: QtBot) -> None:
    desk.session.sign_out()
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.sign_in("support", PASSWORD, lambda refusal: pytest.fail(str(refusal)))


def test_support_staff_sees_why_not(desk: Desk, qtbot: QtBot) -> None:
    """What the role may not do stands there, disabled, with the reason; its key says the same."""
    _as_support(desk, qtbot)
    _select(desk, "N-1")
    may = {button.text(): button.isEnabled() for button in desk.page.work.buttons if button.text()}
    assert may == {"Admit": False, "Reserve": False, "Block": True, "Notes": True}
    for button in desk.page.work.buttons:
        assert button.isEnabled() or "Your role (support) may not" in button.toolTip()
    QTest.keyClicks(desk.page.map, "r")
    assert desk.page.dialog is None
    assert "Your role (support) may not reserve beds" in desk.page.notice.text()


def test_the_service_refuses_whatever_the_window_shows(desk: Desk, qtbot: QtBot,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that offers support staff everything: the service refuses, the dialog says so, nothing changes."""
    _as_support(desk, qtbot)
    monkeypatch.setattr(verbs, "can", lambda _role, _permission: True)
    _select(desk, "N-1")
    dialog = _press(desk, "r")
    dialog.who.choose("text")  # type: ignore[attr-defined]
    dialog.text.setText("back from surgery")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_refused) as refused:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert refused.args[1] == missing(Role.SUPPORT_STAFF, Permission.BED_HOLD)
    assert desk.page.dialog is dialog
    assert "role" in dialog.summary.text()
    assert desk.hospital.bed("N-1").hold is None


def test_sign_in_page(qtbot: QtBot, small_hospital: Hospital) -> None:
    tasks = Tasks()
    session = Session(small_hospital.store, "station-1", tasks)
    page = SignInPage(session, [])
    qtbot.addWidget(page)
    page.show()
    page.form.fields["username"].setText("nurse")
    page.form.fields["password"].setText("wrong-password")
    page.form.button.click()
    qtbot.waitUntil(lambda: page.form.error.isVisible())
    assert page.form.text("username") == "nurse"
    page.form.fields["password"].setText(PASSWORD)
    with qtbot.waitSignal(session.signed_in):
        page.form.button.click()
    qtbot.waitUntil(lambda: tasks.pending == 0)
    session.stop()
    tasks.stop()


def test_everything_that_takes_focus_has_a_name_and_a_size(desk: Desk, qtbot: QtBot) -> None:
    _select(desk, "N-1")
    for key in "nbre":
        _press(desk, key)
        _check_tree(desk.page)
        _press_escape(desk)
    _check_tree(desk.page)


def _press_escape(desk: Desk) -> None:
    assert desk.page.dialog is not None
    QTest.keyClick(desk.page.dialog, Qt.Key.Key_Escape)


def _check_tree(root: QWidget) -> None:
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget, QLineEdit) and not isinstance(widget.parentWidget(), QDateTimeEdit | QComboBox):
            assert widget.accessibleName(), widget
        if isinstance(widget, QPlainTextEdit | QComboBox | QDateTimeEdit):
            assert widget.accessibleName(), widget
        if isinstance(widget, QAbstractButton):
            assert widget.accessibleName() or widget.text(), widget
            assert min(widget.width(), widget.height()) >= 24, (widget, widget.size())
            assert widget.width() >= widget.minimumSizeHint().width() - 1, (widget.text(), widget.size())


def test_print_preview_saves_a_pdf(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.page.print_sheet()
    qtbot.waitUntil(lambda: bool(desk.page.findChildren(PreviewDialog)))
    preview = desk.page.findChildren(PreviewDialog)[0]
    preview.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").stat().st_size > 5000
    assert "Saved" in desk.page.notice.text()


def test_geometry_tells_what_is_where(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    frame = Frame("test")
    qtbot.addWidget(frame)
    frame.show_page(desk.page)
    frame.show()
    qtbot.waitExposed(frame)
    file = GeometryFile(frame, tmp_path / "geometry.json")
    assert file.describe()["cards"] == []
    file.look_at(desk.page)
    told = file.describe()
    assert told["page"] == "board"
    assert {card["words"] for card in told["cards"]} == {"N-1", "N-2", "N-3", "N-4"}
    rect = next(card["rect"] for card in told["cards"] if card["words"] == "N-2")
    assert desk.page.map.bed_at_global(QPoint(rect[0] + 5, rect[1] + 5)) == desk.hospital.beds["N-2"]
    assert {chip["id"] for chip in told["chips"]} == {str(status) for status in BedStatus}
    frame.pages.removeWidget(desk.page)
    desk.page.setParent(None)


def test_dates_and_phones_as_people_write_them() -> None:
    assert {read_date(text) for text in ("14-May-1988", "14 may 1988", "1988-05-14", "14/05/1988")} == {
        datetime(1988, 5, 14, tzinfo=UTC).date()}
    for wrong in ("14-Foo-1988", "1988", "31/02/1988"):
        with pytest.raises(ValueError):
            read_date(wrong)
    assert read_phone("0788 123 456") == "+250788123456"
    with pytest.raises(ValueError):
        read_phone("12")
    assert timedelta(0) == timedelta()


def test_the_list_says_what_a_filter_leaves_and_keeps_saying_it(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0, "N-1")
    see(desk, qtbot)
    page, total = desk.page, len(desk.session.model.beds)
    page.show_view(2)
    assert page.list_head.isVisible()
    assert f"Showing {total} of {total} beds" in page.list_head.text()
    page.strip.chips[1].setChecked(True)
    assert f"Showing 1 of {total} beds. Filter: Occupied" in page.list_head.text()
    _admit(desk, 1, "N-2")
    see(desk, qtbot)
    assert f"Showing 2 of {total} beds" in page.list_head.text()
    assert f"Showing 2 of {total}" in page.foot.text()
    page.show_view(0)
    assert not page.list_head.isVisible()


def test_the_rail_gives_the_list_its_width_and_opens_again(desk: Desk) -> None:
    page = desk.page
    assert page.rail.isVisible()
    page.show_view(2)
    assert page.stub.isVisible()
    assert not page.rail.isVisible()
    page.stub.click()
    assert page.rail.isVisible()
    page.show_view(0)
    assert page.rail.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F4)
    assert not page.rail.isVisible()
    assert page.stub.isVisible()


def _take(desk: Desk) -> None:
    desk.page.rail.take(desk.session.model.waiting[0])


def _dirty(desk: Desk, qtbot: QtBot) -> None:
    """N-1 waits for cleaning, somebody waits for a bed."""
    _admit(desk, 0, "N-1")
    see(desk, qtbot)
    _select(desk, "N-1")
    dialog = _press(desk, "d")
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    _admit(desk, 1)
    qtbot.waitUntil(lambda: len(desk.session.model.waiting) == 1)


def test_a_refusal_stands_beside_the_bed_moves_none_and_says_what_can_be_done(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    page, bed = desk.page, desk.hospital.beds["N-1"]
    before = page.map.item_rect_global(bed)
    _take(desk)
    page.engine.put_down(bed)
    assert page.popover.isVisible()
    assert "not clean yet" in page.popover.text()
    assert desk.session.model.waiting[0].person.hospital_number in page.popover.person.text()
    assert page.map.item_rect_global(bed) == before
    shown = page.popover.geometry().translated(page.mapToGlobal(QPoint(0, 0)))
    assert not shown.adjusted(13, 13, -13, -13).intersects(before.toRect())
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(page.map, Qt.Key.Key_C)
    assert not page.popover.isVisible()
    assert desk.hospital.bed("N-1").status is BedStatus.AVAILABLE
    assert page.engine.hand is not None
    with qtbot.waitSignal(desk.session.action_done):
        page.engine.put_down(bed)
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[1]


def test_escape_after_a_refusal_chooses_another_bed_and_then_puts_back(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    _take(desk)
    desk.page.engine.put_down(desk.hospital.beds["N-1"])
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert not desk.page.popover.isVisible()
    assert desk.page.engine.hand is not None
    QTest.keyClick(desk.page.map, Qt.Key.Key_Escape)
    assert desk.page.engine.hand is None


def test_a_refusal_is_gone_for_whoever_signs_in_next(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    _take(desk)
    desk.page.engine.put_down(desk.hospital.beds["N-1"])
    assert desk.page.popover.isVisible()
    desk.session.sign_out()
    assert not desk.page.popover.isVisible()
    assert desk.page.engine.hand is None


def test_nothing_of_whoever_worked_here_is_left(desk: Desk, qtbot: QtBot) -> None:
    page = desk.page
    page.selection.select_bed(desk.hospital.beds["N-1"])
    page.command_bar.search.setText("uwimana")
    page.strip.chips[0].setChecked(True)
    page.bars.back.say("Connected. 3 changes by others while you were away.", "success")
    desk.session.sign_out()
    assert page.selection.bed_id is None
    assert page.command_bar.search.text() == ""
    assert not page.strip.filter()
    assert not page.bars.back.isVisible()
    assert page.others.line is None


def test_verbs_stay_the_same_buttons_while_nothing_changes(desk: Desk, qapp: QApplication) -> None:
    """A button made anew between press and release would swallow the click."""
    page = desk.page
    page.selection.select_bed(desk.hospital.beds["N-1"])
    before = list(page.work.buttons)
    assert before
    page.show_selection()
    assert page.work.buttons == before
    theme.set_text_scale(qapp, 115)
    page.restyle()
    assert page.work.buttons != before


def test_an_open_dialog_is_gone_for_whoever_signs_in_next(desk: Desk, qtbot: QtBot) -> None:
    desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    _press(desk, "b")
    desk.session.sign_out()
    assert desk.page.dialog is None


def test_a_refusal_is_gone_when_the_patient_is_put_back(desk: Desk, qtbot: QtBot) -> None:
    _dirty(desk, qtbot)
    _take(desk)
    desk.page.engine.put_down(desk.hospital.beds["N-1"])
    desk.page.engine.cancel()
    assert not desk.page.popover.isVisible()


def test_a_notice_moves_no_bed(desk: Desk, qtbot: QtBot) -> None:
    before = desk.page.map.item_rect_global(desk.hospital.beds["N-1"])
    desk.page.notice.say("This cannot be undone any more.")
    qtbot.wait(0)
    assert desk.page.notice.isVisible()
    assert desk.page.map.item_rect_global(desk.hospital.beds["N-1"]) == before


def test_after_a_placement_from_a_dialog_its_bed_is_selected(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0)
    see(desk, qtbot)
    desk.page.selection.select_waiting(desk.hospital.people[0])
    dialog = _press(desk, "a")
    field = dialog.first_focus()
    assert field is not None
    QTest.keyClicks(field, "n2")
    assert dialog.primary.text() == "Place in N-2"
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.page.selection.bed_id == desk.hospital.beds["N-2"]


def test_a_transfer_goes_to_another_ward_for_a_reason(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0, "N-1")
    see(desk, qtbot)
    _select(desk, "N-1")
    dialog = _press(desk, "t")
    ward, reason = dialog.fields.widgets["ward"], dialog.fields.widgets["reason"]
    assert isinstance(ward, QComboBox)
    assert isinstance(reason, QComboBox)
    assert [ward.itemText(n) for n in range(ward.count())] == ["South"]
    qtbot.waitUntil(lambda: dialog.primary.text() == "Transfer to S-1")
    dialog.primary.click()
    assert "another ward" in dialog.summary.text()
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[0]
    reason.setCurrentIndex(reason.findText("Higher care"))
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert desk.hospital.bed("S-1").patient_id == desk.hospital.people[0]


def test_a_move_to_another_ward_is_a_transfer_and_asks_why(desk: Desk, qtbot: QtBot) -> None:
    _admit(desk, 0, "N-1")
    see(desk, qtbot)
    _select(desk, "N-1")
    dialog = _press(desk, "m")
    ward, reason = dialog.fields.widgets["ward"], dialog.fields.widgets["reason"]
    assert isinstance(ward, QComboBox)
    assert isinstance(reason, QComboBox)
    assert reason.findText("Bed fault") > 0
    assert "*" not in dialog.fields.captions["reason"].text()
    reason.setCurrentIndex(reason.findText("Isolation"))
    ward.setCurrentIndex(ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.primary.text() == "Transfer to S-1")
    assert "*" in dialog.fields.captions["reason"].text()
    assert reason.findText("Bed fault") < 0
    assert reason.currentText() == "Isolation"  # which is a reason for both
    reason.setCurrentIndex(0)
    dialog.primary.click()
    assert "another ward" in dialog.summary.text()
    assert desk.hospital.bed("N-1").patient_id == desk.hospital.people[0]
    reason.setCurrentIndex(reason.findText("Bed pressure"))
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert desk.hospital.bed("S-1").patient_id == desk.hospital.people[0]


def test_an_error_goes_when_its_field_is_corrected(desk: Desk) -> None:
    dialog = _press(desk, "n")
    dialog.start_new()  # type: ignore[attr-defined]
    dialog.person.sex.choose("female")  # type: ignore[attr-defined]
    dialog.primary.click()
    assert dialog.summary.isVisible()
    QTest.keyClicks(dialog.person.last_name, "Uw")  # type: ignore[attr-defined]
    assert not dialog.fields.errors["last_name"].isVisible()
    assert "birth date" in dialog.summary.text()
    QTest.keyClicks(dialog.person.born, "1")  # type: ignore[attr-defined]
    assert not dialog.summary.isVisible()


def test_diagnostics_are_shown_when_they_are_copied(desk: Desk, qtbot: QtBot) -> None:
    desk.page.show_about()
    dialog = desk.page.dialog
    assert dialog is not None
    dialog.copy.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "Copied" in dialog.foot_note.text())
    shown = dialog.text  # type: ignore[attr-defined]
    assert shown.isVisible()
    assert "schema " in shown.toPlainText()
    assert QApplication.clipboard().text() == shown.toPlainText()


def _to_new_patient(desk: Desk, key_on: str | None) -> AdmitPatientDialog:
    if key_on is not None:
        _select(desk, key_on)
    dialog = _press(desk, "n")
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.start_new()
    for field, text in ((dialog.person.last_name, "Mukandayisenga"), (dialog.person.born, "14-May-1988")):
        field.setText(text)
    return dialog


def test_the_banner_says_what_is_typed_and_few_fields_are_asked_for(desk: Desk, qtbot: QtBot) -> None:
    dialog = _to_new_patient(desk, "N-3")
    assert dialog.banner is not None
    assert dialog.banner.isVisible()
    banner = dialog.banner
    qtbot.waitUntil(lambda: "proposed" in banner._said()[0][1])
    proposed = banner._said()[0][1]
    assert proposed.split(",")[0] == dialog.person.number.placeholderText().split(",")[0]
    dialog.person.number.setText("A-7")
    assert banner._said()[0][1] == "A-7"
    dialog.person.number.clear()
    assert [value for _caption, value in dialog.banner._said()] == [proposed, "–", "14-May-1988 (38 y)"]
    dialog.person.sex.choose("female")
    assert ("Gender", "Female") in dialog.banner._said()
    shown = [name for name, field in dialog.fields.widgets.items() if field.isVisible()]
    assert len(shown) <= 7
    assert not dialog.person.phone.isVisible()
    dialog.person.more.click()
    assert dialog.person.phone.isVisible()
    assert dialog.person.attendant_phone.isVisible()
    dialog.person.phone.setText("12")
    dialog.submit()
    assert "phone number" in dialog.summary.text()
    dialog.go_back()
    dialog.start_new()
    assert dialog.person.phone.text() == "12"


def test_a_wrong_number_in_a_folded_field_opens_it(desk: Desk) -> None:
    dialog = _to_new_patient(desk, "N-3")
    dialog.person.sex.choose("female")
    dialog.person.national_id.setText("12")
    dialog.submit()
    assert dialog.person.national_id.isVisible()
    assert "16 digits" in dialog.fields.errors["national_id"].text()


def test_admission_may_go_to_another_bed_ward_or_the_waiting_list_with_a_priority(desk: Desk, qtbot: QtBot) -> None:
    dialog = _to_new_patient(desk, "N-3")
    dialog.person.sex.choose("female")
    dialog.submit()
    assert dialog.primary.text() == "Admit to N-3"
    assert not dialog.stay.priority.isVisible()
    dialog.stay.where.beds.setCurrentIndex(dialog.stay.where.beds.findText("N-4"))
    assert dialog.head.text() == "Admit to N-4"
    dialog.stay.where.ward.setCurrentIndex(dialog.stay.where.ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.stay.where.beds.findText("S-2") > 0)
    assert dialog.primary.text() == "Admit to the waiting list"
    assert dialog.stay.priority.isVisible()
    dialog.stay.priority.choose("urgent")
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    waiting = desk.hospital.board("South").waiting
    assert [(one.person.last_name, one.priority.value) for one in waiting] == [("Mukandayisenga", "urgent")]
    dialog = _to_new_patient(desk, "N-3")
    dialog.person.sex.choose("female")
    dialog.person.alike.found = None
    dialog.person.last_name.setText("Zaninka")
    dialog.submit()
    dialog.stay.where.ward.setCurrentIndex(dialog.stay.where.ward.findText("South"))
    qtbot.waitUntil(lambda: dialog.stay.where.beds.findText("S-2") > 0)
    dialog.stay.where.beds.setCurrentIndex(dialog.stay.where.beds.findText("S-2"))
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    occupant = desk.hospital.bed("S-2").occupant
    assert occupant is not None
    assert occupant.person.last_name == "Zaninka"


def test_what_was_typed_is_there_again_after_escape(desk: Desk) -> None:
    dialog = _to_new_patient(desk, "N-3")
    dialog.stay.leaving.setText("24-Dec-2030")
    dialog.reject()
    _select(desk, "N-3")
    again = _press(desk, "n")
    assert isinstance(again, AdmitPatientDialog)
    assert (again.person.last_name.text(), again.person.born.text(), again.stay.leaving.text()) == (
        "Mukandayisenga", "14-May-1988", "24-Dec-2030")
    again.reject()
