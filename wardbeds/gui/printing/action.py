"""Printing from the window: the sheet in a preview first, Enter prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QFileDialog, QGraphicsView, QHBoxLayout, QVBoxLayout, QWidget

from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.enter import button_in_focus, is_enter
from wardbeds.gui.printing.downtime import DowntimePack
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import Sheet, a4, write_pdf
from wardbeds.gui.session import Session
from wardbeds.services.noted_prints import NotedPrint
from wardbeds.services.sheets import OccupancyData, occupancy_data


class PreviewDialog(QDialog):
    """The sheet as it will come out; Print (Enter) or save as PDF."""

    def __init__(self, sheet: Sheet, file_name: str, say: Callable[[str, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._file_name = file_name
        self._say = say
        self.setWindowTitle(sheet.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setPageLayout(a4())
        self._printer.setDocName(sheet.title)
        self.preview = QPrintPreviewWidget(self._printer, self)
        self.preview.paintRequested.connect(lambda printer: sheet.paint(printer, printer.newPage))
        self.preview.fitInView()
        self._colour_ground()
        has_printer = not QPrinterInfo.defaultPrinter().isNull()
        self.print_button = Button(self.tr("Print"), "printer", "Enter" if has_printer else "", primary=True)
        self.print_button.allow(has_printer, self.tr("This PC has no printer. Save a PDF instead."))
        self.pdf_button = Button(self.tr("Save as PDF…"), key="" if has_printer else "Enter")
        self.close_button = Button(self.tr("Close"), key="Esc")
        self.print_button.clicked.connect(self._print)
        self.pdf_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.close_button, self.pdf_button, self.print_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.preview, 1)
        layout.addLayout(row)
        self.resize(theme.px(760), theme.px(660))
        (self.print_button if has_printer else self.pdf_button).setFocus()

    def _colour_ground(self) -> None:
        """Around the sheet the board's own ground, not Qt's grey."""
        for view in self.preview.findChildren(QGraphicsView):
            view.setAccessibleName(self.windowTitle())
            view.setBackgroundBrush(theme.theme().canvas)
            view.setFrameShape(QGraphicsView.Shape.NoFrame)

    def _print(self) -> None:
        self._sheet.paint(self._printer, self._printer.newPage)
        self._say(self.tr("Sent to the printer."), "success")
        self.accept()

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), str(Path(folder) / self._file_name),
                                              "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the PDF and say so, or why not."""
        try:
            write_pdf(self._sheet, path)
        except OSError:
            self._say(self.tr("{path} cannot be written. Choose another place.").format(path=path), "error")
            return
        self._say(self.tr("Saved as {path}.").format(path=path), "success")
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that it is on, else prints; a key held down since before does neither."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            (button_in_focus(self) or (self.print_button if self.print_button.isEnabled() else self.pdf_button)).click()


def print_ward(session: Session, parent: QWidget, say: Callable[[str, str], None]) -> None:
    """Read the open ward afresh and show its sheet.

    Without a connection: what is shown, with a stamp that says so, and forms to go on with on paper.
    """
    ward_id = session.ward_id
    assert ward_id is not None

    def show(data: OccupancyData, old_as_of: datetime | None = None) -> None:
        by = words.signed_text(data.printed_by, data.role)
        sheet = OccupancySheet(data.board, by, data.hospital, data.zone, data.now, old_as_of=old_as_of,
                               waiting=session.waiting_unnamed, demo=data.demo)
        local = data.now.astimezone(data.zone)
        code = data.board.ward.code or data.board.ward.name.replace(" ", "-")
        kind = "occupancy" if old_as_of is None else "downtime"
        PreviewDialog(sheet if old_as_of is None else DowntimePack(sheet), f"{local:%Y-%m-%d_%H%M}_{code}_{kind}.pdf",
                      say, parent).open()

    if session.online:
        session.ask(lambda store, actor: occupancy_data(store, actor, ward_id), show)
    else:
        show(as_shown(session), session.as_of)
        actor = session.actor
        if actor is not None:  # without names nobody's data were printed
            session.printed_offline.emit(NotedPrint(
                user_id=actor.user_id, role=actor.role, station=session.station, ward_id=ward_id))


def as_shown(session: Session) -> OccupancyData:
    """The sheet's input from what is on the screen."""
    board, actor, settings = session.model.board, session.actor, session.settings
    assert board is not None
    name, role = (actor.display_name, actor.role) if actor is not None else (session.station, None)
    return OccupancyData(board, name, role, settings.hospital_name if settings else "", session.zone, session.now(),
                         settings is not None and settings.demo)
