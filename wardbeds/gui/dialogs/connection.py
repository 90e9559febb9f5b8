"""Where the data of this PC are: here, or on a server; tried, kept, and opened at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wardbeds.domain.errors import Refusal
from wardbeds.gui.connection_form import ConnectionForm
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.station_choice import StationChoiceDialog
from wardbeds.gui.session import Session
from wardbeds.recent import Tried, read_recent
from wardbeds.services.connecting import try_server
from wardbeds.settings import StationChoice


class ConnectionDialog(StationChoiceDialog):
    """The choice of the first start, at any later time. Emits the session's ``connection_chosen`` when it is kept."""

    def __init__(self, session: Session, parent: QWidget, choice: StationChoice | None = None,
                 recent: list[Tried] | None = None) -> None:
        super().__init__(session, parent, session.tr("Connection"), choice)
        self.where = Choices([("here", self.tr("On this PC alone")), ("server", self.tr("On the hospital’s server"))])
        self.form = ConnectionForm(self._try, read_recent() if recent is None else recent)
        self.add_row("where", self.tr("The data are kept"), self.where)
        self.add_wide(self.form)
        self.where.choose("server" if self.choice.url else "here")
        if self.choice.url:
            self.form.show_url(self.choice.url)
            self.form.fields["password"].setPlaceholderText(self.tr("as kept on this PC"))
        self.where.chosen.connect(lambda _value: self._show_server())
        self._show_server()

    def _show_server(self) -> None:
        self.form.setVisible(self.where.value == "server")
        self.place()

    def _try(self, url: str, answer: Callable[[Refusal | None], None], fault: Callable[[BaseException], None]) -> None:
        self.session.aside(lambda: try_server(url), answer, fault)

    def submit(self) -> None:
        if self.where.value == "here":
            self.go_over_to(self.choice._replace(url=None))
        else:
            self.form.check(lambda url: self.go_over_to(self.choice._replace(url=url)))
