"""The first two steps, before there is a database: what this PC is for, and where the data are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.connection_form import ConnectionForm, TryServer
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.first_run.cards import Cards, CardText
from wardbeds.gui.first_run.page import Part, StepsPage
from wardbeds.gui.first_run.side import step_names
from wardbeds.gui.first_run.use_cards import use_cards
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import caption_of
from wardbeds.recent import Tried
from wardbeds.settings import StationChoice, Use, clean_station

LANGUAGES = (("en", "English"),)
"""The languages that the program speaks today."""

PC, CONNECT, SERVER = range(3)
HERE, ON_SERVER, DEMO = "here", "server", "demo"


class WelcomePage(StepsPage):
    """What this PC is, and where the data are; a third part asks for the server where there is one."""

    chosen = Signal(object)
    demo_chosen = Signal()

    def __init__(self, known: StationChoice, try_server: TryServer, recent: list[Tried] | None = None) -> None:
        super().__init__(step_names(with_pc=True))
        self.use = use_cards(known.use)
        self.name = Field()
        self.name.setText(known.name)
        self.language = Choices(list(LANGUAGES), 1)
        self.language.choose("en")
        self.where = Cards([
            CardText(HERE, "monitor", self.tr("On this PC alone"),
                     self.tr("Nothing else to install. Later the data can move to a server.")),
            CardText(ON_SERVER, "server", self.tr("On the hospital’s server"),
                     self.tr("Several PCs share one board. The next page asks for the server.")),
            CardText(DEMO, "eye", self.tr("Look around first"),
                     self.tr("A demo of five wards with invented people. The next start asks again."))])
        self.form = ConnectionForm(try_server, recent or [])
        self._add_parts()
        self.where.chosen.connect(lambda _value: self._name_onward())
        if known.url:
            self.where.choose(ON_SERVER)
            self._show_url(known.url)

    def _add_parts(self) -> None:
        self.add_part(Part("pc", 0, self.tr("What is this PC used for?"),
                           self.tr("It decides what is seen first after signing in. It can be changed later."),
                           self._pc(), self.tr("Next: connect"), self.use))
        self.add_part(Part("connect", 1, self.tr("Where are the data kept?"),
                           self.tr("All PCs that share a board keep them in one place."),
                           self.where, self.tr("Next: hospital"), self.where))
        self.add_part(Part("server", 1, self.tr("The hospital’s server"),
                           self.tr("Whoever looks after the server knows what belongs here."),
                           self.form, self.tr("Connect"), self.form.fields["hosts"]))

    def _pc(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(20))
        column.addWidget(self.use)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, (caption, widget) in enumerate(((self.tr("Name of this PC, for example the ward’s"), self.name),
                                                   (self.tr("Language"), self.language))):
            grid.addWidget(caption_of(widget, caption), 0, place)
            grid.addWidget(widget, 1, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        return body

    def _name_onward(self) -> None:
        self.name_onward({ON_SERVER: self.tr("Next: the server"), DEMO: self.tr("Open the demo")}.get(
            self.where.value, self.tr("Next: hospital")) if self.number == CONNECT else self.part.onward)

    def show_part(self, number: int) -> None:
        """Show a part; where the data are decides what comes after it."""
        super().show_part(number)
        self._name_onward()

    def say(self, text: str, kind: str = "error") -> None:
        """Beside the server’s test where that is shown: both are about the same."""
        at_server = self.number == SERVER
        super().say("" if at_server else text, kind)
        if at_server:
            self.form.answer.say(text, kind)

    def mend(self, url: str, trouble: str) -> None:
        """Show the server that was chosen before, and what is the matter with it."""
        self.where.choose(ON_SERVER)
        self._show_url(url)
        self.show_part(SERVER)
        self.say(trouble)

    def _show_url(self, url: str) -> None:
        self.form.show_url(url)
        self.form.fields["password"].setPlaceholderText(self.tr("as kept on this PC"))

    # going on ------------------------------------------------------------------------------------------------

    def on_go_on(self) -> None:
        if not clean_station(self.name.text()):
            self.show_part(PC)
            self.say(self.tr("Give this PC a name."))
            self.name.set_wrong(True)
            self.name.setFocus()
            return
        self.name.set_wrong(False)
        if self.number == PC:
            self.show_part(CONNECT)
        elif self.where.value == DEMO:
            self.go_on.setEnabled(False)
            self.demo_chosen.emit()
        elif self.where.value == HERE:
            self._choose(None)
        elif self.number == CONNECT:
            self.show_part(SERVER)
        else:
            self.form.check(self._choose)

    def _choose(self, url: str | None) -> None:
        self.go_on.setEnabled(False)
        self.chosen.emit(StationChoice(clean_station(self.name.text()), url, Use(self.use.value)))
