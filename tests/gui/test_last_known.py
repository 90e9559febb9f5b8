"""The window without a server: the kept board, its names behind a password, its sheet with a stamp, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import Servers
from tests.gui.conftest import Desk, see
from tests.support.hospital import PASSWORD, Hospital, make_hospital
from tests.support.postgres import free_port
from tests.support.relay import Relay
from wardbeds.app import Application
from wardbeds.domain.beds import BedStatus
from wardbeds.domain.errors import OutOfReach
from wardbeds.domain.requests import AdmitPatient, PlacePatient, SeenBed, SeenPlace
from wardbeds.gui import theme
from wardbeds.gui.board.model import Column
from wardbeds.gui.keeping import Keeping
from wardbeds.gui.last_known.dialog import ShowNamesDialog
from wardbeds.gui.last_known.idle import IdleClock
from wardbeds.gui.last_known.page import LastKnownPage
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.services.admitting import admit_patient
from wardbeds.services.last_known.keeping import Keeper
from wardbeds.services.last_known.opening import open_last_known
from wardbeds.services.placing import place_patient
from wardbeds.settings import user_data_folder
from wardbeds.store.database import Store
from wardbeds.store.tables import events


def _fill(hospital: Hospital) -> None:
    """Claire Uwimana in N-1, Kabera waits for a bed of North."""
    for person, bed in ((0, hospital.bed("N-1")), (1, None)):
        admit_patient(hospital.store, hospital.nurse, AdmitPatient(
            person=hospital.people[person], ward_id=hospital.wards["North"], bed=SeenBed.of(bed) if bed else None))


@dataclass
class Cut:
    """A station that is started while its server is gone."""

    application: Application
    page: LastKnownPage
    hospital: Hospital

    def texts(self) -> str:
        """What cards, rows, rail and strips say."""
        model, page = self.page.session.model, self.page
        cells = [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in Column]
        faces = [line.text for bed in model.beds if (face := page.map.item(bed.id).face) for line in face.lines]
        rail = [card.accessibleName() for card in page.rail.cards]
        return " ".join([*cells, *faces, *rail, page.work.line.text(), page.bars.offline.text(), page.foot.text()])

    def show_names(self, qtbot: QtBot, password: str = PASSWORD) -> None:
        """Press the button, type the password, Enter."""
        self.page.names.click()
        dialog = self.page.dialog
        assert isinstance(dialog, ShowNamesDialog)
        QTest.keyClicks(dialog.password, password)
        with qtbot.waitSignal(self.page.kept.names_changed):
            QTest.keyClick(dialog, Qt.Key.Key_Return)

    def print_to(self, path: Path) -> str:
        """Print the sheet into a file; what it says."""
        self.page.print_sheet()
        self.page.findChildren(PreviewDialog)[-1].save_to(path)
        return " ".join(PdfReader(path).pages[0].extract_text().split())


@pytest.fixture
def cut(qtbot: QtBot, small_hospital: Hospital) -> Iterator[Cut]:
    """The nurse was signed in here, the board was kept; now nothing answers at the server's port."""
    _fill(small_hospital)
    url = f"postgresql://station@127.0.0.1:{free_port()}/wardbeds"
    user_data_folder().mkdir(parents=True)
    keeper = Keeper(user_data_folder(), url)
    keeper.remember(small_hospital.nurse, PASSWORD)
    keeper.keep(small_hospital.store)
    application = Application(url, demo=False, station="ward-a")
    qtbot.addWidget(application.frame)
    application.show()
    qtbot.waitUntil(lambda: application.last_known is not None, timeout=20_000)
    assert application.last_known is not None
    yield Cut(application, application.last_known, small_hospital)
    application.last_known.leave() if application.last_known is not None else None
    application.stop()


