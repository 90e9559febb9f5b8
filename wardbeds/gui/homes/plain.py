"""The home of people who have no board: says calmly what is and what is not there for them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wardbeds.domain.people import Actor
from wardbeds.gui import words
from wardbeds.gui.controls import Button
from wardbeds.gui.labels import label


class PlainHome(QWidget):
    """A page with one way out."""

    leave_requested = Signal()

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.setSpacing(12)
        for text, size, weight, colour in (
                (self.tr("Hello {name}").format(name=actor.display_name), 24, 700, "ink"),
                (self.tr("You are signed in as {role}. The ward's board is not open to this role.").format(
                    role=words.role_word(actor.role)), 15, 400, "ink2"),
                (self.tr("Please ask the ward's nurse for what you need."), 15, 400, "ink2")):
            one = label(text, size, weight, colour)
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(one)
        leave = Button(self.tr("Sign out"), "log-out", primary=True)
        leave.clicked.connect(self.leave_requested)
        layout.addWidget(leave, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
