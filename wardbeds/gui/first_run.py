"""The first start of a PC: its language and name, and where the data are: here, or on the hospital's server."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.controls import Button, Field
from wardbeds.gui.details import text_label
from wardbeds.gui.dialogs.base import Choices
from wardbeds.gui.sign_in import label
from wardbeds.settings import StationChoice, clean_station

LANGUAGES = (("en", "English"),)
"""The languages that the program speaks today."""


class FirstRunPage(QWidget):
    """Three questions; Enter goes on."""

    chosen = Signal(object)

    def __init__(self, station: str, try_server: Callable[[str, Callable[[str | None], None]], None]) -> None:
        super().__init__()
        self._try = try_server
        self.language = Choices(list(LANGUAGES), 3)
        self.language.choose("en")
        self.name = Field()
        self.name.setText(station)
        self.name.setAccessibleName(self.tr("Name of this PC"))
        self.where = Choices([("here", self.tr("On this PC alone")), ("server", self.tr("On the hospital’s server"))])
        self.where.choose("here")
        self.url = Field(self.tr("postgresql://station@server/wardbeds"))
        self.url.setAccessibleName(self.tr("Address of the server"))
        self.test = Button(self.tr("Test the connection"), "server")
        self.answer = text_label("", 14, 600)
        self.go_on = Button(self.tr("Go on"), key="Enter", primary=True)
        self._hint = text_label("", 13, 400, "ink2")
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(label(self.tr("Welcome to Wardbeds"), 24, 700))
        for caption, widget in ((self.tr("Language"), self.language),
                                (self.tr("Name of this PC, for example the ward’s"), self.name),
                                (self.tr("Where are the data kept?"), self.where)):
            column.addSpacing(8)
            column.addWidget(label(caption, 14, 600))
            column.addWidget(widget)
        column.addWidget(self._hint)
        column.addWidget(self.url)
        column.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.answer)
        column.addSpacing(8)
        column.addWidget(self.go_on)
        column.addStretch(2)
        box = QWidget()
        box.setFixedWidth(theme.px(460))
        box.setLayout(column)
        row = QHBoxLayout(self)
        row.addSpacing(theme.px(420))
        row.addStretch(1)
        row.addWidget(box)
        row.addStretch(1)
        self.where.chosen.connect(lambda _value: self._show_server())
        self.test.clicked.connect(lambda: self._check(lambda: None))
        self.go_on.clicked.connect(self._submit)
        self._show_server()

    def _show_server(self) -> None:
        server = self.where.value == "server"
        self.url.setVisible(server)
        self.test.setVisible(server)
        self.answer.setText("")
        self._hint.setText(self.tr("Several PCs share one board. Ask the person who looks after the server for the "
                                   "address.") if server else
                           self.tr("Nothing else to install. Later the data can move to a server."))
        (self.url if server else self.go_on).setFocus()

    def _check(self, then: Callable[[], None]) -> None:
        """Ask the server; the answer stands under the address."""
        self.answer.setText(self.tr("Asking the server…"))
        self.test.setEnabled(False)

        def answered(trouble: str | None) -> None:
            self.test.setEnabled(True)
            self.go_on.setEnabled(True)
            self.answer.setText(trouble or self.tr("The server answers and fits."))
            self.url.set_wrong(bool(trouble))
            if trouble is None:
                then()

        self._try(self.url.text().strip(), answered)

    def _submit(self) -> None:
        name = clean_station(self.name.text())
        if not name:
            self.answer.setText(self.tr("Give this PC a name."))
            self.name.setFocus()
            return
        if self.where.value == "here":
            self.chosen.emit(StationChoice(name))
            return
        self.go_on.setEnabled(False)
        self._check(lambda: self.chosen.emit(StationChoice(name, self.url.text().strip())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.raised)
        side = QRectF(0, 0, theme.px(420), self.height())
        painter.fillRect(side, colours.action)
        icons.draw(painter, "bed-single", QRectF(48, self.height() / 2 - 90, 56, 56), colours.action_ink)
        painter.setPen(colours.action_ink)
        painter.setFont(theme.font(36, 700))
        painter.drawText(QRectF(48, self.height() / 2 - 30, 360, 60), self.tr("Wardbeds"))
