"""Placing by keyboard: type the bed, or take it from the list of those that are possible, the best first."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting, WardBoard
from wardbeds.domain.placement import InHand, Verdict, judge
from wardbeds.domain.requests import Override, PlacePatient, SeenBed, SeenPlace
from wardbeds.domain.swapping import hand_of
from wardbeds.gui import theme, words
from wardbeds.gui.board.card import BADGES
from wardbeds.gui.board.targets import target_in
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.override import OverrideReason
from wardbeds.gui.dialogs.reason import move_reasons, transfer_reasons
from wardbeds.gui.inputs import Field
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb
from wardbeds.services.placing import place_patient
from wardbeds.services.reading import read_board


class _BedField(Field):
    """Arrow keys go to the list below."""

    def __init__(self, beds: RowList) -> None:
        super().__init__()
        self._beds = beds

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._beds.step(step)
        else:
            super().keyPressEvent(event)


def plain(number: str) -> str:
    """A bed number as it is typed: without hyphens and blanks, in small letters."""
    return re.sub(r"[\W_]", "", number).casefold()


class PlaceDialog(Dialog):
    """Assign one who waits, or move one who lies in a bed; in this ward or another."""

    def __init__(self, session: Session, parent: QWidget, *, bed: Bed | None = None, waiting: Waiting | None = None,
                 other_ward: bool = False) -> None:
        person = bed.occupant.person if bed is not None and bed.occupant else waiting.person if waiting else None
        assert person is not None
        title = session.tr("Place") if bed is None else session.tr("Transfer") if other_ward else session.tr("Move")
        super().__init__(session, parent, title, title, person=person,
                         draft=f"{'transfer' if other_ward else 'place'}:{person.patient_id}")
        self._bed, self._waiting = bed, waiting
        self._wish: int | None = None
        self._verb = title
        self._take(bed, waiting)
        self._board: WardBoard | None = session.model.board
        self._other_ward = other_ward and len(session.wards) > 1
        self.ward = self.combo([(one.ward.name, one.ward.id) for one in session.wards
                                if not self._other_ward or one.ward.id != session.ward_id])
        self.ward.setCurrentIndex(max(0, self.ward.findData(session.ward_id)))
        self.ward.currentIndexChanged.connect(self._on_ward)
        self.beds = RowList()
        self.give_way(self.beds, theme.px(80), theme.px(150))
        self.beds.setAccessibleName(self.tr("Possible beds"))
        self.beds.nothing = self._none_possible()
        self.number = _BedField(self.beds)
        self.number.setPlaceholderText(self.tr("for example A103"))
        self.reason = self.combo([])
        self.override = OverrideReason()
        if self._other_ward:
            self.add_row("ward", self.tr("To ward"), self.ward, required=True)
        self.add_row("bed", self.tr("To bed"), self.number, required=True)
        self.add_wide(self.beds)
        self.add_row("override", self.tr("Reason for going on"), self.override, required=True)
        if len(session.wards) > 1 and not self._other_ward:
            self.add_row("ward", self.tr("Ward"), self.ward)
        if bed is not None:
            self.add_row("reason", self.tr("Why"), self.reason)
            self._list_reasons()
        self.at = self.add_happened_at()
        self.at.edit.dateTimeChanged.connect(lambda _at: self._fill(self._chosen_id()))
        self.number.textChanged.connect(lambda _text: self._fill())
        self.beds.row_changed.connect(lambda _row: self._on_row())
        self.beds.row_opened.connect(lambda _row: self._on_primary())
        self.show_row("override", False)
        self._on_ward() if self._other_ward else self._fill()

    def _take(self, bed: Bed | None, waiting: Waiting | None) -> None:
        """Take the patient into the hand, as the board shows her."""
        if bed is not None and bed.occupant is not None:
            self._hand = hand_of(bed, bed.occupant)
            self._seen = SeenPlace(bed_id=bed.id)
        elif waiting is not None:
            self._hand = InHand(waiting.person, waiting.needs, waiting.specialty, None, waiting.ward_id)
            self._seen = SeenPlace(ward_id=waiting.ward_id)

    def subject(self) -> Subject:
        target = self.chosen()
        verb = Verb.ASSIGN if self._bed is None else Verb.TRANSFER if self._leaves else Verb.MOVE
        return Subject(verb, self._bed.id if self._bed else None, self._hand.person.patient_id,
                       frozenset({target.id}) if target is not None else frozenset())

    def can_keep(self) -> bool:
        """Whether the bed that was chosen is still possible; if not, another one is to be chosen."""
        target = self.chosen()
        now = self.session.model.bed_by_id(target.id) if target is not None else None
        return now is None or self._judge(now, self.session.model.board).allowed

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        super().rebind(bed, waiting, keep=keep)
        self._bed, self._waiting = bed, waiting
        self._take(bed, waiting)
        if not self.can_keep():
            self.number.clear()
        self.board_changed()

    def board_changed(self) -> None:
        """The list shows what is possible now; the bed that was chosen stays chosen as long as it is."""
        shown, now = self._board, self.session.model.board
        if shown is None or now is None or shown.ward.id != now.ward.id:
            return
        chosen = self._chosen_id()
        self._board = now
        self._fill(chosen)

    def typed(self) -> dict[str, Any]:
        bed = self.chosen()
        return super().typed() | {"chosen": bed.id if bed is not None else self._wish}

    def _restore(self) -> None:
        """The bed that was chosen by arrow keys is chosen again, as long as it is possible."""
        self._wish = self.draft().get("chosen")
        super()._restore()
        self._fill(self._wish)

    def first_focus(self) -> QWidget:
        return self.ward if self._other_ward else self.number

    @property
    def _leaves(self) -> bool:
        """Whether who lies in a bed goes to another ward: the verb may be Move, and the ward chosen another one."""
        return self._bed is not None and self.ward.currentData() not in (None, self._bed.ward_id)

    def _list_reasons(self) -> None:
        """Why somebody is moved: between wards it has to be said, and the reasons are others."""
        chosen = self.reason.currentData()
        self.reason.clear()
        for text in ("", *(transfer_reasons() if self._leaves else move_reasons())):
            self.reason.addItem(text, text)
        self.reason.setCurrentIndex(max(0, self.reason.findData(chosen)))
        self.fields.require("reason", self._leaves)

    def _on_ward(self) -> None:
        ward_id = self.ward.currentData()
        self._board = None
        self.beds.nothing = self.tr("The beds of this ward are being read.")
        if self._bed is not None:
            self._list_reasons()
        self._fill()

        def read(board: WardBoard) -> None:
            if self.ward.currentData() == board.ward.id:
                self._board = board
                self.beds.nothing = self._none_possible()
                self._fill(self._wish)

        self.session.ask(lambda store, actor: read_board(store, actor, ward_id), read,
                         lambda refusal: self._unread(ward_id, words.refusal_text(refusal)),
                         lambda why: self._unread(ward_id, why))

    def _none_possible(self) -> str:
        return self.tr("No bed here is possible just now.")

    def _unread(self, ward_id: int, why: str) -> None:
        """Nobody knows which beds there are: another ward can be chosen, or this one once more."""
        if self.ward.currentData() == ward_id:
            self.beds.nothing = self.tr("The beds of this ward could not be read. Choose it again.")
            self._fill()
            self.refuse(why)

    def verdict(self, bed: Bed) -> Verdict:
        """What placing the patient into a bed of the ward chosen would meet."""
        return self._judge(bed, self._board)

    def _judge(self, bed: Bed, board: WardBoard | None) -> Verdict:
        assert board is not None and self.session.actor is not None
        return judge(self._hand, target_in(board, bed, self.at.moment), self.session.actor.role, self.at.moment)

    def _fill(self, chosen: object = None) -> None:
        """List the beds that pass the hard rules and fit what was typed: without warnings first."""
        self.beds.clear()
        typed = plain(self.number.text())
        found: list[tuple[bool, int, int, Bed, Verdict]] = []
        for bed in self._board.beds if self._board is not None else ():
            if not plain(bed.number).startswith(typed):
                continue
            verdict = self.verdict(bed)
            if verdict.allowed:
                found.append((plain(bed.number) != typed, len(verdict.warnings), len(found), bed, verdict))
        found.sort(key=lambda one: one[:3])
        for _exact, _warned, _n, bed, verdict in found:
            reasons = "\n".join(words.warning_text(one) for one in verdict.warnings)
            about = [bed.number, bed.room_name and self.tr("Room {name}").format(name=bed.room_name),
                     ", ".join(words.need_word(code) for code in bed.features)]
            self.beds.add("   ".join(part for part in about if part), reasons, data=bed.id,
                          icon="triangle-alert" if reasons else BADGES[bed.status], warned=bool(reasons))
        order = [one[3].id for one in found]
        if found:
            self.beds.choose(order.index(chosen) if chosen in order else 0)
        self._on_row()

    def chosen(self) -> Bed | None:
        """The bed that Enter would take."""
        row = self.beds.current()
        if row is None or self._board is None:
            return None
        bed_id = row.data
        return next((bed for bed in self._board.beds if bed.id == bed_id), None)

    def _chosen_id(self) -> int | None:
        bed = self.chosen()
        return bed.id if bed is not None else None

    def _on_row(self) -> None:
        bed = self.chosen()
        warned = tuple(one.code for one in self.verdict(bed).warnings) if bed is not None else ()
        self.override.show_warned(warned)
        self.show_row("override", bool(warned))
        self.primary.setText(self._sentence().format(bed=bed.number) if bed else self._verb)

    def _sentence(self) -> str:
        """What the button does, as a whole sentence: verbs differ in how they go on."""
        if self._bed is None:
            return self.tr("Place in {bed}")
        return self.tr("Transfer to {bed}") if self._leaves else self.tr("Move to {bed}")

    def submit(self) -> None:
        bed, faults = self.chosen(), {}
        warnings = self.verdict(bed).warnings if bed is not None else ()
        if bed is None:
            faults["bed"] = self._why_not()
        if self._leaves and not self.reason.currentData():
            faults["reason"] = self.tr("Choose why the patient goes to another ward.")
        if warnings and not self.override.value:
            faults["override"] = self.tr("Choose a reason, or another bed.")
        if bed is None or faults:
            self.refuse_all(faults)
            return
        override = Override(warnings=tuple(one.code for one in warnings), reason=self.override.value) \
            if warnings else None
        self.send(place_patient, PlacePatient(
            patient_id=self._hand.person.patient_id, seen=self._seen, bed=SeenBed.of(bed),
            reason=self.reason.currentData() or "", override=override, happened_at=self.at.value))

    def _why_not(self) -> str:
        """Why the bed that was typed is not possible."""
        typed = plain(self.number.text())
        bed = next((one for one in (self._board.beds if self._board else ()) if plain(one.number) == typed), None)
        if bed is None:
            return self.tr("There is no such bed in this ward. Type its number as it is on the card.") if typed \
                else self.tr("No bed of this ward is possible just now. Choose another ward.")
        refusal = self.verdict(bed).refusal
        return words.refusal_text(refusal) if refusal else ""
