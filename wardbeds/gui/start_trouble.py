"""The database cannot be opened at the start: why, over the empty frame, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from wardbeds.gui import theme
from wardbeds.gui.faults import log_fault
from wardbeds.gui.message_box import dress


def _tr(text: str) -> str:
    return QCoreApplication.translate("StartTrouble", text)


def fault_at_start(error: BaseException) -> str:
    """A fault of ours, into the log and in a plain word for the screen."""
    log_fault("start failed", error)
    return _tr("Wardbeds could not start ({error}). Tell your administrator.").format(error=type(error).__name__)


def start_trouble(parent: QWidget, text: str, *, again: bool,
                  other: bool) -> tuple[QMessageBox, QPushButton | None, QPushButton | None]:
    """The box that says so, not open yet, with its buttons to try again and to choose another server, where offered."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Wardbeds", text, QMessageBox.StandardButton.Close, parent)
    first = box.addButton(_tr("Try again"), QMessageBox.ButtonRole.AcceptRole) if again else None
    second = box.addButton(_tr("Connection…"), QMessageBox.ButtonRole.ActionRole) if other else None
    theme.load_fonts()  # at the start nothing had letters yet
    dress(box, "triangle-alert", "error", first)
    return box, first, second
