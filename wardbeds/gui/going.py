"""Going to a bed or to somebody: from a search, from the list of beds that suit, after a placement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.domain.changes import Done
from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson
from wardbeds.gui.dialogs.find_bed import FindBedDialog

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage

_PLACED = ("assigned", "moved", "swapped", "admitted")


class Going(QObject):
    """Selects beds and people, in whichever ward they are."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        page.session.action_done.connect(self._on_done)
        search = page.command_bar.search
        search.person_found.connect(self.to_person)
        search.bed_found.connect(self.to_bed)
        search.ward_found.connect(page.session.open_ward)

    def to_bed(self, bed_id: int) -> None:
        """Select a bed of this ward, and give the board the keyboard."""
        page = self._page
        page.selection.select_bed(bed_id)
        page.focus_board()

    def to_ward_and_bed(self, ward_id: int, bed_id: int) -> None:
        """The same in any ward."""
        page = self._page
        if ward_id == page.session.ward_id:
            self.to_bed(bed_id)
            return
        page.session.open_ward(ward_id, lambda: self.to_bed(bed_id))

    def to_person(self, found: FoundPerson) -> None:
        """Show where somebody is, in whichever ward; who is not admitted can be."""
        page = self._page
        if found.ward_id is None:
            page.notice.say(self.tr("{name} is not admitted. Press N to admit.").format(
                name=full_name(found.person)), "warning")
            return

        def select() -> None:
            if found.bed_id is not None:
                page.selection.select_bed(found.bed_id)
            else:
                page.selection.select_waiting(found.person.patient_id)

        if found.ward_id == page.session.ward_id:
            select()
            page.focus_board()
        else:
            page.session.open_ward(found.ward_id, select)

    def find_bed(self) -> None:
        """Ctrl+F: a bed in any ward, by what it must have."""
        page = self._page
        if page.dialog is None and page.engine.hand is None and page.session.actor is not None:
            page.open_dialog(FindBedDialog(page.session, page, self.to_ward_and_bed))

    def _on_done(self, done: Done) -> None:
        """After a placement from a dialog the bed it filled is the one selected, as after a drag."""
        page = self._page
        action = done.action
        if action is None or action.person is None or action.action not in _PLACED:
            return
        patient = action.person.patient_id
        bed = next((one for one in page.session.model.beds
                    if one.occupant is not None and one.occupant.person.patient_id == patient), None)
        if bed is not None:
            page.selection.select_bed(bed.id)
