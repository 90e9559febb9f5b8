"""Every visible text at 100 and 130 %, and in a language 35 % longer: nothing clipped, overlapping or too small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Desk
from tests.support.boards import make_board
from tests.support.hospital import PASSWORD, Hospital
from tests.support.imports import DATA
from tests.support.stations import Colleague, cut, mend, see
from tests.support.text_walk import Longer, language, longer, walk
from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import AdmitPatient, HoldBed, NewPerson, SeenBed
from wardbeds.gui import theme
from wardbeds.gui.controls import Button
from wardbeds.gui.details import SHOWN
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.connection import ConnectionDialog
from wardbeds.gui.first_run.administrator import AdministratorPage
from wardbeds.gui.first_run.page import StepsPage
from wardbeds.gui.first_run.ward import FirstWardPage
from wardbeds.gui.first_run.welcome import DEMO, ON_SERVER, WelcomePage
from wardbeds.gui.homes.plain import PlainHome
from wardbeds.gui.last_known.page import LastKnownPage
from wardbeds.gui.last_known.session import LastKnownSession
from wardbeds.gui.link import LOST_AFTER, SLOW_AFTER
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.scenes.house import SERVER, TRIED
from wardbeds.gui.session import Session
from wardbeds.gui.sign_in import SignInPage
from wardbeds.gui.tasks import Tasks
from wardbeds.gui.verbs import Verb
from wardbeds.services.admitting import admit_patient
from wardbeds.services.bed_states import hold_bed
from wardbeds.services.last_known.keeping import Keeper
from wardbeds.services.last_known.opening import open_last_known
from wardbeds.settings import StationChoice

LONG = NewPerson(last_name="Mukandayisenga-Nyiransabimana", first_name="Immaculée Marie-Claire Béatrice",
                 sex=Sex.FEMALE, hospital_number="CHB-2026-000417")
MODES = [(100, False), (130, False), (100, True), (115, True)]


@pytest.fixture(params=MODES, ids=[f"{percent}{'-longer' if long else ''}" for percent, long in MODES])
def mode(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    percent, long = request.param
    made = Longer(qapp) if long else None
    with language(made):
        theme.set_text_scale(qapp, percent)
        theme.set_scheme(qapp, "light")
        yield percent


@pytest.fixture
def ward(mode: int, qtbot: QtBot, small_hospital: Hospital) -> Iterator[Desk]:
    """The page at the size of the cheapest screen, somebody with a long name in N-1."""
    hospital = small_hospital
    bed = next(bed for bed in hospital.board().beds if bed.number == "N-1")
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=LONG, ward_id=hospital.wards["North"], bed=SeenBed.of(bed), source="clinic"))
    tasks = Tasks()
    session = Session(hospital.store, "station-1", tasks)
    page = BoardPage(session)
    page.resize(1366, 728)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(session.ward_opened):
        session.sign_in("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
    qtbot.waitUntil(lambda: tasks.pending == 0)
    yield Desk(hospital, session, page, tasks)
    session.sign_out()
    qtbot.waitUntil(lambda: tasks.pending == 0)
    session.stop()
    tasks.stop()


def _all(faults: dict[str, list[str]]) -> str:
    return "\n".join(f"{where}: {fault}" for where, found in faults.items() for fault in found)


def test_the_board(ward: Desk, qtbot: QtBot) -> None:
    page, model = ward.page, ward.session.model
    faults = {}
    assert model.board is not None
    big = replace(make_board(10, 6, 8), ward=model.board.ward, revision=model.board.revision)  # so the feed leaves it
    for name, board in (("small", None), ("sixty", big)):
        if board is not None:
            model.set_board(board)
        for view in range(3):
            page.show_view(view)
            for status in {bed.status: bed.id for bed in model.beds}.values():
                page.selection.select_bed(status)
                faults[f"{name} view {view} bed {status}"] = walk(page)
    assert page.width() <= 1366, f"the page needs {page.minimumSizeHint().width()} px"
    assert page.height() <= 728
    page.selection.select_waiting(model.waiting[0].person.patient_id)
    faults["waiting"] = walk(page)
    page.engine.pick_up_waiting(model.waiting[0])
    faults["in hand"] = walk(page)
    page.engine.cancel()
    page.rail.show_tab(1)
    page.strip.chips[0].setChecked(True)
    page.notice.say(page.tr("This cannot be undone any more."))
    faults["notice"] = walk(page)
    page.session.link.failed("timeout")
    faults["offline"] = walk(page)
    assert not any(faults.values()), _all(faults)


def test_the_dialogs(ward: Desk, qtbot: QtBot) -> None:
    page = ward.page
    faults = {}

    def look(name: str) -> None:
        assert page.dialog is not None, name
        faults[name] = walk(page)

    def opened(key: str, number: str, shift: bool = False) -> None:
        page.selection.select_bed(ward.hospital.beds[number])
        QTest.keyClicks(page.map, key.upper() if shift else key,
                        Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)
        qtbot.waitUntil(lambda: page.dialog is not None)
        qtbot.waitUntil(lambda: ward.tasks.pending == 0)

    for key, number, shift in (("m", "N-1", False), ("t", "N-1", False), ("d", "N-1", False), ("e", "N-1", False),
                               ("i", "N-1", False), ("i", "N-1", True), ("r", "N-2", False), ("b", "N-2", False),
                               ("e", "N-2", False), ("x", "N-1", False), ("t", "N-1", True)):
        opened(key, number, shift)
        look(f"{key}{'+' if shift else ''} on {number}")
        assert page.dialog is not None
        if key in "rb":  # nothing was chosen yet: refused
            page.dialog.primary.click()
            look(f"{key} on {number}, refused")
        page.dialog.reject()
    hold_bed(ward.hospital.store, ward.hospital.nurse, HoldBed(
        bed=SeenBed.of(ward.hospital.bed("N-4")), text="somebody", until=datetime.now(UTC) + timedelta(hours=2)))
    see(ward, qtbot)
    opened("h", "N-4")
    look("done earlier")
    page.dialog.reject()  # type: ignore[union-attr]
    opened("n", "N-3")
    dialog = page.dialog
    assert dialog is not None
    look("admit, find")
    QTest.keyClicks(dialog.search.people.field, "uwi")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: dialog.search.people.settled and ward.tasks.pending == 0)  # type: ignore[attr-defined]
    look("admit, found")
    dialog.start_new()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: ward.tasks.pending == 0)
    look("admit, new")
    dialog.primary.click()
    look("admit, new, error")
    for field, text in ((dialog.person.last_name, "Uwimana"), (dialog.person.first_name, "Claire"),  # type: ignore[attr-defined]
                        (dialog.person.born, "01-Feb-1981")):  # type: ignore[attr-defined]
        field.setText(text)
    dialog.person.look_for_similar()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: ward.tasks.pending == 0)
    look("admit, similar")
    dialog.person.alike.use()  # type: ignore[attr-defined]
    look("admit, stay")
    dialog.reject()
    assert not any(faults.values()), _all(faults)


def test_what_other_stations_do(ward: Desk, qtbot: QtBot) -> None:
    page, colleague, faults = ward.page, Colleague(ward.hospital), {}
    colleague.move("N-1", "N-2")
    see(ward, qtbot)
    for view in range(3):
        page.show_view(view)
        page.selection.select_bed(None)
        faults[f"others, view {view}"] = walk(page)
    page.selection.select_bed(ward.hospital.beds["N-2"])
    page.strip.chips[0].setChecked(True)
    faults["others, filter"] = walk(page)
    page.strip.clear_filter()
    link = ward.session.link
    link.stop()
    link._last_answer -= (SLOW_AFTER + LOST_AFTER) / 2
    link.judge()
    faults["reconnecting"] = walk(page)
    cut(ward)
    ward.session.checking_changed.emit(True)
    faults["offline, checking"] = walk(page)
    ward.session.checking_changed.emit(False)
    for number in ("N-3", "N-4"):
        colleague.block(number)
    colleague.admit(0)
    mend(ward, qtbot)
    faults["back"] = walk(page)
    page.connection.show_changes.click()
    faults["list of changes"] = walk(page)
    assert page.dialog is not None
    page.dialog.reject()
    page.connection.enter_missed.click()
    faults["catching up"] = walk(page)
    page.selection.select_bed(ward.hospital.beds["N-3"])
    page.do(Verb.UNBLOCK)
    assert page.dialog is not None
    faults["when"] = walk(page)
    page.dialog.reject()
    page.connection.done.click()
    ward.session.set_may_write(False)
    faults["too old"] = walk(page)
    assert not any(faults.values()), _all(faults)


def test_dialogs_on_something_that_changed(ward: Desk, qtbot: QtBot) -> None:
    page, colleague, faults = ward.page, Colleague(ward.hospital), {}
    for verb in (Verb.MOVE, Verb.NOTES, Verb.DISCHARGE, Verb.ADMISSION, Verb.IDENTITY, Verb.TIME, Verb.CANCEL):
        page.selection.select_bed(ward.hospital.beds["N-1"])
        page.do(verb)
        qtbot.waitUntil(lambda: page.dialog is not None and ward.tasks.pending == 0)
        colleague.notes("N-1", f"seen at {verb.name}")
        see(ward, qtbot)
        assert page.dialog is not None
        assert page.dialog.meanwhile.bar.isVisible()
        faults[f"{verb.name}, a choice"] = walk(page)
        page.dialog.reject()
    page.selection.select_bed(ward.hospital.beds["N-1"])
    page.do(Verb.DISCHARGE)
    qtbot.waitUntil(lambda: page.dialog is not None and ward.tasks.pending == 0)
    colleague.move("N-1", "N-2")
    see(ward, qtbot)
    assert page.dialog is not None
    faults["gone"] = walk(page)
    page.dialog._on_primary()
    faults["gone, and pressed all the same"] = walk(page)
    page.dialog.reject()
    assert not any(faults.values()), _all(faults)


def test_the_dialogs_of_the_house(ward: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page, session = ward.page, ward.session
    faults: dict[str, list[str]] = {}
    ward.hospital.nurse = ward.hospital.admin
    session.sign_out()
    with qtbot.waitSignal(session.ward_opened):
        session.sign_in("admin", PASSWORD, lambda refusal: pytest.fail(str(refusal)))

    def look(name: str, open_it: Callable[[], None]) -> Dialog:
        open_it()
        qtbot.waitUntil(lambda: page.dialog is not None)
        qtbot.waitUntil(lambda: ward.tasks.pending == 0)
        assert page.dialog is not None
        faults[name] = walk(page)
        return page.dialog

    def close(dialog: Dialog) -> None:
        dialog.reject()
        assert page.dialog is None

    house = page.house
    for name, open_it in (("hospital", house.hospital), ("this pc", house.this_pc), ("new ward", house.new_ward), ("this ward", house.change_ward), ("close", house.close_ward),
                          ("export", house.export), ("reopen", house.reopen), ("help", page.show_help),
                          ("shortcuts", page.show_shortcuts), ("about", page.show_about), ("find", page.going.find_bed)):
        dialog = look(name, open_it)
        if name == "new ward":
            dialog.primary.click()
            faults["new ward, refused"] = walk(page)
        close(dialog)
    connection = look("connection", lambda: house._show(ConnectionDialog(
        session, page, StationChoice("station-1", SERVER), TRIED)))
    connection.form.refuse(refuse(Code.OFF, "tls_other_name"))  # type: ignore[attr-defined]
    faults["connection, refused"] = walk(page)
    close(connection)
    people = look("people", house.people)
    people.primary.click()
    close(look("account", lambda: None))
    house._account(None)
    close(look("new account", lambda: None))
    house._on_account("ABCD2345")
    close(look("code", lambda: None))
    lists = look("import", house.import_lists)
    lists.folder.setText(str(DATA / "edge01"))  # type: ignore[attr-defined]
    lists.preview()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: ward.tasks.pending == 0)
    faults["import, preview"] = walk(page)
    lists.primary.click()
    qtbot.waitUntil(lambda: ward.tasks.pending == 0, timeout=30_000)
    faults["import, report"] = walk(page)
    lists.save_report(tmp_path / "refused.csv")  # type: ignore[attr-defined]
    assert (tmp_path / "refused.csv").read_text(encoding="utf-8").count("\n") == len(lists.report.refused) + 1  # type: ignore[attr-defined]
    lists.primary.click()
    qtbot.waitUntil(lambda: ward.tasks.pending == 0)
    page.selection.select_bed(ward.hospital.beds["N-1"])
    close(look("details", page.show_details))
    page.resize(theme.px(1920), 1000)
    qtbot.waitUntil(page.inspector.isVisible)
    page.selection.select_bed(ward.hospital.beds["N-1"])
    qtbot.waitUntil(lambda: page.inspector.panel._details is not None)
    faults["inspector"] = walk(page)
    page.no_wards.offer(may_set_up=True)
    page.views.setCurrentWidget(page.no_wards)
    faults["no wards"] = walk(page)
    assert not any(faults.values()), _all(faults)


def test_the_inspector_beside_everything_that_can_be_selected(ward: Desk, qtbot: QtBot) -> None:
    page, colleague, faults = ward.page, Colleague(ward.hospital), {}
    colleague.admit(0, "N-2")
    colleague.discharge("N-2")
    colleague.block("N-3")
    colleague.admit(1)
    colleague.hold("N-4", 1)
    see(ward, qtbot)
    page.resize(theme.px(1920), 1000)
    qtbot.waitUntil(page.inspector.isVisible)
    panel, looked_at = page.inspector.panel, set()

    def look(bed: Bed) -> None:
        page.selection.select_bed(bed.id)
        qtbot.waitUntil(lambda: panel._details is not None)
        shown = [button.text() for button in panel.findChildren(Button)]
        assert all(offer.text in shown for offer in panel._offers[:SHOWN]), bed.status
        assert any(button.accessibleName() == page.inspector.panel.tr("More") for button in panel.findChildren(Button)) \
            is (len(panel._offers) > SHOWN)
        faults[f"inspector, bed {bed.status}"] = walk(page)
        looked_at.add(bed.status)

    for bed in ward.session.model.beds:
        look(bed)
    colleague.unblock("N-3")
    see(ward, qtbot)
    look(next(bed for bed in ward.session.model.beds if bed.number == "N-3"))
    assert looked_at == set(BedStatus)
    page.selection.select_waiting(ward.session.model.waiting[0].person.patient_id)
    qtbot.waitUntil(lambda: panel._details is not None)
    faults["inspector, waiting"] = walk(page)
    assert not any(faults.values()), _all(faults)


def test_the_pages_before_the_board(mode: int, qtbot: QtBot, small_hospital: Hospital) -> None:
    tasks = Tasks()
    session = Session(small_hospital.store, "station-1", tasks)
    faults = {}
    accounts = [("a", "b", longer(name) if mode == 0 else name) for name in ("Nurse", "Support", "Administrator",
                                                                           "Manager")]
    for known in (accounts, []):
        page = SignInPage(session, known)
        page.resize(1366, 698)
        qtbot.addWidget(page)
        page.show()
        faults[f"sign-in {len(known)}"] = walk(page)
        page.form.refuse(page.tr("User name or password is not right."), "password")
        faults["refused"] = walk(page)
        page.say(page.tr("Connected. This hospital is set up already: sign in."))
        faults["connected"] = walk(page)
        page.switch.click()
        faults["code"] = walk(page)
    home = PlainHome(small_hospital.support)
    home.resize(1366, 728)
    qtbot.addWidget(home)
    home.show()
    faults["home"] = walk(home)
    session.stop()
    tasks.stop()
    assert not any(faults.values()), _all(faults)


def test_the_first_start(mode: int, qtbot: QtBot, small_hospital: Hospital) -> None:
    tasks = Tasks()
    session = Session(small_hospital.store, "station-1", tasks)
    faults: dict[str, list[str]] = {}

    def look(page: StepsPage, what: str) -> None:
        faults[f"{page.part.name}, {what}"] = walk(page)
        assert page.minimumSizeHint().height() <= 698, page.part.name

    welcome = WelcomePage(StationChoice("station-1"), lambda _url, answer, _fault: answer(refuse(
        Code.OFF, "tls_other_name")), TRIED)
    administrator, ward = (AdministratorPage(session, with_pc=True), FirstWardPage(session, with_pc=True))
    for page in (welcome, administrator, ward):
        page.resize(1366, 698)
        qtbot.addWidget(page)
        page.show()
        look(page, "as it comes")
        page.say(page.tr("The server has not answered for a while. What was typed stays; please try it again."))
        look(page, "refused")
    welcome.go_on.click()
    for where in (DEMO, ON_SERVER):
        welcome.where.choose(where)
        look(welcome, where)
    welcome.go_on.click()
    look(welcome, "empty")
    welcome.form.show_url(SERVER)
    welcome.form.test.click()
    look(welcome, "answered")
    ward.go_on.click()
    look(ward, "without a name")
    session.stop()
    tasks.stop()
    assert not any(faults.values()), _all(faults)


def test_the_kept_board(ward: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    keeper, hospital = Keeper(tmp_path, "postgresql://server/wardbeds"), ward.hospital
    admit_patient(hospital.store, hospital.nurse, AdmitPatient(person=hospital.people[1],
                                                               ward_id=hospital.wards["North"]))
    hold_bed(hospital.store, hospital.nurse, HoldBed(
        bed=SeenBed.of(hospital.bed("N-2")), text="somebody", until=datetime.now(UTC) + timedelta(hours=2)))
    keeper.remember(hospital.nurse, PASSWORD)
    keeper.keep(hospital.store)
    known = open_last_known(tmp_path, "postgresql://server/wardbeds")
    assert known is not None
    page = LastKnownPage(LastKnownSession(known, "station-1", ward.tasks))
    page.resize(1366, 728)
    qtbot.addWidget(page)
    page.show()
    faults = {}
    try:
        for view in range(3):
            page.show_view(view)
            for bed in page.session.model.beds[:3]:
                page.selection.select_bed(bed.id)
                faults[f"unnamed, view {view} bed {bed.number}"] = walk(page)
        page.names.click()
        faults["asked"] = walk(page)
        assert page.dialog is not None
        page.dialog.refuse(page.tr("User name and password do not fit. Try again."), "password")
        faults["refused"] = walk(page)
        page.dialog.reject()
        with qtbot.waitSignal(page.kept.names_changed):
            page.kept.show_names("nurse", PASSWORD, lambda refusal: pytest.fail(str(refusal)))
        for view in range(3):
            page.show_view(view)
            faults[f"named, view {view}"] = walk(page)
        assert page.width() <= 1366, f"the page needs {page.minimumSizeHint().width()} px"
        page.resize(theme.px(1920), 1000)
        qtbot.waitUntil(page.inspector.isVisible)
        page.selection.select_bed(page.session.model.beds[0].id)
        faults["named, inspector"] = walk(page)
    finally:
        page.leave()
    assert not any(faults.values()), _all(faults)


def test_the_preview(ward: Desk, qtbot: QtBot) -> None:
    from wardbeds.gui.printing.action import PreviewDialog
    ward.page.print_sheet()
    qtbot.waitUntil(lambda: bool(ward.page.findChildren(PreviewDialog)))
    preview = ward.page.findChildren(PreviewDialog)[0]
    faults = {"preview": walk(preview)}
    preview.reject()
    assert not any(faults.values()), _all(faults)


def test_the_walk_finds_what_is_wrong(qtbot: QtBot) -> None:
    """A walk that finds nothing anywhere would prove nothing."""
    root = QWidget()
    root.resize(300, 200)
    layout = QVBoxLayout(root)
    label = QLabel("A label that is much too long for the place it has got here")
    label.setFixedWidth(80)
    button = Button("A button with many words on it")
    button.setFixedSize(60, 20)
    layout.addWidget(label)
    layout.addWidget(button)
    astray = QLabel("astray", root)
    astray.setGeometry(280, 10, 60, 20)
    qtbot.addWidget(root)
    root.show()
    found = " ".join(walk(root))
    for kind in ("label clipped", "outside Button", "target under 24", "outside its parent"):
        assert kind in found
    assert longer("Waiting {n}").count("{n}") == 1
    assert len(longer("Discharge from here")) >= 1.35 * len("Discharge from here") - 1


class _Rolling(QAbstractScrollArea):
    """A view that paints more than it has room for."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).drawText(QPointF(60, 30), "Walks with help; do not leave alone")


@pytest.mark.parametrize(("right", "down", "found"), [(0, 0, True), (0, 50, True), (50, 0, False), (50, 50, False)])
def test_the_walk_skips_only_what_can_be_scrolled_to(right: int, down: int, found: bool, qtbot: QtBot) -> None:
    view = _Rolling()
    view.resize(140, 90)
    view.horizontalScrollBar().setRange(0, right)
    view.verticalScrollBar().setRange(0, down)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    assert any("Walks with help" in fault for fault in walk(view)) is found
