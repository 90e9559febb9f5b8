"""Why a bed is blocked, until when and who knows: written as one line and read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbeds.domain.beds import BedStatus
from wardbeds.domain.blocking import Block, in_own_words, read_block
from wardbeds.domain.requests import BlockBed, SeenBed

REASONS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), max_size=80).map(str.strip)


@given(REASONS, st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.booleans())
def test_what_is_written_is_read(reason: str, back: date | None, told: bool) -> None:
    reason = in_own_words(reason)
    assert read_block(Block(reason, back, told).text) == Block(reason, back, told)


@pytest.mark.parametrize("typed", ["mattress (maintenance told)", "lent (back 2026-12-01)", "(maintenance told)",
                                   "lent (back 2026-12-01, maintenance told)"])
def test_what_somebody_types_says_nothing_in_our_stead(typed: str) -> None:
    """A day typed among the words is no day that was chosen, and went past no rule."""
    bed = SeenBed(bed_id=1, version=1, status=BedStatus.AVAILABLE)
    asked = BlockBed(bed=bed, reason=typed)
    assert read_block(asked.block.text) == Block(f"{typed}.")


@given(REASONS)
def test_a_line_of_other_origin_keeps_every_letter(text: str) -> None:
    assert read_block(text).text == text or read_block(text).text.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(("text", "block"), [
    ("mattress", Block("mattress")),
    ("mattress: torn (back 2026-12-01, maintenance told)", Block("mattress: torn", date(2026, 12, 1), True)),
    ("room works (back 2026-12-01)", Block("room works", date(2026, 12, 1))),
    ("bed fault (maintenance told)", Block("bed fault", None, True)),
    ("lent (back 2026-02-31)", Block("lent (back 2026-02-31)")),
    ("lent (back soon)", Block("lent (back soon)")),
    ("(back 2026-12-01) lent", Block("(back 2026-12-01) lent")),
])
def test_lines(text: str, block: Block) -> None:
    assert read_block(text) == block
    assert block.text == text
