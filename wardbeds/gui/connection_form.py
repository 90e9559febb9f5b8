"""Where the hospital's server is: the parts of its address or the whole of it, a test, and the servers tried before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from wardbeds.domain.addresses import PORT, ServerAddress, read_address, read_hosts
from wardbeds.domain.errors import Code, Refusal, refuse
from wardbeds.gui import icons, theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.faults import log_fault
from wardbeds.gui.inputs import ComboBox, Field
from wardbeds.gui.labels import caption_of
from wardbeds.recent import Tried

TryServer = Callable[[str, Callable[[Refusal | None], None], Callable[[BaseException], None]], None]
"""Tests a URL on the data thread; the answer, or the fault that came instead of it, comes on the window's."""

_FIELD_OF = {"wrong_password": "password", "no_login": "login", "not_let_in": "login", "no_database": "database",
             "no_host": "hosts", "no_answer": "hosts", "no_primary": "hosts", "tls_other_name": "hosts",
             "tls_untrusted": "ca_file", "tls_no_file": "ca_file", "tls_missing": "ca_file"}


@dataclass(slots=True, eq=False)
class _Check:
    """A test under way: the URL that was filled in when it began, and what follows where it fits."""

    url: str
    then: Callable[[str], None]


class AnswerLine(QLabel):
    """What the server answered: icon, words and ground; nothing while nothing was asked."""

    def __init__(self) -> None:
        super().__init__()
        self._look = ("info", "info", "info_soft")
        self.setWordWrap(True)
        self.setFont(theme.font(14, 600))
        self.setContentsMargins(44, 10, 12, 10)
        self.setMinimumHeight(theme.px(40))

    def say(self, text: str, kind: str = "info") -> None:
        """Show words: ``info``, ``success`` or ``error``."""
        icon = {"success": "circle-check", "error": "circle-x"}.get(kind, "info")
        self._look = (icon, kind, f"{kind}_soft")
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, getattr(theme.theme(), kind if text else "ink"))
        self.setPalette(palette)
        self.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        icon, ink, ground = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(theme.theme(), ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icons.draw(painter, icon, QRectF(14, self.height() / 2 - 9, 18, 18), getattr(theme.theme(), ink))
        painter.end()
        super().paintEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())


