"""What all pages of the first start share: the side, a large title with a line below it, Back and Next at the foot."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.connection_form import AnswerLine
from wardbeds.gui.controls import Button
from wardbeds.gui.enter import button_in_focus, is_enter
from wardbeds.gui.first_run.cards import Cards
from wardbeds.gui.first_run.side import StepsSide
from wardbeds.gui.labels import text_label

BOX_WIDTH, BOX_HEIGHT, MARGIN = 720, 640, 28


class Part(NamedTuple):
    """One question: its name for tools, which step it belongs to, and what is shown for it."""

    name: str
    step: int
    title: str
    subtitle: str
    body: QWidget
    onward: str
    """What the button says that goes on."""
    first: QWidget
    """What has the keyboard when it appears."""


class Link(Button):
    """Words that lead away, without a frame."""

    def __init__(self, text: str) -> None:
        super().__init__(text, quiet=True, spread=True)
        self._inset = 5  # the words begin nearly where everything above them does

    def _inks(self) -> tuple[QColor, QColor, QColor]:
        fill, _ink, edge = super()._inks()
        return fill, theme.theme().focus if self.isEnabled() else theme.theme().ink_off, edge


class StepsPage(QWidget):
    """Shows one part at a time. Enter goes on, or presses the button that the keyboard is on; Esc goes back.

    Subclasses add parts and say what both do.
    """

    def __init__(self, steps: list[str]) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self.number = 0
        self.side = StepsSide(steps)
        self.title = text_label("", 28, 700)
        self.subtitle = text_label("", 15, 400, "ink2")
        self.answer = AnswerLine()
        self.skip = Link(self.tr("Skip for now"))
        self.skip.hide()
        self.back = Button(self.tr("Back"), key="Esc")
        self.go_on = Button("", key="Enter", primary=True)
        self.go_on.clicked.connect(lambda: self.on_go_on())
        self.back.clicked.connect(lambda: self.on_back())
        self._bodies = QVBoxLayout()
        self._box = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go_on)
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        column.addSpacing(theme.px(16))
        column.addLayout(self._bodies)
        column.addSpacing(8)
        column.addWidget(self.answer)
        column.addStretch(1)
        column.addLayout(foot)
        self._box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        right = QVBoxLayout()
        right.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        right.addWidget(self._box, 1, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self._fit()

    def _fit(self) -> None:
        """As wide and high as the tokens say, or as the window allows; the same for every part, so nothing jumps."""
        room = self.width() - self.side.width() - 2 * MARGIN
        self._box.setFixedWidth(max(theme.px(400), min(theme.px(BOX_WIDTH), room)))
        self._box.setMaximumHeight(theme.px(BOX_HEIGHT))

    def add_part(self, part: Part) -> None:
        """Add a part behind the others."""
        self.parts.append(part)
        if not part.first.accessibleName():
            part.first.setAccessibleName(part.title)  # cards are the answer to the question that is the title
        self._bodies.addWidget(part.body)
        part.body.setVisible(len(self.parts) == 1)
        if len(self.parts) == 1:
            self.show_part(0)

    @property
    def part(self) -> Part:
        """The part that is shown."""
        return self.parts[self.number]

    def show_part(self, number: int) -> None:
        """Show a part; what was said about another one is over."""
        self.number = number
        part = self.parts[number]
        self.say("")
        self.title.setText(part.title)
        self.subtitle.setText(part.subtitle)
        for one in self.parts:
            one.body.setVisible(one is part)
        self.side.show_step(part.step)
        self.setAccessibleName(part.title)
        self.name_onward(part.onward)
        self.back.setVisible(self.can_go_back())
        self.focus_first()

    def focus_first(self) -> None:
        """Give the keyboard to what is filled in first."""
        first = self.part.first
        (first.cards[first.value] if isinstance(first, Cards) else first).setFocus(Qt.FocusReason.TabFocusReason)

    def name_onward(self, text: str) -> None:
        """Say on the button where it leads."""
        self.go_on.setText(text)
        self.go_on.setAccessibleName(text)
        self.go_on.updateGeometry()

    def say(self, text: str, kind: str = "error") -> None:
        """Say above the foot why it does not go on; it can be tried again."""
        self.answer.say(text, kind)
        self.answer.setVisible(bool(text))
        self.go_on.setEnabled(True)

    # for subclasses ------------------------------------------------------------------------------------------

    def can_go_back(self) -> bool:
        """Whether there is something before this part."""
        return self.number > 0

    def on_go_on(self) -> None:
        """The part is filled in."""
        raise NotImplementedError

    def on_back(self) -> None:
        """Show what was before."""
        self.show_part(self.number - 1)

    # Qt ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            if not event.isAutoRepeat():  # held down, it would run through all pages
                (button_in_focus(self) or self.go_on).click()
        elif event.key() == Qt.Key.Key_Escape:
            if self.can_go_back():
                self.back.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.theme().raised)
