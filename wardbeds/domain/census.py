"""The midnight census: who came, changed ward, left and remained, per ward and day.

Rules of DESIGN 8. A stay is [start, end). ``previous`` counts stays with start < 00:00 and no end or end >= 00:00,
``remaining`` the same at 24:00, so what happens at exactly 00:00 belongs to the new day; and so
previous + admitted + transferred_in - transferred_out - discharged_alive - died = remaining, always.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wardbeds.domain.times import hospital_day, midnight


@dataclass(frozen=True, slots=True)
class StayPeriod:
    """One stay in one bed that was not undone, as the census needs it; one of no length was a change of place too.

    ``outcome`` is the admission's outcome if this stay ended with the discharge, else empty.
    """

    admission_id: int
    ward_id: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class CensusRow:
    """One ward on one day. ``same_day``: first bed and discharge on that day, counted in the ward they left."""

    day: date
    ward_id: int
    previous: int = 0
    admitted: int = 0
    transferred_in: int = 0
    transferred_out: int = 0
    discharged_alive: int = 0
    died: int = 0
    remaining: int = 0
    same_day: int = 0
    closed: bool = True


@dataclass(slots=True)
class _Visit:
    """Stays of one admission in one ward without a break: moving within the ward is no census event."""

    ward_id: int
    started_at: datetime
    ended_at: datetime | None
    first: bool
    outcome: str


def _visits(stays: Iterable[StayPeriod]) -> Iterable[tuple[_Visit, datetime]]:
    """Yield each visit with the start of its admission's first stay."""
    by_admission: dict[int, list[StayPeriod]] = {}
    for stay in stays:
        by_admission.setdefault(stay.admission_id, []).append(stay)
    for periods in by_admission.values():
        periods.sort(key=lambda stay: (stay.started_at, stay.ended_at is None, stay.ended_at or stay.started_at))
        visits: list[_Visit] = []
        for stay in periods:
            last = visits[-1] if visits else None
            if last and last.ward_id == stay.ward_id and last.ended_at == stay.started_at:
                last.ended_at, last.outcome = stay.ended_at, stay.outcome
            else:
                visits.append(_Visit(stay.ward_id, stay.started_at, stay.ended_at, last is None, stay.outcome))
        for visit in visits:
            yield visit, periods[0].started_at


def take_census(stays: Iterable[StayPeriod], ward_ids: Iterable[int], first: date, last: date,
                now: datetime, zone: ZoneInfo) -> list[CensusRow]:
    """Count every ward on every day from ``first`` to ``last``, both included.

    Returns rows by day, wards in the order given. Days are the hospital's; ``closed`` is false for the day of ``now``.
    """
    wards = list(ward_ids)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    midnights = [midnight(day, zone) for day in [*days, last + timedelta(days=1)]]
    cells: dict[tuple[date, int], dict[str, int]] = {(day, ward): {} for day in days for ward in wards}

    def add(day: date, ward: int, what: str) -> None:
        cell = cells.get((day, ward))
        if cell is not None:
            cell[what] = cell.get(what, 0) + 1

    for visit, first_bed_at in _visits(stays):
        came = hospital_day(visit.started_at, zone)
        left = hospital_day(visit.ended_at, zone) if visit.ended_at else None
        add(came, visit.ward_id, "admitted" if visit.first else "transferred_in")
        if left is not None:
            gone = {"": "transferred_out", "deceased": "died"}.get(visit.outcome, "discharged_alive")
            add(left, visit.ward_id, gone)
            if visit.outcome and hospital_day(first_bed_at, zone) == left:
                add(left, visit.ward_id, "same_day")
        there = bisect_right(midnights, visit.started_at)
        gone_by = len(midnights) if visit.ended_at is None else bisect_right(midnights, visit.ended_at)
        for n in range(there, gone_by):  # started < midnight <= ended
            if n < len(days):
                add(days[n], visit.ward_id, "previous")
            if n > 0:
                add(days[n - 1], visit.ward_id, "remaining")
    today = hospital_day(now, zone)
    return [CensusRow(day, ward, **cells[day, ward], closed=day < today) for day in days for ward in wards]
