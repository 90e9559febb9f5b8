"""A bed into which nobody can be placed just now: why not, said beside it, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect

from wardbeds.domain.beds import Bed
from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Person
from wardbeds.domain.placement import Verdict
from wardbeds.gui import words
from wardbeds.gui.board.beds_view import BedsView
from wardbeds.gui.board.list_view import ListView
from wardbeds.gui.popover import RefusalPopover, Step
from wardbeds.gui.verbs import Offer, Verb, not_for_role, offers, verb_text

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
        page.selection.changed.connect(self._forget)
        page.session.ward_opened.connect(lambda _board: self._forget())

    def _forget(self) -> None:
        """Who goes on to another bed has read it; its keys are that bed's again. In the hand it is still the matter."""
        if self._page.engine.hand is None:
            self.popover.hide()

    def _on_place_refused(self, refusal: Refusal | None) -> None:
        """Beside the bed: why not, who still waits, and what can be done about it."""
        page, refused = self._page, self._page.engine.refused
        if refusal is None:
            return
        bed = page.session.model.bed_by_id(refused.bed_id) if refused is not None else None
        view = page.views.currentWidget()
        if bed is None or refused is None or refused.hand is None or not isinstance(view, BedsView | ListView):
            page.notice.say(words.refusal_text(refusal))
            return
        person = refused.hand.person
        title, _, about = words.refusal_text(refusal).partition(". ")
        about = self._about_swap(refused.swap) if refused.swap is not None else about
        card = view.item_rect_global(bed.id).toRect()
        self.popover.say(title, about, (full_name(person), words.second_line(person)),
                         self._ways_out(refusal, bed, person),
                         QRect(page.mapFromGlobal(card.topLeft()), card.size()),
                         QRect(view.mapTo(page, QPoint(0, 0)), view.size()))

    def _about_swap(self, swap: Verdict) -> str:
        """That the two can change places, or why they cannot."""
        if swap.refusal is None:
            return self.tr("Let the two change places, or choose another bed.")
        return not_for_role(self._page.engine.role, Verb.SWAP) if swap.refusal.code is Code.ROLE \
            else words.refusal_text(swap.refusal)

    def _ways_out(self, refusal: Refusal, bed: Bed, person: Person) -> list[Step]:
        """What can be done about a bed that is in the way of ``person``, as far as the role may."""
        session, engine = self._page.session, self._page.engine
        swap = engine.swap_verdict(bed.id)
        if swap is not None and swap.allowed:
            return [Step(verb_text(Verb.SWAP), Verb.SWAP.value, lambda: self._swap(bed.id))]
        wanted = [verb for verb in WAYS_OUT.get(refusal.code, ())
                  if verb is not Verb.RESERVE or not self._has_bed_kept(person)]
        offered = offers(session.actor.role, bed, None, read_only=session.read_only_reason()) \
            if session.actor is not None else []
        return [Step(self._step_text(offer), offer.verb.value,
                     partial(self._page.acting.take_way_out, offer.verb, bed.id, person))
                for offer in offered if offer.verb in wanted and offer.allowed]

    def _step_text(self, offer: Offer) -> str:
        """A hold is for who is in the hand; so it says."""
        return self.tr("Hold for this patient") if offer.verb is Verb.RESERVE else offer.text

    def _has_bed_kept(self, person: Person) -> bool:
        """Whether a bed of this ward is kept for somebody: a second one would be refused."""
        return any(bed.hold is not None and bed.hold.person is not None
                   and bed.hold.person.patient_id == person.patient_id for bed in self._page.session.model.beds)

    def _swap(self, bed_id: int) -> None:
        """The patient is still in the hand: show both."""
        if not self._page.engine.ask_swap(bed_id):
            self.popover.hide()
