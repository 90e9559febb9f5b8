"""Who met whom: pairs of kinds that were under way at the same time on a bed, a person or a ward that both touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement

from tests.torture.record import Record

Pair = tuple[str, str]
HOUSE = frozenset({"merge", "layout", "identity"})
"""Kinds that touch what belongs to the whole house, as they touch a ward."""


def count_pairs(records: Iterable[Record]) -> tuple[Counter[Pair], Counter[Pair]]:
    """Meetings on a ward, bed or person, and those of them on the same bed or person; a pair is in order of name."""
    ward: Counter[Pair] = Counter()
    close: Counter[Pair] = Counter()
    under_way: list[Record] = []
    for one in sorted(records, key=lambda record: record.start):
        under_way = [other for other in under_way if other.end > one.start]
        for other in under_way:
            near = bool(set(one.beds) & set(other.beds) or set(one.patients) & set(other.patients))
            if other.client != one.client and (near or _same_place(one, other)):
                pair = (min(one.kind, other.kind), max(one.kind, other.kind))
                ward[pair] += 1
                if near:
                    close[pair] += 1
        under_way.append(one)
    return ward, close


def _same_place(one: Record, other: Record) -> bool:
    return bool(set(one.wards) & set(other.wards)) or {one.kind, other.kind} <= HOUSE


def rarest(counted: Counter[Pair], kinds: Sequence[str]) -> tuple[int, Pair]:
    """The pair of kinds that met least often, and how often."""
    pairs = combinations_with_replacement(sorted(kinds), 2)
    return min((counted[pair], pair) for pair in pairs)
