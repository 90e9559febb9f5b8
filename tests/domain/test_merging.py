"""However own answers and the feed's news are mixed, the board ends as the database stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.support.boards import make_board
from wardbeds.domain.beds import Bed, WardBoard
from wardbeds.domain.changes import WardUpdate
from wardbeds.domain.merging import merge

START = make_board()


def _history(choices: list[int]) -> list[WardBoard]:
    """The ward at each revision: every event changes the remark of one bed, and every third the waiting list."""
    boards = [START]
    for n, choice in enumerate(choices, 1):
        last = boards[-1]
        beds = list(last.beds)
        row = choice % len(beds)
        beds[row] = replace(beds[row], version=beds[row].version + 1, remark=f"event {n}")
        waiting = last.waiting[1:] if n % 3 == 0 else last.waiting
        boards.append(replace(last, beds=tuple(beds), waiting=waiting, revision=last.revision + 1))
    return boards


def _changed(old: WardBoard, new: WardBoard) -> tuple[Bed, ...]:
    return tuple(bed for bed, before in zip(new.beds, old.beds, strict=True) if bed != before)


@given(st.lists(st.integers(0, 23), min_size=1, max_size=12), st.data())
def test_any_mixture_ends_as_the_database_stands(choices: list[int], data: st.DataObject) -> None:
    """The feed reads at moments of its own and may be late; own answers come in between, each for one event."""
    boards = _history(choices)
    now = datetime.now(UTC)
    reads = sorted(data.draw(st.sets(st.integers(1, len(choices)))) | {len(choices)})
    news = [WardUpdate(START.ward.id, boards[to].revision, _changed(boards[since], boards[to]), boards[to].waiting,
                       now, boards[since].revision) for since, to in zip([0, *reads], reads, strict=False)]
    own = [WardUpdate(START.ward.id, boards[n].revision, _changed(boards[n - 1], boards[n]), boards[n].waiting, now)
           for n in data.draw(st.sets(st.integers(1, len(choices))))]
    shown = START
    while news or own:
        take = news if not own or (news and data.draw(st.booleans())) else own
        before, shown = shown, merge(shown, take.pop(0))
        assert all(bed.version >= old.version for bed, old in zip(shown.beds, before.beds, strict=True))
    assert (shown.beds, shown.waiting, shown.revision) == (boards[-1].beds, boards[-1].waiting, boards[-1].revision)


def test_news_from_beyond_a_gap_is_not_believed_to_be_complete() -> None:
    boards = _history([0, 1, 2])
    now = datetime.now(UTC)
    third = WardUpdate(START.ward.id, boards[3].revision, _changed(boards[2], boards[3]), boards[3].waiting, now)
    shown = merge(START, third)
    assert shown.beds[2] == boards[3].beds[2]
    assert shown.revision == START.revision
    assert merge(START, replace(third, since=boards[2].revision)) is START
