"""The judgement of a run: what the clients were told, held against what the database says."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture.house import House
from tests.torture.mix import KINDS
from tests.torture.pairs import Pair, count_pairs, rarest
from tests.torture.reasons import Case, is_true
from tests.torture.record import AWAY, BUG, DONE, REFUSED, REPEATED, Record, read_logs
from tests.torture.timeline import Event, Past, micros, read_past
from wardbeds.domain.times import from_text
from wardbeds.store.check import check
from wardbeds.store.database import Store

LOCK_WAIT = 3_000
"""Milliseconds that the product waits for others at least before it says that the database is busy."""


@dataclass
class Verdict:
    """Figures of a run and everything that is wrong with it."""

    actions: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    doubles: int = 0
    findings: list[str] = field(default_factory=list)
    met: tuple[int, Pair] = (0, ("", ""))
    close: tuple[int, Pair] = (0, ("", ""))
    milliseconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Which part of the actions succeeded."""
        return self.answers[DONE] / self.actions if self.actions else 0.0

    def percentile(self, n: int) -> float:
        """The n-th percentile of the answer times in milliseconds."""
        return statistics.quantiles(self.milliseconds, n=100)[n - 1]

    def line(self) -> str:
        """The figures in one line."""
        return (f"{self.actions} actions, {self.share:.0%} succeeded, {self.doubles} doubles, "
                f"{len(self.findings)} findings, rarest pair {self.met[0]} ({' + '.join(self.met[1])}), on the same bed "
                f"or person {self.close[0]} ({' + '.join(self.close[1])}), p50 {self.percentile(50):.0f} ms, "
                f"p99 {self.percentile(99):.0f} ms, answers {dict(self.answers)}, refusals {dict(self.refusals)}")


def judge_run(store: Store, house: House, folder: Path, *, away: bool = False) -> Verdict:
    """Judge what the clients' logs in ``folder`` say by the database. ``away``: it was out of reach on purpose."""
    records = list(read_logs(folder))
    with store.reading(unhurried=True) as connection:
        past = read_past(connection, house.spare)
        broken = [f"db check: {one.invariant} {one.table} {one.row}" for one in check(connection)]
    verdict = Verdict(len(records), Counter(one.answer for one in records), doubles=past.doubles,
                      findings=broken + past.broken, milliseconds=[one.milliseconds for one in records])
    verdict.refusals = Counter(f"{one.code} {one.detail}".strip() for one in records if one.answer == REFUSED)
    verdict.findings += list(judge_records(records, past, away=away))
    ward, close = count_pairs(records)
    verdict.met, verdict.close = rarest(ward, KINDS), rarest(close, KINDS)
    return verdict


def judge_records(records: list[Record], past: Past, *, away: bool = False) -> list[str]:
    """Everything that a client was told and that is not so."""
    visible = {one.operation: one.end for one in records}
    found = []
    for one in records:
        event = past.events.get(one.operation)
        if one.answer == BUG or (one.answer == AWAY and not away and not _was_busy(one)):
            found.append(f"{one.kind} {one.operation} ended with {one.code}: {one.detail}")
        elif one.answer in (DONE, REPEATED) and event is None:
            found.append(f"{one.kind} {one.operation} was said to be done and is not there")
        elif one.answer == REFUSED and event is not None and event.time < one.end:
            found.append(f"{one.kind} {one.operation} was refused and is there")
        elif one.answer == REFUSED and not is_true(Case(one, past, visible)):
            found.append(f"{one.kind} {one.operation} was refused with {one.code} {one.detail} {one.params}: not so. "
                         f"{one.request} {one.start} {one.end}; then: {_around(one, past)}")
        elif one.answer == DONE and event is not None:
            found += [f"{one.kind} {one.operation} {why}: {one.request} {event.body}" for why in wrong(one, event)]
    return found


def _around(record: Record, past: Past) -> str:
    """What happened to the same beds and people from a second before the request to its end, for whoever reads it."""
    told = []
    same = {one for patient in record.patients for one in Case(record, past, {}).same(patient)}
    for event in past.events.values():
        if record.start - 1_000_000 <= event.time <= record.end:
            beds = {one["bed"] for one in event.body.get("beds", ())}
            people = {one["patient"] for one in event.body.get("people", ())} | {event.body.get("gone")}
            if beds & set(record.beds) or people & same:
                told.append(f"{event.time - record.start:+} {event.action} {event.operation}")
    return ", ".join(told)


def _was_busy(record: Record) -> bool:
    """Told that all is busy after waiting for the locks of others as long as the product waits."""
    return record.code == "Busy" and record.milliseconds >= LOCK_WAIT


def wrong(record: Record, event: Event) -> list[str]:
    """Why a success should not have been one, or does not do what was asked."""
    request: dict[str, Any] = record.request
    found = []
    seen_bed: dict[str, Any] = request.get("bed") or {}
    seen = request.get("seen")
    both = event.both("beds", seen_bed["bed_id"]) if seen_bed else None
    if both and record.kind != "remark" and _stale(seen_bed, both[0], event.time):
        found.append("was done on a bed that had changed")
    own: dict[str, Any] = request.get("own") or {}
    was = event.both("beds", own["bed_id"]) if own else None
    if own and (was is None or both is None or (was[1]["patient"], both[1]["patient"])
                != (seen_bed["patient_id"], own["patient_id"])):
        found.append("did not let the two change places")
    if was and _stale(own, was[0], event.time):
        found.append("was done on an own bed that had changed")
    asked_for = event.body["subjects"][0][0] if record.kind == "time" else None  # who changed places with her, too
    if seen is not None and any((one["before"]["bed"], one["before"]["ward"]) != (seen["bed_id"], seen["ward_id"])
                                for one in event.body["people"] if asked_for in (None, one["patient"])):
        found.append("was done to a person who had moved")
    if "override" in request and both is not None:
        person = event.both("people", both[1]["patient"] or 0)
        if person is None or person[1]["bed"] != seen_bed["bed_id"]:
            found.append("did not put the person into the bed")
    return found


def _stale(seen: dict[str, Any], before: dict[str, Any], moment: int) -> bool:
    """A hold that ran out in between is no change: the bed is free by the clock. One that somebody made is."""
    ran_out = (seen["status"], before["status"]) == ("reserved", "available")
    same = (seen["status"], seen["patient_id"]) == (before["status"], before["patient"])
    live = before["hold_until"] is not None and micros(from_text(before["hold_until"])) > moment
    held_since = live and before["hold_for"] not in (None, seen["held_for"])
    return seen["version"] != before["version"] and (held_since or (not same and not ran_out))
