"""The waiting rail: who waits for a bed here, and who leaves today. The whole card drags."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wardbeds.domain.access import Permission, can
from wardbeds.domain.beds import Bed, Waiting
from wardbeds.gui import theme
from wardbeds.gui.board.drag import DragPilot
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.placing import PlacingEngine
from wardbeds.gui.board.rail_cards import WIDTH, LeavingCard, RailTab, WaitingCard
from wardbeds.gui.board.rail_empty import RailEmpty
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.layouts import clear
from wardbeds.gui.scroll_bar import use_slim_bars
from wardbeds.gui.verbs import Verb, not_for_role

WIDE_WIDTH = 268


class WaitingRail(QWidget):
    """The rail with its tabs; cards are made anew when the waiting change, which is seldom."""

    admit_requested = Signal()

    def __init__(self, model: BoardModel, selection: Selection, engine: PlacingEngine, pilot: DragPilot,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._selection = selection
        self._engine = engine
        self._pilot = pilot
        self._tab = 0
        self._hidden: int | None = None
        self.base_width = WIDTH
        self._read_only = ""
        self.cards: list[WaitingCard] = []
        self.setAutoFillBackground(True)
        self._tabs = [RailTab("", self) for _ in range(2)]
        tabs = QHBoxLayout()
        tabs.setSpacing(4)
        for n, tab in enumerate(self._tabs):
            tabs.addWidget(tab)
            tab.clicked.connect(lambda _checked=False, n=n: self.show_tab(n))
        tabs.addStretch(1)
        self._list = QWidget()
        self._list_layout = QVBoxLayout(self._list)
        self._list_layout.setContentsMargins(8, 4, 0, 8)
        self._list_layout.setSpacing(8)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        use_slim_bars(self._scroll, thick=8, ground="rail")  # in the margin, so that the cards keep their width
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(tabs)
        layout.addWidget(self._scroll, 1)
        self.setFixedWidth(theme.px(self.base_width))
        for signal in (model.waiting_changed, model.counts_changed):
            signal.connect(self.rebuild)
        model.time_passed.connect(self._repaint)  # how long each one waits
        selection.changed.connect(self._repaint)
        engine.picked_up.connect(self._repaint)
        engine.put_back.connect(self._repaint)
        self.rebuild()

    def set_wide(self, wide: bool) -> None:
        """Wider cards in a wide window."""
        width = WIDE_WIDTH if wide else WIDTH
        if width != self.base_width:
            self.base_width = width
            self.rebuild()

    def show_tab(self, number: int) -> None:
        """Show who waits (0) or who leaves (1)."""
        self._tab = number
        self.rebuild()

    def hide_people(self, waiting: int | None) -> None:
        """Say only how many wait, where nobody may be named; None: name them again."""
        self._hidden = waiting
        self.rebuild()

    def rebuild(self) -> None:
        """Make the cards anew."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.theme().rail)
        self.setPalette(palette)
        self.setFixedWidth(theme.px(self.base_width))
        leaving = self._model.leaving()
        for n, (tab, text) in enumerate(zip(self._tabs, (
                self.tr("Waiting {n}").format(n=len(self._model.waiting) if self._hidden is None else self._hidden),
                self.tr("Leaving {n}").format(n=len(leaving)) if self._hidden is None else self.tr("Leaving")),
                strict=True)):
            tab.show_text(text, n == self._tab)
        held_focus = self._let_go_of_focus()
        clear(self._list_layout)
        self.cards = []
        held = {bed.hold.person.patient_id: bed for bed in self._model.beds if bed.hold and bed.hold.person}
        if self._tab == 0:
            for waiting in self._model.waiting:
                card = WaitingCard(waiting, held.get(waiting.person.patient_id), self)
                self.cards.append(card)
                self._list_layout.addWidget(card)
        else:
            for bed in leaving:
                one = LeavingCard(bed, self)
                one.clicked.connect(lambda _checked=False, bed_id=bed.id: self._selection.select_bed(bed_id))
                self._list_layout.addWidget(one)
        self._list_layout.addWidget(self._below(leaving))
        self._list_layout.addStretch(1)
        for one_made in self.cards:
            if one_made.waiting.person.patient_id == held_focus:
                one_made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go_of_focus(self) -> int | None:
        """Whose card has the keyboard. Qt would give it to another card when this one goes, and scroll there."""
        card = next((one for one in self.cards if one.hasFocus()), None)
        if card is None:
            return None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return card.waiting.person.patient_id

    def _below(self, leaving: list[Bed]) -> QWidget:
        """What stands below the cards, or in their place."""
        empty = not (self.cards if self._tab == 0 else leaving)
        if self._hidden is not None:
            return self._hint(self.tr("Names are hidden. Press “Show names” to see who waits and who leaves."))
        if empty:
            return self._empty()
        if self._tab == 1:
            return self._hint("")
        return self._hint(self._read_only or self.tr("Drag a card to a bed, or click the card, then the bed."))

    def _empty(self) -> RailEmpty:
        width = theme.px(self.base_width) - 8
        if self._tab == 1:
            return RailEmpty("log-out", self.tr("Nobody leaves today"), self.tr(
                "Who is expected to leave today stands here."), width, self)
        empty = RailEmpty("user-check", self.tr("Nobody is waiting"), self.tr(
            "Who is admitted without a bed appears here by itself."), width, self)
        why_not = self._read_only
        if not why_not and not can(self._engine.role, Permission.ADMISSION_CREATE):
            why_not = not_for_role(self._engine.role, Verb.ADMIT)
        empty.offer_admission(why_not)
        empty.admit_requested.connect(self.admit_requested)
        return empty

    def _hint(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setFont(theme.font(13))
        label.setContentsMargins(4, 8, 4, 4)
        palette = label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.theme().ink2)
        label.setPalette(palette)
        return label

    def set_read_only(self, reason: str) -> None:
        """Say why nobody can be placed just now, in place of how to; empty: everybody can."""
        if reason != self._read_only:
            self._read_only = reason
            self.rebuild()

    def _repaint(self, _what: object = None) -> None:
        for card in self.cards:
            card.update()

    def in_hand(self, patient_id: int) -> bool:
        """Whether this patient is in the hand."""
        return self._engine.hand is not None and self._engine.hand.person.patient_id == patient_id

    def is_selected(self, patient_id: int) -> bool:
        """Whether this patient is the one selected."""
        return self._selection.patient_id == patient_id

    def pressed(self, waiting: Waiting) -> None:
        """A card is pressed."""
        if self._engine.hand is not None:
            self._engine.cancel()
        self._selection.select_waiting(waiting.person.patient_id)

    def dragged(self, waiting: Waiting, press: QPoint | None, at: QPoint) -> QPoint | None:
        """The pointer moves with a card pressed; returns the press as long as it may still be a click."""
        if self._pilot.active:
            self._pilot.move(at)
        elif press is not None and self._pilot.far_enough(press, at):
            self._engine.pick_up_waiting(waiting)
            self._pilot.begin(press)
            self._pilot.move(at)
            return None
        return press

    def released(self, waiting: Waiting, at: QPoint, *, clicked: bool) -> None:
        """The button is let go: a drop, or a click that takes the patient into the hand."""
        if self._pilot.active:
            self._pilot.drop(at)
        elif clicked:
            self.take(waiting)

    def take(self, waiting: Waiting) -> None:
        """Click or key: the patient is in the hand, the next click on a bed places her."""
        self._selection.select_waiting(waiting.person.patient_id)
        self._engine.pick_up_waiting(waiting)

    def show_card(self, card: QWidget) -> None:
        """Scroll to the card that the keyboard came to."""
        self._scroll.ensureWidgetVisible(card, 0, 0)

    def focused(self, waiting: Waiting) -> None:
        """The keyboard has come to a card."""
        if self._engine.hand is None:
            self._selection.select_waiting(waiting.person.patient_id)
