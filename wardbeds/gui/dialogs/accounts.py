"""People who work here: a list, adding somebody, changing role, wards and state, and a code for a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from wardbeds.domain.people import ProfileStatus, Role, StaffMember
from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.lines import info_line
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import label
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session
from wardbeds.gui.ticks import Check
from wardbeds.services import accounts

ROLES = (Role.MEDICAL_STAFF, Role.SUPPORT_STAFF, Role.ADMIN, Role.HOSPITAL_MANAGER, Role.CHEF)


def status_word(status: ProfileStatus) -> str:
    """The state of an account as people say it."""
    return {ProfileStatus.ACTIVE: words.tr("active"), ProfileStatus.INACTIVE: words.tr("inactive"),
            ProfileStatus.SUSPENDED: words.tr("suspended"),
            ProfileStatus.PENDING: words.tr("has no password yet")}[status]


class StaffDialog(Dialog):
    """Everybody who can sign in, with what to do about it."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, staff: tuple[StaffMember, ...],
                 open_person: Callable[[StaffMember | None], None]) -> None:
        super().__init__(session, parent, session.tr("People"), session.tr("Change"))
        self._open_person = open_person
        self._staff = [one for one in staff if one.username not in ("system", "import")]
        self.list = RowList()
        self.list.setAccessibleName(self.tr("People"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setFixedHeight(theme.px(330))
        for one in self._staff:
            name = f"{one.last_name.upper()}, {one.first_name}".strip(", ") or one.username
            self.list.add(name, "   ".join(part for part in (
                one.username, words.role_word(one.role), status_word(one.status), ", ".join(one.ward_names)) if part),
                icon="user" if one.status is ProfileStatus.ACTIVE else "lock")
        self.list.choose(0)
        self.list.row_opened.connect(lambda _row: self._on_primary())
        self.add_wide(self.list)
        self.cancel_button.setText(self.tr("Close"))
        add = Button(self.tr("Add a person"), "plus")
        add.clicked.connect(lambda: self._go(None))
        self.foot_side.addWidget(add)

    def first_focus(self) -> QWidget:
        return self.list

    def submit(self) -> None:
        row = self.list.current_row()
        if 0 <= row < len(self._staff):
            self._go(self._staff[row])

    def _go(self, one: StaffMember | None) -> None:
        self.finish()
        self._open_person(one)


class AccountDialog(Dialog):
    """One account: new, or as it is."""

    def __init__(self, session: Session, parent: QWidget, one: StaffMember | None,
                 on_done: Callable[[str], None]) -> None:
        title = session.tr("Add a person") if one is None else session.tr("Change {name}").format(name=one.username)
        super().__init__(session, parent, title, session.tr("Add") if one is None else session.tr("Save"),
                         draft="account" if one is None else f"account:{one.username}")
        self._one = one
        self._saved = on_done
        self.username, self.last_name, self.first_name = Field(self.tr("for example n.uwase")), Field(), Field()
        self.phone, self.email = Field("0788 123 456"), Field()
        self.role = Choices([(role.value, words.capital(words.role_word(role))) for role in ROLES], 3)
        self.status = Choices([(status.value, status_word(status)) for status in (
            ProfileStatus.ACTIVE, ProfileStatus.INACTIVE, ProfileStatus.SUSPENDED)], 3)
        self.wards = {summary.ward.name: Check(summary.ward.name) for summary in session.wards}
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        for n, box in enumerate(self.wards.values()):
            grid.addWidget(box, n // 2, n % 2)
            self.fields.keep(f"ward_{box.text()}", box)
        self.add_row("username", self.tr("User name"), self.username, required=True)
        self.add_row("last_name", self.tr("Family or Kinyarwanda name"), self.last_name, required=True)
        self.add_row("first_name", self.tr("Given name"), self.first_name)
        self.add_row("role", self.tr("Role"), self.role, required=True)
        self.add_row("wards", self.tr("Wards"), boxes)
        self.add_row("phone", self.tr("Phone"), self.phone)
        self.add_row("email", self.tr("E-mail"), self.email)
        self.add_row("status", self.tr("Account"), self.status)
        self._fill(one)

    def _fill(self, one: StaffMember | None) -> None:
        if one is None:
            self.role.choose(Role.MEDICAL_STAFF.value)
            self.show_row("status", False)
            open_ward = self.session.model.board.ward.name if self.session.model.board else ""
            if open_ward in self.wards:
                self.wards[open_ward].setChecked(True)
            self.foot_note.setText(self.tr("You get a code; the person chooses the password."))
            return
        for field, text in ((self.username, one.username), (self.last_name, one.last_name),
                            (self.first_name, one.first_name), (self.phone, one.phone), (self.email, one.email)):
            field.setText(text)
        self.username.setEnabled(False)
        self.role.choose(one.role.value)
        self.status.choose(one.status.value if one.status is not ProfileStatus.PENDING
                           else ProfileStatus.ACTIVE.value)
        for name in one.ward_names:
            if name in self.wards:
                self.wards[name].setChecked(True)
        reset = Button(self.tr("New password code"), "lock")
        reset.clicked.connect(self._reset)
        self.foot_side.addWidget(reset)
        self.add_writer(reset)

    def first_focus(self) -> QWidget:
        return self.username if self._one is None else self.last_name

    def _ward_names(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.wards.items() if box.isChecked())

    def submit(self) -> None:
        if not self.last_name.text().strip():
            self.refuse(self.tr("Write the name."), "last_name")
            return
        role = Role(self.role.value)
        if self._one is None:
            new = accounts.NewUser(self.username.text().strip(), role, self.first_name.text().strip(),
                                   self.last_name.text().strip(), self._ward_names(), email=self.email.text().strip(),
                                   phone=self.phone.text().strip())
            self.ask(lambda store, actor: accounts.add_user(store, actor, new), self._on_code)
            return
        change = accounts.UserChange(self._one.username, role, self.first_name.text(), self.last_name.text(),
                                     self._ward_names(), ProfileStatus(self.status.value), self.email.text().strip(),
                                     self.phone.text().strip())
        self.ask(lambda store, actor: accounts.edit_user(store, actor, change), self._on_changed)

    def _reset(self) -> None:
        assert self._one is not None
        username = self._one.username
        self.ask(lambda store, actor: accounts.reset_user(store, actor, username), self._on_code)

    def _on_changed(self, _nothing: Any) -> None:
        self.finish()
        self._saved("")

    def _on_code(self, code: str | None) -> None:
        self.finish()
        self._saved(code or "")


class CodeDialog(Dialog):
    """The code with which a person sets the first password; shown once."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, code: str) -> None:
        super().__init__(session, parent, session.tr("Code for the password"), session.tr("Close"))
        self.cancel_button.hide()
        shown = label(code, 32, 700)
        shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(" ".join(code))
        self.code = shown
        self.add_wide(shown)
        self.add_wide(info_line(self.tr("Read it to the person. On the sign-in page: “I have a code for a new "
                                        "account”. The code is shown only now.")))

    def first_focus(self) -> QWidget:
        return self.primary

    def submit(self) -> None:
        self.finish()
