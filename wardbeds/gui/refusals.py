"""A bed into which nobody can be placed just now: why not, said beside it, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect

from wardbeds.domain.beds import Bed
from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.names import full_name
from wardbeds.gui import words
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.popover import RefusalPopover, Step
from wardbeds.gui.verbs import Verb, offers

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage

WAYS_OUT = {Code.DIRTY: (Verb.CLEAN, Verb.RESERVE), Code.HELD: (Verb.RELEASE,), Code.BLK: (Verb.UNBLOCK,)}


class RefusalView(QObject):
    """Shows the engine's refusals over the board's page."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self.popover = RefusalPopover(page)
        page.engine.place_refused.connect(self._on_place_refused)
        page.engine.picked_up.connect(lambda _hand: self.popover.hide())

    def _on_place_refused(self, refusal: Refusal | None) -> None:
        """Beside the bed: why not, who still waits, and what can be done about it."""
        page = self._page
        bed = page.session.model.bed_by_id(page.engine.refused_bed or -1)
        hand, view = page.engine.hand, page.views.currentWidget()
        if refusal is None:
            return
        if bed is None or hand is None or not isinstance(view, BedsView):
            page.notice.say(words.refusal_text(refusal))
            return
        person = hand.person
        title, _, about = words.refusal_text(refusal).partition(". ")
        card = view.item_rect_global(bed.id).toRect()
        self.popover.say(title, about, (full_name(person), words.second_line(person)), self._ways_out(refusal, bed),
                         QRect(page.mapFromGlobal(card.topLeft()), card.size()),
                         QRect(view.mapTo(page, QPoint(0, 0)), view.size()))

    def _ways_out(self, refusal: Refusal, bed: Bed) -> list[Step]:
        """What can be done about a bed that is in the way, as far as the role may."""
        session = self._page.session
        wanted = WAYS_OUT.get(refusal.code, ())
        offered = offers(session.actor.role, bed, None, read_only=session.read_only_reason()) \
            if session.actor is not None else []
        return [Step(offer.text, offer.verb.value, partial(self._page.take_way_out, offer.verb, bed.id))
                for offer in offered if offer.verb in wanted and offer.allowed]
