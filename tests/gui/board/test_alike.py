"""Look-alikes found step by step are those found at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wardbeds.domain.names import distance, similar_names
from wardbeds.domain.people import Person, Sex
from wardbeds.gui.board.alike import Alike

NAMES = st.sampled_from(["Uwase", "Uwaze", "Mukamana", "Mukamama", "Kabera", "Habimana", "Habyarimana", "Nzeyimana"])
WARDS = st.lists(st.dictionaries(st.integers(0, 6), st.tuples(NAMES, NAMES), max_size=7), max_size=6)


def _at_once(people: Iterable[Person]) -> frozenset[int]:
    return frozenset(one.patient_id for pair in combinations(people, 2) if similar_names(*pair) for one in pair)


@given(WARDS)
def test_who_comes_goes_and_is_renamed(wards: list[dict[int, tuple[str, str]]]) -> None:
    alike = Alike()
    for ward in wards:
        people = [Person(key, f"T-{key}", last, first, Sex.FEMALE) for key, (last, first) in ward.items()]
        assert alike.update(people) == _at_once(people)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8), st.integers(0, 4))
def test_a_distance_is_counted_as_far_as_it_matters(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(distance(one, other), most + 1)
