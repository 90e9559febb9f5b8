"""H11: four hours without the system, thirty changes on paper, entered afterwards with their times (UX b.9).

The paper is followed by hand, beside the product: what it says of every moment must be what the product then says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.hospital import Hospital
from wardbeds.domain.errors import Code, Refused
from wardbeds.domain.people import Sex
from wardbeds.domain.requests import (
    AdmitPatient,
    BlockBed,
    CancelAdmission,
    DecideDischarge,
    DischargePatient,
    HoldBed,
    MarkClean,
    NewPerson,
    PlacePatient,
    RecordLeft,
    ReleaseHold,
    RemoveWaiting,
    Request,
    SeenBed,
    SeenPlace,
    UnblockBed,
)
from wardbeds.domain.stays import Outcome
from wardbeds.domain.times import hospital_day
from wardbeds.services import admitting, bed_states, leaving, placing
from wardbeds.services.exporting import export_board, export_census
from wardbeds.services.mending import cancel_admission
from wardbeds.services.settings import read_settings
from wardbeds.store.check import check

Ways = dict[str, Callable[[], tuple[Any, Request]]]
HOURS = 4
PAPER = """
    3 admit uwase N-1      6 admit ingabire -      11 admit mukamana N-2    14 block N-4          20 place ingabire N-3
    27 admit kabera -     33 move uwase S-1        38 clean N-1             41 hold N-1           52 admit nyirabyo S-2
    58 decide mukamana    66 left mukamana         71 place kabera S-3      80 clean N-2          84 unblock N-4
    92 admit zaninka -    97 release N-1          101 place zaninka N-2    110 discharge kabera  118 admit habi S-3
    125 move nyirabyo N-4 133 admit gatete -      140 remove gatete        151 discharge ingabire 160 block S-2
    171 clean N-3         183 unblock S-2         195 move zaninka S-2     207 clean N-2         226 admit tuyi N-1
