"""Pictures of what is asked and told about a bed itself: blocking, cleaning after isolation, its history."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import words
from wardbeds.gui.dialogs.bed_state import BlockBedDialog, ReserveBedDialog
from wardbeds.gui.dialogs.disinfected import DisinfectedDialog
from wardbeds.gui.history import History
from wardbeds.gui.scenes.studio import Scene, Studio
from wardbeds.gui.verbs import Verb


def _blocking(studio: Studio) -> QWidget:
    """With everything that can be said."""
    studio.select(BedStatus.AVAILABLE)
    studio.dialog(Verb.BLOCK)
    dialog = studio.opened
    assert isinstance(dialog, BlockBedDialog)
    dialog.reason.buttons["mattress"].click()
    dialog.note.setText("torn at the foot end")
    dialog.back.setText(words.date_text(words.today() + timedelta(days=3)))
    dialog.told.click()
    studio.settle()
    return studio.page


def _kept_already(studio: Studio) -> QWidget:
    """The end of the list: for whom a bed is kept already."""
    studio.select(BedStatus.AVAILABLE)
    studio.dialog(Verb.RESERVE)
    dialog = studio.opened
    assert isinstance(dialog, ReserveBedDialog)
    dialog.who.scrollToBottom()
    studio.settle()
    return studio.page


def _disinfected(studio: Studio) -> QWidget:
    """The question after a patient in isolation."""
    bed, page = studio.select(BedStatus.CLEANING), studio.page
    page.open_dialog(DisinfectedDialog(studio.session, page, bed, page.notice.say, asked=False))
    studio.settle()
    return page


def _details(status: BedStatus) -> Scene:
    """A bed with its own history."""

    def scene(studio: Studio) -> QWidget:
        studio.select(status)
        studio.page.show_details()
        studio.read_on()
        dialog = studio.page.dialog  # beside a wide plan there is none
        for history in (dialog or studio.page).findChildren(History):
            history.switch.buttons()[1].click()
        studio.settle()
        if dialog is not None:
            bar = dialog.scroll_area.verticalScrollBar()
            bar.setValue(bar.maximum())
            studio.settle()
        return studio.page

    return scene


BED_SCENES: dict[str, Scene] = {
    "block_said": _blocking, "reserve_kept": _kept_already, "disinfected": _disinfected,
    "details_bed": _details(BedStatus.OCCUPIED), "details_free": _details(BedStatus.AVAILABLE),
}
"""What a nurse is asked and told about a bed."""
