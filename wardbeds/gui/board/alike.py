"""Who in a ward could be taken for somebody else by name; compared once, not at each change of the board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from wardbeds.domain.names import similar_names
from wardbeds.domain.people import Person


class Alike:
    """Remembers whom it has compared: comparing all n people with each other is work of n times n."""

    def __init__(self) -> None:
        self._people: dict[int, Person] = {}
        self._alike: defaultdict[int, set[int]] = defaultdict(set)

    def update(self, people: Iterable[Person]) -> frozenset[int]:
        """The ids of those who are like another one of them. Only newcomers and the renamed are compared."""
        present = {person.patient_id: person for person in people}
        known = {key: one for key, one in present.items() if self._people.get(key) == one}
        self._forget(self._people.keys() - known.keys())
        for key in present.keys() - known.keys():
            for other in [one for one, person in known.items() if similar_names(present[key], person)]:
                self._alike[key].add(other)
                self._alike[other].add(key)
            known[key] = present[key]
        self._people = present
        return frozenset(key for key, others in self._alike.items() if others)

    def _forget(self, gone: Iterable[int]) -> None:
        for key in gone:
            for other in self._alike.pop(key, ()):
                self._alike[other].discard(key)
