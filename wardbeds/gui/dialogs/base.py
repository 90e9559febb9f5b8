"""What all dialogs share: scrim, head, patient banner, one column of fields, errors on top and at the field, foot.

A dialog is a child of the window, not a window of its own: it opens at once, cannot get lost behind others, and the
board behind it stays where it is. Esc closes and keeps what was typed as a draft.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QDateTime, QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.names import family_text
from wardbeds.domain.people import Person, Role
from wardbeds.gui import icons, theme, words
from wardbeds.gui.controls import Button, Check, Choice, ComboBox, Field, TextBox, TimeEdit, text_width
from wardbeds.gui.dialogs.meanwhile import Meanwhile, Subject
from wardbeds.gui.scroll_bar import use_slim_bars
from wardbeds.gui.session import Session

WIDTH, MAX_HEIGHT, LABEL = 720, 560, 168

_DRAFTS: dict[str, dict[str, Any]] = {}


def coloured(text: str, colour: str, size: int = 14, weight: int = 400) -> QLabel:
    """Words in a colour of the theme."""
    made = QLabel(text)
    made.setFont(theme.font(size, weight))
    made.setWordWrap(True)
    palette = made.palette()
    palette.setColor(QPalette.ColorRole.WindowText, getattr(theme.theme(), colour))
    made.setPalette(palette)
    return made


class Banner(QWidget):
    """Who this dialog is about: name, birth date and age, gender, hospital number; never left out."""

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self._unsaid: tuple[str, ...] = ()
        self.setFixedHeight(theme.px(60))
        self._name_it()

    def show_person(self, person: Person, unsaid: tuple[str, ...] = ()) -> None:
        """Show another person; ``unsaid`` names what was not said yet: ``"born"``, ``"sex"``."""
        self.person, self._unsaid = person, unsaid
        self._name_it()
        self.update()

    def _said(self) -> tuple[tuple[str, str], ...]:
        person = self.person
        return ((self.tr("Hospital No."), person.hospital_number),
                (self.tr("Gender"), "–" if "sex" in self._unsaid else words.sex_word(person.sex)),
                (self.tr("Born"), "–" if "born" in self._unsaid else words.born_text(person)))

    def _name_it(self) -> None:
        person = self.person
        self.setAccessibleName(", ".join([f"{family_text(person)} {person.first_name}".strip(),
                                          words.born_text(person), words.sex_word(person.sex),
                                          person.hospital_number]))

    def visible_texts(self) -> list[str]:
        """What the banner says."""
        person = self.person
        return [family_text(person), person.first_name, words.born_text(person), words.sex_word(person.sex),
                person.hospital_number]

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, colours.states["occupied"].fill)
        painter.fillRect(QRectF(0, 0, 8, rect.height()), colours.states["occupied"].accent)
        painter.fillRect(QRectF(0, rect.bottom() - 2, rect.width(), 2), colours.states["occupied"].accent)
        right = rect.width() - 24
        for caption, value in self._said():
            font = theme.font(14, 600, identifier=caption == self.tr("Hospital No."))
            width = max(text_width(value, font), text_width(caption, theme.font(12)))
            painter.setFont(theme.font(12))
            painter.setPen(colours.ink2)
            painter.drawText(QRectF(right - width, 8, width + 2, rect.height() / 2 - 8), 0, caption)
            painter.setFont(font)
            painter.setPen(colours.ink)
            painter.drawText(QRectF(right - width, rect.height() / 2 - 3, width + 2, rect.height() / 2), 0, value)
            right -= width + 26
        self._name(painter, QRectF(24, 0, right - 24, rect.height() - 2))

    def _name(self, painter: QPainter, rect: QRectF) -> None:
        """The name in 18 px, smaller or on two lines where it is long, never cut."""
        family, given = family_text(self.person), self.person.first_name
        painter.setPen(theme.theme().ink)
        for size in (18, 16, 14):
            wide = text_width(family + " ", theme.font(size, 700)) + text_width(given, theme.font(size))
            if wide <= rect.width():
                painter.setFont(theme.font(size, 700))
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, family)
                painter.setFont(theme.font(size))
                painter.drawText(rect.adjusted(text_width(family + " ", theme.font(size, 700)), 0, 0, 0),
                                 Qt.AlignmentFlag.AlignVCenter, given)
                return
        painter.setFont(theme.font(13, 700))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
                         | Qt.TextFlag.TextWrapAnywhere, f"{family} {given}".strip())


class Choices(QWidget):
    """A few choices as frames in a grid; exactly one, or none yet."""

    chosen = Signal(str)

    def __init__(self, items: list[tuple[str, str]], columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Choice] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._columns = columns
        self._fill(items)

    def _fill(self, items: list[tuple[str, str]]) -> None:
        self.buttons = {value: Choice(text, self) for value, text in items}
        columns = self._columns
        if columns == 4 and not _fits(list(self.buttons.values()), 4):
            columns = 2  # rather two rows than broken words
        for n, (value, choice) in enumerate(self.buttons.items()):
            self._group.addButton(choice)
            self._grid.addWidget(choice, n // columns, n % columns)
            choice.toggled.connect(lambda on, value=value: self.chosen.emit(value) if on else None)

    def replace(self, items: list[tuple[str, str]]) -> None:
        """Show other choices. What is chosen stays so, without a word, as long as it is among them."""
        chosen, focused = self.value, any(button.hasFocus() for button in self.buttons.values())
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._fill(items)
        self.blockSignals(True)
        self.choose(chosen)
        self.blockSignals(False)
        for button in self.buttons.values():
            button.show()
        if focused:
            self.setFocus()

    @property
    def value(self) -> str:
        """What is chosen; empty for nothing."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The choice made, or the first, has the focus."""
        buttons = list(self.buttons.values())
        next((one for one in buttons if one.isChecked()), buttons[0]).setFocus(event.reason())

    def choose(self, value: str) -> None:
        """Choose by program."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)


class HappenedAt(QWidget):
    """When it happened: now, unless changed; back 24 h for staff, 7 days for an administrator.

    While it is entered what happened without connection, it begins with that time instead.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._zone = session.zone
        self._opened = session.now().astimezone(self._zone).replace(second=0, microsecond=0)
        self.edit = TimeEdit(self)
        self.edit.setDisplayFormat("dd-MMM-yyyy HH:mm")
        caught_up = session.catch_up.at
        self.edit.setDateTime(wall_time(caught_up.astimezone(self._zone) if caught_up else self._opened))
        self.edit.setFixedHeight(theme.target(40))
        self.edit.setMinimumWidth(theme.px(200))
        self.edit.setAccessibleName(self.tr("Happened at"))
        self._note = coloured(self.tr("now"), "ink2")
        layout.addWidget(self.edit)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self.edit.dateTimeChanged.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self._note.setText(self.tr("now") if self.value is None else "")

    @property
    def value(self) -> datetime | None:
        """The instant in UTC; None for now."""
        typed = self.edit.dateTime().toPython()
        assert isinstance(typed, datetime)
        typed = typed.replace(second=0, microsecond=0)
        if typed == self._opened.replace(tzinfo=None):
            return None
        return typed.replace(tzinfo=self._zone).astimezone(UTC)


