"""Entering afterwards when something was done that is otherwise one click, as after hours with pen and paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed
from wardbeds.domain.requests import Request
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb, verb_text


class EarlierDialog(Dialog):
    """Only the time; what is done was ready beforehand."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed, verb: Verb, service: Any,
                 request: Request) -> None:
        done = session.tr("{bed}: {verb}").format(bed=bed.number, verb=verb_text(verb))
        super().__init__(session, parent, done, verb_text(verb), width=560)
        self._service = service
        self._request = request
        self.at = self.add_happened_at()

    def first_focus(self) -> QWidget:
        return self.at.edit

    def submit(self) -> None:
        self.send(self._service, self._request.model_copy(update={"happened_at": self.at.value}))
