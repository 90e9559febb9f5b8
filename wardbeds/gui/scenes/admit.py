"""Pictures of admitting: finding the person, registering one, the stay, and what is said when something is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import BedStatus
from wardbeds.domain.stays import Source
from wardbeds.gui.dialogs.admit import AdmitPatientDialog
from wardbeds.gui.scenes.studio import Scene, Studio
from wardbeds.gui.verbs import Verb


def _open(studio: Studio, typed: str) -> AdmitPatientDialog:
    """The dialog for a free bed, with somebody looked for."""
    studio.select(BedStatus.AVAILABLE)
    studio.dialog(Verb.ADMIT)
    dialog = studio.opened
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.search.people.field.setText(typed)
    dialog.search.people.search()
    studio.settle()
    return dialog


def _new(studio: Studio, family: str, given: str, born: str, sex: str) -> AdmitPatientDialog:
    """Somebody who is not registered yet, typed as far as given."""
    dialog = _open(studio, "")
    dialog.search.new.click()
    studio.settle()
    person = dialog.person
    for field, text in ((person.last_name, family), (person.first_name, given), (person.born, born)):
        field.setText(text)
        field.editingFinished.emit()
    if sex:
        dialog.person.sex.buttons[sex].click()
    studio.settle()
    return dialog


def _find(studio: Studio) -> QWidget:
    _open(studio, "uwa")
    return studio.page


def _nobody(studio: Studio) -> QWidget:
    _open(studio, "zzz")
    return studio.page


def _typing(studio: Studio) -> QWidget:
    _new(studio, "Mukandayisenga", "Immaculée", "", "")
    return studio.page


def _similar(studio: Studio) -> QWidget:
    """Somebody lies here whose name is nearly the same."""
    person = next(one.occupant.person for one in studio.session.model.beds
                  if one.occupant is not None and one.occupant.person.first_name)
    _new(studio, person.last_name, person.first_name, str(person.date_of_birth), person.sex.value)
    return studio.page


def _taken(studio: Studio) -> QWidget:
    """The number of somebody who lies here was typed for somebody else."""
    person = next(one.occupant.person for one in studio.session.model.beds if one.occupant is not None)
    dialog = _new(studio, "Nyampinga", "Immaculée", "14-May-1988", "female")
    dialog.person.number.setText(person.hospital_number)
    dialog.primary.click()
    studio.settle()
    return studio.page


def _wrong(studio: Studio) -> QWidget:
    """Several things are missing or wrong at once."""
    dialog = _new(studio, "Uwimana 2", "", "31-Feb-1988", "")
    dialog.person.more.click()
    dialog.person.phone.setText("12")
    dialog.primary.click()
    studio.settle()
    return studio.page


def _stay(studio: Studio) -> QWidget:
    dialog = _new(studio, "Nyampinga", "Immaculée", "14-May-1988", "female")
    dialog.primary.click()
    studio.settle()
    return studio.page


def _warned(studio: Studio) -> QWidget:
    """The bed is not what the patient needs, and nothing was said about it."""
    _stay(studio)
    dialog = studio.opened
    assert isinstance(dialog, AdmitPatientDialog)
    for need in ("monitor", "isolation"):
        dialog.stay.needs[need].click()
    dialog.primary.click()
    studio.settle()
    return studio.page


def _to_the_list(studio: Studio) -> QWidget:
    """Without a bed: the waiting list asks how urgent it is."""
    _stay(studio)
    dialog = studio.opened
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.stay.where.beds.setCurrentIndex(0)
    studio.settle()
    return studio.page


def _from_elsewhere(studio: Studio) -> QWidget:
    """No word of the list says where the patient comes from; and she waits."""
    _to_the_list(studio)
    dialog = studio.opened
    assert isinstance(dialog, AdmitPatientDialog)
    dialog.stay.source.setCurrentIndex(dialog.stay.source.findData(Source.OTHER))
    studio.settle()
    return studio.page


def _unknown(studio: Studio) -> QWidget:
    dialog = _open(studio, "")
    dialog.search.unknown.click()
    studio.settle()
    return studio.page


ADMIT_SCENES: dict[str, Scene] = {
    "admit_find": _find, "admit_nobody": _nobody, "admit_new": _typing, "admit_similar": _similar,
    "admit_taken": _taken,
    "admit_wrong": _wrong, "admit_unknown": _unknown, "admit_stay": _stay, "admit_warned": _warned,
    "admit_list": _to_the_list, "admit_elsewhere": _from_elsewhere,
}
"""Admitting, step by step."""
