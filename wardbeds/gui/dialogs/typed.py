"""What people type into dialogs, read: names and dates."""

from __future__ import annotations

import re
from datetime import date

from wardbeds.gui import words

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*[.']?", re.UNICODE)
LONGEST_NAME = 60


def is_name(text: str) -> bool:
    """Whether a text can be a name: letters, with hyphens, apostrophes and blanks between them."""
    return _NAME.fullmatch(text) is not None and len(text) <= LONGEST_NAME


def _month(word: str) -> int:
    """A month as it is shown in the language in use, or as it begins in English. Raises ValueError."""
    word = word.casefold()
    shown = [words.tr(name).casefold().rstrip(".") for name in words.MONTHS]
    english = [name.casefold() for name in words.MONTHS]
    return 1 + (shown.index(word) if word in shown else english.index(word[:3]))


def read_date(text: str) -> date:
    """A date as people here write it: 14-May-1988, 1988-05-14, 14/05/1988. Raises ValueError."""
    text = text.strip()
    named = re.fullmatch(r"(\d{1,2})[-/. ]([^\W\d_]{3,})\.?[-/. ](\d{4})", text)
    if named:
        return date(int(named.group(3)), _month(named.group(2)), int(named.group(1)))
    numbers = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    if numbers:
        return date(int(numbers.group(3)), int(numbers.group(2)), int(numbers.group(1)))
    return date.fromisoformat(text)
