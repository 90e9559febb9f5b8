"""The page before the board: sign in, or set a first password with a code."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wardbeds.domain.errors import Refusal
from wardbeds.gui import icons, theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.enter import button_in_focus, is_enter
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import caption_of, label
from wardbeds.gui.notices import Notice
from wardbeds.gui.session import Session
from wardbeds.gui.wall_clock import WallClock


class Form(QWidget):
    """Fields under each other, an error above the button that sends them."""

    def __init__(self, title: str, fields: list[tuple[str, str, bool]], button: str, hint: str = "") -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(title, 24, 700))
        if hint:
            layout.addWidget(label(hint, 14, 400, "ink2"))
        layout.addSpacing(8)
        self.fields: dict[str, Field] = {}
        for name, caption, secret in fields:
            field = Field()
            if secret:
                field.setEchoMode(QLineEdit.EchoMode.Password)
            layout.addWidget(caption_of(field, caption, 14, "ink"))
            layout.addWidget(field)
            layout.addSpacing(4)
            self.fields[name] = field
        self.error = label("", 14, 600, "error")
        self.error.hide()
        layout.addWidget(self.error)
        self.button = Button(button, key="Enter", primary=True)
        layout.addWidget(self.button)
        layout.addStretch(1)

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.fields[name].text()

    def refuse(self, text: str, field: str | None = None) -> None:
        """Show why not; what was typed stays."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        for name, one in self.fields.items():
            one.set_wrong(name == field)
        self.button.setEnabled(True)
        if field in self.fields:
            self.fields[str(field)].setFocus()


class FormStack(QWidget):
    """One form at a time, taking no more room than it needs."""

    def __init__(self, *forms: Form) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._forms = forms
        for form in forms:
            self._layout.addWidget(form)
        self.setCurrentWidget(forms[0])

    def currentWidget(self) -> Form:
        """The form that is shown."""
        return self._current

    def setCurrentWidget(self, form: Form) -> None:
        """Show a form and no other."""
        self._current = form
        for one in self._forms:
            one.setVisible(one is form)


