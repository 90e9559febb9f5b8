"""The details of a bed and its occupant in a dialog, where the window is too narrow for the inspector."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wardbeds.domain.beds import Bed, Waiting
from wardbeds.gui import theme
from wardbeds.gui.details import DetailsPanel
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.session import Session


class DetailsDialog(Dialog):
    """Shows; changes nothing. A key copies the patient's phone number, another the attendant's."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, bed: Bed | None, waiting: Waiting | None) -> None:
        person = bed.occupant.person if bed is not None and bed.occupant else waiting.person if waiting else None
        title = session.tr("Details of {bed}").format(bed=bed.number) if bed is not None else session.tr("Details")
        super().__init__(session, parent, title, session.tr("Close"), person=person)
        self.details = DetailsPanel(session, in_dialog=True)
        self.scroll_area.column.setContentsMargins(24, 14, 24, 8)
        self.add_wide(self.details)
        self.cancel_button.hide()
        self.details.setMinimumHeight(theme.px(340))
        self.details.shown.connect(self.place)
        self.details.copied.connect(self.foot_note.setText)
        self.details.show_selection(bed, waiting, [])

    def first_focus(self) -> QWidget:
        return self.primary

    def submit(self) -> None:
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.scroll_area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 300, Qt.Key.Key_PageUp: -300}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            bar.setValue(bar.value() + step)
        elif not self.details.press(event.text().upper()):
            super().keyPressEvent(event)
