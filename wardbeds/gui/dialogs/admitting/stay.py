"""Admit, step 3: where to, where from, and what the patient needs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from wardbeds.domain.beds import Bed, Priority, WardBoard
from wardbeds.domain.people import Person
from wardbeds.domain.placement import InHand, SoftWarning, Warned, judge
from wardbeds.domain.requests import Override, SeenBed
from wardbeds.domain.stays import Feeds, Source, default_priority
from wardbeds.gui import words
from wardbeds.gui.board.targets import target_in
from wardbeds.gui.dialogs.admitting.where import Where
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices, box_grid
from wardbeds.gui.dialogs.fields import Entry
from wardbeds.gui.dialogs.leaving_day import LeavingDay
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.override import OverrideReason
from wardbeds.gui.dialogs.specialty import SpecialtyChoice
from wardbeds.gui.inputs import Field
from wardbeds.gui.ticks import Check

ROWS = ("ward_id", "source", "complaint", "needs", "expected_leaving", "feeds", "happened_at")
NEEDS = ("oxygen", "monitor", "isolation", "infectious", "cot", "bariatric")


class StayStep(QObject):
    """The fields of the stay, and what the bed chosen would object to."""

    last_source = Source.EMERGENCY
    place_changed = Signal()
    needs_changed = Signal()
    """What the patient needs, the specialty too."""

    def __init__(self, dialog: Dialog, board: WardBoard, bed: Bed | None) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._shown = False
        self.warnings: tuple[Warned, ...] = ()
        self.where = Where(dialog, board, bed)
        self.where.bed_changed.connect(self.place_changed)
        self.where.ward_changed.connect(self._follow_ward)
        self.where.ward_changed.connect(lambda: dialog.fields.forgive("ward_id"))
        self._make_fields()
        self._add_rows(dialog)
        self._choose_priority()
        self._follow_ward()
        self.specialty.currentIndexChanged.connect(lambda _n: self.needs_changed.emit())
        self.source.currentIndexChanged.connect(lambda _n: self._on_source())
        for box in self.needs.values():
            box.toggled.connect(lambda _on: self.needs_changed.emit())

    def _make_fields(self) -> None:
        combo = self._dialog.combo
        self.priority = Choices([(Priority.EMERGENCY.value, self.tr("Emergency")),
                                 (Priority.URGENT.value, self.tr("Urgent")),
                                 (Priority.ROUTINE.value, self.tr("Routine"))], 3)
        self.source = combo([(words.source_word(one), one) for one in Source])
        self.source.setCurrentIndex(self.source.findData(StayStep.last_source))
        self.source_text = Field(self.tr("for example police, school, market"))
        self.source_text.setMaxLength(200)
        self.specialty = SpecialtyChoice(self._dialog.session.wards)
        self.complaint = self._dialog.text_box(1)
        self.needs = {code: Check(words.capital(words.need_word(code))) for code in NEEDS}
        self.leaving = LeavingDay()
        self.feeds = combo([(self.tr("Not said"), None), (self.tr("Kitchen"), Feeds.KITCHEN),
                            (self.tr("Family"), Feeds.FAMILY), (self.tr("Charity"), Feeds.CHARITY)])
        self.override = OverrideReason()
        self.warned = info_line("", "warning")

    def _add_rows(self, dialog: Dialog) -> None:
        for code, box in self.needs.items():
            dialog.fields.keep(f"need_{code}", box)
        dialog.add_row("ward_id", self.tr("Ward and bed"), self.where)  # the open ward is chosen: it cannot be empty
        dialog.fields.add_pair(Entry("source", self.tr("Comes from"), self.source, required=True),
                               Entry("specialty", self.tr("Specialty"), self.specialty))
        dialog.add_row("source_text", self.tr("From where"), self.source_text)
        dialog.add_row("priority", self.tr("Priority"), self.priority)
        dialog.add_row("complaint", self.tr("Reason"), self.complaint)
        dialog.add_row("needs", self.tr("Needs"), box_grid(list(self.needs.values())))
        dialog.fields.add_pair(Entry("expected_leaving", self.tr("Leaves about"), self.leaving),
                               Entry("feeds", self.tr("Meals"), self.feeds), (3, 2))
        dialog.add_wide(self.warned)
        dialog.add_row("override", self.tr("Reason for going on"), self.override, required=True)
        self.at = dialog.add_happened_at()

    def show(self, shown: bool) -> None:
        """Show or hide the step; only who waits has a priority."""
        self._shown = shown
        for name in ROWS:
            self._dialog.show_row(name, shown)
        self._dialog.show_row("specialty", shown and self.specialty.offers_any)
        self._dialog.show_row("source_text", shown and self._origin is Source.OTHER)
        self.show_priority()

    def show_priority(self) -> None:
        """Only who waits has a priority."""
        self._dialog.show_row("priority", self._shown and self.bed is None)

    @property
    def bed(self) -> Bed | None:
        """The bed chosen; None for the waiting list."""
        return self.where.bed

    def take_bed(self, bed: Bed) -> None:
        """The bed chosen, as it is now."""
        self.where.bed = bed

    @property
    def _origin(self) -> Source:
        """Where the patient comes from; Qt hands back a plain text, which is no source by identity."""
        return Source(self.source.currentData())

    def _on_source(self) -> None:
        self._choose_priority()
        self._dialog.show_row("source_text", self._shown and self._origin is Source.OTHER)
        self._dialog.place()

    def _choose_priority(self) -> None:
        """An emergency waits as one, until somebody says otherwise."""
        self.priority.choose(default_priority(self._origin).value)

    def _follow_ward(self) -> None:
        """Who comes to a ward is of its specialty, until somebody says otherwise."""
        self.specialty.follow(self.where.board.ward.specialty)

    # the stay ------------------------------------------------------------------------------------------------

    def hand(self, person: Person) -> InHand:
        """The person with what she needs, to be judged."""
        return InHand(person, self._chosen_needs(), self.specialty.value)

    def _chosen_needs(self) -> tuple[str, ...]:
        return tuple(code for code, box in self.needs.items() if box.isChecked())

    def judge(self, person: Person | None) -> None:
        """Say before sending what the bed would object to; ``person`` None: nothing is to be said yet."""
        warned: tuple[SoftWarning, ...] = ()
        session, bed = self._dialog.session, self.bed
        if person is not None and bed is not None and session.actor is not None:
            now = session.now()
            target = target_in(self.where.board, bed, now)
            warned = judge(self.hand(person), target, session.actor.role, now).warnings
            self.warned.setText("; ".join(words.warning_text(one) for one in warned))
        self.warnings = tuple(one.code for one in warned)
        self.override.show_warned(self.warnings)
        self.warned.setVisible(bool(warned))
        self._dialog.show_row("override", bool(warned))

    def values(self) -> dict[str, Any] | None:
        """The stay as a request has it, or None with the errors shown."""
        leaving, wrong = self.leaving.read(words.day_of(self.at.moment))
        faults = {"expected_leaving": wrong} if wrong else {}
        if self.where.reading:
            faults["ward_id"] = self.tr("The beds of this ward are still being read. Look at ward and bed, then go on.")
        if self.warnings and not self.override.value:
            faults["override"] = self.tr("Choose a reason, or another bed.")
        if faults:
            self._dialog.refuse_all(faults)
            return None
        StayStep.last_source = source = self._origin
        override = Override(warnings=self.warnings, reason=self.override.value) if self.warnings else None
        return {"ward_id": self.where.board.ward.id, "bed": SeenBed.of(self.bed) if self.bed else None,
                "source": source, "source_text": self.source_text.text() if source is Source.OTHER else "",
                "complaint": self.complaint.toPlainText(), "needs": self._chosen_needs(),
                "specialty": self.specialty.value,
                "priority": Priority(self.priority.value) if self.bed is None and self.priority.value else None,
                "expected_leaving": leaving, "feeds": self.feeds.currentData(), "override": override,
                "happened_at": self.at.value}
