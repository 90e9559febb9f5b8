"""The waiting rail: who waits for a bed here, and who leaves today. The whole card drags."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from wardbeds.domain.access import Permission, can
from wardbeds.domain.beds import Bed, Priority, Waiting
from wardbeds.domain.names import full_name
from wardbeds.gui import icons, theme, words
from wardbeds.gui.board.card import name_lines
from wardbeds.gui.board.drag import DragPilot
from wardbeds.gui.board.model import BoardModel
from wardbeds.gui.board.placing import PlacingEngine
from wardbeds.gui.board.rail_empty import RailEmpty
from wardbeds.gui.board.selection import Selection
from wardbeds.gui.controls import Painted, draw_focus, text_width
from wardbeds.gui.fitting import Row, draw_rows, fit_person
from wardbeds.gui.layouts import clear
from wardbeds.gui.scroll_bar import use_slim_bars

WIDTH, WIDE_WIDTH, CARD_HEIGHT = 228, 268, 94
SOURCE_ICONS = {"emergency": "ambulance", "clinic": "stethoscope", "transfer": "arrow-right-left", "born_here": "baby"}


class WaitingCard(QWidget):
    """One who waits."""

    def __init__(self, waiting: Waiting, held: Bed | None, rail: WaitingRail) -> None:
        super().__init__(rail)
        self.waiting = waiting
        self._held = held
        self._rail = rail
        self._press: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        person = waiting.person
        about = f"{full_name(person)}, {person.hospital_number}, {words.born_text(person)}, {self._source()}"
        self.setAccessibleName(about)
        self.setToolTip(about)

    def _source(self) -> str:
        if self._held is not None and self._held.hold is not None:
            return words.tr("{bed} held until {time}").format(
                bed=self._held.number, time=words.until_text(self._held.hold.until))
        waited = words.waited_text(self.waiting.since, datetime.now(UTC))
        return words.tr("{source}, {time}").format(source=words.source_word(self.waiting.source), time=waited)

    def sizeHint(self) -> QSize:
        lines = len(self._names()) + (0 if self._number_fits() else 1)
        return QSize(theme.px(self._rail.base_width) - 16, theme.px(CARD_HEIGHT + 18 * max(0, lines - 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    def _names(self) -> list[tuple[str, int, int]]:
        return name_lines(self.waiting.person, self._rail.base_width - 76)

    def _meta(self) -> str:
        person = self.waiting.person
        return f"{words.sex_word(person.sex)} {words.age_text(person.date_of_birth)}".strip()

    def _number_fits(self) -> bool:
        """Whether gender, age and hospital number stand on one line."""
        room = theme.px(self._rail.base_width - 56)
        return text_width(self._meta(), theme.font(12)) + 10 + text_width(
            self.waiting.person.hospital_number, theme.font(12, 400, identifier=True)) <= room

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        person = self.waiting.person
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        in_hand = self._rail.in_hand(person.patient_id)
        chosen = self._rail.is_selected(person.patient_id)
        pen = QPen(colours.line3 if in_hand else colours.focus if chosen or self.hasFocus() else colours.line2,
                   2 if in_hand or chosen or self.hasFocus() else 1)
        if in_hand:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(colours.focus_soft if chosen and not in_hand else colours.rail if in_hand else colours.raised)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        y = theme.px(22)
        for text, size, weight in self._names():
            painter.setFont(theme.font(size, weight))
            painter.setPen(colours.ink)
            painter.drawText(12, y, text)
            y += theme.px(18)
        painter.setFont(theme.font(12))
        painter.setPen(colours.ink2)
        if in_hand:
            painter.drawText(QRectF(12, y - 12, rect.width() - 20, rect.height() - y + 8),
                             Qt.TextFlag.TextWordWrap, self.tr("In your hand. Esc brings the card back."))
            return
        icons.draw(painter, "grip-vertical", QRectF(rect.right() - 24, 10, 16, 16), colours.ink3)
        y = int(rect.height()) - theme.px(35)
        x = 12
        if self._number_fits():
            painter.drawText(x, y, self._meta())
            x += text_width(self._meta(), theme.font(12)) + 10
        else:
            painter.drawText(x, y - theme.px(17), self._meta())
        painter.setFont(theme.font(12, 400, identifier=True))
        painter.drawText(x, y, person.hospital_number)
        self._paint_source(painter, rect)

    def _paint_source(self, painter: QPainter, rect: QRectF) -> None:
        colours = theme.theme()
        urgent = self.waiting.priority is not Priority.ROUTINE
        ink = colours.error if urgent else colours.ink2
        name = "triangle-alert" if urgent else SOURCE_ICONS.get(self.waiting.source, "clock")
        if self._held is not None:
            ink, name = colours.states["reserved"].word, "bookmark"
        y = rect.height() - theme.px(26)
        painter.setPen(QPen(colours.line1, 1))
        painter.drawLine(12, int(y), int(rect.width()) - 12, int(y))
        icons.draw(painter, name, QRectF(12, y + theme.px(6), 14, 14), ink)
        painter.setPen(ink)
        painter.setFont(theme.font(12, 600))
        painter.drawText(QRectF(32, y + 1, rect.width() - 40, theme.px(24)), Qt.AlignmentFlag.AlignVCenter,
                         self._source())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = event.globalPosition().toPoint()
            self._rail.pressed(self.waiting)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._press = self._rail.dragged(self.waiting, self._press, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._press is not None
        self._press = None
        self._rail.released(self.waiting, event.globalPosition().toPoint(), clicked=clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rail.take(self.waiting)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        self._rail.focused(self.waiting)
        self._rail.show_card(self)
        self.update()


class LeavingCard(Painted):
    """One who leaves today: a click selects the bed."""

    def __init__(self, bed: Bed, parent: QWidget) -> None:
        person = bed.occupant.person if bed.occupant else None
        super().__init__(full_name(person) if person else "", parent)
        self._bed = bed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH) - 16, theme.px(40) + sum(row.height for row in self._rows()))

    def _rows(self) -> list[Row]:
        """The name and, for who looks twice, the number and age."""
        if self._bed.occupant is None:
            return []
        person = self._bed.occupant.person
        return fit_person(full_name(person), f"{words.age_text(person.date_of_birth)}  {person.hospital_number}",
                          theme.px(WIDTH) - 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(QPen(colours.focus if self.hasFocus() else colours.line2, 2 if self.hasFocus() else 1))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(colours.ink)
        painter.setFont(theme.font(15, 700))
        painter.drawText(12, theme.px(24), self._bed.number)
        icons.draw(painter, "log-out", QRectF(rect.right() - 28, theme.px(10), 16, 16), colours.ink2)
        draw_rows(painter, self._rows(), QRectF(12, theme.px(30), rect.width() - 20, rect.height() - theme.px(36)),
                  colours.ink, colours.ink2)


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
            why_not = self.tr("Your role may not do this. Ask a colleague who may.")
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


class RailTab(Painted):
    """A tab of the rail, underlined while chosen."""

    def show_text(self, text: str, chosen: bool) -> None:
        """Show words with their count."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), theme.font(14, 600)) + 18, theme.target(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setPen(colours.ink if self.isChecked() else colours.ink2)
        painter.setFont(theme.font(14, 600))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(QRectF(8, self.height() - 3, self.width() - 16, 3), colours.focus)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 6)
