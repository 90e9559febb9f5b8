"""The ordinary board page over the kept board: read-only, names hidden until somebody who was here shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QToolTip, QWidget

from wardbeds.domain.access import Permission, can_fully
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.last_known.dialog import ShowNamesDialog
from wardbeds.gui.last_known.idle import IdleClock
from wardbeds.gui.last_known.session import LastKnownSession
from wardbeds.gui.main_window import BoardPage
from wardbeds.gui.printing.action import PreviewDialog, print_ward
from wardbeds.gui.verbs import Verb


class LastKnownPage(BoardPage):
    """What one sees from the start while the server does not answer."""

    def __init__(self, session: LastKnownSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.kept = session
        self.names = Button(self.tr("Show names"), "eye", primary=True)
        self.names.clicked.connect(self._on_names_clicked)
        self.bars.offline.add_button(self.names)
        self.idle = IdleClock(self)
        self.idle.passed.connect(session.hide_names)
        self.lock_requested.connect(session.hide_names)
        session.names_changed.connect(self._on_names_changed)
        session.wards_listed.connect(lambda _wards: self.strip.hide())
        session.ward_opened.connect(lambda _board: self._on_ward_opened())
        self.strip.hide()  # the banner is in its place
        self.work.last.say_instead(self.tr("Write changes on paper, with the time. Enter them afterwards."))
        theme.set_stale(True)
        session.list_wards(open_one=True)
        self._on_names_changed()
        self.restyle()

    def leave(self) -> None:
        """The server is back: no name stays, and colours are no longer pale."""
        self.kept.hide_names()
        self.idle.stop()
        theme.set_stale(False)

    @property
    def busy(self) -> bool:
        """Whether somebody is just typing or printing here."""
        return self.dialog is not None or bool(self.findChildren(PreviewDialog))

    def say_why(self, sentence: str) -> None:
        """What the last try found, for whoever looks closer."""
        self.bars.offline.setToolTip(sentence)

    # names ---------------------------------------------------------------------------------------------------

    def _on_names_clicked(self) -> None:
        if self.kept.actor is not None:
            self.kept.hide_names()
            return
        self._show_names_button()  # the last one's day may have passed meanwhile
        if self.dialog is None and self.names.isEnabled():
            self.open_dialog(ShowNamesDialog(self.kept, self))

    def _on_names_changed(self) -> None:
        actor = self.kept.actor
        if actor is None:
            self._close_what_names()
            self.command_bar.print.allow(True)
            self.idle.stop()
        else:
            self.engine.role = actor.role
            self.command_bar.show_actor(actor)
            self.idle.start(max(1, self.kept.model.board.ward.lock_minutes) if self.kept.model.board else 5)
        self.command_bar.user.setVisible(actor is not None)
        self.command_bar.admit.allow(False, self.tr("No connection: the board is read-only."))
        self._show_names_button()
        self._say_old()
        self.show_foot()
        self.show_selection()

    def _close_what_names(self) -> None:
        """Nothing that was opened with names may stay open without."""
        self.engine.cancel()
        if self.dialog is not None:
            self.dialog.reject()
        for preview in self.findChildren(PreviewDialog):
            preview.reject()
        self.command_bar.search.clear()
        self.notice.hide()
        QToolTip.hideText()
        self.selection.select_waiting(None)

    def _show_names_button(self) -> None:
        hidden = self.kept.actor is None
        self.names.setText(self.tr("Show names") if hidden else self.tr("Hide names"))
        self.names.set_icon("eye" if hidden else "eye-off")
        self.names.primary = hidden
        self.names.allow(not hidden or bool(self.kept.known.people()), self.tr(
            "Nobody signed in at this PC within the last 24 hours. The board can be looked at and printed without "
            "names."))

    def _say_old(self) -> None:
        self.bars.offline.say_instead(self.tr("No connection."), self.tr(
            "You see the board as of {time}. You can look and print. Changes must wait.").format(
                time=words.since_text(self.kept.as_of)))
        self.bars.offline.setMinimumHeight(self.strip.sizeHint().height())

    # the ordinary page, where it is different here -----------------------------------------------------------

    def show_foot(self) -> None:
        actor = self.kept.actor
        who = ("eye-off", self.tr("Names hidden")) if actor is None else (
            "user", words.signed_text(actor.display_name, actor.role))
        parts = [("wifi-off", self.tr("No connection, trying again by itself")), who, ("map", self.kept.station)]
        if actor is not None:
            parts.append(("lock", self.tr("Ctrl L hides the names")))
        self.foot.words.show_parts(parts)

    def _on_ward_opened(self) -> None:
        for part in (self.rail, self.stub):
            part.hide_people(self.kept.waiting_unnamed)

    def do(self, verb: Verb) -> None:
        """No verb can be done; with names shown its button says so too."""
        if self.dialog is None:
            self.notice.say(self.tr("No connection: the board is read-only."), "warning")

    def print_sheet(self) -> None:
        """Ctrl+P: with names only while they are shown, and only for a role that prints them."""
        actor = self.kept.actor
        if self.kept.ward_id is None or self.dialog is not None:
            return
        if actor is not None and not can_fully(actor.role, Permission.SHEET_PRINT):
            self.notice.say(self.tr("Your role does not print names. Hide the names, then print."), "warning")
            return
        print_ward(self.kept, self, self.notice.say)

    def set_look(self, scheme: str, percent: int) -> None:
        super().set_look(scheme, percent)
        theme.set_stale(True)
        self.restyle()
        self._say_old()
