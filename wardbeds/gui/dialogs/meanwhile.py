"""A dialog is open, and somebody changes what it is about: what changed, and whose version is to be used (UX b.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.changes import Happening
from wardbeds.domain.people import Role
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.controls import Button
from wardbeds.gui.verbs import Verb, offers

if TYPE_CHECKING:
    from wardbeds.gui.dialogs.base import Dialog


BELOW = 12
"""Pixels between the bar and the fields."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dialog is about: the verb, the bed or the waiting list it was opened on, the patient, other beds."""

    verb: Verb
    bed_id: int | None = None
    patient_id: int | None = None
    more_beds: frozenset[int] = frozenset()
    anywhere: bool = False
    """Whether it does not matter where the patient is."""

    def concerns(self, happening: Happening) -> bool:
        """Whether something that happened touches it."""
        line = happening.line
        people = [one.patient_id for one in (line.person, line.other) if one is not None] if line is not None else []
        return bool(({self.bed_id} | self.more_beds) & set(happening.bed_ids)) or self.patient_id in people

    def find(self, model: BoardModel) -> tuple[Bed | None, Waiting | None]:
        """The bed or the waiting patient as the board shows them now."""
        if self.bed_id is not None and not self.anywhere:
            return model.bed_by_id(self.bed_id), None
        bed = next((one for one in model.beds if self.patient_id is not None and one.patient_id == self.patient_id),
                   None) if self.anywhere else None
        return bed, next((one for one in model.waiting if one.person.patient_id == self.patient_id), None)

    def why_not(self, model: BoardModel, role: Role) -> str:
        """Why it can no longer be done; empty where it can."""
        bed, waiting = self.find(model)
        if bed is None and waiting is None:
            return words.tr("The patient is no longer here.") if self.patient_id is not None \
                else words.tr("This bed is no longer here.")
        there = bed.patient_id if bed is not None else waiting.person.patient_id if waiting is not None else None
        if self.patient_id is not None and there != self.patient_id:
            return words.tr("The patient is no longer in {bed}.").format(bed=bed.number if bed is not None else "")
        if self.verb not in {one.verb for one in offers(role, bed, waiting)}:
            now = words.tr("{bed} is now: {state}.")
            return now.format(bed=bed.number, state=words.status_word(bed.status)) if bed is not None else words.tr(
                "This can no longer be done.")
        return ""


def newer_values(now: dict[str, Any], before: dict[str, Any], shown: dict[str, Any], *, keep: bool) -> dict[str, Any]:
    """The fields that are to show another value: those that others changed, and with ``keep`` only where nothing was
    typed, so that nobody's change is taken back by somebody who never touched it."""
    return {name: value for name, value in now.items()
            if value != before[name] and (not keep or shown[name] == before[name])}


class MeanwhileBar(QWidget):
    """Above the fields: what changed, and the choice."""

    use_new = Signal()
    keep_mine = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.new, self.mine = Button(self.tr("Use new")), Button(self.tr("Keep mine"))
        self.close_it = Button(self.tr("Close"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(44, 10, 12, 10 + BELOW)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        for button, signal in ((self.new, self.use_new), (self.mine, self.keep_mine), (self.close_it, self.closed)):
            button.clicked.connect(signal)
            layout.addWidget(button)
        self.hide()

    def say(self, text: str, *, possible: bool, keepable: bool = True) -> None:
        """Show what changed; ``possible``: whether it can still be done, ``keepable``: as it was typed."""
        self.words.setText(text)
        self.words.setFont(theme.font(14))
        palette = self.words.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.theme().ink)
        self.words.setPalette(palette)
        self.new.setVisible(possible)
        self.mine.setVisible(possible and keepable)
        self.close_it.setVisible(not possible)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.warning_frame, 1))
        painter.setBrush(colours.warning_soft)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5 - BELOW)
        painter.drawRoundedRect(box, 8, 8)
        icons.draw(painter, "users", QRectF(14, box.center().y() - 9, 18, 18), colours.warning)


class Meanwhile(QObject):
    """Watches for a dialog. While the choice is open, the dialog saves nothing."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.bar = MeanwhileBar()
        self._reason = ""
        self._refused = ""
        self._text = ""
        session = dialog.session
        session.others_changed.connect(self._on_others)
        session.ward_opened.connect(self._on_read_again)
        self.bar.use_new.connect(lambda: self._choose(keep=False))
        self.bar.keep_mine.connect(lambda: self._choose(keep=True))
        self.bar.closed.connect(dialog.reject)

    @property
    def reason(self) -> str:
        """Why nothing can be saved just now; empty where it can."""
        return self._reason

    def refused_as_stale(self, text: str) -> None:
        """The database says that the screen was old: as soon as it is read again, the choice is offered."""
        self._refused = text

    def offer_again(self) -> None:
        """What is new could not be read: the choice is open again."""
        if self._text:
            self._offer(self._text)

    def _on_read_again(self, _board: object) -> None:
        if self._refused:
            text, self._refused = self._refused, ""
            self._offer(text)

    def _on_others(self, happenings: tuple[Happening, ...]) -> None:
        dialog = self._dialog
        if dialog.isHidden():  # closed, about to be deleted
            return
        subject = dialog.subject()
        touched = [one for one in happenings if subject is not None and subject.concerns(one)]
        if not touched:
            dialog.board_changed()
            return
        lines = [one.line for one in touched if one.line is not None]
        self._offer(f"{words.others_text(lines[-1])}, {words.when_and_who(lines[-1])}" if lines
                    else self.tr("Somebody changed this meanwhile."))

    def _offer(self, text: str) -> None:
        dialog = self._dialog
        actor = dialog.session.actor
        if dialog.subject() is None or actor is None:
            return
        why_not = dialog.why_not(actor.role)
        self._text = text
        self._reason = why_not or self.tr("Choose first: use what is new, or keep yours.")
        shown = f"{text.rstrip('.')}. {why_not}" if why_not else text
        self.bar.say(shown, possible=not why_not, keepable=dialog.can_keep())
        dialog.show_meanwhile()

    def _choose(self, *, keep: bool) -> None:
        dialog = self._dialog
        subject = dialog.subject()
        if subject is None:
            return
        self.bar.hide()
        self._reason = ""
        dialog.rebind(*subject.find(dialog.session.model), keep=keep)
        dialog.clear_errors()
        dialog.allow()
