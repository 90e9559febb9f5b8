"""Finding people on a board that was kept, without a database."""

from __future__ import annotations

from collections.abc import Iterable

from wardbeds.domain.beds import Ward, WardBoard
from wardbeds.domain.names import fold
from wardbeds.domain.people import FoundPerson, Person


def search_boards(boards: Iterable[WardBoard], text: str, limit: int = 8) -> tuple[FoundPerson, ...]:
    """People in a bed or waiting whose names and number begin with every word of ``text``, in any order."""
    wanted = fold(text).split()
    found = [one for board in boards for one in _everybody(board) if wanted and _fits(one.person, wanted)]
    found.sort(key=lambda one: (fold(one.person.last_name), fold(one.person.first_name), one.person.patient_id))
    return tuple(found[:limit])


def _fits(person: Person, wanted: list[str]) -> bool:
    known = fold(f"{person.last_name} {person.first_name} {person.hospital_number}").split()
    return all(any(part.startswith(word) for part in known) for word in wanted)


def _everybody(board: WardBoard) -> Iterable[FoundPerson]:
    for bed in board.beds:
        if bed.occupant is not None:
            yield _found(bed.occupant.person, board.ward, bed.id, bed.number)
    for one in board.waiting:
        yield _found(one.person, board.ward, None, "")


def _found(person: Person, ward: Ward, bed_id: int | None, number: str) -> FoundPerson:
    return FoundPerson(person, "", "", ward.id, ward.name, bed_id, number, bed_id is None, None)
