"""Board values made by hand, for tests of the window that need no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from wardbeds.domain.beds import (
    Bed,
    BedStatus,
    Hold,
    Occupant,
    Room,
    RoomSexPolicy,
    Waiting,
    Ward,
    WardBoard,
)
from wardbeds.domain.people import Person, Sex

NAMES = (("Uwimana", "Marie Claire"), ("Mukandayisenga", "Immaculée"), ("Kabera", ""), ("Nsengiyumva", "Jean Baptiste"),
         ("Habimana", "Emmanuel"), ("Tuyisenge", "Eric"), ("Ingabire", "Aline"), ("Bizimana", "Théogène"))


def person(n: int) -> Person:
    """The n-th invented person."""
    last, first = NAMES[n % len(NAMES)]
    return Person(n, f"CHB-{4000 + n:06d}", last, first, Sex.FEMALE if n % 2 else Sex.MALE, date(1950 + n % 50, 3, 3))


def make_board(rooms: int = 4, per_room: int = 6, waiting: int = 3) -> WardBoard:
    """A ward in which every state is there: most beds occupied."""
    now = datetime.now(UTC)
    ward = Ward(1, "IM-A", "Internal Medicine A")
    made = tuple(Room(n + 1, 1, chr(65 + n % 26) + (str(n // 26) if n > 25 else ""), RoomSexPolicy.ANY)
                 for n in range(rooms))
    beds = []
    for n in range(rooms * per_room):
        room = made[n // per_room]
        number = f"{room.name}-{101 + n % per_room}"
        base = Bed(n + 1, 1, number, BedStatus.AVAILABLE, 1, room.id, room.name, now - timedelta(hours=2))
        if n % 6 in (0, 1):
            beds.append(Bed(n + 1, 1, number, BedStatus.OCCUPIED, 2, room.id, room.name, now - timedelta(days=2),
                            Occupant(person(n + 1), n + 1, now - timedelta(days=2), now - timedelta(days=2))))
        elif n % 6 == 3:
            beds.append(Bed(n + 1, 1, number, BedStatus.CLEANING, 3, room.id, room.name, now - timedelta(minutes=35)))
        elif n % 6 == 4:
            beds.append(Bed(n + 1, 1, number, BedStatus.MAINTENANCE, 2, room.id, room.name, now, None, None, "mattress"))
        elif n % 6 == 5:
            beds.append(Bed(n + 1, 1, number, BedStatus.RESERVED, 2, room.id, room.name, now, None,
                            Hold(now + timedelta(hours=2), person(n + 1))))
        else:
            beds.append(base)
    waits = tuple(Waiting(person(900 + n), 900 + n, 1, now - timedelta(hours=n + 1), "emergency") for n in range(waiting))
    return WardBoard(ward, made, tuple(beds), waits, 5, now)