"""
"""Minute of the downtime, what happened, to whom, where."""


@dataclass(frozen=True)
class Line:
    """One line of the paper."""

    minute: int
    what: str
    who: str = ""
    bed: str = ""


def _lines() -> list[Line]:
    words, found = PAPER.split(), []
    starts = [n for n, word in enumerate(words) if word.isdigit()]
    for n, end in zip(starts, [*starts[1:], len(words)], strict=True):
        minute, what, *rest = words[n:end]
        beds = [word for word in rest if word[0].isupper()]
        who = [word for word in rest if word[0].islower()]
        found.append(Line(int(minute), what, who[0] if who else "", beds[0] if beds else ""))
    return found


@dataclass
class Paper:
    """What the ward knew from the paper alone."""

    beds: dict[str, tuple[str, str]] = field(default_factory=lambda: {
        f"{ward}-{n}": ("available", "") for ward in "NS" for n in range(1, 5)})
    waiting: set[str] = field(default_factory=set)
    stays: list[tuple[str, str, int, int | None]] = field(default_factory=list)

    def follow(self, line: Line) -> None:
        """Rub out and write, as on a board."""
        match line.what:
            case "admit" if not line.bed:
                self.waiting.add(line.who)
            case "admit" | "place" | "move":
                self.waiting.discard(line.who)
                self._leave(line)
                self.beds[line.bed] = ("occupied", line.who)
                self.stays.append((line.who, line.bed[0], line.minute, None))
            case "left" | "discharge":
                self._leave(line)
            case "remove":
                self.waiting.discard(line.who)
            case "block":
                self.beds[line.bed] = ("maintenance", "")
            case "hold":
                self.beds[line.bed] = ("reserved", "")
            case "clean" | "unblock" | "release":
                self.beds[line.bed] = ("available", "")

    def _leave(self, line: Line) -> None:
        for bed, (_status, who) in self.beds.items():
            if who == line.who:
                self.beds[bed] = ("cleaning" if bed[0] == "N" else "available", "")
                self.stays = [(*stay[:3], line.minute) if stay[0] == who and stay[3] is None else stay
                              for stay in self.stays]

    def census(self, ward: str, days: dict[int, date], day: date) -> tuple[int, ...]:
        """previous, admitted, transferred in, out, discharged, remaining; ``days``: the day of each minute."""
        mine = sorted((stay for stay in self.stays if stay[1] == ward), key=lambda stay: stay[2])
        first = {who: min(stay[2] for stay in self.stays if stay[0] == who) for who, *_ in self.stays}
        last = {who: max(self.stays, key=lambda stay: (stay[0] == who, stay[2])) for who, *_ in self.stays}
        began = [stay for stay in mine if days[stay[2]] == day]
        ended = [stay for stay in mine if stay[3] is not None and days[stay[3]] == day]
        here = [sum(days[stay[2]] < day + timedelta(n) and (stay[3] is None or days[stay[3]] >= day + timedelta(n))
                    for stay in mine) for n in (0, 1)]
        return (here[0], sum(first[who] == at for who, _, at, _ in began),
                sum(first[who] != at for who, _, at, _ in began), sum(last[stay[0]] != stay for stay in ended),
                sum(last[stay[0]] == stay for stay in ended), here[1])


class Desk:
    """A nurse who enters the paper, line by line, from what the board shows her."""

    def __init__(self, hospital: Hospital) -> None:
        self.hospital = hospital
        self.start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=HOURS)
        self.people: dict[str, int] = {}

    def at(self, minute: float) -> datetime:
        return self.start + timedelta(minutes=minute)

    def enter(self, line: Line) -> None:
        """Enter a line with the time that is written on it. Raises Refused."""
        service, request = self._request(line)
        done = service(self.hospital.store, self.hospital.nurse, request)
        assert done.updates
        if line.what == "admit":
            self.people[line.who] = done.patient_id

    def _request(self, line: Line) -> tuple[Any, Request]:
        at = {"happened_at": self.at(line.minute)}
        if line.what == "admit":
            bed = self._bed(line.bed) if line.bed else None
            return admitting.admit_patient, AdmitPatient(
                person=self.people.get(line.who) or NewPerson(last_name=line.who.title(), sex=Sex.FEMALE,
                                                              date_of_birth=date(1970 + 5 * len(self.people), 4, 4)),
                ward_id=self.hospital.wards["South" if line.bed.startswith("S") else "North"], bed=bed, **at)
        if line.who:
            return self._of_person(line, {"patient_id": self.people[line.who], "seen": self.seen(line.who), **at})
        seen = {"bed": self._bed(line.bed), **at}
        ways: Ways = {
            "clean": lambda: (bed_states.mark_clean, MarkClean(**seen)),
            "block": lambda: (bed_states.block_bed, BlockBed(reason="mattress", **seen)),
            "unblock": lambda: (bed_states.unblock_bed, UnblockBed(**seen)),
            "hold": lambda: (bed_states.hold_bed, HoldBed(text="from surgery", until=self.at(HOURS * 60 + 600), **seen)),
            "release": lambda: (bed_states.release_hold, ReleaseHold(**seen))}
        return ways[line.what]()

    def _of_person(self, line: Line, whose: dict[str, Any]) -> tuple[Any, Request]:
        ways: Ways = {
            "place": lambda: (placing.place_patient, PlacePatient(bed=self._bed(line.bed), **whose)),
            "move": lambda: (placing.place_patient, PlacePatient(bed=self._bed(line.bed), **whose)),
            "decide": lambda: (leaving.decide_discharge, DecideDischarge(outcome=Outcome.IMPROVED, **whose)),
            "left": lambda: (leaving.record_left, RecordLeft(**whose)),
            "discharge": lambda: (leaving.discharge_patient, DischargePatient(outcome=Outcome.STABLE, **whose)),
            "remove": lambda: (leaving.remove_waiting, RemoveWaiting(reason="went home", **whose))}
        return ways[line.what]()

    def _bed(self, number: str) -> SeenBed:
        return SeenBed.of(self.hospital.bed(number))

    def seen(self, who: str) -> SeenPlace:
        """Where the board shows somebody; a bed she was in last, if she has gone."""
        for ward in ("North", "South"):
            board = self.hospital.board(ward)
            for bed in board.beds:
                if bed.patient_id == self.people[who]:
                    return SeenPlace(bed_id=bed.id)
            if any(one.person.patient_id == self.people[who] for one in board.waiting):
                return SeenPlace(ward_id=board.ward.id)
        return SeenPlace(bed_id=self.hospital.beds["N-3"])

    def shown(self, at: datetime | None = None) -> tuple[dict[str, tuple[str, str]], set[str]]:
        """What the product says of the beds and of who waits, now or at a moment."""
        exported = export_board(self.hospital.store, self.hospital.admin, at=at)
        beds = {bed["bed_number"]: (bed["status"], (bed["patient"] or {"last_name": ""})["last_name"].lower())
                for ward in exported["wards"] for bed in ward["beds"]}
        return beds, {one["last_name"].lower() for ward in exported["wards"] for one in ward["waiting"]}


@pytest.fixture
def desk(hospital: Hospital) -> Desk:
    """The nurse's desk after the downtime."""
    return Desk(hospital)


@pytest.fixture
def entered(desk: Desk) -> Iterator[tuple[Desk, Paper]]:
    """The whole paper has been entered."""
    paper = Paper()
    for line in _lines():
        desk.enter(line)
        paper.follow(line)
    yield desk, paper
    with desk.hospital.store.reading() as connection:
        assert check(connection) == []


