"""The database cannot be opened at the start: why, over the empty frame, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


def _tr(text: str) -> str:
    return QCoreApplication.translate("StartTrouble", text)


def start_trouble(parent: QWidget, text: str, *, again: bool,
                  other: bool) -> tuple[QMessageBox, QPushButton | None, QPushButton | None]:
    """The box that says so, not open yet, with its buttons to try again and to choose another server, where offered."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Wardbeds", text, QMessageBox.StandardButton.Close, parent)
    return (box, box.addButton(_tr("Try again"), QMessageBox.ButtonRole.AcceptRole) if again else None,
            box.addButton(_tr("Connection…"), QMessageBox.ButtonRole.ActionRole) if other else None)
