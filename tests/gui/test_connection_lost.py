"""What the window shows without a connection, when it is back, while it is not known what was saved, and when the
program may only look."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import select

from tests.gui.conftest import Desk
from tests.support.stations import Colleague, cut, mend, see
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import InDoubt, OutOfReach
from wardbeds.domain.requests import BlockBed, PlacePatient, SeenBed, SeenPlace
from wardbeds.gui import theme, words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.changes_list import ChangesDialog
from wardbeds.gui.dialogs.happened_at import HappenedAt
from wardbeds.gui.dialogs.when import WhenDialog
from wardbeds.gui.link import LOST_AFTER, SLOW_AFTER
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.printing.noted import NotedPrints
from wardbeds.gui.spinner import Spinner
from wardbeds.gui.verbs import Verb
from wardbeds.services.bed_states import block_bed
from wardbeds.services.following import Lost
from wardbeds.store.tables import events
from wardbeds.store.versions import TOO_OLD_TO_READ


def _bed(desk: Desk, number: str) -> SeenBed:
    bed = desk.session.model.bed_by_id(desk.hospital.beds[number])
    assert bed is not None
    return SeenBed.of(bed)


def _open(desk: Desk, number: str, verb: Verb) -> Dialog:
    desk.page.selection.select_bed(desk.hospital.beds[number])
    desk.page.do(verb)
    assert desk.page.dialog is not None
    return desk.page.dialog


def test_an_old_answer_says_reconnecting_then_that_there_is_no_connection(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    link = desk.session.link
    link.stop()
    for age, said in ((SLOW_AFTER - 1, "Shared"), (SLOW_AFTER + 1, "Reconnecting…")):
        monkeypatch.setattr(link, "age", lambda age=age: age)
        link.judge()
        assert desk.page.strip.age._text.startswith(said)
        assert desk.page.strip.isVisible()
        assert desk.page.strip.age.spinner.turning is said.startswith("Re")
    assert desk.page.command_bar.admit.isEnabled()
    monkeypatch.setattr(link, "age", lambda: LOST_AFTER + 1)
    link.judge()
    assert desk.page.bars.offline.isVisible()
    assert not desk.page.strip.isVisible()


def test_a_slow_answer_shows_in_the_age_field_only(desk: Desk, qtbot: QtBot) -> None:
    gate = threading.Event()
    spinner = desk.page.strip.age.spinner
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    desk.session.awaited._slow.setInterval(1)
    with qtbot.waitSignal(desk.session.slow_changed, check_params_cb=bool):
        desk.session.run(lambda _store: gate.wait(20), lambda _done: None)
    assert spinner.turning
    assert desk.page.notice.text() == desk.page.bars.offline.text() == ""
    gate.set()
    qtbot.waitUntil(lambda: not spinner.shown)
    assert not spinner.turning
    desk.session.awaited._slow.setInterval(60_000)
    answered: list[object] = []
    desk.session.run(lambda _store: None, answered.append)
    assert desk.session.awaited._slow.isActive()
    qtbot.waitUntil(lambda: bool(answered) and desk.tasks.pending == 0)
    assert not desk.session.awaited._slow.isActive()


def test_a_spinner_stands_still_where_less_motion_is_wanted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardbeds.gui.motion.is_reduced", lambda: True)
    desk.page.strip.age.spinner.show(True)
    assert desk.page.strip.age.spinner.shown
    assert not desk.page.strip.age.spinner.turning


def test_a_spinner_whose_widget_has_gone_hears_no_more(desk: Desk) -> None:
    widget = QWidget()
    spinner = Spinner(widget)
    desk.session.slow_changed.connect(spinner.show)
    delete(widget)
    desk.session.slow_changed.emit(True)
    assert not spinner.shown


def test_a_session_that_has_ended_waits_for_no_answer(desk: Desk, qtbot: QtBot) -> None:
    """Nobody stops the turning any more: answers are dropped."""
    qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    desk.session.stop()
    desk.session.run(lambda _store: None, lambda _none: None)
    assert not desk.session.awaited._slow.isActive()


def test_without_connection_everything_that_writes_says_why_not(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0)
    see(desk, qtbot)
    top = desk.page.map.mapTo(desk.page, desk.page.map.rect().topLeft()).y()
    there = desk.page.map.item_rect_global(desk.hospital.beds["N-1"])
    cut(desk)
    page, reason = desk.page, "No connection: the board is read-only."
    QApplication.processEvents()
    assert page.bars.offline.text().startswith("No connection since ")
    assert "<b>No connection since" in page.bars.offline.words.text()
    assert page.map.mapTo(page, page.map.rect().topLeft()).y() == top  # no bed moves under the hand
    QApplication.processEvents()
    assert page.map.item_rect_global(desk.hospital.beds["N-1"]) == there
    assert theme.theme().name == "light-stale"
    assert "wifi-off" in [icon for icon, _text in page.foot.words._parts]
    for button in (page.command_bar.admit, page.work.last.undo):
        assert not button.isEnabled()
        assert button.toolTip() == reason
    page.selection.select_bed(desk.hospital.beds["N-1"])
    assert page.work.buttons
    assert all(not one.isEnabled() and one.toolTip() == reason for one in page.work.buttons if one.text())
    assert "Placing waits until the connection is back." in _texts(page.rail)
    QTest.keyClicks(page.map, "b")
    assert page.dialog is None
    assert page.notice.text() == reason
    assert page.command_bar.print.isEnabled()
    desk.session.link.answered()
    assert "Placing waits until the connection is back." not in _texts(page.rail)
    assert page.command_bar.admit.isEnabled()
    assert theme.theme().name == "light"
    assert page.strip.isVisible()


def _texts(widget: object) -> str:
    from PySide6.QtWidgets import QLabel
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())  # type: ignore[attr-defined]


def test_a_dialog_that_is_open_waits_too(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    dialog = _open(desk, "N-1", Verb.BLOCK)
    dialog.reason.choose("mattress")  # type: ignore[attr-defined]
    cut(desk)
    assert not dialog.primary.isEnabled()
    assert "No connection" in dialog.primary.toolTip()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "No connection" in dialog.summary.text()
    mend(desk, qtbot)
    assert dialog.primary.isEnabled()
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-1").block_reason == "mattress"


def test_a_wide_window_does_not_ask_again_and_again(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def unreachable(*_: object) -> object:
        asked.append(1)
        raise OutOfReach("the cable is out")

    monkeypatch.setattr("wardbeds.gui.details.read_details", unreachable)
    desk.session.link.stop()
    QApplication.processEvents()
    desk.page.resize(1920, 900)
    panel = desk.page.inspector.panel
    with qtbot.waitSignal(desk.session.connection_lost):
        desk.page.selection.select_bed(desk.hospital.beds["N-1"])
    for _again in range(3):
        panel._timer.stop()
        panel._ask()
        qtbot.waitUntil(lambda: desk.tasks.pending == 0)
    assert len(asked) == 1
    qtbot.waitUntil(lambda: "when the connection is back" in _texts(panel))


def test_the_board_that_is_shown_is_printed(desk: Desk, colleague: Colleague, qtbot: QtBot, tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    NotedPrints(desk.session, tmp_path, desk.store.url)
    cut(desk)
    colleague.block("N-1")
    reads: list[int] = []
    monkeypatch.setattr(desk.session, "ask", lambda *_: reads.append(1))
    desk.page.bars.offline.print.click()
    preview = desk.page.findChildren(PreviewDialog)[0]
    assert not reads
    assert preview._file_name.endswith("_downtime.pdf")
    preview.save_to(tmp_path / "sheet.pdf")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "sheet.pdf").pages]
    assert "N-1 Free N-2" in pages[0]  # as shown, not as it is
    assert "Movements without a connection" in pages[1]
    monkeypatch.undo()
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("printed_*.json"))) == 1)
    mend(desk, qtbot)
    qtbot.waitUntil(lambda: not list(tmp_path.glob("printed_*.json")))
    with desk.store.reading() as connection:
        printed = connection.execute(select(events.c.action).where(events.c.action == "sheet_printed")).all()
    assert len(printed) == 1


def test_a_program_that_became_too_old_is_told_to_be_updated(desk: Desk, qtbot: QtBot) -> None:
    """While it runs: no connection that could come back, and no minute of silence first."""
    with qtbot.waitSignal(desk.session.connection_lost):
        desk.session.link._tell(Lost(TOO_OLD_TO_READ, too_old=True))
    banner = desk.page.bars.offline
    assert banner.text().startswith("This program is too old for the database. Please update it.")
    assert "Changes must wait" not in banner.text()
    assert not banner.trying.isVisible()


def test_back_with_what_others_did_as_a_list(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    page = desk.page
    top = page.views.mapTo(page, page.views.rect().topLeft()).y()
    cut(desk)
    colleague.admit(0, "N-1")
    colleague.move("N-1", "N-2")
    colleague.block("N-3")
    mend(desk, qtbot)
    desk.session.list_wards()
    see(desk, qtbot)
    qtbot.waitUntil(lambda: page.views.mapTo(page, page.views.rect().topLeft()).y() == top)  # no bed has moved
    assert page.bars.back.text() == "Connected. 3 changes by others while you were away."
    assert not page.bars.offline.isVisible()
    assert desk.session.model.changes.beds == {desk.hospital.beds[one] for one in ("N-1", "N-2", "N-3")}
    page.connection.show_changes.click()
    dialog = page.dialog
    assert isinstance(dialog, ChangesDialog)
    rows = dialog.list._rows.rows
    assert [row.title for row in rows] == ["Blocked N-3", "N-1 → N-2 UWIMANA, Claire", "N-1 → UWIMANA, Claire"]
    assert all("N. Test, Station 2" in row.detail for row in rows)
    assert "T-001" in rows[1].detail
    dialog.primary.click()
    assert page.bars.back.isVisible()  # the other button is still wanted
    page.bars.back.dismiss.click()
    assert not page.bars.back.isVisible()
    assert page.strip.isVisible()


def test_back_without_changes(desk: Desk, qtbot: QtBot) -> None:
    cut(desk)
    mend(desk, qtbot)
    assert desk.page.bars.back.text() == "Connected. Others changed nothing while you were away."
    assert not desk.page.connection.show_changes.isVisible()


def test_catching_up_begins_at_the_outage_and_goes_on_from_what_was_entered(
        desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0)
    see(desk, qtbot)
    desk.session.as_of = since = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=40)
    cut(desk)
    mend(desk, qtbot)
    page, catch_up = desk.page, desk.session.catch_up
    page.connection.enter_missed.click()
    assert not page.bars.back.isVisible()
    assert page.bars.catch_up.text() == f"Catch-up: entering what happened since {since.astimezone(desk.session.zone):%H:%M}"
    dialog = _open(desk, "N-1", Verb.BLOCK)
    at = dialog.findChildren(HappenedAt)[0]
    assert at.value == since
    assert at._note.text() == ""
    later = since + timedelta(minutes=7)
    at.edit.setDateTime(at.edit.dateTime().addSecs(7 * 60))
    dialog.reason.choose("mattress")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.action_done):
        dialog.primary.click()
    assert _happened(desk, "blocked") == later
    assert catch_up.at == later
    dialog = _open(desk, "N-2", Verb.BLOCK)
    assert dialog.findChildren(HappenedAt)[0].value == later
    dialog.reject()
    page.connection.done.click()
    assert not page.bars.catch_up.isVisible()
    dialog = _open(desk, "N-2", Verb.BLOCK)
    assert dialog.findChildren(HappenedAt)[0].value is None
    dialog.reject()


def _happened(desk: Desk, action: str) -> datetime:
    with desk.store.reading() as connection:
        found = connection.scalar(select(events.c.happened_at).where(events.c.action == action))
    assert isinstance(found, datetime)
    return found


def test_while_catching_up_nothing_is_done_at_once(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    since = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=2)
    colleague.block("N-4")
    colleague.admit(0)
    see(desk, qtbot)
    desk.session.catch_up.begin(since + timedelta(minutes=2))
    desk.page.selection.select_bed(desk.hospital.beds["N-4"])
    desk.page.do(Verb.UNBLOCK)
    dialog = desk.page.dialog
    assert isinstance(dialog, WhenDialog)
    assert dialog.primary.text() == "Unblock N-4"
    dialog.reject()
    waiting = desk.session.model.waiting[0]
    desk.page.acting.place(PlacePatient(patient_id=waiting.person.patient_id, seen=SeenPlace(ward_id=waiting.ward_id),
                                  bed=_bed(desk, "N-1")))
    dialog = desk.page.dialog
    assert isinstance(dialog, WhenDialog)
    assert dialog.banner is not None
    assert "T-001" in dialog.banner.visible_texts()
    with qtbot.waitSignal(desk.session.action_done):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hospital.bed("N-1").patient_id == waiting.person.patient_id


def test_a_lost_answer_is_being_checked_and_never_called_a_failure(desk: Desk, colleague: Colleague,
                                                                  qtbot: QtBot) -> None:
    asked: list[int] = []

    def doubtful(store: object, actor: object, request: BlockBed) -> Done:
        asked.append(1)
        if len(asked) == 1:
            raise InDoubt("the answer was lost")
        return block_bed(store, actor, request)  # type: ignore[arg-type]

    page, session = desk.page, desk.session
    top = page.views.mapTo(page, page.views.rect().topLeft()).y()
    desk.session.link.stop()
    QApplication.processEvents()
    with qtbot.waitSignal(session.checking_changed):
        session.perform(doubtful, BlockBed(bed=_bed(desk, "N-1"), reason="mattress"))
    assert session.model.saving == desk.hospital.beds["N-1"]
    assert page.map.item(desk.hospital.beds["N-1"]).marks.saving
    assert "being checked" in page.bars.offline.text()
    assert page.work.last.text() == "Checking whether it was saved"
    page.notice.hide()
    QTest.keyClick(page.map, Qt.Key.Key_Escape)
    assert "being checked" in page.bars.offline.text()
    assert "failed" not in _texts(page)
    session.connection_restored.emit()  # the line is back, the answer not yet
    assert "being checked" in page.bars.checking.text()
    assert not page.bars.checking.dismiss.isVisible()
    QTest.keyClick(page.map, Qt.Key.Key_Escape)
    assert page.bars.checking.isVisible()
    qtbot.waitUntil(lambda: page.views.mapTo(page, page.views.rect().topLeft()).y() == top)  # no bed has moved
    mend(desk, qtbot)
    qtbot.waitUntil(lambda: not session.checking and desk.tasks.pending == 0)
    assert len(asked) == 2
    assert session.model.saving is None
    assert not page.bars.checking.isVisible()
    assert page.work.last.text().startswith("Blocked")


def test_a_dialog_whose_answer_was_lost_says_that_it_is_being_checked(desk: Desk, qtbot: QtBot,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def doubtful(store: object, actor: object, request: BlockBed) -> Done:
        asked.append(1)
        if len(asked) == 1:
            raise InDoubt("the answer was lost")
        return block_bed(store, actor, request)  # type: ignore[arg-type]

    monkeypatch.setattr("wardbeds.gui.dialogs.bed_state.block_bed", doubtful)
    desk.session.link.stop()
    QApplication.processEvents()
    dialog = _open(desk, "N-1", Verb.BLOCK)
    dialog.reason.choose("mattress")  # type: ignore[attr-defined]
    with qtbot.waitSignal(desk.session.checking_changed):
        dialog.primary.click()
    assert dialog.foot_note.text() == "Checking whether it was saved"
    assert not dialog.primary.isEnabled()
    with qtbot.waitSignal(dialog.finished):
        mend(desk, qtbot)
    assert desk.hospital.bed("N-1").block_reason == "mattress"


def test_a_program_too_old_to_write_looks_and_prints(desk: Desk, colleague: Colleague, qtbot: QtBot) -> None:
    colleague.admit(0, "N-1")
    see(desk, qtbot)
    dialog = _open(desk, "N-2", Verb.BLOCK)
    dialog.reason.choose("mattress")  # type: ignore[attr-defined]
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version = 9, min_writer = 9")
    with qtbot.waitSignal(desk.session.rights_changed):
        dialog.primary.click()
    page, reason = desk.page, "This program is older than the database: you can look and print. Please update it."
    assert dialog.summary.text() == reason
    assert not dialog.primary.isEnabled()
    dialog.reject()
    assert page.bars.too_old.text() == reason
    assert not page.bars.too_old.dismiss.isVisible()
    assert not page.bars.offline.isVisible()
    assert desk.session.model.saving is None
    assert theme.theme().name == "light"
    page.selection.select_bed(desk.hospital.beds["N-1"])
    assert "T-001" in page.work.line.text()
    assert all(not one.isEnabled() and one.toolTip() == reason for one in page.work.buttons if one.text())
    for button in (page.command_bar.admit, page.work.last.undo):
        assert button.toolTip() == reason
    page.engine.pick_up_bed(desk.session.model.beds[0])
    refusal = page.engine.verdict(desk.hospital.beds["N-2"]).refusal
    assert refusal is not None
    assert words.refusal_text(refusal) == reason
    page.engine.cancel()
    page.print_sheet()
    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewDialog)))
