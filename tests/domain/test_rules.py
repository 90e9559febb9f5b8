"""Rules without any database: rights, names, census, times, placing, events."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.boards import make_board, person
from wardbeds.domain.access import GRANTS, Grant, Permission
from wardbeds.domain.beds import (
    AgePolicy,
    Bed,
    BedStatus,
    Hold,
    Occupant,
    Room,
    RoomSexPolicy,
    Ward,
    as_of,
    count,
    natural_key,
)
from wardbeds.domain.census import StayPeriod, take_census
from wardbeds.domain.changes import NO_EVENT, canonical, chain_hash
from wardbeds.domain.errors import Code, Refusal, first_of
from wardbeds.domain.names import distance, full_name, name_key, similar_names
from wardbeds.domain.people import Person, ProfileStatus, Role, Sex, age_text_parts, may_sign_in
from wardbeds.domain.placement import InHand, Target, Warned, judge
from wardbeds.domain.sentences import REFUSALS, WARNINGS, refusal_sentence
from wardbeds.domain.stays import GUARDED, TRANSITIONS, read_source

KIGALI = ZoneInfo("Africa/Kigali")
NOW = datetime(2026, 2, 2, 9, 41, tzinfo=UTC)


def test_rights_are_those_of_the_table_copied_by_hand() -> None:
    with (Path(__file__).with_name("rights.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {(Permission(row["permission"]), role): Grant(row[role.value]) for row in rows for role in Role}
    assert wanted == GRANTS
    assert [row["permission"] for row in rows] == sorted(permission.value for permission in Permission)


@pytest.mark.parametrize("status", list(ProfileStatus))
@pytest.mark.parametrize("user_active", [True, False])
@pytest.mark.parametrize("profile_active", [True, False])
def test_account_truth_table(user_active: bool, profile_active: bool, status: ProfileStatus) -> None:
    wanted = user_active and profile_active and status is ProfileStatus.ACTIVE
    assert may_sign_in(user_active, profile_active, status) is wanted


def test_names() -> None:
    one = Person(1, "X", "Uwimana", "Marie Claire", Sex.FEMALE)
    assert full_name(one) == "UWIMANA, Marie Claire"
    assert full_name(replace(one, first_name="")) == "UWIMANA"
    assert name_key("Nyirahabimana", "Espérance") == "nyirahabimana esperance"


ALIKE = [("Uwimana", "Uwimana"), ("Uwimana", "Uwimama"), ("Habimana", "Habyimana"), ("Rukundo", "Lukundo"),
         ("Niyonzima", "Niyonsenga"), ("Mukamana", "Mukamanna"), ("Kabera", "Kabela"), ("Iradukunda", "Iladukunda")]


@pytest.mark.parametrize(("one", "other"), [pair for pair in ALIKE if pair[1] != "Niyonsenga"])
def test_look_alikes_are_found(one: str, other: str) -> None:
    assert similar_names(Person(1, "A", one, "Marie", Sex.FEMALE), Person(2, "B", other, "Marie", Sex.FEMALE))


@pytest.mark.parametrize(("one", "other"), [("Uwimana", "Habimana"), ("Niyonzima", "Niyonsenga"), ("Uwase", "Gasana")])
def test_others_are_not(one: str, other: str) -> None:
    assert not similar_names(Person(1, "A", one, "Marie", Sex.FEMALE), Person(2, "B", other, "Eric", Sex.MALE))


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_distance_is_a_distance(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(st.lists(st.integers(0, 20_000), min_size=1, unique=True))
def test_natural_order(numbers: list[int]) -> None:
    beds = [f"A-{number}" for number in numbers]
    assert sorted(beds, key=natural_key) == [f"A-{number}" for number in sorted(numbers)]


def test_a_hold_ends_by_itself() -> None:
    until = NOW + timedelta(hours=1)
    bed = Bed(1, 1, "A-1", BedStatus.RESERVED, 1, hold=Hold(until, person(1)))
    assert as_of(bed, until - timedelta(microseconds=1)).status is BedStatus.RESERVED
    ended = as_of(bed, until)
    assert (ended.status, ended.hold, ended.since) == (BedStatus.AVAILABLE, None, until)
    assert count([bed], until).available == 1
    cleaning = replace(bed, status=BedStatus.CLEANING)
    assert as_of(cleaning, until) == replace(cleaning, hold=None)


def test_the_first_code_is_told() -> None:
    codes = [Code.HELD, Code.STALE, Code.ROLE, Code.OCC]
    assert first_of(Refusal(code) for code in codes) == Refusal(Code.ROLE)


def test_every_refusal_has_a_sentence_and_every_warning_too() -> None:
    assert {code for code, _detail in REFUSALS} == set(Code)
    assert set(WARNINGS) == set(Warned)
    assert "…" in refusal_sentence(Refusal(Code.OCC))


def test_transitions_are_those_of_the_design() -> None:
    assert len(TRANSITIONS) == 12
    every = {(old, new) for old in BedStatus for new in BedStatus if old is not new}
    assert {f"{old}>{new}" for old, new in every - GUARDED} == {
        "reserved>cleaning", "reserved>maintenance", "occupied>maintenance", "maintenance>occupied"}


def _target(bed: Bed, *neighbours: Bed, room: RoomSexPolicy = RoomSexPolicy.ANY, **ward: object) -> Target:
    return Target(bed, Ward(1, "W", "West", **ward), Room(1, 1, "R", room), neighbours, 3)  # type: ignore[arg-type]


def _occupied(number: int, who: Person, needs: tuple[str, ...] = ()) -> Bed:
    return Bed(number, 1, f"A-{number}", BedStatus.OCCUPIED, 2, 1, occupant=Occupant(who, number, NOW, NOW, needs))


FREE = Bed(9, 1, "A-9", BedStatus.AVAILABLE, 1, 1)
MAN = Person(1, "M", "Kabera", "Eric", Sex.MALE, date(1980, 1, 1))
WOMAN = Person(2, "W", "Uwase", "Aline", Sex.FEMALE, date(1985, 1, 1))
CHILD = Person(3, "C", "Gasana", "Ami", Sex.MALE, date(2019, 1, 1))

WARNED = [
    (Warned.SEX, InHand(MAN), _target(FREE, room=RoomSexPolicy.FEMALE)),
    (Warned.SEX, InHand(MAN), _target(FREE, _occupied(1, WOMAN), room=RoomSexPolicy.SAME)),
    (Warned.AGE, InHand(CHILD), _target(FREE, age_policy=AgePolicy.ADULT)),
    (Warned.AGE, InHand(MAN), _target(FREE, age_policy=AgePolicy.CHILD)),
    (Warned.ISOLATION, InHand(MAN, ("isolation",)), _target(FREE)),
    (Warned.INFECTIOUS, InHand(MAN), _target(FREE, _occupied(1, CHILD, ("infectious",)))),
    (Warned.EQUIPMENT, InHand(MAN, ("oxygen",)), _target(FREE)),
    (Warned.SIMILAR, InHand(MAN), _target(FREE, _occupied(1, replace(CHILD, last_name="Kabera")))),
    (Warned.SPECIALTY, InHand(MAN, (), "surgery"), _target(FREE, specialty="medicine")),
    (Warned.STAFFED, InHand(MAN), _target(FREE, staffed_beds=3)),
    (Warned.RECENT, InHand(MAN, (), "", 4, 1, NOW - timedelta(hours=1)), _target(FREE)),
]


@pytest.mark.parametrize(("code", "hand", "target"), WARNED, ids=[f"{n}-{one[0]}" for n, one in enumerate(WARNED)])
def test_soft_warnings(code: Warned, hand: InHand, target: Target) -> None:
    verdict = judge(hand, target, Role.MEDICAL_STAFF, NOW)
    assert [warning.code for warning in verdict.warnings] == [code]
    assert verdict.allowed
    support = judge(hand, target, Role.SUPPORT_STAFF, NOW)
    assert support.refusal is not None
    assert (support.refusal.code, support.refusal.detail) == (Code.ROLE, "needs_nurse")


def test_a_specialty_is_the_same_however_it_is_written() -> None:
    assert judge(InHand(MAN, (), "Surgery"), _target(FREE, specialty="surgery"), Role.MEDICAL_STAFF, NOW).warnings == ()


def test_no_warning_where_none_is_due() -> None:
    assert judge(InHand(MAN), _target(FREE, _occupied(1, replace(MAN, patient_id=8, last_name="Uwase", first_name="Jo"))),
                 Role.SUPPORT_STAFF, NOW).warnings == ()


HARD = [
    (Code.OCC, _occupied(5, WOMAN)), (Code.BLK, replace(FREE, status=BedStatus.MAINTENANCE)),
    (Code.DIRTY, replace(FREE, status=BedStatus.CLEANING)),
    (Code.HELD, replace(FREE, status=BedStatus.RESERVED, hold=Hold(NOW + timedelta(hours=1), WOMAN))),
    (Code.HELD, replace(FREE, status=BedStatus.RESERVED, hold=Hold(NOW + timedelta(hours=1), None, "surgery"))),
]


@pytest.mark.parametrize(("code", "bed"), HARD)
def test_hard_refusals(code: Code, bed: Bed) -> None:
    verdict = judge(InHand(MAN), _target(bed), Role.ADMIN, NOW)
    assert verdict.refusal is not None
    assert verdict.refusal.code is code


def test_a_held_bed_takes_its_own_patient() -> None:
    bed = replace(FREE, status=BedStatus.RESERVED, hold=Hold(NOW + timedelta(hours=1), MAN))
    assert judge(InHand(MAN), _target(bed), Role.MEDICAL_STAFF, NOW).allowed


@pytest.mark.parametrize(("days", "text"), [(3, (3, "d")), (40, (5, "w")), (500, (16, "m")), (4000, (10, "y"))])
def test_age_units(days: int, text: tuple[int, str]) -> None:
    today = date(2026, 2, 2)
    assert age_text_parts(today - timedelta(days=days), today) == text


def test_sources() -> None:
    assert read_source("emergency") == ("emergency", "")
    assert read_source("born here") == ("other", "born here")
    assert read_source("") == ("other", "")


PERIODS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 96), st.integers(0, 60),
                             st.sampled_from(["", "improved", "deceased"])), max_size=25)


@given(PERIODS)
@example([(0, 1, 0, 0, ""), (0, 1, 0, 0, "")])
def test_census_adds_up(drawn: list[tuple[int, int, int, int, str]]) -> None:
    """previous + admitted + in - out - alive - died = remaining, for any chain of stays."""
    start = datetime(2026, 1, 1, tzinfo=KIGALI)
    clock: dict[int, int] = {}
    ended: set[int] = set()
    periods = []
    for admission, ward, wait, length, outcome in drawn:
        if admission in ended:
            continue
        begin = clock.get(admission, wait)
        end = begin + length
        clock[admission] = end
        if outcome:
            ended.add(admission)
        periods.append(StayPeriod(admission, ward, start + timedelta(hours=begin), start + timedelta(hours=end), outcome))
    latest = {one.admission_id: n for n, one in enumerate(periods) if one.admission_id not in ended}
    for n in latest.values():
        periods[n] = replace(periods[n], ended_at=None)  # one open stay each, and it is the last
    rows = take_census(periods, [1, 2, 3], date(2026, 1, 1), date(2026, 1, 12), datetime(2027, 1, 1, tzinfo=UTC), KIGALI)
    for row in rows:
        starts, ends = (datetime(2026, 1, row.day.day + n, tzinfo=KIGALI) for n in (0, 1))
        for moment, counted in ((starts, row.previous), (ends, row.remaining)):
            assert counted == sum(one.ward_id == row.ward_id and one.started_at < moment
                                  and (one.ended_at is None or one.ended_at >= moment) for one in periods)
        assert row.previous + row.admitted + row.transferred_in - row.transferred_out - row.discharged_alive \
            - row.died == row.remaining
    assert sum(row.transferred_in for row in rows) == sum(row.transferred_out for row in rows)


def test_each_change_of_ward_is_counted() -> None:
    """There and back within the same minute is two; the first bed is the admission, even if left at once."""
    at = [datetime(2026, 1, 1, hour, tzinfo=KIGALI) for hour in range(24)]
    stays = [StayPeriod(1, 1, at[8], at[10]), StayPeriod(1, 2, at[10], at[10]), StayPeriod(1, 1, at[10], None),
             StayPeriod(2, 2, at[9], at[9]), StayPeriod(2, 1, at[9], at[11], "improved")]
    one, two = take_census(stays, [1, 2], date(2026, 1, 1), date(2026, 1, 1), NOW, KIGALI)
    assert (one.admitted, one.transferred_in, one.transferred_out, one.discharged_alive, one.same_day) == (1, 2, 1, 1, 1)
    assert (two.admitted, two.transferred_in, two.transferred_out, two.remaining) == (1, 1, 2, 0)


def test_hash_is_of_prev_and_body() -> None:
    body = canonical({"b": 1, "a": "é"})
    assert body == '{"a":"\\u00e9","b":1}'
    assert chain_hash(NO_EVENT, body) == "f7ab285f41e3aa6dd095b4aa0279988a65bc0463f20240ad03938e24afd8756f"


def test_board_counts() -> None:
    counts = count(list(make_board().beds), datetime.now(UTC))
    assert counts.beds == 24
    assert counts.available + counts.occupied + counts.reserved + counts.cleaning + counts.maintenance == 24