def test_it_opens_on_the_kept_board_without_names(cut: Cut, qtbot: QtBot, tmp_path: Path) -> None:
    page = cut.page
    assert cut.application.frame.pages.currentWidget() is page
    assert "You see the board as of" in page.bars.offline.text()
    assert "Changes must wait" in page.bars.offline.text()
    assert not page.strip.isVisible()
    model = page.session.model
    assert [bed.status for bed in model.beds].count(BedStatus.OCCUPIED) == 1
    page.selection.select_bed(cut.hospital.beds["N-1"])
    shown = cut.texts()
    assert "Name hidden" in shown
    for word in ("UWIMANA", "Claire", "KABERA", "T-001", "T-002"):
        assert word not in shown
    assert page.rail._tabs[0].text() == "Waiting 1"
    assert not page.command_bar.admit.isEnabled()
    assert page.offers() == []
    page.selection.select_bed(None)
    QTest.keyClicks(page.map, "m")
    assert "read-only" in page.notice.text()
    page.command_bar.search.setText("uwi")
    assert not page.command_bar.search.results.isVisible()
    page.command_bar.search.clear()
    page.session.open_ward(cut.hospital.wards["South"])
    assert [bed.number for bed in page.session.model.beds] == ["S-1", "S-2", "S-3", "S-4"]
    page.session.open_ward(cut.hospital.wards["North"])
    text = cut.print_to(tmp_path / "nameless.pdf")
    assert "OLD DATA as of" in text
    assert "Names hidden" in text
    assert "N-1 Occupied" in text
    assert "Waiting 1 Occupied of usable" in text
    assert "UWIMANA" not in text
    assert "T-001" not in text


def test_the_folded_rail_counts_who_may_not_be_named(cut: Cut, qtbot: QtBot) -> None:
    cut.page.show_view(2)
    qtbot.waitUntil(cut.page.stub.isVisible)
    assert "Waiting 1" in cut.page.stub.accessibleName()


def test_a_password_shows_the_names_and_the_sheet_has_them(cut: Cut, qtbot: QtBot, tmp_path: Path) -> None:
    page = cut.page
    page.names.click()
    dialog = page.dialog
    assert isinstance(dialog, ShowNamesDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.password.wrong
    QTest.keyClicks(dialog.password, "not it")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "do not fit" in dialog.summary.text())
    assert dialog.password.text() == ""
    assert "UWIMANA" not in cut.texts()
    dialog.reject()
    assert "does not answer" in page.bars.offline.toolTip()
    cut.show_names(qtbot)
    assert page.dialog is None
    assert "UWIMANA, Claire" in cut.texts()
    assert page.rail.cards[0].waiting.person.last_name == "Kabera"
    page.selection.select_bed(cut.hospital.beds["N-1"])
    assert page.offers()
    assert all("read-only" in offer.reason for offer in page.offers())
    assert not page.command_bar.admit.isEnabled()
    page.command_bar.search.setText("clai")
    assert page.command_bar.search._targets[0][0] == "person"
    page.command_bar.search.clear()
    text = cut.print_to(tmp_path / "named.pdf")
    for words in ("OLD DATA as of", "UWIMANA", "T-001", "Nurse Test, nurse", "Printed without a connection"):
        assert words in text


def test_names_go_by_key_by_button_and_with_what_was_opened(cut: Cut, qtbot: QtBot) -> None:
    page = cut.page
    cut.show_names(qtbot)
    page.selection.select_bed(cut.hospital.beds["N-1"])
    page.show_details()
    assert page.dialog is not None
    page.kept.hide_names()
    assert page.dialog is None
    assert "UWIMANA" not in cut.texts()
    for hide in (page.names.click, page.lock_requested.emit, page.idle.passed.emit):
        cut.show_names(qtbot)
        assert "UWIMANA" in cut.texts()
        page.command_bar.search.setText("kabera")
        page.print_sheet()
        hide()
        assert "UWIMANA" not in cut.texts()
        assert page.command_bar.search.text() == ""
        assert page.command_bar.search._targets == []
        assert not [one for one in page.findChildren(PreviewDialog) if one.isVisible()]
        assert not page.command_bar.user.isVisible()


def test_closing_the_dialog_before_the_answer_shows_nothing(cut: Cut, qtbot: QtBot) -> None:
    page = cut.page
    page.names.click()
    dialog = page.dialog
    assert isinstance(dialog, ShowNamesDialog)
    dialog.password.setText(PASSWORD)
    dialog.submit()
    dialog.reject()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete.value)
    tasks = page.kept._tasks
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert page.kept.actor is None
    assert "UWIMANA" not in cut.texts()


