"""A PC with a printer, where the tests run there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from wardbeds.gui.printing import action as printing


class FilePrinter(QPrinter):
    """A printer whose paper is a file: where the tests run there is no other."""

    paper: Path

    def __init__(self, mode: QPrinter.PrinterMode) -> None:
        super().__init__(mode)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(self.paper))


class _Plugged:
    """What Qt says of a PC with a printer."""

    @staticmethod
    def defaultPrinter() -> _Plugged:
        return _Plugged()

    def isNull(self) -> bool:
        return False


def plug_in(monkeypatch: pytest.MonkeyPatch, paper: Path) -> None:
    """The preview finds a printer; what it prints is in the file ``paper``."""
    monkeypatch.setattr(FilePrinter, "paper", paper, raising=False)
    monkeypatch.setattr(printing, "QPrinter", FilePrinter)
    monkeypatch.setattr(printing, "QPrinterInfo", _Plugged)
