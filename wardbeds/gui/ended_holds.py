"""A hold ran out at its hour: the bed is anybody's again, which is told in words, not only by another colour (UX c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.domain.beds import Bed
from wardbeds.domain.names import full_name
from wardbeds.gui import words

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class EndedHolds(QObject):
    """Tells whoever is signed in; what is said already is read first."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._untold: list[str] = []
        page.session.model.holds_ended.connect(self._on_ended)
        page.notice.gone.connect(self._tell)

    def _on_ended(self, beds: tuple[Bed, ...]) -> None:
        self._untold += [self._text(bed) for bed in beds]
        if not self._page.notice.text():
            self._tell()

    def _tell(self) -> None:
        told, self._untold = self._untold, []
        if told and self._page.session.actor is not None:
            self._page.notice.say(" ".join(told), "info")

    def _text(self, bed: Bed) -> str:
        """Which bed is no longer kept, for whom, since when."""
        hold = bed.hold
        assert hold is not None
        return self.tr("The hold of {bed} for {name} ended at {time}.").format(
            bed=bed.number, name=full_name(hold.person) if hold.person is not None else hold.text,
            time=words.until_text(hold.until))
