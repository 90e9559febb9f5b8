"""Where the data of this PC are: here, or on a server; tried, kept, and opened at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wardbeds.domain.errors import Refusal
from wardbeds.gui.connection_form import ConnectionForm
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.session import Session
from wardbeds.recent import Tried, read_recent
from wardbeds.services.connecting import keep_choice, try_server
from wardbeds.settings import StationChoice, read_station


class ConnectionDialog(Dialog):
    """The choice of the first start, at any later time. Emits the session's ``connection_chosen`` when it is kept."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, choice: StationChoice | None = None,
                 recent: list[Tried] | None = None) -> None:
        super().__init__(session, parent, session.tr("Connection"), session.tr("Use this"))
        self._choice = choice or read_station() or StationChoice(session.station)
        self.where = Choices([("here", self.tr("On this PC alone")), ("server", self.tr("On the hospital’s server"))])
        self.form = ConnectionForm(self._try, read_recent() if recent is None else recent)
        self.add_row("where", self.tr("The data are kept"), self.where)
        self.add_wide(self.form)
        self.foot_note.setText(self.tr("Whoever works here signs in again."))
        self.where.choose("server" if self._choice.url else "here")
        if self._choice.url:
            self.form.show_url(self._choice.url)
            self.form.fields["password"].setPlaceholderText(self.tr("as kept on this PC"))
        self.where.chosen.connect(lambda _value: self._show_server())
        self._show_server()

    def _show_server(self) -> None:
        self.form.setVisible(self.where.value == "server")
        self.place()

    def _try(self, url: str, answer: Callable[[Refusal | None], None]) -> None:
        self.session.aside(lambda: try_server(url), answer, self._on_not_kept)

    def submit(self) -> None:
        if self.where.value == "here":
            self._keep(StationChoice(self._choice.name))
        else:
            self.form.check(lambda: self._keep(StationChoice(self._choice.name, self.form.url)))

    def _keep(self, choice: StationChoice) -> None:
        """On the data thread: a keyring may ask its owner first."""
        if not self.sending.begin():
            return

        def kept(_written: StationChoice) -> None:
            self.finish()
            self.session.connection_chosen.emit(choice)

        self.session.aside(lambda: keep_choice(choice), kept, self._on_not_kept)

    def _on_not_kept(self, error: BaseException) -> None:
        self.sending.end()
        self.refuse(self.tr("This PC cannot keep the choice: {why}").format(
            why=getattr(error, "strerror", None) or type(error).__name__))
