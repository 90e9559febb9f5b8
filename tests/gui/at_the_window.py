"""What the tests of the window do again and again."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtTest import QTest

from tests.gui.conftest import Desk
from wardbeds.domain.requests import AdmitPatient, SeenBed
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.verbs import Verb
from wardbeds.services import admitting

Kind = TypeVar("Kind", bound=Dialog)


def admit(desk: Desk, person: int, bed: str | None = None) -> None:
    """Somebody is admitted elsewhere: into a bed of North, or onto its list."""
    hospital = desk.hospital
    admitting.admit_patient(hospital.store, hospital.nurse, AdmitPatient(
        person=hospital.people[person], ward_id=hospital.wards["North"],
        bed=SeenBed.of(hospital.bed(bed)) if bed else None))


def select(desk: Desk, number: str) -> None:
    """Select a bed of North."""
    desk.page.selection.select_bed(desk.hospital.beds[number])


def press(desk: Desk, key: str) -> Dialog:
    """Press a letter on the map; the dialog that opens."""
    QTest.keyClicks(desk.page.map, key)
    assert desk.page.dialog is not None
    return desk.page.dialog


def opened(desk: Desk, number: str, verb: Verb, kind: type[Kind]) -> Kind:
    """The dialog that a verb opens at once for a bed of North."""
    select(desk, number)
    desk.page.do(verb)
    assert isinstance(desk.page.dialog, kind)
    return desk.page.dialog
