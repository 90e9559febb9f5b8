"""The panel docked at the right of a wide window: a region of its own, which the keyboard reaches and scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.names import full_name
from wardbeds.gui import theme
from wardbeds.gui.details import WIDTH, DetailsPanel
from wardbeds.gui.focus_frame import FocusFrame
from wardbeds.gui.scroll_bar import use_slim_bars
from wardbeds.gui.session import Session
from wardbeds.gui.verbs import Offer

LINE, PAGE = 40, 300
"""How far the arrow and the page keys scroll, in px, as in the dialog of a narrow window."""


class Inspector(QScrollArea):
    """Everything about the selection. With the keyboard here the phones are copied by their keys, arrow and page keys
    scroll, and Esc goes back to the board; other letters are verbs as on the board."""

    left = Signal()
    """The keyboard is wanted on the board again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = DetailsPanel(session)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_slim_bars(self, thick=10, ground="chrome")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.panel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Details"))
        self.setFixedWidth(theme.px(WIDTH))
        self.focus_frame = FocusFrame(self)

    def show_selection(self, bed: Bed | None, waiting: Waiting | None, offers: list[Offer]) -> None:
        """Show a bed or who waits, or that nothing is selected."""
        what = bed.number if bed is not None else full_name(waiting.person) if waiting is not None else ""
        self.setAccessibleName(self.tr("Details of {what}").format(what=what) if what else self.tr("Details"))
        self.panel.show_selection(bed, waiting, offers)

    def take_focus(self) -> None:
        """Take the keyboard, from the top."""
        self.verticalScrollBar().setValue(0)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def copies(self, event: QKeyEvent) -> bool:
        """Copy the number whose key was pressed, if it is shown; whether there was one."""
        return self.isVisible() and not event.modifiers() and self.panel.press(event.text().upper())

    def restyle(self) -> None:
        """Take the scheme and text size in force."""
        self.setFixedWidth(theme.px(WIDTH))
        self.panel.rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {Qt.Key.Key_Down: LINE, Qt.Key.Key_Up: -LINE, Qt.Key.Key_PageDown: PAGE, Qt.Key.Key_PageUp: -PAGE,
                 Qt.Key.Key_End: bar.maximum(), Qt.Key.Key_Home: -bar.maximum()}
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            bar.setValue(bar.value() + step)
        elif not self.copies(event):
            event.ignore()  # what it is goes on to the page
