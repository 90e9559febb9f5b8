"""The specialty of a patient: one of those that the hospital's wards have, or none."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

from wardbeds.domain.beds import WardSummary
from wardbeds.gui import theme, words
from wardbeds.gui.inputs import ComboBox


class SpecialtyChoice(ComboBox):
    """Begins with "any"; one that no ward has any more stays as long as it is somebody's."""

    def __init__(self, wards: Iterable[WardSummary]) -> None:
        super().__init__()
        self._followed = ""
        self.addItem(words.tr("Any"), "")
        for name in sorted({one.ward.specialty for one in wards} - {""}, key=str.casefold):
            self.addItem(words.capital(name), name)
        self.setFixedHeight(theme.target(40))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def offers_any(self) -> bool:
        """Whether there is anything to choose: else no ward has a specialty, and nobody is asked."""
        return self.count() > 1

    @property
    def value(self) -> str:
        """The specialty; empty for none."""
        return str(self.currentData() or "")

    def choose(self, specialty: str) -> None:
        """Choose by program, also one that no ward has."""
        if specialty and self.findData(specialty) < 0:
            self.addItem(words.capital(specialty), specialty)
        self.setCurrentIndex(max(0, self.findData(specialty)))

    def follow(self, specialty: str) -> None:
        """Go with the ward that is chosen, unless somebody has chosen another specialty than the ward before had."""
        if self.value == self._followed:
            self.choose(specialty)
        self._followed = specialty
