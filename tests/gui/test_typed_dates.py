"""A date that the window wrote can be read by it, in whichever language."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.text_walk import Longer, language
from wardbeds.gui import words
from wardbeds.gui.dialogs.typed import read_date


@pytest.mark.parametrize("month", range(1, 13))
def test_what_is_written_is_read(qapp: QApplication, month: int) -> None:
    day = date(1988, month, 14)
    assert read_date(words.date_text(day)) == day
    with language(Longer(qapp)):
        written = words.date_text(day)
        assert written != f"{day:%d-%b-%Y}"
        assert read_date(written) == day
        assert read_date(f"{day:%d-%b-%Y}") == day  # English is understood everywhere
