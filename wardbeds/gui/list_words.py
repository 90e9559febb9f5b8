"""What the line above the List says: how many beds the filter leaves, which filter it is, and the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardbeds.domain.beds import BedStatus
from wardbeds.gui import words

if TYPE_CHECKING:
    from wardbeds.gui.main_window import BoardPage


def say_above_list(page: BoardPage) -> None:
    """Say it, as the page stands now."""
    states, mine, beds = page.strip.filter(), page.filtering.my_beds(), page.session.model.beds
    named = [words.status_word(BedStatus(one)) for one in sorted(states)]
    full = [bed for bed in beds if (not states or bed.status in states) and (mine is None or bed.id in mine)]
    page.list_head.say(len(full), len(beds), ", ".join([*named, *([page.tr("mine")] if mine is not None else [])]),
                       page.list.order_text())
