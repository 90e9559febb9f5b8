"""The hospital: what it is called on sheets and screens, and in which time zone its days begin."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from PySide6.QtWidgets import QWidget

from wardbeds.domain.hospital import ChangeHospital, Hospital
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.inputs import Field
from wardbeds.gui.session import Session
from wardbeds.gui.zone_box import zone_box
from wardbeds.services.hospital import KnownHospital, change_hospital


class HospitalDialog(Dialog):
    """Name and zone as they are; the zone cannot be changed any more once days have been counted in it."""

    def __init__(self, session: Session, parent: QWidget, known: KnownHospital, on_saved: Callable[[], None]) -> None:
        super().__init__(session, parent, session.tr("Hospital"), session.tr("Save"))
        self._known = known
        self._saved = on_saved
        self.name = Field(self.tr("for example Hill District Hospital"))
        self.name.setMaxLength(100)
        self.name.setText(known.hospital.name)
        self.zone = zone_box(known.hospital.zone)
        self.zone.setEnabled(not known.zone_fixed)
        self.add_row("name", self.tr("Name"), self.name)
        self.add_row("zone", self.tr("Time zone"), self.zone)
        self.add_wide(info_line(
            self.tr("The zone stays: patients have been admitted, and another one would change the census of earlier "
                    "days.") if known.zone_fixed else
            self.tr("Days begin at midnight of this zone. It can be changed until the first patient is admitted.")))
        self.foot_note.setText(self.tr("The name stands on sheets and on the sign-in page."))

    def submit(self) -> None:
        try:
            wanted = Hospital(name=self.name.text(), zone=self.zone.currentText())
        except ValidationError:
            self.refuse(self.tr("This name cannot be kept: write letters, digits and spaces."), "name")
            return
        self.send(change_hospital, ChangeHospital(seen=self._known.hospital, wanted=wanted))

    def _on_done(self, done: object) -> None:
        super()._on_done(done)
        self._saved()
