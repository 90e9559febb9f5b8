"""Draws every screen and dialog of the demo into PNG files, for the README, for designers and for tests."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from wardbeds.domain.addresses import ServerAddress
from wardbeds.domain.beds import Bed, BedStatus
from wardbeds.domain.errors import Code, OutOfReach, Refusal, refuse
from wardbeds.gui import theme
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.details import WAIT_MILLISECONDS
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.dialogs.connection import ConnectionDialog
from wardbeds.gui.first_run import FirstRunPage
from wardbeds.gui.last_known.page import LastKnownPage
from wardbeds.gui.last_known.session import LastKnownSession
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.printing.action import PreviewDialog
from wardbeds.gui.session import Session
from wardbeds.gui.sign_in import SignInPage
from wardbeds.gui.station_scenes import STATION_SCENES, follow_again
from wardbeds.gui.tasks import Tasks
from wardbeds.gui.verbs import Verb
from wardbeds.recent import Tried
from wardbeds.services import accounts, demo
from wardbeds.services.last_known.keeping import Keeper
from wardbeds.services.last_known.opening import open_last_known
from wardbeds.settings import StationChoice

Scene = Callable[["Studio"], QWidget]
PATIENCE = 20_000
NURSE = "mukamana"
BAR = 70
"""What title strip and task bar take of a screen: the client area is lower by this."""


class Studio:
    """A demo hospital with its window, kept off the screen."""

    def __init__(self, folder: Path, size: tuple[int, int], ward: str | None = None, viewer: str | None = None) -> None:
        self.ward, self.viewer = ward or "Internal Medicine A", viewer
        self.store = demo.open_demo(folder / "demo.db")
        self.size = size
        self.folder = folder
        self.kept: LastKnownPage | None = None
        self.tasks = Tasks()
        self.session = Session(self.store, "station-1", self.tasks)
        self.page = BoardPage(self.session)
        self.page.resize(*size)
        self.page.show()
        self.sign_in(NURSE)

    def close(self) -> None:
        """Let go of everything."""
        self.settle()
        self.session.sign_out()
        self.session.stop()
        self.tasks.stop()
        self.page.close()
        self.page.deleteLater()
        self.store.close()

    def settle(self) -> None:
        """Wait until the database has answered and everything is laid out."""
        timer = QElapsedTimer()
        timer.start()
        calm = 0
        while timer.elapsed() < PATIENCE and calm < 4:
            QApplication.processEvents()
            QTest.qWait(15)
            calm = calm + 1 if self.tasks.pending == 0 else 0

    def sign_in(self, username: str) -> None:
        """Change who stands here; a viewer asked for takes the nurse's place."""
        username = self.viewer if self.viewer and username == NURSE else username
        one = next(one for one in demo.ACCOUNTS if one.username == username)
        if self.session.actor is not None and self.session.actor.username == username:
            return
        self.session.sign_out()
        self.session.sign_in(one.username, one.password, lambda refusal: None)
        self.settle()
        self.open_ward(self.ward)

    def open_ward(self, name: str) -> None:
        """Open a ward by name."""
        summary = next(one for one in self.session.wards if one.ward.name == name)
        self.session.open_ward(summary.ward.id)
        self.settle()

    def bed(self, status: BedStatus, number: int = 0) -> Bed:
        """The n-th bed in this state."""
        return [bed for bed in self.session.model.beds if bed.status is status][number]

    def select(self, status: BedStatus, number: int = 0) -> Bed:
        """Select it."""
        bed = self.bed(status, number)
        self.page.selection.select_bed(bed.id)
        self.settle()
        return bed

    def calm(self) -> None:
        """Back to the plain board of the nurse."""
        if self.kept is not None:
            self.kept.leave()
            self.kept = None
        for preview in self.page.findChildren(PreviewDialog):
            preview.reject()
        if self.page.dialog is not None:
            self.page.dialog.reject()
        self.page.pilot.abort()
        self.page.notice.hide()
        self.page.strip.clear_filter()
        self.page.rail.show_tab(0)
        self.plug_in()
        self.forget()
        self.sign_in(NURSE)
        if self.session.model.board is not None and self.session.model.board.ward.name != self.ward:
            self.open_ward(self.ward)
        self.page.show_view(0)
        self.page.selection.select_bed(None)
        self.settle()

    def wait_until(self, there: Callable[[], bool]) -> None:
        """Wait for what another station did."""
        timer = QElapsedTimer()
        timer.start()
        while not there() and timer.elapsed() < PATIENCE:
            QTest.qWait(15)

    def unplug(self) -> None:
        """The database answers nobody any more."""
        self.session.link.stop()
        QApplication.processEvents()
        self.session.run = self._unreachable  # type: ignore[method-assign,assignment]
        self.session.as_of -= timedelta(minutes=7)
        self.session.link.failed("timeout")

    def _unreachable(self, _job: object, _done: object, _refused: object = None,
                     on_lost: Callable[[Exception], None] | None = None) -> None:
        if on_lost is not None:
            on_lost(OutOfReach("timeout"))

    def plug_in(self) -> None:
        """The database answers again, if it did not."""
        self.session.__dict__.pop("run", None)
        if not self.session.link._running:
            follow_again(self)
            self.wait_until(lambda: self.session.link.age() < 1)
            self.settle()

    def forget(self) -> None:
        """Nothing of what others did, of an outage or of an old program is left."""
        self.session.checking_changed.emit(False)
        self.session.model.set_saving(None)
        self.session._set_may_write(True)
        self.session.catch_up.end()
        self.page.bars.back.hide()
        for _twice in range(2):
            self.page.others.escape()

    def dialog(self, verb: Verb) -> QWidget:
        """Open a verb's dialog for the selection."""
        self.page.do(verb)
        self.settle()
        return self.page

    def read_on(self) -> None:
        """Wait for what the inspector reads a moment after a selection."""
        QTest.qWait(2 * WAIT_MILLISECONDS)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        """A key for whatever has the focus."""
        target = self.page.dialog or self.page
        QApplication.sendEvent(target, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        self.settle()

    def centre(self, bed: Bed) -> QPoint:
        """The middle of a bed's card on the screen."""
        view = self.page.views.currentWidget()
        assert isinstance(view, BedsView)
        return view.item_rect_global(bed.id).center().toPoint()


def _map(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED, 2)
    studio.read_on()
    return studio.page


def _view(number: int) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.page.show_view(number)
        studio.select(BedStatus.OCCUPIED, 2)
        studio.read_on()
        return studio.page

    return scene


def _ward(name: str) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.open_ward(name)
        return studio.page

    return scene


def _drag(kind: str) -> Scene:
    """Hold a waiting patient over a bed for which the verdict is ``kind``."""

    def scene(studio: Studio) -> QWidget:
        page = studio.page
        for waiting in studio.session.model.waiting:
            page.engine.pick_up_waiting(waiting)
            for bed in studio.session.model.beds[:24]:
                verdict = page.engine.verdict(bed.id)
                found = "refused" if verdict.refusal else "warned" if verdict.warnings else "allowed"
                if found == kind:
                    page.selection.select_waiting(waiting.person.patient_id)
                    page.pilot.begin(page.rail.mapToGlobal(QPoint(60, 90)))
                    page.pilot.move(studio.centre(bed))
                    page.pilot._timer.stop()
                    studio.settle()
                    return page
            page.engine.cancel()
        raise AssertionError(f"nobody waits for whom a bed is {kind}")

    return scene


def _in_hand(studio: Studio) -> QWidget:
    studio.page.rail.take(studio.session.model.waiting[1])
    studio.settle()
    return studio.page


def _verb(verb: Verb, status: BedStatus, number: int = 0) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.select(status, number)
        return studio.dialog(verb)

    return scene


def _admit(step: str) -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.select(BedStatus.AVAILABLE)
        studio.dialog(Verb.ADMIT)
        dialog = studio.page.dialog
        assert isinstance(dialog, AdmitPatientDialog)
        dialog.people.field.setText("uwa")
        dialog.people.search()
        studio.settle()
        if step == "find":
            return studio.page
        dialog._start_new()
        if step == "new":
            dialog.last_name.setText("Mukandayisenga")
            dialog.first_name.setText("Immaculée")
            studio.settle()
            return studio.page
        for field, text in ((dialog.last_name, "Mukandayisenga"), (dialog.first_name, "Immaculée"),
                            (dialog.born, "14-May-1988")):
            field.setText(text)
        dialog.sex.choose("female")
        dialog.submit()
        studio.settle()
        return studio.page

    return scene


def _filtered(studio: Studio) -> QWidget:
    studio.page.strip.chips[0].setChecked(True)
    studio.settle()
    return studio.page


def _leaving(studio: Studio) -> QWidget:
    studio.page.rail.show_tab(1)
    studio.settle()
    return studio.page


def _refused(studio: Studio) -> QWidget:
    waiting = studio.session.model.waiting[0]
    studio.page.engine.pick_up_waiting(waiting)
    studio.page.engine.put_down(studio.bed(BedStatus.CLEANING).id)
    studio.settle()
    return studio.page


def _last_known(step: str) -> Scene:
    """The board as it was kept: without names, with the question for a password, with names."""

    def scene(studio: Studio) -> QWidget:
        account = next(one for one in demo.ACCOUNTS if one.username == NURSE)
        keeper = Keeper(studio.folder, "postgresql://server/wardbeds")
        if studio.session.actor is not None:
            keeper.remember(studio.session.actor, account.password)
        keeper.keep(studio.store)
        known = open_last_known(studio.folder, "postgresql://server/wardbeds")
        assert known is not None
        page = studio.kept = LastKnownPage(LastKnownSession(known, "station-1", studio.tasks))
        page.resize(*studio.size)
        page.show()
        page.session.open_ward(studio.session.ward_id or 0)
        if step == "named":
            page.kept.show_names(NURSE, account.password, lambda _refusal: None)
            studio.settle()
        occupied = [bed for bed in page.session.model.beds if bed.status is BedStatus.OCCUPIED]
        page.selection.select_bed(occupied[2].id)
        if step == "asked":
            page.names.click()
        studio.settle()
        return page

    return scene


def _connected(studio: Studio) -> QWidget:
    page = _sign_in(first=False)(studio)
    assert isinstance(page, SignInPage)
    page.say(page.tr("Connected."))
    return page


def _by(open_it: Callable[[BoardPage], None], username: str = "uwera") -> Scene:
    def scene(studio: Studio) -> QWidget:
        studio.sign_in(username)
        open_it(studio.page)
        studio.settle()
        return studio.page

    return scene


def _details(studio: Studio) -> QWidget:
    studio.select(BedStatus.OCCUPIED, 2)
    studio.page.show_details()
    studio.read_on()
    return studio.page


def _account(page: BoardPage) -> None:
    staff = accounts.list_users(page.session._store, page.session.actor) if page.session.actor else ()
    page.house._account(next(one for one in staff if one.username == "mukamana"))


def _sign_in(*, first: bool) -> Scene:
    def scene(studio: Studio) -> QWidget:
        shown = [] if first else [(one.username, one.password, one.text) for one in demo.ACCOUNTS]
        page = SignInPage(studio.session, shown, first=first)
        page.resize(*studio.size)
        page.show()
        studio.settle()
        return page

    return scene


SERVER = ServerAddress((("beds.hospital.example", 5432), ("beds2.hospital.example", 5432)), "wardbeds",
                       "wardbeds_station", "/etc/wardbeds/ca.crt").url()
TRIED = [Tried(SERVER, "2026-03-02T08:30:00+00:00"),
         Tried("postgresql://wardbeds_station@old/wardbeds", "2026-03-01T08:30:00+00:00", "no_answer")]


def _welcome(step: int, trouble: Refusal | None = None) -> Scene:
    def scene(studio: Studio) -> QWidget:
        page = FirstRunPage("internal-medicine", lambda _url, answer: answer(trouble), TRIED if trouble else [])
        page.resize(*studio.size)
        page.show()
        page.where.choose("server")
        if step == 1:
            page.go_on.click()
            page.form.show_url(SERVER)
            page.form.fields["password"].setText("four-green-beds")
            page.form.test.click()
        studio.settle()
        return page

    return scene


def _connection(trouble: str = "") -> Scene:
    """The dialog, asked for a server that answers with ``trouble``."""

    def scene(studio: Studio) -> QWidget:
        studio.sign_in("uwera")
        dialog = ConnectionDialog(studio.session, studio.page, StationChoice("station-1", SERVER), TRIED)
        studio.page.open_dialog(dialog)
        if trouble:
            dialog.form._answered(refuse(Code.OFF, trouble), lambda: None)
        studio.settle()
        return studio.page

    return scene


def _preview(studio: Studio) -> QWidget:
    studio.page.print_sheet()
    studio.settle()
    return studio.page.findChildren(PreviewDialog)[0]


def _empty(studio: Studio) -> QWidget:
    studio.sign_in("uwera")
    studio.page._on_wards_listed(())
    studio.settle()
    return studio.page


SCENES: dict[str, Scene] = {
    "sign_in": _sign_in(first=False), "welcome": _welcome(0), "welcome_server": _welcome(1),
    "welcome_refused": _welcome(1, refuse(Code.OFF, "wrong_password")), "first_run": _sign_in(first=True), "map": _map,
    "grid": _view(1),
    "list": _view(2), "map_maternity": _ward("Maternity"), "map_intensive_care": _ward("Intensive Care"),
    "map_surgery": _ward("Surgery"), "map_paediatrics": _ward("Paediatrics"), "filter": _filtered,
    "leaving": _leaving, "drag_allowed": _drag("allowed"), "drag_warned": _drag("warned"),
    "drag_refused": _drag("refused"),
    "in_hand": _in_hand, "refused": _refused, "admit_find": _admit("find"),
    "admit_new": _admit("new"), "admit_stay": _admit("stay"), "move": _verb(Verb.MOVE, BedStatus.OCCUPIED),
    "transfer": _verb(Verb.TRANSFER, BedStatus.OCCUPIED), "discharge": _verb(Verb.DISCHARGE, BedStatus.OCCUPIED),
    "notes": _verb(Verb.NOTES, BedStatus.OCCUPIED), "admission": _verb(Verb.ADMISSION, BedStatus.OCCUPIED),
    "identity": _verb(Verb.IDENTITY, BedStatus.OCCUPIED), "cancel": _verb(Verb.CANCEL, BedStatus.OCCUPIED),
    "time": _verb(Verb.TIME, BedStatus.OCCUPIED), "reserve": _verb(Verb.RESERVE, BedStatus.AVAILABLE),
    "block": _verb(Verb.BLOCK, BedStatus.AVAILABLE), "details": _details,
    "earlier": _verb(Verb.EARLIER, BedStatus.CLEANING),
    "find_bed": _by(BoardPage.find_bed, "mukamana"), "help": _by(BoardPage.show_help, "mukamana"),
    "shortcuts": _by(BoardPage.show_shortcuts, "mukamana"), "about": _by(BoardPage.show_about, "mukamana"),
    "ward_new": _by(lambda page: page.house.new_ward()), "ward_change": _by(lambda page: page.house.change_ward()),
    "people": _by(lambda page: page.house.people()), "account": _by(_account),
    "import": _by(lambda page: page.house.import_lists()), "export": _by(lambda page: page.house.export()),
    "connection": _connection(), "connection_refused": _connection("tls_untrusted"),
    "reopen": _by(lambda page: page.house.reopen()), "support": _by(lambda page: page.focus_board(), "habineza"),
    "preview": _preview, **STATION_SCENES, "last_known": _last_known("unnamed"), "show_names": _last_known("asked"),
    "last_known_names": _last_known("named"), "connected": _connected, "no_wards": _empty,
}
"""Every screen and dialog, in the order in which they are drawn; those that upset the board come last."""


def draw(folder: Path, size: tuple[int, int], scheme: str, names: Iterable[str] | None = None) -> list[Path]:
    """Draw the scenes named (default: all) at a size in a scheme; returns the files, ``NAME_WIDTH_SCHEME.png``."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.set_text_scale(app, 100)
    theme.set_scheme(app, scheme)
    wanted = list(names) if names is not None else list(SCENES)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home), (size[0], size[1] - BAR))
        for name in wanted:
            studio.calm()
            widget = SCENES[name](studio)
            path = folder / f"{name}_{size[0]}_{scheme}.png"
            widget.grab().save(str(path))
            written.append(path)
            if widget is not studio.page and not isinstance(widget, PreviewDialog):
                widget.close()
        studio.calm()
        studio.close()
    return written


def draw_one(name: str, path: Path, size: tuple[int, int], scheme: str, *, ward: str | None = None,
             viewer: str | None = None) -> None:
    """Draw one scene into a file, in another ward or as another person of the demo where asked for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.set_text_scale(app, 100)
    theme.set_scheme(app, scheme)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home), (size[0], size[1] - BAR), ward, viewer)
        SCENES[name](studio).grab().save(str(path))
        studio.calm()
        studio.close()
