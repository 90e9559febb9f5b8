"""What all dialogs share: scrim, head, patient banner, one column of fields, errors on top and at the field, foot.

A dialog is a child of the window, not a window of its own: it opens at once, cannot get lost behind others, and the
board behind it stays where it is. Esc closes and keeps what was typed as a draft.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.domain.errors import Code, Refusal
from wardbeds.domain.people import Person, Role
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.banner import Banner
from wardbeds.gui.dialogs.bars import FootBar, HeadBar
from wardbeds.gui.dialogs.body import Body
from wardbeds.gui.dialogs.fields import Entry, Fields
from wardbeds.gui.dialogs.happened_at import HappenedAt
from wardbeds.gui.dialogs.lines import Line
from wardbeds.gui.dialogs.meanwhile import Meanwhile, Subject
from wardbeds.gui.dialogs.measures import MAX_HEIGHT, WIDTH
from wardbeds.gui.dialogs.panel import Panel
from wardbeds.gui.dialogs.sending import Sending
from wardbeds.gui.enter import button_in_focus, is_enter
from wardbeds.gui.inputs import ComboBox, TextBox
from wardbeds.gui.session import Session


class Dialog(QWidget):
    """The base of every dialog. Subclasses add rows in their constructor and send a request in :meth:`submit`."""

    finished = Signal(bool)
    writes = True
    """Whether its primary button changes something; False for what only shows."""
    most_height = MAX_HEIGHT  # what asks for more may be higher

    def __init__(self, session: Session, parent: QWidget, title: str, primary: str, *, person: Person | None = None,
                 draft: str = "", final: bool = False, width: int = WIDTH) -> None:
        super().__init__(parent)
        self.session = session
        self.draft_key = f"{draft}:{session.actor.user_id}" if draft and session.actor else ""
        """Under what is kept that was typed, when it is left by Esc; empty: it is not kept."""
        self._final = final
        self._width = width
        self._closed = False
        self._focus_before = parent.window().focusWidget()
        self._writers: list[Button] = []
        self._resting: QWidget | None = None
        self.panel = Panel(self)
        self.banner: Banner | None = None
        self.meanwhile = Meanwhile(self)
        self.sending = Sending(session, self)
        self._build(title, primary, person)
        self.setAccessibleName(title)
        for signal in (session.connection_lost, session.connection_restored, session.rights_changed):
            signal.connect(self.allow)
        session.checking_changed.connect(self._on_checking)
        self.sending.changed.connect(self._on_sending)
        self.sending.refused.connect(self._on_refused)
        self.sending.failed.connect(self._on_failed)
        parent.installEventFilter(self)

    def _build(self, title: str, primary: str, person: Person | None) -> None:
        head, foot = HeadBar(title), FootBar(primary, "" if self._final else "Enter")
        self.head, self.head_side, self.close_button = head.title, head.side, head.close_button
        self._foot, self.foot_note, self.foot_side = foot, foot.note, foot.side
        self.cancel_button, self.primary = foot.cancel_button, foot.primary
        self.scroll_area = Body(self.meanwhile.bar)
        self.summary = self.scroll_area.summary
        self.fields = Fields(self.scroll_area.rows, self)
        self.fields.forgiven.connect(self._on_forgiven)
        self._outer = QVBoxLayout(self.panel)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self._outer.addWidget(head)
        self._outer.addWidget(Line(self.panel))
        if person is not None:
            self.show_banner(person)
        self._outer.addWidget(self.scroll_area, 1)
        self._outer.addWidget(Line(self.panel))
        self._outer.addWidget(foot)
        self.close_button.clicked.connect(self.reject)
        self.cancel_button.clicked.connect(self.reject)
        self.primary.clicked.connect(self._on_primary)
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
        self.fields.add(Entry(name, caption, widget, required))

    def show_row(self, name: str, shown: bool) -> None:
        """Show or hide a field with its caption."""
        self.fields.show(name, shown)

    def add_wide(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self.fields.add_wide(widget)

    def give_way(self, widget: QWidget, least: int, most: int) -> None:
        """What becomes lower in a low window; see :meth:`Body.give_way`."""
        self.scroll_area.give_way(widget, least, most)

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
        self.place()
        self.scroll_area.verticalScrollBar().setValue(0)

    def _hindrance(self) -> str:
        return self.meanwhile.reason or (self.session.read_only_reason() if self.writes else "")

    def allow(self, _why: object = None) -> None:
        """Enable the buttons that change something, or disable them with the reason."""
        reason = self._hindrance()
        allowed = not self.sending.busy and not reason
        focus = self.window().focusWidget()
        if not allowed and focus in self._writers:  # Qt would go on to a button, which Enter would press then
            self._resting = focus
            self.panel.setFocus()
        for button in self._writers:
            if isValid(button):
                button.allow(allowed, reason)
        if allowed and self._resting is not None:
            if focus is self.panel and isValid(self._resting):
                self._resting.setFocus()
            self._resting = None

    def _on_checking(self, checking: bool) -> None:
        """The answer to what was sent was lost: it is being asked again."""
        if self.sending.busy and checking:
            self._foot.say_meanwhile(self.tr("Checking whether it was saved"))

    def _on_sending(self) -> None:
        if not self.sending.busy:  # what others have sent may still be in doubt
            self._foot.take_back()
        self.allow()

    # life ----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the dialog over the window, with what was typed last time if it was left by Esc."""
        parent = self.parentWidget()
        assert parent is not None
        self.resize(parent.size())
        self._restore()
        self.show()
        self.raise_()
        self.place()
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        first = self.first_focus()
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def first_focus(self) -> QWidget | None:
        """What has the focus when the dialog opens; the first field unless a subclass knows better."""
        return next((one for one in self.fields.widgets.values() if one.focusPolicy() != Qt.FocusPolicy.NoFocus
                     and not one.isHidden()), self.primary)

    def submit(self) -> None:
        """Send what was typed. For subclasses."""
        raise NotImplementedError

    def _on_primary(self) -> None:
        hindrance = self._hindrance()
        if hindrance and not self.sending.busy:
            self.refuse(hindrance)
        elif not self.sending.busy and self.primary.isEnabled():
            self.clear_errors()
            self.submit()

    def _on_enter(self) -> None:
        """The button that the keyboard is on; else the primary one, unless what it does is final."""
        button = button_in_focus(self)
        if button is not None and button is not self.primary:
            button.click()
        elif not self._final:
            self._on_primary()

    def send(self, service: Callable[..., Any], request: Any, then: Callable[[Any], None] | None = None) -> None:
        """Carry out a request, then close (or go on with ``then``); say why where it is refused."""
        self.sending.send(service, request, then or self._on_done)

    def ask(self, job: Callable[[Any, Any], Any], on_done: Callable[[Any], None]) -> None:
        """Carry out something that is no bed action; ``on_done`` gets its result."""
        self.sending.ask(job, on_done)

    def finish(self) -> None:
        """Close as done."""
        self.session.drafts.pop(self.draft_key, None)
        self._close(accepted=True)

    def _on_done(self, _done: object) -> None:
        self.finish()

    def _on_failed(self, text: str) -> None:
        """What this dialog sent or asked for has no answer, or met a fault: it can be tried again."""
        self.refuse(text)
        self.meanwhile.offer_again()

    def _on_refused(self, refusal: Refusal) -> None:
        text = words.refusal_text(refusal)
        if refusal.code is Code.STALE:
            self.meanwhile.refused_as_stale(text)
        self.refuse(text, refusal.field)

    # what is wrong -------------------------------------------------------------------------------------------

    def refuse(self, text: str, field: str | None = None) -> None:
        """Show an error on top and at its field; nothing typed is lost."""
        self.summary.setText(text)
        self.summary.show()
        if field is not None and field in self.fields.widgets:
            self.fields.show_error(field, text)
            self.fields.widgets[field].setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.place()
        if field is not None and field in self.fields.widgets:
            QTimer.singleShot(0, self, lambda: self._bring_into_sight(field))

    def _bring_into_sight(self, field: str) -> None:
        """When everything is laid out: the field at fault, with what is said below it."""
        self.scroll_area.ensureWidgetVisible(self.fields.widgets[field], 0, theme.px(36))

    def refuse_all(self, faults: dict[str, str]) -> None:
        """Show several errors, each at its field; the summary names the fields, the first on the screen gets the
        keyboard. ``faults`` is not empty."""
        names = [name for name in self.fields.widgets if name in faults]  # rows are added from top to bottom
        for name in names:
            self.fields.show_error(name, faults[name])
        self.refuse(self.fields.summary_of(names))
        self.fields.widgets[names[0]].setFocus()
        self.scroll_area.ensureWidgetVisible(self.summary)
        if len(names) == 1:
            QTimer.singleShot(0, self, lambda: self._bring_into_sight(names[0]))

    def _on_forgiven(self) -> None:
        """The summary names what is still wrong."""
        left = self.fields.wrong()
        self.summary.setText(self.fields.summary_of(left))
        self.summary.setVisible(bool(left))

    def clear_errors(self) -> None:
        """Take the errors of the last try away."""
        self.summary.hide()
        self.fields.clear_errors()

    def show_help(self) -> None:
        """F1: what can be done here, over the dialog, or away with that; what was typed stays as it is."""
        from wardbeds.gui.dialogs.dialog_help import toggle_help  # which needs this module

        toggle_help(self)

    # leaving -------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close without doing anything; what was typed is kept as a draft."""
        if self.draft_key:
            self.session.drafts[self.draft_key] = self.typed()
        self._close(accepted=False)

    def typed(self) -> dict[str, Any]:
        """What was typed, by field."""
        return self.fields.typed()

    def draft(self) -> dict[str, Any]:
        """What was typed the last time the dialog was left by Esc; empty for nothing."""
        return self.session.drafts.get(self.draft_key, {})

    def _restore(self) -> None:
        self.fields.restore(self.draft())

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

    def place(self) -> None:
        """Centre the panel; as high as its content, as far as the window allows."""
        width = min(theme.px(self._width), self.width() - 32)
        self.panel.setFixedWidth(width)
        most = min(self.height() - 24, max(theme.px(self.most_height), 240))
        around = theme.px(136) + (theme.px(60) if self.banner is not None else 0)
        self.scroll_area.yield_room(width, most - around)
        height = min(max(self.scroll_area.wanted(width) + around, 240), most)
        self.panel.setFixedHeight(height)
        self.panel.move((self.width() - width) // 2, max(12, (self.height() - height) // 2))

    # Qt ------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        parent = self.parentWidget()
        if event.type() is QEvent.Type.Resize and parent is not None and watched is parent:
            self.resize(parent.size())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            return
        if event.key() == Qt.Key.Key_F1:
            self.show_help()
        event.accept()  # the board behind must not take a letter for a verb
        if is_enter(event) and not event.isAutoRepeat():  # a key held down must not answer what it has just asked
            self._on_enter()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.theme().scrim)

    def mousePressEvent(self, event: object) -> None:
        """The scrim takes clicks: nothing behind a dialog can be pressed."""
