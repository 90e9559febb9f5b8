"""R5: the last action with Undo, which stays until the next; and what is selected, with what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.changes import LastAction
from wardbeds.domain.names import full_name
from wardbeds.domain.people import Person
from wardbeds.domain.placement import InHand
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button, text_width
from wardbeds.gui.fitting import draw_rows, fit_person, needed_width
from wardbeds.gui.hand_line import HandLine
from wardbeds.gui.hint_line import HintLine
from wardbeds.gui.layouts import clear
from wardbeds.gui.menus import open_at
from wardbeds.gui.verbs import Offer

WIDTH, HEIGHT = 468, 64
SHOWN = 4
COLUMN_GAP = 20
"""Between the two people of a swap."""


class LastActionBlock(QWidget):
    """The one dark block of the screen: what was done last, to whom, and Undo."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: LastAction | None = None
        self._read_only = ""
        self._nothing = self.tr("Nothing done yet at this station")
        self._checking = False
        self._columns: list[int] = []
        self.setFixedWidth(theme.px(WIDTH))
        self.undo = Button(self.tr("Undo"), key="Ctrl Z", on_action=True)
        self.undo.clicked.connect(self.undo_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.addStretch(1)
        layout.addWidget(self.undo)
        self.show_action(None)

    def show_action(self, action: LastAction | None) -> None:
        """Show another action; None: nothing was done yet."""
        self._action = action
        self.undo.setVisible(action is not None and not self._checking)
        self._allow_undo()
        self.setAccessibleName(self.text())
        self.fit()
        self.update()

    def set_read_only(self, reason: str) -> None:
        """Say why nothing can be undone just now; empty: it can."""
        self._read_only = reason
        self._allow_undo()

    def set_checking(self, checking: bool) -> None:
        """Say that the answer to what was sent was lost and is being asked for again; never that it failed."""
        self._checking = checking
        self.undo.setVisible(self._action is not None and not checking)
        self.setAccessibleName(self.text())
        self.fit()
        self.update()

    def _allow_undo(self) -> None:
        undoable = self._action is not None and self._action.undoable
        death = self._action is not None and self._action.death
        why_not = self.tr("A death cannot be undone. An administrator can take the discharge back.") if death \
            else self.tr("This cannot be undone any more.")
        self.undo.allow(undoable and not self._read_only, self._read_only or why_not)

    def say_instead(self, text: str) -> None:
        """Words for as long as nothing was done."""
        self._nothing = text
        self.show_action(self._action)

    def fit(self) -> None:
        """Take the width of the tokens, or more where a long name needs it."""
        head, _places, name, second = self.lines()
        if self._action is None or self._checking:
            self.setFixedWidth(text_width(head, theme.font(13)) + 40)
            return
        taken = 16 + self._left() + 25 + 16 + self.undo.sizeHint().width() + 12
        people = [(name, second), *([other] if (other := self._second_person()) else [])]
        least = max(theme.px(120), (theme.px(WIDTH) - taken) // len(people))
        self._columns = [needed_width(*one, theme.px(HEIGHT) - 4, least, 2 * theme.px(WIDTH)) for one in people]
        self.setFixedWidth(max(theme.px(WIDTH), taken + sum(self._columns) + COLUMN_GAP * (len(people) - 1)))

    def _left(self) -> int:
        """How wide the part before the rule is."""
        head, places, _name, _second = self.lines()
        return max(text_width(head, theme.font(13)), text_width(places, theme.font(_place_size(places), 700)))

    def _second_person(self) -> tuple[str, str] | None:
        """Of a swap, the other one with the second identifiers."""
        other = self._action.other if self._action is not None and not self._checking else None
        return _person_lines(other) if other is not None else None

    def lines(self) -> tuple[str, str, str, str]:
        """What and when, from where to where, the name, and the second identifiers."""
        action = self._action
        if self._checking:
            return self.tr("Checking whether it was saved"), "", "", ""
        if action is None:
            return self._nothing, "", "", ""
        head = f"{words.action_word(action.action)} {words.time_text(action.at)}"
        person = action.person
        if person is None:
            return head, words.places_text(action), "", ""
        return (head, words.places_text(action), *_person_lines(person))

    def text(self) -> str:
        """The block in one line."""
        return ", ".join(part for part in (*self.lines(), *(self._second_person() or ())) if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.action)
        head, places, name, second = self.lines()
        room = (self.undo.x() if self.undo.isVisible() else self.width()) - 16
        painter.setPen(colours.action_ink2)
        painter.setFont(theme.font(13))
        middle = self.height() / 2
        if not places and not name:
            painter.drawText(QRectF(16, 0, room, self.height()),
                             Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, head)
            return
        painter.drawText(QRectF(16, middle - theme.px(22), room, theme.px(20)), Qt.AlignmentFlag.AlignVCenter, head)
        painter.setPen(colours.action_ink)
        painter.setFont(theme.font(_place_size(places), 700))
        painter.drawText(QRectF(16, middle, room, theme.px(22)), Qt.AlignmentFlag.AlignVCenter, places)
        if not name:
            return
        x = 16 + self._left() + 12
        painter.fillRect(QRectF(x, middle - theme.px(22), 1, theme.px(44)), colours.action_edge)
        other = self._second_person()
        width = self._columns[0] if other is not None else room - x - 4
        draw_rows(painter, fit_person(name, second, width), QRectF(x + 12, 0, width, self.height()),
                  colours.action_ink, colours.action_ink2)
        if other is not None:
            x += width + COLUMN_GAP
            draw_rows(painter, fit_person(*other, self._columns[1]), QRectF(x + 12, 0, self._columns[1], self.height()),
                      colours.action_ink, colours.action_ink2)


def _person_lines(person: Person) -> tuple[str, str]:
    return full_name(person), f"{person.hospital_number}  {words.born_text(person, age=False)}"


def _place_size(places: str) -> int:
    """From where to where in 15 px; smaller where wards have long names."""
    return 15 if text_width(places, theme.font(15, 700)) < theme.px(150) else 13


class SelectionLine(QWidget):
    """Bed or waiting patient in words: number, name, identifiers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._name, self._second = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, title: str, name: str, second: str, full: str = "") -> None:
        """Show other words; ``full`` is what tooltip and screen reader say, if that is more."""
        self._title, self._name, self._second = title, name, second
        self.setAccessibleName(full or ", ".join(part for part in (title, name, second) if part))
        self.setToolTip(self.accessibleName())
        self.update()

    def text(self) -> str:
        """What is shown."""
        return self.accessibleName()

    def needed(self) -> int:
        """The least width at which nothing is cut."""
        return self._indent() + needed_width(self._name, self._second, theme.px(HEIGHT) - 4, theme.px(200),
                                             theme.px(700))

    def _indent(self) -> int:
        return 16 + (text_width(self._title, theme.font(20, 700)) + 28 if self._title else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        x, middle = 16.0, self.height() / 2
        painter.setPen(colours.ink)
        if self._title:
            painter.setFont(theme.font(20, 700))
            width = text_width(self._title, theme.font(20, 700))
            painter.drawText(QRectF(x, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, self._title)
            painter.fillRect(QRectF(x + width + 14, middle - 18, 1, 36), colours.line2)
            x += width + 28
        room = self.width() - x
        draw_rows(painter, fit_person(self._name, self._second, room), QRectF(x, 0, room, self.height()),
                  colours.ink, colours.ink2)


class WorkStrip(QWidget):
    """The strip at the bottom; it never moves the board."""

    verb_requested = Signal(object)
    put_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.last = LastActionBlock(self)
        self.line = SelectionLine(self)
        self.hand = HandLine(self)
        self.hints = HintLine(self)
        self._hinting = False
        self.others: LastAction | None = None
        """What another station did last: shown while nothing is selected."""
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.buttons: list[Button] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(0)
        layout.addWidget(self.last)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.hand, 1)
        layout.addWidget(self.hints, 1)
        layout.addLayout(self._buttons)
        self.setFixedHeight(theme.px(HEIGHT))
        self._offers: list[Offer] = []
        self._filled: tuple[tuple[Offer, ...], int] | None = None

    def restyle(self) -> None:
        """Take the text size in force."""
        self.setFixedHeight(theme.px(HEIGHT))
        self.last.fit()
        self._filled = None
        self._fill()

    def show_hints(self, hinting: bool) -> None:
        """Where the inspector shows what is selected, the strip shows keys instead."""
        self._hinting = hinting

    def _clear(self) -> None:
        self._filled = None
        clear(self._buttons)
        self.buttons = []

    def _add(self, button: Button) -> None:
        self.buttons.append(button)
        self._buttons.addWidget(button)

    def show_selection(self, bed: Bed | None, waiting: Waiting | None, offers: list[Offer]) -> None:
        """Show what is selected and what can be done with it."""
        person = bed.occupant.person if bed and bed.occupant else waiting.person if waiting else None
        held = bed.hold.person if bed and bed.hold else None
        self.hand.hide()
        self.line.setVisible(not self._hinting)
        self.hints.setVisible(self._hinting)
        if person is not None:
            self.line.show_lines(bed.number if bed else "", full_name(person), words.second_line(person))
        elif bed is not None:
            self.line.show_lines(bed.number, words.status_word(bed.status), self._about(bed, held))
        else:
            self._show_nothing()
        self._offers = offers if (bed or waiting) and not self._hinting else []
        self._fill()

    def _show_nothing(self) -> None:
        """Nothing is selected: there is room for what others did."""
        if self.others is None:
            self.line.show_lines("", self.tr("Select a bed or a patient"), "")
            return
        self.line.show_lines("", words.others_text(self.others), words.when_and_who(self.others),
                             words.others_full_text(self.others))

    def _fill(self) -> None:
        """As many verbs as there is room for beside the name; the rest under More."""
        room = self.width() - self.last.width() - self.line.needed() - 24 - theme.px(48)
        wanted = tuple(self._offers), room
        if wanted == self._filled:  # buttons made anew under a press would swallow it
            return
        self._clear()
        self._filled = wanted
        shown = 0
        for offer in self._offers[:SHOWN]:
            button = Button(offer.text, key=offer.verb.value)
            room -= button.sizeHint().width() + 8
            if room < 0 and shown:
                button.deleteLater()
                break
            shown += 1
            button.allow(offer.allowed, offer.reason)
            button.clicked.connect(lambda _c=False, verb=offer.verb: self.verb_requested.emit(verb))
            self._add(button)
        if len(self._offers) > shown:
            rest = self._offers[shown:]
            more = Button("", "ellipsis")
            more.setAccessibleName(self.tr("More"))
            more.clicked.connect(lambda: self._menu(rest, more))
            self._add(more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width() and self._offers:
            self._fill()

    def _about(self, bed: Bed, held: Person | None) -> str:
        if bed.hold is not None:
            who = full_name(held) if held else bed.hold.text
            return self.tr("for {name} until {time}").format(name=who, time=words.until_text(bed.hold.until))
        return words.block_text(bed.block) or ", ".join(words.need_word(code) for code in bed.features) or bed.remark

    def _menu(self, offers: list[Offer], button: Button) -> None:
        menu = make_menu(self, offers, self.verb_requested.emit)
        open_at(menu, button, above=True)

    def show_hand(self, hand: InHand) -> None:
        """Show who is in the hand, and how to put her back."""
        self._offers = []
        self._clear()
        self.line.hide()
        self.hints.hide()
        self.hand.take(hand)
        self.hand.show()
        back = Button(self.tr("Put back"), key="Esc")
        back.clicked.connect(self.put_back_requested)
        self._add(back)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.theme().chrome)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.theme().line1)


def make_menu(parent: QWidget, offers: list[Offer], on_verb: object) -> QMenu:
    """The verbs as a menu, with their keys; those not allowed are disabled and say why."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for offer in offers:
        action = menu.addAction(f"{offer.text}\t{offer.verb.value}")
        action.setEnabled(offer.allowed)
        action.setToolTip(offer.reason)
        action.triggered.connect(lambda _c=False, verb=offer.verb: on_verb(verb))  # type: ignore[operator]
    return menu


