"""Clean done: one gesture, and after isolation one question (UX c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.domain.beds import Bed
from wardbeds.domain.requests import MarkClean, SeenBed
from wardbeds.gui import words
from wardbeds.gui.dialogs.disinfected import DisinfectedDialog
from wardbeds.gui.dialogs.when import when_dialog
from wardbeds.gui.verbs import Verb, verb_text
from wardbeds.services.bed_states import mark_clean
from wardbeds.services.cleaning import needs_disinfecting

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


class CleanDone(QObject):
    """Looks up whether there is anything to ask; from Map, Grid, List, menu and key alike."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._looking: int | None = None
        page.session.signed_out.connect(self._forget)

    def begin(self, bed: Bed, *, asked: bool) -> None:
        """The bed is said to be clean; ``asked``: not just now, so it is asked when. Twice pressed is done once."""
        if self._looking == bed.id:
            return
        self._looking = bed.id

        def known(needed: bool) -> None:
            self._looking = None
            self._go_on(bed, needed, asked=asked)

        bed_id = bed.id
        self._page.session.ask(lambda store, actor: needs_disinfecting(store, actor, bed_id), known,
                               lambda refusal: self._give_up(words.refusal_text(refusal)), self._give_up)

    def _forget(self) -> None:
        """Whoever asked has left, and the answer is dropped: who comes next asks anew."""
        self._looking = None

    def _give_up(self, text: str) -> None:
        self._looking = None
        self._page.notice.say(text)

    def _go_on(self, bed: Bed, needed: bool, *, asked: bool) -> None:
        page = self._page
        request = MarkClean(bed=SeenBed.of(bed))
        if needed:
            page.open_dialog(DisinfectedDialog(page.session, page, bed, self._stays, asked=asked))
        elif asked:
            page.open_dialog(when_dialog(page.session, page, f"{verb_text(Verb.CLEAN)} {bed.number}", mark_clean,
                                         request, None))
        elif page.dialog is None:  # else somebody went on to something else meanwhile
            page.session.perform(mark_clean, request)

    def _stays(self, text: str) -> None:
        """It was not disinfected: that is said, and nothing has changed."""
        self._page.notice.say(text, "warning")
