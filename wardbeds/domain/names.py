"""Names: how they are written, found and confused.

A name alert must catch what an ear or a tired eye takes for the same name. The phonetic key folds what
Kinyarwanda does not tell apart in speech or spelling (l/r, c/k/s, y/i, double vowels; UX f.2), the distance is
Damerau-Levenshtein in its restricted form (optimal string alignment).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol

MAX_NAME = 60


class Named(Protocol):
    """Anything with the two name fields of a person; the second may be empty."""

    @property
    def last_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...


def family_text(person: Named) -> str:
    """The family or Kinyarwanda name in capitals; a person with one name only gets no comma."""
    family = person.last_name.upper()
    return f"{family}," if person.first_name else family


def full_name(person: Named) -> str:
    """``FAMILY, Given`` (CUI), or the one name in capitals."""
    return f"{family_text(person)} {person.first_name}".strip()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents, apostrophes, hyphens and double spaces, for searching."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain.casefold()).split())


def name_key(last_name: str, first_name: str) -> str:
    """The stored search key: both names folded, family first."""
    return fold(f"{last_name} {first_name}")


_SOUNDS = ((r"ph", "f"), (r"[sc]h", "s"), (r"[ckqs]", "k"), (r"[lr]", "r"), (r"[yij]", "i"), (r"[bv]", "b"),
           (r"[dt]h?", "t"), (r"[zg]", "z"), (r"w", "u"))


@lru_cache(maxsize=4096)
def phonetic_key(name: str) -> str:
    """What the name sounds like: sounds that are taken for each other fold into one, doubles into single."""
    key = fold(name).replace(" ", "")
    for pattern, sound in _SOUNDS:
        key = re.sub(pattern, sound, key)
    return re.sub(r"(.)\1+", r"\1", key.replace("h", ""))


@lru_cache(maxsize=8192)
def distance(first: str, second: str, most: int = 2 * MAX_NAME) -> int:
    """Optimal string alignment: insertions, deletions, substitutions and neighbours swapped.

    Beyond ``most`` it is not counted on: what is returned then is ``most + 1``.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for i, left in enumerate(first, 1):
        current = [i]
        for j, right in enumerate(second, 1):
            cost = left != right
            best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        if min(current) > most and min(previous) >= most:  # a swap reaches back two rows, all else one
            return most + 1
        before, previous = previous, current
    return min(previous[-1], most + 1)


def _alike(first: str, second: str, limit: int) -> bool:
    if first == second:
        return True
    if min(len(first), len(second)) <= 3:
        return False
    if phonetic_key(first) == phonetic_key(second):
        return True
    return distance(first, second, limit) <= limit


def similar_names(one: Named, other: Named) -> bool:
    """Whether two people could be taken for each other by name (UX b.6).

    Family names are equal, within two edits, or sound the same; where they are not equal the given names must be
    alike too. Names written in the other order count as well.
    """
    family, given = fold(one.last_name), fold(one.first_name)
    family2, given2 = fold(other.last_name), fold(other.first_name)
    if family == family2:
        return True
    if given and given2 and family == given2 and given == family2:
        return True
    if not _alike(family, family2, 2):
        return False
    return not given or not given2 or _alike(given, given2, 2) or given[0] == given2[0]
