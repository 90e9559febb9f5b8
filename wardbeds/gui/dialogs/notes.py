"""The occupant's notes, which travel with the patient, and the bed's remark, which stays."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from wardbeds.domain.access import Permission, can, can_fully
from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.requests import EditNotes, EditRemark, SeenBed
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.meanwhile import Subject, newer_values
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check
from wardbeds.gui.verbs import Verb
from wardbeds.services.editing import edit_notes, edit_remark


def _values(bed: Bed) -> dict[str, Any]:
    occupant = bed.occupant
    return {"notes": occupant.notes if occupant else "", "shared": occupant is not None and occupant.notes_shared,
            "remark": bed.remark}


class NotesDialog(Dialog):
    """Edit what the role may edit; the other box is read-only and says why, or absent where it may not be read."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed) -> None:
        person = bed.occupant.person if bed.occupant else None
        super().__init__(session, parent, session.tr("Notes on {bed}").format(bed=bed.number), session.tr("Save"),
                         person=person, draft=f"notes:{bed.id}:{bed.patient_id}")
        self._bed = bed
        role = session.actor.role if session.actor else None
        assert role is not None
        self._may_note = can(role, Permission.NOTES_WRITE) and bed.occupant is not None
        self._may_remark = can(role, Permission.REMARK_WRITE)
        self.notes, self.remark = self.text_box(4), self.text_box(2)
        self.shared = Check(self.tr("The patient may read this note"))
        if bed.occupant is not None and can_fully(role, Permission.NOTES_READ):
            self.notes.setPlainText(bed.occupant.notes)
            self.notes.setReadOnly(not self._may_note)
            self.shared.setChecked(bed.occupant.notes_shared)
            self.shared.setEnabled(self._may_note)
            self.add_row("notes", self.tr("Patient's notes"), self.notes)
            self.add_row("shared", "", self.shared)
            if not self._may_note:
                self.notes.setToolTip(self.tr("Your role may read these notes, not change them."))
        self.remark.setPlainText(bed.remark)
        self.remark.setReadOnly(not self._may_remark)
        self.add_row("remark", self.tr("About the bed"), self.remark)

    def subject(self) -> Subject:
        return Subject(Verb.NOTES, self._bed.id, self._bed.patient_id)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        super().rebind(bed, waiting, keep=keep)
        old, self._bed = self._bed, bed or self._bed
        new = newer_values(_values(self._bed), _values(old), {
            "notes": self.notes.toPlainText().strip(), "shared": self.shared.isChecked(),
            "remark": self.remark.toPlainText().strip()}, keep=keep)
        for box, name in ((self.notes, "notes"), (self.remark, "remark")):
            if name in new:
                box.setPlainText(new[name])
        if "shared" in new:
            self.shared.setChecked(new["shared"])

    def submit(self) -> None:
        """Save what differs; the remark after the notes, so that one window of change is small."""
        occupant = self._bed.occupant
        notes, remark = self.notes.toPlainText().strip(), self.remark.toPlainText().strip()
        seen = SeenBed.of(self._bed)
        noted = self._may_note and occupant is not None and (
            (notes, self.shared.isChecked()) != (occupant.notes, occupant.notes_shared))
        remarked = self._may_remark and remark != self._bed.remark
        if noted and occupant is not None:
            request = EditNotes(bed=seen, patient_id=occupant.person.patient_id, notes=notes,
                                seen_notes=occupant.notes, seen_shared=occupant.notes_shared,
                                shared=self.shared.isChecked())
            if remarked:
                self.send(edit_notes, request, lambda _done: self._save_remark(remark))
            else:
                self.send(edit_notes, request)
        elif remarked:
            self._save_remark(remark)
        else:
            self._on_done(None)

    def _save_remark(self, remark: str) -> None:
        bed = self.session.model.bed_by_id(self._bed.id) or self._bed
        self.send(edit_remark, EditRemark(bed=SeenBed.of(bed), seen_remark=self._bed.remark, remark=remark))
