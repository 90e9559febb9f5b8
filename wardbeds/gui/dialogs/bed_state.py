"""Blocking a bed and holding one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.errors import Code, refuse
from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson, Person
from wardbeds.domain.requests import BlockBed, HoldBed, SeenBed
from wardbeds.domain.stays import BlockReason
from wardbeds.gui import theme, words
from wardbeds.gui.date_field import DateField
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choice_rows import ChoiceRows
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.fields import Entry
from wardbeds.gui.dialogs.happened_at import round_up, wall_time
from wardbeds.gui.dialogs.kept_for import KeptFor
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.dialogs.typed import read_date
from wardbeds.gui.inputs import Field, TimeEdit
from wardbeds.gui.rows import Row
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check
from wardbeds.gui.verbs import Verb
from wardbeds.services.bed_states import block_bed, hold_bed


class BlockBedDialog(Dialog):
    """Why a bed cannot be used."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed) -> None:
        super().__init__(session, parent, session.tr("Block {bed}").format(bed=bed.number),
                         session.tr("Block {bed}").format(bed=bed.number), draft=f"block:{bed.id}")
        self._bed = bed
        self.reason = Choices([
            (BlockReason.BED_FAULT.value, self.tr("Bed fault")), (BlockReason.MATTRESS.value, self.tr("Mattress")),
            (BlockReason.ROOM_WORKS.value, self.tr("Room works")),
            (BlockReason.INFECTION.value, self.tr("Infection control")),
            (BlockReason.NO_STAFF.value, self.tr("No staff")), (BlockReason.LENT.value, self.tr("Lent")),
            (BlockReason.ATTENDANT.value, self.tr("Used by attendant")), (BlockReason.OTHER.value, self.tr("Other"))])
        self.note = Field(self.tr("what is wrong"))
        self.note.setMaxLength(120)
        self.back = DateField(self.tr("not known"))
        self.told = Check(self.tr("Maintenance has been told"))
        self.add_row("reason", self.tr("Reason"), self.reason, required=True)
        self.add_row("note", self.tr("Note"), self.note)
        self.fields.add_pair(Entry("expected_back", self.tr("Expected back"), self.back),
                             Entry("maintenance_told", "", self.told))
        self.at = self.add_happened_at()
        self.reason.chosen.connect(self._on_reason)

    def subject(self) -> Subject:
        return Subject(Verb.BLOCK, self._bed.id)

    def _on_reason(self, value: str) -> None:
        """Another reason than those of the list is said in words."""
        self.fields.require("note", value == BlockReason.OTHER)
        self.fields.forgive("note")

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        self._bed = bed or self._bed

    def submit(self) -> None:
        note, faults, back = self.note.text().strip(), {}, None
        if not self.reason.value:
            faults["reason"] = self.tr("Choose a reason.")
        if self.reason.value == BlockReason.OTHER and not note:
            faults["note"] = self.tr("Write why the bed cannot be used.")
        try:
            back = read_date(self.back.text()) if self.back.text().strip() else None
        except ValueError:
            faults["expected_back"] = self.tr("Write the day as 18-May-2026, or leave it empty.")
        if back is not None and back < words.today():
            faults["expected_back"] = words.refusal_text(refuse(Code.VALUE, "day_over"))
        if faults:
            self.refuse_all(faults)
            return
        reason = note if self.reason.value == BlockReason.OTHER else \
            f"{self.reason.value}: {note}" if note else self.reason.value
        self.send(block_bed, BlockBed(bed=SeenBed.of(self._bed), reason=reason, expected_back=back,
                                      maintenance_told=self.told.isChecked(), happened_at=self.at.value))


