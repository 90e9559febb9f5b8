"""What a corrected identity held is read again as it was written, whatever names people have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbeds.domain.identity import FIELDS, before_line, fields_only, read_before

VALUES = st.text(st.characters(blacklist_characters=";"), max_size=20)


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1))
def test_what_was_written_is_read(held: dict[str, str]) -> None:
    line = before_line(held)
    assert dict(read_before(line)) == held
    assert [one.field for one in read_before(line)] == [name for name in FIELDS if name in held]


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1))
def test_without_what_they_held_the_fields_are_left(held: dict[str, str]) -> None:
    bare = fields_only(before_line(held))
    assert dict(read_before(bare)) == dict.fromkeys(held)
    assert fields_only(bare) == bare


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert all(one.field in FIELDS for one in read_before(text))


@pytest.mark.parametrize("text", ["", "Uwimana", "Uwimana, Claire", "phone or so"])
def test_a_text_of_another_origin_tells_no_fields(text: str) -> None:
    assert read_before(text) == ()
    assert fields_only(text) == ""


def test_a_semicolon_in_a_name_ends_nothing() -> None:
    assert dict(read_before(before_line({"last_name": "A; B", "phone": ""}))) == {"last_name": "A; B", "phone": ""}