def test_nothing_can_be_changed(cut: Cut, qtbot: QtBot) -> None:
    page = cut.page
    cut.show_names(qtbot)
    waiting, bed = page.session.model.waiting[0], page.session.model.beds[2]
    page.session.perform(place_patient, PlacePatient(
        patient_id=waiting.person.patient_id, seen=SeenPlace(ward_id=waiting.ward_id), bed=SeenBed.of(bed)))
    assert "read-only" in page.notice.text()
    assert page.session.model.saving is None
    assert cut.hospital.bed("N-3").status is BedStatus.AVAILABLE
    page.notice.hide()
    page.selection.select_bed(cut.hospital.beds["N-1"])
    QTest.keyClicks(page.map, "m")
    assert page.dialog is None
    assert "read-only" in page.notice.text()
    page.going.find_bed()
    assert page.dialog is not None
    assert "beds suit" in page.dialog.foot_note.text()
    page.dialog.reject()
    page.set_look("dark", 115)
    assert theme.theme().name == "dark-stale"


def test_support_staff_sees_names_and_prints_without(cut: Cut, qtbot: QtBot) -> None:
    keeper = Keeper(user_data_folder(), str(cut.application._url))
    keeper.remember(cut.hospital.support, "brooms-and-buckets")
    keeper.keep(cut.hospital.store)
    known = open_last_known(user_data_folder(), str(cut.application._url))
    assert known is not None
    cut.page.kept.known = known
    cut.show_names(qtbot, "brooms-and-buckets")
    assert "UWIMANA" in cut.texts()
    cut.page.print_sheet()
    assert not cut.page.findChildren(PreviewDialog)
    assert "Hide the names, then print" in cut.page.notice.text()


def test_the_idle_clock_runs_anew_with_each_touch(qtbot: QtBot) -> None:
    clock, watched = IdleClock(), QObject()
    clock.start(5)
    clock._timer.stop()
    QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    assert clock._timer.isActive()
    with qtbot.waitSignal(clock.passed):
        clock._timer.setInterval(0)
    assert not clock._timer.isActive()
    QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    assert not clock._timer.isActive()


# with a server that goes and comes --------------------------------------------------------------------------------


@pytest.fixture
def served(servers: Servers) -> Iterator[tuple[Relay, str, Hospital]]:
    """A hospital on PostgreSQL, behind a cable that is plugged in."""
    server, name = servers.fresh("pg18")
    store = Store.open(server.url(name))
    hospital = make_hospital(store)
    _fill(hospital)
    relay = Relay(free_port(), server.port)
    relay.plug_in()
    yield relay, f"postgresql://postgres@127.0.0.1:{relay.port}/{name}", hospital
    relay.pull()
    store.close()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _start(qtbot: QtBot, url: str) -> Application:
    made = Application(url, demo=False, station="ward-a")
    made._again.setInterval(50)
    qtbot.addWidget(made.frame)
    return made


def _notes() -> list[Path]:
    return list(user_data_folder().glob("printed_*.json"))


