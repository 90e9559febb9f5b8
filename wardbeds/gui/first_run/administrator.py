"""The third step: what the hospital is called, and who is its first administrator. A database is there by now."""

from __future__ import annotations

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from wardbeds.domain.errors import Refusal
from wardbeds.domain.hospital import Hospital
from wardbeds.domain.times import DEFAULT_ZONE
from wardbeds.gui import theme, words
from wardbeds.gui.first_run.page import Part, StepsPage
from wardbeds.gui.first_run.side import step_names
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import caption_of, text_label
from wardbeds.gui.session import Session
from wardbeds.gui.zone_box import zone_box

SHARES = {"name": 4, "zone": 2, "last_name": 3, "first_name": 3, "username": 2, "password": 2, "again": 2}
"""Of a line's six columns, by field."""


class AdministratorPage(StepsPage):
    """Makes the first administrator, names the hospital and signs in. ``too_late``: somebody else has done so."""

    gone_back = Signal()
    too_late = Signal(str)

    def __init__(self, session: Session, *, with_pc: bool) -> None:
        super().__init__(step_names(with_pc=with_pc))
        self._session = session
        self._with_pc = with_pc
        self.fields = {name: Field() for name in SHARES if name != "zone"}
        self.fields["name"].setPlaceholderText(self.tr("can be given later"))
        self.fields["name"].setMaxLength(100)
        self.fields["username"].setPlaceholderText(self.tr("for example a.uwera"))
        self.fields["password"].setPlaceholderText(self.tr("8 characters or more"))
        for name in ("password", "again"):
            self.fields[name].setEchoMode(QLineEdit.EchoMode.Password)
        self.zone = zone_box(session.settings.zone.key if session.settings else DEFAULT_ZONE)
        self.add_part(Part("administrator", len(self.side.steps) - 2, self.tr("Your hospital and its administrator"),
                           self.tr("Nobody can sign in yet. The first administrator sets up wards and adds people."),
                           self._body(), self.tr("Next: first ward"), self.fields["name"]))
        session.connection_lost.connect(self.say)
        session.failed.connect(self.say)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._line(("name", self.tr("Name of the hospital")), ("zone", self.tr("Time zone"))))
        column.addSpacing(theme.px(12))
        column.addWidget(text_label(self.tr("The first administrator"), 15, 700))
        column.addLayout(self._line(("last_name", self.tr("Family or Kinyarwanda name")),
                                    ("first_name", self.tr("Given name"))))
        column.addLayout(self._line(("username", self.tr("User name")), ("password", self.tr("Password")),
                                    ("again", self.tr("The password again"))))
        return body

    def _line(self, *parts: tuple[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, (name, caption) in enumerate(parts):
            widget = self.zone if name == "zone" else self.fields[name]
            grid.addWidget(caption_of(widget, caption), 0, column)
            grid.addWidget(widget, 1, column)
            grid.setColumnStretch(column, SHARES[name])
        return grid

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.fields[name].text()

    def can_go_back(self) -> bool:
        return self._with_pc

    def on_back(self) -> None:
        self.gone_back.emit()

    def on_go_on(self) -> None:
        self._blame(None)
        if self.text("password") != self.text("again"):
            self._refuse(self.tr("The two passwords are not the same."), "again")
            return
        try:
            hospital = Hospital(name=self.text("name"), zone=self.zone.currentText())
        except ValidationError:
            self._refuse(self.tr("This name cannot be kept: write letters, digits and spaces."), "name")
            return
        self.go_on.setEnabled(False)
        self._session.create_first_admin(self.text("username").strip(), self.text("first_name"),
                                         self.text("last_name"), self.text("password"), self._on_refused, hospital)

    def _on_refused(self, refusal: Refusal) -> None:
        text = words.refusal_text(refusal)
        if refusal.detail == "not_first":
            self.too_late.emit(text)
        else:
            self._refuse(text, refusal.field or {"weak_password": "password"}.get(refusal.detail))

    def _refuse(self, text: str, field: str | None) -> None:
        self.say(text)
        self._blame(field)
        if field in self.fields:
            self.fields[field].setFocus()

    def _blame(self, field: str | None) -> None:
        for name, one in self.fields.items():
            one.set_wrong(name == field)
