"""What the two dialogs about this PC share: the choice is kept in its file, and the program goes over to it at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.gui import words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.session import Session
from wardbeds.services.connecting import keep_choice
from wardbeds.settings import StationChoice, read_station


class StationChoiceDialog(Dialog):
    """A dialog about ``choice``: what this PC was told at its first start. Nothing of it is in the database."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, title: str, choice: StationChoice | None = None) -> None:
        super().__init__(session, parent, title, session.tr("Use this"))
        self.choice = choice or read_station() or StationChoice(session.station)
        self.foot_note.setText(self.tr("Whoever works here signs in again."))

    def go_over_to(self, choice: StationChoice) -> None:
        """Keep it, on the data thread: a keyring may ask its owner first. Emits ``connection_chosen``."""
        if not self.sending.begin():
            return

        def kept(_written: StationChoice) -> None:
            self.finish()
            self.session.connection_chosen.emit(choice)

        self.session.aside(lambda: keep_choice(choice), kept, self._on_not_kept)

    def _on_not_kept(self, error: BaseException) -> None:
        """Say why it was not kept."""
        self.sending.end()
        self.refuse(words.not_kept_text(error))