def test_kept_while_connected_shown_while_cut_and_back_by_itself(served: tuple[Relay, str, Hospital], qtbot: QtBot,
                                                                 tmp_path: Path) -> None:
    relay, url, hospital = served
    first = _start(qtbot, url)
    with qtbot.waitSignal(first.ready, timeout=20_000):
        first.show()
    assert first.session is not None
    assert first._keeping is not None
    with qtbot.waitSignal(first.session.password_given):
        first.session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))

    def nurse_is_kept() -> bool:
        known = open_last_known(user_data_folder(), url)
        return known is not None and [one.username for one in known.people()] == ["nurse"]

    qtbot.waitUntil(nurse_is_kept, timeout=20_000)
    first.stop()
    relay.pull()
    second = _start(qtbot, url)
    second.show()
    qtbot.waitUntil(lambda: second.last_known is not None, timeout=20_000)
    page = second.last_known
    assert page is not None
    cut = Cut(second, page, hospital)
    cut.print_to(tmp_path / "nameless.pdf")
    cut.show_names(qtbot)
    assert "UWIMANA, Claire" in cut.texts()
    cut.print_to(tmp_path / "named.pdf")
    qtbot.waitUntil(lambda: len(_notes()) == 1)
    page.show_details()
    page.names.setFocus()
    page.going.find_bed()
    assert page.busy
    relay.plug_in()
    qtbot.waitUntil(lambda: not second._loading.busy and not second._again.isActive(), timeout=20_000)
    assert second.last_known is page  # not taken from under the hand
    assert page.dialog is not None
    with qtbot.waitSignal(second.ready, timeout=20_000):
        page.dialog.reject()
    assert second.sign_in is not None
    assert second.frame.pages.currentWidget() is second.sign_in
    assert second.sign_in.note.text() == "Connected."
    assert second.last_known is None
    assert theme.theme().name == "light"
    qtbot.waitUntil(lambda: not _notes())
    second.stop()
    with hospital.store.reading() as connection:
        printed = connection.execute(select(events.c.actor_id, events.c.station).where(
            events.c.action == "sheet_printed")).all()
    assert [tuple(one) for one in printed] == [(hospital.nurse.user_id, "ward-a")]


def test_without_a_kept_board_one_can_try_again(served: tuple[Relay, str, Hospital], qtbot: QtBot) -> None:
    relay, url, _hospital = served
    relay.pull()
    made = _start(qtbot, url)
    made.show()
    boxes: list[QMessageBox] = []

    def asked() -> bool:
        boxes[:] = made.frame.findChildren(QMessageBox)
        return bool(boxes)

    qtbot.waitUntil(asked, timeout=20_000)
    assert "does not answer" in boxes[0].text()
    relay.plug_in()
    with qtbot.waitSignal(made.ready, timeout=20_000):
        next(one for one in boxes[0].buttons() if one.text() == "Try again").click()
    made.stop()


def test_an_unanswered_question_does_not_keep_the_board_back(cut: Cut, qtbot: QtBot,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """While the server's name is being looked up for long, the kept board is there already."""
    import threading

    go = threading.Event()

    def never(_url: str, *, demo: bool) -> object:
        go.wait(20)
        raise OutOfReach("The database does not answer.")

    monkeypatch.setattr("wardbeds.loading.open_database", never)
    monkeypatch.setattr("wardbeds.app.PATIENCE_MILLISECONDS", 0)
    slow = _start(qtbot, str(cut.application._url))
    slow.show()
    qtbot.waitUntil(lambda: slow.last_known is not None, timeout=20_000)
    assert slow._loading.busy
    go.set()
    qtbot.waitUntil(slow._again.isActive, timeout=20_000)
    assert slow.last_known is not None
    slow.last_known.leave()
    slow.stop()


def test_the_sheet_of_a_board_that_was_cut_off_is_stamped_as_well(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    _fill(desk.hospital)
    see(desk, qtbot)
    desk.session.link.stop()
    desk.session.link.failed("timeout")
    desk.page.print_sheet()
    desk.page.findChildren(PreviewDialog)[0].save_to(tmp_path / "old.pdf")
    text = " ".join(PdfReader(tmp_path / "old.pdf").pages[0].extract_text().split())
    for words in ("OLD DATA as of", "Printed without a connection", "UWIMANA", "T-001", "Nurse Test, nurse"):
        assert words in text


def test_a_full_disk_is_said_in_the_foot_and_disturbs_nothing(desk: Desk, qtbot: QtBot, tmp_path: Path,
                                                              caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "kept"
    folder.write_text("in the way")
    keeping = Keeping(desk.session, desk.store, Keeper(folder, "postgresql://server/wardbeds"))
    keeping.failed.connect(desk.page.warn_in_foot)
    qtbot.waitUntil(lambda: "Downtime board not kept" in desk.page.foot.text())
    assert "cannot be kept" in caplog.text
    assert desk.session.online
    folder.unlink()
    with qtbot.waitSignal(keeping.kept):
        keeping.look()
    assert "Downtime board" not in desk.page.foot.text()
    desk.session.link.failed("timeout")
    keeping._keeper._before = None
    keeping.look()
    assert keeping._tasks.pending == 0  # without a connection nothing is asked
    keeping.stop()
