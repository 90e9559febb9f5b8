"""What others did while this station was cut off: what, to whom, when and by whom, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from wardbeds.domain.changes import LastAction
from wardbeds.gui import theme, words
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session


class ChangesDialog(Dialog):
    """A list to read; a change that no line tells of is said to be one."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, lines: Sequence[LastAction | None]) -> None:
        super().__init__(session, parent, session.tr("Changes by others"), session.tr("Close"))
        self.cancel_button.hide()
        self.list = RowList()
        self.list.setAccessibleName(self.tr("Changes by others"))
        self.list.setFixedHeight(theme.px(min(360, 49 * len(lines) + 12)))
        for line in reversed(lines):
            if line is None:
                self.list.add(self.tr("Something about the ward was changed"), self.tr("The board shows it."))
                continue
            person = line.person
            about = [person.hospital_number, words.born_text(person)] if person else []
            self.list.add(words.happening_text(line), "   ".join(
                [f"{words.when_and_who(line)}, {line.station}", *about]), icon="user" if person else "bed-single")
        self.add_wide(self.list)

    def first_focus(self) -> QWidget:
        return self.primary

    def submit(self) -> None:
        self.finish()
