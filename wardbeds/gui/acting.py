"""What is done with verbs and gestures: at once where nothing is to be asked, else through a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Person
from wardbeds.domain.placement import InHand, Verdict
from wardbeds.domain.requests import PlacePatient, ReleaseHold, Request, SeenBed, UnblockBed
from wardbeds.gui.clean_done import CleanDone
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.opening import open_dialog
from wardbeds.gui.dialogs.pick import PickDialog, candidates
from wardbeds.gui.dialogs.reason import ReasonDialog
from wardbeds.gui.dialogs.when import when_dialog
from wardbeds.gui.misfit import misfit_text
from wardbeds.gui.verbs import Verb, offers, one_click, verb_text, why_barred
from wardbeds.services import bed_states
from wardbeds.services.placing import place_patient

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage

_AT_ONCE: dict[Verb, Callable[[Bed], tuple[Any, Request]]] = {
    Verb.UNBLOCK: lambda bed: (bed_states.unblock_bed, UnblockBed(bed=SeenBed.of(bed))),
    Verb.RELEASE: lambda bed: (bed_states.release_hold, ReleaseHold(bed=SeenBed.of(bed))),
}
"""Verbs that need no question."""

ONE_CLICK = frozenset({Verb.CLEAN, *_AT_ONCE})
"""Those, and the one that needs one after isolation only."""


class Acting(QObject):
    """Carries out verbs on the page's selection, and gestures: at once, or through a dialog that asks what is open."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._clean_done = CleanDone(page)
        page.engine.place_requested.connect(self.place)
        page.engine.reason_needed.connect(self.ask_reason)

    def do(self, verb: Verb, whom: Person | None = None) -> None:
        """Carry out a verb on the selection: at once where nothing is to be asked, else through its dialog.

        ``whom``: for whom a bed is to be kept, where that is known already.
        """
        page = self._page
        if page.dialog is not None or page.session.model.board is None:
            return
        if page.engine.hand is not None:
            page.notice.say(self.tr("{name} is in your hand. Choose a bed for the patient, or press Esc first.").format(
                name=full_name(page.engine.hand.person)))
            return
        bed, waiting = page.selected()
        offer = next((one for one in page.offers() if one.verb is verb), None)
        if offer is None and verb is Verb.ADMIT:
            bed = waiting = None
            actor = page.session.actor
            reason = page.session.read_only_reason()
            offer = next(iter(offers(actor.role, None, None, read_only=reason)), None) if actor else None
        if offer is None:
            self._do_otherwise(verb, bed, waiting)
            return
        if not offer.allowed:
            page.notice.say(offer.reason)
            return
        meant = one_click(bed) if bed is not None else None
        if bed is not None and verb is Verb.EARLIER and meant is not None:
            self._do_at_once(bed, meant, asked=True)
            return
        if bed is not None and verb in ONE_CLICK:
            self._do_at_once(bed, verb, asked=page.session.catch_up.at is not None)
            return
        open_dialog(page.session, page, verb, bed, waiting, self._show, whom)

    def _show(self, dialog: Dialog) -> None:
        """Some must read first, and come late: not while somebody has a patient in the hand."""
        if self._page.engine.hand is None:
            self._page.open_dialog(dialog)
        else:
            dialog.deleteLater()

    def _do_otherwise(self, verb: Verb, bed: Bed | None, waiting: Waiting | None) -> None:
        """What is selected, if anything is, does not have this verb: ask for whom or which bed, or say why not."""
        page, actor = self._page, self._page.session.actor
        barred = why_barred(actor.role, verb, page.session.read_only_reason()) if actor is not None else ""
        if barred:
            page.notice.say(barred)
        elif bed is None and (waiting is None or verb is Verb.RESERVE):
            self._pick(verb, waiting.person if waiting is not None else None)
        else:
            page.notice.say(misfit_text(verb, bed, waiting))

    def take_way_out(self, verb: Verb, bed_id: int, whom: Person) -> None:
        """At once where nothing is to be asked: the patient stays in the hand, for the bed may be possible then.

        ``whom`` was let go over the bed: it is for her, and nobody else, that it may be kept.
        """
        page = self._page
        bed = page.session.model.bed_by_id(bed_id)
        page.popover.hide()
        if bed is not None and verb in ONE_CLICK:
            self._do_at_once(bed, verb, asked=page.session.catch_up.at is not None)
            return
        page.engine.cancel()
        page.selection.select_bed(bed_id)
        self.do(verb, whom)

    def place(self, request: PlacePatient) -> None:
        """Carry out a gesture; afterwards the bed it filled is the one selected."""
        page = self._page
        bed = page.session.model.bed_by_id(request.bed.bed_id)
        if page.session.catch_up.at is not None and bed is not None:
            what = self.tr("Place in {bed}").format(bed=bed.number)
            page.open_dialog(when_dialog(page.session, page, what, place_patient, request, request.patient_id))
            return
        page.session.perform(place_patient, request, lambda _done: page.going.to_bed(request.bed.bed_id))

    def ask_reason(self, request: PlacePatient, verdict: Verdict, hand: InHand) -> None:
        """A gesture that something speaks against, or that leads into another ward."""
        page = self._page
        bed = page.session.model.bed_by_id(request.bed.bed_id)
        if bed is not None:
            page.open_dialog(ReasonDialog(page.session, page, request, verdict, hand, bed))

    def _do_at_once(self, bed: Bed, verb: Verb, *, asked: bool) -> None:
        """Do what needs no question but, if ``asked``, when it was: it did not happen just now."""
        page = self._page
        if verb is Verb.CLEAN:
            self._clean_done.begin(bed, asked=asked)
            return
        service, request = _AT_ONCE[verb](bed)
        if asked:
            what = f"{verb_text(verb)} {bed.number}"
            page.open_dialog(when_dialog(page.session, page, what, service, request, bed.patient_id))
        else:
            page.session.perform(service, request)

    def _pick(self, verb: Verb, whom: Person | None = None) -> None:
        """A verb while nothing is selected: ask for whom, then go on. ``whom`` is known: ask for the bed."""
        page = self._page

        def go_on(chosen: Bed | Waiting) -> None:
            if isinstance(chosen, Bed):
                page.selection.select_bed(chosen.id)
            else:
                page.selection.select_waiting(chosen.person.patient_id)
            self.do(verb, whom)

        found = candidates(page.session, verb)
        if found:
            page.open_dialog(PickDialog(page.session, page, verb, found, go_on, whom))
        else:
            page.notice.say(self.tr("{verb}: there is nobody and no bed here for which this can be done.").format(
                verb=verb_text(verb)), "warning")