class ReserveBedDialog(Dialog):
    """Keep a bed for somebody until a time; nobody is chosen who was not pointed at."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed, person: Person | None = None) -> None:
        """``person``: for whom the bed is wanted, where that is known; she is the one chosen, and stands first."""
        about = f":{person.patient_id}" if person is not None else ""  # what was typed for another is not put back
        super().__init__(session, parent, session.tr("Reserve {bed}").format(bed=bed.number),
                         session.tr("Hold {bed}").format(bed=bed.number), draft=f"reserve:{bed.id}{about}")
        self._bed, self._person = bed, person
        self._carried = person is not None and not self._waits(person.patient_id)
        self.kept = KeptFor(session, self)
        self.kept.changed.connect(self.board_changed)
        self.who = ChoiceRows(self._whom())
        self.who.setAccessibleName(self.tr("For"))
        self.who.chosen.connect(self._on_who)
        self.who.row_clicked.connect(lambda _row: self._go_to_field())
        self.people = PeopleList(session, rows=3, why_not=self.kept.why_not)
        self.text = Field(self.tr("for example: return from surgery"))
        self.text.setMaxLength(120)
        self.until = TimeEdit()
        self.until.setDisplayFormat("dd-MMM-yyyy HH:mm")
        self.until.setFixedHeight(theme.target(40))
        until = round_up(session.now() + timedelta(hours=2)).astimezone(session.zone)
        self.until.setDateTime(wall_time(until))
        self.add_row("patient_id", self.tr("For"), self.who, required=True)
        self.add_row("person", self.tr("Find"), self.people)
        self.add_row("text", self.tr("Purpose"), self.text)
        self.add_row("until", self.tr("Until"), self.until, required=True)
        self.at = self.add_happened_at()
        self.show_row("person", False)
        self.show_row("text", False)
        self.people.chosen.connect(self._on_person)
        self.people.lost.connect(self._forget_person)
        self._fit_whom()

    def subject(self) -> Subject:
        return Subject(Verb.RESERVE, self._bed.id)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        self._bed = bed or self._bed
        self.board_changed()

    def _restore(self) -> None:
        """Who is in the hand is the one, whoever was chosen here before."""
        super()._restore()
        if self._person is None:
            return
        wanted = str(self._person.patient_id)
        self.who.choose_none()
        self.who.choose(wanted)
        self._show_whom()
        if self.who.value != wanted:
            self.refuse(self._why_lost(wanted), "patient_id")

    def _waits(self, patient_id: int) -> bool:
        return any(one.person.patient_id == patient_id for one in self.session.model.waiting)

    def _people(self) -> list[Person]:
        """Who waits; before all others the one it is for, also where she lies in another bed."""
        people = [one.person for one in self.session.model.waiting]
        if self._person is None:
            return people
        mine = self._person.patient_id
        first = [self._person] if self._carried else [one for one in people if one.patient_id == mine]
        return [*first, *(one for one in people if one.patient_id != mine)]

    def _whom(self) -> list[Row]:
        """Who comes into question, and what else a bed is kept for; who has a bed kept already is below, with which."""
        rows = [self._row(one) for one in self._people()]
        return [*(one for one in rows if not one.why_not),
                Row(self.tr("Somebody else…"), icon="search", data="search"),
                Row(self.tr("Another purpose"), icon="bookmark", data="text"),
                *(one for one in rows if one.why_not)]

    def _row(self, person: Person) -> Row:
        why_not = self.kept.why_not(person.patient_id)
        about = person.hospital_number, words.born_text(person), words.sex_word(person.sex)
        icon = "bookmark" if why_not else "clock" if self._waits(person.patient_id) else "bed-single"
        return Row(full_name(person), "   ".join(about), icon, data=str(person.patient_id), why_not=why_not)

    def _fit_whom(self) -> None:
        """Four rows and a half are seen, fewer in a low window: that there are more is seen, too."""
        most = self.who.full_height() + 2
        self.give_way(self.who, min(most, theme.px(100)), min(most, theme.px(230)))
        self.place()

    def board_changed(self) -> None:
        """Who no longer waits cannot be chosen; who is chosen stays so, or is to be chosen anew."""
        chosen, items = self.who.value, self._whom()
        if self.who.items != items:
            self.who.replace(items)
            self._fit_whom()
            self._show_whom()
            if self.who.value != chosen:
                self.refuse(self._why_lost(chosen), "patient_id")
        self.people.refresh()

    def _why_lost(self, chosen: str) -> str:
        """Why who was chosen is so no longer."""
        kept = self.kept.why_not(int(chosen)) if chosen.isdecimal() else ""
        if kept:
            return self.tr("{kept}. Choose again whom this bed is for.").format(kept=kept)
        return self.tr("The patient no longer waits. Choose again whom the bed is for.")

    def _forget_person(self) -> None:
        if self.banner is not None:
            self.banner.hide()

    def _show_whom(self) -> None:
        """The banner says for whom the bed is going to be kept, or is not there."""
        value, found = self.who.value, self.people.current()
        person = next((one for one in self._people() if str(one.patient_id) == value), None)
        if value == "search" and found is not None:
            person = found.person
        if person is not None:
            self.show_banner(person)
        else:
            self._forget_person()

    def _on_who(self, value: str) -> None:
        self.show_row("person", value == "search")
        self.show_row("text", value == "text")
        self._show_whom()
        self.place()

    def _go_to_field(self) -> None:
        """Who clicks goes on at once; arrow keys stay in the list, for what is below."""
        field = {"search": self.people, "text": self.text}.get(self.who.value)
        if field is not None:
            field.setFocus()

    def _on_person(self, _found: FoundPerson) -> None:
        self._show_whom()
        self.place()

    def submit(self) -> None:
        chosen = self.who.value
        patient_id = None
        if chosen == "search":
            found = self.people.current()
            if found is None:
                self.refuse(self.tr("Find the person the bed is for."), "person")
                return
            patient_id = found.person.patient_id
        elif not chosen:
            self.refuse(self.tr("Choose whom the bed is for."), "patient_id")
            return
        elif chosen == "text" and not self.text.text().strip():
            self.refuse(self.tr("Say what the bed is kept for."), "text")
            return
        elif chosen != "text":
            patient_id = int(chosen)
        until = self.until.dateTime().toPython()
        assert isinstance(until, datetime)
        self.send(hold_bed, HoldBed(
            bed=SeenBed.of(self._bed), patient_id=patient_id,
            text=self.text.text().strip() if chosen == "text" else "",
            until=until.replace(tzinfo=self.session.zone).astimezone(UTC), happened_at=self.at.value))
