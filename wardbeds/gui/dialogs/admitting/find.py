"""Admit, step 1: find the person by name, number or phone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wardbeds.domain.names import full_name
from wardbeds.domain.people import FoundPerson
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.people_list import PeopleList
from wardbeds.gui.words import tr


def already_admitted(found: FoundPerson) -> str:
    """That, and where, somebody is admitted already."""
    return tr("{name} is already admitted: {place}.").format(
        name=full_name(found.person), place=f"{found.ward_name} {found.bed_number}".strip())


class FindStep(QObject):
    """A search, and the ways on for those whom it does not find."""

    taken = Signal(object)
    """Who is to be admitted, as found."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._pending_enter = False
        self.people = PeopleList(dialog.session, rows=4)
        self.people.searched.connect(lambda _n: self._on_searched())
        self.people.unanswered.connect(self._forget_enter)
        self.new = Button(self.tr("New patient"), "plus")
        self.unknown = Button(self.tr("Identity not known"))
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.new)
        row.addWidget(self.unknown)
        row.addStretch(1)
        dialog.add_row("person", self.tr("Find"), self.people, required=True)
        dialog.add_row("other", self.tr("Not found?"), buttons)

    def show(self, shown: bool) -> None:
        """Show or hide the step."""
        for name in ("person", "other"):
            self._dialog.show_row(name, shown)

    def _on_searched(self) -> None:
        if self._pending_enter:
            self._pending_enter = False
            self.submit()

    def _forget_enter(self) -> None:
        """Enter was for what was typed then: whom a later search finds is not admitted by it."""
        self._pending_enter = False

    def submit(self) -> None:
        """Go on with whom the search found."""
        if not self.people.settled:
            self._pending_enter = True  # Enter came before the answer: go on when it is there
            self.people.search()
            return
        found = self.people.current()
        if found is None:
            self._dialog.refuse(self.tr("Nobody was found. Register a new patient; what you typed is kept."), "person")
            self.new.setFocus()
        elif found.admitted:
            self._dialog.refuse(already_admitted(found), "person")
        else:
            self.taken.emit(found)
