"""A date that the window wrote is read again by the window, in whichever language it was written."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.text_walk import Longer, language
from wardbeds.gui import words
from wardbeds.gui.dialogs.typed import read_date


@pytest.mark.parametrize("longer", [False, True], ids=["english", "another language"])
@pytest.mark.parametrize("month", range(1, 13))
def test_what_is_shown_is_read(qapp: QApplication, month: int, longer: bool) -> None:
    day = date(1988, month, 14)
    with language(Longer(qapp) if longer else None):
        assert read_date(words.date_text(day)) == day
        assert read_date(f"14-{words.MONTHS[month - 1]}-1988") == day
        assert read_date(f"14-{words.MONTHS[month - 1].upper()}.-1988") == day


@pytest.mark.parametrize("text", ["14-Foo-1988", "31-Feb-1988", "1988", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)
