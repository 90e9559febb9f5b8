"""Applying what changed to the board that is shown: own changes and those of other stations, in whatever order.

A board's ``revision`` is the one up to which it is known to be complete. An answer to one's own action may run ahead
of it, since another station's event can lie in between: its beds are shown at once, the revision is not claimed.
"""

from __future__ import annotations

from dataclasses import replace

from wardbeds.domain.beds import Bed, WardBoard, natural_key
from wardbeds.domain.changes import WardUpdate


def merge(board: WardBoard, update: WardUpdate) -> WardBoard:
    """The board after the update; the same object where the update brings nothing.

    A bed is never replaced by an older version of itself, the waiting list never by one read at an earlier revision.
    """
    beyond_a_gap = update.since is not None and update.since > board.revision
    if update.ward_id != board.ward.id or update.revision < board.revision or beyond_a_gap:
        return board
    revision = update.revision if is_gapless(board, update) else board.revision
    shown = {bed.id: bed for bed in board.beds}
    newer = {bed.id: bed for bed in update.beds if _is_newer(bed, shown.get(bed.id))}
    waiting_known = max(board.revision, board.waiting_revision)
    waiting, known = board.waiting, board.waiting_revision
    if update.revision >= waiting_known:
        waiting, known = update.waiting, update.revision
    if not newer and waiting == board.waiting and revision == board.revision:
        return board
    return replace(board, beds=_with(board.beds, newer), waiting=waiting, waiting_revision=known,
                   revision=revision, as_of=max(update.as_of, board.as_of))


def is_gapless(board: WardBoard, update: WardUpdate) -> bool:
    """Whether nothing between the board and the update is missing."""
    return update.since is not None or update.revision <= board.revision + 1


def _is_newer(bed: Bed, shown: Bed | None) -> bool:
    return shown is None or (bed.version >= shown.version and bed != shown)


def _with(beds: tuple[Bed, ...], newer: dict[int, Bed]) -> tuple[Bed, ...]:
    """The beds with the newer ones in their places, new ones in natural order, closed ones gone."""
    known = {bed.id for bed in beds}
    if newer.keys() <= known and all(bed.is_active for bed in newer.values()):
        return tuple(newer.get(bed.id, bed) for bed in beds)
    merged = {bed.id: bed for bed in (*beds, *newer.values())}
    return tuple(sorted((bed for bed in merged.values() if bed.is_active), key=lambda bed: natural_key(bed.number)))
