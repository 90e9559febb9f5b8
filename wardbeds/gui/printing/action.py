"""Printing from the window: the sheet in a preview first, Enter prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from wardbeds.gui import theme
from wardbeds.gui.controls import Button
from wardbeds.gui.printing.occupancy import OccupancySheet
from wardbeds.gui.printing.sheet import Sheet, a4, write_pdf
from wardbeds.gui.session import Session
from wardbeds.services.sheets import OccupancyData, occupancy_data, record_print


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
        has_printer = not QPrinterInfo.defaultPrinter().isNull()
        self.print_button = Button(self.tr("Print"), "printer", "Enter", primary=True)
        self.print_button.allow(has_printer, self.tr("This PC has no printer. Save a PDF instead."))
        self.pdf_button = Button(self.tr("Save as PDF…"), key="" if has_printer else "Enter")
        close = Button(self.tr("Close"), key="Esc")
        self.print_button.clicked.connect(self._print)
        self.pdf_button.clicked.connect(self._save)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (close, self.pdf_button, self.print_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.preview, 1)
        layout.addLayout(row)
        self.resize(theme.px(760), theme.px(660))
        (self.print_button if has_printer else self.pdf_button).setFocus()

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

    def keyPressEvent(self, event: object) -> None:
        key = event.key()  # type: ignore[attr-defined]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.print_button if self.print_button.isEnabled() else self.pdf_button).click()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]


def print_shown(session: Session, parent: QWidget, say: Callable[[str, str], None]) -> None:
    """Show the sheet of the board as it is on the screen, without a connection; recorded when that is back."""
    board, actor, settings = session.model.board, session.actor, session.settings
    assert board is not None and actor is not None and settings is not None
    role = actor.role.value.replace("_", " ")
    _preview(OccupancyData(board, f"{actor.display_name}, {role}", settings.hospital_name, session.zone,
                           session.as_of), say, parent)
    session.connection_restored.connect(
        lambda: session.run(lambda store: record_print(store, actor, board.ward.id), lambda _done: None),
        Qt.ConnectionType.SingleShotConnection)


def _preview(data: OccupancyData, say: Callable[[str, str], None], parent: QWidget) -> None:
    sheet = OccupancySheet(data.board, data.printed_by, data.hospital, data.zone, data.now)
    local = data.now.astimezone(data.zone)
    code = data.board.ward.code or data.board.ward.name.replace(" ", "-")
    PreviewDialog(sheet, f"{local:%Y-%m-%d_%H%M}_{code}_occupancy.pdf", say, parent).open()


def print_ward(session: Session, parent: QWidget, say: Callable[[str, str], None]) -> None:
    """Read the open ward afresh and show its sheet."""
    ward_id = session.ward_id
    assert ward_id is not None

    session.ask(lambda store, actor: occupancy_data(store, actor, ward_id), lambda data: _preview(data, say, parent))
