"""An action without a dialog was refused: why, who was faster as soon as that is known, and where to look (UX b.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.names import full_name
from wardbeds.domain.requests import Request
from wardbeds.domain.stays import HistoryLine
from wardbeds.gui import words
from wardbeds.gui.doubts import bed_of
from wardbeds.services.reading import bed_history, person_history

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage

LATELY = timedelta(minutes=5)
"""What happened before that was on the screen already: it is not why this was refused."""


class Overtaken(QObject):
    """Says on the page why the database refused something. A dialog that is open says it itself."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        page.session.action_refused.connect(self._on_refused)

    def _on_refused(self, request: Request, refusal: Refusal) -> None:
        page = self._page
        if page.dialog is not None:
            return
        bed_id = bed_of(request)
        patient_id = getattr(request, "patient_id", None) if refusal.detail != "bed_changed" else None
        text = words.refusal_text(refusal)
        where_to_look = refusal.code in (Code.STALE, Code.STATE) and (bed_id is not None or patient_id is not None)
        step = (self.tr("Show me"), lambda: self._show(bed_id, patient_id)) if where_to_look else None
        page.notice.say(text, step=step)
        if refusal.code is Code.STALE:
            self._ask_who(text, bed_id, patient_id)

    def _show(self, bed_id: int | None, patient_id: int | None) -> None:
        """The patient where she is now, if she is in this ward; else the bed."""
        page = self._page
        model = page.session.model
        lying = next((bed for bed in model.beds if patient_id is not None and bed.patient_id == patient_id), None)
        target = lying.id if lying is not None else bed_id
        if lying is None and any(one.person.patient_id == patient_id for one in model.waiting):
            page.selection.select_waiting(patient_id)
        elif target is not None:
            page.going.to_bed(target)
        else:
            page.notice.say(self.tr("The patient is no longer in this ward. Search for the name with Ctrl+K."))

    def _ask_who(self, text: str, bed_id: int | None, patient_id: int | None) -> None:
        """Ask what was done last, to the patient if it is about her, else to the bed; say it if that was just now."""
        session, notice = self._page.session, self._page.notice

        def tell(lines: tuple[HistoryLine, ...]) -> None:
            if lines and session.now() - lines[0].at < LATELY and notice.text() == text:
                notice.say(self._with_who(text, lines[0]), step=notice.step)

        if patient_id is not None:
            session.ask(lambda store, actor: person_history(store, actor, patient_id, 1), tell, lambda _refusal: None)
        elif bed_id is not None:
            session.ask(lambda store, actor: bed_history(store, actor, bed_id, 1), tell, lambda _refusal: None)

    def _with_who(self, text: str, line: HistoryLine) -> str:
        """The refusal with who did what, where and when, before what to do next."""
        what, _, then = text.partition(". ")
        places = f"{line.from_place} → {line.to_place}" if line.from_place and line.to_place \
            else line.to_place or line.from_place
        person = full_name(line.person) if line.person is not None else ""
        deed = " ".join(part for part in (words.action_word(line.action), places, person) if part)
        return self.tr("{what}: {deed}, {time}, {who}, {station}. {then}").format(
            what=what, deed=deed, time=words.time_text(line.at), who=words.short_name(line.actor_name),
            station=line.station, then=then)