class ConnectionForm(QWidget):
    """Fields, test and answer. ``address`` and ``password`` are what is filled in."""

    tested = Signal(bool)

    def __init__(self, try_server: TryServer, recent: list[Tried], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._try = try_server
        self._more: tuple[tuple[str, str], ...] = ()
        self._running: _Check | None = None
        self.fields = {name: Field(hint) for name, hint in (
            ("hosts", "beds, beds2"), ("port", str(PORT)), ("database", "wardbeds"), ("login", "wardbeds_station"),
            ("password", ""), ("ca_file", "ca.crt"), ("url", ""))}
        self.fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self.choose_file = Button(self.tr("Choose…"))
        self.test = Button(self.tr("Test the connection"), "server")
        self.answer = AnswerLine()
        self.recent = ComboBox()
        self._lay_out()
        self._list(recent)
        for name, field in self.fields.items():
            field.textEdited.connect(self._on_url if name == "url" else self._on_part)
        self.recent.activated.connect(self._on_recent)
        self.choose_file.clicked.connect(self._choose_file)
        self.test.clicked.connect(lambda: self.check(lambda _url: None))
        self._on_part()

    # the layout ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        file = QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(self.fields["ca_file"], 1)
        file.addWidget(self.choose_file)
        self._recent_box = self._captioned(self.tr("Tried before"), self.recent)
        self._url_box = self._captioned(self.tr("Or the whole address"), self.fields["url"])
        rows = (
            (("hosts", self.tr("Server, or several with commas")), ("port", self.tr("Port"))),
            (("database", self.tr("Database")), ("login", self.tr("Login of the stations"))))
        for row, parts in enumerate(rows, 1):
            for column, (name, caption) in enumerate(parts):
                grid.addWidget(self._captioned(caption, self.fields[name]), row, column)
        trusted = self._captioned(self.tr("File of the certificate authority"), self.fields["ca_file"], file)
        grid.addWidget(trusted, 3, 0)
        grid.addWidget(self._captioned(self.tr("Password"), self.fields["password"]), 3, 1)
        grid.addWidget(self._recent_box, 4, 1)
        self._grid = grid
        asking = QHBoxLayout()
        asking.setSpacing(12)
        asking.addWidget(self.test, 0, Qt.AlignmentFlag.AlignTop)
        asking.addWidget(self.answer, 1)
        grid.addLayout(asking, 5, 0, 1, 2)

    @staticmethod
    def _captioned(caption: str, widget: QWidget, line: QHBoxLayout | None = None) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(caption_of(widget, caption))
        if line is None:
            column.addWidget(widget)
        else:
            column.addLayout(line)
        return box

    def _list(self, recent: list[Tried]) -> None:
        self.recent.addItem(self.tr("Choose one…"), None)
        for one in recent:
            try:
                address, _ = read_address(one.url)
            except ValueError:
                continue
            result = self.tr("worked") if not one.trouble else self.tr("did not work")
            self.recent.addItem(f"{address.short} – {result}", one)
        self.recent.setFixedHeight(theme.target(40))
        self.recent.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.recent.view().setMinimumWidth(theme.px(420))
        known = self.recent.count() > 1
        self._recent_box.setVisible(known)
        self._grid.addWidget(self._url_box, 4, 0, 1, 1 if known else 2)

    # what is filled in ---------------------------------------------------------------------------------------

    @property
    def address(self) -> ServerAddress | None:
        """The address; None while it is not complete."""
        text = {name: field.text().strip() for name, field in self.fields.items()}
        try:
            hosts = read_hosts(text["hosts"], int(text["port"] or PORT))
        except ValueError:
            return None
        if not text["database"] or not text["login"]:
            return None
        return ServerAddress(hosts, text["database"], text["login"], text["ca_file"], self._more)

    @property
    def password(self) -> str:
        """The password."""
        return self.fields["password"].text()

    @property
    def url(self) -> str:
        """The URL to connect with; what was typed as the whole address where the parts make none."""
        address = self.address
        return address.url(self.password) if address is not None else self.fields["url"].text().strip()

    def show_url(self, url: str) -> None:
        """Fill in the parts of a URL; anything else is merely shown."""
        self.fields["url"].setText(url)
        self._on_url()
        self.fields["url"].setCursorPosition(0)

    def _on_url(self) -> None:
        self._calm()
        try:
            address, password = read_address(self.fields["url"].text())
        except ValueError:
            return
        ports = {port for _, port in address.hosts}
        port = ports.pop() if len(ports) == 1 else PORT
        self._more = address.more
        hosts = ", ".join(host if own == port else f"{host}:{own}" for host, own in address.hosts)
        for name, text in (("hosts", hosts), ("port", str(port)), ("database", address.database),
                           ("login", address.login), ("ca_file", address.ca_file)):
            self.fields[name].setText(text)
            self.fields[name].setCursorPosition(0)
        if password:
            self.fields["password"].setText(password)
        self._show_tls()

    def _on_part(self) -> None:
        self._calm()
        address = self.address
        self.fields["url"].setText(address.url() if address is not None else "")
        self.fields["url"].setCursorPosition(0)
        self._show_tls()

    def _show_tls(self) -> None:
        """On this computer itself nothing goes over a network, and no certificate is asked for."""
        address = self.address
        needed = address is None or not address.on_this_computer
        for widget in (self.fields["ca_file"], self.choose_file):
            widget.setEnabled(needed)
            widget.setToolTip(self.tr("Leave it empty where this computer trusts the server’s certificate already.")
                              if needed else self.tr("Not needed on this computer itself."))

    def _on_recent(self, row: int) -> None:
        one = self.recent.itemData(row)
        self.recent.setCurrentIndex(0)
        if one is None:
            return
        self.fields["password"].clear()
        self.show_url(one.url)
        if one.trouble:
            self.refuse(refuse(Code.OFF, one.trouble))
        self.fields["password"].setFocus()

    def _choose_file(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self, self.tr("File of the certificate authority"))
        if found:
            self.fields["ca_file"].setText(found)
            self._on_part()

    # asking the server ---------------------------------------------------------------------------------------

    def check(self, then: Callable[[str], None]) -> None:
        """Ask the server; the answer stands below. ``then`` follows with the URL that was asked, where it fits.

        Neither does once somebody has changed a field meanwhile, or left the form.
        """
        if self._running is not None:
            self._running.then = then
            return
        self._calm()
        missing = next((name for name in ("hosts", "database", "login") if not self.fields[name].text().strip()), None)
        if missing is not None:
            self.refuse(refuse(Code.VALUE, "required", field=missing))
            return
        if self.address is None:
            self.refuse(refuse(Code.VALUE, "server_address", field="hosts"))
            return
        check = self._running = _Check(self.url, then)
        self.test.setEnabled(False)
        self.answer.say(self.tr("Asking the server…"))
        self._try(check.url, lambda trouble: self._on_answer(check, trouble),
                  lambda error: self._on_fault(check, error))

    def _on_answer(self, check: _Check, trouble: Refusal | None) -> None:
        if not self._awaits(check):
            return
        self._wait_no_more()
        if trouble is None:
            self.answer.say(self.tr("The server answers and fits."), "success")
        else:
            self.refuse(trouble)
        self.tested.emit(trouble is None)
        if trouble is None:
            check.then(check.url)

    def _on_fault(self, check: _Check, error: BaseException) -> None:
        """The test itself went wrong."""
        log_fault("testing a connection failed", error)
        if self._awaits(check):
            self._wait_no_more()
            self.answer.say(words.fault_text(), "error")

    def _awaits(self, check: _Check) -> bool:
        """Whether the answer to this test is still wanted, and the form is there to show it."""
        return isValid(self) and self._running is check

    def _wait_no_more(self) -> None:
        self._running = None
        self.test.setEnabled(True)

    def refuse(self, trouble: Refusal) -> None:
        """Show why a server cannot be used, at its field."""
        self.answer.say(words.refusal_text(trouble), "error")
        name = trouble.field or _FIELD_OF.get(trouble.detail, "")
        if name in self.fields:
            self.fields[name].set_wrong(True)
            self.fields[name].setFocus()

    def _calm(self) -> None:
        """What was answered, or is going to be, is about something else now."""
        self._wait_no_more()
        self.answer.say("")
        for field in self.fields.values():
            field.set_wrong(False)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._running is not None and not event.spontaneous():  # a window that is only minimised goes on waiting
            self._calm()
