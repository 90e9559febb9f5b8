"""All wiring of the window: a frame at once, the libraries after the first paint, then session and pages."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from wardbeds.gui import theme
from wardbeds.gui.ending import close_behind, end_threads, waits_for
from wardbeds.gui.frame import Frame
from wardbeds.gui.look import keep_look, kept_letter_keys
from wardbeds.gui.memory import settle_memory
from wardbeds.loading import Loading
from wardbeds.opening import Cut, Opened
from wardbeds.settings import StationChoice, embedded_database, look_file, read_station, user_data_folder

if TYPE_CHECKING:
    from wardbeds.gui.closing import Closing
    from wardbeds.gui.first_run.first_run import FirstRun
    from wardbeds.gui.geometry import GeometryFile
    from wardbeds.gui.keeping import Keeping
    from wardbeds.gui.last_known.page import LastKnownPage
    from wardbeds.gui.main_window import BoardPage
    from wardbeds.gui.session import Session
    from wardbeds.gui.sign_in import SignInPage
    from wardbeds.gui.tasks import Tasks
    from wardbeds.services.last_known.opening import LastKnown
    from wardbeds.store.database import Store

AGAIN_MILLISECONDS = 4_000
PATIENCE_MILLISECONDS = 6_000
"""When the last-known board is shown though the server has not even been found to be gone: names take long to look up
without a network."""


class Application(QObject):
    """Owns the frame and what is shown in it."""

    ready = Signal()
    asked = Signal()

    def __init__(self, url: str | None, *, demo: bool, station: str, watch: Path | None = None,
                 named: str = "") -> None:
        super().__init__()
        self._named = named
        self.first_run: FirstRun | None = None
        self._wards = True
        self._geometry: GeometryFile | None = None
        self._url = url
        self._demo = demo
        self._station = station
        self._watch = watch
        self.frame = Frame("Wardbeds")
        self.frame.mark_demo(demo)
        self.session: Session | None = None
        self.board: BoardPage | None = None
        self.sign_in: SignInPage | None = None
        self.last_known: LastKnownPage | None = None
        self._tasks: Tasks | None = None
        self._keeping: Keeping | None = None
        self._loading = Loading(self)
        self._loading.loaded.connect(self._on_loaded)
        self._left = False
        self._choice: StationChoice | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MILLISECONDS)
        self._again.timeout.connect(self._start_again)
        self._store: Store | None = None
        self.frame.skeleton.painted.connect(self._on_first_paint)
        self._closing: Closing | None = None
        self.frame.may_close = self._may_close
        self.frame.closed.connect(self.leave)  # its threads are waited for when it is gone from the screen

    def show(self) -> None:
        """Show the frame; the rest follows its first paint."""
        screen = QApplication.primaryScreen().availableGeometry()
        self.frame.setGeometry(screen)  # for a screen without a window manager, which does not maximize
        self.frame.showMaximized()

    def _on_first_paint(self) -> None:
        QTimer.singleShot(0, self, self._start_loading)

    def _start_loading(self) -> None:
        """At the very first start of a PC the questions come first; afterwards straight on."""
        if self._url is None and not self._demo:
            choice = read_station()
            if choice is None and not embedded_database().exists():
                self._ask_first()
                return
            if choice is not None:
                self._take(choice)
        self._start_again()
        QTimer.singleShot(PATIENCE_MILLISECONDS, self, self._show_early)

    def _start_again(self) -> None:
        self._loading.start(self._url, demo=self._demo, wants_known=lambda: self.last_known is None)

    def _show_early(self) -> None:
        if self._loading.busy and self.session is None and self.last_known is None:
            self._loading.look_early(self._url, demo=self._demo)

    def _take(self, choice: StationChoice) -> None:
        self._choice = choice
        self._url = choice.url
        self._station = self._named or choice.name

    def _begin_first_run(self) -> FirstRun:
        """The pages of the first start, if they are not there already."""
        if self.first_run is None:
            from wardbeds.gui.first_run.first_run import FirstRun

            made = self.first_run = FirstRun(self.frame, self)
            for signal, slot in ((made.kept, self._on_chosen), (made.demo_chosen, self._on_demo_chosen),
                                 (made.gone_back, self._on_back), (made.too_late, self._on_too_late),
                                 (made.done, self._show_home)):
                signal.connect(slot)
        return self.first_run

    def _ask_first(self, *, connect: bool = False, trouble: str = "") -> None:
        """What this PC is for, and where the data are; ``trouble``: what is the matter with the server it has."""
        from wardbeds.gui.tasks import Tasks

        if self._tasks is None:
            self._tasks = Tasks()
        known = self._choice or StationChoice(self._station)
        self._begin_first_run().ask_pc(known, self._tasks, connect=connect, trouble=trouble)
        self._watch_window()
        self.asked.emit()

    @Slot()
    def _on_back(self) -> None:
        self._ask_first(connect=True)

    @Slot()
    def _on_demo_chosen(self) -> None:
        """Only to look around: nothing is kept, so that the next start asks again."""
        self._demo = True
        self._url = self._choice = None  # nothing of what is noted for a server belongs into the demo
        self.frame.mark_demo(True)
        QTimer.singleShot(0, self, self._open_anew)

    @Slot(str)
    def _on_too_late(self, why: str) -> None:
        """Somebody else made the first administrator in the meantime."""
        assert self.sign_in is not None
        self.frame.show_page(self.sign_in)
        self._leave_first_run()
        self.sign_in.ready()
        self.sign_in.form.refuse(why)

    def _leave_first_run(self) -> None:
        first_run, self.first_run = self.first_run, None
        if first_run is not None:
            first_run.leave()
            first_run.deleteLater()

    @Slot(object)
    def _on_chosen(self, choice: StationChoice) -> None:
        """Go over to the database chosen, when the answer that brought the choice has been dealt with."""
        QTimer.singleShot(0, self, lambda: self._open_choice(choice))

    def _open_choice(self, choice: StationChoice) -> None:
        self._take(choice)
        self._open_anew()

    def _open_anew(self) -> None:
        """Open the database chosen; what was open before is closed by and by, once what is being saved is saved. A page
        of the first start stays until then."""
        if self.session is not None:
            self.session.sign_out()
            self.session.deleteLater()
        self._end_threads()
        waits = waits_for(self.session, self._keeping, self._tasks)
        threading.Thread(target=close_behind, args=(waits, self._store), name="leaving", daemon=True).start()
        if self.first_run is None:
            self.frame.pages.setCurrentWidget(self.frame.skeleton)
        for page in (self.sign_in, self.board):
            if page is not None:
                self.frame.pages.removeWidget(page)
                page.deleteLater()
        self.session = self.sign_in = self.board = self._closing = None
        self._store = self._tasks = self._keeping = None
        self._start_again()

    @Slot(object)
    def _on_loaded(self, result: Opened | Cut | BaseException) -> None:
        if isinstance(result, Opened):
            self._again.stop()
        if isinstance(result, Opened) and (self.session is not None or self._left):
            result.store.close()  # an earlier answer was first, or nobody is there any more
        elif self._left:
            return
        elif isinstance(result, Cut):
            self._on_cut(result)
        elif isinstance(result, BaseException):
            self._cannot_open(result)
        elif self.last_known is not None and self.last_known.busy:
            QTimer.singleShot(1_000, self, lambda: self._on_loaded(result))  # somebody is just typing or printing
        else:
            self._open(result)

    def _on_cut(self, cut: Cut) -> None:
        """Show what was last known, and try again by itself."""
        if self.session is not None:
            return  # the server has answered in the meantime
        if self.last_known is None and cut.known is None:
            self._cannot_open(cut.error)
            return
        if self.last_known is None and cut.known is not None:
            self._show_last_known(cut.known)
        if self.last_known is not None:
            self.last_known.say_why(str(cut.error))
        self._again.start()

    def _show_last_known(self, known: LastKnown) -> None:
        theme.load_fonts()
        from wardbeds.gui.last_known.page import LastKnownPage
        from wardbeds.gui.last_known.session import LastKnownSession
        from wardbeds.gui.tasks import Tasks

        self._tasks = Tasks()
        session = LastKnownSession(known, self._station, self._tasks)
        page = self.last_known = LastKnownPage(session)
        session.setParent(page)
        self._note_prints(session)
        page.look_changed.connect(self._keep_look)
        self.frame.show_page(page)
        self._leave_first_run()
        page.focus_board()

    def _leave_last_known(self) -> bool:
        """Take the kept board away; whether there was one."""
        page, self.last_known = self.last_known, None
        if page is None:
            return False
        self._again.stop()
        page.leave()
        self.frame.pages.removeWidget(page)
        page.deleteLater()
        if self._tasks is not None:
            self._tasks.stop(0)
        return True

    def _open(self, result: Opened) -> None:
        was_cut = self._leave_last_known()
        theme.load_fonts()
        from wardbeds.gui.closing import Closing
        from wardbeds.gui.first_screen import first_view
        from wardbeds.gui.kept_views import KeptViews
        from wardbeds.gui.main_window import BoardPage
        from wardbeds.gui.session import Session
        from wardbeds.gui.sign_in import SignInPage
        from wardbeds.gui.tasks import Tasks

        self._tasks = Tasks()
        self._store = result.store
        self.session = Session(result.store, self._station, self._tasks, self)
        self.session.choice = self._choice
        self.session.take_settings(result.settings)
        self.session.connection_chosen.connect(self._on_chosen)
        self._note_prints(self.session)
        self.sign_in = SignInPage(self.session, result.accounts)
        self.board = BoardPage(self.session)
        self._closing = Closing(self.frame, self.session, self.board, self.sign_in)
        self.board.letter_keys = kept_letter_keys()
        KeptViews(self.board, look_file(), result.store.url, first_view(self.session.use))
        self.session.signed_in.connect(self._on_signed_in)
        self.session.signed_out.connect(self._on_signed_out)
        self.board.lock_requested.connect(self.session.sign_out)
        self.board.look_changed.connect(self._keep_look)
        self._show_first_page(result)
        if was_cut:
            self.sign_in.say(self.tr("Connected."))
        if result.store.postgresql and self._url is not None:
            self._keep(result.store, self._url)
        self._watch_window()
        settle_memory()
        self.ready.emit()

    def _show_first_page(self, result: Opened) -> None:
        """The sign-in page, or in a database without people the page that makes the first administrator."""
        assert self.session is not None and self.sign_in is not None
        self._wards = result.wards
        if result.first:
            self._begin_first_run().ask_administrator(self.session, with_pc=self._choice is not None)
            return
        joined = self.first_run is not None and self._choice is not None
        self.frame.show_page(self.sign_in)
        self._leave_first_run()
        self.sign_in.ready()
        if joined:
            self.sign_in.say(self.tr("Connected. This hospital is set up already: sign in."))

    def _watch_window(self) -> None:
        """Tell an outside tool what is on the screen, where that is wanted."""
        if self._watch is None:
            return
        if self._geometry is None:
            from wardbeds.gui.geometry import GeometryFile

            self._geometry = GeometryFile(self.frame, self._watch)
        if self.board is not None:
            self._geometry.look_at(self.board)

    def _note_prints(self, session: Session) -> None:
        from wardbeds.gui.printing.noted import NotedPrints

        NotedPrints(session, user_data_folder(), self._url or (self._store.url if self._store is not None else ""))

    def _keep(self, store: Store, url: str) -> None:
        """From now on keep the board for the hour without a server."""
        from wardbeds.gui.keeping import Keeping
        from wardbeds.services.last_known.keeping import Keeper

        assert self.session is not None and self.board is not None
        user_data_folder().mkdir(parents=True, exist_ok=True)
        self._keeping = Keeping(self.session, store, Keeper(user_data_folder(), url), self.session)
        self._keeping.failed.connect(self.board.warn_in_foot)

    def _cannot_open(self, error: BaseException) -> None:
        from wardbeds.domain.errors import OutOfReach, SchemaMismatch
        from wardbeds.gui.start_trouble import fault_at_start, start_trouble

        known = isinstance(error, OutOfReach | SchemaMismatch)
        text = str(error) if known else fault_at_start(error)
        out_of_reach = isinstance(error, OutOfReach)
        box, again, other = start_trouble(self.frame, text, again=out_of_reach, other=out_of_reach
                                          and self._choice is not None and self._url is not None)

        def finished() -> None:
            if again is not None and box.clickedButton() is again:
                self._start_again()
            elif other is not None and box.clickedButton() is other:
                self._ask_first(trouble=text)  # perhaps it has moved, and nothing is kept of it
            else:
                QApplication.exit(4 if known else 1)

        box.finished.connect(finished)
        box.open()

    def _on_signed_in(self, actor: object) -> None:
        assert self.session is not None
        settings = self.session.settings
        self.frame.mark_demo(self._demo or (settings is not None and settings.demo))
        if self.first_run is not None and self.first_run.asks_administrator and not self._wards:
            self.first_run.ask_ward(self.session, with_pc=self._choice is not None)
        else:
            self._show_home()

    @Slot()
    def _show_home(self) -> None:
        """What the role of whoever is signed in sees first."""
        from wardbeds.gui.first_screen import home_of, show_first

        assert self.session is not None and self.board is not None
        home = home_of(self.session, self.board)
        self.frame.show_page(home)
        if home is self.board:
            self._leave_first_run()
            self.board.focus_board()
            show_first(self.board)

    def _on_signed_out(self) -> None:
        assert self.sign_in is not None
        if self.first_run is None:
            self.frame.show_page(self.sign_in)
            self.sign_in.ready()

    def _keep_look(self) -> None:
        keep_look(self.board.letter_keys if self.board is not None else None)

    def last_saved(self) -> str:
        """What was saved last at this station, in words, for whoever is signed in; empty where nothing was."""
        session = self.session
        known = session is not None and session.actor is not None and session.last_action is not None
        return self.board.work.last.text() if known and self.board is not None else ""

    def _may_close(self) -> bool:
        return self._closing is None or self._closing.may_close()

    def leave(self) -> None:
        """Tell the threads to end, and wait for none: in a broken network the window would stand still meanwhile."""
        self._left = True
        self._end_threads()

    def stop(self, seconds: float = 10) -> None:
        """End; what is being saved is finished first, as far as it can be within so many seconds for each thread."""
        self.leave()
        close_behind(waits_for(self.session, self._keeping, self._tasks), self._store, seconds)

    def _end_threads(self) -> None:
        self._again.stop()
        end_threads(self.session, self._keeping, self._tasks)
