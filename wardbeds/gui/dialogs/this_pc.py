"""This PC: its name, and what it is used for; what was asked at its first start, at any later time."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.gui import words
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.station_choice import StationChoiceDialog
from wardbeds.gui.inputs import Field
from wardbeds.gui.session import Session
from wardbeds.settings import StationChoice, Use, clean_station


class ThisPcDialog(StationChoiceDialog):
    """Where the data are stays as it is."""

    def __init__(self, session: Session, parent: QWidget, choice: StationChoice | None = None) -> None:
        super().__init__(session, parent, session.tr("This PC"), choice)
        self.name = Field()
        self.name.setText(self.choice.name)
        self.use = Choices([(use.value, words.use_word(use)) for use in Use], 3)
        self.use.choose(self.choice.use.value)
        self.add_row("name", self.tr("Name"), self.name, required=True)
        self.add_row("use", self.tr("It is used for"), self.use)
        self.add_wide(info_line(self.tr("The name stands beside everything that is done here. The use decides what is "
                                        "seen first after signing in: the plan, the beds to clean, or the people who "
                                        "work here.")))

    def submit(self) -> None:
        name = clean_station(self.name.text())
        if not name:
            self.refuse(self.tr("Give this PC a name."), "name")
            return
        self.go_over_to(self.choice._replace(name=name, use=Use(self.use.value)))
