"""What all dialogs share: scrim, head, patient banner, one column of fields, errors on top and at the field, foot.

A dialog is a child of the window, not a window of its own: it opens at once, cannot get lost behind others, and the
board behind it stays where it is. Esc closes and keeps what was typed as a draft.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
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
from wardbeds.domain.people import Person, Role
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button, ComboBox, Field, TextBox
from wardbeds.gui.dialogs import drafts
from wardbeds.gui.dialogs.banner import Banner
from wardbeds.gui.dialogs.correcting import focusable, when_corrected
from wardbeds.gui.dialogs.happened_at import HappenedAt
from wardbeds.gui.dialogs.lines import FieldError, Line, info_line
from wardbeds.gui.dialogs.meanwhile import Meanwhile, Subject
from wardbeds.gui.dialogs.measures import LABEL, MAX_HEIGHT, WIDTH
from wardbeds.gui.dialogs.panel import Panel
from wardbeds.gui.labels import label
from wardbeds.gui.scroll_bar import use_slim_bars
from wardbeds.gui.session import Session


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
        self._names: dict[str, str] = {}
        self._kept: dict[str, QWidget] = {}
        self._at_first: dict[str, Any] = {}
        self._giving_way: tuple[QWidget, int, int] | None = None
        self._errors: dict[str, QLabel] = {}
        self._busy = False
        self._asking = False
        self._closed = False
        self._focus_before = parent.window().focusWidget()
        self.panel = Panel(self)
        self._outer = QVBoxLayout(self.panel)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self.head = label(title, 18, 600)
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
        self._head_line = Line(self.panel)
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
        self.foot_note = label("", 13, colour="ink2")
        self.cancel_button = Button(self.tr("Cancel"), key="Esc")
        self.cancel_button.clicked.connect(self.reject)
        self.primary = Button(primary, key="" if self._final else "Enter", primary=True)
        self.primary.clicked.connect(self._on_primary)
        foot.addWidget(self.foot_note, 1)
        self.foot_side = QHBoxLayout()
        foot.addLayout(self.foot_side)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.primary)
        self._outer.addWidget(Line(self.panel))
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
        words_of = label(_marked(caption), weight=600) if required else label(caption, colour="ink2")
        words_of.setBuddy(widget)
        words_of.setFixedWidth(theme.px(LABEL))
        words_of.setContentsMargins(0, theme.px(9), 0, 0)
        words_of.setAlignment(Qt.AlignmentFlag.AlignTop)
        if not widget.accessibleName():
            widget.setAccessibleName(caption)
        error = FieldError()
        error.hide()
        when_corrected(widget, lambda: self._forgive(name))
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(widget)
        box.addWidget(error)
        row = self.rows.rowCount()
        self.rows.addWidget(words_of, row, 0)
        self.rows.addLayout(box, row, 1)
        self._fields[name], self._errors[name], self._names[name] = widget, error, caption
        self._captions: dict[str, QLabel]
        captions = getattr(self, "_captions", {})
        captions[name] = words_of
        self._captions = captions

    def rename_row(self, name: str, caption: str) -> None:
        """Call a required field by another word, on the screen and for a screen reader."""
        self._captions[name].setText(_marked(caption))
        self._names[name] = caption
        self._fields[name].setAccessibleName(caption)

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

    def add_happened_at(self, caption: str | None = None, *, required: bool = False) -> HappenedAt:
        """Add the time, always the last field."""
        at = HappenedAt(self.session)
        self.add_row("happened_at", caption or self.tr("Happened at"), at, required=required)
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
        self.session.drafts.pop(self._draft_key, None)
        self._close(accepted=True)

    def _on_done(self, _done: object) -> None:
        self._busy = False
        self.session.drafts.pop(self._draft_key, None)
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
        if field is not None and field in self._errors:
            self._show_error(field, text)
            self._fields[field].setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._place()

    def refuse_all(self, faults: dict[str, str]) -> None:
        """Show several errors, each at its field; the summary names the fields, the first on the screen gets the
        keyboard. ``faults`` is not empty."""
        names = [name for name in self._fields if name in faults]  # rows are added from top to bottom
        for name in names:
            self._show_error(name, faults[name])
        self.refuse(self._summary_of(names), None)
        self._fields[names[0]].setFocus()
        self.scroll_area.ensureWidgetVisible(self.summary)

    def _summary_of(self, names: list[str]) -> str:
        """The error itself, or which fields have one."""
        if len(names) == 1:
            return self._errors[names[0]].text()
        fields = ", ".join(self._names[name] for name in names)
        return self.tr("{count} fields are to be filled in or corrected: {fields}.").format(
            count=len(names), fields=fields)

    def _show_error(self, name: str, text: str) -> None:
        """What is wrong with a field, below it and for a screen reader; empty where nothing is."""
        self._errors[name].setText(text)
        self._errors[name].setVisible(bool(text))
        widget = self._fields[name]
        if isinstance(widget, Field):
            widget.set_wrong(bool(text))
        for one in focusable(widget):
            one.setAccessibleDescription(text)

    def _forgive(self, name: str) -> None:
        """Who corrects a field need not go on reading what was wrong with it."""
        if not self._errors[name].text():
            return
        self._show_error(name, "")
        left = [one for one in self._fields if self._errors[one].text()]
        self.summary.setText(self._summary_of(left) if left else "")
        self.summary.setVisible(bool(left))

    def clear_errors(self) -> None:
        """Take the errors of the last try away."""
        self.summary.hide()
        for name in self._errors:
            self._show_error(name, "")

    def reject(self) -> None:
        """Close without doing anything; what was typed is kept as a draft."""
        if self._draft_key:
            self.session.drafts[self._draft_key] = self.typed()
        self._close(accepted=False)

    def typed(self) -> dict[str, Any]:
        """What was typed, by field; not what stood there already, which may be another value next time."""
        return {name: value for name, value in self._held().items()
                if name not in self._at_first or value != self._at_first[name]}

    def _held(self) -> dict[str, Any]:
        widgets = {**self._fields, **self._kept}
        return {name: drafts.value_of(one) for name, one in widgets.items() if drafts.can_be_kept(one)}

    def draft(self) -> dict[str, Any]:
        """What was typed the last time the dialog was left by Esc; empty for nothing."""
        return self.session.drafts.get(self._draft_key, {})

    def _restore(self) -> None:
        self._at_first = self._held()
        for name, value in self.draft().items():
            widget = self._kept.get(name) or self._fields.get(name)
            if widget is not None and drafts.can_be_kept(widget):
                drafts.put_back(widget, value)

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


def _marked(caption: str) -> str:
    """A caption with the mark of what has to be filled in."""
    return f"{caption} <span style='color:{theme.theme().focus.name()}'>*</span>"