class Dialog(QWidget):
    """The base of every dialog. Subclasses add rows in their constructor and send a request in :meth:`submit`."""

    finished = Signal(bool)
    writes = True
    """Whether its primary button changes something; False for what only shows."""

    def __init__(self, session: Session, parent: QWidget, title: str, primary: str, *, person: Person | None = None,
                 draft: str = "", final: bool = False, width: int = WIDTH) -> None:
        super().__init__(parent)
        self.session = session
        self._draft_key = f"{draft}:{session.actor.user_id}" if draft and session.actor else ""
        self._final = final
        self._width = width
        self._fields: dict[str, QWidget] = {}
        self._kept: dict[str, QWidget] = {}
        self._giving_way: tuple[QWidget, int, int] | None = None
        self._errors: dict[str, QLabel] = {}
        self._busy = False
        self._asking = False
        self._closed = False
        self._focus_before = parent.window().focusWidget()
        self.panel = _Panel(self)
        self._outer = QVBoxLayout(self.panel)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self.head = coloured(title, "ink", 18, 600)
        self.head.setWordWrap(False)
        self.close_button = Button("", "x", quiet=True)
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.setContentsMargins(24, 6, 10, 6)
        head.addWidget(self.head)
        head.addStretch(1)
        self.head_side = QHBoxLayout()
        head.addLayout(self.head_side)
        head.addSpacing(12)
        head.addWidget(self.close_button)
        self._outer.addLayout(head)
        self._head_line = _Line(self.panel)
        self._outer.addWidget(self._head_line)
        self.banner: Banner | None = None
        if person is not None:
            self.show_banner(person)
        self.meanwhile = Meanwhile(self)
        self._writers: list[Button] = []
        self._build_body()
        self._build_foot(primary)
        self.setAccessibleName(title)
        for signal in (session.connection_lost, session.connection_restored, session.rights_changed):
            signal.connect(self.allow)
        session.checking_changed.connect(self._on_checking)
        session.failed.connect(self._on_failed)
        session.connection_lost.connect(self._on_failed)
        parent.installEventFilter(self)

    def _build_body(self) -> None:
        self.summary = info_line("", "error")
        self.summary.hide()
        body = QWidget()
        body.setAutoFillBackground(True)
        self.rows = QGridLayout()
        self.rows.setColumnMinimumWidth(0, theme.px(LABEL))
        self.rows.setColumnStretch(1, 1)
        self.rows.setVerticalSpacing(10)
        layout = self._body_layout = QVBoxLayout(body)
        layout.setContentsMargins(24, 14, 24, 12)
        layout.addWidget(self.meanwhile.bar)
        layout.addWidget(self.summary)
        layout.addLayout(self.rows)
        layout.addStretch(1)
        palette = body.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.theme().raised)
        body.setPalette(palette)
        self.scroll_area = QScrollArea()
        self.scroll_area.setFrameShape(QScrollArea.Shape.NoFrame)
        use_slim_bars(self.scroll_area, thick=10, ground="raised")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(body)
        self._body = body
        self._outer.addWidget(self.scroll_area, 1)

    def _build_foot(self, primary: str) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(23, 11, 23, 11)
        foot.setSpacing(8)
        self.foot_note = coloured("", "ink2", 13)
        self.cancel_button = Button(self.tr("Cancel"), key="Esc")
        self.cancel_button.clicked.connect(self.reject)
        self.primary = Button(primary, key="" if self._final else "Enter", primary=True)
        self.primary.clicked.connect(self._on_primary)
        foot.addWidget(self.foot_note, 1)
        self.foot_side = QHBoxLayout()
        foot.addLayout(self.foot_side)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.primary)
        self._outer.addWidget(_Line(self.panel))
        self._outer.addLayout(foot)
        self.add_writer(self.primary)

    # building ------------------------------------------------------------------------------------------------

    def show_banner(self, person: Person, unsaid: tuple[str, ...] = ()) -> None:
        """Show whom the dialog is about; ``unsaid`` as in :meth:`Banner.show_person`."""
        if self.banner is None:
            self.banner = Banner(person, self.panel)
            self._outer.insertWidget(2, self.banner)
        self.banner.show_person(person, unsaid)
        self.banner.show()

    def add_row(self, name: str, caption: str, widget: QWidget, *, required: bool = False) -> None:
        """Add a field with its caption; ``name`` is the request's field, where errors are shown."""
        text = f"{caption} <span style='color:{theme.theme().focus.name()}'>*</span>" if required else caption
        words_of = coloured(text, "ink" if required else "ink2", 14, 600 if required else 400)
        words_of.setBuddy(widget)
        words_of.setFixedWidth(theme.px(LABEL))
        words_of.setContentsMargins(0, theme.px(9), 0, 0)
        words_of.setAlignment(Qt.AlignmentFlag.AlignTop)
        if not widget.accessibleName():
            widget.setAccessibleName(caption)
        error = _FieldError()
        error.hide()
        if isinstance(widget, Field):
            widget.textEdited.connect(lambda: self._forgive(name))
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(widget)
        box.addWidget(error)
        row = self.rows.rowCount()
        self.rows.addWidget(words_of, row, 0)
        self.rows.addLayout(box, row, 1)
        self._fields[name], self._errors[name] = widget, error
        self._captions: dict[str, QLabel]
        captions = getattr(self, "_captions", {})
        captions[name] = words_of
        self._captions = captions

    def keep(self, name: str, widget: QWidget) -> None:
        """Keep what is typed into a field that is only a part of a row, when the dialog is left by Esc."""
        self._kept[name] = widget

    def show_row(self, name: str, shown: bool) -> None:
        """Show or hide a field with its caption."""
        self._fields[name].setVisible(shown)
        self._captions[name].setVisible(shown)
        if not shown:
            self._errors[name].hide()

    def add_wide(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self.rows.addWidget(widget, self.rows.rowCount(), 0, 1, 2)

    def give_way(self, widget: QWidget, least: int, most: int) -> None:
        """Something with a scroll bar of its own is ``most`` px high, or less, down to ``least``, in a low window: so
        that what is around it needs no second bar."""
        self._giving_way = widget, least, most
        widget.setFixedHeight(most)

    def add_happened_at(self, caption: str | None = None) -> HappenedAt:
        """Add the time, always the last field."""
        at = HappenedAt(self.session)
        self.add_row("happened_at", caption or self.tr("Happened at"), at)
        return at

    def combo(self, items: list[tuple[str, Any]]) -> QComboBox:
        """A list to choose from: words with their values."""
        made = ComboBox()
        for text, value in items:
            made.addItem(text, value)
        made.setFixedHeight(theme.target(40))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return made

    def text_box(self, lines: int = 2, placeholder: str = "") -> QPlainTextEdit:
        """A box for a few lines; Tab leaves it."""
        made = TextBox(placeholder)
        made.setFixedHeight(theme.px(18 + 20 * lines))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return made

    def add_writer(self, button: Button) -> None:
        """A button that changes something: disabled with the reason while nothing can be changed."""
        self._writers.append(button)
        self.allow()

    # what others do meanwhile --------------------------------------------------------------------------------

    def subject(self) -> Subject | None:
        """What the dialog is about, where somebody else could change that. For subclasses."""
        return None

    def why_not(self, role: Role) -> str:
        """Why what the dialog is for can no longer be done, as the board is now; empty where it can."""
        subject = self.subject()
        return subject.why_not(self.session.model, role) if subject is not None else ""

    def can_keep(self) -> bool:
        """Whether it can still be done as it was typed. For subclasses."""
        return True

    def rebind(self, bed: Bed | None, waiting: Waiting | None, *, keep: bool) -> None:
        """Take the bed or the waiting patient as they are now. ``keep``: what was typed stays even where it shows
        what has changed. Subclasses that hold more than the person call this one too."""
        person = bed.occupant.person if bed is not None and bed.occupant else waiting.person if waiting else None
        if self.banner is not None and person is not None and self.banner.person.patient_id == person.patient_id:
            self.banner.show_person(person)

    def board_changed(self) -> None:
        """Something else on the board changed. For subclasses that show more of it."""

    def show_meanwhile(self) -> None:
        """Show the choice that is open; the keyboard stays where it is unless its button has gone."""
        bar = self.meanwhile.bar
        if self.primary.hasFocus():
            (bar.close_it if bar.new.isHidden() else bar.new).setFocus()
        self.allow()
        self._place()
        self.scroll_area.verticalScrollBar().setValue(0)

    def _hindrance(self) -> str:
        return self.meanwhile.reason or (self.session.read_only_reason() if self.writes else "")

    def allow(self, _why: object = None) -> None:
        """Enable the buttons that change something, or disable them with the reason."""
        reason = self._hindrance()
        for button in self._writers:
            if isValid(button):
                button.allow(not self._busy and not reason, reason)

    def _on_checking(self, checking: bool) -> None:
        """The answer to what was sent was lost: it is being asked again."""
        if self._busy and checking:
            self.foot_note.setText(self.tr("Checking whether it was saved"))

    # life ----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the dialog over the window, with what was typed last time if it was left by Esc."""
        parent = self.parentWidget()
        assert parent is not None
        self.resize(parent.size())
        self._restore()
        self.show()
        self.raise_()
        self._place()
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        first = self.first_focus()
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def first_focus(self) -> QWidget | None:
        """What has the focus when the dialog opens; the first field unless a subclass knows better."""
        return next((one for one in self._fields.values() if one.focusPolicy() != Qt.FocusPolicy.NoFocus
                     and not one.isHidden()), self.primary)

    def submit(self) -> None:
        """Send what was typed. For subclasses."""
        raise NotImplementedError

    def _on_primary(self) -> None:
        hindrance = self._hindrance()
        if hindrance and not self._busy:
            self.refuse(hindrance)
        elif not self._busy and self.primary.isEnabled():
            self.clear_errors()
            self.submit()

    def send(self, service: Callable[..., Any], request: Any) -> None:
        """Carry out a request; close when it is done, say why where it is refused. Twice pressed is sent once."""
        if self._busy:
            return
        self._busy = True
        self.allow()
        self.session.perform(service, request, self._on_done, self._on_refused)

    def ask(self, job: Callable[[Any, Any], Any], on_done: Callable[[Any], None]) -> None:
        """Carry out something that is no bed action; ``on_done`` gets its result. Twice pressed is sent once."""
        if self._busy:
            return
        self._busy = self._asking = True
        self.allow()

        def done(result: Any) -> None:
            self._busy = self._asking = False
            self.allow()
            on_done(result)

        self.session.ask(job, done, self._on_refused)

    def finish(self) -> None:
        """Close as done."""
        _DRAFTS.pop(self._draft_key, None)
        self._close(accepted=True)

    def _on_done(self, _done: object) -> None:
        self._busy = False
        _DRAFTS.pop(self._draft_key, None)
        self._close(accepted=True)

    def _on_failed(self, text: str) -> None:
        """What was asked for has no answer, or what was sent met a fault: it can be tried again. A lost connection is
        no answer to what was sent: that is refused, or being checked."""
        if not self._busy or (not self._asking and (self.session.checking or not self.session.online)):
            return
        self._busy = self._asking = False
        self.allow()
        self.refuse(text)
        self.meanwhile.offer_again()

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = self._asking = False
        self.allow()
        text = words.refusal_text(refusal)
        if refusal.code is Code.STALE:
            self.meanwhile.refused_as_stale(text)
        self.refuse(text, refusal.field)

    def refuse(self, text: str, field: str | None = None) -> None:
        """Show an error on top and at its field; nothing typed is lost."""
        self.summary.setText(text)
        self.summary.show()
        if field in self._errors and field is not None:
            self._errors[field].setText(text)
            self._errors[field].show()
            widget = self._fields[field]
            if isinstance(widget, Field):
                widget.set_wrong(True)
            widget.setFocus()
        self._place()

    def _forgive(self, name: str) -> None:
        """Who corrects a field need not go on reading what was wrong with it."""
        if not self._errors[name].isHidden():
            self.clear_errors()

    def clear_errors(self) -> None:
        """Take the errors of the last try away."""
        self.summary.hide()
        for error in self._errors.values():
            error.hide()
        for widget in self._fields.values():
            if isinstance(widget, Field):
                widget.set_wrong(False)

    def reject(self) -> None:
        """Close without doing anything; what was typed is kept as a draft."""
        if self._draft_key:
            _DRAFTS[self._draft_key] = self.typed()
        self._close(accepted=False)

    def typed(self) -> dict[str, Any]:
        """What was typed, by field."""
        found: dict[str, Any] = {}
        for name, widget in {**self._fields, **self._kept}.items():
            if isinstance(widget, Field):
                found[name] = widget.text()
            elif isinstance(widget, QPlainTextEdit):
                found[name] = widget.toPlainText()
            elif isinstance(widget, Choices):
                found[name] = widget.value
            elif isinstance(widget, QComboBox):
                found[name] = widget.currentIndex()
        return found

    def _restore(self) -> None:
        for name, value in _DRAFTS.get(self._draft_key, {}).items():
            widget = self._kept.get(name) or self._fields.get(name)
            if isinstance(widget, Field):
                widget.setText(value)
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(value)
            elif isinstance(widget, Choices):
                widget.choose(value)
            elif isinstance(widget, QComboBox):
                widget.setCurrentIndex(value)

    def _close(self, *, accepted: bool) -> None:
        if self._closed:  # Esc came while the answer was on its way
            return
        self._closed = True
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        self.hide()
        if self._focus_before is not None and isValid(self._focus_before):  # the strip makes its buttons anew
            self._focus_before.setFocus()
        self.finished.emit(accepted)
        self.deleteLater()

    def _place(self) -> None:
        """Centre the panel; as high as its content, as far as the window allows."""
        width = min(theme.px(self._width), self.width() - 32)
        self.panel.setFixedWidth(width)
        most = min(self.height() - 24, max(theme.px(MAX_HEIGHT), 240))
        if self._giving_way is not None:
            widget, least, full = self._giving_way
            widget.setFixedHeight(full)
            widget.setFixedHeight(max(least, full - max(0, self._wanted(width) - most)))
        height = min(max(self._wanted(width), 240), most)
        self.panel.setFixedHeight(height)
        self.panel.move((self.width() - width) // 2, max(12, (self.height() - height) // 2))

    def _wanted(self, width: int) -> int:
        """How high the panel would be with all its content."""
        rows = self._body_layout
        if self._giving_way is not None:
            rows.activate()  # else it still counts with the height before
        wanted = rows.heightForWidth(width) if rows.hasHeightForWidth() else rows.sizeHint().height()
        return wanted + theme.px(136) + (theme.px(60) if self.banner is not None else 0)

    # Qt ------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        parent = self.parentWidget()
        if event.type() is QEvent.Type.Resize and parent is not None and watched is parent:
            self.resize(parent.size())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._final:
            self._on_primary()
        else:
            event.accept()  # the board behind must not take a letter for a verb

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.theme().scrim)

    def mousePressEvent(self, event: object) -> None:
        """The scrim takes clicks: nothing behind a dialog can be pressed."""


class _Panel(QWidget):
    """The dialog's ground; keeps the Tab key inside."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.theme().line2, 1))
        painter.setBrush(theme.theme().raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)

    def focusNextPrevChild(self, forward: bool) -> bool:
        widgets = [one for one in self.findChildren(QWidget)
                   if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
                   and not isinstance(one, Choices | QScrollArea) and one.focusProxy() is None
                   and (not isinstance(one, Choice) or one.isChecked() or not _any_chosen(one))]
        current = self.window().focusWidget()
        if not widgets:
            return False
        order = _tab_order(widgets)
        at = order.index(current) if current in order else -1
        step = 1 if forward else -1
        order[(at + step) % len(order)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True


def _any_chosen(choice: Choice) -> bool:
    """Whether one of its group is chosen: then Tab stops at that one only, arrows go on from there."""
    group = choice.group()
    return group is not None and group.checkedButton() is not None


def _tab_order(widgets: list[QWidget]) -> list[QWidget]:
    """Reading order on the screen: downwards, then to the right."""
    return sorted(widgets, key=lambda one: (one.mapToGlobal(one.rect().topLeft()).y() // 24,
                                            one.mapToGlobal(one.rect().topLeft()).x()))


def _fits(widgets: Sequence[QWidget], columns: int) -> bool:
    """Whether widgets fit beside each other into a dialog's field column, in so many columns."""
    taken = sum(max(one.sizeHint().width() for one in widgets[first::columns]) + 8
                for first in range(min(columns, len(widgets))))
    return taken - 8 <= theme.px(WIDTH - LABEL - 60)


def box_grid(boxes: list[Check], columns: int = 3) -> QWidget:
    """Boxes to tick, in so many columns, or in fewer where words are long."""
    columns = next((n for n in range(columns, 1, -1) if _fits(boxes, n)), 1)
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(0)
    for n, box in enumerate(boxes):
        grid.addWidget(box, n // columns, n % columns)
    return made


def info_line(text: str, kind: str = "info") -> InfoLine:
    """A line of information, a warning or an error on a soft ground."""
    return InfoLine(text, kind)


class _Line(QWidget):
    """A hairline across the dialog."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.theme().line1)


class _FieldError(QLabel):
    """What is wrong with a field, below it, with an icon: red is never alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setFont(theme.font(13, 600))
        self.setContentsMargins(22, 0, 0, 0)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.theme().error)
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, "triangle-alert", QRectF(1, theme.px(9) - 7.5, 15, 15), theme.theme().error)
        painter.end()
        super().paintEvent(event)


class InfoLine(QLabel):
    """Words on a soft ground; ``kind`` is info, warning or error."""

    _ICONS = types.MappingProxyType({"info": "info", "warning": "triangle-alert", "error": "triangle-alert"})

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self._kind = kind
        self.setWordWrap(True)
        self.setFont(theme.font(14, 600 if kind == "error" else 400))
        self.setContentsMargins(44, 10, 12, 10)
        if kind == "error":
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.WindowText, theme.theme().error)
            self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = {"warning": colours.warning_frame, "error": colours.error}.get(self._kind)
        painter.setPen(QPen(frame, 1) if frame is not None else Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, f"{self._kind}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icons.draw(painter, self._ICONS[self._kind], QRectF(14, self.height() / 2 - 9, 18, 18),
                   getattr(colours, self._kind))
        painter.end()
        super().paintEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())


def wall_time(local: datetime) -> QDateTime:
    """A hospital time as Qt's editor shows it."""
    return QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)


def round_up(moment: datetime, minutes: int = 15) -> datetime:
    """The next quarter of an hour."""
    rest = timedelta(minutes=moment.minute % minutes, seconds=moment.second, microseconds=moment.microsecond)
    return moment - rest + timedelta(minutes=minutes) if rest else moment
