"""After a drop or a click: why, where a warning or another ward asks for it, with one tap."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.people import Role
from wardbeds.domain.placement import InHand, Verdict, judge
from wardbeds.domain.requests import Override, PlacePatient, SeenBed
from wardbeds.gui import words
from wardbeds.gui.board.placing import transfers
from wardbeds.gui.board.targets import target_in
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.override import override_reasons
from wardbeds.gui.enter import button_in_focus, is_enter
from wardbeds.gui.second_click import SecondClick
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Choice
from wardbeds.gui.verbs import Verb
from wardbeds.services.placing import place_patient


def transfer_reasons() -> tuple[str, ...]:
    """Why somebody goes to another ward, as it is kept with the stay."""
    return (words.tr("Higher care"), words.tr("Specialty"), words.tr("Step down"), words.tr("Bed pressure"),
            words.tr("Isolation"), words.tr("Other"))


def move_reasons() -> tuple[str, ...]:
    """Why somebody goes to another bed of the ward, as it is kept with the stay."""
    return (words.tr("Closer observation"), words.tr("Isolation"), words.tr("Patient's request"),
            words.tr("Bed fault"), words.tr("Other"))


class ReasonDialog(Dialog):
    """What is warned of with the reason for going on, and why the patient goes to another ward: each where asked."""

    def __init__(self, session: Session, parent: QWidget, request: PlacePatient, verdict: Verdict,
                 hand: InHand, bed: Bed) -> None:
        self._transfers = transfers(hand, bed)
        does = (session.tr("Transfer to {bed}") if self._transfers else session.tr("Place in {bed}")).format(
            bed=bed.number)
        title = session.tr("{bed} needs a reason").format(bed=bed.number) if verdict.warnings else does
        super().__init__(session, parent, title, does, person=hand.person, final=True)
        self._request, self._verdict, self._hand, self._bed = request, verdict, hand, bed
        for warning in verdict.warnings:
            self.add_wide(info_line(words.warning_text(warning), "warning"))
        self.reasons = Choices([(text, text) for text in override_reasons()])
        self.why = Choices([(text, text) for text in transfer_reasons()])
        if verdict.warnings:
            self.add_row("override", self.tr("Reason"), self.reasons, required=True)
        if self._transfers:
            self.add_row("reason", self.tr("Why"), self.why, required=True)
        self.at = self.add_happened_at() if session.catch_up.at is not None else None
        self._one_tap = self.at is None and not (verdict.warnings and self._transfers)
        for choices in (self.reasons, self.why):
            choices.tapped.connect(lambda _value: self._on_tapped())
        self.cancel_button.setText(self.tr("Go back"))
        self.cancel_button.key = "Enter"
        if self._one_tap:
            self.foot_note.setText(self.tr("One tap on a reason is enough."))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._show_enter)

    def subject(self) -> Subject:
        verb = Verb.ASSIGN if self._hand.from_bed_id is None else Verb.TRANSFER if self._transfers else Verb.MOVE
        return Subject(verb, self._hand.from_bed_id, self._hand.person.patient_id, frozenset({self._bed.id}))

    def _judge_again(self) -> Verdict | None:
        model, actor = self.session.model, self.session.actor
        bed = model.bed_by_id(self._bed.id)
        if bed is None or actor is None or model.board is None:
            return None
        now = self.session.now()
        return judge(self._hand, target_in(model.board, bed, now), actor.role, now)

    def why_not(self, role: Role) -> str:
        """Other reasons than those that are shown need another look at the board."""
        now = self._judge_again()
        if now is not None and now.refusal is not None:
            return words.refusal_text(now.refusal)
        if now is None or now.warnings != self._verdict.warnings:
            return self.tr("Look at the board and choose again.")
        return "" if self._transfers else super().why_not(role)  # where she comes from is another ward's board

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        super().rebind(bed, waiting, keep=keep)
        self._bed = self.session.model.bed_by_id(self._bed.id) or self._bed
        self._request = self._request.model_copy(update={"bed": SeenBed.of(self._bed)})

    def open(self) -> None:
        """Come up where a bed was just clicked: the second half of a double click there is no tap on a reason."""
        super().open()
        SecondClick(self)

    def first_focus(self) -> QWidget:
        return self.cancel_button

    def _on_tapped(self) -> None:
        """One tap, as long as nothing else is to be said; else the button, when everything is."""
        if self._faults():
            return
        if self._one_tap:
            SecondClick(self)
            self._on_primary()
        else:
            self.primary.setFocus()

    def _choice_in_focus(self) -> Choice | None:
        return self.reasons.in_focus or self.why.in_focus

    def _show_enter(self) -> None:
        """Enter goes back, unless the keyboard is on something that it presses."""
        key = "Esc" if self._choice_in_focus() or button_in_focus(self) is self.primary else "Enter"
        if key != self.cancel_button.key:
            self.cancel_button.key = key
            self.cancel_button.updateGeometry()
            self.cancel_button.update()

    def _faults(self) -> dict[str, str]:
        """What is still to be chosen, by field."""
        faults = {}
        if self._verdict.warnings and not self.reasons.value:
            faults["override"] = self.tr("Choose a reason, or go back.")
        if self._transfers and not self.why.value:
            faults["reason"] = self.tr("Choose why the patient goes to another ward.")
        return faults

    def submit(self) -> None:
        faults = self._faults()
        if faults:
            self.refuse_all(faults)
            return
        codes = tuple(one.code for one in self._verdict.warnings)
        self.send(place_patient, self._request.model_copy(update={
            "override": Override(warnings=codes, reason=self.reasons.value) if codes else None,
            "reason": self.why.value, "happened_at": self.at.value if self.at is not None else None}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes back, unless the keyboard is on a reason or on the button that goes on, or Ctrl says so."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        choice = self._choice_in_focus()
        if not is_enter(event) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif held or button_in_focus(self) is self.primary:
            self._on_primary()
        elif choice is not None:
            choice.click()
        elif button_in_focus(self) is None:
            self.reject()
        else:
            super().keyPressEvent(event)
