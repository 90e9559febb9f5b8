"""About how old somebody is whom nobody knows: a guess in years, from which the rules of the wards go on."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import label

OLDEST = 120
"""Years."""


class AboutAge(QWidget):
    """A number of years; empty where nobody dares to guess."""

    def __init__(self) -> None:
        super().__init__()
        self.field = Field()
        self.field.setFixedWidth(theme.px(72))
        self.field.setAccessibleName(self.tr("About how old, in years"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addWidget(label(self.tr("years; 0 for a baby"), colour="ink2"))
        row.addStretch(1)
        self.setFocusProxy(self.field)

    def birth_year(self, today: date) -> int | None:
        """The year that the guess leads to; None for an empty field. Raises ValueError."""
        text = self.field.text().strip()
        if not text:
            return None
        if not text.isdecimal() or int(text) > OLDEST:
            raise ValueError(text)
        return today.year - int(text)
