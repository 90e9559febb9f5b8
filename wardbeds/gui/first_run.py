"""The first start of a PC: its language and name, and where the data are: here, or on the hospital's server."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wardbeds.gui import icons, theme
from wardbeds.gui.connection_form import ConnectionForm, TryServer
from wardbeds.gui.controls import Button, Field
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.labels import label, text_label
from wardbeds.recent import Tried
from wardbeds.settings import StationChoice, clean_station

LANGUAGES = (("en", "English"),)
"""The languages that the program speaks today."""

SIDE, WIDTH = 420, 560


class FirstRunPage(QWidget):
    """Three questions, and on a second page the server where there is one; Enter goes on."""

    chosen = Signal(object)

    def __init__(self, station: str, try_server: TryServer, recent: list[Tried] | None = None) -> None:
        super().__init__()
        self.language = Choices(list(LANGUAGES), 3)
        self.language.choose("en")
        self.name = Field()
        self.name.setText(station)
        self.name.setAccessibleName(self.tr("Name of this PC"))
        self.where = Choices([("here", self.tr("On this PC alone")), ("server", self.tr("On the hospital’s server"))])
        self.where.choose("here")
        self.form = ConnectionForm(try_server, recent or [])
        self.answer = text_label("", 14, 600, "error")
        self.back = Button(self.tr("Back"), key="Esc")
        self.go_on = Button(self.tr("Go on"), key="Enter", primary=True)
        self._hint = text_label("", 13, 400, "ink2")
        self.step = 0
        self._pages = (self._questions(), self._connection())
        self._lay_out()
        self.where.chosen.connect(lambda _value: self._show_hint())
        self.go_on.clicked.connect(self._on_go_on)
        self.back.clicked.connect(lambda: self._show_step(0))
        self._show_hint()
        self._show_step(0)

    def _questions(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Welcome to Wardbeds"), 24, 700))
        for caption, widget in ((self.tr("Language"), self.language),
                                (self.tr("Name of this PC, for example the ward’s"), self.name),
                                (self.tr("Where are the data kept?"), self.where)):
            column.addSpacing(8)
            column.addWidget(label(caption, 14, 600))
            column.addWidget(widget)
        column.addWidget(self._hint)
        column.addWidget(self.answer)
        return page

    def _connection(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(self.tr("The hospital’s server"), 24, 700))
        hint = self.tr("Whoever looks after the server knows what belongs here.")
        column.addWidget(text_label(hint, 13, 400, "ink2"))
        column.addSpacing(4)
        column.addWidget(self.form)
        return page

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addWidget(self.go_on, 1)
        column = QVBoxLayout()
        column.addStretch(1)
        for page in self._pages:
            column.addWidget(page)
        column.addSpacing(16)
        column.addLayout(foot)
        column.addStretch(2)
        box = QWidget()
        box.setFixedWidth(theme.px(WIDTH))
        box.setLayout(column)
        row = QHBoxLayout(self)
        row.addSpacing(theme.px(SIDE))
        row.addStretch(1)
        row.addWidget(box)
        row.addStretch(1)

    def _show_hint(self) -> None:
        self._hint.setText(self.tr("Several PCs share one board. The next page asks for the server.")
                           if self.where.value == "server" else
                           self.tr("Nothing else to install. Later the data can move to a server."))
        self.go_on.setFocus()

    def _show_step(self, step: int) -> None:
        self.answer.setText("")
        self.step = step
        for number, page in enumerate(self._pages):
            page.setVisible(number == step)
        self.back.setVisible(step == 1)
        (self.form.fields["hosts"] if step == 1 else self.go_on).setFocus()

    def _on_go_on(self) -> None:
        name = clean_station(self.name.text())
        if not name:
            self._show_step(0)
            self.refuse(self.tr("Give this PC a name."))
            self.name.setFocus()
        elif self.where.value == "here":
            self._choose(StationChoice(name))
        elif self.step == 0:
            self._show_step(1)
        else:
            self.form.check(lambda: self._choose(StationChoice(name, self.form.url)))

    def mend(self, url: str, trouble: str) -> None:
        """Show the server that was chosen before, and what is the matter with it."""
        self.where.choose("server")
        self.form.show_url(url)
        self.form.fields["password"].setPlaceholderText(self.tr("as kept on this PC"))
        self._show_step(1)
        self.form.answer.say(trouble, "error")

    def _choose(self, choice: StationChoice) -> None:
        self.go_on.setEnabled(False)
        self.chosen.emit(choice)

    def refuse(self, text: str) -> None:
        """Say why it does not go on."""
        self.go_on.setEnabled(True)
        if self.step == 0:
            self.answer.setText(text)
        else:
            self.form.answer.say(text, "error")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on.click()
        elif event.key() == Qt.Key.Key_Escape and self.step == 1:
            self._show_step(0)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.raised)
        side = QRectF(0, 0, theme.px(SIDE), self.height())
        painter.fillRect(side, colours.action)
        icons.draw(painter, "bed-single", QRectF(48, self.height() / 2 - 90, 56, 56), colours.action_ink)
        painter.setPen(colours.action_ink)
        painter.setFont(theme.font(36, 700))
        painter.drawText(QRectF(48, self.height() / 2 - 30, 360, 60), self.tr("Wardbeds"))
