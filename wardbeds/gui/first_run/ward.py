"""The fourth step: the first ward with its rooms and beds, from one line."""

from __future__ import annotations

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wardbeds.domain.beds import WardSexPolicy
from wardbeds.domain.changes import Done
from wardbeds.domain.errors import Refusal
from wardbeds.domain.ward_layout import MOST_BEDS, SetUpWard
from wardbeds.gui import theme, words
from wardbeds.gui.dialogs.ward_rooms import RoomMaker
from wardbeds.gui.first_run.page import Part, StepsPage
from wardbeds.gui.first_run.side import step_names
from wardbeds.gui.first_run.ward_preview import WardPreview
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import caption_of, text_label
from wardbeds.gui.session import Session
from wardbeds.services.ward_setup import set_up_ward


class FirstWardPage(StepsPage):
    """Makes a ward. ``left`` when it is made or skipped."""

    left = Signal()

    def __init__(self, session: Session, *, with_pc: bool) -> None:
        super().__init__(step_names(with_pc=with_pc))
        self._session = session
        self.ward_name, self.code = Field(self.tr("for example Internal Medicine A")), Field(self.tr("IM-A"))
        for field, most in ((self.ward_name, 100), (self.code, 16)):
            field.setMaxLength(most)
        self.maker = RoomMaker()
        self.maker.make.hide()  # they are shown with every letter, and made with the ward
        self.maker.changed.connect(self._preview)
        self.preview = WardPreview()
        self.line = text_label("", 13, 400, "ink2")
        self.add_part(Part("ward", len(self.side.steps) - 1, self.tr("The first ward"),
                           self.tr("Say how many beds, and the plan is made for you. You can change it later."),
                           self._body(), "", self.ward_name))
        self.skip.show()
        self.skip.clicked.connect(self.left)
        session.connection_lost.connect(self.say)
        session.failed.connect(self.say)
        self._preview()

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        names = QHBoxLayout()
        names.setSpacing(16)
        names.addLayout(_captioned(self.tr("Name of the ward"), self.ward_name), 3)
        names.addLayout(_captioned(self.tr("Short name"), self.code), 1)
        column.addLayout(names)
        column.addWidget(self.maker)
        column.addWidget(self.preview, 1)
        column.addWidget(self.line)
        return body

    # what was typed ------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        try:
            made = self.maker.layouts()
        except ValueError:
            made = ()
        self.preview.show_rooms(made)
        count = sum(len(room.numbers) for room in made)
        self.line.setText(self.tr("Rooms {first} to {last}, beds {start} to {end}").format(
            first=made[0].name, last=made[-1].name, start=made[0].numbers[0], end=made[-1].numbers[-1]) if made else "")
        self.name_onward(self.tr("Make {n} beds").format(n=count) if made else self.tr("Make the beds"))

    def _request(self) -> SetUpWard | None:
        """What was typed, or None with what is wrong shown."""
        wrong, field = self.tr("Give the ward a name."), self.ward_name
        if self.ward_name.text().strip():
            try:
                made = self.maker.layouts()
                wrong = self.tr("Two beds would have the same number: write the pattern as A-1##.")
                field = self.maker.pattern
                return SetUpWard(name=self.ward_name.text(), code=self.code.text(), rooms=made,
                                 sex_policy=WardSexPolicy.BY_ROOM)
            except ValidationError:
                pass
            except ValueError:
                wrong, field = self.tr("Write how many beds and rooms there are: at least one bed a room, {n} beds at "
                                       "most.").format(n=MOST_BEDS), self.maker.beds
        self._refuse(wrong, field)
        return None

    def _refuse(self, text: str, field: QLineEdit | None) -> None:
        self.say(text)
        for one in (self.ward_name, self.maker.beds, self.maker.pattern):
            one.set_wrong(one is field)
        if field is not None:
            field.setFocus()

    # going on ------------------------------------------------------------------------------------------------

    def can_go_back(self) -> bool:
        return False  # an administrator is made once

    def on_go_on(self) -> None:
        request = self._request()
        if request is not None:
            self._refuse("", None)
            self.go_on.setEnabled(False)
            self._session.perform(set_up_ward, request, self._on_made, self._on_refused)

    def _on_made(self, done: Done) -> None:
        self._session.list_wards()
        self._session.open_ward(done.updates[0].ward_id)
        self.left.emit()

    def _on_refused(self, refusal: Refusal) -> None:
        self._refuse(words.refusal_text(refusal), self.ward_name if refusal.field == "name" else None)


def _captioned(caption: str, field: Field) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(caption_of(field, caption))
    column.addWidget(field)
    return column
