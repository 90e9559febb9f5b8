"""How the window looked last on this PC: its colours, the size of its letters and targets, whether letters are keys."""

from __future__ import annotations

import os

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from wardbeds.gui import theme
from wardbeds.settings import look_file


def _kept() -> QSettings:
    return QSettings(str(look_file()), QSettings.Format.IniFormat)


def take_kept_look(app: QApplication) -> None:
    """Look as it was left; the environment variable WARDBEDS_THEME goes before what is kept of the colours."""
    kept = _kept()
    theme.set_text_scale(app, int(str(kept.value("text", 100))))
    theme.set_large_targets(str(kept.value("large_targets", 0)) == "1")
    scheme = os.environ.get("WARDBEDS_THEME") or str(kept.value("scheme", "light"))
    theme.set_scheme(app, scheme, with_fonts=False)


def kept_letter_keys() -> bool:
    """Whether letters alone are keys."""
    return str(_kept().value("letter_keys", 1)) == "1"


def keep_look(letter_keys: bool | None) -> None:
    """Keep how it looks now; ``letter_keys`` None: as kept before."""
    kept = _kept()
    kept.setValue("scheme", theme.scheme())
    kept.setValue("text", theme.text_scale())
    kept.setValue("large_targets", int(theme.large_targets()))
    if letter_keys is not None:
        kept.setValue("letter_keys", int(letter_keys))
