"""Who wants to see the names, and the password of the last sign-in here."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from wardbeds.domain.errors import Refusal
from wardbeds.gui import words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.inputs import Field
from wardbeds.gui.last_known.session import LastKnownSession


class ShowNamesDialog(Dialog):
    """A name and a password; no draft is kept of either."""

    writes = False

    def __init__(self, session: LastKnownSession, parent: QWidget) -> None:
        super().__init__(session, parent, session.tr("Show names"), session.tr("Show names"), width=560)
        self._cut_off = session
        self.add_wide(info_line(self.tr("Whoever signed in at this PC within the last 24 hours can show the names, "
                                        "with the password of that time.")))
        self.who = self.combo([(f"{one.display_name}, {words.role_word(one.role)} ({one.username})", one.username)
                               for one in session.known.people()])
        self.password = Field()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_row("username", self.tr("Who"), self.who)
        self.add_row("password", self.tr("Password"), self.password, required=True)
        session.names_changed.connect(self._on_names_changed)

    def first_focus(self) -> QWidget:
        return self.password

    def submit(self) -> None:
        if not self.password.text():
            self.refuse(self.tr("Type your password."), "password")
            return
        self.sending.begin()
        self._cut_off.show_names(self.who.currentData(), self.password.text(), self._on_refused)

    def _on_refused(self, refusal: Refusal) -> None:
        self.sending.end()
        self.password.clear()
        super()._on_refused(refusal)

    def _on_names_changed(self) -> None:
        if self._cut_off.actor is not None:
            self.finish()
