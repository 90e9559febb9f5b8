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

from tests.gui.at_the_window import admit, press, select
from tests.gui.conftest import Desk, see
from tests.support.hospital import PASSWORD, Hospital
from wardbeds.domain.access import Permission, missing
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.contacts import read_phone
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.people import Role
from wardbeds.domain.requests import BlockBed, PlacePatient, SeenBed, SeenPlace
from wardbeds.gui import theme, verbs
from wardbeds.gui.dialogs.typed import read_date
from wardbeds.gui.frame import Frame
from wardbeds.gui.geometry import GeometryFile
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.session import Session
from wardbeds.gui.sign_in import SignInPage
from wardbeds.gui.tasks import Tasks
from wardbeds.gui.verbs import Verb
from wardbeds.services import bed_states, placing
from wardbeds.store.database import Store


def test_another_stations_change_is_learned(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, 0, "N-1")
    see(desk, qtbot)
    bed = desk.session.model.bed_by_id(desk.hospital.beds["N-1"])
    assert bed is not None
    assert bed.status is BedStatus.OCCUPIED
    assert desk.page.strip.chips[1].count == 1


def test_block_reserve_notes_and_clean(desk: Desk, qtbot: QtBot) -> None:
    select(desk, "N-4")
    dialog = press(desk, "b")
    dialog.reason.choose("mattress")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-4").block_reason == "mattress"
    with qtbot.waitSignal(desk.session.action_done):
        desk.page.do(Verb.UNBLOCK)
    dialog = press(desk, "r")
    dialog.who.choose("text")  # type: ignore[attr-defined]
    dialog.text.setText("back from surgery")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    held = desk.hospital.bed("N-4")
    assert held.hold is not None
    assert held.hold.text == "back from surgery"
    dialog = press(desk, "e")
    dialog.remark.setPlainText("creaks")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        dialog._on_primary()
    assert desk.hospital.bed("N-4").remark == "creaks"


def test_a_stale_screen_is_told_and_reads_again(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, 0)
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
    select(desk, "N-1")
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
    select(desk, "N-1")
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
    select(desk, "N-1")
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
    select(desk, "N-1")
    dialog = press(desk, "r")
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
    select(desk, "N-1")
    for key in "nbre":
        press(desk, key)
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
    admit(desk, 0, "N-1")
    see(desk, qtbot)
    page, total = desk.page, len(desk.session.model.beds)
    page.show_view(2)
    assert page.list_head.isVisible()
    assert f"Showing {total} of {total} beds" in page.list_head.text()
    page.strip.chips[1].setChecked(True)
    assert f"Showing 1 of {total} beds. Filter: Occupied" in page.list_head.text()
    admit(desk, 1, "N-2")
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


def test_who_waits_stays_selected_when_the_ward_is_read_again(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, 0)
    see(desk, qtbot)
    patient_id = desk.hospital.people[0]
    desk.page.selection.select_waiting(patient_id)
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.reload()
    assert desk.page.selection.patient_id == patient_id
    with qtbot.waitSignal(desk.session.ward_opened):
        desk.session.open_ward(desk.hospital.wards["South"])
    assert desk.page.selection.patient_id is None  # she waits elsewhere


def test_the_zoom_that_is_told_is_that_of_the_view_that_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.page
    told: list[int] = []
    monkeypatch.setattr(page.strip, "show_zoom_percent", told.append)
    page.map.set_zoom(1.5)
    page.grid.set_zoom(1.0)
    assert told[-1] == 150
    page.show_view(1)
    assert told[-1] == 100
    page.show_view(0)
    assert told[-1] == 150
    told.clear()
    page.selection.select_bed(desk.hospital.beds["N-1"])
    assert not told
