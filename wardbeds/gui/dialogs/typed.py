"""What people type into dialogs, read: names and dates."""

from __future__ import annotations

import re
from datetime import date

from wardbeds.gui import words

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*[.']?", re.UNICODE)
_MONTHS = {name.casefold(): number for number, name in enumerate(words.MONTHS, 1)}
LONGEST_NAME = 60


def is_name(text: str) -> bool:
    """Whether a text can be a name: letters, with hyphens, apostrophes and blanks between them."""
    return _NAME.fullmatch(text) is not None and len(text) <= LONGEST_NAME


def read_date(text: str) -> date:
    """A date as people here write it: 14-May-1988, 1988-05-14, 14/05/1988. Raises ValueError."""
    text = text.strip()
    named = re.fullmatch(r"(\d{1,2})[-/. ]([^\W\d_]{3,})\.?[-/. ](\d{4})", text)
    if named:
        month = _MONTHS.get(named.group(2)[:3].casefold())
        if month is None:
            raise ValueError(text)
        return date(int(named.group(3)), month, int(named.group(1)))
    numbers = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    if numbers:
        return date(int(numbers.group(3)), int(numbers.group(2)), int(numbers.group(1)))
    return date.fromisoformat(text)
