"""When something was done that is otherwise one click: afterwards, or while catching up after an outage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from wardbeds.domain.people import Person
from wardbeds.domain.requests import Request
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.session import Session


def when_dialog(session: Session, parent: QWidget, what: str, service: Callable[..., Any], request: Request,
                patient_id: int | None) -> WhenDialog:
    """Ask when something happened; ``patient_id``: who of the open ward it is about."""
    model = session.model
    people = [bed.occupant.person for bed in model.beds if bed.occupant] + [one.person for one in model.waiting]
    person = next((one for one in people if one.patient_id == patient_id), None)
    return WhenDialog(session, parent, what, service, request, person)


class WhenDialog(Dialog):
    """One field: the time. The request is sent as it was made, with it."""

    def __init__(self, session: Session, parent: QWidget, what: str, service: Callable[..., Any], request: Request,
                 person: Person | None = None) -> None:
        super().__init__(session, parent, session.tr("When did it happen?"), what, person=person)
        self._service, self._request = service, request
        self.at = self.add_happened_at()

    def first_focus(self) -> QWidget:
        return self.at.edit

    def submit(self) -> None:
        self.send(self._service, self._request.model_copy(update={"happened_at": self.at.value}))
