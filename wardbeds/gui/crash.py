"""A bug in plain words: that what was saved is safe, what that was, and what to hand to whoever helps; no names."""

from __future__ import annotations

import platform

from PySide6.QtCore import QCoreApplication, QObject, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from wardbeds import __version__
from wardbeds.gui.message_box import dress
from wardbeds.settings import log_file, user_data_folder

TAIL = 80
"""Lines of the log that are handed on."""

_OPEN: list[QObject] = []
"""The box, while it is open."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Crash", text)


def report() -> str:
    """Versions and the end of the log, in which no patient's name ever stands."""
    lines = [f"Wardbeds {__version__}", f"Python {platform.python_version()}", f"Qt {qVersion()}", platform.platform()]
    try:
        lines += ["", *log_file().read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL:]]
    except OSError:
        lines.append("no log")
    return "\n".join(lines)


def crash_text(last_saved: str) -> str:
    """What is said; ``last_saved`` is the last action that is in the database, empty where there is none yet."""
    saved = _tr("Your last saved action: {action}. Nothing later was saved.").format(action=last_saved) if last_saved \
        else _tr("What was saved is safe.")
    again = _tr("You can go on. If it happens again, close Wardbeds, open it again, and give your administrator the "
                "file wardbeds.log in:\n{folder}").format(folder=user_data_folder())
    return f"{_tr('Something went wrong in the program.')} {saved}\n\n{again}"


def tell_of_crash(last_saved: str = "") -> QMessageBox | None:
    """Show it, once at a time."""
    if _OPEN:
        return None
    box = QMessageBox(QMessageBox.Icon.Warning, "Wardbeds", crash_text(last_saved), QMessageBox.StandardButton.Close)
    box.setDetailedText(report())  # what would be copied can be read first
    copy = QPushButton(_tr("Copy diagnostics"))
    box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
    close = box.button(QMessageBox.StandardButton.Close)
    dress(box, "triangle-alert", "warning", close if isinstance(close, QPushButton) else None)
    copy.clicked.disconnect()  # else the box would close
    copy.clicked.connect(lambda: _copy(copy, box.detailedText()))
    box.finished.connect(lambda _code: _OPEN.clear())
    _OPEN.append(box)
    box.open()
    return box


def _copy(button: QPushButton, text: str) -> None:
    QApplication.clipboard().setText(text)
    button.setText(_tr("Copied"))
