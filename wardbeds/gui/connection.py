"""What the window shows of its connection: how old the board is, that it can only be looked at, and that it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wardbeds.gui import theme, words

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class ConnectionView(QObject):
    """Turns the session's state into banner, colours and disabled buttons of the board."""

    changes_requested = Signal(object)

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        session = page.session
        session.connection_slow.connect(self._on_slow)
        session.connection_lost.connect(self._on_lost)
        session.connection_restored.connect(self._on_restored)
        session.heard.connect(self._on_heard)
        session.caught_up.connect(self._on_caught_up)
        session.rights_changed.connect(self._show_rights)
        session.checking_changed.connect(self._on_checking)

    def _on_heard(self) -> None:
        self._page.strip.show_age(self._page.session.as_of, fresh=True)

    def _on_slow(self) -> None:
        self._page.strip.age.show_waiting(self.tr("Reconnecting"))
        self._page.strip.squeeze()

    def _on_lost(self, sentence: str) -> None:
        page = self._page
        page.engine.cancel()
        time = words.time_text(page.session.as_of)
        page.offline.say(self.tr("No connection since {time}. You see the board as of {time}. You can look and print. "
                                 "Changes must wait.").format(time=time), "warning", lasting=True)
        page.offline.setToolTip(sentence)
        page.offline.setMinimumHeight(page.strip.height())
        page.strip.hide()  # in its place, so that no bed moves under the hand
        page.strip.show_age(page.session.as_of, fresh=False)
        theme.set_stale(True)
        page.restyle()
        self._show_rights()

    def _on_restored(self) -> None:
        page = self._page
        page.strip.show_age(page.session.as_of, fresh=True)
        if page.offline.isHidden():
            return
        page.offline.hide()
        page.strip.setVisible(page.views.currentWidget() is not page.no_wards)
        theme.set_stale(False)
        page.restyle()
        self._show_rights()

    def _on_caught_up(self, happenings: tuple[object, ...]) -> None:
        """Back: what others did meanwhile is there, and can be looked through."""
        text = self.tr("Connected. Others changed nothing while you were away.") if not happenings else self.tr(
            "Connected. %n change(s) by others while you were away.", None, len(happenings))
        self._page.notice.say(text, "success")
        self.changes_requested.emit(happenings)

    def _on_checking(self, checking: bool) -> None:
        if checking:
            self._page.notice.say(self.tr(
                "The connection broke while this was being saved. It is being checked whether it was; "
                "please do not enter it again."), "warning", lasting=True)
        else:
            self._page.notice.hide()

    def _show_rights(self) -> None:
        page = self._page
        reason = page.session.read_only_reason()
        page.engine.writable = not reason
        page.command_bar.set_read_only(reason)
        page.work.last.set_read_only(reason)
        if page.session.online and not page.session.may_write:
            page.notice.say(reason, "warning", lasting=True)
        page.show_foot()
        page.show_selection()
