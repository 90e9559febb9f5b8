"""Finding a bed over all wards, by the same rules as placing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from wardbeds.domain.access import Permission, require
from wardbeds.domain.beds import Bed, BedStatus, BedWish, Ward, WardBoard, as_of
from wardbeds.domain.people import Actor, Person, Sex
from wardbeds.domain.placement import InHand, Target, Warned, judge, same_specialty
from wardbeds.services.redaction import redact_board
from wardbeds.store import board
from wardbeds.store.database import Store

UNFIT = {Warned.SEX, Warned.EQUIPMENT, Warned.ISOLATION, Warned.INFECTIOUS}
"""Warnings that make a bed unfit for a search; the others are said when the patient is placed."""


def find_beds(store: Store, actor: Actor, wish: BedWish) -> tuple[tuple[Ward, Bed], ...]:
    """Free beds that suit, of all wards, in order of ward and number. Needs ``board:read``."""
    require(actor.role, Permission.BOARD_READ)
    now = datetime.now(UTC)
    with store.reading() as connection:
        boards = board.read_boards(connection, board.read_wards(connection), now)
    return suitable([redact_board(actor.role, one) for one in boards.values()], wish, actor, now)


def suitable(boards: Iterable[WardBoard], wish: BedWish, actor: Actor, now: datetime) -> tuple[tuple[Ward, Bed], ...]:
    """The beds of these wards that suit, in their order."""
    return tuple((one.ward, bed) for one in boards
                 if not wish.specialty or same_specialty(wish.specialty, one.ward.specialty)
                 for bed in one.beds if _suits(bed, one, wish, actor, now))


def _suits(bed: Bed, ward_board: WardBoard, wish: BedWish, actor: Actor, now: datetime) -> bool:
    bed = as_of(bed, now)
    clean_later = bed.status is BedStatus.CLEANING and wish.also_to_clean and bed.hold is None
    if bed.status is not BedStatus.AVAILABLE and not clean_later:
        return False
    hand = InHand(Person(0, "", "", "", Sex(wish.sex)), wish.needs)
    room = next((one for one in ward_board.rooms if one.id == bed.room_id), None)
    near = tuple(other for other in ward_board.beds if other.id != bed.id and other.room_id == bed.room_id
                 and bed.room_id is not None)
    occupied = sum(other.status is BedStatus.OCCUPIED for other in ward_board.beds)
    verdict = judge(hand, Target(bed, ward_board.ward, room, near, occupied), actor.role, now)
    return not {warning.code for warning in verdict.warnings} & UNFIT
