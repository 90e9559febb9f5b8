"""Was the bed disinfected? Asked after a patient in isolation, before the bed is said to be clean."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.requests import MarkClean, SeenBed
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.dialogs.meanwhile import Subject
from wardbeds.gui.enter import button_in_focus, is_enter
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Verb
from wardbeds.services.bed_states import mark_clean

YES, NO = "Y", "N"


class DisinfectedDialog(Dialog):
    """Two answers, two keys. Yes is kept with the cleaning; no leaves the bed to clean."""

    def __init__(self, session: Session, parent: QWidget, bed: Bed, on_no: Callable[[str], None], *,
                 asked: bool) -> None:
        super().__init__(session, parent, session.tr("Is {bed} disinfected?").format(bed=bed.number),
                         session.tr("Yes, it is clean"), final=True, width=560)
        self._bed = bed
        self._on_no = on_no
        self.primary.key = YES
        self.cancel_button.setText(self.tr("No, it stays to clean"))
        self.cancel_button.key = NO
        self.cancel_button.clicked.disconnect(self.reject)
        self.cancel_button.clicked.connect(self.say_no)
        self.add_wide(info_line(self.tr("The last patient in this bed needed isolation. It counts as clean once it "
                                        "has been disinfected."), "warning"))
        self.at = self.add_happened_at() if asked else None

    def subject(self) -> Subject:
        return Subject(Verb.CLEAN, self._bed.id)

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        self._bed = bed or self._bed

    def first_focus(self) -> QWidget:
        """On the answer that changes nothing."""
        return self.cancel_button

    def say_no(self) -> None:
        """The bed stays to clean."""
        self.finish()
        self._on_no(self.tr("{bed} stays to clean until it is disinfected.").format(bed=self._bed.number))

    def submit(self) -> None:
        self.send(mark_clean, MarkClean(bed=SeenBed.of(self._bed), disinfected=True,
                                        happened_at=self.at.value if self.at is not None else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters answer, Enter presses the button that it is on."""
        letter = event.text().upper()
        if letter == YES or (is_enter(event) and button_in_focus(self) is self.primary and not event.isAutoRepeat()):
            self._on_primary()
        elif letter == NO:
            self.say_no()
        else:
            super().keyPressEvent(event)