def test_the_paper_has_thirty_lines_of_every_kind() -> None:
    lines = _lines()
    assert len(lines) == 30
    assert [line.minute for line in lines] == sorted(line.minute for line in lines)
    assert {line.what for line in lines} == {"admit", "place", "move", "decide", "left", "discharge", "remove", "clean",
                                             "block", "unblock", "hold", "release"}


def test_afterwards_every_moment_is_as_if_it_had_been_entered_then(entered: tuple[Desk, Paper]) -> None:
    desk, paper = entered
    assert desk.shown() == (paper.beds, paper.waiting)
    again = Paper()
    for line in _lines():
        before = (dict(again.beds), set(again.waiting))
        again.follow(line)
        assert desk.shown(desk.at(line.minute - 0.5)) == before, line
        assert desk.shown(desk.at(line.minute)) == (again.beds, again.waiting), line


def test_times_on_the_board_are_those_of_the_paper(entered: tuple[Desk, Paper]) -> None:
    desk, paper = entered
    since = {bed.number: bed.occupant.since for ward in ("North", "South") for bed in desk.hospital.board(ward).beds
             if bed.occupant is not None}
    assert since == {bed: desk.at(next(stay[2] for stay in paper.stays if stay[0] == who and stay[3] is None))
                     for bed, (_status, who) in paper.beds.items() if who}


def test_the_census_counts_each_on_the_day_it_happened(entered: tuple[Desk, Paper]) -> None:
    desk, paper = entered
    zone = read_settings(desk.hospital.store).zone
    days = {minute: hospital_day(desk.at(minute), zone) for minute in range(HOURS * 60)}
    rows = export_census(desk.hospital.store, desk.hospital.admin, days[0], hospital_day(datetime.now(UTC), zone))
    assert rows
    for row in rows:
        found = tuple(row[name] for name in ("previous", "admitted", "transferred_in", "transferred_out",
                                             "discharged_alive", "remaining"))
        assert found == paper.census(row["ward"][0], days, date.fromisoformat(row["date"])), row


def _refused(desk: Desk, line: Line) -> tuple[Code, str]:
    before = desk.shown()
    with pytest.raises(Refused) as error:
        desk.enter(line)
    assert desk.shown() == before
    return error.value.refusal.code, error.value.refusal.detail


@pytest.mark.parametrize(("line", "reason"), [
    (Line(228, "move", "uwase", "N-4"), (Code.OCC, "")),                     # another nurse's paper put somebody there
    (Line(228, "admit", "uwase", "N-2"), (Code.STATE, "already_admitted")),
    (Line(228, "discharge", "kabera"), (Code.STATE, "already_gone")),        # was on both sheets
    (Line(228, "clean", "", "N-2"), (Code.STATE, "not_cleaning")),
    (Line(170, "move", "uwase", "N-2"), (Code.STATE, "later_happening")),    # N-2 has had a guest since
    (Line(30, "discharge", "uwase"), (Code.STATE, "later_happening")),       # before she came into this bed
    (Line(30, "block", "", "S-4"), None),                                    # forgotten, but nothing speaks against it
    (Line(60, "hold", "", "N-1"), (Code.OCC, "")),
    (Line(HOURS * 60 + 30, "block", "", "N-2"), (Code.VALUE, "future")),
    (Line(-21 * 60, "block", "", "S-4"), (Code.ROLE, "too_late")),           # older than a day: an administrator's
])
def test_what_does_not_fit_is_refused_with_its_reason(entered: tuple[Desk, Paper], line: Line,
                                                      reason: tuple[Code, str] | None) -> None:
    desk, _paper = entered
    if reason is None:
        desk.enter(line)
        assert desk.shown(desk.at(line.minute))[0][line.bed] == ("maintenance", "")
    else:
        assert _refused(desk, line) == reason


def test_a_line_skipped_at_first_can_still_be_entered_where_nothing_came_after(desk: Desk) -> None:
    lines = [line for line in _lines() if line.who != "nyirabyo"]
    for line in lines:
        desk.enter(line)
    assert _refused(desk, Line(52, "admit", "nyirabyo", "S-2")) == (Code.OCC, "")
    desk.enter(Line(52, "admit", "nyirabyo", "S-4"))
    desk.enter(Line(125, "move", "nyirabyo", "N-4"))
    assert desk.shown(desk.at(124))[0]["S-4"] == ("occupied", "nyirabyo")
    assert desk.shown()[0]["N-4"] == ("occupied", "nyirabyo")


def test_somebody_entered_from_a_wrong_sheet_is_taken_back(entered: tuple[Desk, Paper]) -> None:
    desk, paper = entered
    cancel_admission(desk.hospital.store, desk.hospital.nurse, CancelAdmission(
        patient_id=desk.people["tuyi"], seen=desk.seen("tuyi"), reason="was in the other building"))
    assert paper.beds["N-1"] == ("occupied", "tuyi")
    assert "tuyi" not in str(desk.shown())
