"""Adds bad rows to a copy of a data set: twenty kinds in all five files, each row another one, seeded.

Each row is harmless if it is refused, and is refused for one reason only, which is known beforehand.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

Row = dict[str, str]
FILES = ("wards", "beds", "patients", "staff", "movements")
STAFF: list[Row] = [{"username": f"nurse{n}", "last_name": "Uwase", "role": "medical_staff", "wards": "Department 1"}
                    for n in range(1, 6)]
A_MOMENT = timedelta(seconds=1)

REQUIRED = "Please fill in this field."
NOT_A_DATE = "This is not a date. Write it as 1990-05-14."
NOT_A_TIME = "This is not a time. Write it as 2026-03-02T08:30:00."
ROLES = "caregiver, chef, medical_staff, support_staff, hospital_manager, admin"


@dataclass(frozen=True)
class Bad:
    """A bad row and what must be said of it; ``after``: the good row that must come before it in the file."""

    row: Row
    column: str | None
    code: str
    reason: str
    after: Row | None = None


@dataclass(frozen=True)
class Refusal:
    """What the report must say."""

    file: str
    row: int
    column: str | None
    code: str
    reason: str


@dataclass
class Lists:
    """The data set's rows by file, and what is drawn from them."""

    chance: random.Random
    rows: dict[str, list[Row]]
    occupied: list[tuple[datetime, Row, Row]] = field(default_factory=list)
    dirty: list[tuple[datetime, Row]] = field(default_factory=list)
    settled: list[tuple[datetime, str, Row]] = field(default_factory=list)

    def ward(self) -> str:
        """Any ward."""
        return self.chance.choice(self.rows["wards"])["ward"]

    def bed(self) -> Row:
        """Any bed, as its row names it."""
        return self.chance.choice(self.rows["beds"])

    def nobody_yet(self) -> str:
        """The number of somebody who is registered and does not come in the movements."""
        moved = {row["hospital_number"] for row in self.rows["movements"]}
        return self.chance.choice([row["hospital_number"] for row in self.rows["patients"]
                                   if row["hospital_number"] not in moved])

    def moment(self) -> str:
        """Some time of the movements' days."""
        return f"2026-01-{self.chance.randint(6, 13):02d}T{self.chance.randint(0, 23):02d}:{self.chance.randint(0, 59):02d}:07"


def read_lists(folder: Path, chance: random.Random) -> Lists:
    """The files of a data set; the staff are invented, and some people get a national id."""
    rows: dict[str, list[Row]] = {"staff": STAFF}
    for name in FILES:
        if name != "staff":
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows[name] = list(csv.DictReader(file))
    for n, row in enumerate(rows["patients"]):
        row["national_id"] = f"119{n:013d}" if n % 40 == 0 else ""
    lists = Lists(chance, rows)
    _replay(lists)
    return lists


def _replay(lists: Lists) -> None:
    """Find moments at which it is known who lies where: nothing else happens to bed and person just then."""
    cleaned = {row["ward"] for row in lists.rows["wards"] if row["cleaning_step"] == "yes"}
    people = {row["hospital_number"]: row for row in lists.rows["patients"]}
    movements = sorted(lists.rows["movements"], key=_at)
    busy = {(_at(row) + step, row[key]) for row in movements for key in ("hospital_number", "bed_number")
            for step in (timedelta(0), A_MOMENT) if row[key]}
    where: dict[str, Row] = {}
    for row in movements:
        number, then = row["hospital_number"], _at(row) + 2 * A_MOMENT
        quiet = (then, number) not in busy and (then, row["bed_number"]) not in busy
        if row["event"] in ("admit", "assign", "move") and row["bed_number"]:
            where[number] = row
            if quiet:
                lists.occupied.append((then, row, people[number]))
        if row["event"] == "discharge":
            left = where.pop(number, None)
            if left is not None and left["ward"] in cleaned and (then, left["bed_number"]) not in busy:
                lists.dirty.append((then, left))
        elif number and number in where and quiet:
            lists.settled.append((then, number, where[number]))


def _at(row: Row) -> datetime:
    return datetime.fromisoformat(row["at"])


def _named(person: Row) -> str:
    family, given = person["last_name"].upper(), person["first_name"]
    return f"{family}, {given}" if given else family


def _one_of(choices: str) -> str:
    return f"This must be one of: {choices}."


# the kinds: file, and a row of it --------------------------------------------------------------------------------


def ward_without_name(lists: Lists, n: int) -> Bad:
    return Bad({"ward": lists.chance.choice(["", " "]), "location": f"Annex {n}"}, "ward", "VALUE", REQUIRED)


