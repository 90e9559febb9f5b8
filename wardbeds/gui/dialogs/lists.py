"""Lists from and to files: importing a folder with preview, progress and report; exporting board and census."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from wardbeds.gui import theme, words
from wardbeds.gui.controls import Button
from wardbeds.gui.date_field import DateField
from wardbeds.gui.dialogs.base import Dialog
from wardbeds.gui.dialogs.choices import Choices
from wardbeds.gui.dialogs.typed import read_date
from wardbeds.gui.inputs import Field
from wardbeds.gui.labels import label
from wardbeds.gui.rows import RowList
from wardbeds.gui.session import Session
from wardbeds.services.exporting import export_board, export_census
from wardbeds.services.imports.report import Report
from wardbeds.services.imports.run import FilePreview, NothingToImport, preview_import, run_import
from wardbeds.services.spreadsheets import board_csv, census_csv, refused_csv

SHOWN = 500


class _Progress(QObject):
    """Carries the progress from the data thread to the window."""

    moved = Signal(str, int, int)


class ImportDialog(Dialog):
    """Choose the folder, see what it holds, import it, read what was refused."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent, session.tr("Import lists"), session.tr("Import"))
        self.folder = Field(self.tr("where the lists are"))
        self.folder.setAccessibleName(self.tr("Folder"))
        choose = Button(self.tr("Choose…"))
        choose.clicked.connect(self._choose)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        self.files = RowList()
        self.files.setFixedHeight(theme.px(230))
        self.files.setAccessibleName(self.tr("What the folder holds"))
        self.files.nothing = self.tr("Choose a folder to see what it holds before anything is imported.")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(10))
        self.bar.hide()
        self.state = label(self.tr("Taken are wards.csv, beds.csv, patients.csv, staff.csv and movements.csv, as "
                                      "far as they are there."), colour="ink2")
        self.save = Button(self.tr("Save the refused rows…"))
        self.save.clicked.connect(self._choose_report)
        self.save.hide()
        self.add_row("folder", self.tr("Folder"), row, required=True)
        self.add_wide(self.files)
        self.add_wide(self.bar)
        self.add_wide(self.state)
        self.foot_side.addWidget(self.save)
        self.report: Report | None = None
        self._progress = _Progress(self)
        self._progress.moved.connect(self._on_progress)
        self.folder.editingFinished.connect(self.preview)
        self._previewed = ""

    def first_focus(self) -> QWidget:
        return self.folder

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Folder with the lists"), self.folder.text())
        if found:
            self.folder.setText(found)
            self.preview()

    def preview(self) -> None:
        """Read the folder and show what it holds."""
        path = self.folder.text().strip()
        if not path or path == self._previewed or self.report is not None:
            return
        self._previewed = path
        self.clear_errors()

        def job(_store: Any, actor: Any) -> tuple[FilePreview, ...] | str:
            try:
                return preview_import(actor, Path(path))
            except NothingToImport as error:
                return str(error)

        self.session.ask(job, self._on_preview, lambda refusal: self.refuse(words.refusal_text(refusal)))

    def _on_preview(self, found: tuple[FilePreview, ...] | str) -> None:
        self.files.clear()
        if isinstance(found, str):
            self.refuse(found, "folder")
            return
        for one in found:
            detail = one.trouble or self.tr("{n} rows").format(n=one.rows)
            if one.ignored:
                detail += "   " + self.tr("not used: {columns}").format(columns=", ".join(one.ignored))
            self.files.add(one.file, detail, icon="triangle-alert" if one.trouble else "check",
                           warned=bool(one.trouble))

    def submit(self) -> None:
        if self.report is not None:
            self.finish()
            self.session.list_wards(open_one=True)
            return
        path = self.folder.text().strip()
        if not path:
            self.refuse(self.tr("Choose the folder with the lists."), "folder")
            return
        moved = self._progress.moved

        def job(store: Any, actor: Any) -> Report | str:
            try:
                return run_import(store, actor, Path(path), progress=lambda file, done, of: moved.emit(file, done, of))
            except NothingToImport as error:
                return str(error)

        self.bar.setRange(0, 0)
        self.bar.show()
        self.ask(job, self._on_report)

    def _on_progress(self, file: str, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.state.setText(self.tr("{file}: {n} of {all}").format(file=file, n=done, all=of))

    def _on_report(self, report: Report | str) -> None:
        self.bar.hide()
        if isinstance(report, str):
            self.refuse(report, "folder")
            return
        self.report = report
        self.state.setText(self.tr("{applied} applied, {updated} updated, {same} unchanged, {refused} refused").format(
            applied=report.applied, updated=report.updated, same=report.unchanged, refused=len(report.refused)))
        self.files.clear()
        for one in report.as_dict()["refused"][:SHOWN]:
            where = self.tr("{file}, row {row}").format(file=one["file"], row=one["row"])
            column = f", {one['column']}" if one["column"] else ""
            self.files.add(f"{where}{column}   {one['code']}", one["reason"], icon="triangle-alert", warned=True)
        self.save.setVisible(bool(report.refused))
        self.primary.setText(self.tr("Close"))
        self.primary.updateGeometry()
        self.cancel_button.hide()
        self.place()

    def _choose_report(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the refused rows"), "refused.csv",
                                                  "CSV (*.csv);;JSON (*.json)")
        if path:
            self.save_report(Path(path))

    def save_report(self, path: Path) -> None:
        """Write the refused rows as CSV, or all of the report as JSON."""
        assert self.report is not None
        value = self.report.as_dict()
        text = json.dumps(value, ensure_ascii=False, indent=1) if path.suffix == ".json" else \
            "\ufeff" + refused_csv(value["refused"])
        try:
            path.write_text(text, encoding="utf-8")
        except OSError:
            self.refuse(self.tr("{path} cannot be written. Choose another place.").format(path=path))
            return
        self.state.setText(self.tr("Saved as {path}.").format(path=path))

    def reject(self) -> None:
        if not self.sending.busy:  # an import under way is finished, not abandoned half seen
            super().reject()


class ExportDialog(Dialog):
    """The board now, or the census of some days, as a file."""

    writes = False

    def __init__(self, session: Session, parent: QWidget, say: Callable[[str, str], None]) -> None:
        super().__init__(session, parent, session.tr("Export"), session.tr("Export…"))
        self._say = say
        self.what = Choices([("board", self.tr("Board of all wards now")), ("census", self.tr("Midnight census"))])
        today = words.today()
        self.first, self.last = DateField(), DateField()
        self.first.setText(words.date_text(today - timedelta(days=6)))
        self.last.setText(words.date_text(today))
        self.format = Choices([("csv", self.tr("Table (CSV)")), ("json", self.tr("Data (JSON)"))])
        self.add_row("what", self.tr("What"), self.what, required=True)
        self.add_row("first", self.tr("From"), self.first)
        self.add_row("last", self.tr("To"), self.last)
        self.add_row("format", self.tr("As"), self.format)
        self.what.chosen.connect(self._on_what)
        self.format.choose("csv")
        self.what.choose("board")

    def _on_what(self, value: str) -> None:
        for name in ("first", "last"):
            self.show_row(name, value == "census")
        self.place()

    def submit(self) -> None:
        suffix = self.format.value
        name = f"{words.today().isoformat()}_{self.what.value}.{suffix}"
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Export"), name, f"{suffix.upper()} (*.{suffix})")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write the file, and say so."""
        as_csv = self.format.value == "csv"
        try:
            days: tuple[date, date] = (read_date(self.first.text()), read_date(self.last.text()))
        except ValueError:
            self.refuse(self.tr("Write the day as 18-May-2026."), "first")
            return
        census = self.what.value == "census"

        def job(store: Any, actor: Any) -> str:
            value = export_census(store, actor, *days) if census else export_board(store, actor)
            if not as_csv:
                text = json.dumps(value, ensure_ascii=False, indent=1)
            elif isinstance(value, list):
                text = "\ufeff" + census_csv(value)
            else:
                text = "\ufeff" + board_csv(value)
            try:
                path.write_text(text, encoding="utf-8")
            except OSError:
                return ""
            return str(path)

        self.ask(job, self._on_written)

    def _on_written(self, path: str) -> None:
        if not path:
            self.refuse(self.tr("The file cannot be written there. Choose another place."))
            return
        self.finish()
        self._say(self.tr("Saved as {path}.").format(path=path), "success")
