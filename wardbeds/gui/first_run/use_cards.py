"""What a PC can be used for, each with what is seen first there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from wardbeds.gui import words
from wardbeds.gui.first_run.cards import Cards, CardText
from wardbeds.settings import Use


def use_cards(chosen: Use) -> Cards:
    """A card for each use."""
    tr = QCoreApplication.translate
    made = Cards([
        CardText(Use.WARD, "monitor", words.use_word(Use.WARD),
                 tr("Uses", "Opens the ward’s plan: admit, place, move, discharge")),
        CardText(Use.SUPPORT, "spray-can", words.use_word(Use.SUPPORT),
                 tr("Uses", "Opens the list of the beds that wait for cleaning")),
        CardText(Use.ADMINISTRATION, "hospital", words.use_word(Use.ADMINISTRATION),
                 tr("Uses", "Opens the people who work here, beside the plan"))])
    made.choose(chosen)
    return made
