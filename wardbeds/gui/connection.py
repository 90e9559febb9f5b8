"""What the window shows of its connection: how old the board is, that it can only be looked at, and that it is back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.domain.changes import Happening
from wardbeds.gui import theme, words
from wardbeds.gui.dialogs.changes_list import ChangesDialog

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class ConnectionView(QObject):
    """Turns the session's state into banner, bars, colours and disabled buttons of the board."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._since: datetime | None = None
        self._checking = False
        self._happenings: tuple[Happening, ...] = ()
        session, bars = page.session, page.bars
        session.connection_slow.connect(self._on_slow)
        session.slow_changed.connect(page.strip.age.spinner.show)
        session.connection_lost.connect(self._on_lost)
        session.connection_restored.connect(self._on_restored)
        session.heard.connect(self._on_heard)
        session.caught_up.connect(self._on_caught_up)
        session.rights_changed.connect(self._show_rights)
        session.checking_changed.connect(self._on_checking)
        session.catch_up.changed.connect(self._on_catch_up)
        session.signed_in.connect(lambda _actor: self._show_rights())
        bars.offline.print_requested.connect(page.print_sheet)
        self.show_changes = bars.back.add_button(self.tr("Show changes"), self._list_changes)
        self.enter_missed = bars.back.add_button(self.tr("Enter what happened meanwhile"), self._begin_catch_up)
        bars.back.gone.connect(self.show_strip)
        self.done = bars.catch_up.add_button(self.tr("Done"), session.catch_up.end)

    def _on_heard(self) -> None:
        self._page.strip.show_age(self._page.session.as_of, fresh=True)

    def _on_slow(self) -> None:
        self._page.strip.age.spinner.show(True)
        self._page.strip.age.show_waiting(self.tr("Reconnecting…"))
        self._page.strip.squeeze()

    def _on_lost(self, sentence: str) -> None:
        page = self._page
        if not page.bars.offline.isHidden():  # somebody asked again, and it is still so
            page.bars.offline.setToolTip(sentence)
            return
        page.engine.cancel()
        page.popover.hide()  # what it offers to do cannot be done now
        page.strip.age.spinner.show(False)
        self._since = page.session.as_of
        page.bars.back.hide()
        page.bars.offline.setMinimumHeight(page.strip.height())
        page.bars.offline.say(page.session.as_of, sentence, too_old=page.session.link.too_old)
        page.strip.hide()  # in its place, so that no bed moves under the hand
        page.strip.show_age(page.session.as_of, fresh=False)
        self._show_checking()
        theme.set_stale(True)
        self._draw_anew()
        self._show_rights()

    def _on_restored(self) -> None:
        page = self._page
        page.strip.age.spinner.show(False)
        page.strip.show_age(page.session.as_of, fresh=True)
        if page.bars.offline.isHidden():
            return
        page.bars.offline.hide()
        self._show_checking()
        theme.set_stale(False)
        self._draw_anew()
        self._show_rights()

    def _draw_anew(self) -> None:
        """In the room that is there once the bars have changed places: the plan is laid out by it."""
        layout = self._page.layout()
        if layout is not None:
            layout.activate()
        self._page.restyle()

    def show_strip(self) -> None:
        """The chips, unless something stands in their place."""
        page = self._page
        bars = page.bars
        in_place = any(not bar.isHidden() for bar in (bars.offline, bars.checking, bars.back))
        page.strip.setVisible(not in_place and page.views.currentWidget() is not page.no_wards)

    # back ----------------------------------------------------------------------------------------------------

    def _on_caught_up(self, happenings: tuple[Happening, ...]) -> None:
        """Back: what others did meanwhile is there, and can be looked through."""
        self._happenings = happenings
        n = len(happenings)
        text = self.tr("Connected. {n} changes by others while you were away.").format(n=n) if n > 1 else \
            self.tr("Connected. One change by others while you were away.") if n else \
            self.tr("Connected. Others changed nothing while you were away.")
        self.show_changes.setVisible(bool(happenings))
        self.enter_missed.setVisible(not self._page.session.read_only_reason())
        self._page.bars.back.say(text, "success")
        self._page.bars.back.setMinimumHeight(self._page.strip.height())
        self.show_strip()  # in its place until dismissed: whoever is about to click a bed finds it where it was

    def _list_changes(self) -> None:
        if self._page.dialog is None:
            lines = [one.line for one in self._happenings]
            self._page.open_dialog(ChangesDialog(self._page.session, self._page, lines))

    def _begin_catch_up(self) -> None:
        self._page.bars.back.hide()
        self._page.session.catch_up.begin(self._since or self._page.session.now())

    def _on_catch_up(self) -> None:
        since = self._page.session.catch_up.since
        if since is None:
            self._page.bars.catch_up.hide()
        else:
            self._page.bars.catch_up.say(self.tr("Catch-up: entering what happened since {time}").format(
                time=words.until_text(since)), "info", lasting=True)

    # rights --------------------------------------------------------------------------------------------------

    def _on_checking(self, checking: bool) -> None:
        self._checking = checking
        self._page.work.last.set_checking(checking)
        self._show_checking()

    def _show_checking(self) -> None:
        """In the banner, or where the chips are: it comes unasked, so no bed may move under the hand."""
        bars, checking = self._page.bars, self._checking
        what = self.tr("It is being checked whether your last change was saved; please do not enter it again.")
        bars.offline.set_checking(what if checking else "")
        if checking and bars.offline.isHidden():
            bars.checking.setMinimumHeight(self._page.strip.height())
            bars.checking.say(what, "warning", lasting=True)
        else:
            bars.checking.hide()
        self.show_strip()

    def _show_rights(self) -> None:
        page, session = self._page, self._page.session
        reason = session.read_only_reason()
        page.engine.writable = not reason
        page.engine.why_closed = "" if session.may_write else "too_old"
        page.command_bar.set_read_only(reason)
        page.work.last.set_read_only(reason)
        page.no_wards.set_read_only(reason)
        page.rail.set_read_only(reason if session.online else self.tr("Placing waits until the connection is back."))
        if session.online and not session.may_write:
            page.bars.too_old.say(reason, "warning", lasting=True)
        else:
            page.bars.too_old.hide()
        page.show_foot()
        page.show_selection()