class SignInPage(QWidget):
    """Asks who stands here. Shows no patient's name."""

    def __init__(self, session: Session, demo_accounts: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._session = session
        self.form = self._sign_in_form()
        self.code_form = self._code_form()
        self._forms = FormStack(self.form, self.code_form)
        self._forms.setFixedWidth(theme.px(420))
        self._forms.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.note = Notice(self)
        self.note.setFixedWidth(theme.px(420))
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.note)
        column.addWidget(self._forms)
        self.switch = Button(self.tr("I have a code for a new account"))
        self.switch.clicked.connect(self._on_switch)
        column.addSpacing(8)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignHCenter)
        self.connection = Button(self.tr("Connection…"), "server", quiet=True)
        self.connection.setVisible(not demo_accounts)
        self.connection.clicked.connect(self._on_connection)
        column.addSpacing(8)
        column.addWidget(self.connection, 0, Qt.AlignmentFlag.AlignHCenter)
        self.accounts = [self._account(*one) for one in demo_accounts]
        if self.accounts:
            column.addSpacing(16)
            column.addWidget(label(self.tr("Demo accounts (click one):"), 13, 600, "ink2"))
            grid = QGridLayout()
            for n, button in enumerate(self.accounts):
                grid.addWidget(button, n // 4, n % 4)
            column.addLayout(grid)
        column.addStretch(2)
        self.clock = WallClock(self)
        layout = QHBoxLayout(self)
        layout.addSpacing(theme.px(420))
        layout.addStretch(1)
        layout.addLayout(column)
        layout.addStretch(1)
        session.connection_lost.connect(self._on_trouble)
        session.failed.connect(self._on_trouble)

    def _account(self, username: str, password: str, text: str) -> Button:
        button = Button(text)

        def chosen() -> None:
            self.form.fields["username"].setText(username)
            self.form.fields["password"].setText(password)
            self._send()

        button.clicked.connect(chosen)
        return button

    def _sign_in_form(self) -> Form:
        form = Form(self.tr("Sign in"), [("username", self.tr("User name"), False),
                                         ("password", self.tr("Password"), True)], self.tr("Sign in"))
        form.button.clicked.connect(self._send)
        return form

    def _code_form(self) -> Form:
        form = Form(self.tr("Set your password"), [
            ("username", self.tr("User name"), False), ("code", self.tr("Code from the administrator"), False),
            ("password", self.tr("New password"), True), ("again", self.tr("The password again"), True)],
            self.tr("Set the password"))
        form.button.clicked.connect(self._set_password)
        return form

    def _on_connection(self) -> None:
        """Open the dialog over the page; its libraries are not needed before."""
        from wardbeds.gui.dialogs.connection import ConnectionDialog

        self.dialog = ConnectionDialog(self._session, self)
        self.dialog.finished.connect(lambda _done: self.ready())
        self.dialog.open()

    def _show_help(self) -> None:
        from wardbeds.gui.dialogs.help import HelpDialog

        HelpDialog(self._session, self, "sign_in").open()

    def _on_switch(self) -> None:
        coded = self._forms.currentWidget() is self.code_form
        self._forms.setCurrentWidget(self.form if coded else self.code_form)
        self.switch.setText(self.tr("I have a code for a new account") if coded else self.tr("Back to sign-in"))
        self.switch.updateGeometry()
        next(iter(self._forms.currentWidget().fields.values())).setFocus()

    @Slot(str)
    def _on_trouble(self, text: str) -> None:
        """No answer will come to what was sent: whoever stands here can send it again."""
        if self._session.actor is None:
            self._forms.currentWidget().refuse(text)

    def _refused(self, form: Form, refusal: Refusal) -> None:
        form.refuse(words.refusal_text(refusal), refusal.field)
        if refusal.detail == "wrong_sign_in":
            form.fields["password"].clear()
            form.fields["password"].setFocus()

    def _send(self) -> None:
        form = self.form
        if not form.text("username") or not form.text("password"):
            form.refuse(self.tr("Type your user name and password."),
                        "password" if form.text("username") else "username")
            return
        form.button.setEnabled(False)
        self.note.hide()
        self._session.sign_in(form.text("username"), form.text("password"),
                              lambda refusal: self._refused(form, refusal))

    def _same(self, form: Form) -> bool:
        if form.text("password") != form.text("again"):
            form.refuse(self.tr("The two passwords are not the same."), "again")
            return False
        form.button.setEnabled(False)
        return True

    def _set_password(self) -> None:
        form = self.code_form
        if self._same(form):
            self._session.set_first_password(form.text("username"), form.text("code"), form.text("password"),
                                             lambda refusal: self._refused(form, refusal))

    def say(self, text: str, kind: str = "success") -> None:
        """What there is to know above the form, until somebody signs in; a kind as of a notice."""
        self.note.say(text, kind, lasting=True)

    def ready(self) -> None:
        """Empty the password, let the next person type."""
        for form in (self.form, self.code_form):
            form.refuse("")
            for name in ("password", "again", "code"):
                if name in form.fields:
                    form.fields[name].clear()
        next(field for field in self._forms.currentWidget().fields.values() if not field.text()).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self._show_help()
        elif not is_enter(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            (button_in_focus(self) or self._forms.currentWidget().button).click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.clock.resize(self.clock.sizeHint())
        self.clock.move(48, self.height() - self.clock.height() - 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colours.chrome)
        side = QRectF(0, 0, theme.px(420), self.height())
        painter.fillRect(side, colours.action)
        icons.draw(painter, "bed-single", QRectF(48, side.height() / 2 - 90, 56, 56), colours.action_ink)
        painter.setPen(colours.action_ink)
        painter.setFont(theme.font(36, 700))
        painter.drawText(QRectF(48, side.height() / 2 - 24, side.width() - 60, 60), "Wardbeds")
        painter.setPen(colours.action_ink2)
        painter.setFont(theme.font(17))
        text = self._session.settings.hospital_name if self._session.settings else ""
        painter.drawText(QRectF(48, side.height() / 2 + 34, side.width() - 72, 200), Qt.TextFlag.TextWordWrap,
                         text or self.tr("Every bed of the ward, at a glance."))
