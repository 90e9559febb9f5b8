"""The day on which a patient is expected to leave, as both dialogs that ask for it read it."""

from __future__ import annotations

from datetime import date

from wardbeds.domain.errors import Code, refuse
from wardbeds.gui import words
from wardbeds.gui.date_field import DateField
from wardbeds.gui.dialogs.typed import read_date


class LeavingDay(DateField):
    """Empty where nobody knows yet."""

    def __init__(self) -> None:
        super().__init__(words.example_day())

    def read(self, earliest: date, known: date | None = None) -> tuple[date | None, str]:
        """The day, None for an empty field, and what is wrong with it in words.

        A day before ``earliest`` is over, which nobody can mean; ``known``, recorded before, may have become so.
        """
        text = self.text().strip()
        if not text:
            return None, ""
        try:
            day = read_date(text)
        except ValueError:
            return None, self.tr("Write the day as 18-May-2026.")
        if day < earliest and day != known:
            return None, words.refusal_text(refuse(Code.VALUE, "day_over"))
        return day, ""
