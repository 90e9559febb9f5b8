"""The first start as a whole: shows its pages in the frame and hands on what was chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wardbeds.gui import theme, words
from wardbeds.gui.first_run.page import StepsPage
from wardbeds.gui.first_run.welcome import CONNECT, WelcomePage
from wardbeds.gui.frame import Frame
from wardbeds.recent import read_recent
from wardbeds.settings import StationChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from wardbeds.domain.errors import Refusal
    from wardbeds.gui.session import Session
    from wardbeds.gui.tasks import Tasks


class FirstRun(QObject):
    """One page at a time; each stays until the next one is there, so that nothing else shines through.

    The pages that need the data libraries are imported when they are: the first one comes before those are loaded.
    """

    kept = Signal(object)
    demo_chosen = Signal()
    gone_back = Signal()
    too_late = Signal(str)
    done = Signal()

    def __init__(self, frame: Frame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        theme.load_fonts()
        self._frame = frame
        self._tasks: Tasks | None = None
        self.page: StepsPage | None = None

    def _show(self, page: StepsPage) -> None:
        before, self.page = self.page, page
        self._frame.show_page(page)
        self._drop(before)
        page.focus_first()

    def _drop(self, page: StepsPage | None) -> None:
        if page is not None:
            self._frame.pages.removeWidget(page)
            page.deleteLater()

    def leave(self) -> None:
        """Take the last page away; another one is shown by now."""
        page, self.page = self.page, None
        self._drop(page)

    @property
    def asks_administrator(self) -> bool:
        """Whether the first administrator is asked for."""
        return self.page is not None and self.page.part.name == "administrator"

    def ask_pc(self, known: StationChoice, tasks: Tasks, *, connect: bool = False, trouble: str = "") -> None:
        """What this PC is for, and where the data are; ``connect``: the second of these first; ``trouble``: what is the
        matter with the server that is known. Emits ``kept`` once the choice is on the disk."""
        self._tasks = tasks
        page = WelcomePage(known, partial(_try, tasks), read_recent())  # which must not keep the frame alive
        page.chosen.connect(self._keep)
        page.demo_chosen.connect(self.demo_chosen)
        self._show(page)
        if trouble and known.url:
            page.mend(known.url, trouble)
        elif connect:
            page.show_part(CONNECT)

    @Slot(object)
    def _keep(self, choice: StationChoice) -> None:
        """On the data thread: a keyring may ask its owner first."""
        from wardbeds.services.connecting import keep_choice

        page, tasks = self.page, self._tasks
        assert page is not None and tasks is not None
        tasks.submit(lambda: keep_choice(choice), lambda _written: self.kept.emit(choice),
                     lambda error: page.say(words.not_kept_text(error)))

    def ask_administrator(self, session: Session, *, with_pc: bool) -> None:
        """The hospital's name and its first administrator."""
        from wardbeds.gui.first_run.administrator import AdministratorPage

        page = AdministratorPage(session, with_pc=with_pc)
        page.gone_back.connect(self.gone_back)
        page.too_late.connect(self.too_late)
        self._show(page)

    def ask_ward(self, session: Session, *, with_pc: bool) -> None:
        """The first ward."""
        from wardbeds.gui.first_run.ward import FirstWardPage

        page = FirstWardPage(session, with_pc=with_pc)
        page.left.connect(self.done)
        self._show(page)


def _try(tasks: Tasks, url: str, answer: Callable[[Refusal | None], None],
         fault: Callable[[BaseException], None]) -> None:
    """Ask a server on the data thread; the answer comes on the window's."""
    from wardbeds.services.connecting import try_server

    tasks.submit(lambda: try_server(url), answer, fault)