def bed_in_unknown_ward(lists: Lists, n: int) -> Bad:
    return Bad({**lists.bed(), "ward": f"Department {lists.chance.randint(5, 99)}", "bed_number": f"9-{n}"},
               "ward", "UNKNOWN", "There is no such ward.")


def bed_with_endless_number(lists: Lists, n: int) -> Bad:
    number = f"{n}-" + "9" * lists.chance.randint(50, 80)
    return Bad({**lists.bed(), "bed_number": number}, "bed_number", "VALUE", "This is longer than 50 characters.")


def bed_against_its_room(lists: Lists, n: int) -> Bad:
    room = lists.bed()
    return Bad({**room, "bed_number": f"99-{n}", "room_sex_policy": lists.chance.choice(["male", "female"])},
               "room_sex_policy", "VALUE", "Another row gives this room another policy.", after=room)


def bed_nowhere_on_the_plan(lists: Lists, n: int) -> Bad:
    x = lists.chance.choice(["left", "3m", "2,5", "nan", "1e99"])
    return Bad({**lists.bed(), "bed_number": f"98-{n}", "x": x}, "x", "VALUE", "This is not a number.")


def _person(n: int, **values: str) -> Row:
    return {"hospital_number": f"BAD-{n:03d}", "last_name": "Uwase", "first_name": "Aline", "sex": "female"} | values


def person_reached_how(lists: Lists, n: int) -> Bad:
    """By turns the national ID, the phone number or the e-mail address is none."""
    column, values, reason = (
        ("national_id", ["123", "1199080012345", "11990800123456789", "1199O80012345678"], "A national ID has 16 digits."),
        ("phone", ["abc", "0788", "+2507885412080000", "none"], "This is not a phone number. Write it as 0788 123 456."),
        ("email", ["notmail", "a@", "@chb", "a b@chb"], "This is not an e-mail address. Write it as name@example.org."),
    )[n % 3]
    return Bad(_person(n, **{column: lists.chance.choice(values)}), column, "VALUE", reason)


def person_of_which_sex(lists: Lists, n: int) -> Bad:
    row = _person(n, sex=lists.chance.choice(["f", "M", "woman", "Female", "?"]))
    return Bad(row, "sex", "VALUE", _one_of("male, female, other, unknown"))


def person_born_when(lists: Lists, n: int) -> Bad:
    born = lists.chance.choice(["14.05.1988", "1988", "1988-13-01", "1988-02-30", "May 1988", "88-05-14"])
    return Bad(_person(n, date_of_birth=born), "date_of_birth", "VALUE", NOT_A_DATE)


def person_not_born_yet(lists: Lists, n: int) -> Bad:
    born = f"{lists.chance.randint(2100, 2999)}-01-{n % 28 + 1:02d}"
    return Bad(_person(n, date_of_birth=born), "date_of_birth", "VALUE", "This time lies in the future.")


def person_with_anothers_id(lists: Lists, n: int) -> Bad:
    owner = lists.chance.choice([row for row in lists.rows["patients"] if row["national_id"]])
    return Bad(_person(n, national_id=owner["national_id"]), "national_id", "DUP",
               "Another person has this national ID.", after=owner)


def staff_as_what(lists: Lists, n: int) -> Bad:
    role = lists.chance.choice(["boss", "nurse", "patient", "Admin"])
    return Bad({"username": f"bad{n}", "last_name": "Gasana", "role": role}, "role", "VALUE", _one_of(ROLES))


def staff_of_unknown_ward(lists: Lists, n: int) -> Bad:
    wards = f"{lists.ward()};Department {lists.chance.randint(5, 99)}"
    return Bad({"username": f"bad{n}", "last_name": "Gasana", "role": "chef", "wards": wards}, "wards", "UNKNOWN",
               "There is no such ward.")


def movement_without_time(lists: Lists, n: int) -> Bad:
    at = lists.chance.choice(["", "tomorrow", "2026-02-30T08:00:00", "5/1/2026 8:00", "08:00"])
    return Bad({"at": at, "event": "admit", "hospital_number": lists.nobody_yet(), "ward": lists.ward(),
                "detail": f"at {n}"}, "at", "VALUE", NOT_A_TIME)


def movement_of_a_stranger(lists: Lists, n: int) -> Bad:
    return Bad({"at": lists.moment(), "event": lists.chance.choice(["admit", "assign", "move"]),
                "hospital_number": f"CHB-9{n:05d}", **_place(lists.bed())}, "hospital_number", "UNKNOWN",
               "Nobody is registered under this number.")


