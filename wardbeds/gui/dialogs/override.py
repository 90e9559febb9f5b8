"""Why one goes on in spite of a warning: nothing is chosen until somebody chooses it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from wardbeds.domain.placement import Warned
from wardbeds.gui import theme, words
from wardbeds.gui.inputs import ComboBox


def override_reasons() -> tuple[str, ...]:
    """The reasons there are, as they are kept with the override."""
    return (words.tr("No other bed is free"), words.tr("Clinical decision"), words.tr("Patient's wish"),
            words.tr("For a short time only"))


class OverrideReason(ComboBox):
    """The reasons in a list that begins empty, so that Enter alone never overrides a warning."""

    def __init__(self) -> None:
        super().__init__()
        self.addItem(self.tr("Choose a reason"), "")
        for text in override_reasons():
            self.addItem(text, text)
        self.setFixedHeight(theme.target(40))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._warned: tuple[Warned, ...] = ()

    @property
    def value(self) -> str:
        """What was chosen; empty for nothing."""
        return str(self.currentData())

    def show_warned(self, warned: tuple[Warned, ...]) -> None:
        """What is warned of now; a reason that was given for something else is taken back."""
        if warned != self._warned:
            self._warned = warned
            self.setCurrentIndex(0)