def movement_onto_somebody(lists: Lists, _n: int) -> Bad:
    then, row, person = lists.occupied.pop(lists.chance.randrange(len(lists.occupied)))
    return Bad({"at": then.isoformat(), "event": "admit", "hospital_number": lists.nobody_yet(), **_place(row)}, None,
               "OCC", f"{row['bed_number']} is occupied by {_named(person)}. Choose another bed.")


def movement_into_a_dirty_bed(lists: Lists, _n: int) -> Bad:
    then, row = lists.dirty.pop(lists.chance.randrange(len(lists.dirty)))
    return Bad({"at": then.isoformat(), "event": "admit", "hospital_number": lists.nobody_yet(), **_place(row)}, None,
               "DIRTY", f"{row['bed_number']} is not clean yet. Mark it clean or choose another bed.")


def movement_of_one_admitted_already(lists: Lists, _n: int) -> Bad:
    then, number, _place = lists.settled.pop(lists.chance.randrange(len(lists.settled)))
    return Bad({"at": then.isoformat(), "event": "admit", "hospital_number": number, "ward": lists.ward()},
               "hospital_number", "STATE", "This person is already admitted.")


def discharge_of_one_who_never_came(lists: Lists, n: int) -> Bad:
    outcome = lists.chance.choice(["improved", "stable", "referred", "deceased"])
    return Bad({"at": lists.moment(), "event": "discharge", "hospital_number": lists.nobody_yet(), "detail": outcome},
               None, "STATE", "This patient is not admitted.")


def discharge_from_elsewhere(lists: Lists, n: int) -> Bad:
    """By turns the ward is another one, or the bed, or both, where it is the ward that is named."""
    then, number, place = lists.settled.pop(lists.chance.randrange(len(lists.settled)))
    other_ward = lists.chance.choice([row for row in lists.rows["beds"] if row["ward"] != place["ward"]])
    other_bed = lists.chance.choice([row for row in lists.rows["beds"] if row["ward"] == place["ward"]
                                     and row["bed_number"] != place["bed_number"]])
    seen = ({"ward": other_ward["ward"]}, _place(other_bed), _place(other_ward))[n % 3]
    column = "bed_number" if n % 3 == 1 else "ward"
    return Bad({"at": then.isoformat(), "event": "discharge", "hospital_number": number, **seen,
                "detail": "improved"}, column, "STALE",
               "The patient is no longer where you saw her. Look at the board and choose again.")


def unblocking_what_is_not_blocked(lists: Lists, _n: int) -> Bad:
    bed = lists.bed()
    return Bad({"at": lists.moment(), "event": "unblock", **_place(bed)}, None, "STATE",
               f"{bed['bed_number']} is not blocked.")


def _place(row: Row) -> Row:
    return {"ward": row["ward"], "bed_number": row["bed_number"]}


KINDS: dict[str, tuple[Callable[[Lists, int], Bad], ...]] = {
    "wards": (ward_without_name,),
    "beds": (bed_in_unknown_ward, bed_with_endless_number, bed_against_its_room, bed_nowhere_on_the_plan),
    "patients": (person_reached_how, person_of_which_sex, person_born_when, person_not_born_yet,
                 person_with_anothers_id),
    "staff": (staff_as_what, staff_of_unknown_ward),
    "movements": (movement_without_time, movement_of_a_stranger, movement_of_one_admitted_already,
                  movement_onto_somebody, movement_into_a_dirty_bed, discharge_of_one_who_never_came,
                  discharge_from_elsewhere, unblocking_what_is_not_blocked)}


def add_bad_rows(source: Path, target: Path, seed: int, each: int = 10) -> list[Refusal]:
    """Write the data set with ``each`` bad rows of every kind among the good ones; returns what must be refused."""
    lists = read_lists(source, random.Random(seed))
    return [refusal for name in FILES for refusal in _write(lists, name, target / f"{name}.csv", each)]


def _write(lists: Lists, name: str, path: Path, each: int) -> Iterator[Refusal]:
    rows = list(lists.rows[name])
    bad = [(kind.__name__, kind(lists, 100 * which + n)) for which, kind in enumerate(KINDS[name]) for n in range(each)]
    marks = {id(one.row): one for _kind, one in bad}
    for _kind, one in bad:
        first = 1 + next(n for n, row in enumerate(rows) if row is one.after) if one.after is not None else 0
        rows.insert(lists.chance.randint(first, len(rows)), one.row)
    header = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
    for number, row in enumerate(rows, 2):
        if id(row) in marks:
            found = marks[id(row)]
            yield Refusal(path.name, number, found.column, found.code, found.reason)
